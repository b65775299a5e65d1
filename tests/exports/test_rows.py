"""The rows of the sheet: what they call a figure and whoever it stands on."""

import pytest

from onrecord.exports.rows import sections
from onrecord.exports.values import unit_words
from onrecord.intake import text_report
from onrecord.record import Attribution, Basis, Event, Figure, Record, Source, Span

RULE = Basis(by="rule", name="by hand")
TEXT = "Aid is expected to go on."


@pytest.mark.parametrize(
    ("unit", "number", "shown"),
    [
        ("year of age", 34, "years of age"),
        ("year of age", 1, "year of age"),
        ("week", 2, "weeks"),
        ("percent", 2, "percent"),
        (None, 2, ""),
    ],
)
def test_a_unit_is_read_as_its_number_asks(unit, number, shown):
    figure = Figure(id="f1", span=Span(0, 3), basis=RULE, low=number, best=number, high=number, unit=unit)
    assert unit_words(figure) == shown


def test_what_is_expected_by_nobody_who_is_named_is_on_no_unnamed_source():
    expected = Attribution(
        id="a1", source=Source(), cue=(Span(4, 15),), content=(Span(0, 3),), quote="indirect", basis=RULE
    )
    event = Event(id="e1", type="AID", mentions=(Span(0, 3),), basis=RULE, status="planned", attribution="a1")
    record = Record(report=text_report(TEXT), attributions=(expected,), events=(event,))
    rows = {row.id: row for section in sections(record) for row in section.rows or ()}
    assert rows["e1"].notes == ("no source named (a1)",)
