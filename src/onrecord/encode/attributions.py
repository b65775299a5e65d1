"""From tags and link scores to sources, cues and contents, and who belongs to whom."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from onrecord.encode.outputs import Seen
from onrecord.encode.tags import Floats, best_path, forbidden, marginals, to_spans


class Scored(NamedTuple):
    """Words `[first, last)` with a label and the model's probability."""

    first: int
    last: int
    kind: str
    score: float


class Attributions(NamedTuple):
    """Spans and, by their index, links `(cue, other, score)` to sources and to contents."""

    spans: list[Scored]
    sources: list[tuple[int, int, float]]
    contents: list[tuple[int, int, float]]


def tagged(emissions: Floats, transitions: Floats, names: list[str]) -> list[Scored]:
    """The spans of the best legal sequence, each with the mean probability of its tags."""
    legal = transitions + forbidden(names)
    path = best_path(emissions, legal)
    chances = marginals(emissions, legal)[np.arange(len(path)), path] if path else np.zeros(0)
    spans = to_spans(path, names)
    return [Scored(a, z, kind, round(float(chances[a:z].mean()), 4)) for a, z, kind in spans]


class Weighing(NamedTuple):
    """What decoding adds to the network's scores, chosen on PolNeAR dev.

    `floor` [tags] is added to the score of every attribution tag (how readily a word is taken to be in a
    span); `apart` is taken off a content's link for each paragraph between it and the cue; a content whose
    best link scores under `least` is dropped.
    """

    transitions: Floats
    floor: Floats
    apart: float
    least: float


def decode(seen: Seen, names: list[str], weighing: Weighing) -> Attributions:
    """The attributions of a report.

    Each stretch of content goes to the cue that the link head gives the most, each cue to its likeliest
    source or to none. A cue without content and a content without cue are dropped.
    """
    emissions = seen.gather("attribution").astype(np.float32) + weighing.floor
    spans = tagged(emissions, weighing.transitions, names)
    cues = [i for i, span in enumerate(spans) if span.kind == "cue"]
    contents = [i for i, span in enumerate(spans) if span.kind == "content"]
    if not cues or not contents:
        return Attributions([], [], [])
    scores = link_scores(seen, "content_link", [spans[i] for i in cues], [spans[i] for i in contents])
    scores -= weighing.apart * paragraphs_apart(seen, [spans[i] for i in cues], [spans[i] for i in contents])
    to_contents = []
    for column, content in enumerate(contents):
        best = int(scores[:, column].argmax())
        if scores[best, column] >= weighing.least:
            to_contents.append((cues[best], content, round(float(softmax(scores[:, column])[best]), 4)))
    kept = sorted({cue for cue, _, _ in to_contents})
    return Attributions(spans, choose_sources(seen, spans, kept), to_contents)


def choose_sources(seen: Seen, spans: list[Scored], cues: list[int]) -> list[tuple[int, int, float]]:
    """Links `(cue, source, score)` for the cues that name a source."""
    sources = [i for i, span in enumerate(spans) if span.kind == "source"]
    scores = link_scores(seen, "source_link", [spans[i] for i in cues], [spans[i] for i in sources])
    found = []
    for row, cue in enumerate(cues):
        chances = softmax(np.append(scores[row], np.float32(no_source(seen, spans[cue]))))
        best = int(chances.argmax())
        if best < len(sources):
            found.append((cue, sources[best], round(float(chances[best]), 4)))
    return found


def paragraphs_apart(seen: Seen, cues: list[Scored], contents: list[Scored]) -> Floats:
    """[cues, contents]: how many paragraphs' breaks lie between them."""

    def number(word: int) -> int:
        return bisect_right(seen.paragraphs, word)

    at = np.array([number(cue.first) for cue in cues])[:, None]
    first = np.array([number(content.first) for content in contents])[None, :]
    last = np.array([number(content.last - 1) for content in contents])[None, :]
    found: Floats = np.maximum(np.maximum(first - at, at - last), 0).astype(np.float32)
    return found


def link_scores(seen: Seen, name: str, cues: list[Scored], others: list[Scored]) -> Floats:
    """[cues, others]: the mean score of the pairs of their words, -inf where no window sees both.

    Of several windows the one that sees most of the other span counts, then the one with the cue best inside.
    """
    scores = np.full((len(cues), len(others)), -np.inf, dtype=np.float32)
    firsts = np.array([other.first for other in others], dtype=np.int64)
    lasts = np.array([other.last for other in others], dtype=np.int64)
    for row, cue in enumerate(cues):
        best = np.zeros(len(others))
        for number in windows_around(seen, cue):
            window = seen.windows[number]
            pairs = getattr(seen.outputs[number], name)[cue.first - window.first : cue.last - window.first]
            sums = np.concatenate(([0.0], np.cumsum(pairs.mean(0, dtype=np.float64))))
            a = np.clip(firsts - window.first, 0, len(sums) - 1)
            z = np.clip(lasts - window.first, 0, len(sums) - 1)
            better = z - a > best
            scores[row, better] = ((sums[z] - sums[a])[better] / (z - a)[better]).astype(np.float32)
            best = np.maximum(best, z - a)
    return scores


def windows_around(seen: Seen, cue: Scored) -> list[int]:
    """The numbers of the windows that hold a cue, the one with most text on both sides first."""
    found = []
    for number, window in enumerate(seen.windows):
        if window.first <= cue.first and cue.last <= window.last:
            left = cue.first - window.first if window.first else seen.words
            right = window.last - cue.last if window.last < seen.words else seen.words
            found.append((-min(left, right), number))
    return [number for _, number in sorted(found)]


def no_source(seen: Seen, cue: Scored) -> float:
    """The score of a cue's naming no source."""
    number = seen.speakers[seen.unit_of(cue.first)]
    at = seen.windows[number].first
    return float(seen.outputs[number].no_source[cue.first - at : max(cue.last - at, cue.first - at + 1)].mean())


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities; all zero where nothing is finite."""
    if not len(scores) or not np.isfinite(scores).any():
        return np.zeros_like(scores)
    odds = np.exp(scores - scores[np.isfinite(scores)].max())
    found: Floats = odds / odds.sum()
    return found
