"""Times of day and parts of a day."""

from __future__ import annotations

from typing import Literal

from onrecord.layers.time.calendar import PARTS_OF_DAY, Period, hours_of, minutes_of
from onrecord.layers.time.course import Course, Groups, Meant, Reading
from onrecord.layers.time.dates import name_period, read_mod
from onrecord.layers.time.words import find_key, key_of, read_number


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
        relative=_told_from(groups, course),
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
    if letters.startswith(course.words.after_noon[0]) or any(part in letters for part in course.words.after_noon[1:]):
        hour = hour % 12 + 12
    elif letters.startswith(course.words.before_noon[0]) or any(p in letters for p in course.words.before_noon[1:]):
        hour %= 12
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _day_named(groups: Groups, course: Course) -> Period | None:
    if "deictic" in groups:
        return course.day.shift(course.words.deictic[key_of(groups["deictic"])]) if course.day else None
    if "month" in groups or "weekday" in groups or "month_last" in groups:
        return name_period({name: value for name, value in groups.items() if name != "clock"}, course)
    ahead = {name.removesuffix("_next"): value for name, value in groups.items() if name.endswith("_next")}
    if ahead:  # "at 8 a.m. (1200 GMT) on Monday"
        return name_period(ahead, course)
    if course.last and course.last.grain == "day":
        return course.last
    return None if course.story else course.day


def mean_part(reading: Reading, groups: Groups, course: Course) -> Meant | None:
    """A part of a day: the day as the words name it, and the hours that the part stands for by convention."""
    mod = read_mod(groups, course)
    words = course.words
    if "deictic_part" in groups:
        key = key_of(groups["deictic_part"])
        part = words.part[key.split()[-1]]
        day = course.day.shift(words.deictic[key]) if course.day else None
        relative: Literal["report", "text"] | None = "report"
    else:
        part = words.part[key_of(groups["part"])] if "part" in groups else reading.value or "MO"
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


def _day_of_part(groups: Groups, course: Course) -> tuple[Period | None, Literal["report", "text"] | None]:
    if "which" in groups and "weekday" not in groups:
        key = find_key(groups["which"], course.words.which)
        anchor = course.last or course.day
        return (anchor.shift(course.words.which[key]) if anchor and key else anchor), "text"
    return _day_named(groups, course), _told_from(groups, course)


def _told_from(groups: Groups, course: Course) -> Literal["report", "text"] | None:
    """What the day of a time of day is counted from: nothing, where the words name it in full."""
    if "year" in groups or "year_last" in groups:
        return None
    return "text" if course.story else "report"
