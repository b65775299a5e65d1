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


def best_path(emissions: Floats, transitions: Floats) -> list[int]:
    """Viterbi: emissions [W, T], transitions [T + 1, T + 1] -> the best tag of each word."""
    count, size = emissions.shape
    if not count:
        return []
    score = emissions[0] + transitions[size, :size]
    back = np.zeros((count, size), dtype=np.int64)
    inner = transitions[:size, :size]
    for w in range(1, count):
        options = score[:, None] + inner
        back[w] = options.argmax(0)
        score = options[back[w], np.arange(size)] + emissions[w]
    score = score + transitions[:size, size]
    path = [int(score.argmax())]
    for w in range(count - 1, 0, -1):
        path.append(int(back[w, path[-1]]))
    return path[::-1]


def marginals(emissions: Floats, transitions: Floats) -> Floats:
    """Forward-backward: the probability [W, T] of each tag of each word under the CRF."""
    count, size = emissions.shape
    inner = transitions[:size, :size]
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    if not count:
        return forward
    forward[0] = emissions[0] + transitions[size, :size]
    for w in range(1, count):
        forward[w] = _log_sum(forward[w - 1][:, None] + inner, 0) + emissions[w]
    backward[-1] = transitions[:size, size]
    for w in range(count - 2, -1, -1):
        backward[w] = _log_sum(inner + (emissions[w + 1] + backward[w + 1])[None, :], 1)
    both = forward + backward
    found: Floats = np.exp(both - _log_sum(both, 1)[:, None]).astype(np.float32)
    return found


def _log_sum(x: Floats, axis: int) -> Floats:
    top = x.max(axis)
    found: Floats = top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis))
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
