"""The calendar: periods shift, widen and are written; arithmetic that one can check by eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layers.time.calendar import (
    Period,
    day_period,
    hours_of,
    month_period,
    parse_day,
    part_of,
    weekday_of,
    year_period,
)
from onrecord.layers.time.holidays import name_holiday
from onrecord.layers.time.words import load_words


@pytest.mark.parametrize(
    ("period", "value", "start", "end"),
    [
        (year_period(1990), "1990", "1990-01-01", "1991-01-01"),
        (month_period(1990, 12), "1990-12", "1990-12-01", "1991-01-01"),
        (day_period(1990, 2, 28), "1990-02-28", "1990-02-28", "1990-03-01"),
        (day_period(1990, 2, 28).to("week"), "1990-W09", "1990-02-26", "1990-03-05"),
        (day_period(1990, 2, 28).to("weekend"), "1990-W09-WE", "1990-03-03", "1990-03-05"),
        (month_period(1990, 2).to("quarter"), "1990-Q1", "1990-01-01", "1990-04-01"),
        (month_period(1990, 8).to("half"), "1990-H2", "1990-07-01", "1991-01-01"),
        (month_period(1990, 1).to("season"), "1989-WI", "1989-12-01", "1990-03-01"),
        (year_period(1990).to("decade"), "199", "1990-01-01", "2000-01-01"),
        (year_period(1990).to("century"), "19", "1900-01-01", "2000-01-01"),
        (year_period(-489), "BC0490", "-0489-01-01", "-0488-01-01"),
        (year_period(-479).to("decade"), "BC048", "-0488-01-01", "-0478-01-01"),
        (year_period(-399).to("century"), "BC03", "-0399-01-01", "-0299-01-01"),
    ],
)
def test_a_period_is_written_as_timex3_and_as_a_half_open_interval(period, value, start, end):
    assert period.value == value
    assert (period.interval().start, period.interval().end) == (start, end)


@given(st.sampled_from(["year", "half", "quarter", "season", "month"]), st.integers(1, 9000), st.integers(-50, 50))
def test_periods_of_a_grain_follow_on_one_another(grain, year, by):
    period = year_period(year).to(grain)
    assert period.shift(by).shift(-by) == period
    assert period.end() == period.shift(1).start()


@given(st.dates())
def test_a_day_lies_in_the_periods_that_it_widens_to(date):
    day = Period("day", date.toordinal())
    for grain in ("week", "month", "quarter", "half", "season", "year"):
        interval = day.to(grain).interval()
        if interval and not interval.start.startswith("-"):
            assert interval.start <= date.isoformat() < interval.end or interval.end < "0002" or date.year == 9999


def test_a_day_that_the_calendar_lacks_is_no_day():
    assert day_period(2023, 2, 29) is None
    assert parse_day("2023-02-29") is None
    assert parse_day("soon") is None


def test_monday_is_weekday_0():
    assert weekday_of(parse_day("2024-02-19")) == 0


def test_the_first_middle_and_last_third_of_a_month():
    thirds = [part_of(month_period(2010, 6), mod) for mod in ("START", "MID", "END")]
    assert [(third.start[-2:], third.end[-2:]) for third in thirds] == [("01", "11"), ("11", "21"), ("21", "01")]


def test_hours_run_on_past_midnight():
    night = hours_of(parse_day("2010-12-31"), 20, 30)
    assert (night.start, night.end) == ("2010-12-31T20:00", "2011-01-01T06:00")


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("easter", 2000, "2000-04-23"),
        ("good friday", 2024, "2024-03-29"),
        ("thanksgiving", 1999, "1999-11-25"),
        ("labor day", 2008, "2008-09-01"),
        ("memorial day", 2010, "2010-05-31"),
        ("election day", 1998, "1998-11-03"),
        ("election day", 2016, "2016-11-08"),
        ("christmas eve", 1914, "1914-12-24"),
        ("d-day", 1990, "1944-06-06"),
    ],
)
def test_a_holiday_falls_on_its_day(name, year, day):
    assert name_holiday(load_words("en").holiday[name], {}, year, None).value == day
