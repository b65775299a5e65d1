"""One report: its text, what each part of the text is, and where each character came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord.record.span import Span

Piece = tuple[int, int, int, int]
"""`(text_start, text_end, source_start, source_end)`: code points of the text, bytes of the original.

A piece is uniform: each of its code points came from the same number of bytes, `(source_end -
source_start) / (text_end - text_start)`; none, where cleaning put a character in. What is replaced by
something of another length is a piece of one code point, or several.
"""

PartKind = Literal[
    "headline", "byline", "dateline", "desk", "note", "metadata", "body", "caption", "credit", "end", "repeat"
]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What a stretch of the text is. Parts do not overlap and leave out nothing but white space.

    body      prose of the report itself, one part a paragraph (less the furniture inside it)
    caption   prose under a picture (its credit is a part of its own)
    desk      a desk's or editor's line: `URGENT`, `4th Ld`, `ATTENTION - ADDS details ///`, `Roundup:`
    note      an editor's note or notice: rights, contacts, "this story has been corrected"
    metadata  head lines of a wire or mail format: slug, category, word count
    end       an end mark: `■`, `///`, `-30-`, `ENDS`, `Enditem`, and an agency's sign-off initials
    repeat    a passage that an earlier one has already said; `of` is that earlier one
    """

    kind: PartKind
    span: Span
    of: Span | None = None


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a report was filed, as it says: `JERUSALEM, Feb. 21 (Xinhua) --`.

    `places` are the words of each place, `date` the words of the date, `provider` the agency's.
    """

    span: Span
    places: tuple[Span, ...] = ()
    date: Span | None = None
    provider: Span | None = None


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """Who took a picture and who passed it on: `(Tomer Example/ABC via Xinhua)`."""

    span: Span
    photographer: str | None = None
    agency: str | None = None
    via: str | None = None


class Caption(msgspec.Struct, frozen=True, kw_only=True):
    """The words under a picture; `repeats` are the places where the page says them again."""

    span: Span
    credit: Credit | None = None
    repeats: tuple[Span, ...] = ()


class Dating(msgspec.Struct, frozen=True, kw_only=True):
    """The day that a report speaks from, and how it is known.

    `value` is an ISO 8601 date or date-time. `origin` is where the day came from, `year_origin` where the
    year did when the day's own words have none; `span` the words, when they stand in the text. `weekday`
    says whether a weekday in the text agrees: one written with the date, or else one at the top of the text that
    is the day or the day before (None: no weekday to check against).
    """

    value: str
    origin: Literal["option", "metadata", "dateline", "caption", "text", "file name"]
    year_origin: Literal["option", "metadata", "dateline", "caption", "text", "file name"] | None = None
    span: Span | None = None
    weekday: bool | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A news report: IPTC ninjs names where ninjs has one.

    `text` is all that the report says, furniture included, nearly as it stood in the original; `parts`
    says what each stretch of it is; `pieces` lead each stretch back to bytes of the original, whose
    SHA-256 is `digest`. `headline`, `byline` and `provider` are values (their words are in `parts`).
    """

    uri: str
    digest: str
    text: str
    pieces: tuple[Piece, ...]
    parts: tuple[Part, ...] = ()
    version: str | None = None
    language: str | None = None
    headline: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    provider: str | None = None
    first_created: str | None = None
    version_created: str | None = None
    dating: Dating | None = None
    captions: tuple[Caption, ...] = ()
    format: str = "text"
    encoding: str | None = None
    metadata: dict[str, str] = {}

    def words(self, span: Span) -> str:
        """The words of `span`."""
        return self.text[span.start : span.end]

    def source_of(self, span: Span) -> tuple[int, int]:
        """The bytes `[start, end)` of the original that `span` came from.

        A character that cleaning put in came from no byte: a span of nothing else is an empty place
        between two bytes.

        Raises IndexError where the span runs past the text.
        """
        if span.end > len(self.text):
            raise IndexError(f"span [{span.start}, {span.end}) runs past a text of {len(self.text)}")
        if not self.pieces:
            return (0, 0)
        if not len(span):
            at = self._byte(span.start, after=False)
            return (at, at)
        return (self._byte(span.start, after=False), self._byte(span.end - 1, after=True))

    def _byte(self, at: int, *, after: bool) -> int:
        """The byte where the code point `at` starts in the original, or where it ends."""
        index = bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1
        start, end, source_start, source_end = self.pieces[max(index, 0)]
        if at >= end or start == end:
            return source_end
        width = (source_end - source_start) // (end - start)
        return source_start + (at - start + after) * width

    def prose(self) -> Iterator[Part]:
        """The parts that layers read as sentences, in order: headline, body and captions, no repeats."""
        return (part for part in self.parts if part.kind in ("headline", "body", "caption"))
