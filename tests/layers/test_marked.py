"""What the model marked becomes attributions: edges at the marks, links kept, rules where the model is silent."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.attributions import find_attributions
from onrecord.layers.cues import stance_of
from onrecord.layers.marked import join, snap
from onrecord.record import Link, Mention, Part, Span


def place(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def read(text, *marked, score=0.9):
    """The report and its attributions, the model having marked (source, cue, contents …) as words, with `score`."""
    report = text_report(text)
    spans, links = [], []
    for source, cue, *contents in marked:
        head = len(spans)
        spans.append(Mention(kind="cue", spans=(place(text, cue),), score=score))
        if source:
            links.append(Link(kind="source", head=head, tail=len(spans), score=score))
            spans.append(Mention(kind="source", spans=(place(text, source),), score=score))
        links.append(Link(kind="content", head=head, tail=len(spans), score=score))
        spans.append(Mention(kind="content", spans=tuple(place(text, words) for words in contents), score=score))
    seen = structs.replace(cut(report), spans=tuple(spans), links=tuple(links), model="by hand")
    return report, find_attributions(report, seen)


def words(report, spans):
    return [report.words(span) for span in spans]


def test_spans_and_links_are_the_model_s_and_its_score_is_kept():
    text = "In the mayor's eyes the bridge is a menace."
    report, (found,) = read(text, ("the mayor's", "eyes", "the bridge is a menace"))
    assert words(report, found.source.spans) == ["the mayor's"]
    assert words(report, found.cue) == ["eyes"]
    assert words(report, found.content) == ["the bridge is a menace"]
    assert (found.basis.by, found.basis.score, found.quote) == ("model", 0.9, "indirect")


def test_a_content_that_stops_short_of_a_mark_takes_it():
    report, (found,) = read('"It is shut," the mayor said.', ("the mayor", "said", "It is shut"))
    assert words(report, found.content) == ['"It is shut,"']
    assert found.quote == "direct"


def test_loose_punctuation_is_no_part_of_a_content():
    report, (found,) = read("It is shut, the mayor said.", ("the mayor", "said", "It is shut,"))
    assert words(report, found.content) == ["It is shut"]


def test_the_rule_of_the_same_cue_tells_stance_and_hearer():
    report, (found,) = read(
        "The envoy warned reporters that talks had stalled.", ("The envoy", "warned", "that talks had stalled")
    )
    assert found.stance == "warns"
    assert report.words(found.to) == "reporters"


def test_a_quotation_that_goes_on_without_a_cue_is_added():
    text = '"It is shut," the mayor said. "It will open in May."'
    report, (found,) = read(text, ("the mayor", "said", '"It is shut,"'))
    assert words(report, found.content) == ['"It is shut,"', '"It will open in May."']


def test_a_quotation_of_which_the_model_saw_nothing_is_read_by_rule():
    text = 'The mayor said the bridge was shut.\n\n"Use the ferry," a clerk said.'
    report, (first, second) = read(text, ("The mayor", "said", "the bridge was shut"))
    assert (first.id, first.basis.by, second.id, second.basis.by) == ("a1", "model", "a2", "rule")
    assert words(report, second.source.spans) == ["a clerk"]


def test_an_attribution_told_inside_another_one_says_so():
    text = "The envoy said that the general had told officers to wait."
    _, (outer, inner) = read(
        text,
        ("The envoy", "said", "that the general had told officers to wait"),
        ("the general", "had told", "to wait"),
    )
    assert (outer.via, inner.via) == (None, outer.id)


def test_no_source_is_no_error():
    _, (found,) = read("Prices reportedly rose.", (None, "reportedly", "Prices"), score=0.95)
    assert found.source.spans == ()
    assert found.source.kind is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [("a b", '"a b,"'), ('"a b', '"a b,"'), ('a b,"', '"a b,"'), ("a", '"a'), ("b", 'b,"'), ("said", "said")],
)
def test_edges_snap_to_quotation_marks(marked, expected):
    text = '"a b," X said.'
    assert snap(text, place(text, marked), [Span(0, 6)]).of(text) == expected


def test_a_rule_sets_the_content_of_a_direct_quotation_and_of_one_before_its_source():
    text = '"It is shut for good," the mayor said.'
    report, (found,) = read(text, ("the mayor", "said", "shut"))
    assert words(report, found.content) == ['"It is shut for good,"']
    assert found.basis.name == "attribution; content: content, subject, cue"
    report, (found,) = read("It is shut for good, the mayor said.", ("the mayor", "said", "shut for good"))
    assert words(report, found.content) == ["It is shut for good"]


def test_the_model_sets_the_content_after_an_indirect_cue():
    text = "The mayor said on Monday that it was shut and left the hall."
    report, (found,) = read(text, ("The mayor", "said", "that it was shut"))
    assert words(report, found.content) == ["that it was shut"]
    assert found.basis.name == "attribution"


def test_what_neither_a_rule_reads_nor_the_model_is_sure_of_is_left_out():
    text = "In the mayor's eyes the bridge is a menace. The mayor said that it was shut."
    marked = (("the mayor's", "eyes", "the bridge is a menace"), ("The mayor", "said", "that it was shut"))
    assert [found.basis.score for found in read(text, *marked, score=0.6)[1]] == [0.6]
    assert len(read(text, *marked, score=0.9)[1]) == 2


def test_a_missing_source_lowers_the_score():
    _, (found,) = read("Prices reportedly rose.", (None, "reportedly", "Prices"), score=0.95)
    assert found.basis.score == pytest.approx((3 * 0.95 + 2 * 0.5) / 5)


def test_stretches_that_white_space_divides_are_one():
    assert join("One. Two, three", [Span(0, 4), Span(5, 8), Span(10, 15)]) == [Span(0, 8), Span(10, 15)]


@settings(deadline=None)  # the first example loads the word files
@given(st.data())
def test_any_marks_on_any_text_are_read_within_it(data):
    text = data.draw(st.text(alphabet='ab ,."“”\n', min_size=1, max_size=60).filter(str.strip))
    report = text_report(text)
    edges = st.integers(0, len(report.text)).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, len(report.text))))
    spans = st.lists(edges.map(lambda pair: Span(*pair)), min_size=1, max_size=3).map(tuple)
    mentions = tuple(
        Mention(kind=kind, spans=data.draw(spans), score=0.5) for kind in ("cue", "source", "content", "cue", "content")
    )
    links = tuple(
        Link(kind=kind, head=head, tail=tail, score=0.5)
        for kind, head, tail in (("source", 0, 1), ("content", 0, 2), ("content", 3, 4))
    )
    seen = structs.replace(cut(report), spans=mentions, links=links, model="by hand")
    for found in find_attributions(report, seen):
        assert found.content
        assert all(span.end <= len(report.text) for span in (*found.cue, *found.content, *found.source.spans))


def test_a_stray_stretch_in_another_sentence_is_left_out():
    text = "The roads are bad. The mayor said that the bridge was shut."
    report, (found,) = read(text, ("The mayor", "said", "The roads are bad", "that the bridge was shut"))
    assert words(report, found.content) == ["that the bridge was shut"]


def test_the_subject_beside_a_cue_is_the_source_where_the_model_marked_another():
    text = '"It is shut," she told the council, adding that it rained.'
    report, (found, *_) = read(text, ("the council", "told", '"It is shut,"'))
    assert words(report, found.source.spans) == ["she"]


@pytest.mark.parametrize(
    ("cue", "stance"),
    [("his claim", "argues"), ("calls for", "demands"), ("did not support", "opposes"), ("in the eyes of", None)],
)
def test_a_cue_that_no_rule_reads_has_the_stance_of_its_verb(cue, stance):
    assert stance_of(cue, "en") == stance


def test_the_hearer_is_no_part_of_the_content():
    text = "The envoy told the council that talks had stalled."
    report, (found,) = read(text, ("The envoy", "told", "the council that talks had stalled"))
    assert words(report, found.content) == ["that talks had stalled"]
    assert report.words(found.to) == "the council"


def test_nobody_goes_on_over_another_s_turn():
    text = "MAYOR RUIZ: The bridge is shut.\nMINISTER ROE: It is not."
    report = text_report("x")
    parts = tuple(Part(kind="body", span=Span(*match.span())) for match in re.finditer("[^\n]+", text))
    report = structs.replace(report, text=text, parts=parts)
    marked = (":", "MAYOR RUIZ", "The bridge is shut.", "MINISTER ROE: It is not.")
    spans = [place(text, each) for each in marked]
    kinds = ("cue", "source", "content", "content")
    mentions = tuple(Mention(kind=kind, spans=(span,), score=0.9) for kind, span in zip(kinds, spans, strict=True))
    tails = (("source", 1), ("content", 2), ("content", 3))
    links = tuple(Link(kind=kind, head=0, tail=tail, score=0.9) for kind, tail in tails)
    seen = structs.replace(cut(report), spans=mentions, links=links, model="by hand")
    found = find_attributions(report, seen)
    assert [words(report, each.source.spans) for each in found] == [["MAYOR RUIZ"], ["MINISTER ROE"]]
    assert [words(report, each.content) for each in found] == [["The bridge is shut"], ["It is not"]]


def test_whom_an_agency_quotes_is_told_inside_what_it_passes_on():
    text = "The agency quoted the mayor as saying that it was shut."
    report, (outer, inner) = read(text, ("The agency", "quoted", "the mayor as saying that it was shut"))
    assert (words(report, outer.source.spans), words(report, inner.source.spans)) == (["The agency"], ["the mayor"])
    assert (words(report, inner.content), inner.via) == (["that it was shut"], outer.id)


def test_who_was_quoted_by_an_agency_is_the_source():
    text = "The mayor was quoted by the agency as saying that it was shut."
    report, (found,) = read(text, ("the agency", "was quoted", "The mayor", "as saying that it was shut"))
    assert words(report, found.source.spans) == ["The mayor"]
    assert words(report, found.content) == ["that it was shut"]
