"""Tell what is new in a report against all that came before it in its story."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from onrecord.record import Span
from onrecord.record.story import News, Passage

_COVERED = 0.62  # share of a sentence's weight of words that one earlier sentence must have
_LIKE = 0.45  # share at which an earlier sentence tells the same with other numbers
_LEAST = 5  # words of a sentence that can be news
_WORD = re.compile(r"\w+(?:[.,]\d+)*")


class Earlier:
    """What was said before: the sentences of earlier reports, each with its words, and which of them hold a word.

    Of words it keeps `only` those that later reports may ask for, where they are known; else all.
    """

    def __init__(self, only: frozenset[str] | None = None) -> None:
        self.only = only
        self.held: list[tuple[Passage, frozenset[str]]] = []
        self.holders: dict[str, list[int]] = defaultdict(list)

    def add(self, uri: str, text: str, sentences: Iterable[Span]) -> None:
        """Add the sentences of a report."""
        for span in sentences:
            words = frozenset(words_of(span.of(text)))
            if self.only is not None:
                words &= self.only
            for word in words:
                self.holders[word].append(len(self.held))
            self.held.append((Passage(uri=uri, span=span), words))

    def weight(self, word: str) -> float:
        """How much a word tells: rare ones most."""
        return math.log((len(self.held) + 2) / (len(self.holders.get(word, ())) + 1)) + 0.1


def find_news(uri: str, text: str, sentences: Iterable[Span], earlier: Earlier) -> tuple[News, ...]:
    """The sentences of a report that nothing earlier says, in order.

    A sentence is covered when most of its words, by weight, rare ones most, stand in one earlier sentence; with other
    numbers there, its figures are new.
    """
    found = []
    for span in sentences:
        words = frozenset(words_of(span.of(text)))
        if len(words) >= _LEAST and (news := _judge(Passage(uri=uri, span=span), words, earlier)):
            found.append(news)
    return tuple(found)


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in small letters."""
    return _WORD.findall(text.lower())


def _judge(passage: Passage, words: frozenset[str], earlier: Earlier) -> News | None:
    """What is new in a sentence, None where it is covered."""
    numbers = {word for word in words if word[0].isdigit()}
    best, share = _nearest({word: earlier.weight(word) for word in words - numbers}, earlier)
    if best is None:
        return News(passage=passage, kind="told")
    like, held = earlier.held[best]
    lacking = numbers - held
    if lacking and not any(number in earlier.holders for number in lacking):
        return News(passage=passage, kind="figures", like=like)
    return None if share >= _COVERED else News(passage=passage, kind="told", like=like)


def _nearest(weight: Mapping[str, float], earlier: Earlier) -> tuple[int | None, float]:
    """The earlier sentence that has most of these words, by weight, and how much of it; None where none has enough.

    A sentence that has none of the heaviest cannot have enough: that it has only common ones is not looked at.
    """
    total = sum(weight.values()) or 1.0
    left = total
    shared: dict[int, float] = {}
    for word, heavy in sorted(weight.items(), key=lambda pair: (-pair[1], pair[0])):
        if left >= _LIKE * total * (1 - 1e-9):
            for at in earlier.holders.get(word, ()):
                shared[at] = shared.get(at, 0.0) + heavy
        else:
            for at in shared:
                if word in earlier.held[at][1]:
                    shared[at] += heavy
        left -= heavy
    best = min(shared, key=lambda at: (-shared[at], at), default=None)
    share = shared[best] / total if best is not None else 0.0
    return (best if share >= _LIKE else None), share
