"""What a time expression means where it stands: a rule's words and the course of the text, to a value.

Each `mean_…` takes the words that a rule caught (its named groups) and the course of the text so far, and gives
what they mean, or None where the rule's words turn out to be no time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from onrecord.layers.calendar import (
    PARTS_OF_DAY,
    SEASONS,
    Grain,
    Period,
    day_period,
    hours_of,
    minutes_of,
    month_period,
    part_of,
    weekday_of,
    year_period,
)
from onrecord.layers.time_words import Holiday, Numbers, TimeWords, Unit, find_key, key_of, read_number
from onrecord.record import Interval

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "future"]
Groups = Mapping[str, str]

GRAIN_OF: dict[Unit, Grain] = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
_MONTHS_IN: dict[Unit, int] = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_DAYS_IN: dict[Unit, int] = {"D": 1, "W": 7}


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a rule of `times.toml`: which meaning its words have, and what they fix of it.

    `only`: the words are a time only where the sentence looks that way.
    """

    means: Literal["date", "relative", "deictic", "shift", "length", "clock", "part", "every", "word", "so far"]
    type: Type = "DATE"
    value: str | None = None
    only: Tense | None = None


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression means: the fields of a TimeExpression, and the period that later ones are counted from."""

    value: str | None = None
    type: Type | None = None
    period: Period | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    relative: Literal["report", "text"] | None = None
    function: str | None = None
    interval: Interval | None = None


class Course(msgspec.Struct, kw_only=True):
    """The course of a text as it is read: the day it speaks from, and the times that it last named.

    `story` says that the text tells of another time than its own, so that a bare month is the story's.
    """

    words: TimeWords
    numbers: Numbers
    day: Period | None
    story: bool
    tense: Callable[[], Tense | None]
    last: Period | None = None
    quarter: Period | None = None


def mean_date(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A place in the calendar that the words name, as far as they go; the rest comes from the course."""
    mod = _mod(groups, course)
    period = _name_period(groups, course)
    if period is None:
        return Meant(mod=mod) if course.day is None else None
    if "ofunit" in groups:
        period = period.to("week") if key_of(groups["ofunit"]) == "week" else period.to("weekend")
    full = "year" in groups and key_of(groups["year"])[-1:].isdigit()
    return Meant(
        value=period.value,
        period=period,
        mod=mod,
        relative=None if full or "decade" in groups or "century" in groups else "text" if course.story else "report",
        interval=_cut(period, mod, course),
    )


def _cut(period: Period, mod: str | None, course: Course) -> Interval | None:
    """The interval of a period under its mod; what is earlier or later in it stops short of the report's day."""
    whole = part_of(period, mod)
    day = course.day
    if whole is None or day is None or whole.start is None or whole.end is None:
        return whole
    if mod == "BEFORE" and whole.start < day.start() < whole.end:
        return Interval(start=whole.start, end=day.start())
    if mod == "AFTER" and whole.start <= day.start() and day.end() < whole.end:
        return Interval(start=day.end(), end=whole.end)
    return whole


def _mod(groups: Groups, course: Course) -> str | None:
    for name, table in (("mod", course.words.mod), ("third", course.words.mod), ("approx", course.words.approx)):
        key = find_key(groups[name], table) if name in groups else None
        if key:
            return table[key]
    if "beyond" in groups:
        return "ON_OR_BEFORE" if "earlier" in groups["beyond"].lower() else "ON_OR_AFTER"
    return None


