"""What persons say of items: in words for a sheet or a page, and as training data, a JSON object a verdict."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from onrecord.exports.values import plain_number
from onrecord.record import Correction, Record, Span
from onrecord.record.fields import BREAK, put_field

AROUND = 400
"""Code points of the text on each side of the words: two or three sentences, enough to say who speaks and of what."""


def verdict_words(one: Correction, record: Record | None = None) -> str:
    """A verdict in words: `corrected by Ana Ruiz, 2024-02-21: best 14, not 12; “a typo”`."""
    changes = [
        f"{name} {_value(value, record)}, not {_value(_get(one.item, name), record)}"
        for name, value in one.fields.items()
    ]
    said = "; ".join([*changes, *([f"“{' '.join(one.note.split())}”"] if one.note else [])])
    return f"{one.verdict} by {one.by}, {one.at[:10]}{f': {said}' if said else ''}"


def orphan_words(one: Correction) -> str:
    """A verdict whose item is read no more: what it was of, and what was said."""
    return f"{one.was} of {one.layer}, “{' '.join(one.words.split())}”, is read no more; {verdict_words(one)}"


def correction_lines(corrections: Iterable[Correction], get: Callable[[str], Record]) -> Iterator[dict[str, Any]]:
    """A verdict as an example to learn from (docs/store.md). `get` gives a report's record by its uri, or KeyError.

    `machine` is the item as it was read, `person` as it should be (None: it should not be there). `text` are the
    words around it, from the code point `text_start` of the text in which the item's spans count; None where the
    report is gone or its text was read otherwise since.
    """
    for one in corrections:
        try:
            text, start = _around(one, get(one.report))
        except KeyError:
            text, start = None, None
        yield {
            "report": one.report,
            "digest": one.digest,
            "layer": one.layer,
            "id": one.id,
            "was": one.was,
            "verdict": one.verdict,
            "words": one.words,
            "start": one.span.start,
            "end": one.span.end,
            "machine": one.item,
            "person": _person(one),
            "fields": one.fields,
            "text": text,
            "text_start": start,
            "by": one.by,
            "at": one.at,
            "note": one.note,
            "made_by": one.made_by,
        }


def _person(one: Correction) -> dict[str, Any] | None:
    if one.verdict == "rejected":
        return None
    item = copy.deepcopy(one.item)
    for name, value in one.fields.items():
        put_field(item, name, value)
    return item


def _around(one: Correction, record: Record) -> tuple[str | None, int | None]:
    """The text around an item, and where it starts in the text that its spans count in."""
    now = record[one.id].span.start if one.id else one.span.start
    text = record.report.text
    if text[now : now + len(one.span)] != one.words:
        return None, None
    start, end = max(0, now - AROUND), min(len(text), now + len(one.span) + AROUND)
    return text[start:end], start - now + one.span.start


def _get(item: Mapping[str, Any], name: str) -> Any:
    value: Any = item
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _value(value: Any, record: Record | None) -> str:
    """A value of an item in words; a stretch of the text as its words, where the record is given."""
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return plain_number(float(value))
    if isinstance(value, list):
        return BREAK.join(_value(one, record) for one in value)
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if record and isinstance(start, int) and isinstance(end, int):
            return f"“{' '.join(record.report.words(Span(start, end)).split())}”"
        return f"{start}-{end}"
    return str(value)
