"""What to call a report that has no headline: its opening words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from onrecord.store.rows import unpack_spans

_LONGEST = 90  # code points of a title: a line
_SHORTEST = 40  # of a first sentence that stands for itself: "No." and "CAPE HORN, Chile." do not
_READ = 4000  # code points of a text in which its first sentence is looked for

_UNTITLED = f"""SELECT uri, substr(text, 1, {_READ}), sentences FROM report
WHERE uri IN (SELECT value FROM json_each(?)) AND coalesce(headline, '') = '' ORDER BY id"""


def list_openings(connection: sqlite3.Connection, uris: Iterable[str]) -> dict[str, str]:
    """The opening words of those of the reports that have no headline, by uri; a text without words is left out."""
    rows = connection.execute(_UNTITLED, (msgspec.json.encode(list(uris)).decode(),))
    return {uri: words for uri, text, cuts in rows if (words := _opening(text, cuts))}


def _opening(text: str, cuts: bytes | None) -> str:
    """The first sentence of a text, after its dateline, and what follows where it is short; cut at a word."""
    first = next((span for span in unpack_spans(cuts) if span.end > span.start), None) if cuts else None
    start = first.start if first and first.start < _READ else 0
    end = first.end if first and len(first) >= _SHORTEST else len(text)
    words = " ".join(text[start : min(end, start + _LONGEST * 4)].split())
    if len(words) <= _LONGEST:
        return words
    return words[: words.rfind(" ", _LONGEST // 2, _LONGEST) + 1 or _LONGEST].rstrip() + " …"
