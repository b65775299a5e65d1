"""The day of a holiday, in a year or nearest to the report."""

from __future__ import annotations

from onrecord.layers.time.calendar import Period, day_period, nth_weekday, year_period
from onrecord.layers.time.course import Course, Groups
from onrecord.layers.time.words import Holiday, find_key


def name_holiday(holiday: Holiday | None, groups: Groups, year: int | None, course: Course) -> Period | None:
    if holiday is None:
        return None
    if holiday.year:
        return day_period(holiday.year, holiday.month, holiday.day)
    if year is None and course.story and course.last:
        year = course.last.year
    if year is not None:
        return _holiday_in(holiday, year)
    if course.day is None:
        return None
    days = [_holiday_in(holiday, course.day.year + step) for step in (-1, 0, 1)]
    known = [day for day in days if day]
    key = find_key(groups["which"], course.words.which) if "which" in groups else None
    step = course.words.which[key] if key else 0
    if step < 0:
        return max((day for day in known if day.n < course.day.n), key=lambda day: day.n, default=None)
    if step > 0:
        return min((day for day in known if day.n > course.day.n), key=lambda day: day.n, default=None)
    here = course.day.n
    return min(known, key=lambda day: abs(day.n - here), default=None)


def _holiday_in(holiday: Holiday, year: int) -> Period | None:
    if not 1583 <= year <= 9998:
        return None
    if holiday.easter is not None:
        return _easter(year).shift(holiday.easter)
    if not holiday.nth:
        return day_period(year, holiday.month, holiday.day)
    return nth_weekday(year, holiday.month, holiday.weekday, holiday.nth, holiday.after)


def _easter(year: int) -> Period:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return day_period(year, month, day + 1) or year_period(year).to("day")
