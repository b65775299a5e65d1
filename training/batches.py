"""Prepared documents to padded batches of windows, cut anew each time they are asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from corpus import Document
from labels import Labels, lemma_script
from onrecord.encode.pieces import Pieces
from onrecord.encode.tags import to_tags
from onrecord.encode.windows import LIMIT, Window, cut_windows

NONE = -100
"""The label that a loss leaves out."""

Pairs = list[tuple[int, int]]


class Links(NamedTuple):
    """Attributions of one window, as word spans of the window: cues, sources, contents, and who belongs to whom."""

    cues: Pairs
    sources: Pairs
    contents: Pairs
    source_of: list[int]  # for each cue: index of its source, len(sources) for none, NONE if cut off
    cue_of: list[int]  # for each content piece: index of its cue, NONE if cut off


class Batch(NamedTuple):
    """B windows; see `model.Model.words` for the first five. Labels are [B, W]; lists hold what is not a grid."""

    task: str
    pieces: Tensor
    cases: Tensor
    quotes: Tensor
    first: Tensor
    last: Tensor
    mask: Tensor  # [B, W]: words that are not padding
    sentence: Tensor  # [B, W]: number of the word's sentence
    labels: dict[str, Tensor]
    links: list[Links]
    predicates: list[tuple[int, int]]  # (window, word)
    roles: Tensor  # [predicates, W]
    cues: Tensor | None = None  # [B, W, cues]: 1 where a word tells so, NONE where it may or is padding


def clip(pair: tuple[int, int], window: Window) -> tuple[int, int]:
    """A document's word span inside a window; empty where they do not meet."""
    return max(pair[0] - window.first, 0), min(pair[1], window.last) - window.first


def window_links(document: Document, window: Window) -> Links:
    """The links of one window."""
    links = Links([], [], [], [], [])
    seen: dict[tuple[int, int], int] = {}
    for attribution in document.attributions or []:
        cue = clip(attribution.cue[0], window)
        source = clip(attribution.source[0], window) if attribution.source else None
        has_cue = cue[0] < cue[1]
        if source and source[0] < source[1]:
            place = seen.setdefault(source, len(links.sources))
            if place == len(links.sources):
                links.sources.append(source)
        else:
            place = NONE if source else -1  # -1: names no source
        number = len(links.cues)
        if has_cue:
            links.cues.append(cue)
            links.source_of.append(place)
        for content in attribution.content:
            piece = clip(content, window)
            if piece[0] < piece[1]:
                links.contents.append(piece)
                links.cue_of.append(number if has_cue else NONE)
    links.source_of[:] = [len(links.sources) if place == -1 else place for place in links.source_of]
    return links


def attribution_spans(document: Document) -> list[tuple[int, int, str]]:
    """All spans of a document's attributions with their role."""
    return [
        (first, last, role)
        for attribution in document.attributions or []
        for role in ("source", "cue", "content")
        for first, last in getattr(attribution, role)
    ]


def word_labels(document: Document, labels: Labels) -> dict[str, list[int]]:
    """The labels of every word of a document, for each head that its corpus teaches."""
    count = len(document.words)
    found: dict[str, list[int]] = {}
    if document.attributions is not None:
        found["attribution"] = to_tags(attribution_spans(document), count, labels.attribution)
    if document.entities is not None:
        found["entity"] = to_tags(document.entities, count, labels.entity)
    if document.upos is not None and document.xpos is not None and document.lemmas is not None:
        found["upos"] = [labels.upos.index(tag) for tag in document.upos]
        found["xpos"] = [labels.xpos.index(tag) for tag in document.xpos]
        number = {script: i for i, script in enumerate(labels.lemma)}
        pairs = zip(document.words, document.lemmas, strict=True)
        found["lemma"] = [number.get(lemma_script(form, lemma), NONE) for form, lemma in pairs]
    if document.heads is not None and document.relations is not None:
        found["head"] = list(document.heads)
        found["relation"] = [labels.relation.index(name) for name in document.relations]
    if document.predicate_words is not None:
        at = {predicate.at for predicate in document.predicates or []}
        covered = enumerate(document.predicate_words)
        found["predicate"] = [int(i in at) if yes else NONE for i, yes in covered]
    if document.mentions is not None:
        add_mentions(document, labels, found)
    return found


def cue_rows(document: Document, labels: Labels) -> Tensor:
    """What each word of a document tells of talks: [W, cues] of 1 and 0, NONE in a row that is not to be learnt."""
    rows = torch.zeros(len(document.words), len(labels.cue))
    if document.cues is None:
        return rows.fill_(NONE)
    number = {cue: i for i, cue in enumerate(labels.cue)}
    for at, cue in document.cues:
        if cue in number:
            rows[at, number[cue]] = 1
    rows[document.unsure or []] = NONE
    return rows


def add_mentions(document: Document, labels: Labels, found: dict[str, list[int]]) -> None:
    """Entity type of the mention that a word heads, and the head word of the mention's nearest antecedent.

    A word that heads several mentions stands for the longest. `same` is the word itself for a first
    mention, NONE for words that head none.
    """
    heads = document.heads or []
    kind, cluster = [0] * len(heads), [-1] * len(heads)
    for first, last, name, number in sorted(document.mentions or [], key=lambda m: m[1] - m[0]):
        tops = [i for i in range(first, last) if not first <= heads[i] < last or heads[i] == i]
        if tops:
            kind[tops[0]], cluster[tops[0]] = labels.mention.index(name), number
    latest: dict[int, int] = {}
    same = [NONE] * len(heads)
    for index, number in enumerate(cluster):
        if number >= 0:
            same[index] = latest.get(number, index)
            latest[number] = index
    found["mention"], found["same"] = kind, same


