"""Find passages that a page says twice, so that each is read once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.clean.parts import trim
from onrecord.record import Part, Span

FEWEST_WORDS = 8
"""A passage shorter than this may be said twice on purpose ("The talks go on.")."""

LONGEST = 300_000
"""Characters of words that are searched for repeats: a long report has 30,000, a book a million."""

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z\d])|$")


class _Words(NamedTuple):
    """The words of some stretches, in small letters and joined by spaces, so that marks and case do not matter."""

    key: str
    starts: list[int]  # where each word starts in `key`
    spans: list[tuple[int, int]]  # and in the text

    def find(self, words: str, start: int = 0) -> Span | None:
        """From the first to the last of `words`, where they stand one after another; `start` is a place in `key`."""
        at = self.key.find(f" {words} ", start)
        if at < 0:
            return None
        first = bisect_right(self.starts, at + 1) - 1
        last = bisect_right(self.starts, at + len(words)) - 1
        return Span(self.spans[first][0], self.spans[last][1])


def _words(text: str, spans: Sequence[Span]) -> _Words:
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    pieces: list[str] = []
    at = 1
    for span in spans:
        for match in _WORD.finditer(text, span.start, span.end):
            word = match[0].casefold()
            starts.append(at)
            places.append(match.span())
            pieces.append(word)
            at += len(word) + 1
    return _Words(" " + " ".join(pieces) + " ", starts, places)


def _key(text: str, span: Span) -> tuple[str, int]:
    words = [match[0].casefold() for match in _WORD.finditer(text, span.start, span.end)]
    return " ".join(words), len(words)


def find_retold(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with each paragraph above the dateline that tells again what stands below made a caption.

    A report proper begins at its dateline: what a scraper left above it, and the report says too, stood under a
    picture. A paragraph that has nothing of its own (a summary in the report's words) is a repeat.
    """
    start = next((n for n, part in enumerate(parts) if part.kind == "dateline"), 0)
    if not any(part.kind == "body" for part in parts[:start]):
        return list(parts)
    below = [(part.span, _key(text, part.span)[0]) for part in parts[start:] if part.kind in ("body", "caption")]
    found: list[Part] = []
    for number, part in enumerate(parts):
        if number >= start or part.kind != "body":
            found.append(part)
            continue
        key = _key(text, part.span)[0]
        others = _words(text, [span for span, other in below if other != key])
        told = [_told(text, sentence, others) for sentence in cut_sentences(text, part.span)]
        if told and told[0] and all(told):
            found.append(Part(kind="repeat", span=part.span, of=_with_marks(text, told[0])))
        else:
            found.append(Part(kind="caption", span=part.span) if any(told) else part)
    return found


