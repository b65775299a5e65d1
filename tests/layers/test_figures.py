"""Figures: whom a number counts, what befell them, where, when, by whom and on whose word."""

import tomllib
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.figures import find_figures
from onrecord.record import Actor, Attribution, Basis, Interval, Place, Source, Span, TimeExpression

RULE = Basis(by="rule", name="by hand")
OUTCOMES = tomllib.loads(files("onrecord.lang").joinpath("en/outcomes.toml").read_text(encoding="utf-8"))["outcome"]


def find(text):
    report = text_report(text)
    return report, find_figures(report, cut(report))


def told(text):
    """(words, best or low or high, outcome) of each figure of people, sums apart."""
    report, found = find(text)
    return [
        (report.words(f.span), next(v for v in (f.best, f.low, f.high) if v is not None), f.outcome)
        for f in found
        if f.outcome and f.basis.name != "joined people"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # passive, and what is left out of a second clause
        ("Twelve people were killed and 30 others wounded.", [("Twelve", 12, "killed"), ("30", 30, "wounded")]),
        ("In May 2011, 32 people were killed when a plane crashed.", [("32", 32, "killed")]),
        ("Six men had been reported as being killed.", [("Six", 6, "killed")]),
        # active
        ("The attack killed about 1,200 people.", [("about 1,200", 1200, "killed")]),
        ("The raid killed three soldiers and a civilian.", [("three", 3, "killed"), ("a civilian", 1, "killed")]),
        ("A bomb exploded, killing five and injuring 20.", [("five", 5, "killed"), ("20", 20, "wounded")]),
        ("Gunmen killed the mayor of a town and two guards.", [("two", 2, "killed")]),
        ("Two gunmen killed five people.", [("five", 5, "killed")]),
        ("Two gunmen who shot five people were killed.", [("Two", 2, "killed"), ("five", 5, "wounded")]),
        ("The storm claimed at least 217 lives.", [("at least 217", 217, "killed")]),
        # nouns and states
        ("The blast left 10 dead and 30 wounded.", [("10", 10, "killed"), ("30", 30, "wounded")]),
        ("There were 45 deaths and 20 new cases.", [("45", 45, "killed"), ("20", 20, "infected")]),
        ("The toll was 12 in May 2004 and 15 in June 2004.", [("12", 12, "killed"), ("15", 15, "killed")]),
        ("The death toll rose from 30 to 45.", [("30", 30, "killed"), ("45", 45, "killed")]),
        ("The arrests brought to nine the number of people killed.", [("nine", 9, "killed")]),
        ("Two officers are among the wounded.", [("Two", 2, "wounded")]),
        # parts
        ("Five of the 12 passengers were killed.", [("Five", 5, "killed")]),
        ("The quake killed 45 people, 12 of them children.", [("45", 45, "killed"), ("12", 12, "killed")]),
        ("Nine people died, including two boys.", [("Nine", 9, "killed"), ("two", 2, "killed")]),
        (
            "Ten people (three soldiers and seven nurses) were hurt.",
            [("Ten", 10, "wounded"), ("three", 3, "wounded"), ("seven", 7, "wounded")],
        ),
        # one at a time
        ("A man and his wife were shot dead.", [("A man", 1, "killed"), ("his wife", 1, "killed")]),
        ("A man, 45, and a woman, 32, were shot dead.", [("A man", 1, "killed"), ("a woman", 1, "killed")]),
        ("Ana Ruiz, 34, a former judge, was wounded.", [("Ana Ruiz", 1, "wounded")]),
        ("Dr. Ana Ruiz spoke to Ana Ruiz. A sniper killed Ruiz.", [("Ruiz", 1, "killed")]),
        ("Mr. Bo Tan was killed along with two of his guards.", [("Mr. Bo Tan", 1, "killed"), ("two", 2, "killed")]),
        ("CARLOS RUIZ AND MARTA SOLIS WERE MURDERED.", [("CARLOS RUIZ", 1, "killed"), ("MARTA SOLIS", 1, "killed")]),
        ("They mourn the murder of opposition leader Bo Tan.", [("Bo Tan", 1, "killed")]),
        ("A man and child were hurt.", [("A man", 1, "wounded"), ("child", 1, "wounded")]),
        ("Another reporter, Bo Tan, a sound technician, died.", [("Another reporter", 1, "killed")]),
        # none
        ("There were no casualties.", [("no", 0, "casualties")]),
        ("None of the passengers was hurt.", [("None", 0, "wounded")]),
        ("Twelve passengers were not hurt.", [("Twelve", 12, "unharmed")]),
        # other outcomes, and letters of one case
        ("At least 33 hostages would be released.", [("At least 33", 33, "released")]),
        ("The group holds 40 hostages.", [("40", 40, "held")]),
        ("Police arrested 17 people and seized 3 rifles.", [("17", 17, "arrested")]),
        ("More than 200 people were taken hostage.", [("More than 200", 200, "abducted")]),
        ("ABOUT 50 PEASANTS HAVE BEEN KIDNAPPED.", [("ABOUT 50", 50, "abducted")]),
        ("Thousands fled their homes.", [("Thousands", 2000, "displaced")]),
        # what befalls nobody
        ("Volunteers rescued 1,154 birds.", []),
        ("The bank released 33 pages.", []),
        ("A bus with 12 passengers was late and a goat was killed.", []),
    ],
)
def test_the_outcome_is_that_of_the_people_whom_the_clause_says_it_of(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("outcome", OUTCOMES, ids=[o["name"] for o in OUTCOMES])
def test_each_outcome_is_found_in_its_examples_and_not_in_its_counter_examples(outcome):
    for example in outcome["examples"]:
        assert outcome["name"] in {found[2] for found in told(example)}, example
    for example in outcome["not"]:
        assert outcome["name"] not in {found[2] for found in told(example)}, example


def test_a_figure_holds_its_bounds_its_unit_and_the_words_for_what_it_counts():
    report, (figure,) = find("The offensive has so far killed more than 29,000 of the young villagers.")
    assert report.words(figure.span) == "more than 29,000"
    assert (figure.low, figure.best, figure.high, figure.low_exclusive) == (29_000, None, None, True)
    assert figure.unit == "people"
    assert report.words(figure.of) == "young villagers"
    assert report.words(figure.outcome_span) == "killed"
    assert figure.cumulative is True


def test_so_many_more_is_not_a_running_total():
    _, (figure,) = find("Another 12 people were killed.")
    assert figure.cumulative is False


@pytest.mark.parametrize(
    "text",
    [
        "It was the worst month since May, when 12 people were killed.",
        "The new four-year plan begins.",
        "It costs 47 percent more.",
    ],
)
def test_since_new_and_more_of_something_else_say_nothing_of_a_total(text):
    _, (figure,) = find(text)
    assert figure.cumulative is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $9 000.", [("$9 000", 9000, "USD")]),
        ("Some 12 000 people came.", [("Some 12 000", 12_000, "people")]),
        ("They cast 1 250 000 votes.", [("1 250 000", 1_250_000, None)]),
        ("In 2006 300 people came.", [("300", 300, "people")]),
        ("A dlrs 220 million loan was made.", [("dlrs 220 million", 220_000_000, "USD")]),
        ("The index broke the 2,000 mark.", [("2,000", 2000, None)]),
        ("He paid 2,000 marks.", [("2,000 marks", 2000, "DEM")]),
        ("She spent 10 of the last 16 years abroad.", [("10", 10, "year"), ("16 years", 16, "year")]),
        # ages
        (
            "Two brothers, 19 and 23, came.",
            [("Two", 2, "people"), ("19", 19, "year of age"), ("23", 23, "year of age")],
        ),
        ("The singer died at 80.", [("80", 80, "year of age")]),
        ("Children under 5 were there.", [("under 5", 5, "year of age")]),
        ("He was 34 when they met.", [("34", 34, "year of age")]),
        ("The ministry named four soldiers, 12 of them officers.", [("four", 4, "people"), ("12", 12, None)]),
        # bounds and names
        ("The site estimated 120 people were there.", [("120", 120, "people")]),
        ("They met at the old house in the Six Nations country near the river.", []),
    ],
)
def test_a_number_has_the_value_and_the_unit_that_its_words_give(text, expected):
    report, found = find(text)
    numbers = [(f, next(v for v in (f.best, f.low, f.high) if v is not None)) for f in found]
    assert [(report.words(f.span), value, f.unit) for f, value in numbers] == expected


