"""Attributions of PolNeAR dev, scored by shared/scorers/score_attribution.py.

python training/evaluate_attribution.py MODEL --data PREPARED --polnear ../shared/data/polnear/dev
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch

from corpus import Document, read
from onrecord.encode.attributions import Attributions, Reading, Weighing
from onrecord.encode.outputs import Seen, see
from single import open_network
from vocabulary import base_pieces


def as_row(document: Document, found: Attributions) -> dict[str, Any]:
    """The scorer's line for one document."""
    offsets = document.offsets or []

    def place(index: int) -> list[int]:
        span = found.spans[index]
        return [offsets[span.first][0], offsets[span.last - 1][1]]

    rows = []
    for cue in sorted({cue for cue, _, _ in found.contents}):
        rows.append(
            {
                "source": [place(source) for c, source, _ in found.sources if c == cue],
                "cue": [place(cue)],
                "content": [place(content) for c, content, _ in found.contents if c == cue],
            }
        )
    return {"doc": document.name, "attributions": rows}


def decode(seen: Iterable[Seen], document: Document, names: list[str], weighing: Weighing) -> Attributions:
    """The attributions of a document of which these are the windows."""
    reading = Reading(names, weighing)
    for one in seen:
        reading.add(one)
    return reading.decode(document.paragraphs)


def main() -> None:
    """Read, decode, write predictions, score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="exported folder, checkpoint or weights")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="where predictions are written")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network, labels, weighing = open_network(arguments.model)
    pieces = base_pieces()
    began, words = time.monotonic(), 0
    with arguments.out.open("w") as file:
        for document in read(arguments.data / "polnear.dev.jsonl"):
            seen = see(network, pieces, document.words, document.sentences, document.paragraphs)
            found = decode(seen, document, labels.attribution, weighing)
            file.write(json.dumps(as_row(document, found)) + "\n")
            words += len(document.words)
    print(f"{words / (time.monotonic() - began):.0f} words/s")
    scorer = Path(__file__).parents[2] / "shared" / "scorers" / "score_attribution.py"
    gold = ["--text", str(arguments.polnear / "text"), "--gold", str(arguments.polnear / "attributions")]
    subprocess.run([sys.executable, str(scorer), *gold, "--pred", str(arguments.out)], check=True)


if __name__ == "__main__":
    main()
