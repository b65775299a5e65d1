"""Stretches of calendar time as (grain, number): shifted, widened, written as TIMEX3 values and half-open intervals.

A period is the n-th of its grain counted from year 0 (months), from Monday 1 January 0001 (weeks, days), …, so that
the period after it is n + 1 and all arithmetic is on whole numbers. Years run on below 1: 0 is 1 BC, -489 is 490 BC.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from onrecord.record import Interval

Grain = Literal["century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day"]

SEASONS = ("SP", "SU", "FA", "WI")
_MONTHS_OF: dict[Grain, int] = {"year": 12, "half": 6, "season": 3, "quarter": 3, "month": 1}
_LAST_DAY = date.max.toordinal()

# The hours that a part of the day stands for; a convention, as no report says when an evening begins.
PARTS_OF_DAY = {
    "MO": (6, 12),
    "AF": (12, 18),
    "EV": (18, 24),
    "NI": (20, 30),
    "DT": (6, 18),
    "MI": (11, 13),
    "DA": (4, 7),
}


class Period(msgspec.Struct, frozen=True):
    """The n-th period of a grain. A season starts in March, June, September, December (of the winter's first year)."""

    grain: Grain
    n: int

    @property
    def value(self) -> str | None:
        """The TIMEX3 value, or None outside the calendar: a day or week before year 1, anything after 9998."""
        if abs(self.year) > 9998:
            return None
        if self.grain in ("day", "week", "weekend"):
            return self._value_of_days()
        if self.grain in ("century", "decade"):
            width = 2 if self.grain == "century" else 3
            return f"{self.n:0{width}d}" if self.n >= 0 else f"BC{-self.n - 1:0{width}d}"
        year, part = divmod(self.n, 12 // _MONTHS_OF[self.grain])
        written = write_year(year)
        match self.grain:
            case "month":
                return f"{written}-{part + 1:02d}"
            case "quarter":
                return f"{written}-Q{part + 1}"
            case "half":
                return f"{written}-H{part + 1}"
            case "season":
                return f"{written}-{SEASONS[part]}"
        return written

    def _value_of_days(self) -> str | None:
        day = self._first_day()
        if day is None:
            return None
        if self.grain == "day":
            return day.isoformat()
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if self.grain == "weekend" else "")

    def _first_day(self) -> date | None:
        ordinal = self.n if self.grain == "day" else 7 * self.n + 1
        return date.fromordinal(ordinal) if 1 <= ordinal <= _LAST_DAY - 7 else None

    def first_month(self) -> int:
        """The month (counted from year 0) that the period starts in."""
        match self.grain:
            case "century":
                return 1200 * self.n if self.n >= 0 else 12 * (100 * self.n + 1)
            case "decade":
                return 120 * self.n if self.n >= 0 else 12 * (10 * (self.n + 1) - 8)
            case "season":
                return 3 * self.n + 2
            case "day" | "week" | "weekend":
                day = self._first_day()
                return day.year * 12 + day.month - 1 if day else 0
        return self.n * _MONTHS_OF[self.grain]

    def months(self) -> int:
        """How many months it lasts; 0 for days and weeks."""
        return {"century": 1200, "decade": 120}.get(self.grain, _MONTHS_OF.get(self.grain, 0))

    def shift(self, by: int) -> Period:
        """The period `by` places later."""
        return Period(self.grain, self.n + by)

    def start(self) -> str:
        """Its first day, ISO 8601."""
        if self.grain in ("day", "week", "weekend"):
            day = self._first_day()
            if day is None:
                return "9999-12-31"
            return date.fromordinal(day.toordinal() + (5 if self.grain == "weekend" else 0)).isoformat()
        return write_month(self.first_month())

    def end(self) -> str:
        """The day after its last, ISO 8601."""
        if self.grain in ("day", "week", "weekend"):
            return Period("day", self.n + 1).start() if self.grain == "day" else Period("week", self.n + 1).start()
        return write_month(self.first_month() + self.months())

    def interval(self) -> Interval | None:
        """Its half-open interval of days; None where it lies outside the calendar."""
        return Interval(start=self.start(), end=self.end()) if self.value else None

    def to(self, grain: Grain) -> Period:
        """The period of this grain that it starts in; from a coarser grain, its first one of this grain."""
        if grain == self.grain:
            return self
        if grain in ("day", "week", "weekend"):
            ordinal = self._ordinal()
            return Period("day", ordinal) if grain == "day" else Period(grain, (ordinal - 1) // 7)
        month = self.first_month()
        match grain:
            case "century":
                return (
                    Period("century", month // 1200) if month >= 0 else Period("century", -(-(month // 12) // 100) - 1)
                )
            case "decade":
                return (
                    Period("decade", month // 120) if month >= 0 else Period("decade", -((1 - month // 12) // 10) - 1)
                )
            case "season":
                return Period("season", (month - 2) // 3)
        return Period(grain, month // _MONTHS_OF[grain])

    def _ordinal(self) -> int:
        if self.grain == "day":
            return self.n
        if self.grain in ("week", "weekend"):
            return 7 * self.n + 1
        year, month = divmod(self.first_month(), 12)
        return date(year, month + 1, 1).toordinal() if 1 <= year <= 9999 else 0

    @property
    def year(self) -> int:
        return self.first_month() // 12


def year_period(year: int) -> Period:
    return Period("year", year)


def month_period(year: int, month: int) -> Period:
    """The month 1 to 12 of a year."""
    return Period("month", year * 12 + month - 1)


def day_period(year: int, month: int, day: int) -> Period | None:
    """A day, or None where the calendar has no such day."""
    try:
        return Period("day", date(year, month, day).toordinal())
    except ValueError:
        return None


def parse_day(iso: str) -> Period | None:
    """The day of an ISO 8601 date or date-time, or None where it names none."""
    try:
        return Period("day", date.fromisoformat(iso[:10]).toordinal())
    except ValueError:
        return None


def weekday_of(day: Period) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day.n - 1) % 7


def nth_weekday(year: int, month: int, weekday: int, nth: int, after: int = 0) -> Period:
    """The n-th weekday of a month that falls `after` days into it or later; for -1 the last one of the month."""
    if nth < 0:
        last = month_period(year, month).shift(1).to("day").shift(-1)
        return last.shift(-((weekday_of(last) - weekday) % 7))
    first = month_period(year, month).to("day")
    return first.shift((weekday - weekday_of(first) - after) % 7 + after + 7 * (nth - 1))


def write_year(year: int) -> str:
    """A year as TIMEX3 has it: 1990, or BC0490."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def write_month(month: int) -> str:
    """The first day of a month counted from year 0, ISO 8601 with a sign before year 0."""
    year, part = divmod(month, 12)
    return f"{year:04d}-{part + 1:02d}-01" if year >= 0 else f"-{-year:04d}-{part + 1:02d}-01"


def part_of(period: Period, mod: str | None) -> Interval | None:
    """The interval of a period, cut to its first, middle or last third for START, MID and END (a convention)."""
    whole = period.interval()
    if whole is None or mod not in ("START", "MID", "END") or whole.start is None or whole.end is None:
        return whole
    if whole.start.startswith("-") or whole.start < "0001" or whole.start == "0000":
        return whole
    first, last = (date.fromisoformat(each).toordinal() for each in (whole.start, whole.end))
    third = (last - first) // 3
    if not third:
        return whole
    start, end = {"START": (first, first + third), "MID": (first + third, last - third), "END": (last - third, last)}[
        mod
    ]
    return Interval(start=date.fromordinal(start).isoformat(), end=date.fromordinal(end).isoformat())


def hours_of(day: Period, start: int, end: int) -> Interval | None:
    """Hours of a day, counted on past 24 into the next: (20, 30) is from eight in the evening to six in the morning."""
    whole = day.interval()
    if whole is None:
        return None
    return minutes_of(day, start * 60, end * 60)


def minutes_of(day: Period, start: int, end: int) -> Interval | None:
    """The interval from one minute of a day to another, each counted from its midnight."""
    if day.value is None or Period("day", day.n + 1).value is None:
        return None
    return Interval(start=_write_minute(day, start), end=_write_minute(day, end))


def _write_minute(day: Period, minute: int) -> str:
    days, rest = divmod(minute, 1440)
    return f"{day.shift(days).value}T{rest // 60:02d}:{rest % 60:02d}"
