"""Find words in a store's reports and in what is said in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date

import msgspec

from onrecord.errors import InputError
from onrecord.record import Span
from onrecord.record.fields import BREAK
from onrecord.store.query import CLOSE, OPEN, marked_spans, match_expression, snippet_of
from onrecord.store.rows import day_number, first_row

Rows = range
"""A stretch of rows of reports, which are in the order of days."""

_WORDS = 400  # with one beginning that are asked for one by one: about 10 ms to look all of them up
_LAST = chr(0x10FFFF)

MAX_DAY = date.max.toordinal() + 1


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A place that was found. `words` are those of `snippet`; `snippet` and `matches` are spans of the report's text.

    `attribution` is the id of what was said, `source` who said it, where the search was for that.
    """

    report: str
    digest: str
    dated: str | None
    headline: str | None
    provider: str | None
    words: str
    snippet: Span
    matches: tuple[Span, ...]
    attribution: str | None = None
    source: str | None = None


def find_reports(connection: sqlite3.Connection, query: str, about: str | None, days: Rows, limit: int) -> list[Hit]:
    """The reports with `query` in their text or headline."""
    begun = begun_words(connection, "text_words")
    asked = [match_expression(query, "headline text", begun)] if query.strip() else []
    shown = list(asked)
    if about is not None:
        asked.append(match_expression(about, "names headline", begun, name=True))
        shown.append(match_expression(about, "names headline text", begun, name=True))  # its words are marked, too
    rows = _matches(connection, "text_index", asked, days, limit)
    marking = _all_of(shown)
    return [report_hit(connection, row, marking) for row, _ in rows]


def report_hit(connection: sqlite3.Connection, row: int, expression: str | None, *told: Span) -> Hit:
    """A report that was found; the matches are those of the full-text `expression`, or else what was `told`."""
    if expression:
        uri, digest, dated, headline, provider, text, marked = connection.execute(
            "SELECT r.uri, r.digest, r.dated, r.headline, r.provider, r.text, highlight(text_index, 1, ?, ?) "
            "FROM text_index JOIN report r ON r.id = text_index.rowid "
            "WHERE text_index MATCH ? AND text_index.rowid = ?",
            (OPEN, CLOSE, expression, row),
        ).fetchone()
        matches = marked_spans(marked, text) or told
    else:
        uri, digest, dated, headline, provider, text = connection.execute(
            "SELECT uri, digest, dated, headline, provider, text FROM report WHERE id = ?", (row,)
        ).fetchone()
        matches = told
    snippet = snippet_of(text, matches, Span(0, len(text)))
    return Hit(
        report=uri,
        digest=digest,
        dated=dated,
        headline=headline,
        provider=provider,
        words=snippet.of(text),
        snippet=snippet,
        matches=tuple(match for match in matches if match in snippet),
    )


def find_said(
    connection: sqlite3.Connection, query: str, by: str, about: str | None, days: Rows, limit: int
) -> list[Hit]:
    """What `by` is said to have said with `query` in it."""
    begun = begun_words(connection, "said_words")
    asked = [match_expression(by, "source", begun, name=True)]
    asked += [match_expression(query, "content", begun)] if query.strip() else []
    asked += [match_expression(about, "content", begun, name=True)] if about is not None else []
    rows = _matches(connection, "said_index", asked, range(first_row(days.start), first_row(days.stop)), limit)
    return [said_hit(connection, row, expression) for row, expression in rows]


