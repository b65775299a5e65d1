"""The reports of a story and their words, fetched at once, and passages of them as lines of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.record import Span
from onrecord.record.story import Passage
from onrecord.store import Store
from onrecord.store.rows import unpack_spans
from onrecord.web.addresses import report_address

_TEXTS = """SELECT uri AS report, digest, dated, headline, provider, text, sentences FROM report
WHERE uri IN (
  SELECT r.uri FROM story s JOIN placed p ON p.story = s.row JOIN report r ON r.number = p.number WHERE s.id = ?)
ORDER BY id"""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A report of a story, without its record."""

    uri: str
    digest: str
    day: str | None
    headline: str | None
    title: str
    provider: str | None
    text: str
    cuts: bytes | None

    @property
    def sentences(self) -> list[Span]:
        """Its sentences, as they were cut when it was added."""
        return unpack_spans(self.cuts) if self.cuts else []

    @property
    def name(self) -> str:
        """What to call it on a line: its provider, else its headline, else the end of its uri."""
        return self.provider or self.headline or self.uri.rsplit("/", 1)[-1]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report with where they lead."""

    words: str
    report: str
    name: str
    day: str | None
    start: int
    end: int
    address: str

    def row(self) -> dict[str, Any]:
        """The cells of these words in a table."""
        return {"words": self.words, "report": self.report, "start": self.start, "end": self.end, "at": self.address}


def sources_of(store: Store, story: str) -> dict[str, Source]:
    """The reports of a story that the store still holds, by uri, in their order."""
    rows: list[dict[str, Any]] = store.select(_TEXTS, (story,))
    openings = store.openings(str(row["report"]) for row in rows if not row["headline"])
    return {
        str(row["report"]): Source(
            uri=str(row["report"]),
            digest=str(row["digest"]),
            day=(_text(row["dated"]) or "")[:10] or None,  # of a moment, its day: what is new is told by day
            headline=_text(row["headline"]),
            title=str(row["headline"] or openings.get(str(row["report"])) or row["report"]),
            provider=_text(row["provider"]),
            text=str(row["text"]),
            cuts=row["sentences"],
        )
        for row in rows
    }


def words_at(sources: Mapping[str, Source], passage: Passage) -> Words | None:
    """The words of a passage; None where its report is gone since the stories were put together."""
    source = sources.get(passage.uri)
    return words_in(source, passage.span) if source else None


def words_in(source: Source, span: Span) -> Words:
    """The words of a span of a report, on one line."""
    return Words(
        words=" ".join(source.text[span.start : span.end].split()),
        report=source.uri,
        name=source.name,
        day=source.day,
        start=span.start,
        end=span.end,
        address=report_address(source.digest, source.uri, span),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
