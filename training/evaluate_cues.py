"""What words tell of talks: against our own reports kept to check on, and the dev gold of benchmarks.

    python training/evaluate_cues.py MODEL --data PREPARED

F1 of each cue at the floor that is best on the set, and of all at one floor.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from corpus import read
from onrecord.encode.outputs import gather, see
from single import open_network
from vocabulary import base_pieces

FLOORS = np.arange(0.05, 1.0, 0.05)


def main() -> None:
    """Print both sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="exported folder, checkpoint or weights")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["check", "dev"])
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network, labels, _ = open_network(arguments.model)
    pieces = base_pieces()
    number = {cue: i for i, cue in enumerate(labels.cue)}
    for split in arguments.sets:
        right, found, gold = (np.zeros((len(labels.cue), len(FLOORS))) for _ in range(3))
        for document in read(arguments.data / f"written.{split}.jsonl"):
            seen = list(see(network, pieces, document.words, document.sentences, document.paragraphs))
            wanted = np.zeros((len(document.words), len(labels.cue)), dtype=bool)
            for at, cue in document.cues or []:
                if cue in number:
                    wanted[at, number[cue]] = True
            known = np.ones(len(document.words), dtype=bool)
            known[document.unsure or []] = False
            told = gather(seen, "cue")[..., None] > FLOORS
            right += (told & wanted[..., None]).sum(0)
            found += (told & (wanted | known[:, None])[..., None]).sum(0)
            gold += wanted.sum(0)[:, None]
        show(split, labels.cue, 2 * right / np.maximum(found + gold, 1), gold[:, 0])
        all_cues = 2 * right.sum(0) / np.maximum((found + gold).sum(0), 1)
        print(f"  all cues: {100 * all_cues.max():.1f} at {FLOORS[all_cues.argmax()]:.2f}")


def show(split: str, cues: list[str], f1: np.ndarray, gold: np.ndarray) -> None:
    """Print one set."""
    print(split)
    for at, cue in enumerate(cues):
        print(f"  {cue:28} gold {int(gold[at]):4}  F1 {100 * f1[at].max():.1f} at {FLOORS[f1[at].argmax()]:.2f}")


if __name__ == "__main__":
    main()
