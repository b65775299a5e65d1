"""Tell what is new in a report against all that came before it in its story."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from onrecord.record import Report, Span
from onrecord.record.story import News, Passage

_COVERED = 0.62  # share of a sentence's weight of words that one earlier sentence must have
_LIKE = 0.45  # share at which an earlier sentence tells the same with other numbers
_LEAST = 5  # words of a sentence that can be news
_WORD = re.compile(r"\w+(?:[.,]\d+)*")

Told = Sequence[tuple[Report, Sequence[Span]]]


def find_news(report: Report, sentences: Sequence[Span], earlier: Told) -> tuple[News, ...]:
    """The sentences of `report` that nothing in `earlier` says, in order.

    `earlier` are the reports before it, each with its sentences. A sentence is covered when most of its words, by
    weight, rare ones most, stand in one earlier sentence; with other numbers there, its figures are new.
    """
    held = [
        (Passage(uri=other.uri, span=span), set(_words(other.words(span))))
        for other, spans in earlier
        for span in spans
    ]
    spread = Counter(word for _, words in held for word in words)
    holders: dict[str, list[int]] = {}
    for at, (_, words) in enumerate(held):
        for word in words:
            holders.setdefault(word, []).append(at)
    found = []
    for span in sentences:
        words = set(_words(report.words(span)))
        if len(words) < _LEAST:
            continue
        news = _judge(Passage(uri=report.uri, span=span), words, held, holders, spread)
        found += [news] if news else []
    return tuple(found)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _judge(
    passage: Passage,
    words: set[str],
    held: Sequence[tuple[Passage, set[str]]],
    holders: Mapping[str, Sequence[int]],
    spread: Mapping[str, int],
) -> News | None:
    """What is new in a sentence, None where it is covered."""
    weight = {word: math.log((len(held) + 2) / (spread[word] + 1)) + 0.1 for word in words}
    numbers = {word for word in words if word[0].isdigit()}
    total = sum(weight[word] for word in words - numbers) or 1.0
    shared: dict[int, float] = {}
    for word in words - numbers:
        for at in holders.get(word, ()):
            shared[at] = shared.get(at, 0.0) + weight[word]
    best = min(shared, key=lambda at: (-shared[at], at), default=None)
    share = shared[best] / total if best is not None else 0.0
    if best is None or share < _LIKE:
        return News(passage=passage, kind="told")
    lacking = numbers - held[best][1]
    if lacking and not any(number in spread for number in lacking):
        return News(passage=passage, kind="figures", like=held[best][0])
    return None if share >= _COVERED else News(passage=passage, kind="told", like=held[best][0])
