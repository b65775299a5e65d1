"""Decoding finds what trying everything would find."""

from itertools import pairwise, product

import numpy as np
import pytest

from onrecord.encode.attributions import cues_in
from onrecord.encode.roles import best_arguments
from onrecord.encode.syntax import best_tree, reaches
from onrecord.encode.tags import Path, best_path, forbidden, marginals, tag_names, to_spans, to_tags

NAMES = tag_names(["source", "cue"])


def score(path, emissions, transitions):
    ends = [len(NAMES), *path, len(NAMES)]
    return sum(emissions[w, t] for w, t in enumerate(path)) + sum(transitions[a, b] for a, b in pairwise(ends))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_path_is_the_best_of_all_legal_ones(seed: int) -> None:
    random = np.random.default_rng(seed)
    emissions = random.normal(size=(4, len(NAMES))).astype(np.float32)
    transitions = random.normal(size=(len(NAMES) + 1,) * 2).astype(np.float32) + forbidden(NAMES)
    best = max(product(range(len(NAMES)), repeat=4), key=lambda path: score(path, emissions, transitions))
    assert best_path(emissions, transitions) == list(best)


@pytest.mark.parametrize("seed", range(5))
def test_a_path_is_the_same_word_by_word_and_what_is_settled_stands(seed: int) -> None:
    random = np.random.default_rng(seed)
    emissions = random.normal(size=(40, len(NAMES))).astype(np.float32)
    transitions = random.normal(size=(len(NAMES) + 1,) * 2).astype(np.float32) + forbidden(NAMES)
    whole = best_path(emissions, transitions)
    path, settled = Path(transitions), 0
    for word in range(40):
        path.add(emissions[word : word + 1])
        assert settled <= len(path.settled) <= word + 1
        settled = len(path.settled)
        assert path.settled == whole[:settled]
    assert settled > 20
    assert path.end() == whole


def test_a_cue_cut_by_a_windows_edge_is_not_in_the_window() -> None:
    cue = (4, 6, "cue")
    tags = to_tags([(0, 2, "cue"), (2, 3, "source"), cue, (7, 9, "cue")], 9, NAMES)
    assert cues_in(tags, NAMES) == [(0, 2), (4, 6), (7, 9)]
    assert cues_in(tags[1:8], NAMES) == [(3, 5)]
    assert cues_in(tags[5:6], NAMES) == []


def test_marginals_are_the_shares_of_all_paths() -> None:
    random = np.random.default_rng(7)
    emissions = random.normal(size=(3, len(NAMES))).astype(np.float32)
    transitions = random.normal(size=(len(NAMES) + 1,) * 2).astype(np.float32) + forbidden(NAMES)
    shares = np.zeros_like(emissions, dtype=np.float64)
    for path in product(range(len(NAMES)), repeat=3):
        shares[np.arange(3), path] += np.exp(float(score(path, emissions, transitions)))
    assert np.allclose(marginals(emissions, transitions), shares / shares.sum(1, keepdims=True), atol=1e-5)


def test_spans_become_tags_and_come_back() -> None:
    spans = [(0, 1, "cue"), (1, 3, "source"), (3, 7, "source"), (8, 10, "cue")]
    assert to_spans(to_tags(spans, 11, NAMES), NAMES) == spans


def test_a_span_inside_another_is_left_out() -> None:
    assert to_spans(to_tags([(0, 5, "source"), (2, 3, "cue")], 6, NAMES), NAMES) == [(0, 5, "source")]


def test_a_cut_window_may_begin_inside_a_span_and_a_whole_text_may_not() -> None:
    inside = NAMES.index("I-cue")
    assert forbidden(NAMES)[-1, inside] < -1000
    assert forbidden(NAMES, cut=True)[-1, inside] == 0


@pytest.mark.parametrize("seed", range(12))
def test_the_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 5)).astype(np.float32)
    heads = best_tree(scores)
    roots = [word for word, head in enumerate(heads) if word == head]
    assert len(roots) == 1
    assert reaches(heads, roots[0])

    def total(tree):
        return sum(scores[head, word] for word, head in enumerate(tree))

    trees = [t for t in product(range(5), repeat=5) if t[roots[0]] == roots[0]]
    trees = [t for t in trees if sum(w == h for w, h in enumerate(t)) == 1 and reaches(list(t), roots[0])]
    assert total(heads) == pytest.approx(max(map(total, trees)), abs=1e-5)


def test_an_argument_neither_holds_its_predicate_nor_starts_inside() -> None:
    names = ["O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1"]
    scores = np.zeros((5, 5), dtype=np.float32)
    scores[0, 2] = scores[1, 2] = 5  # I-ARG0 first: only B-ARG0 may stand before it
    scores[2, 2] = 9  # the predicate
    scores[3, 3] = scores[4, 4] = 5
    twice = np.stack((scores, scores[::-1]))
    one, other = ([(a.first, a.last, a.kind) for a in found] for found in best_arguments(twice, names, [2, 2]))
    assert one == [(0, 2, "ARG0"), (3, 5, "ARG1")]
    assert other == [(1, 2, "ARG1"), (3, 5, "ARG0")]
