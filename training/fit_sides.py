"""What each sign of somebody's part in talks is worth, by logistic regression on our own reports and the dev reports.

    python training/fit_sides.py [--seen FOLDER] [--data ../shared/data] > worth.toml

Prints the tables `[worth.…]` for the end of `lang/en/sides.toml`, and on standard error what F1 they give by part on a
third of the reports that was left out, each third in turn, at several least sums. Files kept to check on are not read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

import onrecord
from check_written import HERE, Kept, is_kept, talks
from onrecord.lang import load_rules
from onrecord.layers.parties import other_signs, party_signs
from onrecord.layers.scene import Scene, TalksRule, find_hits, set_scene
from onrecord.layers.signs import Signs, find_signs
from onrecord.record import Report
from prepare_written import report_of
from written import read_talks

OTHERS = ("mediators", "guarantors")
PARTS = ("parties", *OTHERS)
FOLDS = 3
# Signs seen less often say nothing; the weight of the penalty on large worths (1, 2 and 5 were tried).
RARE, PENALTY = 5, 2.0
STEPS, RATE = 110, 0.15

Worth = dict[str, float]
Candidates = list[tuple[dict[str, float], frozenset[int]]]


class Case(NamedTuple):
    """A report on talks: its scene, its signs, and by part which answers of its table each actor matches."""

    scene: Scene
    signs: Signs
    right: dict[str, dict[str, frozenset[int]]]
    answers: dict[str, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seen", type=Path, help="keep there what the encoder saw, for the next time")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared/data")
    args = parser.parse_args()
    encoder = Kept(args.seen)
    rules = load_rules("en", "talks", TalksRule).rules
    cases = [case_of(report, rows, encoder, rules) for report, rows in read_tables(args.data) if rows]
    apart = [fit_all([case for at, case in enumerate(cases) if at % FOLDS != left]) for left in range(FOLDS)]
    for least in np.arange(-1.6, 0.6, 0.2):
        told = Counter[tuple[str, str]]()
        for at, case in enumerate(cases):
            told.update(tell(case, apart[at % FOLDS], float(least)))
        scores = (f"{part} {f1(told, part):.3f}" for part in PARTS)
        print(f"least {least:+.1f}: {', '.join(scores)}", file=sys.stderr)
    for part, worth in fit_all(cases).items():
        print(f"\n[worth.{part}]")
        for sign, points in sorted(worth.items(), key=lambda item: -item[1]):
            if abs(points) >= 0.1 or sign == "always":
                print(f'"{sign}" = {points:.2f}')


def read_tables(data: Path) -> Iterator[tuple[Report, list[dict]]]:
    """Our own reports that are to look at and the dev reports, each with the rows of its table."""
    for path in sorted((HERE / "written" / "talks").glob("*.txt")):
        for told in () if is_kept(path) else read_talks(path):
            report = report_of(told.text)
            try:
                yield report, list(told.placed(report.text))
            except ValueError:
                continue  # cleaning took words of the table
    rows = talks.read_rows("settled")
    for file in talks.reports_of("dev"):
        (report,) = onrecord.open_reports(data / "reports" / file)
        yield report, rows.get(file, [])


def case_of(report: Report, rows: list[dict], encoder: Kept, rules: Sequence) -> Case:
    """The signs of a report, and which answers of its table each of its actors matches."""
    record = onrecord.read(report, encoder=encoder)
    seen = encoder.read(report)
    layers = (record.actors, record.attributions, record.times, record.places, record.figures)
    scene = set_scene(report.text, seen, "en", None, find_hits(report.text, seen, rules), layers)
    gold, likeness = talks.table_of_rows(rows, record), talks.Likeness(record)
    right = {
        part: {
            id: frozenset(n for n, one in enumerate(gold[part]) if likeness.one_actor(one.words, actor.mentions))
            for id, actor in scene.actors.items()
        }
        for part in PARTS
    }
    return Case(scene, find_signs(scene), right, {part: len(gold[part]) for part in PARTS})


def fit_all(cases: Sequence[Case]) -> dict[str, Worth]:
    """The worth of each sign by part; how like a side somebody is is known first, and a sign of the other parts."""
    sides = [party_signs(case.scene, case.signs) for case in cases]
    parties = fit([pair for case, signs in zip(cases, sides, strict=True) for pair in pairs(case, signs, "parties")])
    others = [
        other_signs(case.scene, case.signs, {id: total(own, parties) for id, own in signs.items()})
        for case, signs in zip(cases, sides, strict=True)
    ]
    found = {"parties": parties}
    for part in OTHERS:
        found[part] = fit([one for case, signs in zip(cases, others, strict=True) for one in pairs(case, signs, part)])
    return found


def pairs(case: Case, signs: Signs, part: str) -> list[tuple[dict[str, float], bool]]:
    """Each candidate's signs, and whether the table has him."""
    return [(own, bool(case.right[part][id])) for id, own in signs.items()]


def total(signs: dict[str, float], worth: Worth) -> float:
    return sum(worth.get(sign, 0.0) * number for sign, number in signs.items()) + worth["always"]


def fit(pairs: Sequence[tuple[dict[str, float], bool]]) -> Worth:
    """Logistic regression with a squared penalty, by Adam over all pairs."""
    seen = Counter(sign for signs, _ in pairs for sign in signs)
    names = sorted(sign for sign, number in seen.items() if number >= RARE)
    column = {sign: at for at, sign in enumerate(names)}
    given = np.zeros((len(pairs), len(names) + 1), np.float32)
    given[:, -1] = 1
    for row, (signs, _) in enumerate(pairs):
        for sign in signs.keys() & column.keys():
            given[row, column[sign]] = signs[sign]
    right = np.array([is_right for _, is_right in pairs], np.float32)
    penalty = np.full(len(names) + 1, PENALTY, np.float32)
    penalty[-1] = 0
    worth, mean, square = (np.zeros(len(names) + 1, np.float32) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = (given.T @ (1 / (1 + np.exp(-given @ worth)) - right) + penalty * worth) / len(right)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        worth -= np.float32(RATE) * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + np.float32(1e-8))
    return {sign: float(worth[at]) for sign, at in column.items()} | {"always": float(worth[-1])}


def tell(case: Case, worth: dict[str, Worth], least: float) -> Counter[tuple[str, str]]:
    """What is told, wanted and right in each part of a report, where all who reach a sum are told."""
    sides = party_signs(case.scene, case.signs)
    sums = {id: total(own, worth["parties"]) for id, own in sides.items()}
    others = other_signs(case.scene, case.signs, sums)
    found = Counter[tuple[str, str]]()
    for part in PARTS:
        by = sums if part == "parties" else {id: total(own, worth[part]) for id, own in others.items()}
        chosen = [id for id, points in by.items() if points >= least]
        right = {min(case.right[part][id]) for id in chosen if case.right[part][id]}
        found.update({(part, "told"): len(chosen), (part, "gold"): case.answers[part], (part, "both"): len(right)})
    return found


def f1(told: Counter[tuple[str, str]], part: str) -> float:
    return 2 * told[part, "both"] / max(told[part, "told"] + told[part, "gold"], 1)


if __name__ == "__main__":
    main()