def _name_period(groups: Groups, course: Course) -> Period | None:
    words = course.words
    year = _year(groups, course)
    if "month_last" in groups or "day_first" in groups:
        names = {"month_last": "month", "day_first": "day", "year_last": "year"}
        return _name_period({names.get(key, key): value for key, value in groups.items()}, course)
    if "day" in groups and "month" not in groups:
        return _day_of_month(groups["day"], course)
    if "holiday" in groups:
        return _holiday(words.holiday.get(key_of(groups["holiday"])), groups, year, course)
    if "month" in groups:
        return _month(groups, year, course)
    if "season" in groups:
        return _season(words.season[key_of(groups["season"])], year, course)
    if "ordinal" in groups or "q" in groups or "qword" in groups:
        return _quarter(groups, year, course)
    if "half" in groups:
        if year is None:
            year = course.last.year if course.story and course.last else course.day.year if course.day else None
        return None if year is None else Period("half", year * 2 + (key_of(groups["half"]) != "first"))
    if "century" in groups:
        number = _ordinal(groups["century"], course)
        return Period("century", -number if "bc" in groups else number - 1) if number else None
    if "decade" in groups or "short_decade" in groups or "decade_word" in groups or "decade_bc" in groups:
        return _decade(groups, course)
    if "weekday" in groups:
        return _weekday(words.weekday[key_of(groups["weekday"])], groups, course)
    return year_period(year) if year is not None else None


