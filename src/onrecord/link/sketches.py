"""What of a report is kept to tell its story: its words, names, opening and headline, weighed by how rare they are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from onrecord.record import Report

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?:]|\n")
_STEM = 6  # characters: a stem in many languages, and no list of endings
_OPENING = 50  # words: the lead and a little more
_LONGEST = 160  # weights kept of a view; the rest are common words that weigh next to nothing
_SHARE = 0.3  # of the reports behind the table of frequencies, and
_STREAM = 3.0  # of each report that was added: what is common in this collection counts for less in it

Weights = dict[str, int]
"""Weights of words in ten-thousandths, which are kept in two bytes and add up the same in any order."""

_WHOLE = 10_000


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """A report as four vectors of weights, each of length 1 or empty.

    `day` is its date as an ordinal; `days` are the names of days and months in it (`bearings.Bearings.names`).
    """

    uri: str
    day: int | None
    length: int
    words: Weights
    names: Weights
    opening: Weights
    headline: Weights
    days: tuple[str, ...] = ()


class Frequencies(msgspec.Struct, kw_only=True):
    """In how many of the reports that were added each word stands. `words` may be a table of a store."""

    reports: int = 0
    words: MutableMapping[str, int] = {}

    def add(self, words: Iterable[str]) -> dict[str, int]:
        """Count one report more; in how many each of its words stands now."""
        self.reports += 1
        counts = {word: self.words.get(word, 0) + 1 for word in words}
        self.words.update(counts)
        return counts

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word, over these reports and those of the table."""
        return self.rarities({word: self.words.get(word, 0)})[word]

    def rarities(self, counts: Mapping[str, int]) -> dict[str, float]:
        """The rarity of each word that stands in so many of these reports."""
        known = _table()
        total = math.log(_SHARE * known[""] + _STREAM * self.reports + 1)
        return {
            word: max(total - math.log(_SHARE * known.get(word, 0) + _STREAM * count + 0.5), 0.01)
            for word, count in counts.items()
        }


@cache
def _table() -> Mapping[str, int]:
    """The table of frequencies; under the empty word the number of reports that it was counted over."""
    text = files("onrecord.link").joinpath("frequencies.tsv").read_text(encoding="utf-8")
    return {word: int(count) for word, _, count in (line.partition("\t") for line in text.splitlines())}


def stem(word: str) -> str:
    """The part of a word that it is known by."""
    low = word.lower()
    return (low[:-2] if low[-2:] in ("'s", "’s") else low)[:_STEM]


def sketch(report: Report, frequencies: Frequencies, days: tuple[str, ...] = ()) -> Sketch:
    """The sketch of a report, which is counted in `frequencies` first; `days` are the names of days in it."""
    parts = [part.span for part in report.prose() if part.kind != "caption"]
    text = "\n".join(report.words(span) for span in parts) or report.text
    headline = report.headline or next((line for line in text.split("\n") if line.strip()), "")
    if headline[:30] not in text:
        text = f"{headline}\n{text}"
    words: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    first, length = True, 0
    for token in _TOKEN.findall(text):
        if token in ".!?:\n":
            first = True
            continue
        word = stem(token)
        words[word] += 1
        length += 1
        if length <= _OPENING:
            opening[word] += 1
        capitals[word] += token[0].isupper() and len(token) > 2 and not first
        first = False
    counts = frequencies.add(words)
    names = {word: words[word] for word, times in capitals.items() if times and times * 5 >= words[word] * 3}
    head = Counter(stem(word) for word in WORD.findall(headline))
    rarity = frequencies.rarities({word: counts.get(word, 0) for word in words.keys() | head.keys()})
    return Sketch(
        uri=report.uri,
        day=_day(report),
        length=length,
        words=weigh(words, rarity),
        names=weigh(names, rarity),
        opening=weigh(opening, rarity),
        headline=weigh(head, rarity),
        days=days,
    )


def weigh(counts: Mapping[str, int], rarity: Mapping[str, float]) -> Weights:
    """Weights for counts, the heaviest first, of length 1."""
    weights = {word: (1 + math.log(times)) * rarity[word] for word, times in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:_LONGEST]
    return {word: round(_WHOLE * weights[word] / length) for word in heaviest}


def _day(report: Report) -> int | None:
    """The day of a report, where it or its metadata tells."""
    told = report.dating.value if report.dating else report.version_created or report.first_created
    try:
        return date.fromisoformat(told[:10]).toordinal() if told else None
    except ValueError:
        return None


def cosine(one: Weights, other: Weights) -> float:
    """The cosine of two vectors of length 1."""
    if len(other) < len(one):
        one, other = other, one
    shared = one.keys() & other.keys()
    return sum([one[word] * other[word] for word in shared]) / _WHOLE**2