def fold_paragraphs(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with each paragraph that says again what one above it has said made a repeat of that.

    A body is held against the body above it and against whole captions, a caption against captions: what a caption
    has from the body is `fold_captions`'s to say. A paragraph that is the headline word for word is a repeat
    whatever its length.
    """
    folded: list[Part] = []
    seen = {"body": _Grown(text), "caption": _Grown(text)}
    captions: dict[str, Span] = {}
    headline: tuple[str, Span] | None = None
    for part in parts:
        key, count = _key(text, part.span)
        earlier: Span | None = None
        if part.kind in ("body", "caption") and count >= FEWEST_WORDS:
            earlier = seen[part.kind].find(key)
            if earlier is None and part.kind == "body" and not seen["body"].is_empty():
                earlier = captions.get(key)
        if part.kind == "body" and headline and count and key == headline[0]:
            earlier = headline[1]
        if earlier:
            folded.append(Part(kind="repeat", span=part.span, of=earlier))
            continue
        folded.append(part)
        if part.kind in seen:
            seen[part.kind].add(part.span)
        if part.kind == "caption":
            captions[key] = part.span
        elif part.kind == "headline":
            headline = headline or (key, part.span)
    return folded


class _Grown:
    """The words read so far. It holds them in one list, so that a long report is not gone through again and again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = _Words(" ", [], [])

    def add(self, span: Span) -> None:
        if len(self._words.key) > LONGEST:
            return
        more = _words(self._text, [span])
        offset = len(self._words.key) - 1
        self._words.starts.extend(at + offset for at in more.starts)
        self._words.spans.extend(more.spans)
        self._words = _Words(self._words.key + more.key[1:], self._words.starts, self._words.spans)

    def find(self, words: str) -> Span | None:
        found = self._words.find(words)
        return _with_marks(self._text, found) if found else None

    def is_empty(self) -> bool:
        return not self._words.starts


def fold_pulled(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with each paragraph that a longer one further down holds whole made a repeat of the words there.

    Pages pull quotations and summaries out of the text and print them large above it. The paragraph after a dateline
    is never taken for one: it is the lead.
    """
    body = [part.span for part in parts if part.kind == "body"]
    words = _words(text, body)
    if len(words.key) > LONGEST:
        return list(parts)
    folded: list[Part] = []
    at = 0
    for number, part in enumerate(parts):
        key, count = _key(text, part.span) if part.kind == "body" else ("", 0)
        after_dateline = number > 0 and parts[number - 1].kind == "dateline"
        told = words.find(key, at + 1) if count >= FEWEST_WORDS and not after_dateline else None
        if told:
            folded.append(Part(kind="repeat", span=part.span, of=_with_marks(text, told)))
        else:
            folded.append(part)
        at += len(key) + 1 if count else 0
    return folded


def fold_captions(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with the sentences of captions that the body says too made repeats of the body's.

    The body's telling is the one that is read: it has the dateline and the sentences around it.
    """
    if not any(part.kind == "caption" for part in parts):
        return list(parts)
    body = _words(text, [part.span for part in parts if part.kind == "body"])
    folded: list[Part] = []
    for part in parts:
        folded += _fold_sentences(text, part, body) if part.kind == "caption" else [part]
    return folded


def _fold_sentences(text: str, part: Part, body: _Words) -> list[Part]:
    pieces: list[Part] = []
    for sentence in cut_sentences(text, part.span):
        told = _told(text, sentence, body)
        if told:
            told = _with_marks(text, told)
            pieces.append(Part(kind="repeat", span=sentence, of=told))
        elif pieces and pieces[-1].kind == part.kind:
            pieces[-1] = Part(kind=part.kind, span=Span(pieces[-1].span.start, sentence.end))
        else:
            pieces.append(Part(kind=part.kind, span=sentence))
    return pieces


def _told(text: str, sentence: Span, words: _Words) -> Span | None:
    """Where `words` say what the sentence says, where it is long enough to be the same passage."""
    key, count = _key(text, sentence)
    return words.find(key) if count >= FEWEST_WORDS else None


def _with_marks(text: str, span: Span) -> Span:
    """A passage found by its words, with the quotation mark that opens it and the marks that close it."""
    start = span.start - 1 if span.start and text[span.start - 1] in "\"'“‘(" else span.start
    match = re.compile(r"[.!?,]?[\"'”’)]{0,2}[.!?]?").match(text, span.end)
    return Span(start, match.end() if match else span.end)


def cut_sentences(text: str, span: Span) -> list[Span]:
    """The sentences of `span`, by a plain rule: a mark, space and a capital, but not after an abbreviation."""
    found: list[Span] = []
    start = span.start
    for match in _SENTENCE_END.finditer(text, span.start, span.end):
        last = re.compile(r"[\w.]*$").search(text, max(span.start, match.start() - 12), match.start())
        word = last[0] if last else ""
        if match[0].startswith(".") and match.end() < span.end and _is_abbreviation(word):
            continue
        piece = trim(text, start, match.end() if match[0] else span.end)
        if piece:
            found.append(piece)
        start = match.end()
    return found


def _is_abbreviation(word: str) -> bool:
    """Whether a word before a point is a shortened one: `Feb`, `U.S`, `J`. Names of three letters are taken for one."""
    return len(word) <= 1 or "." in word or (len(word) <= 3 and word[0].isupper()) or word == "Sept"
