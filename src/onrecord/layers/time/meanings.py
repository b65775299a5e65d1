"""What a time expression means where it stands: a rule's words and the course of the text, to a value.

Each `mean_…` takes the words that a rule caught (its named groups) and the course of the text so far, and gives
what they mean, or None where the rule's words turn out to be no time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from onrecord.layers.time.calendar import SEASONS, Period, part_of, weekday_of
from onrecord.layers.time.clock import mean_clock, mean_part
from onrecord.layers.time.course import Course, Groups, Meant, Reading
from onrecord.layers.time.dates import name_period, read_mod
from onrecord.layers.time.lengths import GRAIN_OF, MONTHS_IN, mean_length, read_count, read_unit, write_length
from onrecord.layers.time.words import Unit, find_key, key_of
from onrecord.record import Interval


def mean_date(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A place in the calendar that the words name, as far as they go; the rest comes from the course."""
    mod = read_mod(groups, course)
    period = name_period(groups, course)
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


def mean_deictic(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Yesterday, today, tomorrow: days from the report's."""
    step = course.words.deictic[key_of(groups["deictic"])]
    mod = read_mod(groups, course)
    if course.day is None:
        return Meant(mod=mod, relative="report")
    day = course.day.shift(step)
    return Meant(value=day.value, period=day, mod=mod, relative="report", interval=day.interval())


def mean_relative(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Last week, that year, the following summer: so many periods on from the report's, or the text's last one."""
    mod = read_mod(groups, course)
    which = key_of(groups.get("which", course.words.article))
    from_text = which in course.words.anchor["text"] or which == course.words.article
    relative: Literal["report", "text"] = (
        "text" if from_text and (course.last or which != course.words.article) else "report"
    )
    anchor = (course.last or course.day) if from_text else course.day
    if which == course.words.article and not course.story:
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
        unit = read_unit(groups["unit"], course)
        if unit == "Q":
            return _relative_quarter(groups, which, step, mod, course)
        if unit == "WE" and which == course.words.article and anchor.grain == "day" and weekday_of(anchor) < 4:
            step = 0 if course.tense() == "future" else -1  # on a Monday, mostly the weekend just past
        found = _relative_unit(unit, step, anchor)
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


def _relative_unit(unit: Unit, step: int, anchor: Period) -> Period | None:
    if unit not in GRAIN_OF:
        return None
    grain = GRAIN_OF[unit]
    if unit == "D" and anchor.grain not in ("day",):
        return Period("day", -1)  # no day to count from: no value
    if anchor.months() > MONTHS_IN.get(unit, 1200):
        return Period("day", -1)  # "the previous month", told from a year
    if unit in ("W", "WE") and anchor.grain not in ("day", "week", "weekend"):
        return Period("week", -1)
    return anchor.to(grain).shift(step)


def _relative_quarter(groups: Groups, which: str, step: int, mod: str | None, course: Course) -> Meant | None:
    """A quarter told from another; a period is the one last reported on, a quarter or a year."""
    word = key_of(groups["unit"])
    if course.day is None and course.quarter is None:
        return Meant(mod=mod) if word == "quarter" else None
    running = course.day.to("quarter") if course.day else None
    reported = course.quarter or (running.shift(-1) if running else None)
    if word == "period" and course.quarter is None:
        return None
    named = reported if which in course.words.reported or not running else running
    if named is None:
        return None
    period = named.shift(step)
    return Meant(value=period.value, period=period, mod=mod, relative="text", interval=_cut(period, mod, course))


def _end_of_unit(groups: Groups, anchor: Period, course: Course) -> Meant:
    unit = read_unit(groups["unit_end"], course)
    period = anchor.to(GRAIN_OF[unit])
    return Meant(value=period.value, period=period, mod="END", relative="report", interval=part_of(period, "END"))


def mean_shift(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Two years ago, a day later: so many units from the report's day, or from the time last named."""
    mod = read_mod(groups, course)
    way = key_of(groups["way"])
    step = course.words.way[way]
    unit = read_unit(groups["unit"], course)
    # "a few weeks", "weeks": how many nobody says; "a week", "the day before": one
    number = read_count(groups.get("n", "one" if key_of(groups["unit"])[-1] != "s" else ""), course)
    if number is not None and "half" in groups:
        number += 0.5
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
        return f"{anchor.value}TXX" if anchor.grain == "day" and anchor.value else None
    if unit == "Q":
        return anchor.to("quarter").shift(round(by))
    if unit in MONTHS_IN:
        months = by * MONTHS_IN[unit]
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


def mean_every(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A set of times: every day, Tuesday nights, twice a week."""
    words = course.words
    if "adverb" in groups:
        key = key_of(groups["adverb"]).replace("-", "")
        last = key.split()[-1].removeprefix("twice").removeprefix("once")
        freq = "2X" if key.startswith("twice") else "1X" if key.startswith("once") else None
        if "times" in groups:
            number = read_count(groups["times"], course)
            freq = f"{number:g}X" if number else None
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
    number = 2.0 if "other" in groups else read_count(groups["n"], course) if "n" in groups else 1.0
    return Meant(value=write_length(number, read_unit(unit, course)), quant=quant)


def mean_word(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """Words that always mean the same: now, recently. "Soon" in a sentence that looks back tells of no future."""
    if reading.only and course.tense() not in (reading.only, None):
        return None
    if reading.only == "future" and course.story:
        return None
    return Meant(value=reading.value)


_NEAR = 300  # characters, two or three sentences: further off, "so far" counts from something else


def mean_so_far(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """From the time last named, where it lies before the report's day, to the end of that day."""
    if course.day is None or course.story or course.last is None or course.last.value is None:
        return None
    if course.last.start() >= course.day.start() or course.since_last > _NEAR:
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
