"""From tags and link scores to sources, cues and contents, and who belongs to whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.outputs import Seen
from onrecord.encode.tags import Floats, Path, best_path, forbidden, marginals, to_spans
from onrecord.encode.windows import Window

Sums = NDArray[np.float64]


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
    return scored(emissions, legal, best_path(emissions, legal), names)


def scored(emissions: Floats, transitions: Floats, path: list[int], names: list[str]) -> list[Scored]:
    """The spans of a sequence of tags."""
    chances = marginals(emissions, transitions)[np.arange(len(path)), path] if path else np.zeros(0)
    return [Scored(a, z, kind, round(float(chances[a:z].mean()), 4)) for a, z, kind in to_spans(path, names)]


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


class Row(NamedTuple):
    """What one window gives a cue: for each kind of link the sums of the scores before each of its words, [W + 1].

    A score is the mean over the cue's words. `inside` counts the words on the cue's nearer side.
    """

    window: Window
    inside: int
    source_link: Sums
    content_link: Sums


class Reading:
    """The attributions of a report, read window after window.

    A window's link scores, one for each two of its words, are held until its words are tagged for good, those of its
    cues until the end.
    """

    def __init__(self, names: list[str], weighing: Weighing) -> None:
        self._names, self._weighing = names, weighing
        self._transitions = weighing.transitions + forbidden(names)
        self._path = Path(self._transitions)
        self._open: list[Seen] = []
        self._emissions: list[Floats] = []
        self._no_source: list[Floats] = []
        self._rows: dict[tuple[int, int], list[Row]] = {}

    def add(self, seen: Seen) -> None:
        """Read the next window."""
        self._emissions.append(seen.rows("attribution").astype(np.float32) + self._weighing.floor)
        self._no_source.append(seen.rows("no_source").astype(np.float32))
        self._path.add(self._emissions[-1])
        self._open.append(seen)
        self._close(self._path.settled)

    def decode(self, paragraphs: Sequence[int]) -> Attributions:
        """The attributions, after the last window; `paragraphs` holds the first words of paragraphs.

        Each stretch of content goes to the cue that the link head gives the most, each cue to its likeliest
        source or to none. A cue without content and a content without cue are dropped.
        """
        path = self._path.end()
        self._close(path)
        spans = scored(np.concatenate(self._emissions), self._transitions, path, self._names)
        cues = [i for i, span in enumerate(spans) if span.kind == "cue"]
        contents = [i for i, span in enumerate(spans) if span.kind == "content"]
        if not cues or not contents:
            return Attributions([], [], [])
        scores = self._links("content_link", [spans[i] for i in cues], [spans[i] for i in contents])
        apart = paragraphs_apart(paragraphs, [spans[i] for i in cues], [spans[i] for i in contents])
        scores -= self._weighing.apart * apart
        to_contents = []
        for column, content in enumerate(contents):
            best = int(scores[:, column].argmax())
            if scores[best, column] >= self._weighing.least:
                to_contents.append((cues[best], content, round(float(softmax(scores[:, column])[best]), 4)))
        kept = sorted({cue for cue, _, _ in to_contents})
        return Attributions(spans, self._choose_sources(spans, kept), to_contents)

    def _close(self, path: list[int]) -> None:
        """Keep of each window whose words have all their tag the rows of its cues alone."""
        closed = [seen for seen in self._open if seen.window.last <= len(path)]
        self._open = self._open[len(closed) :]
        for seen in closed:
            for first, last in cues_in(path[seen.window.first : seen.window.last], self._names):
                place = (first + seen.window.first, last + seen.window.first)
                self._rows.setdefault(place, []).append(row_of(seen, first, last))

    def _choose_sources(self, spans: list[Scored], cues: list[int]) -> list[tuple[int, int, float]]:
        """Links `(cue, source, score)` for the cues that name a source."""
        sources = [i for i, span in enumerate(spans) if span.kind == "source"]
        scores = self._links("source_link", [spans[i] for i in cues], [spans[i] for i in sources])
        none = np.concatenate(self._no_source)
        found = []
        for row, cue in enumerate(cues):
            chances = softmax(np.append(scores[row], none[spans[cue].first : spans[cue].last].mean()))
            best = int(chances.argmax())
            if best < len(sources):
                found.append((cue, sources[best], round(float(chances[best]), 4)))
        return found

    def _links(self, name: str, cues: list[Scored], others: list[Scored]) -> Floats:
        """[cues, others]: the mean score of the pairs of their words, -inf where no window sees both.

        Of several windows the one that sees most of the other span counts, then the one with the cue best inside.
        """
        scores = np.full((len(cues), len(others)), -np.inf, dtype=np.float32)
        firsts = np.array([other.first for other in others], dtype=np.int64)
        lasts = np.array([other.last for other in others], dtype=np.int64)
        for at, cue in enumerate(cues):
            best = np.zeros(len(others))
            for row in sorted(self._rows.get((cue.first, cue.last), ()), key=lambda row: -row.inside):
                sums: Sums = getattr(row, name)
                a = np.clip(firsts - row.window.first, 0, len(sums) - 1)
                z = np.clip(lasts - row.window.first, 0, len(sums) - 1)
                better = z - a > best
                scores[at, better] = ((sums[z] - sums[a])[better] / (z - a)[better]).astype(np.float32)
                best = np.maximum(best, z - a)
        return scores


def cues_in(tags: list[int], names: list[str]) -> list[tuple[int, int]]:
    """The cues that lie whole in a stretch of tags, which may begin and end inside a span."""
    spans = to_spans(tags, names)
    cut = bool(tags) and names[tags[0]][0] in "IE"
    return [(first, last) for first, last, kind in spans[cut:] if kind == "cue"]


def row_of(seen: Seen, first: int, last: int) -> Row:
    """What a window gives the cue at its words `[first, last)`."""
    window = seen.window
    left = first if window.first else seen.words
    right = window.last - window.first - last if window.last < seen.words else seen.words
    return Row(
        window,
        min(left, right),
        *(sums_of(links[first:last]) for links in (seen.outputs.source_link, seen.outputs.content_link)),
    )


def sums_of(pairs: Floats) -> Sums:
    """[cue's words, W] -> the sums of the mean scores before each word."""
    sums: Sums = np.concatenate(([0.0], np.cumsum(pairs.mean(0, dtype=np.float64))))
    return sums


def paragraphs_apart(paragraphs: Sequence[int], cues: list[Scored], contents: list[Scored]) -> Floats:
    """[cues, contents]: how many paragraphs' breaks lie between them."""

    def number(word: int) -> int:
        return bisect_right(paragraphs, word)

    at = np.array([number(cue.first) for cue in cues])[:, None]
    first = np.array([number(content.first) for content in contents])[None, :]
    last = np.array([number(content.last - 1) for content in contents])[None, :]
    found: Floats = np.maximum(np.maximum(first - at, at - last), 0).astype(np.float32)
    return found


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities; all zero where nothing is finite."""
    if not len(scores) or not np.isfinite(scores).any():
        return np.zeros_like(scores)
    odds = np.exp(scores - scores[np.isfinite(scores)].max())
    found: Floats = odds / odds.sum()
    return found
