"""Which place in the calendar words name, as far as they go; the rest comes from the course of the text."""

from __future__ import annotations

from onrecord.layers.time.calendar import (
    Period,
    day_period,
    month_period,
    nth_weekday,
    weekday_of,
    year_period,
)
from onrecord.layers.time.course import Course, Groups
from onrecord.layers.time.holidays import name_holiday
from onrecord.layers.time.words import find_key, key_of, read_number


def name_period(groups: Groups, course: Course) -> Period | None:
    words = course.words
    year = _year(groups, course)
    if "month_last" in groups or "day_first" in groups:
        names = {"month_last": "month", "day_first": "day", "year_last": "year"}
        return name_period({names.get(key, key): value for key, value in groups.items()}, course)
    if "day" in groups and "month" not in groups:
        return _day_of_month(groups["day"], course)
    if "holiday" in groups:
        return name_holiday(words.holiday.get(key_of(groups["holiday"])), groups, year, course)
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
        number = read_ordinal(groups["century"], course)
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
        decade = int(groups["decade"]) // 10
        # "the 1800s" are a century; "the 1900s" and "the 2000s" may be either, and mostly the decade
        return Period("century", decade // 10) if decade % 10 == 0 and decade < 190 else Period("decade", decade)
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
    is_told = course.words.year_noun in words and course.words.two_thousand not in words
    if is_told and key and not words.startswith(course.words.year_two):
        told_from = _anchor_year(words, course)
        return None if told_from is None else told_from + course.words.which[key]
    if is_told:
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


def read_ordinal(words: str, course: Course) -> int | None:
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
    day = read_ordinal(groups["day"], course) if "day" in groups else None
    if year is None and "year" in groups:
        return None
    if "nth" in groups:
        return _nth_weekday(groups, month, year, course)
    if year is None:
        weekday = course.words.weekday[key_of(groups["weekday"])] if "weekday" in groups else None
        year = _year_of(month, day, weekday, groups, course)
    if year is None:
        return None
    if day is None:
        return month_period(year, month)
    return day_period(year, month, day) or month_period(year, month)


def _nth_weekday(groups: Groups, month: int, year: int | None, course: Course) -> Period | None:
    """The first or the last Friday of a month."""
    if year is None:
        year = _year_of(month, None, None, groups, course)
    if year is None:
        return None
    nth = read_ordinal(groups["nth"], course)
    return nth_weekday(year, month, course.words.weekday[key_of(groups["weekday"])], nth if nth else -1)


def _day_of_month(words: str, course: Course) -> Period | None:
    """The 20th of the month last named, or of the report's."""
    anchor = course.last or course.day
    day = read_ordinal(words, course)
    if anchor is None or day is None or anchor.grain not in ("day", "month"):
        return None
    year, month = divmod(anchor.to("month").n, 12)
    return day_period(year, month + 1, day)


def _year_of(month: int, day: int | None, weekday: int | None, groups: Groups, course: Course) -> int | None:
    """The year of a month without one: the story's, or the one whose month lies where the sentence looks."""
    if "which" in groups and weekday is None:
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
    # Without a verb to go by, the nearer one; a verb moves the middle (swept on TimeBank and AQUAINT: alike from 7 to
    # 11 and from 2 to 4; "took" allows no month ahead, "said", "was" or "announced" may stand before what is to come).
    limit = {"future": 9, "told": 2, "past": 0}.get(tense or "", 5)
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
    last = course.thread
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
    if course.story and course.thread:
        return Period("season", course.thread.year * 4 + season)
    if course.day is None:
        return None
    here = Period("season", course.day.year * 4 + season)
    now = course.day.to("season")
    tense = course.tense()
    if here.n > now.n and tense in ("past", "told") and here.n - now.n > 1:
        return here.shift(-4)
    if here.n < now.n and tense == "future":
        return here.shift(4)
    return here


def _quarter(groups: Groups, year: int | None, course: Course) -> Period | None:
    number = (
        int(groups["q"]) if "q" in groups else read_ordinal(groups["ordinal"], course) if "ordinal" in groups else None
    )
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
    # The one that runs, or the last one of its number; the next one only where the sentence looks ahead.
    reaches = 1 if course.tense() == "future" else 0
    return Period("quarter", now + ahead - (4 if ahead > reaches else 0))


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
    if course.linked and course.last and course.last.grain == "day":
        following = course.last.shift((weekday - weekday_of(course.last)) % 7)  # "from Thursday to Sunday"
        if following.n <= anchor.n or course.last.n >= anchor.n or course.tense() == "future":
            return following
    if back == 0:
        return anchor
    return anchor.shift(7 - back) if course.tense() == "future" else anchor.shift(-back)


def read_mod(groups: Groups, course: Course) -> str | None:
    for name, table in (("mod", course.words.mod), ("third", course.words.mod), ("approx", course.words.approx)):
        key = find_key(groups[name], table) if name in groups else None
        if key:
            return table[key]
    if "beyond" in groups:
        return "ON_OR_BEFORE" if "earlier" in groups["beyond"].lower() else "ON_OR_AFTER"
    return None
