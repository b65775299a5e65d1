"""What the network gives for one window, and which window speaks for which words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Pieces
from onrecord.encode.tags import Floats
from onrecord.encode.windows import LIMIT, Window, cut_windows

Integers = NDArray[np.int64]


class Outputs(NamedTuple):
    """One window of W words; K of them are predicates. Scores are logits."""

    attribution: Floats  # [W, tags]
    source_link: Floats  # [W, W]: cue word, word of its source
    no_source: Floats  # [W]: cue word without a source
    content_link: Floats  # [W, W]: cue word, word of its content
    entity: Floats  # [W, tags]
    upos: Integers  # [W]
    xpos: Integers  # [W]
    lemma: Integers  # [W]: number of the script that makes the lemma
    arc: Floats  # [W, W]: governing word, word (itself: a root)
    relation: Integers  # [W]
    predicates: Integers  # [K]: places of the predicates of the sentences that the window speaks for
    role: Floats  # [K, S, tags]: the words of the predicate's sentence, from its first on; S: those of the longest
    mention: Floats  # [W, types]: the type of the mention that the word heads
    same: Floats  # [W, W]: word, head of its antecedent (itself: none)


class Seen(NamedTuple):
    """All windows of a report with their outputs; `units` are its sentences, cut where too long for a window.

    `paragraphs` holds the first words of paragraphs. `speakers[u]` is the number of the window that speaks
    for unit u: one that holds it whole, with as much text as can be on either side.
    """

    windows: list[Window]
    outputs: list[Outputs]
    units: list[tuple[int, int]]
    speakers: list[int]
    paragraphs: list[int]

    @property
    def words(self) -> int:
        """The number of words of the report."""
        return self.units[-1][1] if self.units else 0

    def unit_of(self, word: int) -> int:
        """The number of the unit that holds a word."""
        return bisect_right(self.units, (word, self.words + 1)) - 1

    def gather(self, name: str) -> NDArray[np.generic]:
        """An output that has a row for each word, joined over the windows: [words, ...]."""
        rows = []
        for (first, last), speaker in zip(self.units, self.speakers, strict=True):
            at = self.windows[speaker].first
            rows.append(getattr(self.outputs[speaker], name)[first - at : last - at])
        return np.concatenate(rows)


def speakers(units: Sequence[tuple[int, int]], windows: Sequence[Window]) -> list[int]:
    """For each unit the number of the window that speaks for it (see `Seen`)."""
    count = units[-1][1] if units else 0
    found = []
    for first, last in units:
        best, most = 0, -1
        for number, window in enumerate(windows):
            if window.first <= first and last <= window.last:
                left = first - window.first if window.first else count
                right = window.last - last if window.last < count else count
                if min(left, right) > most:
                    best, most = number, min(left, right)
        found.append(best)
    return found


class Network(Protocol):
    """The trained network, whatever runs it."""

    def read(self, window: Window, units: Integers, spoken: Integers) -> Outputs:
        """One window; `units` [W] is the number of each word's sentence, `spoken` [W] 1 where it speaks for the word.

        Only there are predicates sought.
        """


def longest(units: Integers, spoken: Integers) -> int:
    """The words of the longest sentence that a window speaks for, at least 1; both as `Network.read` takes them."""
    return int(np.unique(units[spoken > 0], return_counts=True)[1].max(initial=1))


def cut_units(words: Sequence[str], pieces: Pieces, sentences: Sequence[int]) -> list[tuple[int, int]]:
    """The sentences `[first, last)` of a report of `words`, cut where one is too long for a window."""
    found: list[tuple[int, int]] = []
    room = LIMIT - 3
    for first, last in pairwise([*sentences, len(words)]):
        cost, start = 0, first
        for index in range(first, last):
            more = len(pieces.of(words[index]))
            if cost + more > room:
                found.append((start, index))
                cost, start = 0, index
            cost += more
        if start < last:
            found.append((start, last))
    return found


def see(
    network: Network, pieces: Pieces, words: Sequence[str], sentences: Sequence[int], paragraphs: Sequence[int]
) -> Seen:
    """Run the network over a report; `sentences` (from 0 on) and `paragraphs` hold their first words' indexes."""
    units = cut_units(words, pieces, sentences)
    windows = cut_windows(words, pieces, [first for first, _ in units], paragraphs)
    number = np.zeros(len(words), dtype=np.int64)
    for index, (first, last) in enumerate(units):
        number[first:last] = index
    speaking = speakers(units, windows)
    speaker_of = np.array(speaking)[number]
    outputs = []
    for index, window in enumerate(windows):
        inside = slice(window.first, window.last)
        outputs.append(network.read(window, number[inside], (speaker_of[inside] == index).astype(np.int64)))
    return Seen(windows, outputs, units, speaking, list(paragraphs))
