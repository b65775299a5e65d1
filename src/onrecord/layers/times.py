"""Times: dates, times of day, lengths and sets of times, as TIMEX3 with half-open intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.lang import Found, find_all, has_language, load_rules
from onrecord.layers.time.calendar import Period, parse_day
from onrecord.layers.time.course import Course, Meant, Reading, Tense
from onrecord.layers.time.meanings import MEANINGS
from onrecord.layers.time.words import TimeWords, load_numbers, load_words
from onrecord.record import Basis, Interval, Mentions, Report, Span, TimeExpression

_UNREAD = ("repeat", "credit", "metadata")
_OPENING = 3  # words before a time that opens its sentence: "By the summer of 1916" (swept on WikiWars: 1 and 3)
_LINK = 20  # characters: longer than any chain of linking words
_VERB = re.compile(r"[\w]+(?:['’]\w+)?")


def find_times(report: Report, seen: Mentions) -> tuple[TimeExpression, ...] | None:
    """The time expressions of a report, in order; None where there are no rules for its language.

    Values follow TimeBank. What is relative is counted from the report's day (`report.dating`) or from the time
    last named; where neither is known it has no value. Every part is read but repeats, credits and metadata.
    """
    language = report.language or "en"
    if not has_language(language, "times"):
        return None
    rules = load_rules(language, "times", Reading).rules
    found = [hit for region in _regions(report) for hit in find_all(rules, report.text, region.start, region.end)]
    day = parse_day(report.dating.value) if report.dating else None
    course = Course(
        words=load_words(language),
        numbers=load_numbers(language),
        day=day,
        story=_tells_a_story(found, day),
        tense=lambda: None,
    )
    return tuple(_read_all(found, report, seen, course))


def _regions(report: Report) -> Iterator[Span]:
    """The stretches of text to read: neighbouring parts are read as one, so that no expression is cut."""
    start = end = None
    for part in report.parts:
        if part.kind in _UNREAD:
            continue
        if end is not None and start is not None and report.text[end : part.span.start].strip():
            yield Span(start, end)
            start = None
        start = part.span.start if start is None else start
        end = part.span.end
    if start is not None and end is not None:
        yield Span(start, end)


def _tells_a_story(found: list[Found[Reading]], day: Period | None) -> bool:
    """Whether the text tells of another time than its own day's, as a history does.

    It does where years other than the report's outnumber what is told from its day (weekdays, "yesterday", "last week",
    its own year) by three to one, and there are five of them. All 16 histories of WikiWars do, and none of the 256
    news reports of TimeBank and AQUAINT.
    """
    far = near = 0
    for hit in found:
        groups = hit.match.groupdict()
        year = groups.get("year")
        if year and year.isdecimal() and len(year) >= 3:
            distant = day is None or int(year) != day.year or bool(groups.get("bc"))
            far, near = far + distant, near + (not distant)
        elif any(groups.get(name) for name in ("weekday", "deictic", "deictic_part", "told_from_now")):
            near += 1
    return far >= 5 and far > 3 * near


def _read_all(found: list[Found[Reading]], report: Report, seen: Mentions, course: Course) -> Iterator[TimeExpression]:
    number = 0
    last_id: str | None = None
    last_end = 0
    after_weekday = False
    for hit in found:
        for span, groups in _expressions(hit):
            course.since_last = span.start - last_end
            between = report.text[last_end : span.start].lower() if course.since_last < _LINK else "x"
            course.linked = after_weekday and _links(between, course.words)
            course.tense = lambda span=span: _tense(report, seen, span, course.words)  # type: ignore[misc]
            meant = MEANINGS[hit.rule.right.means](hit.rule.right, groups, course)
            if meant is None or not len(span):
                continue
            number += 1
            time = _write(f"t{number}", span, hit, meant, report, last_id, course)
            yield time
            if meant.period is not None and not (course.story and meant.relative == "report"):
                course.last, last_id, last_end = meant.period, time.id, span.end
                after_weekday = "weekday" in groups
                if _leads(report.text, seen, span, meant.period, course):
                    course.thread = meant.period
                if meant.period.grain == "quarter" and hit.rule.right.means == "date" and "ago" not in groups:
                    course.quarter = meant.period


def _links(between: str, words: TimeWords) -> bool:
    """Whether the text between two weekdays only links them: "to", "and on", but no more, and not the end of a line."""
    tokens = set(between.split())
    return bool(tokens & words.links) and tokens <= words.links | words.link_extras and "\n" not in between


def _leads(text: str, seen: Mentions, span: Span, period: Period, course: Course) -> bool:
    """Whether a story goes on from this time: a day or month does, a year where its sentence opens with it.

    A year inside a sentence ("declassified in 2005", "planned for 1976") is mostly a glance aside.
    """
    if period.grain in ("day", "week", "month", "season") or course.thread is None:
        return True
    sentence = seen.sentence_at(span.start)
    start = sentence.span.start if sentence else max(text.rfind(end, 0, span.start) + 1 for end in (". ", "\n"))
    return len(text[start : span.start].split()) <= _OPENING


def _expressions(hit: Found[Reading]) -> Iterator[tuple[Span, dict[str, str]]]:
    """The expressions in one match, with their words by group: mostly one; two in "May 6 and 7"."""
    match = hit.match
    groups = {name: words for name, words in match.groupdict().items() if words is not None}
    if "more" not in groups:
        yield _trim(match.string, match.start(), match.end()), groups
        return
    first = {name: words for name, words in groups.items() if not name.endswith("2")}
    yield _trim(match.string, match.start(), match.start("more")), first
    second = {name.removesuffix("2"): words for name, words in groups.items() if name.endswith("2")}
    if "year" in second and len(second["year"]) == 2:
        second["year"] = first["year"][:2] + second["year"]
    start = min(match.start(name) for name in groups if name.endswith("2"))
    first.pop("mod", None)
    yield _trim(match.string, start, match.end()), {**first, **second}


def _trim(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in " \t\r\n,":
        end -= 1
    return Span(start, end)


def _write(
    id: str, span: Span, hit: Found[Reading], meant: Meant, report: Report, last_id: str | None, course: Course
) -> TimeExpression:
    day, words = course.day, course.words
    anchor = None
    if meant.relative == "report" and day is not None:
        anchor = day.value
    elif meant.relative == "text":
        anchor = last_id or (day.value if day else None)
    interval, function = meant.interval, meant.function
    before = report.text[max(0, span.start - 20) : span.start].lower().split()
    if interval and day and before and before[-1] in words.since:
        function = "since"
        if interval.start and interval.start < day.end():
            interval = Interval(start=interval.start, end=day.end())
    return TimeExpression(
        id=id,
        span=span,
        basis=Basis(by="rule", name=hit.rule.name),
        type=meant.type or hit.rule.right.type,
        value=meant.value,
        mod=meant.mod,
        quant=meant.quant,
        freq=meant.freq,
        anchor=anchor,
        function=function,
        interval=interval,
    )


def _tense(report: Report, seen: Mentions, span: Span, words: TimeWords) -> Tense | None:
    """Which way the sentence looks at `span`: by the nearest word before it that says so, or else after it."""
    sentence = seen.sentence_at(span.start)
    start, end = (sentence.span.start, sentence.span.end) if sentence else (max(0, span.start - 200), span.end + 100)
    text = report.text
    before = [each[0] for each in _VERB.finditer(text, start, span.start)]
    after = [each[0] for each in _VERB.finditer(text, span.end, end)]
    if [word.lower() for word in before[-2:]] in words.ahead or [word.lower() for word in before[-1:]] in words.ahead:
        return "future"
    if before and before[-1].lower() in words.since:
        return "past"
    if text[span.end : span.end + 2] in words.possessive:
        return "past"  # "Friday's ruling"
    words_by_nearness = [*reversed(before), *after]
    for place, word in enumerate(words_by_nearness):
        key = word.lower()
        leftward = words_by_nearness[place + 1].lower() if place + 1 < len(before) else ""
        if (key in words.tense["future"] and word.islower()) or key in words.passive or (leftward, key) in words.bound:
            return "future"
        # a regular past tense; a capital inside a sentence is a name ("United")
        regular = len(word) > 4 and word.endswith(words.past_ending) and (word.islower() or place == len(before) - 1)
        if (regular or key in words.tense["past"]) and leftward in words.passive:
            return "future"
        if (regular or key in words.tense["past"]) and leftward in words.present:
            continue
        if key in words.tense["past"]:
            return "past"
        if regular or key in words.tense["told"]:
            return "told"
    return None
