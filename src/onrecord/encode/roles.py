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
    """All predicates in order, with the arguments in their sentence."""
    found = []
    for (first, last), speaker in zip(seen.units, seen.speakers, strict=True):
        at = seen.windows[speaker].first
        outputs = seen.outputs[speaker]
        for number, place in enumerate(outputs.predicates):
            word = int(place) + at
            if first <= word < last:
                scores = outputs.role[number, :, first - at : last - at].T
                arguments = best_arguments(scores, names, word - first)
                found.append(
                    Predicate(word, [a._replace(first=a.first + first, last=a.last + first) for a in arguments])
                )
    return found


def best_arguments(scores: Floats, names: list[str], predicate: int) -> list[Scored]:
    """[W, tags] of one predicate in one sentence -> its arguments: Viterbi over begin, inside and outside.

    A span may not hold the predicate itself.
    """
    count, size = scores.shape
    chances = scores - scores.max(1, keepdims=True)
    chances = chances - np.log(np.exp(chances).sum(1, keepdims=True))
    chances[predicate, 1:] = -1e4
    inside = [i for i, name in enumerate(names) if name.startswith("I-")]
    before = np.array([names.index(f"B-{names[i][2:]}") for i in inside])
    path_score = chances[0].copy()
    path_score[inside] = -1e4
    back = np.zeros((count, size), dtype=np.int64)
    for w in range(1, count):
        best = int(path_score.argmax())
        back[w] = best
        following = np.full(size, path_score[best])
        begun, gone_on = path_score[before], path_score[inside]
        following[inside] = np.maximum(begun, gone_on)
        back[w, inside] = np.where(begun >= gone_on, before, inside)
        path_score = following + chances[w]
    tag = int(path_score.argmax())
    path = [tag]
    for w in range(count - 1, 0, -1):
        tag = int(back[w, tag])
        path.append(tag)
    path.reverse()
    odds = np.exp(chances[np.arange(count), path])
    spans: list[Scored] = []
    for w, tag in enumerate(path):
        name = names[tag]
        if name.startswith("B-"):
            spans.append(Scored(w, w + 1, name[2:], 0.0))
        elif name.startswith("I-"):
            spans[-1] = spans[-1]._replace(last=w + 1)
    return [s._replace(score=round(float(odds[s.first : s.last].mean()), 4)) for s in spans]
