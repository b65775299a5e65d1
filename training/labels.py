"""The label sets of all heads, counted from the training documents, and their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from corpus import Document
from model import Sizes
from onrecord.encode.tags import tag_names

ROLES = ("source", "cue", "content")
ENTITIES = ("PER", "ORG", "LOC")
_MOST_SCRIPTS = 240
_FEWEST_ROLES = 20
_FEWEST_CUES = 8


class Labels(msgspec.Struct):
    """Names of labels in the order of the model's outputs."""

    attribution: list[str]
    entity: list[str]
    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    relation: list[str]
    role: list[str]
    mention: list[str]
    cue: list[str] = []

    def sizes(self) -> Sizes:
        """How many each head has."""
        return Sizes(*(len(getattr(self, name)) for name in Sizes._fields))


def lemma_script(form: str, lemma: str) -> str:
    """How to get a lemma from a form: `l` lower or `k` keep case, letters to strip from the end, letters to add.

    >>> lemma_script("Announced", "announce"), lemma_script("Bush", "Bush")
    ('l1', 'k0')
    """
    case, base = ("l", form.lower()) if lemma == lemma.lower() else ("k", form)
    shared = next((i for i, (a, b) in enumerate(zip(base, lemma, strict=False)) if a != b), min(len(base), len(lemma)))
    return f"{case}{len(base) - shared}{lemma[shared:]}"


def count_labels(documents: Iterable[Document]) -> Labels:
    """The label sets of the training documents; rare roles and lemma scripts are left out."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for d in documents:
        upos.update(d.upos or [])
        xpos.update(d.xpos or [])
        relations.update(d.relations or [])
        scripts.update(lemma_script(f, m) for f, m in zip(d.words, d.lemmas or [], strict=False))
        roles.update(label for p in d.predicates or [] for *_, label in p.arguments)
        mentions.update(kind for *_, kind, _ in d.mentions or [])
        cues.update(cue for _, cue in d.cues or [])
    common = [role for role, n in roles.most_common() if n >= _FEWEST_ROLES]
    return Labels(
        attribution=tag_names(ROLES),
        entity=tag_names(ENTITIES),
        upos=sorted(upos),
        xpos=sorted(xpos),
        lemma=[script for script, _ in scripts.most_common(_MOST_SCRIPTS)],
        relation=sorted(relations),
        role=["O", *(f"{place}-{role}" for role in common for place in "BI")],
        mention=["none", *sorted(mentions)],
        cue=sorted(cue for cue, n in cues.items() if n >= _FEWEST_CUES),
    )
