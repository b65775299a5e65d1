"""What persons say of items, kept beside the machine's reading: only ever added to, found again after a re-read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, get_args

import msgspec

from onrecord.errors import InputError
from onrecord.record import Correction, Item, Record, Span, Verdict, corrected
from onrecord.store.rows import fragment_of

LONGEST = {"by": 100, "note": 2000, "fields": 20_000}
"""Characters that a name, a note and the changed fields (as JSON) may have."""


def insert_correction(
    connection: sqlite3.Connection,
    record: Record,
    id: str,
    verdict: str,
    *,
    by: str,
    note: str,
    fields: Mapping[str, Any],
    made_by: str,
) -> int:
    """Add a verdict on the item `id` of a record; its number. Raises InputError where it is none."""
    item, layer = _item(record, id)
    by, note = " ".join(by.split()), note.strip()
    changed = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    if verdict not in get_args(Verdict):
        raise InputError(verdict, "is no verdict", f"one of {', '.join(get_args(Verdict))}")
    if not by:
        raise InputError("a verdict", "needs the name of who gives it", "say who you are")
    for name, text in (("by", by), ("note", note), ("fields", changed)):
        if len(text) > LONGEST[name] or "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            raise InputError(
                f"the {name} of a verdict", "is too long or no text", f"{LONGEST[name]} characters at most"
            )
    if (verdict == "corrected") != bool(fields):
        problem = "changes nothing" if verdict == "corrected" else "changes values"
        raise InputError(f"the verdict {verdict}", problem, "only a corrected item has other values, at least one")
    corrected(item, fields, record)
    report = record.report
    start, end = report.source_of(item.span)
    row = {
        "digest": report.digest,
        "fragment": fragment_of(report.uri),
        "uri": report.uri,
        "layer": layer,
        "was": id,
        "item": id,
        "span_start": item.span.start,
        "span_end": item.span.end,
        "words": report.words(item.span),
        "source_start": start,
        "source_end": end,
        "verdict": verdict,
        "fields": changed,
        "by": by,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "note": note,
        "reading": msgspec.json.encode(item).decode(),
        "made_by": made_by,
    }
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO correction ({names}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)


def list_corrections(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[Correction]:
    """The verdicts of the view `corrections` that `where` picks, the oldest first."""
    cursor = connection.execute(
        "SELECT number, report, digest, layer, id, was, span_start, span_end, words, verdict, by, at, fields, note, "
        f"reading, made_by, standing FROM corrections WHERE {where} ORDER BY number",
        values,
    )
    return [
        Correction(
            number=number, report=report, digest=digest, layer=layer, id=id, was=was, span=Span(start, end),
            words=words, verdict=verdict, by=by, at=at, fields=json.loads(fields), note=note,
            item=json.loads(reading), made_by=made_by, standing=bool(standing),
        )
        for number, report, digest, layer, id, was, start, end, words, verdict, by, at, fields, note, reading, made_by,
        standing in cursor
    ]  # fmt: skip


def settle_corrections(connection: sqlite3.Connection, record: Record) -> None:
    """Lead the verdicts on a report to its items as they are read now, or to none."""
    report = record.report
    rows = connection.execute(
        "SELECT number, layer, was, words, source_start, source_end, reading, item FROM correction "
        "WHERE digest = ? AND fragment = ?",
        (report.digest, fragment_of(report.uri)),
    ).fetchall()
    for number, layer, was, words, start, end, reading, before in rows:
        items = [item for item in record.layer(layer) or () if report.source_of(item.span) == (start, end)]
        items = [item for item in items if report.words(item.span) == words]
        item = _same(items, json.loads(reading), was)
        if item != before:
            connection.execute("UPDATE correction SET item = ? WHERE number = ?", (item, number))


def orphan_corrections(connection: sqlite3.Connection, digest: str, fragment: str) -> None:
    """Lead the verdicts on a report that is there no more to no item."""
    connection.execute("UPDATE correction SET item = NULL WHERE digest = ? AND fragment = ?", (digest, fragment))


def remove_corrections(connection: sqlite3.Connection, digest: str, fragment: str) -> None:
    """Take the verdicts on a report out, with the report."""
    connection.execute("DELETE FROM correction WHERE digest = ? AND fragment = ?", (digest, fragment))


def _item(record: Record, id: str) -> tuple[Item, str]:
    try:
        return record[id], record.layer_of(id)
    except KeyError:
        ids = ", ".join(item.id for item in record.items()) or "none"
        raise InputError(record.report.uri, f"has no item {id}", f"its items are: {ids[:500]}") from None


def _same(items: Iterable[Item], reading: Mapping[str, Any], was: str) -> str | None:
    """Which of the items on the same words is the one that was read as `reading`: the only one, else the likest."""
    found = list(items)
    if len(found) <= 1:
        return found[0].id if found else None

    def like(item: Item) -> tuple[int, bool]:
        now = msgspec.to_builtins(item)
        return (sum(now.get(name) == value for name, value in reading.items() if name != "id"), item.id == was)

    return max(found, key=like).id
