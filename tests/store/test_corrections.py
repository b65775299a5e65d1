"""What a person says of an item stands beside the machine's reading, outlives a re-read, and is never lost."""

import sqlite3

import msgspec
import pytest

from onrecord.errors import InputError, StoreError
from onrecord.record import (
    Attribution,
    Figure,
    Place,
    Span,
    corrected,
    count_words,
    counts,
    field_text,
    field_value,
    fields_of,
)
from onrecord.store import Store


@pytest.fixture
def store(tmp_path, made):
    with Store(tmp_path / "desk.onrecord", made_by="1") as store:
        store.add(*made())
        yield store


def moved(record, **changes):
    """The record as another reader would read it: figures with other ids, in another order."""
    return msgspec.structs.replace(record, **changes)


def test_a_verdict_stands_beside_the_reading_and_not_over_it(store, made):
    record, _ = made()
    given = store.correct(
        "a.txt", "f1", "corrected", by="Ana  Editor", note=" as the page has it ", fields={"best": 14}
    )
    assert (given.by, given.note, given.fields, given.words) == (
        "Ana Editor", "as the page has it", {"best": 14}, "At least 12 people",
    )  # fmt: skip
    assert given.item == msgspec.to_builtins(record.figures[0])
    assert store.get("a.txt") == record
    assert store.corrections(record.report) == [given]


def test_the_last_verdict_stands_and_every_one_is_kept(store):
    store.correct("a.txt", "f1", "rejected", by="Ana")
    last = store.correct("a.txt", "f1", "confirmed", by="Ben")
    other = store.correct("a.txt", "a1", "rejected", by="Ana")
    assert store.corrections() == [last, other]
    assert [one.standing for one in store.corrections(all=True)] == [False, True, True]
    assert counts(store.corrections()) == {"figures": {"confirmed": 1}, "attributions": {"rejected": 1}}


def test_a_verdict_is_taken_back_by_a_withdrawal(store):
    store.correct("a.txt", "f1", "rejected", by="Ana")
    store.correct("a.txt", "f1", "withdrawn", by="Ana")
    assert store.corrections() == []
    assert len(store.corrections(all=True)) == 2


@pytest.mark.parametrize(
    ("id", "verdict", "said"),
    [
        ("f9", "confirmed", {}),
        ("f1", "perhaps", {}),
        ("f1", "confirmed", {"by": " "}),
        ("f1", "confirmed", {"by": "x" * 101}),
        ("f1", "confirmed", {"note": "x" * 2001}),
        ("f1", "confirmed", {"by": "\ud800"}),
        ("f1", "confirmed", {"fields": {"best": 1.0}}),
        ("f1", "corrected", {}),
        ("f1", "corrected", {"fields": {"id": "f2"}}),
        ("f1", "corrected", {"fields": {"nonsense": 1}}),
        ("f1", "corrected", {"fields": {"best": "many"}}),
        ("f1", "corrected", {"fields": {"attribution": "a9"}}),
        ("f1", "corrected", {"fields": {"attribution": "Ana"}}),
        ("f1", "corrected", {"fields": {"span": {"start": 5, "end": 9999}}}),
        ("f1", "corrected", {"fields": {"span": {"start": 5, "end": 5}}}),
        ("f1", "corrected", {"fields": {"span": {"start": 9, "end": 5}}}),
        ("f1", "corrected", {"fields": {"best.low": 5}}),
        ("e1", "corrected", {"fields": {"mentions": []}}),
        ("a1", "corrected", {"fields": {"source.kind": "friend"}}),
    ],
)
def test_a_verdict_that_is_none_is_refused_and_nothing_is_kept(store, id, verdict, said):
    with pytest.raises(InputError):
        store.correct("a.txt", id, verdict, **{"by": "Ana", **said})
    assert store.corrections(all=True) == []


def test_a_verdict_on_a_report_that_is_not_there_is_a_key_error(store):
    with pytest.raises(KeyError):
        store.correct("b.txt", "f1", "confirmed", by="Ana")


def test_a_reader_cannot_correct(store):
    with Store(store.path, readonly=True) as reader, pytest.raises(StoreError, match="reading only"):
        reader.correct("a.txt", "f1", "confirmed", by="Ana")


def test_a_verdict_finds_its_item_again_under_another_id_when_the_report_is_read_again(store, made):
    record, _ = made()
    store.correct("a.txt", "f1", "rejected", by="Ana")
    figure = msgspec.structs.replace(record.figures[0], id="f2", low=None, best=12)
    new = Figure(id="f1", span=record.places[0].mentions[0], basis=figure.basis, best=1)
    again = moved(record, figures=(new, figure))
    store.replace(record.report.digest, [again])
    (one,) = store.corrections(again.report)
    assert (one.id, one.was, one.verdict) == ("f2", "f1", "rejected")
    assert one.item["low"] == 12, "what the machine had read then is kept"


