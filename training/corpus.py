"""The one format that every corpus is brought to: documents of words with the labels that the corpus has.

A prepared file is JSON lines, one document each. Word spans are half-open pairs of word indexes. A layer
that the corpus does not have is None. Prepared files hold corpus text and stay out of the repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

Pair = tuple[int, int]


class Attribution(msgspec.Struct, omit_defaults=True):
    """Source, cue and content as word spans; each may be broken into several."""

    source: list[Pair]
    cue: list[Pair]
    content: list[Pair]


class Predicate(msgspec.Struct):
    """The word that carries a PropBank predicate, and its arguments with their roles."""

    at: int
    arguments: list[tuple[int, int, str]]


class Document(msgspec.Struct, omit_defaults=True):
    """One document. `offsets` lead back to the original's characters where they matter (PolNeAR)."""

    name: str
    words: list[str]
    sentences: list[int]  # index of each sentence's first word
    paragraphs: list[int]  # index of each paragraph's first word
    offsets: list[Pair] | None = None
    attributions: list[Attribution] | None = None
    entities: list[tuple[int, int, str]] | None = None
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None  # index of the governing word, its own for a root
    relations: list[str] | None = None
    predicates: list[Predicate] | None = None
    predicate_words: list[bool] | None = None  # words of sentences that PropBank covers
    mentions: list[tuple[int, int, str, int]] | None = None  # start, end, type, cluster
    cues: list[tuple[int, str]] | None = None  # the word that heads what tells of talks, and of what ("move:offer")
    unsure: list[int] | None = None  # words that may or may not tell of the same again


def write(path: Path, documents: Iterable[Document]) -> int:
    """Write the documents and return their number of words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    total = 0
    with path.open("wb") as file:
        for document in documents:
            total += len(document.words)
            file.write(msgspec.json.encode(document) + b"\n")
    return total


def read(path: Path) -> list[Document]:
    """Read a prepared file."""
    with path.open("rb") as file:
        return [msgspec.json.decode(line, type=Document) for line in file]


class Row(msgspec.Struct):
    """One syntactic word of a CoNLL-U file."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str
    misc: str


def read_conllu(path: Path) -> Iterator[tuple[dict[str, str], list[Row]]]:
    """Yield each sentence's comments and words; ranges (1-2) and empty words (1.1) are left out."""
    comments: dict[str, str] = {}
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line.strip():
            cells = line.split("\t")
            if cells[0].isdigit():
                form, lemma, upos, xpos, _, head, relation, _, misc = cells[1:10]
                rows.append(Row(form, lemma, upos, xpos, int(head), relation, misc))
        elif rows:
            yield comments, rows
            comments, rows = {}, []
    if rows:
        yield comments, rows


def add_sentence(document: Document, rows: list[Row], *, paragraph: bool) -> int:
    """Append a parsed sentence with its layers of syntax; return its first word's index."""
    first = len(document.words)
    document.sentences.append(first)
    if paragraph or not first:
        document.paragraphs.append(first)
    heads = [first + (row.head - 1 if row.head else index) for index, row in enumerate(rows)]
    document.words += [row.form for row in rows]
    document.upos = (document.upos or []) + [row.upos for row in rows]
    document.xpos = (document.xpos or []) + [row.xpos for row in rows]
    document.lemmas = (document.lemmas or []) + [row.lemma for row in rows]
    document.heads = (document.heads or []) + heads
    document.relations = (document.relations or []) + [row.relation for row in rows]
    return first
