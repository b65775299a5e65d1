"""What a person types to find, as a full-text query that cannot go wrong, and what of a text to show for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from onrecord.record import Span

_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LETTERS = re.compile(r"[^\W_]{4,}")
SNIPPET = 240
"""Code points of a snippet: about three lines of a terminal, one or two sentences."""

_PLURAL = 4  # letters of a name that may have an s more

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Marks that FTS5 puts around a match: noncharacters, which no text holds. One that does gets no marks."""


def match_expression(
    words: str, columns: str, begun: Callable[[str], list[str]] | None = None, *, name: bool = False
) -> str | None:
    """The FTS5 expression that finds `words` in `columns` ("headline text"); None where nothing can be asked.

    All words must be there; "in quotation marks" they stand together; `word*` is a beginning; `-word` must be missing.
    Words of a `name` are found with and without an s at the end: who asks for Houthi means the Houthis.
    `begun` gives the words of the index with a beginning of four letters or more, which is quicker than to ask FTS5
    for it: it would put the lists of all of them together before it gives the first.

    >>> match_expression('truce "no deal" host* -cairo', "text")
    '({text} : "truce" AND {text} : "no deal" AND {text} : "host" *) NOT ({text} : "cairo")'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _TERM.finditer(words.replace("\x00", " ")):
        phrase = match["phrase"] if match["phrase"] is not None else match["word"]
        if not re.search(r"\w", phrase):
            continue
        term = phrase.rstrip("*").encode("utf-8", "replace").decode("utf-8")
        star = " *" if match["word"] and phrase.endswith("*") and len(term) > 1 else ""
        listed = begun(folded(term)) if star and begun and _LETTERS.fullmatch(term) else []
        forms = listed or (_numbers(term) if name and match["word"] and not star else [term])
        either = " OR ".join(f'"{form}"{"" if listed else star}' for form in forms)
        asked = f"{{{columns}}} : {either}" if len(forms) == 1 else f"{{{columns}}} : ({either})"
        (unwanted if match["minus"] else wanted).append(asked)
    if not wanted:
        return None
    found = f"({' AND '.join(wanted)})"
    return f"{found} NOT ({' OR '.join(unwanted)})" if unwanted else found


def _numbers(term: str) -> list[str]:
    """A word, and the word that it is with or without an s at its end, where it is long enough for that to tell."""
    if len(term) < _PLURAL or not term.isalpha():
        return [term]
    return [term, term[:-1]] if term.lower().endswith("s") else [term, f"{term}s"]


def folded(word: str) -> str:
    """A word as the indexes have it: small letters without diacritics."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def marked_spans(marked: str, text: str) -> tuple[Span, ...]:
    """The matches in `text`, from the copy of it with OPEN and CLOSE around each."""
    if OPEN in text or CLOSE in text:
        return ()
    spans: list[Span] = []
    before, *pieces = marked.split(OPEN)
    at = len(before)
    for piece in pieces:
        inside, _, after = piece.partition(CLOSE)
        spans.append(Span(at, at + len(inside)))
        at += len(inside) + len(after)
    return tuple(spans)


def snippet_of(text: str, matches: tuple[Span, ...], within: Span) -> Span:
    """The stretch of `within`, at most SNIPPET long and cut between words, that shows the most matches."""
    if len(within) <= SNIPPET:
        return within
    inside = [match for match in matches if match in within]
    start = max(inside, key=lambda first: _shown(first, inside), default=Span(within.start, within.start)).start
    start = max(within.start, min(start - SNIPPET // 6, within.end - SNIPPET))
    end = start + SNIPPET
    if start > within.start:
        start = _next_word(text, start, end)
    if end < within.end:
        end = max(start, text.rfind(" ", start, end + 1)) if " " in text[start:end] else end
    return Span(start, end)


def _shown(first: Span, matches: list[Span]) -> int:
    """How many matches a snippet that opens with `first` shows."""
    return sum(first.start <= match.start and match.end <= first.start + SNIPPET * 5 // 6 for match in matches)


def _next_word(text: str, start: int, end: int) -> int:
    space = re.compile(r"\s+").search(text, start, end)
    return space.end() if space and space.end() < start + SNIPPET // 6 else start
