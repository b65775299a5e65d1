"""What the model that ships sees in EWT dev, on gold words: parts of speech, dependencies, names, PropBank arguments.

    python benchmarks/syntax.py [--data ../shared/data]

Names are exact spans with type (UNER); arguments exact spans with role (PropBank), once with the predicates that the
model finds and once counting those of predicates that it found only. The corpus is read as for training.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "training"))

from corpus import Document  # noqa: E402 (training/ is no package)
from onrecord.encode import default_encoder  # noqa: E402
from onrecord.encode.attributions import tagged  # noqa: E402
from onrecord.encode.encoder import Encoder  # noqa: E402
from onrecord.encode.lemmas import apply_script  # noqa: E402
from onrecord.encode.outputs import Seen, gather, see  # noqa: E402
from onrecord.encode.roles import decode_roles  # noqa: E402
from onrecord.encode.syntax import decode_heads  # noqa: E402
from prepare_ewt import prepare  # noqa: E402

ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-NEG", "ARGM-MOD", "ARGM-TMP", "ARGM-LOC")
"""Those told apart."""


class Tally(Counter[str]):
    """Counts of what is right, found and in the gold, by what is counted."""

    def add(self, kind: str, found: set[Any], gold: set[Any]) -> None:
        """Count two sets of spans against each other."""
        self[f"{kind} right"] += len(found & gold)
        self[f"{kind} found"] += len(found)
        self[f"{kind} gold"] += len(gold)

    def f1(self, kind: str) -> tuple[float, float, float]:
        """Precision, recall and F1, in points."""
        precision = self[f"{kind} right"] / max(self[f"{kind} found"], 1)
        recall = self[f"{kind} right"] / max(self[f"{kind} gold"], 1)
        return 100 * precision, 100 * recall, 200 * precision * recall / max(precision + recall, 1e-9)

    def share(self, kind: str) -> float:
        """Of all words, in points."""
        return 100 * self[kind] / max(self["words"], 1)


def count_words(document: Document, seen: list[Seen], encoder: Encoder, tally: Tally) -> None:
    """Add a document's tags, lemmas and dependencies."""
    labels = encoder.settings.labels
    tally["words"] += len(document.words)
    for name, gold in (("upos", document.upos), ("xpos", document.xpos)):
        names = getattr(labels, name)
        tally[name] += sum(names[i] == tag for i, tag in zip(gather(seen, name), gold or [], strict=True))
    scripts = [labels.lemma[i] for i in gather(seen, "lemma")]
    words = zip(document.words, scripts, document.lemmas or [], strict=True)
    tally["lemma"] += sum(apply_script(word, script) == lemma for word, script, lemma in words)
    heads = [head for one in seen for head in decode_heads(one)]
    arcs = zip(heads, gather(seen, "relation"), document.heads or [], document.relations or [], strict=True)
    for head, relation, gold_head, gold_relation in arcs:
        tally["uas"] += head == gold_head
        tally["las"] += head == gold_head and labels.relation[relation] == gold_relation


def count_spans(document: Document, seen: list[Seen], encoder: Encoder, tally: Tally) -> None:
    """Add a document's names, predicates and arguments."""
    labels = encoder.settings.labels
    none = np.zeros((len(labels.entity) + 1,) * 2, dtype=np.float32)
    names = tagged(gather(seen, "entity").astype(np.float32), none, labels.entity)
    tally.add("names", {span[:3] for span in names}, {tuple(span) for span in document.entities or []})
    covered = document.predicate_words or []
    predicates = [p for one in seen for p in decode_roles(one, labels.role) if covered[p.at]]
    found = {p.at: {a[:3] for a in p.arguments} for p in predicates}
    gold = {p.at: {tuple(a) for a in p.arguments} for p in document.predicates or []}
    tally.add("predicates", set(found), set(gold))
    for at in {*found, *gold}:
        ours, theirs = found.get(at, set()), gold.get(at, set())
        tally.add("arguments", ours, theirs)
        if at in found and at in gold:
            tally.add("arguments of predicates found", ours, theirs)
        for role in ROLES:
            tally.add(role, {a for a in ours if a[2] == role}, {a for a in theirs if a[2] == role})


def tally_ewt(folder: Path) -> Tally:
    """What the model that ships gets right of EWT dev."""
    encoder, tally = default_encoder(), Tally()
    for document in prepare(folder, "dev"):
        seen = list(see(encoder.network, encoder.pieces, document.words, document.sentences, document.paragraphs))
        count_words(document, seen, encoder, tally)
        count_spans(document, seen, encoder, tally)
    return tally


def measure(corpus: str, data: Path) -> dict[str, float]:
    """The figures of the gate; `corpus` is `ewt`."""
    tally = tally_ewt(data / corpus)
    return {
        "upos": tally.share("upos"),
        "las": tally.share("las"),
        "names": tally.f1("names")[2],
        "arguments": tally.f1("arguments")[2],
        "arguments_of_found": tally.f1("arguments of predicates found")[2],
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    tally = tally_ewt(parser.parse_args().data / "ewt")
    print(f"EWT dev, {tally['words']} words")
    for name in ("upos", "xpos", "lemma", "uas", "las"):
        print(f"  {name:30} {tally.share(name):.1f}")
    for kind in ("names", "predicates", "arguments", "arguments of predicates found", *ROLES):
        print("  {:30} P {:.1f} R {:.1f} F1 {:.1f}".format(kind, *tally.f1(kind)))


if __name__ == "__main__":
    main()
