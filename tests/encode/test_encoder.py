"""The encoder reads any text, gives exact places, and gives the same whatever it read before."""

import shutil
from pathlib import Path
from weakref import ref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.encoder import MODEL, Encoder
from onrecord.encode.network import OnnxNetwork
from onrecord.encode.outputs import Integers, Network, Outputs, see
from onrecord.encode.tags import Floats
from onrecord.encode.windows import Window, cut_windows
from onrecord.errors import ModelError
from onrecord.intake import text_report

REPORT = """Talks to go on, minister says

The talks have not failed, Foreign Minister Dana Hale told reporters in Geneva on Monday. “We will be back on Friday,” \
she said, “unless the other side walks away.”

According to a senior official, who requires anonymity, at least 33 hostages could be freed.
"""

LONG = "\n\n".join(
    f"Minister number {n} of Utopia said on Monday that the {n}th round of the talks had not failed, and that the "
    f"delegation would return to Geneva in {n + 2} days. “We will be back,” an aide added."
    for n in range(2, 24)
)


def linked(encoder: Encoder, text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) of each cue, as words."""
    report = text_report(text)
    seen = encoder.read(report)
    found: dict[int, dict[str, str]] = {}
    for link in seen.links:
        if link.kind in ("source", "content"):
            words = " … ".join(report.words(span) for span in seen.spans[link.tail].spans)
            found.setdefault(link.head, {})[link.kind] = words
    return [(a.get("source", ""), report.words(seen.spans[cue].span), a["content"]) for cue, a in found.items()]


def test_sources_cues_and_contents_are_found_and_linked(encoder: Encoder) -> None:
    found = linked(encoder, REPORT)
    assert ("she", "said", "“We will be back on Friday,” … “unless the other side walks away.”") in [
        (source, cue, content) for source, cue, content in found
    ]
    assert any("at least 33 hostages could be freed" in content for _, _, content in found)


def test_words_carry_their_syntax(encoder: Encoder) -> None:
    report = text_report("The talks have not failed, she said.")
    seen = encoder.read(report)
    by_form = {report.words(word.span): word for word in seen.words}
    assert by_form["failed"].pos == "VERB"
    assert by_form["said"].lemma == "say"
    assert by_form["talks"].relation == "nsubj"
    assert report.words(seen.words[by_form["talks"].head].span) == "failed"
    roots = [word for index, word in enumerate(seen.words) if word.head == index]
    assert [word.relation for word in roots] == ["root"]


def test_a_negation_is_an_argument_of_its_predicate(encoder: Encoder) -> None:
    report = text_report("The ministry did not confirm the report.")
    seen = encoder.read(report)
    pairs = {(report.words(seen.spans[x.head].span), x.kind, report.words(seen.spans[x.tail].span)) for x in seen.links}
    assert ("confirm", "ARGM-NEG", "not") in pairs


def test_entities_are_named(encoder: Encoder) -> None:
    report = text_report(REPORT)
    found = {(mention.kind, report.words(mention.span)) for mention in encoder.read(report).spans}
    assert ("person", "Dana Hale") in found
    assert ("location", "Geneva") in found


@pytest.mark.parametrize("odd", ["👨‍👩‍👧 ", "e\u0301 ", "\u200b", "«🇵🇸» ", "\u2028", "ﬁ 𝔘 "])
def test_places_are_exact_among_odd_characters(encoder: Encoder, odd: str) -> None:
    report = text_report(f"{odd}Israel said{odd} that {odd}talks had not failed{odd}.\n\n{odd}“No,” {odd}said Hale.")
    seen = encoder.read(report)
    assert {"Israel", "said", "talks", "Hale"} <= {report.words(word.span) for word in seen.words}
    edges = {(word.span.start) for word in seen.words}, {word.span.end for word in seen.words}
    for mention in seen.spans:
        for span in mention.spans:
            assert span.start in edges[0]
            assert span.end in edges[1]


def test_a_report_gives_the_same_read_alone_or_after_others(encoder: Encoder) -> None:
    texts = [REPORT, LONG, "He said no.", REPORT]
    together = [encoder.read(text_report(text)) for text in texts]
    assert together[0] == together[3]
    assert Encoder().read(text_report(LONG)) == together[1]


def test_a_long_report_is_read_in_windows_as_in_one(encoder: Encoder) -> None:
    """The first paragraph reads the same with twenty more behind it, but for what its scores lose to int8."""
    first = LONG.split("\n\n")[0]
    assert len(cut_windows(LONG.split(), encoder.pieces, [0], [0])) > 1
    assert linked(encoder, LONG)[: len(linked(encoder, first))] == linked(encoder, first)


def test_every_window_end_is_bridged(encoder: Encoder) -> None:
    """Each paragraph of the long report says the same two things; no window's end loses one."""
    found = linked(encoder, LONG)
    assert sum("had not failed" in content for _, _, content in found) == 22
    assert sum("We will be back" in content for _, _, content in found) == 22


