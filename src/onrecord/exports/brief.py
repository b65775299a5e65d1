"""A record as a brief in Markdown: what a desk would paste into a note, each line with its words and its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.exports.rows import facts, sections
from onrecord.record import Record

_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")


def brief(records: Iterable[Record]) -> str:
    """The records one after another. A layer that was not read is said to be so; an empty one is left out."""
    return "\n".join("\n".join(_lines(record)) + "\n" for record in records)


def _lines(record: Record) -> Iterator[str]:
    report = record.report
    yield f"# {_plain(report.headline or report.uri)}"
    yield ""
    yield f"{_plain(report.uri)}: {_plain('; '.join(facts(report)))}"
    for section in sections(record):
        if section.rows is None:
            yield f"\n*{section.title}: not read (no rules for this language).*"
            continue
        if not section.rows:
            continue
        yield f"\n## {section.title}\n"
        for row in section.rows:
            notes = f" ({_plain('; '.join(row.notes))})" if any(row.notes) else ""
            words = f": “{_plain(row.words)}”" if row.words else ""
            yield f"- {_plain(row.head)}{words}{notes}{f' `{row.id}`' if row.id else ''}"


def _plain(text: str) -> str:
    """Text on one line that Markdown shows as it stands."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