def said_hit(connection: sqlite3.Connection, row: int, expression: str | None) -> Hit:
    """Something said that was found; the matches are those of the full-text `expression`."""
    uri, digest, dated, headline, provider, text, id, source, spans, start, end = connection.execute(
        "SELECT r.uri, r.digest, r.dated, r.headline, r.provider, r.text, t.id, t.source, t.content_spans, "
        "t.content_start, t.content_end FROM attribution t JOIN report r ON r.id = t.report WHERE t.row = ?",
        (row,),
    ).fetchone()
    matches: tuple[Span, ...] = ()
    if expression:
        content, marked = connection.execute(
            "SELECT s.content, highlight(said_index, 1, ?, ?) FROM said_index JOIN said s ON s.row = said_index.rowid "
            "WHERE said_index MATCH ? AND said_index.rowid = ?",
            (OPEN, CLOSE, expression, row),
        ).fetchone()
        stretches = [Span(*pair) for pair in json.loads(spans)] if spans else [Span(start, end)]
        matches = tuple(_in_text(match, stretches) for match in marked_spans(marked, content))
    snippet = snippet_of(text, matches, Span(start, end))
    return Hit(
        report=uri,
        digest=digest,
        dated=dated,
        headline=headline,
        provider=provider,
        words=snippet.of(text),
        snippet=snippet,
        matches=tuple(match for match in matches if match in snippet),
        attribution=id,
        source=source,
    )


def list_said(connection: sqlite3.Connection, by: str) -> list[dict[str, object]]:
    """All that `by` is said to have said, in the order of days, as rows of the view `attributions`."""
    expression = match_expression(by, "source", begun_words(connection, "said_words"), name=True)
    if expression is None:
        return []
    cursor = connection.execute(
        "SELECT r.dated, r.uri AS report, t.id, t.source, a.name AS actor, t.cue, coalesce(t.content, "
        "substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content, t.quote, t.stance, "
        "t.span_start, t.span_end FROM said_index JOIN attribution t ON t.row = said_index.rowid "
        "JOIN report r ON r.id = t.report LEFT JOIN actor a ON a.report = t.report AND a.id = t.actor "
        "WHERE said_index MATCH ? ORDER BY said_index.rowid",
        (expression,),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def begun_words(connection: sqlite3.Connection, words: str) -> Callable[[str], list[str]]:
    """What gives the words of an index with a beginning; none where they are too many to be asked for one by one."""

    def begun(start: str) -> list[str]:
        rows = connection.execute(
            f"SELECT term FROM {words} WHERE term >= ? AND term < ? LIMIT ?", (start, start + _LAST, _WORDS + 1)
        ).fetchall()
        return [term for (term,) in rows] if len(rows) <= _WORDS else []

    return begun


def _in_text(match: Span, stretches: list[Span]) -> Span:
    """Where a match in the joined words of several stretches stands in the text."""
    at = 0
    for stretch in stretches:
        if match.start < at + len(stretch):
            start = stretch.start + match.start - at
            return Span(start, min(start + len(match), stretch.end))
        at += len(stretch) + len(BREAK)
    return Span(stretches[-1].end, stretches[-1].end)


def rows_between(after: str | None, before: str | None) -> Rows:
    """The rows of the reports of `after <= day < before`. Raises InputError where one is no date."""
    first, last = 0, first_row(MAX_DAY)
    if after is not None:
        first = first_row(_day("after", after))
    if before is not None:
        first, last = max(first, first_row(1)), first_row(_day("before", before))
    return range(first, max(first, last))


def _day(name: str, value: str) -> int:
    day = day_number(value)
    if day is None:
        raise InputError(f"{name} {value!r}", "is not a date", "write it as 2024-02-21, 2024-02 or 2024")
    return day


def _matches(
    connection: sqlite3.Connection, index: str, asked: list[str | None], rows: Rows, limit: int
) -> list[tuple[int, str]]:
    """The rows of `index` that match all that is asked, newest first, each with the expression that found it."""
    if not asked or None in asked:
        return []
    expression = _all_of(asked)
    found = connection.execute(
        f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        (expression, rows.start, rows.stop, limit),
    ).fetchall()
    return [(int(row), expression) for (row,) in found]


def _all_of(asked: list[str | None]) -> str:
    return " AND ".join(f"({part})" for part in asked)
