"""From role scores to the predicates of a report and their arguments."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from onrecord.encode.attributions import Scored
from onrecord.encode.outputs import Seen
from onrecord.encode.tags import Floats


class Predicate(NamedTuple):
    """The word that carries a predicate and its arguments, each with its PropBank role as `kind`."""

    at: int
    arguments: list[Scored]


def decode_roles(seen: Seen, names: list[str]) -> list[Predicate]:
    """The predicates of the sentences that a window speaks for, in order, with the arguments in their sentence."""
    found = []
    outputs = seen.outputs
    predicates = (outputs.predicates + seen.window.first).tolist()
    for first, last in seen.units:
        rows = [n for n, place in enumerate(predicates) if first <= place < last]
        if rows:
            places = [predicates[n] for n in rows]
            arguments = best_arguments(outputs.role[rows, : last - first], names, [place - first for place in places])
            for place, spans in zip(places, arguments, strict=True):
                found.append(Predicate(place, [a._replace(first=a.first + first, last=a.last + first) for a in spans]))
    return found


def best_arguments(scores: Floats, names: list[str], predicates: list[int]) -> list[list[Scored]]:
    """[K, W, tags] of the K predicates of one sentence -> the arguments of each.

    Viterbi over begin, inside and outside, all predicates at once. A span may not hold its predicate.
    """
    many, count, size = scores.shape
    every = np.arange(many)
    chances = scores - scores.max(2, keepdims=True)
    chances = chances - np.log(np.exp(chances).sum(2, keepdims=True))
    chances[every, predicates, 1:] = -1e4
    inside = np.array([i for i, name in enumerate(names) if name.startswith("I-")])
    before = np.array([names.index(f"B-{names[i][2:]}") for i in inside])
    total = chances[:, 0].copy()
    total[:, inside] = -1e4
    back = np.zeros((count, many, size), dtype=np.int64)
    for w in range(1, count):
        best = total.argmax(1)
        back[w] = best[:, None]
        following = np.repeat(total[every, best][:, None], size, axis=1)
        begun, gone_on = total[:, before], total[:, inside]
        following[:, inside] = np.maximum(begun, gone_on)
        back[w][:, inside] = np.where(begun >= gone_on, before, inside)
        total = following + chances[:, w]
    paths = np.zeros((many, count), dtype=np.int64)
    paths[:, -1] = total.argmax(1)
    for w in range(count - 1, 0, -1):
        paths[:, w - 1] = back[w, every, paths[:, w]]
    odds = np.exp(np.take_along_axis(chances, paths[:, :, None], 2)[:, :, 0])
    return [argument_spans(path, row, names) for path, row in zip(paths.tolist(), odds, strict=True)]


def argument_spans(path: list[int], odds: Floats, names: list[str]) -> list[Scored]:
    """The spans of one predicate's tags, each with the mean probability of its tags."""
    spans: list[Scored] = []
    for w, tag in enumerate(path):
        place, _, kind = names[tag].partition("-")
        if place == "B":
            spans.append(Scored(w, w + 1, kind, 0.0))
        elif place == "I":
            spans[-1] = spans[-1]._replace(last=w + 1)
    return [s._replace(score=round(float(odds[s.first : s.last].mean()), 4)) for s in spans]
