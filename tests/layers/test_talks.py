"""Talks: each field from its words, on hand-written actors, without a model."""

from datetime import date

import msgspec
import pytest

import onrecord
from onrecord.encode import default_encoder
from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.lang import load_rules, read_words
from onrecord.layers.courses import Course, find_courses, load_courses
from onrecord.layers.stages import ends_before
from onrecord.layers.standing import status_words
from onrecord.layers.syntax import arguments_of, tree_of
from onrecord.layers.talks import TalksRule, find_talks
from onrecord.ontology import read_codes
from onrecord.record import Actor, Basis, Interval, Span, Talks, TimeExpression

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
    assert {(turn.state, turn.outcome) for turn in talks.rounds} == {("held", "none"), ("planned", None)}


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


COURSES = [
    (course, example)
    for course in msgspec.convert(read_words("en", "courses")["course"], list[Course])
    for example in course.examples
]


@pytest.mark.parametrize(("course", "example"), COURSES, ids=[f"{course.name}: {text}" for course, text in COURSES])
def test_a_course_tells_of_each_of_its_examples(course, example):
    assert course.name in [hit.name for hit in _courses_in(example)]


@pytest.mark.parametrize(
    ("course", "example"), [(course, text) for course, _ in COURSES for text in course.counter_examples]
)
def test_a_course_does_not_tell_of_its_counter_examples(course, example):
    assert course.name not in [hit.name for hit in _courses_in(example)]


def test_every_course_has_codes_of_the_ontology():
    codes = read_codes("talks")
    for course, _ in COURSES:
        told = (
            course.value,
            course.going,
            course.open,
            course.hoped,
            course.denied,
            course.on_condition,
            course.not_yet,
        )
        for code in filter(None, told):
            assert f"{FIELDS.get(course.field, course.field)}:{code}" in codes, course.name


def test_names_of_courses_are_unique():
    names = [table["name"] for table in read_words("en", "courses")["course"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("words", "rounds"),
    [
        ("Talks on the border that were to open in May were called off on Friday.", [("broken-off", None)]),
        ("The third round of talks ended on Friday without agreement.", [("held", "none")]),
        ("No agreement was reached at a meeting on Friday.", [("held", "none")]),
        ("The two sides signed a border accord on Friday.", [("held", "agreement")]),
        ("They ended the talks on Friday without a deal but agreed on a list of topics.", [("held", "partial")]),
        ("The two delegations talked for three hours on Friday.", [("held", None)]),
    ],
)
def test_a_round_is_told_by_what_becomes_of_a_meeting(words, rounds):
    record = onrecord.read(
        f"{words}\n\nNegotiators of Tarsa and Olmen said so.\n\nThe negotiations are about the border.",
        date="2020-05-04",
    )
    assert [(turn.state, turn.outcome) for turn in record.talks[0].rounds] == rounds


def test_a_condition_of_coming_is_kept():
    text = "The rebels will come to the talks only if the guns fall silent.\n\nThe talks open on Friday."
    record = onrecord.read(text, date="2020-05-04")
    (seat,) = record.talks[0].attendance
    assert seat.state == "conditional"
    assert seat.condition.of(text) == "the guns fall silent"


def test_a_condition_may_stand_before_what_hangs_on_it():
    text = "If the guns fall silent the rebels will come to the talks.\n\nThe talks open on Friday."
    record = onrecord.read(text, date="2020-05-04")
    assert [seat.state for seat in record.talks[0].attendance] == ["conditional"]


def _courses_in(text):
    seen = default_encoder().read(text_report(text, date="2020-05-04"))
    for number, sentence in enumerate(seen.sentences):
        tree = tree_of(text, seen, sentence, arguments_of(seen))
        yield from find_courses(tree, number, load_courses("en"), status_words("en"))


@pytest.mark.parametrize("offered", ['offer of a "joint patrol"', "proposals for the ; and so on"])
def test_an_article_before_a_mark_is_no_phrase_where_there_is_no_syntax(offered):
    text = f"Peace talks between Tarsa and Olmen went on in Geneva. Tarsa made an {offered}. Olmen rejected the truce."
    report = text_report(text, date="2020-05-04")
    (found,) = find_talks(report, cut(report), (), _actors(report.text, "Tarsa", "Olmen"), (), (), ())
    assert found.parties == ("Tarsa", "Olmen")
    assert all(offer.span.of(report.text) not in ("a", "the") for offer in found.offers)


@pytest.mark.parametrize(("year", "value"), [("490 BC", "BC0490"), ("1 BC", "BC0001")])
def test_a_year_before_year_1_is_before_the_report(year, value):
    text = (
        f"Talks between Tarsa and Olmen failed. In {year} Tarsa agreed to attend the talks and to hold further talks."
    )
    record = onrecord.read(text, date="2020-05-04")
    assert [time.value for time in record.times] == [value]
    assert not any(seat.state == "agreed" for talks in record.talks for seat in talks.attendance)


@pytest.mark.parametrize(
    ("end", "before"),
    [("2020-01-01", True), ("-0488-01-01", True), ("0000-01-01", True), ("10000-01-01", False), (None, False)],
)
def test_a_time_ends_before_a_day_whatever_the_year(end, before):
    time = TimeExpression(id="t1", span=Span(0, 1), basis=RULE, type="DATE", interval=Interval(end=end))
    assert ends_before(time, date(2020, 5, 4)) == before
