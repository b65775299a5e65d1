"""The first report to read, as READING.md has it under "Figures"."""

from pathlib import Path

import pytest

import onrecord
from onrecord.intake import open_reports
from onrecord.record import Interval

SEED = Path(__file__).parents[3] / "shared" / "seed" / "report.txt"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="needs ../shared, which is not part of the repository"),
]


@pytest.fixture(scope="module")
def record():
    (report,) = open_reports(SEED)
    return onrecord.read(report)


def words(record, figure):
    return " ".join(record.report.words(span) for span in (figure.span, figure.of))


def test_the_report_gives_three_figures_and_no_other(record):
    assert [words(record, f) for f in record.figures] == [
        "More than 200 people",
        "about 1,200 people",
        "more than 29,000 Palestinians",
    ]


def test_each_holds_its_bounds_and_what_befell_the_people(record):
    taken, killed, toll = record.figures
    assert (taken.low, taken.best, taken.high, taken.low_exclusive, taken.outcome) == (
        200,
        None,
        None,
        True,
        "abducted",
    )
    assert (killed.low, killed.best, killed.high, killed.approximate, killed.outcome) == (
        None,
        1200,
        None,
        True,
        "killed",
    )
    assert (toll.low, toll.best, toll.high, toll.low_exclusive, toll.outcome) == (29000, None, None, True, "killed")


def test_each_is_counted_over_its_time(record):
    taken, killed, toll = record.figures
    one_day = Interval(start="2023-10-07", end="2023-10-08")
    assert (taken.interval, killed.interval) == (one_day, one_day)
    assert (toll.interval.start, toll.interval.end) == ("2023-10-07", "2024-02-22")
    assert toll.cumulative is True


def test_each_is_placed_and_told_on_someone_s_word_or_the_agency_s_own(record):
    taken, killed, toll = record.figures
    assert [record[f.place].name for f in record.figures] == ["Israel", "Israel", "Gaza Strip"]
    assert (taken.attribution, killed.attribution) == (None, None)
    (source,) = record[toll.attribution].source.spans
    assert record.report.words(source) == "figures released by both sides"


def test_the_killing_has_its_actors(record):
    _, killed, toll = record.figures
    assert (record[killed.actor].name, record[toll.actor].name) == ("Hamas", "Israel")
