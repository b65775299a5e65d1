"""Cut a text into paragraphs, whether lines are paragraphs or are wrapped at a width."""

from __future__ import annotations

import re
from statistics import median

from onrecord.record import Span

_BLOCK = re.compile(r"\S(?:(?!\n[^\S\n]*\n)[\s\S])*")
_LINE = re.compile(r"^[^\n]*\S", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:]['\"’”)\]]*$")

WIDEST_WRAP = 100
"""Lines longer than this are not wrapped by hand or by a teleprinter (72 to 80 columns; some mail 90)."""


def find_paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The paragraphs of `text[start:end]`, without white space at their ends."""
    stop = len(text) if end is None else end
    blocks = [match.span() for match in _BLOCK.finditer(text, start, stop)]
    lines = [[m.span() for m in _LINE.finditer(text, max(a - _indent(text, a, start), start), b)] for a, b in blocks]
    wrapped = _is_wrapped(text, lines)
    found: list[Span] = []
    for block in lines:
        found += _join_lines(text, block) if wrapped else [_trimmed(text, a, b) for a, b in block]
    return found


def _indent(text: str, at: int, start: int) -> int:
    """How far `at` stands from the start of its line."""
    return at - max(text.rfind("\n", start, at) + 1, start)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _is_wrapped(text: str, blocks: list[list[tuple[int, int]]]) -> bool:
    """Whether lines go on into the next: they are short, and most of those with a next one end in mid-sentence."""
    inner = [line for block in blocks for line in block[:-1]]
    if len(inner) < 2 or max(b - a for a, b in inner) > WIDEST_WRAP:
        return False
    open_ended = sum(not _SENTENCE_END.search(text[a:b]) for a, b in inner)
    return open_ended * 2 > len(inner) and median(b - a for a, b in inner) > 30


def _join_lines(text: str, lines: list[tuple[int, int]]) -> list[Span]:
    """Paragraphs of wrapped lines: a new one starts at an indent, or after a short line that ends a sentence."""
    width = max(b - a for a, b in lines)
    margin = _margin(text, lines)
    found: list[Span] = []
    previous: tuple[int, int] | None = None
    for a, b in lines:
        line = _trimmed(text, a, b)
        starts = previous is None or (
            line.start - a > margin
            or (b - a > 0 and previous[1] - previous[0] < 0.7 * width and _ends(text, previous) and _opens(text, line))
        )
        if starts:
            found.append(line)
        else:
            found[-1] = Span(found[-1].start, line.end)
        previous = (a, b)
    return found


def _margin(text: str, lines: list[tuple[int, int]]) -> int:
    """The indent that most lines have: one that stands further in opens a paragraph."""
    indents = sorted(_indent_of(text, line) for line in lines)
    return indents[len(indents) // 2]


def _indent_of(text: str, line: tuple[int, int]) -> int:
    piece = text[line[0] : line[1]]
    return len(piece) - len(piece.lstrip())


def _ends(text: str, line: tuple[int, int]) -> bool:
    return bool(_SENTENCE_END.search(text[line[0] : line[1]]))


def _opens(text: str, line: Span) -> bool:
    first = text[line.start]
    return not first.islower()
