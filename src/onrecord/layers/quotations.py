"""Pair quotation marks: where a report quotes words, told from apostrophes, nested, and over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from onrecord.lang import read_words
from onrecord.record import Span


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words between quotation marks; `span` holds the marks, `inner` does not.

    `level` is 0 for one that stands in no other. `closed` is False where the paragraph ended first;
    `continues` says that the one before it ran on into this paragraph.
    """

    span: Span
    inner: Span
    level: int = 0
    closed: bool = True
    continues: bool = False


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The quotation marks of a language, and the pattern that finds any of them."""

    closers: dict[str, frozenset[str]]
    closing: frozenset[str]
    either: frozenset[str]
    singles: dict[str, str]
    apostrophe_first: frozenset[str]
    pattern: re.Pattern[str]


@cache
def load_marks(language: str) -> Marks:
    """The marks of `lang/<language>/quotations.toml`."""
    tables = read_words(language, "quotations")
    marks = msgspec.convert(tables["marks"], dict[str, list[list[str] | str]])
    pairs = msgspec.convert(marks["pairs"], list[tuple[str, str]])
    singles = msgspec.convert(marks["single"], list[tuple[str, str]])
    either = msgspec.convert(marks["either"], frozenset[str])
    words = msgspec.convert(tables["words"], dict[str, frozenset[str]])
    every = {mark for pair in (*pairs, *singles) for mark in pair} | either
    pattern = "|".join(re.escape(mark) for mark in sorted(every, key=lambda mark: (-len(mark), mark)))
    return Marks(
        closers={opening: frozenset({closing}) for opening, closing in pairs},
        closing=frozenset(closing for _, closing in pairs),
        either=either,
        singles=dict(singles),
        apostrophe_first=words["apostrophe_first"],
        pattern=re.compile(pattern),
    )


def find_quotations(text: str, paragraphs: Sequence[Span], language: str = "en") -> tuple[Quotation, ...]:
    """The quotations in each of `paragraphs`, in order; an outer one comes before those inside it.

    A quotation that a paragraph leaves open ends with the paragraph; where the next one opens with a mark again,
    as newspapers set long speeches, that one `continues` it.
    """
    marks = load_marks(language)
    found: list[Quotation] = []
    runs_on = False
    for paragraph in paragraphs:
        here = _pair(text, paragraph, marks)
        if runs_on and here and not text[paragraph.start : here[0].span.start].strip():
            here[0] = msgspec.structs.replace(here[0], continues=True)
        outer = [quotation for quotation in here if quotation.level == 0]
        if outer or text[paragraph.start : paragraph.end].strip():
            runs_on = bool(outer) and not outer[-1].closed
        found += here
    return tuple(found)


def _pair(text: str, paragraph: Span, marks: Marks) -> list[Quotation]:
    """The quotations of one paragraph, sorted by start."""
    found: list[Quotation] = []
    open_marks: list[tuple[str, int, int]] = []  # the mark, its start, its end
    single_end = -1  # where the single quotation that is open closes
    for match in marks.pattern.finditer(text, paragraph.start, paragraph.end):
        mark, start, end = match[0], match.start(), match.end()
        if open_marks and start == single_end:
            found.append(_close(open_marks, start, end))
            single_end = -1
        elif mark in marks.singles and mark not in marks.closers and mark not in marks.either:
            single_end = _single_end(text, start, end, paragraph.end, marks) if single_end < 0 else single_end
            if single_end >= 0 and not any(mark == opened for opened, _, _ in open_marks):
                open_marks.append((mark, start, end))
        elif open_marks and single_end < 0 and _closes(open_marks[-1][0], mark, marks):
            if mark in marks.either and _opens_anew(text, start, end, paragraph.start):
                found.append(_close(open_marks, start, start))
                open_marks.append((mark, start, end))
            else:
                found.append(_close(open_marks, start, end))
        elif any(mark == opened for opened, _, _ in open_marks):
            continue
        elif mark in marks.closers or (mark in marks.either and _may_open(text, start, end, paragraph)):
            open_marks.append((mark, start, end))
    if open_marks and (single_end < 0 or len(open_marks) > 1):
        stop = len(text[: paragraph.end].rstrip()) if paragraph.end else 0
        outer = open_marks[:1]
        found.append(msgspec.structs.replace(_close(outer, max(stop, outer[0][2]), None), closed=False))
    return sorted(found, key=lambda quotation: (quotation.span.start, -quotation.span.end))


def _close(open_marks: list[tuple[str, int, int]], start: int, end: int | None) -> Quotation:
    """The quotation that the last open mark began, closed by the mark `[start, end)` (None: by nothing)."""
    _, opened, inside = open_marks.pop()
    stop = start if end is None else end
    return Quotation(
        span=Span(opened, max(stop, inside)), inner=Span(inside, max(start, inside)), level=len(open_marks)
    )


def _closes(opened: str, mark: str, marks: Marks) -> bool:
    """Whether `mark` ends what `opened` began; writers mix the kinds, so any closing mark ends a curly one."""
    if opened in marks.either:
        return mark in marks.either or mark in marks.closing
    return mark in marks.closers.get(opened, frozenset()) or mark in marks.either


def _opens_anew(text: str, start: int, end: int, floor: int) -> bool:
    """Whether a mark that could close stands as one that opens: `he said.  "Then`."""
    before = text[start - 1] if start > floor else " "
    after = text[end] if end < len(text) else " "
    return before.isspace() and after.isalnum()


def _may_open(text: str, start: int, end: int, paragraph: Span) -> bool:
    """Whether a mark that is the same on both sides can open here: not after a letter or digit (5'10")."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    return not before.isalnum() and (not after.isspace() or before.isspace())


def _single_end(text: str, start: int, end: int, stop: int, marks: Marks) -> int:
    """Where the single mark that closes the one at `[start, end)` starts; -1 if that one is an apostrophe."""
    before = text[start - 1] if start else " "
    if before.isalnum() or before in ".,!?" or end >= stop or not (text[end].isalnum() or text[end] in "“\"'‘["):
        return -1
    word = re.match(r"\w+", text[end:stop])
    if word and (word[0].lower() in marks.apostrophe_first or word[0][0].isdigit()):
        return -1
    closing = marks.singles[text[start:end]]
    places = [
        match.start()
        for match in re.finditer(re.escape(closing) + r"(?!\w)", text[end:stop])
        if not text[end + match.start() - 1].isspace()
    ]
    places = [place for place in places if place > 0]
    if not places:
        return -1
    stopped = [place for place in places if text[end + place - 1] in ".,!?…"]
    sure = [place for place in places if text[end + place - 1] != "s"]
    return end + (stopped or sure or places)[0]
