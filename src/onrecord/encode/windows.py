"""Cut a report's words into windows of pieces that the encoder can take in one go."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.encode.features import case_of, quote_states
from onrecord.encode.pieces import CLS, SEP, Pieces

LIMIT = 256
"""Pieces in a window, at most; the model was trained on windows of this size."""

OVERLAP = 96
"""Pieces that two neighbouring windows share, at least, where the text runs on."""


class Window(NamedTuple):
    """Words `first` to `last` (excluded) of a report as P pieces and W words.

    `heads[w]` and `tails[w]` are the places among the pieces of a word's first and last piece.
    """

    first: int
    last: int
    pieces: list[int]
    cases: list[int]
    quotes: list[int]
    heads: list[int]
    tails: list[int]


def build_window(
    words: Sequence[str], pieces: Pieces, first: int, last: int, paragraphs: set[int], quotes: Sequence[int]
) -> Window:
    """The window of words `first` to `last`, with `[SEP]` where a paragraph starts inside it."""
    window = Window(first, last, [CLS], [5], [0], [], [])
    for index in range(first, last):
        if index in paragraphs and index > first:
            window.pieces.append(SEP)
            window.cases.append(5)
            window.quotes.append(0)
        ids = pieces.of(words[index])
        window.heads.append(len(window.pieces))
        window.pieces.extend(ids)
        window.cases.extend([case_of(words[index])] * len(ids))
        window.quotes.extend([quotes[index]] * len(ids))
        window.tails.append(len(window.pieces) - 1)
    window.pieces.append(SEP)
    window.cases.append(5)
    window.quotes.append(0)
    return window


def spread(
    costs: Sequence[int], starts: Sequence[int], limit: int, overlap: int, first_limit: int = 0
) -> list[tuple[int, int]]:
    """Cover words with windows `[first, last)` that start and end with sentences and share `overlap` pieces.

    `costs[w]` is the number of pieces of word w (a paragraph's break counted with its first word), `starts`
    the first words of sentences. A sentence too long for a window is cut. `first_limit` makes the first
    window shorter (training cuts each time elsewhere).
    """
    total = [0]
    for cost in costs:
        total.append(total[-1] + cost)
    count = len(costs)
    cuts = sorted({0, count, *starts})
    found: list[tuple[int, int]] = []
    first = 0
    while first < count:
        room = (first_limit if first_limit and not found else limit) - 2
        fits = bisect_left(total, total[first] + room + 1) - 1
        fits = max(fits, first + 1)
        last = max((cut for cut in cuts if first < cut <= fits), default=fits)
        found.append((first, last))
        if last >= count:
            break
        ahead = next(cut for cut in cuts if cut > last)
        fit = [cut for cut in cuts if first < cut < last and total[ahead] - total[cut] <= limit - 2]
        enough = [cut for cut in fit if total[last] - total[cut] >= overlap]
        first = (max(enough) if enough else min(fit, default=last)) if overlap else last
    return found


def cut_windows(
    words: Sequence[str],
    pieces: Pieces,
    sentences: Sequence[int],
    paragraphs: Sequence[int],
    first_limit: int = 0,
    overlap: int = OVERLAP,
) -> list[Window]:
    """All windows of a report, in order; `sentences` and `paragraphs` hold the index of their first words."""
    breaks = set(paragraphs)
    quotes = quote_states(words, paragraphs)
    costs = [len(pieces.of(word)) + (index in breaks) for index, word in enumerate(words)]
    return [
        build_window(words, pieces, first, last, breaks, quotes)
        for first, last in spread(costs, sentences, LIMIT, overlap, first_limit)
    ]
