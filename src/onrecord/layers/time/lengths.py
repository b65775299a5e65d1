"""Lengths of time: how many of which unit, and where a length lies that reaches up to the report or on from it."""

from __future__ import annotations

from onrecord.layers.time.calendar import Grain, Period
from onrecord.layers.time.course import Course, Groups, Meant, Reading
from onrecord.layers.time.dates import read_mod, read_ordinal
from onrecord.layers.time.words import Unit, find_key, key_of, read_number
from onrecord.record import Interval

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
MONTHS_IN: dict[Unit, int] = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
DAYS_IN: dict[Unit, int] = {"D": 1, "W": 7}


def mean_length(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A length of time; with "the past" or "the next" it also lies somewhere."""
    mod = read_mod(groups, course)
    if "unit_bare" in groups:
        unit = read_unit(groups["unit_bare"], course)
        return Meant(value=f"PX{unit}" if unit[0] != "T" else f"PTX{unit[1]}", mod=mod)
    unit = read_unit(groups["unit"], course)
    if "nth" in groups:
        nth = read_ordinal(groups["nth"], course)
        return Meant(value=write_length(nth, unit), mod=mod, interval=_reach(nth, unit, -1, course), relative="report")
    number = read_count(groups["n"], course) if "n" in groups else 1.0
    if "half" in groups and number is not None:
        number += 0.5
    which = find_key(groups["which"], course.words.which) if "which" in groups else None
    step = course.words.which[which] if which else 0
    return Meant(
        value=write_length(number, unit),
        mod=mod,
        relative="report" if step else None,
        interval=_reach(number, unit, step, course),
    )


def write_length(number: float | None, unit: Unit) -> str:
    """The TIMEX3 value of a length: P3W, PT90M, P2Y6M, PXD."""
    time, code = ("T", unit[1]) if unit[0] == "T" and len(unit) == 2 else ("", unit)
    if number is None:
        return f"P{time}X{code}"
    if number == int(number):
        return f"P{time}{int(number)}{code}"
    whole, rest = int(number), number - int(number)
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60), "DE": ("Y", 10), "CE": ("Y", 100)}.get(unit)
    if smaller and (rest * smaller[1]).is_integer():
        return f"P{time}" + (f"{whole}{code}" if whole else "") + f"{int(rest * smaller[1])}{smaller[0]}"
    return f"P{time}{number:g}{code}"


def _reach(number: float | None, unit: Unit, step: int, course: Course) -> Interval | None:
    """The stretch of `number` units up to the report's day (it included), or from it on."""
    day = course.day
    if day is None or number is None or step == 0 or number != int(number) or number > 4000:
        return None
    count = int(number)
    if unit in DAYS_IN:
        other = day.shift(step * count * DAYS_IN[unit])
    elif unit in MONTHS_IN:
        month = day.to("month").shift(step * count * MONTHS_IN[unit])
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


def read_unit(words: str, course: Course) -> Unit:
    key = key_of(words)
    return course.words.unit.get(key) or course.words.unit[key.removesuffix("s")]


def read_count(words: str, course: Course) -> float | None:
    key = key_of(words)
    for between in course.words.ranges:
        first, found, second = key.partition(between)
        if found and second not in course.words.range_tails:
            key = first
    if key.split() and key.split()[0] in course.words.one and not any(vague in key for vague in course.words.few):
        return read_number(key, course.numbers) or 1
    if course.words.pair in key:
        return 2
    return read_number(key, course.numbers)