def test_us_in_capitals_is_the_country():
    report, (figure,) = find("The deaths of six more US soldiers were told.")
    assert (report.words(figure.of), figure.outcome) == ("US soldiers", "killed")


def test_no_name_is_sought_within_the_name_of_a_place():
    text = "He lives in South Africa, and people there say that Ana Africa died. Ana Africa was old."
    report = text_report(text)
    place = Place(id="p1", name="South Africa", mentions=(Span(12, 24),), basis=RULE)
    found = find_figures(report, cut(report), None, None, (place,))
    assert {report.words(f.span) for f in found} == {"Ana Africa"}


def test_people_whom_one_verb_befell_together_are_added_up_where_one_of_them_is_single():
    report, found = find("A man and two girls were killed.")
    (total,) = [f for f in found if f.basis.name == "joined people"]
    assert (total.best, report.words(total.span)) == (3, "A man and two girls")
    assert "joined people" not in {f.basis.name for f in find("Two men and two girls were killed.")[1]}


def test_a_people_is_no_name_of_anyone():
    text = "The Kenyan conflict is old. New Kenyan premier Ana Ruiz fled. So far in the Kenyan war, soldiers have fled."
    report, found = find(text)
    assert "Kenyan" not in {report.words(f.span) for f in found}


def test_people_who_are_told_apart_are_not_added_to_those_they_are_of():
    _, found = find("Three sailors, two cooks and a pilot, were killed.")
    assert "joined people" not in {f.basis.name for f in found}


