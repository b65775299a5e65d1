"""What the network gives for one window, and which window speaks for which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Pieces
from onrecord.encode.tags import Floats
from onrecord.encode.windows import LIMIT, Window, cut_windows

Integers = NDArray[np.int64]


class Outputs(NamedTuple):
    """One window of W words; K of them are predicates. Scores are logits unless chances are said."""

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
    cue: Floats  # [W, cues]: chances that the word tells this of talks


class Seen(NamedTuple):
    """One window of a report with its outputs, and the sentences `[first, last)` that it speaks for.

    They are those that no other window holds with as much text on either side, cut where one is too long for a window.
    Taken in order, a report's windows speak for all its words in order; one may speak for none. `words` is the number
    of the report's.
    """

    window: Window
    outputs: Outputs
    units: list[tuple[int, int]]
    words: int

    def rows(self, name: str) -> NDArray[np.generic]:
        """An output that has a row for each word, for the words that the window speaks for: [words, ...]."""
        found: NDArray[np.generic] = getattr(self.outputs, name)
        if not self.units:
            return found[:0]
        return found[self.units[0][0] - self.window.first : self.units[-1][1] - self.window.first]


def gather(seen: Iterable[Seen], name: str) -> NDArray[np.generic]:
    """The rows of all windows of a report, which has some."""
    return np.concatenate([one.rows(name) for one in seen])


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
) -> Iterator[Seen]:
    """Run the network over a report; `sentences` (from 0 on) and `paragraphs` hold their first words' indexes.

    A window is read when it is asked for: its scores are many, and who has decoded them need not hold them.
    """
    units = cut_units(words, pieces, sentences)
    windows = cut_windows(words, pieces, [first for first, _ in units], paragraphs)
    number = np.zeros(len(words), dtype=np.int64)
    for index, (first, last) in enumerate(units):
        number[first:last] = index
    speaking = np.array(speakers(units, windows), dtype=np.int64)
    for index, window in enumerate(windows):
        inside = number[window.first : window.last]
        outputs = network.read(window, inside, (speaking[inside] == index).astype(np.int64))
        yield Seen(window, outputs, [units[unit] for unit in np.flatnonzero(speaking == index)], len(words))
