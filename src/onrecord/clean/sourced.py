"""Text that knows which bytes of the original each of its characters came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from onrecord.record import Piece

# Code points by the number of bytes that UTF-8 gives them; a lone surrogate stands for one bad byte.
_UTF8_RUNS = re.compile(
    "([\x00-\x7f\udc80-\udcff]+)|([\x80-\u07ff]+)|([\u0800-\udc7f\udd00-\uffff]+)|([\U00010000-\U0010ffff]+)"
)


class Sourced(msgspec.Struct, frozen=True):
    """A text and its `pieces` (see `onrecord.record.Piece`), which cover it from end to end.

    Slices and sums keep the pieces; nothing is ever searched for again in the original.

    >>> text = decode("Büro".encode(), "utf-8")
    >>> (text[1:] + insert("!", 5)).pieces
    ((0, 1, 1, 3), (1, 3, 3, 5), (3, 4, 5, 5))
    """

    text: str
    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, stretch: slice) -> Sourced:
        start, end, step = stretch.indices(len(self.text))
        if step != 1:
            raise ValueError("a text is sliced forward, one by one")
        if start >= end:
            return Sourced("", ())
        first = bisect_right(self.pieces, start, key=lambda piece: piece[0]) - 1
        kept: list[Piece] = []
        for a, b, c, d in self.pieces[first:]:
            if a >= end:
                break
            width = (d - c) // (b - a)
            left, right = max(a, start), min(b, end)
            kept.append((left - start, right - start, c + (left - a) * width, c + (right - a) * width))
        return Sourced(self.text[start:end], tuple(kept))

    def __add__(self, other: Sourced) -> Sourced:
        return join((self, other))

    def source_start(self) -> int:
        """The byte that the text starts at."""
        return self.pieces[0][2] if self.pieces else 0

    def source_end(self) -> int:
        """The byte that the text ends before."""
        return self.pieces[-1][3] if self.pieces else 0

    def replace(self, start: int, end: int, new: str) -> Sourced:
        """The text with `new` for its stretch `[start, end)`.

        The first character of `new` came from all the bytes of the stretch, the others from none.
        """
        old = self[start:end]
        at = old.source_start() if old.pieces else self[:start].source_end()
        stop = old.source_end() if old.pieces else at
        return join((self[:start], stand_in(new, at, stop), self[end:]))

    def substitute(self, pattern: re.Pattern[str], new: str) -> Sourced:
        """The text with each match of `pattern` replaced by `new`, a plain string."""
        parts: list[Sourced] = []
        last = 0
        for match in pattern.finditer(self.text):
            old = self[match.start() : match.end()]
            parts.append(self[last : match.start()])
            parts.append(stand_in(new, old.source_start(), old.source_end()))
            last = match.end()
        return join((*parts, self[last:])) if parts else self

    def strip(self) -> Sourced:
        """The text without white space at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : max(left, len(self.text.rstrip()))]


def stand_in(text: str, start: int, end: int) -> Sourced:
    """`text`, written for the bytes `[start, end)` of the original."""
    if not text:
        return Sourced("", ())
    rest: tuple[Piece, ...] = ((1, len(text), end, end),) if len(text) > 1 else ()
    return Sourced(text, ((0, 1, start, end), *rest))


def insert(text: str, at: int) -> Sourced:
    """`text` that stands nowhere in the original, put in at byte `at`."""
    return Sourced(text, ((0, len(text), at, at),) if text else ())


def join(parts: Iterable[Sourced]) -> Sourced:
    """The parts one after another; pieces that run on are made one."""
    texts: list[str] = []
    pieces: list[Piece] = []
    offset = 0
    for part in parts:
        for a, b, c, d in part.pieces:
            piece = (a + offset, b + offset, c, d)
            if pieces and _runs_on(pieces[-1], piece):
                piece = (pieces[-1][0], piece[1], pieces[-1][2], piece[3])
                pieces.pop()
            pieces.append(piece)
        texts.append(part.text)
        offset += len(part.text)
    return Sourced("".join(texts), tuple(pieces))


def _runs_on(left: Piece, right: Piece) -> bool:
    """Whether two neighbours are one uniform piece: the same width, the bytes without a gap."""
    width = (left[3] - left[2]) // (left[1] - left[0])
    return left[3] == right[2] and width == (right[3] - right[2]) // (right[1] - right[0])


def decode(data: bytes, encoding: str, start: int = 0) -> Sourced:
    """`data` as text, its first byte at `start` of the original; a byte that the encoding lacks becomes U+FFFD."""
    if encoding.replace("-", "_").lower() in ("utf_8", "utf8", "ascii", "us_ascii"):
        return _decode_utf8(data, start)
    text = data.decode(encoding, errors="replace")
    if len(text) == len(data):
        return Sourced(text, ((0, len(text), start, start + len(data)),) if text else ())
    return _decode_by_character(data, encoding, start)


def _decode_utf8(data: bytes, start: int) -> Sourced:
    text = data.decode("utf-8", errors="surrogateescape")
    pieces: list[Piece] = []
    for match in _UTF8_RUNS.finditer(text):
        width = match.lastindex or 1
        stop = start + (match.end() - match.start()) * width
        pieces.append((match.start(), match.end(), start, stop))
        start = stop
    return Sourced(re.sub("[\udc80-\udcff]", "\ufffd", text), tuple(pieces))


def _decode_by_character(data: bytes, encoding: str, start: int) -> Sourced:
    """Decode byte by byte with the codec's own state, so that each character gets the bytes that finished it."""
    import codecs

    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    parts: list[Sourced] = []
    held = 0
    for at in range(len(data)):
        out = decoder.decode(data[at : at + 1], final=at + 1 == len(data))
        if out:
            parts.append(stand_in(out, start + held, start + at + 1))
            held = at + 1
    return join(parts)