@given(st.text(max_size=120))
@settings(max_examples=30, deadline=None)
def test_no_text_raises(text: str) -> None:
    from onrecord.encode.encoder import default_encoder

    report = text_report(text)
    seen = default_encoder().read(report)
    assert all(word.span.end <= len(report.text) for word in seen.words)
    assert all(0 <= link.head < len(seen.spans) and 0 <= link.tail < len(seen.spans) for link in seen.links)


def test_text_without_words_gives_none(encoder: Encoder) -> None:
    assert encoder.read(text_report(" \n\n ")).words == ()


def test_one_word_of_a_thousand_letters_is_read(encoder: Encoder) -> None:
    assert len(encoder.read(text_report("x" * 1000)).words) == 1


def test_a_sentence_longer_than_a_window_is_read_whole(encoder: Encoder) -> None:
    report = text_report("and the " * 400 + "talks failed.")
    assert len(encoder.read(report).words) == 803


def test_the_network_gives_one_row_a_word(encoder: Encoder) -> None:
    words = ["He", "said", "no", "."]
    (seen,) = see(encoder.network, encoder.pieces, words, [0], [0])
    assert seen.rows("attribution").shape == (4, len(encoder.settings.labels.attribution))
    assert np.isfinite(seen.outputs.role).all()


class Counted:
    """A network that counts how many windows' outputs are held at once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.given: list[ref[Floats]] = []
        self.most = 0

    def read(self, window: Window, units: Integers, spoken: Integers) -> Outputs:
        outputs = self.network.read(window, units, spoken)
        self.given.append(ref(outputs.content_link))
        self.most = max(self.most, sum(given() is not None for given in self.given))
        return outputs


def test_the_scores_of_a_few_windows_are_held_at_once(encoder: Encoder) -> None:
    other = Encoder()
    other.network = counted = Counted(encoder.network)
    assert other.read(text_report(LONG)) == encoder.read(text_report(LONG))
    assert counted.most <= 3 < len(counted.given)


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of the model's folder, to be damaged."""
    copy = tmp_path / "model"
    shutil.copytree(root / "src" / "onrecord" / "model" / MODEL, copy)
    return copy


@pytest.mark.parametrize("name", ["model.onnx", "vocabulary.txt", "labels.toml"])
def test_a_missing_or_damaged_file_raises_and_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\x00 not this")
    with pytest.raises(ModelError, match=f"{name}.*damaged"):
        Encoder(folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name}.*missing"):
        Encoder(folder)


def test_another_network_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from onnx import TensorProto, helper, save

    x, y = (helper.make_tensor_value_info(n, TensorProto.FLOAT, [1]) for n in "xy")
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "g", [x], [y])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), tmp_path / "model.onnx")
    with pytest.raises(ModelError, match="another version"):
        OnnxNetwork(tmp_path / "model.onnx")
