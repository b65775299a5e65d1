"""Spans as tags of words (begin, inside, end, single, outside), and the best legal sequence of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_NEVER = -1e4


def tag_names(kinds: Iterable[str]) -> list[str]:
    """`O` and the four tags of each kind.

    >>> tag_names(["cue"])
    ['O', 'B-cue', 'I-cue', 'E-cue', 'S-cue']
    """
    return ["O", *(f"{place}-{kind}" for kind in kinds for place in "BIES")]


def forbidden(names: Sequence[str], *, cut: bool = False) -> Floats:
    """[T + 1, T + 1]: 0 where tag j may follow tag i, very low where not. The last row and column are the ends.

    With `cut` a sequence may begin or end inside a span, as a window cut out of a text does.
    """
    count = len(names)
    scores = np.zeros((count + 1, count + 1), dtype=np.float32)
    for i, left in enumerate([*names, "O"]):
        for j, right in enumerate([*names, "O"]):
            opened = left[0] in "BI"
            continues = right[0] in "IE"
            fits = opened and continues and left[1:] == right[1:]
            if (opened or continues) and not fits:
                scores[i, j] = _NEVER
    if cut:
        scores[count], scores[:, count] = 0, 0
    return scores


def to_tags(spans: Iterable[tuple[int, int, str]], count: int, names: Sequence[str]) -> list[int]:
    """The tags of `count` words; of spans that overlap the first by place stands."""
    index = {name: i for i, name in enumerate(names)}
    tags = [0] * count
    for first, last, kind in sorted(spans):
        if first >= last or any(tags[first:last]):
            continue
        if last - first == 1:
            tags[first] = index[f"S-{kind}"]
            continue
        tags[first:last] = [index[f"I-{kind}"]] * (last - first)
        tags[first], tags[last - 1] = index[f"B-{kind}"], index[f"E-{kind}"]
    return tags


class Path:
    """The best sequence of tags (Viterbi), word after word; `settled` are those that no word to come can change."""

    def __init__(self, transitions: Floats) -> None:
        """`transitions` [T + 1, T + 1], as `forbidden` has them."""
        size = len(transitions) - 1
        self._inner, self._starts, self._ends = (
            transitions[:size, :size],
            transitions[size, :size],
            transitions[:size, size],
        )
        self._score: Floats | None = None
        self._back: list[NDArray[np.int64]] = []  # the tag before each tag, of words from the last that is not settled
        self.settled: list[int] = []

    def add(self, emissions: Floats) -> None:
        """Go on by words with emissions [W, T]."""
        every = np.arange(len(self._starts))
        for row in emissions:
            if self._score is None:
                self._score = row + self._starts
                continue
            options = self._score[:, None] + self._inner
            best = options.argmax(0)
            self._back.append(best)
            self._score = options[best, every] + row
        self._settle(every)

    def end(self) -> list[int]:
        """The best tag of every word, where no more are to come."""
        if self._score is None:
            return []
        return self.settled + self._before(int((self._score + self._ends).argmax()), len(self._back))

    def _settle(self, tags: NDArray[np.int64]) -> None:
        """Go back from all tags of the last word: where one is left to come from, the way to it stands."""
        for count in range(len(self._back), 0, -1):
            tags = self._back[count - 1][tags]
            if (tags == tags[0]).all():
                self.settled += self._before(int(tags[0]), count - 1)
                del self._back[:count]
                return

    def _before(self, tag: int, count: int) -> list[int]:
        """The way to a tag by the last `count` words, it with them."""
        path = [tag]
        for back in reversed(self._back[:count]):
            path.append(int(back[path[-1]]))
        return path[::-1]


def best_path(emissions: Floats, transitions: Floats) -> list[int]:
    """Emissions [W, T], transitions [T + 1, T + 1] -> the best tag of each word."""
    path = Path(transitions)
    path.add(emissions)
    return path.end()


def marginals(emissions: Floats, transitions: Floats) -> Floats:
    """Forward-backward, scaled at each word (Rabiner 1989): the probability [W, T] of each tag under the CRF."""
    count, size = emissions.shape
    if not count:
        return np.zeros_like(emissions)
    odds = np.exp((emissions - emissions.max(1, keepdims=True)).astype(np.float64))
    step = np.exp(transitions.astype(np.float64))
    inner, starts, ends = step[:size, :size], step[size, :size], step[:size, size]
    forward, backward = np.zeros_like(odds), np.zeros_like(odds)
    row = starts * odds[0]
    forward[0] = row / row.sum()
    for w in range(1, count):
        row = (forward[w - 1] @ inner) * odds[w]
        forward[w] = row / row.sum()
    backward[-1] = ends / ends.sum()
    for w in range(count - 2, -1, -1):
        row = inner @ (odds[w + 1] * backward[w + 1])
        backward[w] = row / row.sum()
    both = forward * backward
    found: Floats = (both / both.sum(1, keepdims=True)).astype(np.float32)
    return found


def to_spans(tags: Sequence[int], names: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans `(first, last, kind)` of a legal sequence of tags."""
    found: list[tuple[int, int, str]] = []
    first = 0
    for index, tag in enumerate(tags):
        place, _, kind = names[tag].partition("-")
        if place in "BS":
            first = index
        if place in "ES":
            found.append((first, index + 1, kind))
    return found
