"""Times against TempEval-3 gold: strict, relaxed and value F1 beside the peers', and documents a second of CPU time.

usage: benchmarks/times.py [SHARED] [--errors CORPUS] [--only CORPUS] [--test FOLDER …]

SHARED is the folder with `scorers/` and `data/timeml/` (default: ../shared beside the repository). The report's day is
the gold's creation time; what is scored is the de-tagged <TEXT>, with the scorer that the peers were scored with.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.times import find_times
from onrecord.record import Report, Span, TimeExpression

ROOT = Path(__file__).parents[1]
CORPORA = ("TimeBank", "AQUAINT", "WikiWars")
# Strict, relaxed, value F1 and documents a second as measured with the same scorer on 2 cores, November 2026.
PEERS = {
    "TimeBank": {"HeidelTime": (85.3, 91.9, 79.6, 1.8), "a grammar of 400 lines": (84.2, 92.5, 74.2, 66)},
    "AQUAINT": {
        "HeidelTime": (82.4, 92.5, 73.1, 1.8),
        "Recognizers-Text": (78.8, 87.0, 48.2, 1.4),
        "duckling": (67.4, 76.8, 38.9, 41),
        "dateparser": (45.7, 77.6, 31.2, 26),
        "a grammar of 400 lines": (84.0, 92.0, 70.7, 66),
    },
    "WikiWars": {"HeidelTime": (85.0, 92.0, 83.0, 1.8)},
}


def read_corpus(folder: Path, tml: Any) -> tuple[dict[str, Any], dict[str, list[Any]], float]:
    """The gold of a folder, our spans by document, and the documents read in a second of CPU time."""
    gold = tml.load_dir(folder)
    predicted, spent = {}, 0.0
    find_times(text_report("Loaded on Monday."), cut(text_report("Loaded on Monday.")))  # loading is not counted
    for document, (text, _, created) in gold.items():
        start = time.process_time()
        report = text_report(text, date=created[:10] or None)
        built = time.process_time()
        seen = cut(report)
        cut_up = time.process_time()
        times = find_times(report, seen) or ()
        spent += time.process_time() - cut_up + built - start
        predicted[document] = [_placed(each, report, text, tml) for each in times]
    return gold, predicted, len(gold) / spent if spent else 0.0


def _placed(found: TimeExpression, report: Report, text: str, tml: Any) -> Any:
    """A time as the scorer has it, in the text as given: by way of the original's bytes where cleaning changed it."""
    span = found.span
    if report.text != text:
        start, end = report.source_of(span)
        given = text.encode()
        span = Span(len(given[:start].decode(errors="ignore")), len(given[:end].decode(errors="ignore")))
    return tml.Span(span.start, span.end, found.type, found.value or "", span.of(text))


def score(gold: dict[str, Any], predicted: dict[str, list[Any]], scorer: Any) -> tuple[dict[str, Any], list[Any]]:
    """The scorer's figures and the errors."""
    errors: list[Any] = []
    prepared = {document: scorer.prep(spans, gold[document][0]) for document, spans in predicted.items()}
    return scorer.score(gold, prepared, errors), errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--errors", action="store_true", help="print what went wrong, commonest first")
    parser.add_argument("--only", help="one corpus")
    parser.add_argument("--test", type=Path, nargs="*", default=[], help="more folders of .tml files to score on")
    asked = parser.parse_args()
    sys.path.insert(0, str(asked.shared / "scorers"))
    scorer, tml = importlib.import_module("score_timex"), importlib.import_module("tml")
    folders = [asked.shared / "data" / "timeml" / name for name in CORPORA] + asked.test
    print(f"{'corpus':10} {'system':24} strict relaxed value   documents/s")
    for folder in folders:
        if asked.only and folder.name != asked.only:
            continue
        gold, predicted, speed = read_corpus(folder, tml)
        figures, errors = score(gold, predicted, scorer)
        row = " ".join(f"{100 * figures[name]:6.1f}" for name in ("strict_f1", "relaxed_f1", "value_f1"))
        print(f"{folder.name:10} {'onrecord':24} {row} {speed:9.0f}")
        for peer, measured in PEERS.get(folder.name, {}).items():
            print(f"{'':10} {peer:24} {measured[0]:6.1f} {measured[1]:6.1f} {measured[2]:6.1f} {measured[3]:9.1f}")
        if asked.errors:
            print_errors(errors)


def print_errors(errors: list[Any]) -> None:
    """The errors by kind and words, the commonest first."""
    counts: Counter[tuple[str, ...]] = Counter()
    for _, kind, words, _, value, found, _, found_value in errors:
        same = " ".join(words.split()), " ".join(found.split())
        counts[(kind, same[0], value, same[1] if same[1] != same[0] else "=", found_value)] += 1
    for kind in ("MISS", "WRONG", "EXTRA"):
        rows = [(key, count) for key, count in counts.most_common() if key[0] == kind]
        print(f"-- {kind}: {sum(count for _, count in rows)}")
        for key, count in rows:
            print(f"{count:4} " + " | ".join(key[1:]))


if __name__ == "__main__":
    main()
