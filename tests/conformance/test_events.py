"""The first report's events and talks, as a careful reader takes them (../shared/seed/READING.md)."""

import pytest

import onrecord


@pytest.fixture(scope="module")
def record():
    from pathlib import Path

    path = Path(__file__).parents[3] / "shared" / "seed" / "report.txt"
    if not path.exists():
        pytest.skip("the shared seed is not here")
    (report,) = onrecord.open_reports(path)
    return onrecord.read(report)


def _names(record, ids):
    return {getattr(record[id], "name", id) for id in ids}


def _find(record, type, mode=None, status=None):
    found = [
        event
        for event in record.events
        if event.type == type and mode in (None, event.mode) and status in (None, event.status)
    ]
    assert found, [(event.type, event.mode, event.status) for event in record.events]
    return found[0]


def test_the_protest_is_in_the_place_of_the_picture(record):
    event = _find(record, "PROTEST", "demo", "happened")
    assert _names(record, event.places) == {"Tel Aviv"}
    assert {record[time].value for time in event.times} == {"2024-02-21"}


def test_the_delegation_hangs_on_a_condition_on_the_officials_word(record):
    event = _find(record, "CONSULT", status="conditional")
    assert _names(record, event.actors) == {"Israel"}
    assert "willing" in record.report.words(event.condition)
    assert record[event.attribution].source.kind == "unnamed"


def test_the_decision_is_not_yet_taken(record):
    assert _names(record, _find(record, "CONSULT", status="not-yet").actors) == {"Israel"}


def test_the_mediation_goes_on(record):
    event = _find(record, "CONSULT", "third-party", "ongoing")
    assert _names(record, event.actors) == {"Qatar", "Egypt"}


def test_the_meeting_was_held_in_february(record):
    event = next(e for e in record.events if e.type == "CONSULT" and e.status == "happened")
    assert {record[time].value for time in event.times} == {"2024-02"}
    assert _names(record, event.places) == {"Cairo"}
    assert len(event.actors) == 4


def test_the_abduction_and_the_attack_are_of_october(record):
    for mode, status in (("abduct", "happened"), (None, "happened")):
        event = _find(record, "ASSAULT", mode, status)
        assert {record[time].value for time in event.times} == {"2023-10-07"}


def test_the_offensive_goes_on_and_its_toll_belongs_to_it(record):
    event = _find(record, "ASSAULT", status="ongoing")
    assert _names(record, event.actors) == {"Israel"}
    assert 29000 in {record[figure].low for figure in event.figures}


def test_the_swap_of_november_was_both_sides(record):
    event = _find(record, "RETREAT", "release", "happened")
    assert _names(record, event.actors) == {"Israel", "Hamas"}
    assert {record[time].value for time in event.times} == {"2023-11"}


def test_no_release_is_told_as_done_but_that_one(record):
    done = [e for e in record.events if e.type == "RETREAT" and e.status in ("happened", "ongoing")]
    assert len(done) == 1


def test_the_talks_are_drawn_up(record):
    (talks,) = record.talks
    words = record.report.words
    assert _names(record, talks.parties) == {"Israel", "Hamas"}
    assert _names(record, talks.mediators) == {"Qatar", "Egypt"}
    assert _names(record, talks.venue) == {"Cairo"}
    assert "ceasefire" in {words(aim).lower() for aim in talks.aims}
    assert ("held", "none") in {(turn.state, turn.outcome) for turn in talks.rounds}
    states = {seat.state for seat in talks.attendance if _names(record, [seat.party]) == {"Israel"}}
    assert {"conditional", "undecided"} <= states
    assert any(issue.sticking and "prisoners" in words(issue.span) for issue in talks.issues)
    assert len(talks.precedents) == 1