def test_a_report_in_a_language_without_rules_is_not_read():
    report = msgspec.structs.replace(text_report("Douze personnes."), language="fr")
    assert find_figures(report, cut(report)) is None


def test_a_figure_is_tied_to_who_did_it_where_when_and_on_whose_word():
    text = "The Reds shelled Westport on Monday and killed 12 people, said Eastport's mayor in 2020."
    report = text_report(text)

    def at(words):
        start = text.index(words)
        return Span(start, start + len(words))

    times = (
        TimeExpression(id="t1", span=at("Monday"), basis=RULE, type="DATE", interval=Interval(start="2020-05-04")),
        TimeExpression(id="t2", span=at("2020"), basis=RULE, type="DATE", value="2020"),
    )
    places = (
        Place(id="p1", name="Westport", mentions=(at("Westport"),), basis=RULE),
        Place(id="p2", name="Eastport", mentions=(at("Eastport"),), basis=RULE),
    )
    actors = (Actor(id="w1", name="The Reds", mentions=(at("The Reds"),), basis=RULE),)
    said = Attribution(
        id="a1",
        source=Source(spans=(at("Eastport's mayor"),), kind="named"),
        cue=(at("said"),),
        content=(at("The Reds shelled Westport on Monday and killed 12 people"),),
        quote="indirect",
        basis=RULE,
    )
    (figure,) = find_figures(report, cut(report), (said,), times, places, actors)
    assert (figure.actor, figure.place, figure.time, figure.attribution) == ("w1", "p1", "t1", "a1")
    assert figure.interval == Interval(start="2020-05-04")


def test_the_actor_of_a_passive_clause_stands_after_by():
    text = "Twelve people were killed by the Reds."
    actors = (Actor(id="w1", name="the Reds", mentions=(Span(29, 37),), basis=RULE),)
    report = text_report(text)
    (figure,) = find_figures(report, cut(report), None, None, None, actors)
    assert figure.actor == "w1"


RULED = """
twelve 30 people were killed and a soldier , ( ) -- no one about at least $ % million of the who by wounded half between
3-1 Ruiz 34 died toll rose from to including two dozens . first May 1997 lives claimed among hostages
"""
WORDS = st.sampled_from(RULED.split())


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_no_text_raises_and_every_figure_has_its_words_and_its_numbers_in_order(text):
    report = text_report(text) if text.strip() else None
    if report is None:
        return
    for figure in find_figures(report, cut(report)) or ():
        spans = [s for s in (figure.span, figure.of, figure.outcome_span) if s is not None]
        assert all(0 <= s.start < s.end <= len(report.text) for s in spans)
        ordered = [v for v in (figure.low, figure.best, figure.high) if v is not None]
        assert ordered
        assert ordered == sorted(ordered)
        assert (figure.outcome is None) == (figure.outcome_span is None)
