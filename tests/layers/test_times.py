"""Times: what words mean on a given day, in a sentence, in a story; and what holds on any text."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layers.times import find_times
from onrecord.record import Dating, Mentions, Part, Report, Span

MONDAY = "2011-05-16"


def report(*paragraphs, day=MONDAY, kinds=(), language="en"):
    text = "\n\n".join(paragraphs)
    parts, at = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = kinds[number] if kinds else "body"
        parts.append(Part(kind=kind, span=Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return Report(
        uri="x",
        digest="0",
        text=text,
        pieces=(),
        parts=tuple(parts),
        language=language,
        dating=Dating(value=day, origin="option") if day else None,
    )


def read(*paragraphs, **options):
    """(words, value) of each time found."""
    told = report(*paragraphs, **options)
    return [(time.span.of(told.text), time.value) for time in find_times(told, Mentions())]


def read_one(text, **options):
    found = find_times(report(text, **options), Mentions())
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        # dates, whole and in part
        ("They met on March 4, 2009.", "March 4, 2009", "2009-03-04"),
        ("They met on 4 March 2009.", "4 March 2009", "2009-03-04"),
        ("They met on 2009-03-04.", "2009-03-04", "2009-03-04"),
        ("It opened in August 1987.", "August 1987", "1987-08"),
        ("It opened in 1987.", "1987", "1987"),
        ("It was built in the 18th century.", "the 18th century", "17"),
        ("Rents doubled in the 1980s.", "the 1980s", "198"),
        ("Sales rose in the second quarter of 2010.", "the second quarter of 2010", "2010-Q2"),
        ("It closed in the second half of 2009.", "the second half of 2009", "2009-H2"),
        ("The school was founded in the spring of 1902.", "the spring of 1902", "1902-SP"),
        ("The town fell in 216 BC.", "216 BC", "BC0216"),
        # told from the day of the report, a Monday
        ("She resigned yesterday.", "yesterday", "2011-05-15"),
        ("She resigned on Monday.", "Monday", "2011-05-16"),
        ("She resigned on Friday.", "Friday", "2011-05-13"),
        ("She will resign on Friday.", "Friday", "2011-05-20"),
        ("She resigned last week.", "last week", "2011-W19"),
        ("She resigned in March.", "March", "2011-03"),
        ("She resigned in November last year.", "November last year", "2010-11"),
        ("She resigned in October.", "October", "2010-10"),
        ("She will retire in October.", "October", "2011-10"),
        ("She resigned two years ago.", "two years ago", "2009"),
        ("She resigned three months ago.", "three months ago", "2011-02"),
        ("She resigned ten days ago.", "ten days ago", "2011-05-06"),
        ("She resigned over the weekend.", "the weekend", "2011-W19-WE"),
        ("She resigned last summer.", "last summer", "2010-SU"),
        ("They left last Thanksgiving.", "last Thanksgiving", "2010-11-25"),
        ("They left at Easter 2008.", "Easter 2008", "2008-03-23"),
        # times of day
        ("It began at 3:30 p.m. on Saturday.", "3:30 p.m. on Saturday", "2011-05-14T15:30"),
        ("It began at noon.", "noon", "2011-05-16T12:00"),
        ("It began at 1430 GMT.", "1430 GMT", "2011-05-16T14:30"),
        ("It began on Saturday night.", "Saturday night", "2011-05-14TNI"),
        ("It began this morning.", "this morning", "2011-05-16TMO"),
        # lengths
        ("It lasted three weeks.", "three weeks", "P3W"),
        ("It lasted 24 hours.", "24 hours", "PT24H"),
        ("It lasted a few days.", "a few days", "PXD"),
        ("It lasted 2 1/2 years.", "2 1/2 years", "P2Y6M"),
        ("It was a ten-day march.", "ten-day", "P10D"),
        ("They marched for the third straight week.", "the third straight week", "P3W"),
        # again and again
        ("He writes every day.", "every day", "P1D"),
        ("He writes every two weeks.", "every two weeks", "P2W"),
        ("He writes each Thursday.", "each Thursday", "XXXX-WXX-4"),
        ("He writes on Tuesday nights.", "Tuesday nights", "XXXX-WXX-2TNI"),
        # now and then
        ("He is now in Rome.", "now", "PRESENT_REF"),
        ("He recently moved.", "recently", "PAST_REF"),
    ],
)
def test_words_have_the_value_that_their_day_gives_them(text, words, value):
    assert read(text) == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "He is 35 years old.",
        "The 8-year-old boy won.",
        "She may march on.",
        "About 2000 people came.",
        "It costs $1990.",
        "The vote was 1,989 to 12.",
        "He reads the Daily Telegraph.",
        "A quarter of them left; three-quarters stayed.",
        "The second man went third.",
    ],
)
def test_what_looks_like_a_time_and_is_none_is_left_alone(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "mod", "start", "end"),
    [
        ("It broke down earlier in May.", "BEFORE", "2011-05-01", "2011-05-16"),
        ("It will open later this month.", "AFTER", "2011-05-17", "2011-06-01"),
        ("It opened in early June 2010.", "START", "2010-06-01", "2010-06-11"),
        ("It opened at the end of June 2010.", "END", "2010-06-21", "2010-07-01"),
        ("It opened in mid-June 2010.", "MID", "2010-06-11", "2010-06-21"),
        ("It opened in June 2010.", None, "2010-06-01", "2010-07-01"),
        ("It opened last week.", None, "2011-05-09", "2011-05-16"),
        ("It opened in the past two weeks.", None, "2011-05-02", "2011-05-17"),
        ("It will open in the next three months.", None, "2011-05-16", "2011-08-17"),
        ("It opened on Friday evening.", None, "2011-05-13T18:00", "2011-05-14T00:00"),
        ("It opened in winter 2009.", None, "2009-12-01", "2010-03-01"),
        ("It fell in 480 BC.", None, "-0479-01-01", "-0478-01-01"),
    ],
)
def test_an_interval_is_half_open_and_follows_the_mod(text, mod, start, end):
    time = read_one(text)
    assert (time.mod, time.interval.start, time.interval.end) == (mod, start, end)


def test_since_reaches_from_the_time_to_the_day_of_the_report():
    time = read_one("They have been on strike since April 2.")
    assert time.value == "2011-04-02"
    assert (time.function, time.interval.start, time.interval.end) == ("since", "2011-04-02", "2011-05-17")


def test_so_far_reaches_from_the_time_last_named_to_the_day_of_the_report():
    told = report("The flood began on April 2. It has so far closed nine roads.")
    began, so_far = find_times(told, Mentions())
    assert so_far.span.of(told.text) == "so far"
    assert (so_far.anchor, so_far.value) == (began.id, None)
    assert (so_far.interval.start, so_far.interval.end) == ("2011-04-02", "2011-05-17")


def test_so_far_with_nothing_to_count_from_is_no_time():
    assert read("It has so far closed nine roads.") == []


def test_a_date_without_a_year_takes_the_year_that_its_weekday_agrees_with():
    assert read("They meet on Friday, May 14.") == [("Friday, May 14", "2010-05-14")]


def test_two_days_of_a_month_are_two_times():
    assert read("They met on March 4 and 5, 2009.") == [("March 4", "2009-03-04"), ("5, 2009", "2009-03-05")]


def test_a_pair_of_years_is_two_times():
    assert read("The 1914-18 war.") == [("1914", "1914"), ("18", "1918")]


def test_without_a_day_what_is_told_from_it_has_no_value():
    found = read("She resigned yesterday, on Friday, in March, last week and two years ago.", day=None)
    assert [value for _, value in found] == [None] * 5


def test_without_a_day_what_is_said_in_full_has_its_value():
    assert read("They met on March 4, 2009.", day=None) == [("March 4, 2009", "2009-03-04")]


STORY = (
    "Elected in 1860, he spoke of peace. The war began in April 1861. In May, two states left. "
    "On June 3, 1862, the port fell. The next day its fort fell.",
    "By the end of the year the river was open. In 1863 the siege began; in July it ended. "
    "Two years later, in 1865, peace came. That year the army went home.",
)


def test_in_a_story_a_month_or_day_is_counted_from_the_time_last_named():
    values = dict(read(*STORY))
    assert values["May"] == "1861-05"
    assert values["The next day"] == "1862-06-04"
    assert values["the end of the year"] == "1862"
    assert values["July"] == "1863-07"
    assert values["Two years later"] == "1865"
    assert values["That year"] == "1865"


def test_a_year_that_a_story_glances_at_does_not_lead_it_astray():
    aside = "The papers that came to light in 1990 tell of it. A second siege, planned for 1870, began in June."
    assert dict(read(STORY[0], aside))["June"] == "1862-06"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They met from Thursday to Saturday.", ["2011-05-12", "2011-05-14"]),
        ("They will meet on Friday and Saturday.", ["2011-05-20", "2011-05-21"]),
        ("It began at 8 a.m. (1200 GMT) on Friday.", ["2011-05-13T08:00", "2011-05-13T12:00", "2011-05-13"]),
        ("The talks are to resume on Friday.", ["2011-05-20"]),
        ("A list to be published on Friday.", ["2011-05-20"]),
        ("It was the worst month since June.", ["2010-06"]),
        ("He took power in June.", ["2010-06"]),
        ("The case is heard in June.", ["2011-06"]),
        ("The summit, announced last week, is in June.", ["2011-W19", "2011-06"]),
        ("Friday's ruling will stand.", ["2011-05-13"]),
        ("They have until Friday.", ["2011-05-20"]),
        ("They met the first Monday in March.", ["2011-03-07"]),
        ("It was sent at 2011-03-04T10:30:00Z.", ["2011-03-04T10:30"]),
    ],
)
def test_the_sentence_says_which_weekday_is_meant(text, values):
    assert [value for _, value in read(text)] == values


def test_a_report_that_looks_back_over_many_years_is_still_counted_from_its_day():
    life = "Born in 1951, he moved in 1970, wed in 1974, taught from 1980 and won in 1996. He retired in 2005."
    found = dict(read(life, "He died yesterday morning. He last spoke in March, they said last week on Friday."))
    assert (found["March"], found["Friday"]) == ("2011-03", "2011-05-13")


def test_a_month_is_not_counted_from_a_year():
    assert read("It was 2009. The previous month had been dry.")[1] == ("The previous month", None)


def test_the_day_before_is_counted_from_the_time_last_named():
    assert read("He fled on March 4, 2009. The previous day, his house burned.") == [
        ("March 4, 2009", "2009-03-04"),
        ("The previous day", "2009-03-03"),
    ]


def test_a_quarter_is_held_against_the_one_of_the_year_before():
    found = dict(read("Profit rose in the first quarter of 2011, from $2 million a year earlier."))
    assert found["a year earlier"] == "2010-Q1"


def test_the_anchor_names_the_day_of_the_report_or_the_time_counted_from():
    told = report("He fled on March 4, 2009. The previous day, his house burned. He spoke on Friday.")
    fled, before, spoke = find_times(told, Mentions())
    assert (fled.anchor, before.anchor, spoke.anchor) == (None, fled.id, MONDAY)


def test_a_dateline_is_read_and_repeats_credits_and_metadata_are_not():
    kinds = ("metadata", "dateline", "body", "credit", "repeat")
    paragraphs = ("slug May 1", "PARIS, May 15 --", "He spoke on Friday.", "Photo of May 3", "He spoke on Friday.")
    assert [words for words, _ in read(*paragraphs, kinds=kinds)] == ["May 15", "Friday"]


def test_an_expression_does_not_run_over_a_paragraph():
    assert read("It ended in May", "2009 was better.") == [("May", "2011-05"), ("2009", "2009")]


def test_weekdays_of_two_paragraphs_are_not_linked():
    assert [value for _, value in read("Saturday, May 14, 2011", "On Thursday, it rained.")][1] == "2011-05-12"


def test_an_expression_may_run_over_the_end_of_a_line():
    assert read("It ended in May\n2009, people said.") == [("May\n2009", "2009-05")]


def test_a_language_without_rules_is_not_read():
    assert find_times(report("Hier, il pleuvait.", language="fr"), Mentions()) is None


def test_each_time_says_which_rule_read_it_and_has_its_own_id():
    told = report("She left on Friday and came back yesterday.")
    found = find_times(told, Mentions())
    assert [(time.id, time.basis.by, time.basis.name) for time in found] == [
        ("t1", "rule", "weekday"),
        ("t2", "rule", "day told from now"),
    ]


@pytest.mark.parametrize(
    "text", [("a" + " " * 2000 + "day ") * 20, "March 5 " * 2000, "the last " * 5000, "1,000," * 5000, "twenty-" * 5000]
)
def test_long_and_odd_runs_are_read_in_linear_time(text):
    start = process_time()
    read(text)
    assert process_time() - start < 10  # the first took 50 s when white space was given back piece by piece


PIECES = [
    *["On ", "in ", "the ", "last ", "next ", "this ", "a ", "since ", "so far ", "about ", "early ", "the end of "],
    *["March", "May 31", "Feb. 30", "2009", "1914-18", "0000", "9999", "1 BC", "Friday", "Fri. ", "31", "20th", "'99"],
    *["year", "years", "day", "days ago", "later", "quarter", "century", "99999999999 years ago", "week of "],
    *[
        "10 p.m.",
        "25:61",
        "noon ",
        "GMT",
        "night",
        "tomorrow",
        "Easter",
        "1600 ",
        "first ",
        "½",
        "٣ years",
        "100000 BC",
    ],
    *[" ", "\n", "\n\n", ", ", "-", ".", "’s ", "(", ")", " every ", " of ", " ago", " before ", " that "],
]
DAYS = st.sampled_from([None, MONDAY, "0001-01-01", "9999-12-31", "2024-02-29T10:00", "nonsense", ""])
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map("".join)


@given(TEXTS, DAYS)
def test_on_any_text_spans_are_in_bounds_in_order_and_apart_and_intervals_run_forward(text, day):
    told = report(text, day=day)
    found = find_times(told, Mentions())
    assert found == find_times(told, Mentions())
    last = 0
    for time in found:
        assert last <= time.span.start < time.span.end <= len(text)
        last = time.span.end
        interval = time.interval
        if interval and interval.start and interval.end and not interval.start.startswith("-"):
            assert interval.start < interval.end
