"""Cut a report's prose into sentences and words, by rule."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from onrecord.record import Mentions, Report, Sentence, Span, Word

_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*|[^\w\s]", re.UNICODE)


@cache
def _splitter() -> Any:
    from nupunkt import PunktSentenceTokenizer, load

    model = load()
    return model if isinstance(model, PunktSentenceTokenizer) else PunktSentenceTokenizer(model)


def cut(report: Report) -> Mentions:
    """The words and sentences of `report`'s prose, in order; no sentence runs over two parts."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    for number, part in enumerate(report.parts):
        if part.kind not in ("headline", "body", "caption"):
            continue
        for span in split(report.text, part.span):
            first = len(words)
            words += (Word(span=Span(*m.span())) for m in _WORD.finditer(report.text, span.start, span.end))
            sentences.append(Sentence(span=span, first_word=first, last_word=len(words), paragraph=number))
    return Mentions(words=tuple(words), sentences=tuple(sentences))


def split(text: str, span: Span) -> list[Span]:
    """The sentences of `text` within `span`, without white space at their ends."""
    found: list[Span] = []
    for start, end in _splitter().span_tokenize(text[span.start : span.end]):
        piece = text[span.start + start : span.start + end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            found.append(Span(span.start + start + left, span.start + start + right))
    return found
