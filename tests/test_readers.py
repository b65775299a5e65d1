"""What readers write is placed in the text or refused, and two tables are compared as docs/annotating-talks.md says."""

import importlib.util
from pathlib import Path

import pytest

import onrecord

ROOT = Path(__file__).parents[1]
TEXT = (
    "MARL, March 3 (Wire) -- Dockers will return to the table on Thursday, their union said. "
    "Portline offered a rise of six percent. The dockers turned down the rise that Portline offered."
)


def load(path):
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load(ROOT / "tools" / "place_talks.py")
scorer = load(ROOT / "benchmarks" / "talks.py")


def row(text, **given):
    return {"file": "x.txt"} | tool.place_row(text, given)


def test_words_are_placed_at_the_time_asked_for_and_parts_beside_the_words():
    move = row(TEXT, slot="moves", words="turned down the rise", code="reject", party="dockers", source="report")
    assert TEXT[move["start"] : move["end"]] == "turned down the rise"
    assert move["source"] is None
    assert tool.place(TEXT, "Portline@2")[0] == TEXT.rindex("Portline")
    assert tool.place(TEXT, "Portline", near=len(TEXT))[0] == TEXT.rindex("Portline")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"slot": "parties", "words": "pilots"}, "'pilots' is found 0 times"),
        ({"slot": "parties", "words": "Portline@3"}, "found 2 times"),
        ({"slot": "sides", "words": "Portline"}, "unknown slot"),
        ({"slot": "truce", "code": "signed"}, "truce has no code 'signed'"),
        ({"slot": "rounds", "words": "return", "code": "planned"}, "rounds needs source"),
        ({"slot": "parties", "words": "Portline", "party": "Portline"}, "parties has no party"),
    ],
)
def test_what_cannot_be_placed_is_refused(given, told):
    with pytest.raises(ValueError, match=told):
        tool.place_row(TEXT, given)


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("release of all prisoners", "release"),
        ("Lea Holm, the arbiter", "holm"),
        ("the union's demands", "demand"),
        ("to end the strike", "strike"),
    ],
)
def test_the_head_of_a_phrase_is_its_last_word_before_a_break(phrase, head):
    assert scorer.head(phrase, onrecord.Span(0, len(phrase))) == head


def test_a_table_agrees_with_one_that_names_the_same_in_other_places():
    record = onrecord.read(TEXT, date="2019-03-03")
    text = record.report.text
    first = [
        row(text, slot="parties", words="Portline"),
        row(text, slot="moves", words="offered a rise", code="offer", party="Portline", source="report"),
        row(text, slot="truce", code="proposed"),
    ]
    second = [
        row(text, slot="parties", words="Portline@2"),
        row(text, slot="moves", words="offered@2", code="offer", party="Portline@2", source="union"),
        row(text, slot="truce", code="announced"),
    ]
    counts = scorer.Counts()
    tables = (scorer.table_of_rows(rows, record) for rows in (first, second))
    scorer.compare(scorer.Likeness(record), *tables, counts, None)
    assert counts.both == {slot: int(slot in ("parties", "moves")) for slot in scorer.SLOTS}
    assert (counts.sources["moves"], counts.sourced["moves"]) == (0, 1)


@pytest.fixture
def settler(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    return load(ROOT / "tools" / "settle_talks.py")


def test_a_row_written_in_words_again_is_placed_where_it_stood(settler):
    rows = [
        row(TEXT, slot="parties", words="Portline@2"),
        row(TEXT, slot="moves", code="offer", party="Portline@2", words="offered", source="report"),
        row(TEXT, slot="rounds", code="planned", words="return to the table", source="their union"),
        row(TEXT, slot="stage", code="under-way"),
    ]
    written = [settler.in_words(TEXT, each) for each in rows]
    assert [{"file": "x.txt"} | tool.place_row(TEXT, each) for each in written] == rows
    assert [each.get("party") for each in written] == [None, "Portline@2", None, None]


def test_picks_take_rows_of_readers_and_rows_of_ones_own(settler, tmp_path):
    (tmp_path / "x.txt").write_text(TEXT)
    text = tool.text_of(tmp_path / "x.txt")
    placed = [tool.place_row(text, {"slot": "parties", "words": words}) for words in ("Dockers", "Portline")]
    tables = {"a": {"x.txt": placed}, "b": {"x.txt": placed[:1]}}
    picks = tmp_path / "picks.txt"
    picks.write_text('x.txt\na 1-2\n{"slot": "stage", "code": "under-way"}\n')
    taken = list(settler.picked(picks, tables, tmp_path))
    assert [each.get("words", each.get("code")) for each in taken] == ["Dockers", "Portline", "under-way"]
    picks.write_text("x.txt\nb 2\n")
    with pytest.raises(SystemExit, match="line 2: 'b 2' picks no row"):
        list(settler.picked(picks, tables, tmp_path))


def test_rows_of_one_code_and_party_are_paired_first(settler):
    rows = [
        row(TEXT, slot="moves", code=code, party=party, words="offered", source="report")
        for code, party in (("offer", "Dockers"), ("offer", "Portline"), ("demand", "Portline"))
    ]
    assert settler.pair(TEXT, rows, [rows[2], rows[1]]) == [(1, 1), (2, 0)]
