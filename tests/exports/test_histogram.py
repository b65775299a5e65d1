"""Bars over time: every report is in one, there are few enough, and each leads to its days."""

import re
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.exports.histogram import bars_over_time, histogram_svg


@given(st.dictionaries(st.dates(), st.integers(1, 1000), min_size=1, max_size=40))
def test_every_report_is_in_one_bar_of_few(days):
    bars = bars_over_time(days)
    assert sum(bar.count for bar in bars) == sum(days.values())
    assert len(bars) <= 28
    assert all(one.after == other.first for one, other in pairwise(bars))
    for day in days:
        held = [bar for bar in bars if bar.first <= day.isoformat() < bar.after or day == date.max]
        assert held, day
    svg = histogram_svg(bars, address=lambda bar: f"/search?after={bar.first}&before={bar.after}")
    assert svg.count("<a ") == sum(bar.count > 0 for bar in bars)
    assert "nan" not in svg


def test_bars_are_days_weeks_months_or_years():
    def first(*days):
        return bars_over_time(dict.fromkeys(map(date.fromisoformat, days), 1))[0].label

    assert first("2020-01-01", "2020-01-20") == "2020-01-01"
    assert first("2020-01-01", "2020-03-20") == "week of 2019-12-30"
    assert first("2020-01-01", "2021-03-20") == "2020-01"
    assert first("2001-01-01", "2021-03-20") == "2001"
    assert first("1901-01-01", "2021-03-20") == "1900s"
    assert bars_over_time({}) == []
    assert histogram_svg([]) == ""


def test_a_bar_says_its_days_and_number():
    svg = histogram_svg(bars_over_time({date(2020, 1, 1): 1200, date(2020, 1, 3): 1}))
    assert re.findall(r"<title>([^<]+)</title>", svg) == ["2020-01-01: 1,200 reports", "2020-01-03: 1 report"]
