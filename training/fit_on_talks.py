"""What kinds of words are worth in telling reports on talks from others, by logistic regression.

    python training/fit_on_talks.py [--data ../shared/data] [--write]

Learns from our own reports that are to look at, the dev reports on talks, and news that is listed in `on_talks.tsv`:
file and whether it is on talks (1) or not (0), judged from the headline by one reader; doubtful ones are left out, and
so is every report of a held-out split. Prints, on fifths left out of the fit, how many of each get a table at several
least sums, and the log-odds of a report without any such word; `--write` puts the worths into `lang/en/on_talks.toml`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import onrecord
from check_written import HERE, is_kept, talks
from onrecord.encode.sentences import cut
from onrecord.lang import load_rules
from onrecord.layers.on_talks import KindRule, count_kinds, values
from onrecord.record import Report
from prepare_written import report_of
from written import read_talks

FOLDS, ROUNDS = 5, 15
# The weight of the penalty on large worths.
PENALTY = 1.0
TOML = HERE.parent / "src/onrecord/lang/en/on_talks.toml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared/data")
    parser.add_argument("--write", action="store_true", help="put the worths into the rule file")
    args = parser.parse_args()
    kinds = [rule.name for rule in load_rules("en", "on_talks", KindRule).rules]
    sets, right, rows = [], [], []
    for name, report, is_on_talks in read_reports(args.data):
        counts, later, _ = count_kinds(report.text, cut(report), "en")
        rows.append([value for kind in kinds for value in values(*counts[kind], later)] + [1.0])
        sets.append(name)
        right.append(float(is_on_talks))
    given, wanted, fold = np.array(rows), np.array(right), np.arange(len(rows)) % FOLDS
    points = np.zeros(len(rows))
    for left in range(FOLDS):
        points[fold == left] = given[fold == left] @ fit(given[fold != left], wanted[fold != left])
    for least in np.arange(-1.0, 1.1, 0.2):
        shown = [f"least {least:+.1f}"]
        for name in dict.fromkeys(sets):
            for label in (1.0, 0.0):
                here = (np.array(sets) == name) & (wanted == label)
                shown.append(f"{name} {label:.0f}: {int((points[here] >= least).sum())} of {int(here.sum())}")
        print(", ".join(shown))
    worth = fit(given, wanted)
    print(f"always {worth[-1]:.2f}")
    if args.write:
        write(dict(zip(kinds, worth[:-1].reshape(-1, 3).tolist(), strict=True)))


def read_reports(data: Path) -> Iterator[tuple[str, Report, bool]]:
    """Our own, dev and listed reports, each with the set that it is of and whether it is on talks."""
    for path in sorted((HERE / "written" / "talks").glob("*.txt")):
        for told in () if is_kept(path) else read_talks(path):
            yield "own", report_of(told.text), bool(told.rows)
    rows = talks.read_rows("settled")
    listed = [line.split("\t") for line in (HERE / "on_talks.tsv").read_text(encoding="utf-8").splitlines()]
    for file in talks.reports_of("dev"):
        yield "dev", next(iter(onrecord.open_reports(data / "reports" / file))), bool(rows.get(file))
    for file, label in listed:
        yield "news", next(iter(onrecord.open_reports(data / "reports" / file))), label == "1"


def fit(given: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Logistic regression with a squared penalty, by Newton's method."""
    worth = np.zeros(given.shape[1])
    penalty = np.full(given.shape[1], PENALTY)
    penalty[-1] = 0
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-given @ worth))
        bend = (given.T * (odds * (1 - odds))) @ given + np.diag(penalty + 1e-6)
        worth -= np.linalg.solve(bend, given.T @ (odds - wanted) + penalty * worth)
    return worth


def write(worth: dict[str, list[float]]) -> None:
    """Put the worths into the rule file."""
    text = TOML.read_text(encoding="utf-8")
    for kind, points in worth.items():
        for name, value in zip(("top", "rest", "share"), points, strict=True):
            text = re.sub(rf'(name = "{kind}"\n(?:\w+ = \S+\n)*?{name} = )\S+', rf"\g<1>{value:.2f}", text)
    TOML.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
