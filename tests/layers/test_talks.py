"""Talks: each field from its words, on hand-written actors, without a model."""

import pytest

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.lang import load_rules
from onrecord.layers.talks import TalksRule, find_talks
from onrecord.ontology import read_codes
from onrecord.record import Actor, Basis, Span, Talks

RULE = Basis(by="rule", name="by hand")

TEXT = """Talks between Tarsa and Olmen on the border ended in Geneva on Friday without a breakthrough.

The negotiations were mediated by Norway. Tarsa has yet to decide on sending a delegation to the next round. \
Olmen would attend only if the guns fall silent.

The two sides disagreed over the future of the port. Olmen demanded the release of two pilots in exchange for \
ten prisoners. A further round is planned in May."""


def _actors(text, *names):
    found = []
    for name in names:
        mentions, at = [], text.find(name)
        while at >= 0:
            mentions.append(Span(at, at + len(name)))
            at = text.find(name, at + 1)
        found.append(Actor(id=name, name=name, mentions=tuple(mentions), basis=RULE))
    return tuple(found)


@pytest.fixture
def talks() -> Talks:
    report = text_report(TEXT, date="2020-05-04")
    (found,) = find_talks(report, cut(report), (), _actors(report.text, "Tarsa", "Olmen", "Norway"), (), (), ())
    return found


def test_the_sides_and_the_mediator_are_told_apart(talks):
    assert talks.parties == ("Tarsa", "Olmen")
    assert talks.mediators == ("Norway",)


def test_a_round_has_its_state_and_its_outcome(talks):
    assert [(turn.state, turn.outcome) for turn in talks.rounds] == [("held", "none"), ("planned", None)]


def test_attendance_is_undecided_or_hangs_on_a_condition(talks):
    seats = {seat.party: seat for seat in talks.attendance}
    assert seats["Tarsa"].state == "undecided"
    assert seats["Olmen"].state == "conditional"
    assert seats["Olmen"].condition.of(TEXT) == "the guns fall silent"


def test_an_issue_that_sticks_is_said_to(talks):
    assert ("future of the port", True) in [(issue.span.of(TEXT), issue.sticking) for issue in talks.issues]


def test_a_term_is_what_is_given_for_what(talks):
    (term,) = talks.offers
    assert term.what.of(TEXT) == "two pilots"
    assert term.per.of(TEXT) == "ten prisoners"


def test_a_move_is_its_side_and_its_kind(talks):
    assert ("Olmen", "demand") in [(move.party, move.move) for move in talks.positions]


def test_a_report_that_names_talks_in_passing_is_no_report_on_talks():
    report = text_report("The port reopened on Monday. Talks ended last year. Ships came in.", date="2020-05-04")
    assert find_talks(report, cut(report), (), (), (), (), ()) == ()


FIELDS = {
    "format": "format",
    "rounds": "round",
    "attendance": "attendance",
    "positions": "move",
    "text_status": "text",
    "truce": "truce",
    "stage": "stage",
    "outcome": "outcome",
}


def test_every_talks_rule_has_codes_of_the_ontology():
    codes = read_codes("talks")
    known = {*Talks.__struct_fields__, "seats", "outcome"}
    for rule in load_rules("en", "talks", TalksRule).rules:
        assert rule.right.field in known, rule.name
        if rule.right.field in FIELDS:
            assert f"{FIELDS[rule.right.field]}:{rule.right.value}" in codes, rule.name
        if rule.right.outcome:
            assert f"outcome:{rule.right.outcome}" in codes


def _read(text):
    report = text_report(text, date="2020-05-04")
    (found,) = find_talks(report, cut(report), (), _actors(report.text, "Tarsa", "Olmen"), (), (), ())
    return found


@pytest.mark.parametrize(
    ("lead", "stage", "text", "truce"),
    [
        ("Tarsa and Olmen signed a border treaty on Friday.", "concluded", "signed", None),
        ("Talks between Tarsa and Olmen collapsed on Friday.", "broken-down", None, None),
        ("Talks between Tarsa and Olmen have bogged down.", "stalled", None, None),
        ("Tarsa is ready to open talks with Olmen.", "not-begun", None, None),
        ("Tarsa turned down a peace plan in talks with Olmen.", "under-way", "rejected", None),
        ("Tarsa and Olmen are close to a deal.", "under-way", "under-discussion", None),
        ("Each side accused the other of breaking the truce of May.", "carried-out", None, "violated"),
        ("Tarsa called for a truce.", "under-way", None, "proposed"),
    ],
)
def test_stage_text_and_truce_are_told_by_the_words(lead, stage, text, truce):
    found = _read(f"{lead}\n\nThe negotiators of Tarsa said so. The negotiators of Olmen did not speak.")
    assert (found.stage, found.text_status, found.truce) == (stage, text, truce)


def test_a_truce_that_is_broken_stands_so_even_where_it_is_first_said_to_hold():
    found = _read("The truce took effect on Monday, negotiators said.\n\nOlmen spoke of truce violations on Friday.")
    assert found.truce == "violated"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("and agreed to meet again", "partial"),
        ("but failed to bridge their differences", "none"),
        ("and reported some progress", "progress-claimed"),
        ("and signed a trade accord", "agreement"),
        ("and looked at a map", None),
    ],
)
def test_an_outcome_is_what_the_sentence_of_the_meeting_says(words, outcome):
    found = _read(f"Negotiators spoke.\n\nTarsa and Olmen held two days of talks {words}.")
    assert found.rounds[0].outcome == outcome


@pytest.mark.parametrize(
    ("words", "is_on_talks"),
    [
        (
            "The rebels freed two hostages.\n\nTheir captors had demanded an amnesty, which elders offered in return.",
            True,
        ),
        ("The minister arrived on a visit.\n\nThe two countries have good relations and economic cooperation.", False),
    ],
)
def test_a_report_is_on_talks_by_what_its_sentences_are_about_not_by_that_word(words, is_on_talks):
    report = text_report(words, date="2020-05-04")
    assert bool(find_talks(report, cut(report), (), (), (), (), ())) is is_on_talks