def test_a_verdict_follows_its_bytes_where_cleaning_moves_the_text(store, made):
    record, data = made()
    store.correct("a.txt", "f1", "confirmed", by="Ana")
    text = "  " + record.report.text
    report = msgspec.structs.replace(record.report, text=text, pieces=((0, 2, 0, 0), (2, len(text), 0, len(data))))
    span = record.figures[0].span
    figure = msgspec.structs.replace(record.figures[0], span=Span(span.start + 2, span.end + 2))
    store.replace(report.digest, [moved(record, report=report, figures=(figure,))])
    assert [one.id for one in store.corrections()] == ["f1"]


def test_a_verdict_whose_words_are_read_no_more_is_shown_as_orphaned_and_comes_back_with_them(store, made):
    record, _ = made()
    store.correct("a.txt", "f1", "confirmed", by="Ana")
    store.correct("a.txt", "e1", "confirmed", by="Ana")
    store.replace(record.report.digest, [moved(record, figures=())])
    orphan, other = store.corrections(record.report)
    assert (orphan.id, orphan.was, orphan.words, other.id) == (None, "f1", "At least 12 people", "e1")
    assert counts(store.corrections()) == {"events": {"confirmed": 1}}
    store.replace(record.report.digest, [record])
    assert [one.id for one in store.corrections()] == ["f1", "e1"]


def test_of_two_items_on_the_same_words_the_one_that_was_meant_is_found(store, made):
    record, _ = made()
    first = record.events[0]
    second = msgspec.structs.replace(first, id="e2", type="COERCE")
    store.replace(record.report.digest, [moved(record, events=(first, second))])
    store.correct("a.txt", "e2", "rejected", by="Ana")
    swapped = (msgspec.structs.replace(second, id="e1"), msgspec.structs.replace(first, id="e2"))
    store.replace(record.report.digest, [moved(record, events=swapped)])
    assert [one.id for one in store.corrections()] == ["e1"]


def test_verdicts_on_a_report_that_a_newer_reading_does_not_find_are_orphaned_and_go_only_when_it_is_removed(
    store, made
):
    record, _ = made()
    store.correct("a.txt", "f1", "confirmed", by="Ana")
    store.replace(record.report.digest, [])
    assert [(one.report, one.id) for one in store.corrections()] == [("a.txt", None)]
    store.add(*made())
    assert [one.id for one in store.corrections()] == ["f1"]
    store.remove("a.txt")
    assert store.corrections(all=True) == []


def test_any_client_reads_the_view_of_verdicts(store):
    store.correct("a.txt", "f1", "rejected", by="Ana", note="a typo")
    store.correct("a.txt", "f1", "confirmed", by="Ben")
    rows = sqlite3.connect(store.path).execute(
        "SELECT report, id, verdict, by, note, standing FROM corrections ORDER BY number"
    )
    assert rows.fetchall() == [
        ("a.txt", "f1", "rejected", "Ana", "a typo", 0),
        ("a.txt", "f1", "confirmed", "Ben", "", 1),
    ]


def test_a_store_of_the_first_schema_takes_verdicts_once_it_is_opened(tmp_path, made, make_first):
    with Store(tmp_path / "new") as store:
        store.add(*made())
    make_first(tmp_path / "old", tmp_path / "new")
    with Store(tmp_path / "old") as store:
        store.correct("a.txt", "f1", "confirmed", by="Ana")
        assert len(store.corrections()) == 1


def test_the_fields_of_every_item_go_to_text_and_back(made):
    record, _ = made()
    for item in record.items():
        for field in fields_of(type(item)):
            text = field_text(item, field, record.report)
            value = field_value(text, field, item, record)
            assert corrected(item, {field.name: value}, record) == item, (item.id, field.name, text)


def test_words_given_for_a_field_are_found_nearest_to_the_item(made):
    record, _ = made()
    content = next(field for field in fields_of(Attribution) if field.name == "content")
    value = field_value("we will not  sign … 44-53", content, record.attributions[0], record)
    new = corrected(record.attributions[0], {"content": value}, record)
    assert record.report.words(new.content[0]) == "we will not sign"
    assert new.content[1] == Span(44, 53)
    with pytest.raises(InputError, match="does not stand in the report"):
        field_value("never said", content, record.attributions[0], record)


def test_a_part_that_the_machine_left_empty_can_be_given(made):
    record, _ = made()
    new = corrected(record.figures[0], {"interval.start": "2019-03-05"}, record)
    assert new.interval.start == "2019-03-05"
    geonameid = next(field for field in fields_of(Place) if field.name == "geonameid")
    assert (
        corrected(
            record.places[0], {"geonameid": field_value("3,936,456", geonameid, record.places[0], record)}, record
        ).geonameid
        == 3936456
    )


def test_counts_are_said_in_one_order():
    assert count_words({"rejected": 1, "corrected": 3, "confirmed": 2}) == "2 confirmed, 3 corrected, 1 rejected"
    assert count_words({}) == ""
