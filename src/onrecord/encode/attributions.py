"""From tags and link scores to sources, cues and contents, and who belongs to whom."""

from __future__ import annotations

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


def decode(seen: Seen, transitions: Floats, names: list[str], floor: Floats) -> Attributions:
    """The attributions of a report.

    `floor` [tags] is added to the emissions (chosen on dev: how readily a word is taken to be in a span).
    Each stretch of content goes to the cue that the link head gives the most, each cue to its likeliest
    source or to none. A cue without content and a content without cue are dropped.
    """
    emissions = seen.gather("attribution").astype(np.float32) + floor
    spans = tagged(emissions, transitions, names)
    cues = [i for i, span in enumerate(spans) if span.kind == "cue"]
    sources = [i for i, span in enumerate(spans) if span.kind == "source"]
    contents = [i for i, span in enumerate(spans) if span.kind == "content"]
    if not cues:
        return Attributions([], [], [])
    to_content = link_scores(seen, "content_link", [spans[i] for i in cues], [spans[i] for i in contents])
    links_c = []
    for column, content in enumerate(contents):
        chances = softmax(to_content[:, column])
        best = int(chances.argmax())
        if np.isfinite(to_content[best, column]):
            links_c.append((cues[best], content, round(float(chances[best]), 4)))
    kept = {cue for cue, _, _ in links_c}
    to_source = link_scores(seen, "source_link", [spans[i] for i in cues], [spans[i] for i in sources])
    links_s = []
    for row, cue in enumerate(cues):
        chances = softmax(np.append(to_source[row], no_source(seen, spans[cue])))
        best = int(chances.argmax())
        if cue in kept and best < len(sources):
            links_s.append((cue, sources[best], round(float(chances[best]), 4)))
    return Attributions(spans, links_s, links_c)


def link_scores(seen: Seen, name: str, cues: list[Scored], others: list[Scored]) -> Floats:
    """[cues, others]: the mean score of the pairs of their words, in the window that sees most of both."""
    scores = np.full((len(cues), len(others)), -np.inf, dtype=np.float32)
    for i, cue in enumerate(cues):
        for j, other in enumerate(others):
            number = shared_window(seen, cue, other)
            if number < 0:
                continue
            window = seen.windows[number]
            rows = slice(cue.first - window.first, cue.last - window.first)
            a, z = max(other.first, window.first) - window.first, min(other.last, window.last) - window.first
            scores[i, j] = getattr(seen.outputs[number], name)[rows, a:z].mean()
    return scores


def shared_window(seen: Seen, cue: Scored, other: Scored) -> int:
    """The number of the window that holds the cue and most of the other span, the cue best inside it; -1: none."""
    found, best = -1, (0, 0)
    for number, window in enumerate(seen.windows):
        if not (window.first <= cue.first and cue.last <= window.last):
            continue
        shared = min(other.last, window.last) - max(other.first, window.first)
        left = cue.first - window.first if window.first else seen.words
        right = window.last - cue.last if window.last < seen.words else seen.words
        if shared > 0 and (shared, min(left, right)) > best:
            found, best = number, (shared, min(left, right))
    return found


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