def _decade(groups: Groups, course: Course) -> Period | None:
    if "decade_bc" in groups:
        return Period("decade", -(int(groups["decade_bc"]) // 10) - 1)
    if "decade" in groups:
        return Period("decade", int(groups["decade"]) // 10)
    if "short_decade" in groups:
        year = _short_year(int(groups["short_decade"]), course)
        return Period("decade", year // 10)
    key = find_key(groups["decade_word"], course.words.decade)
    return Period("decade", course.words.decade[key]) if key else None


def _year(groups: Groups, course: Course) -> int | None:
    """The year that the words give, in figures, in words, or told from another one."""
    if "year" not in groups:
        return None
    words = key_of(groups["year"])
    digits = words.lstrip("'‘")
    if digits.isdecimal():
        number = int(digits)
        if "bc" in groups:
            return 1 - number
        return number if len(digits) > 2 else _short_year(number, course)
    key = find_key(words, course.words.which)
    if "year" in words and key and not words.startswith("the year 2") and "two thousand" not in words:
        told_from = _anchor_year(words, course)
        return None if told_from is None else told_from + course.words.which[key]
    if "year" in words and "two thousand" not in words:
        step = -1 if "before" in words else 1 if "after" in words else 0
        told_from = course.last.year if course.last else None
        return None if told_from is None else told_from + step
    return _year_in_words(words, course)


def _anchor_year(words: str, course: Course) -> int | None:
    from_text = any(words.startswith(each) for each in course.words.anchor["text"])
    period = (course.last or course.day) if from_text else course.day
    return period.year if period else None


def _year_in_words(words: str, course: Course) -> int | None:
    tokens = words.replace("-", " ").split()
    if tokens[0] in ("nineteen", "twenty"):
        rest = read_number(" ".join(tokens[1:]).replace("oh ", "").replace("o ", ""), course.numbers)
        century = 1900 if tokens[0] == "nineteen" else 2000
        return None if rest is None or rest >= 100 else century + int(rest)
    number = read_number(words, course.numbers)
    return int(number) if number else None


def _short_year(number: int, course: Course) -> int:
    """A year of two figures: of the story's century, or within 20 years after the report and 80 before."""
    if course.story and course.last:
        return course.last.year // 100 * 100 + number
    this_year = course.day.year if course.day else 2000
    year = this_year // 100 * 100 + number
    return year - 100 if year > this_year + 20 else year


def _ordinal(words: str, course: Course) -> int | None:
    key = key_of(words).replace("-", " ")
    digits = "".join(character for character in key if character.isdecimal())
    if digits:
        return int(digits)
    tens = {"twenty": 20, "thirty": 30}
    first, _, second = key.partition(" ")
    if first in tens and second in course.words.ordinal:
        return tens[first] + course.words.ordinal[second]
    return course.words.ordinal.get(key)


def _month(groups: Groups, year: int | None, course: Course) -> Period | None:
    name = key_of(groups["month"])
    month = int(name) if name.isdecimal() else course.words.month.get(name, 0)
    if not 1 <= month <= 12:
        return None
    day = _ordinal(groups["day"], course) if "day" in groups else None
    if year is None:
        weekday = course.words.weekday[key_of(groups["weekday"])] if "weekday" in groups else None
        year = _year_of(month, day, weekday, groups, course)
    if year is None:
        return None
    if day is None:
        return month_period(year, month)
    return day_period(year, month, day) or month_period(year, month)


def _day_of_month(words: str, course: Course) -> Period | None:
    """The 20th of the month last named, or of the report's."""
    anchor = course.last or course.day
    day = _ordinal(words, course)
    if anchor is None or day is None or anchor.grain not in ("day", "month"):
        return None
    year, month = divmod(anchor.to("month").n, 12)
    return day_period(year, month + 1, day)


def _year_of(month: int, day: int | None, weekday: int | None, groups: Groups, course: Course) -> int | None:
    """The year of a month without one: the story's, or the one whose month lies where the sentence looks."""
    if "which" in groups:
        return _year_of_which(month, key_of(groups["which"]), course)
    if course.story:
        return _year_in_story(month, course)
    if course.day is None:
        return None
    here = course.day.year
    if weekday is not None and day is not None:
        days = ((year, day_period(year, month, day)) for year in (here, here - 1, here + 1))
        right = [year for year, each in days if each and weekday_of(each) == weekday]
        if right:
            return right[0]
    now = course.day.to("month").n
    ahead = (month - 1 - now) % 12  # months until it next comes, 0 for this month
    if ahead == 0:
        return here
    tense = course.tense()
    # Without a verb to go by, the nearer one; a verb moves the middle (swept on TimeBank and AQUAINT: flat from 7 to 11 and 2 to 4).
    limit = 9 if tense == "future" else 2 if tense == "past" else 5
    return (now + ahead) // 12 if ahead <= limit else (now + ahead - 12) // 12


def _year_of_which(month: int, which: str, course: Course) -> int | None:
    from_text = which in course.words.anchor["text"]
    anchor = (course.last or course.day) if from_text else course.day
    if anchor is None:
        return None
    now = anchor.to("month").n
    key = find_key(which, course.words.which)
    step = course.words.which[key] if key else 0
    if step < 0:
        return (now - 1 - (now - month) % 12) // 12 if now % 12 != month - 1 else now // 12 - 1
    if step > 0:
        return (now + 1 + (month - 2 - now) % 12) // 12
    return now // 12


def _year_in_story(month: int, course: Course) -> int | None:
    last = course.last
    if last is None:
        return course.day.year if course.day else None
    if last.grain in ("day", "week", "month", "season"):
        before = last.to("month").n % 12
        # A story goes forward: January after November is the next year's.
        return last.year + (before - (month - 1) >= 8)
    return last.year


def _season(season: int, year: int | None, course: Course) -> Period | None:
    if year is not None:
        return Period("season", year * 4 + season)
    if course.story and course.last:
        return Period("season", course.last.year * 4 + season)
    if course.day is None:
        return None
    here = Period("season", course.day.year * 4 + season)
    now = course.day.to("season")
    tense = course.tense()
    if here.n > now.n and tense == "past" and here.n - now.n > 1:
        return here.shift(-4)
    if here.n < now.n and tense == "future":
        return here.shift(4)
    return here


def _quarter(groups: Groups, year: int | None, course: Course) -> Period | None:
    number = int(groups["q"]) if "q" in groups else _ordinal(groups["ordinal"], course) if "ordinal" in groups else None
    if "ago" in groups:
        latest = course.quarter or (course.day.to("quarter").shift(-1) if course.day else None)
        if latest is None:
            return None
        return latest.shift(-4) if number is None else Period("quarter", (latest.n // 4 - 1) * 4 + number - 1)
    if number is None:
        if year is None:
            return None
        latest = course.quarter
        if latest is None:
            return year_period(year)
        return Period("quarter", year * 4 + latest.n % 4)
    if not 1 <= number <= 4:
        return None
    if year is not None:
        return Period("quarter", year * 4 + number - 1)
    if course.day is None:
        return None
    now = course.day.to("quarter").n
    ahead = (number - 1 - now) % 4
    # A fourth quarter in autumn is the one that runs; two quarters ahead is the one of two quarters ago.
    return Period("quarter", now + ahead - (4 if ahead >= (2 if course.tense() == "future" else 1) and ahead else 0))


def _weekday(weekday: int, groups: Groups, course: Course) -> Period | None:
    """A weekday by itself: the report's own day, or the last or the next one, as the sentence looks."""
    from_text = "which" in groups and key_of(groups["which"]) in course.words.anchor["text"]
    anchor = course.last if from_text and course.last and course.last.grain == "day" else course.day
    if course.story and "which" not in groups and course.last and course.last.grain == "day":
        return course.last.shift((weekday - weekday_of(course.last)) % 7)
    if anchor is None:
        return None
    back = (weekday_of(anchor) - weekday) % 7
    if "ofweek" in groups:
        key = find_key(groups["ofweek"], {"last": -1, "next": 1, "ago": -1})
        step = {"last": -1, "ago": -1, "next": 1}.get(key or "", 0)
        return Period("day", anchor.to("week").shift(step).to("day").n + weekday)
    if "which" in groups:
        key = find_key(groups["which"], course.words.which)
        step = course.words.which[key] if key else 0
        if step < 0:
            return anchor.shift(-back or -7)
        if step > 0 or "coming" in groups["which"]:
            return anchor.shift(7 - back)
        if from_text:
            return anchor
    if back == 0:
        return anchor
    return anchor.shift(7 - back) if course.tense() == "future" else anchor.shift(-back)


def _holiday(holiday: Holiday | None, groups: Groups, year: int | None, course: Course) -> Period | None:
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
    first = month_period(year, holiday.month).to("day")
    if holiday.nth < 0:
        last = month_period(year, holiday.month).shift(1).to("day").shift(-1)
        return last.shift(-((weekday_of(last) - holiday.weekday) % 7))
    ahead = (holiday.weekday - weekday_of(first) - holiday.after) % 7 + holiday.after
    return first.shift(ahead + 7 * (holiday.nth - 1))


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


def mean_deictic(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Yesterday, today, tomorrow: days from the report's."""
    step = course.words.deictic[key_of(groups["deictic"])]
    mod = _mod(groups, course)
    if course.day is None:
        return Meant(mod=mod, relative="report")
    day = course.day.shift(step)
    return Meant(value=day.value, period=day, mod=mod, relative="report", interval=day.interval())


def mean_relative(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Last week, that year, the following summer: so many periods on from the report's, or the text's last one."""
    mod = _mod(groups, course)
    which = key_of(groups.get("which", "the"))
    from_text = which in course.words.anchor["text"] or which == "the"
    relative: Literal["report", "text"] = "text" if from_text and (course.last or which != "the") else "report"
    anchor = (course.last or course.day) if from_text else course.day
    if which == "the" and not course.story:
        anchor = course.day
    if anchor is None:
        return Meant(mod=mod, relative=relative)
    key = find_key(which, course.words.which)
    step = course.words.which[key] if key else 0
    if "season" in groups:
        period = _relative_season(course.words.season[key_of(groups["season"])], step, anchor)
    elif "unit_end" in groups:
        return _end_of_unit(groups, anchor, course)
    else:
        unit = _unit(groups["unit"], course)
        if unit == "Q":
            return _relative_quarter(groups, which, step, mod, course)
        found = _relative_unit(unit, step, which, anchor)
        if found is None:
            return None
        period = found
    if period.value is None:
        return Meant(mod=mod, relative=relative)
    return Meant(value=period.value, period=period, mod=mod, relative=relative, interval=_cut(period, mod, course))


def _relative_season(season: int, step: int, anchor: Period) -> Period:
    now = anchor.to("season").n
    here = Period("season", anchor.year * 4 + season)
    if step < 0 and here.n >= now:
        return here.shift(-4)
    if step > 0 and here.n <= now:
        return here.shift(4)
    return here


def _relative_unit(unit: Unit, step: int, which: str, anchor: Period) -> Period | None:
    if unit not in GRAIN_OF:
        return None
    grain = GRAIN_OF[unit]
    if unit == "D" and anchor.grain not in ("day",):
        return Period("day", -1)  # no day to count from: no value
    if unit in ("W", "WE") and anchor.grain not in ("day", "week", "weekend"):
        return Period("week", -1)
    period = anchor.to(grain)
    if unit == "WE" and which == "the":
        # On a Monday, the weekend is the one just past.
        return period.shift(-1) if anchor.grain == "day" and weekday_of(anchor) < 4 else period
    return period.shift(step)


def _relative_quarter(groups: Groups, which: str, step: int, mod: str | None, course: Course) -> Meant | None:
    """A quarter told from another; a period is the one last reported on, a quarter or a year."""
    word = key_of(groups["unit"])
    if course.day is None and course.quarter is None:
        return Meant(mod=mod) if word == "quarter" else None
    running = course.day.to("quarter") if course.day else None
    reported = course.quarter or (running.shift(-1) if running else None)
    if word == "period" and course.quarter is None:
        return None
    named = reported if which in ("the", "that", "the latest", "the same", "the period") or not running else running
    if named is None:
        return None
    period = named.shift(step)
    return Meant(value=period.value, period=period, mod=mod, relative="text", interval=_cut(period, mod, course))


def _end_of_unit(groups: Groups, anchor: Period, course: Course) -> Meant:
    unit = _unit(groups["unit_end"], course)
    period = anchor.to(GRAIN_OF[unit])
    return Meant(value=period.value, period=period, mod="END", relative="report", interval=part_of(period, "END"))


def _unit(words: str, course: Course) -> Unit:
    key = key_of(words)
    return course.words.unit.get(key) or course.words.unit[key.removesuffix("s")]


def mean_shift(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Two years ago, a day later: so many units from the report's day, or from the time last named."""
    mod = _mod(groups, course)
    way = key_of(groups["way"])
    step = course.words.way[way]
    unit = _unit(groups["unit"], course)
    # "a few weeks", "weeks": how many nobody says; "a week", "the day before": one
    number = _number(groups.get("n", "one" if key_of(groups["unit"])[-1] != "s" else ""), course)
    if number is None:
        return Meant(value="PAST_REF" if step < 0 else "FUTURE_REF", mod=mod, relative="report")
    from_report = way in ("ago", "hence", "from now", "from today", "from")
    anchor = course.day if from_report or course.last is None else course.last
    if "deictic" in groups and course.day:
        anchor = course.day.shift(course.words.deictic[key_of(groups["deictic"])])
    relative: Literal["report", "text"] = "report" if anchor is course.day else "text"
    if anchor is None:
        return Meant(mod=mod, relative=relative)
    if unit == "Y" and number == 1 and step < 0 and course.quarter and not course.story:
        period = course.quarter.shift(-4)  # figures of a quarter are held against the year before's
        return Meant(value=period.value, period=period, mod=mod, relative="text", interval=period.interval())
    period_or_value = _shifted(anchor, unit, number * step)
    if isinstance(period_or_value, Period):
        period = period_or_value
        return Meant(
            value=period.value,
            period=period if period.value else None,
            mod=mod,
            relative=relative,
            interval=period.interval(),
        )
    return Meant(value=period_or_value, mod=mod, relative=relative)


def _shifted(anchor: Period, unit: Unit, by: float) -> Period | str | None:
    """The period so many units from the anchor, of the grain that the unit allows; a masked value where it has none."""
    if unit in ("TS", "TM", "TH"):
        return f"{anchor.value}TXX" if anchor.grain == "day" else None
    if unit == "Q":
        return anchor.to("quarter").shift(round(by))
    if unit in _MONTHS_IN:
        months = by * _MONTHS_IN[unit]
        if unit == "M" or by != math.floor(by):
            return anchor.to("month").shift(round(months)) if anchor.months() <= 3 else None
        return anchor.to("year").shift(round(months) // 12)
    if anchor.months():
        written = anchor.value
        if written is None or anchor.grain not in ("year", "month"):
            return None
        return written + ("-XX-XX" if anchor.grain == "year" else "-XX")
    if unit == "D":
        return anchor.to("day").shift(round(by))
    return anchor.to("week").shift(round(by))


def _number(words: str, course: Course) -> float | None:
    key = key_of(words)
    for between in (" to ", " or "):
        first, found, second = key.partition(between)
        if found and second not in ("more", "so"):
            key = first
    if (
        key.split()
        and key.split()[0] in ("a", "an")
        and not any(vague in key for vague in ("few", "number", "handful", "couple"))
    ):
        return read_number(key, course.numbers) or 1
    if "couple" in key:
        return 2
    return read_number(key, course.numbers)


def mean_length(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A length of time; with "the past" or "the next" it also lies somewhere."""
    mod = _mod(groups, course)
    if "unit_bare" in groups:
        unit = _unit(groups["unit_bare"], course)
        return Meant(value=f"PX{unit}" if unit[0] != "T" else f"PTX{unit[1]}", mod=mod)
    unit = _unit(groups["unit"], course)
    if "nth" in groups:
        nth = _ordinal(groups["nth"], course)
        return Meant(value=_write_length(nth, unit), mod=mod, interval=_reach(nth, unit, -1, course), relative="report")
    number = _number(groups["n"], course) if "n" in groups else 1.0
    if "half" in groups and number is not None:
        number += 0.5
    which = find_key(groups["which"], course.words.which) if "which" in groups else None
    step = course.words.which[which] if which else 0
    return Meant(
        value=_write_length(number, unit),
        mod=mod,
        relative="report" if step else None,
        interval=_reach(number, unit, step, course),
    )


def _write_length(number: float | None, unit: Unit) -> str:
    """The TIMEX3 value of a length: P3W, PT90M, P2Y6M, PXD."""
    time, code = ("T", unit[1]) if unit[0] == "T" and len(unit) == 2 else ("", unit)
    if number is None:
        return f"P{time}X{code}"
    if number == int(number):
        return f"P{time}{int(number)}{code}"
    whole, rest = int(number), number - int(number)
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}.get(unit)
    if smaller and (rest * smaller[1]).is_integer():
        return f"P{time}" + (f"{whole}{code}" if whole else "") + f"{int(rest * smaller[1])}{smaller[0]}"
    return f"P{time}{number:g}{code}"


def _reach(number: float | None, unit: Unit, step: int, course: Course) -> Interval | None:
    """The stretch of `number` units up to the report's day (it included), or from it on."""
    day = course.day
    if day is None or number is None or step == 0 or number != int(number) or number > 4000:
        return None
    count = int(number)
    if unit in _DAYS_IN:
        other = day.shift(step * count * _DAYS_IN[unit])
    elif unit in _MONTHS_IN:
        month = day.to("month").shift(step * count * _MONTHS_IN[unit])
        other = _same_day_of(day, month)
    else:
        return None
    if other.value is None:
        return None
    if step < 0:
        return Interval(start=other.start(), end=day.end())
    return Interval(start=day.start(), end=other.end())


def _same_day_of(day: Period, month: Period) -> Period:
    """The same day of another month, or its last one."""
    number = day.n - day.to("month").to("day").n
    first = month.to("day")
    return Period("day", min(first.n + number, month.shift(1).to("day").n - 1))


def mean_clock(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A time of day on a day that the words name, or on the last day named, or on the report's."""
    minute = _minute(groups["clock"], course)
    if minute is None:
        return None
    day = _day_named(groups, course)
    written = f"T{minute // 60:02d}:{minute % 60:02d}"
    mod = course.words.approx.get(key_of(groups["approx"])) if "approx" in groups else None
    if day is None or day.grain != "day" or day.value is None:
        return Meant(value=f"XXXX-XX-XX{written}" if course.story else None, mod=mod)
    return Meant(
        value=day.value + written,
        period=day,
        mod=mod,
        relative="report" if "month" not in groups else None,
        interval=minutes_of(day, minute, minute + 1),
    )


def _minute(words: str, course: Course) -> int | None:
    """Minutes from midnight of a time of day, or None where there is no such time."""
    key = key_of(words).replace(".", "")
    if key in ("noon", "midday"):
        return 720
    if key == "midnight":
        return 1440
    figures = "".join(character if character.isdecimal() else " " for character in key_of(words)).split()
    if not figures:
        hour = read_number(key.partition(" ")[0], course.numbers)
        return int(hour) * 60 if hour is not None and hour <= 24 else None
    if len(figures[0]) == 4:
        hour, minute = int(figures[0][:2]), int(figures[0][2:])
    else:
        hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    letters = key.lstrip("0123456789: ")
    if letters.startswith("p") or "afternoon" in letters or "evening" in letters or "night" in letters:
        hour = hour % 12 + 12
    elif letters.startswith("a") or "morning" in letters:
        hour %= 12
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _day_named(groups: Groups, course: Course) -> Period | None:
    if "deictic" in groups:
        return course.day.shift(course.words.deictic[key_of(groups["deictic"])]) if course.day else None
    if "month" in groups or "weekday" in groups or "month_last" in groups:
        return _name_period({name: value for name, value in groups.items() if name != "clock"}, course)
    if course.last and course.last.grain == "day":
        return course.last
    return None if course.story else course.day


def mean_part(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A part of a day: the day as the words name it, and the hours that the part stands for by convention."""
    mod = _mod(groups, course)
    words = course.words
    if "deictic_part" in groups:
        key = key_of(groups["deictic_part"])
        part = words.part[key.split()[-1]]
        day = course.day.shift(words.deictic[key]) if course.day else None
        relative: Literal["report", "text"] = "report"
    else:
        part = words.part[key_of(groups["part"])]
        day, relative = _day_of_part(groups, course)
    if day is None or day.grain != "day" or day.value is None:
        return Meant(mod=mod, relative=relative)
    return Meant(
        value=f"{day.value}T{part}",
        period=day,
        mod=mod,
        relative=relative,
        interval=hours_of(day, *PARTS_OF_DAY[part]),
    )


def _day_of_part(groups: Groups, course: Course) -> tuple[Period | None, Literal["report", "text"]]:
    if "which" in groups and "weekday" not in groups:
        key = find_key(groups["which"], course.words.which)
        anchor = course.last or course.day
        return (anchor.shift(course.words.which[key]) if anchor and key else anchor), "text"
    return _day_named(groups, course), "report"


def mean_every(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A set of times: every day, Tuesday nights, twice a week."""
    words = course.words
    if "adverb" in groups:
        key = key_of(groups["adverb"]).replace("-", "")
        last = key.split()[-1].removeprefix("twice").removeprefix("once")
        freq = "2X" if key.startswith("twice") else "1X" if key.startswith("once") else None
        return Meant(value=words.adverb.get(last), freq=freq)
    quant = key_of(groups["every"]).split()[0].upper() if "every" in groups else "EVERY"
    part = f"T{words.part[key_of(groups['part'])]}" if "part" in groups else ""
    if "weekday" in groups:
        return Meant(value=f"XXXX-WXX-{words.weekday[key_of(groups['weekday'])] + 1}{part}", quant=quant)
    if "month" in groups:
        return Meant(value=f"XXXX-{words.month[key_of(groups['month'])]:02d}", quant=quant)
    if "season" in groups:
        return Meant(value=f"XXXX-{SEASONS[words.season[key_of(groups['season'])]]}", quant=quant)
    unit = key_of(groups["unit"]).removesuffix("s")
    if unit in words.part:
        return Meant(value=f"XXXX-XX-XXT{words.part[unit]}", quant=quant)
    number = 2.0 if "other" in groups else _number(groups["n"], course) if "n" in groups else 1.0
    return Meant(value=_write_length(number, _unit(unit, course)), quant=quant)


def mean_word(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Words that always mean the same: now, recently. "Soon" in a sentence that looks back tells of no future."""
    if reading.only and course.tense() not in (reading.only, None):
        return None
    if reading.only == "future" and course.story:
        return None
    return Meant(value=reading.value)


def mean_so_far(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """From the time last named, where it lies before the report's day, to the end of that day."""
    if course.day is None or course.story or course.last is None or course.last.value is None:
        return None
    if course.last.start() >= course.day.start():
        return None
    return Meant(function="so far", relative="text", interval=Interval(start=course.last.start(), end=course.day.end()))


MEANINGS: dict[str, Callable[[Reading, Groups, Course], Meant | None]] = {
    "date": mean_date,
    "relative": mean_relative,
    "deictic": mean_deictic,
    "shift": mean_shift,
    "length": mean_length,
    "clock": mean_clock,
    "part": mean_part,
    "every": mean_every,
    "word": mean_word,
    "so far": mean_so_far,
}