def sentence_numbers(document: Document) -> list[int]:
    """For each word, the number of its sentence."""
    starts = set(document.sentences)
    found, number = [], -1
    for index in range(len(document.words)):
        number += index in starts
        found.append(max(number, 0))
    return found


class Source:
    """One corpus as an endless supply of batches of one task."""

    def __init__(self, task: str, documents: list[Document], labels: Labels, pieces: Pieces, seed: int) -> None:
        self.task, self.documents, self.labels, self.pieces = task, documents, labels, pieces
        self.known = [(word_labels(d, labels), sentence_numbers(d)) for d in documents]
        self.cues = [cue_rows(d, labels) for d in documents] if documents[0].cues is not None else None
        self.role = {name: i for i, name in enumerate(labels.role)}
        self.random = random.Random(seed)
        self.epoch = 0

    def batches(self, budget: int) -> Iterator[Batch]:
        """Batches of about `budget` pieces, padding counted, without end; windows of like length go together."""
        while True:
            self.epoch += 1
            windows = [
                (number, window)
                for number, document in enumerate(self.documents)
                for window in cut_windows(
                    document.words,
                    self.pieces,
                    document.sentences,
                    document.paragraphs,
                    self.random.randint(64, LIMIT),
                    overlap=0,
                )
            ]
            self.random.shuffle(windows)
            windows.sort(key=lambda item: round_up(len(item[1].pieces)), reverse=True)
            groups: list[list[tuple[int, Window]]] = []
            while windows:
                size = max(1, budget // round_up(len(windows[0][1].pieces)))
                groups.append(windows[:size])
                del windows[:size]
            self.random.shuffle(groups)
            for group in groups:
                yield self.batch(group)

    def batch(self, group: list[tuple[int, Window]]) -> Batch:
        """Pad a group of windows."""
        windows = [window for _, window in group]
        words = round_up(max(w.last - w.first for w in windows))
        width = round_up(max(len(w.pieces) for w in windows))
        first = pad([w.heads for w in windows], 0, words)
        labels: dict[str, Tensor] = {}
        for name in self.known[group[0][0]][0]:
            rows = [self.known[n][0][name][w.first : w.last] for n, w in group]
            if name in ("head", "same"):
                rows = [inside(row, w) for row, (_, w) in zip(rows, group, strict=True)]
            labels[name] = pad(rows, NONE, words)
        predicates, roles = self.roles(group, words)
        return Batch(
            task=self.task,
            pieces=pad([w.pieces for w in windows], 0, width),
            cases=pad([w.cases for w in windows], 5, width),
            quotes=pad([w.quotes for w in windows], 0, width),
            first=first,
            last=pad([w.tails for w in windows], 0, words),
            mask=pad([[1] * (w.last - w.first) for w in windows], 0, words).bool(),
            sentence=pad([self.known[n][1][w.first : w.last] for n, w in group], -1, words),
            labels=labels,
            links=[window_links(self.documents[n], w) for n, w in group] if "attribution" in labels else [],
            predicates=predicates,
            roles=roles,
            cues=self.cue_grid(group, words),
        )

    def cue_grid(self, group: list[tuple[int, Window]], words: int) -> Tensor | None:
        """The cues of a group of windows, [B, words, cues]."""
        if self.cues is None:
            return None
        grid = torch.full((len(group), words, len(self.labels.cue)), float(NONE))
        for row, (n, window) in zip(grid, group, strict=True):
            row[: window.last - window.first] = self.cues[n][window.first : window.last]
        return grid

    def roles(self, group: list[tuple[int, Window]], words: int) -> tuple[list[tuple[int, int]], Tensor]:
        """Where the predicates of a batch are, and the roles of their sentences' words."""
        places: list[tuple[int, int]] = []
        rows: list[list[int]] = []
        for b, (n, window) in enumerate(group):
            sentence = self.known[n][1]
            for predicate in self.documents[n].predicates or []:
                if not window.first <= predicate.at < window.last:
                    continue
                row = [0 if sentence[i] == sentence[predicate.at] else NONE for i in range(window.first, window.last)]
                for start, end, label in predicate.arguments:
                    a, z = clip((start, end), window)
                    if a < z and f"B-{label}" in self.role and not any(x > 0 for x in row[a:z]):
                        row[a:z] = [self.role[f"I-{label}"]] * (z - a)
                        row[a] = self.role[f"B-{label}"]
                places.append((b, predicate.at - window.first))
                rows.append(row)
        spare = round_up(len(rows)) - len(rows)
        places += [(0, 0)] * spare
        rows += [[NONE] * words] * spare
        return places, pad(rows, NONE, words) if rows else torch.empty(0, words, dtype=torch.long)


def round_up(count: int) -> int:
    """To a multiple of 32: oneDNN compiles its kernels anew for every shape, so there are to be few."""
    return -(-count // 32) * 32


def inside(row: list[int], window: Window) -> list[int]:
    """Word indexes of the document as indexes of the window; NONE for those outside it."""
    return [i - window.first if window.first <= i < window.last else NONE for i in row]


def pad(rows: list[list[int]], value: int, width: int = 0) -> Tensor:
    """Rows of unequal length as one [rows, width] of integers."""
    width = max(width, max(len(row) for row in rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows], dtype=torch.long)
