"""Cut a report's prose into sentences and words, by rule."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from onrecord.lang import has_language, read_words
from onrecord.record import Mentions, Report, Sentence, Span, Word

_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*|[^\w\s]", re.UNICODE)


@cache
def _splitter(language: str) -> Any:
    """The splitter of a language, which knows its abbreviations where there is a list of them."""
    from nupunkt import load_default_model

    splitter = load_default_model()
    if has_language(language, "abbreviations"):
        listed = read_words(language, "abbreviations")["words"]
        splitter.add_abbreviations(msgspec.convert(listed, list[str]))
    return splitter


def cut(report: Report) -> Mentions:
    """The words and sentences of `report`'s prose, in order; no sentence runs over two parts."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    for number, part in enumerate(report.parts):
        if part.kind not in ("headline", "body", "caption"):
            continue
        for span in split(report.text, part.span, report.language or "en"):
            first = len(words)
            words += (Word(span=Span(*m.span())) for m in _WORD.finditer(report.text, span.start, span.end))
            sentences.append(Sentence(span=span, first_word=first, last_word=len(words), paragraph=number))
    return Mentions(words=tuple(words), sentences=tuple(sentences))


def split(text: str, span: Span, language: str = "en") -> list[Span]:
    """The sentences of `text` within `span`, without white space at their ends."""
    found: list[Span] = []
    for start, end in _splitter(language).span_tokenize(text[span.start : span.end]):
        piece = text[span.start + start : span.start + end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            found.append(Span(span.start + start + left, span.start + start + right))
    return found
