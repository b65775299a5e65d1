"""What a report says of days before its own, and how it holds a story together over years."""

import pytest

from onrecord.link.bearings import Reference, find_bearings
from onrecord.link.sketches import Frequencies, sketch
from onrecord.link.stories import StoryIndex, likeness
from onrecord.record import Basis, Interval, Part, Record, Report, Span, TimeExpression

ACCORD = (
    "The front and the government of Olmen agreed in Kesk on Thursday to exchange 740 captives of the river war.\n"
    "Envoy Ida Brandt, who led the talks in Kesk, read the accord on the captives to reporters."
)
LATER = (
    "The front handed over the last captives of the river war to the government of Olmen, envoy Ida Brandt said.\n"
    "{back} The lists named 740."
)

BAKERY = "The bakers of Kesk want more for bread, said Ugo Sarti, who spoke for the bakers after the talks in Kesk."


def make(uri: str, day: str, text: str, named: str = "", start: str = "", end: str = "") -> Record:
    parts, at = [], 0
    for line in text.split("\n"):
        parts.append(Part(kind="body", span=Span(at, at + len(line))))
        at += len(line) + 1
    report = Report(uri=uri, digest=uri, text=text, pieces=(), parts=tuple(parts), version_created=day)
    times = ()
    if named:
        span = Span(text.index(named), text.index(named) + len(named))
        basis = Basis(by="rule", name="by hand")
        interval = Interval(start=start, end=end)
        times = (TimeExpression(id="t1", span=span, basis=basis, type="DATE", value=start, interval=interval),)
    return Record(report=report, times=times)


def sentences(record: Record) -> tuple[Span, ...]:
    text, at, found = record.report.text, 0, []
    for piece in text.replace("\n", " ").split(". "):
        found.append(Span(at, min(at + len(piece) + 1, len(text))))
        at += len(piece) + 2
    return tuple(found)


def stories(*records: Record) -> int:
    index = StoryIndex()
    for record in records:
        index.add(record.report, find_bearings(record, sentences(record)))
    return len(index.groups())


FIRST = make("a", "2011-03-06", ACCORD)


def test_a_report_that_names_the_day_of_an_accord_stands_with_the_reports_of_that_day() -> None:
    back = LATER.format(back="The exchange was agreed in Kesk on March 6, 2011.")
    later = make("b", "2031-11-20", back, "March 6, 2011", "2011-03-06", "2011-03-07")
    assert stories(FIRST, later) == 1


def test_without_a_word_of_that_day_the_months_between_part_them() -> None:
    assert stories(FIRST, make("b", "2031-11-20", LATER.format(back="The exchange was agreed in Kesk."))) == 2


def test_a_day_on_which_nothing_like_it_was_told_holds_nothing_together() -> None:
    back = LATER.format(back="The exchange was agreed in Kesk on May 2.")
    assert stories(FIRST, make("b", "2031-11-20", back, "May 2", "2031-05-02", "2031-05-03")) == 2


@pytest.mark.parametrize(
    ("back", "together"),
    [
        ("In 2011 the front and the government agreed in Kesk to exchange 740 captives.", True),
        ("In 2011 nobody at the bakery had believed that bread would ever be so dear again.", False),
    ],
)
def test_a_year_says_too_little_unless_its_sentence_tells_what_the_earlier_report_told(
    back: str, together: bool
) -> None:
    later = make("b", "2032-11-20", LATER.format(back=back), "2011", "2011-01-01", "2012-01-01")
    assert (stories(FIRST, later) == 1) is together


def test_what_is_ahead_or_longer_than_a_year_is_no_reference() -> None:
    ahead = make("a", "2031-03-06", "They meet again on May 2.", "May 2", "2031-05-02", "2031-05-03")
    decade = make("b", "2041-03-06", "It began in the thirties.", "the thirties", "2030-01-01", "2040-01-01")
    assert find_bearings(ahead, sentences(ahead)).references == ()
    assert find_bearings(decade, sentences(decade)).references == ()


def test_a_report_without_a_day_is_reached_by_nothing() -> None:
    undated = sketch(make("a", "", ACCORD).report, Frequencies())
    assert not Reference(start=1, end=10**6).reaches(undated)


def test_days_are_known_by_their_first_letters_where_no_sentence_opens() -> None:
    text = "Last week it rained in Kesk. On Tuesday, Aug. 7, the river rose."
    report = Report(uri="a", digest="a", text=text, pieces=(), parts=(Part(kind="body", span=Span(0, len(text))),))
    basis = Basis(by="rule", name="by hand")
    times = tuple(
        TimeExpression(
            id=f"t{n}", span=Span(text.index(words), text.index(words) + len(words)), basis=basis, type="DATE"
        )
        for n, words in enumerate(("Last week", "Tuesday", "Aug. 7"))
    )
    spans = (Span(0, 28), Span(29, len(text)))
    assert find_bearings(Record(report=report, times=times), spans).names == ("aug", "tue")


def test_reports_without_dates_are_nearer_by_one_day_and_farther_by_two() -> None:
    def score(one: tuple[str, ...], other: tuple[str, ...], day: str = "") -> float:
        seen = [
            sketch(make(uri, day, ACCORD if uri == "a" else BAKERY).report, Frequencies(), days)
            for uri, days in (("a", one), ("b", other))
        ]
        return likeness(*seen)

    assert score(("tue",), ("tue", "aug")) > score(("tue",), ()) > score(("tue",), ("fri",))
    assert score(("tue",), ("fri",), "2031-03-06") == score((), (), "2031-03-06")
