"""Find words in a store's reports and in what is said in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

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
    return report_hits(connection, rows, _all_of(shown), {}) if rows else []


_REPORT = "r.uri AS report, r.digest, r.dated, r.headline, r.provider, r.text"

_REPORTS = f"SELECT r.id AS row, {_REPORT} FROM report r WHERE r.id IN (SELECT value FROM json_each(?))"

_SAID = f"""SELECT t.row, {_REPORT}, t.id AS attribution, t.source, t.content_spans, t.content_start, t.content_end,
  coalesce(t.content, substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content
FROM attribution t JOIN report r ON r.id = t.report WHERE t.row IN (SELECT value FROM json_each(?))"""


def report_hits(
    connection: sqlite3.Connection, rows: Sequence[int], expression: str | None, told: Mapping[int, tuple[Span, ...]]
) -> list[Hit]:
    """Reports that were found, in order; the matches are those of the full-text `expression`, else what was `told`."""
    marked = _marked(connection, "text_index", rows, expression) if expression else {}
    hits = {}
    for found in _rows_of(connection, _REPORTS, rows):
        row, text = found["row"], found["text"]
        matches = marked_spans(marked[row], text) if row in marked else ()
        hits[row] = _hit(found, matches or told.get(row, ()), Span(0, len(text)))
    return [hits[row] for row in rows]


def _marked(connection: sqlite3.Connection, index: str, rows: Sequence[int], expression: str) -> dict[int, str]:
    """The words of the second column of an index, with the matches marked, for rows of it that match.

    An index is asked once for rows that stand in its order, not once for each: to find the first takes as long as to go
    on to the next fifty. Rows in another order may stand far apart, with all others that match between them.
    """
    ordered = list(rows) in (sorted(rows), sorted(rows, reverse=True))
    marked: dict[int, str] = {}
    for stretch in [rows] if ordered and rows else [[row] for row in rows]:
        marked |= connection.execute(
            f"SELECT rowid, highlight({index}, 1, ?, ?) FROM {index} WHERE {index} MATCH ? "
            "AND rowid >= ? AND rowid <= ? AND +rowid IN (SELECT value FROM json_each(?))",
            (OPEN, CLOSE, expression, min(stretch), max(stretch), json.dumps(list(stretch))),
        ).fetchall()
    return marked


def _rows_of(connection: sqlite3.Connection, sql: str, rows: Sequence[int]) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql, (json.dumps(list(rows)),))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _hit(found: Mapping[str, Any], matches: tuple[Span, ...], within: Span) -> Hit:
    """What was found, shown by the words of `within` round the matches."""
    text = found["text"]
    snippet = snippet_of(text, matches, within)
    return Hit(
        **{name: found[name] for name in ("report", "digest", "dated", "headline", "provider")},
        words=snippet.of(text),
        snippet=snippet,
        matches=tuple(match for match in matches if match in snippet),
        attribution=found.get("attribution"),
        source=found.get("source"),
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
    return said_hits(connection, rows, _all_of(asked)) if rows else []


def said_hits(connection: sqlite3.Connection, rows: Sequence[int], expression: str | None) -> list[Hit]:
    """What was said that was found, in order; the matches are those of the full-text `expression`."""
    marked = _marked(connection, "said_index", rows, expression) if expression else {}
    hits = {}
    for found in _rows_of(connection, _SAID, rows):
        row, content = found["row"], Span(found["content_start"], found["content_end"])
        spans = found["content_spans"]
        stretches = [Span(*pair) for pair in json.loads(spans)] if spans else [content]
        marks = marked_spans(marked[row], found["content"]) if row in marked else ()
        hits[row] = _hit(found, tuple(_in_text(mark, stretches) for mark in marks), content)
    return [hits[row] for row in rows]


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
    connection: sqlite3.Connection, index: str, asked: Sequence[str | None], rows: Rows, limit: int
) -> list[int]:
    """The rows of `index` that match all that is asked, newest first."""
    if not asked or None in asked:
        return []
    found = connection.execute(
        f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        (_all_of(asked), rows.start, rows.stop, limit),
    )
    return [int(row) for (row,) in found]


def _all_of(asked: Iterable[str | None]) -> str:
    """The expression that asks for all of these."""
    return " AND ".join(f"({part})" for part in asked)
