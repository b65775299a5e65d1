"""Ask a peer, in an interpreter of its own, what it reads in texts and how long it takes.

    VENV/bin/python benchmarks/peers.py quantulum3 < texts.json > answers.json

What goes in is a list of texts. What comes out: the CPU seconds of reading them, without loading and a first text, and
for each text the numbers found, as [start, end, low, high]. A peer need not be installed beside onrecord.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

Found = list[tuple[int, int, float, float]]


def quantulum3(text: str) -> Found:
    """The quantities of `pip install quantulum3`, without its classifier of units."""
    from quantulum3 import parser

    return [
        (*quantity.span, quantity.value - (quantity.uncertainty or 0), quantity.value + (quantity.uncertainty or 0))
        for quantity in parser.parse(text)
    ]


def dateparser(text: str) -> Found:
    """The search of `pip install dateparser`; dates have no number here."""
    from dateparser.search import search_dates

    search_dates(text, languages=["en"])
    return []


PEERS: dict[str, Callable[[str], Found]] = {"quantulum3": quantulum3, "dateparser": dateparser}


def ask(python: str, peer: str, texts: list[str]) -> dict[str, Any] | None:
    """What a peer answers under an interpreter, as this script prints it; None where it is not installed there."""
    try:
        done = subprocess.run(
            [python, __file__, peer], input=json.dumps(texts), capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return dict(json.loads(done.stdout))


def main() -> None:
    read = PEERS[sys.argv[1]]
    texts = json.load(sys.stdin)
    read("It took 3 days and $5 on 4 May 2019.")
    start = time.process_time()
    found = [read(text) for text in texts]
    json.dump({"seconds": time.process_time() - start, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
