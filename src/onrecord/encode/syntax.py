"""From arc scores to one tree a sentence."""

from __future__ import annotations

import numpy as np

from onrecord.encode.outputs import Seen
from onrecord.encode.tags import Floats


def decode_heads(seen: Seen) -> list[int]:
    """The governing word of every word that a window speaks for; a root governs itself."""
    heads: list[int] = []
    at = seen.window.first
    for first, last in seen.units:
        heads += [first + head for head in best_tree(seen.outputs.arc[first - at : last - at, first - at : last - at])]
    return heads


def best_tree(scores: Floats) -> list[int]:
    """[head, word] scores of one sentence -> each word's head, its own index for the one root.

    Every word first takes its best head. Where that is no tree, the maximum spanning arborescence is
    found (Chu and Liu 1965, Edmonds 1967), for the likeliest root.
    """
    count = len(scores)
    if not count:
        return []
    greedy = [int(head) for head in scores.argmax(0)]
    roots = [word for word, head in enumerate(greedy) if head == word]
    if len(roots) == 1 and reaches(greedy, roots[0]):
        return greedy
    root = int(np.diagonal(scores).argmax()) if not roots else max(roots, key=lambda word: float(scores[word, word]))
    open_scores = scores.astype(np.float32).copy()
    np.fill_diagonal(open_scores, -np.inf)
    open_scores[:, root] = -np.inf
    heads = arborescence(open_scores, root)
    heads[root] = root
    return heads


def reaches(heads: list[int], root: int) -> bool:
    """Whether every word leads to the root."""
    good = {root}
    for word in range(len(heads)):
        path = []
        while word not in good:
            if word in path:
                return False
            path.append(word)
            word = heads[word]
        good.update(path)
    return True


def cycle_of(heads: list[int], root: int) -> list[int]:
    """The words of a cycle, or none."""
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        path, word = [], start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = heads[word]
        if state[word] == 1 and word in path:
            return path[path.index(word) :]
        for seen in path:
            state[seen] = 2
    return []


def arborescence(scores: Floats, root: int) -> list[int]:
    """[head, word] -> the heads of the best tree from `root`; one cycle after another is drawn together."""
    count = len(scores)
    heads = [root if word == root else int(scores[:, word].argmax()) for word in range(count)]
    cycle = cycle_of(heads, root)
    if not cycle:
        return heads
    rest = [word for word in range(count) if word not in set(cycle)]
    size = len(rest)
    inner = np.full((size + 1, size + 1), -np.inf, dtype=np.float32)
    inner[:size, :size] = scores[np.ix_(rest, rest)]
    lost = np.array([scores[heads[word], word] for word in cycle])
    into = scores[np.ix_(rest, cycle)] - lost
    inner[:size, size] = into.max(1)
    out = scores[np.ix_(cycle, rest)]
    inner[size, :size] = out.max(0)
    solved = arborescence(inner, rest.index(root))
    for place, word in enumerate(rest):
        if word != root:
            heads[word] = cycle[int(out[:, place].argmax())] if solved[place] == size else rest[solved[place]]
    entry = solved[size]
    broken = cycle[int(into[entry].argmax())]
    heads[broken] = rest[entry]
    return heads
