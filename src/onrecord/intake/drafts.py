"""What a format takes out of a file for one report, and the reports made of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from onrecord.clean import Block, Sourced, build_report
from onrecord.errors import InputError
from onrecord.record import Dateline, PartKind, Report, Span

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?$")
_HEAD_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")


_BY = re.compile(r"(?:By|BY|by|From|FROM|Von|Par|Por|Di) (?=\w)")


class Draft(msgspec.Struct, kw_only=True):
    """One report as its file has it: text in order, and what the format's own fields say."""

    blocks: list[Block] = []
    headline: str | None = None
    byline: str | None = None
    provider: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    version: str | None = None
    metadata: dict[str, str] = {}

    def add(self, source: Sourced | None, kind: PartKind | None = "body") -> None:
        """Put a stretch of text at the end, where it holds anything."""
        if source is not None and source.text.strip():
            self.blocks.append(Block(source, kind))

    def note(self, name: str, value: str | None) -> None:
        """Keep what a field says, on one line."""
        value = " ".join((value or "").split()).encode("utf-8", "replace").decode("utf-8")
        if value:
            self.metadata[name] = f"{self.metadata[name]}; {value}" if name in self.metadata else value


def build_reports(
    drafts: Iterable[Draft], data: bytes, *, uri: str, format: str, date: str | None, encoding: str | None
) -> Iterator[Report]:
    """The report of each draft: the only one has the file's uri, one of several `uri#1`, `uri#2`, …

    A draft with no text is passed over. Raises InputError where none has any.
    """
    full = [draft for draft in drafts if any(block.kind != "metadata" for block in draft.blocks)]
    if not full:
        raise InputError(uri, f"is {format} without any text of news", "give a file with a report in it")
    digest = hashlib.sha256(data).hexdigest()
    for number, draft in enumerate(full, 1):
        name = f"{uri}#{number}" if len(full) > 1 else uri
        yield build_draft(draft, digest, uri=name, format=format, date=date, encoding=encoding)


def build_draft(draft: Draft, digest: str, *, uri: str, format: str, date: str | None, encoding: str | None) -> Report:
    """The report of one draft from an original with that digest."""

    def build(blocks: list[Block]) -> Report:
        return build_report(
            blocks,
            uri=uri,
            digest=digest,
            encoding=encoding,
            format=format,
            date=date,
            published=iso_time(draft.published),
            modified=iso_time(draft.modified),
            headline=" ".join((draft.headline or "").split()) or None,
            byline=_without_by(draft.byline) or None,
            provider=draft.provider or None,
            language=draft.language or None,
            version=draft.version or None,
            metadata=dict(sorted(draft.metadata.items())),
        )

    given = next((n for n, block in enumerate(draft.blocks) if block.kind == "dateline"), None)
    if given is None:
        return build(draft.blocks)
    words = draft.blocks[given].source.text.strip()
    # A dateline that the format gives is read by the rules for datelines; where they do not know it, it is a place.
    read = build([Block(b.source, "body") if n == given else b for n, b in enumerate(draft.blocks)])
    if read.dateline is not None and words.startswith(read.words(read.dateline.span)):
        return read
    if any(block.source.text.lstrip().startswith(words) for block in draft.blocks[given + 1 :]):
        return build([*draft.blocks[:given], *draft.blocks[given + 1 :]])  # the text opens with it and says more
    whole = build(draft.blocks)
    if whole.dateline is not None:
        return whole
    span = next((part.span for part in whole.parts if part.kind == "dateline"), None)
    return msgspec.structs.replace(whole, dateline=_place_line(whole.text, span)) if span else whole


def _place_line(text: str, span: Span) -> Dateline | None:
    """A dateline that is no more than places, as `Newport News, VA`, and perhaps a day after them."""
    match = _PLACES.match(span.of(text))
    if match is None:
        return None
    places: list[Span] = []
    for word in re.finditer(r"[^,/]*[^\s,/]", match["places"]):
        start = span.start + word.start() + len(word[0]) - len(word[0].lstrip())
        places.append(Span(start, span.start + word.end()))
    return Dateline(span=span, places=tuple(places))


_PLACES = re.compile(r"(?P<places>[^\W\d][^\d]*?)(?:[,.]?\s+(?:[^\W\d]{3,9}\.?\s+\d|\d).*)?$", re.DOTALL)


def _without_by(byline: str | None) -> str:
    line = " ".join((byline or "").split())
    match = _BY.match(line)
    return line[match.end() :] if match else line


def iso_time(value: str | None) -> str | None:
    """A date or time of a news format as ISO 8601; None where it is none.

    >>> iso_time("20140829T135006Z"), iso_time("Wed, 04 May 2016 21:11:46 -0700"), iso_time("2016-01-12 12:35")
    ('2014-08-29T13:50:06Z', '2016-05-04T21:11:46-07:00', '2016-01-12T12:35')
    """
    value = (value or "").strip()
    if not value:
        return None
    compact = _COMPACT.match(value)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        value = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else "")
    head = _HEAD_DATE.match(value)
    from email.utils import parsedate_to_datetime  # here, as few files need it and it is slow to load

    try:
        if head:
            found = head[0].replace(" ", "T")
            datetime.fromisoformat(found)
            return found
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
