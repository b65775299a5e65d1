"""Entities, parts of speech, dependencies, predicates (EWT dev) and mentions (GUM dev), on gold words.

python training/evaluate_syntax.py MODEL --data PREPARED
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from batches import NONE, add_mentions
from corpus import Document, read
from labels import Labels, lemma_script
from onrecord.encode.attributions import tagged
from onrecord.encode.outputs import Network, Seen, gather, see
from onrecord.encode.pieces import Pieces
from onrecord.encode.roles import decode_roles
from onrecord.encode.syntax import decode_heads
from single import open_network
from vocabulary import base_pieces

ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-NEG", "ARGM-MOD", "ARGM-TMP", "ARGM-LOC")
"""Those told apart."""


def f1(right: int, found: int, gold: int) -> str:
    """Precision, recall and F1 in points."""
    p, r = right / max(found, 1), right / max(gold, 1)
    f = 2 * p * r / max(p + r, 1e-9)
    return f"P {100 * p:.1f} R {100 * r:.1f} F1 {100 * f:.1f} ({right} of {found} found, {gold} gold)"


def count(document: Document, network: Network, pieces: Pieces, labels: Labels, total: Counter[str]) -> None:
    """Add one document's counts to `total`."""
    seen = list(see(network, pieces, document.words, document.sentences, document.paragraphs))
    total["words"] += len(document.words)
    tags = {"upos": (labels.upos, document.upos), "xpos": (labels.xpos, document.xpos)}
    for name, (names, gold) in tags.items():
        total[name] += sum(names[i] == g for i, g in zip(gather(seen, name), gold or [], strict=True))
    scripts = [lemma_script(w, m) for w, m in zip(document.words, document.lemmas or [], strict=True)]
    total["lemma"] += sum(labels.lemma[i] == g for i, g in zip(gather(seen, "lemma"), scripts, strict=True))
    heads = [head for one in seen for head in decode_heads(one)]
    relations = [labels.relation[i] for i in gather(seen, "relation")]
    for head, gold_head, relation, gold_relation in zip(
        heads, document.heads or [], relations, document.relations or [], strict=True
    ):
        total["uas"] += head == gold_head
        total["las"] += head == gold_head and relation == gold_relation
        total["las coarse"] += head == gold_head and relation.split(":")[0] == gold_relation.split(":")[0]
    if document.mentions is not None:
        count_mentions(document, seen, labels, total)
    if document.entities is not None:
        zeros = np.zeros((len(labels.entity) + 1,) * 2, dtype=np.float32)
        found = {span[:3] for span in tagged(gather(seen, "entity").astype(np.float32), zeros, labels.entity)}
        gold_spans = {tuple(span) for span in document.entities}
        total["ner right"] += len(found & gold_spans)
        total["ner found"] += len(found)
        total["ner gold"] += len(gold_spans)
    if document.predicates is not None:
        covered = document.predicate_words or []
        predicates = [p for one in seen for p in decode_roles(one, labels.role) if covered[p.at]]
        gold_at = {p.at: {tuple(a) for a in p.arguments} for p in document.predicates}
        total["pred right"] += sum(p.at in gold_at for p in predicates)
        total["pred found"] += len(predicates)
        total["pred gold"] += len(gold_at)
        for p in predicates:
            arguments = {a[:3] for a in p.arguments}
            right = len(arguments & gold_at.get(p.at, set()))
            total["arg right"] += right
            total["arg found"] += len(arguments)
            total["arg found, right predicate"] += len(arguments) if p.at in gold_at else 0
            for kind in ROLES:
                total[f"{kind} right"] += sum(a[2] == kind for a in arguments & gold_at.get(p.at, set()))
                total[f"{kind} found"] += sum(a[2] == kind for a in arguments)
        found_at = {p.at for p in predicates}
        for at, gold_arguments in gold_at.items():
            total["arg gold"] += len(gold_arguments)
            total["arg gold, found predicate"] += len(gold_arguments) if at in found_at else 0
            for kind in ROLES:
                total[f"{kind} gold"] += sum(a[2] == kind for a in gold_arguments)


def count_mentions(document: Document, seen: list[Seen], labels: Labels, total: Counter[str]) -> None:
    """Add the mentions that words head, with their type, and their links to an earlier one of the same entity.

    A link is right where both ends head mentions of one gold entity; those to be found are the gold mentions' heads
    whose entity was mentioned before, however far off.
    """
    gold: dict[str, list[int]] = {}
    add_mentions(document, labels, gold)
    kinds, entity = gold["mention"], entities(gold["same"])
    known: set[int] = set()
    for one in seen:
        at, outputs = one.window.first, one.outputs
        found = outputs.mention.argmax(1)
        for word in [word for first, last in one.units for word in range(first, last)]:
            total["mention gold"] += kinds[word] > 0
            total["link gold"] += kinds[word] > 0 and entity[word] in known
            known |= {entity[word]} if kinds[word] > 0 else set()
            row = word - at
            if not found[row]:
                continue
            total["mention found"] += 1
            total["mention right"] += int(found[row]) == kinds[word]
            total["mention head right"] += kinds[word] > 0
            earlier = [i for i in range(row) if found[i]] + [row]
            best = max(earlier, key=lambda i: float(outputs.same[row, i]))
            if best != row:
                total["link found"] += 1
                total["link right"] += kinds[word] > 0 and entity[best + at] == entity[word]


def entities(same: list[int]) -> list[int]:
    """The first head of each word's entity, from its nearest antecedent; NONE for words that head no mention."""
    found: list[int] = []
    for word, antecedent in enumerate(same):
        found.append(word if antecedent == word else NONE if antecedent == NONE else found[antecedent])
    return found


def report(total: Counter[str]) -> None:
    """Print the figures of one corpus."""
    for name in ("upos", "xpos", "lemma", "uas", "las", "las coarse"):
        print(f"  {name:10} {100 * total[name] / total['words']:.2f}")
    for name in ("ner", "mention", "link", "pred", "arg", *ROLES):
        if total[f"{name} gold"]:
            print(f"  {name:10} {f1(total[f'{name} right'], total[f'{name} found'], total[f'{name} gold'])}")
    if total["arg gold"]:
        on_gold = f1(total["arg right"], total["arg found, right predicate"], total["arg gold, found predicate"])
        print(f"  arg, of predicates that were found: {on_gold}")


def main() -> None:
    """Evaluate on EWT dev and GUM dev."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="exported folder, checkpoint or weights")
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network, labels, _ = open_network(arguments.model)
    pieces = base_pieces()
    for corpus in ("ewt", "gum"):
        total: Counter[str] = Counter()
        for document in read(arguments.data / f"{corpus}.dev.jsonl"):
            count(document, network, pieces, labels, total)
        print(f"{corpus} dev, {total['words']} words")
        report(total)


if __name__ == "__main__":
    main()
