"""Attributions of twenty wire reports: two independent readers against each other, and the program against each.

    python benchmarks/readers.py [--data ../shared/data]

The readers' annotations (offsets only) are in benchmarks/gold/attributions/. The measures are those of
../shared/scorers/score_attribution.py; an F1 between readers is the same in both directions.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

import onrecord
from onrecord.record import Span

GOLD = Path(__file__).parent / "gold" / "attributions"
MEASURES = ("attribution / found+src", "attribution / strict", "source / exact", "cue / exact", "content / exact")
KINDS = ("direct", "mixed", "indirect")

Marks = list[dict[str, list[tuple[int, int]]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    args = parser.parse_args()
    sys.path.insert(0, str(args.data.parent / "scorers"))
    scoring = importlib.import_module("score_attribution")
    first, second = (read(GOLD / f"reader-{name}.jsonl") for name in "ab")
    ours = {file: said_in(args.data / "reports" / file) for file in first}
    texts = {file: (args.data / "reports" / file).read_bytes().decode("utf-8", errors="replace") for file in first}
    print(
        f"{len(first)} reports; attributions: {count(first)} and {count(second)} by the readers, "
        f"{count(ours)} by onrecord"
    )
    print("F1                        linked  strict  source  cue     content | linked: direct  mixed  indirect")
    pairs = (("reader against reader", first, second), ("onrecord, first reader", first, ours))
    for name, gold, found in (*pairs, ("onrecord, second reader", second, ours)):
        scorer = scoring.Scorer()
        for file, text in texts.items():
            scorer.add(text, gold[file], scoring.outermost(found.get(file, [])))
        rows = scorer.result()
        kinds = [rows[f"{kind} / found+src"]["F1"] for kind in KINDS]
        print(
            f"{name:<26}"
            + "".join(f"{rows[m]['F1']:<8}" for m in MEASURES)
            + "|         "
            + "   ".join(map(str, kinds))
        )


def count(marks: dict[str, Marks]) -> int:
    """How many attributions there are in all."""
    return sum(map(len, marks.values()))


def read(path: Path) -> dict[str, Marks]:
    """A reader's annotations by file."""
    found: dict[str, Marks] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["file"]] = [{role: list(map(tuple, one[role])) for role in one} for one in row["attributions"]]
    return found


def said_in(path: Path) -> Marks:
    """What onrecord reads, in code points of the decoded file: each span led back through the original's bytes."""
    data = path.read_bytes()
    (report,) = onrecord.open_reports(path)

    def back(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
        places = (report.source_of(span) for span in spans)
        return [(len(data[:start].decode("utf-8")), len(data[:end].decode("utf-8"))) for start, end in places]

    return [
        {"source": back(one.source.spans), "cue": back(one.cue), "content": back(one.content)}
        for one in onrecord.read(report).attributions or ()
    ]


if __name__ == "__main__":
    main()
