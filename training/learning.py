"""What the fits of worths share: tables to learn from, scenes of their reports, logistic regression, `worths.json`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

import onrecord
from check_written import HERE, Kept, is_kept, talks
from onrecord.lang import load_rules
from onrecord.layers.courses import add_courses
from onrecord.layers.scene import Scene, TalksRule, find_hits, set_scene
from onrecord.layers.worths import ALWAYS, Signs, Worths, load_worths
from onrecord.record import Mentions, Record, Report
from prepare_written import report_of
from written import read_talks

WORTHS = HERE.parent / "src/onrecord/lang/en/worths.json"

# What a report of our own counts beside one of a wire, by the beginning of its name: the first sets are about invented
# places and denser, the later ones in the manner of agencies.
OWN = {"w1": 0.1, "w2": 0.1, "w3": 0.1, "w4": 0.25, "w5": 0.25}
# A sign that the program never sees: so that what is usual in our own reports alone is not taken for what is usual.
_OURS = "ours "
FOLDS = 5
_STEPS = 12
# Of answers wanted: so much may a stricter least sum cost.
_NEAR = 0.02


class Table(NamedTuple):
    """A report with the rows of its table (none: it is not on talks), and what was learnt from it counts."""

    name: str
    report: Report
    rows: list[dict]

    @property
    def set(self) -> str:
        """The beginning of its name: w1 to w5, dev, dev-2."""
        return self.name[:2] if self.name[:2] in OWN else self.name.partition("/")[0]


class Example(NamedTuple):
    """Signs, whether they are right, and the set that they are of."""

    signs: Signs
    right: bool
    set: str


def read_tables(data: Path) -> Iterator[Table]:
    """Our own reports that are to look at and the reports of dev and dev-2, with their tables."""
    for path in sorted((HERE / "written" / "talks").glob("*.txt")):
        for told in () if is_kept(path) else read_talks(path):
            report = report_of(told.text)
            try:
                yield Table(told.name, report, list(told.placed(report.text)))
            except ValueError:
                continue  # cleaning took words of the table
    for split in ("dev", "dev-2"):
        rows = talks.read_rows(talks.gold_of(split))
        for file in talks.reports_of(split):
            (report,) = onrecord.open_reports(data / "reports" / file)
            yield Table(f"{split}/{file}", report, rows.get(file, []))


def scene_of(report: Report, encoder: Kept) -> tuple[Scene, Record, Mentions]:
    """The scene that the program makes of a report."""
    record, seen = onrecord.read(report, encoder=encoder), encoder.read(report)
    layers = (record.actors, record.attributions, record.times, record.places, record.figures)
    hits = find_hits(report.text, seen, load_rules("en", "talks", TalksRule).rules)
    today = date.fromisoformat(report.dating.value[:10]) if report.dating else None
    return add_courses(set_scene(report.text, seen, "en", today, hits, layers)), record, seen


def fit(examples: Sequence[Example], *, rare: int, penalty: float) -> dict[str, float]:
    """The worth of each sign that `rare` examples have, by Newton's method with a squared penalty."""
    rows = [one.signs | ({_OURS + one.set: 1.0} if one.set in OWN else {}) for one in examples]
    seen = Counter(sign for row in rows for sign in row)
    names = [*sorted(sign for sign, number in seen.items() if number >= rare), ALWAYS]
    column = {sign: at for at, sign in enumerate(names)}
    given = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for sign in row.keys() & column.keys():
            given[at, column[sign]] = row[sign]
    given[:, -1] = 1
    held = np.array([0.1 if name.startswith(_OURS) else 0.01 if name == ALWAYS else penalty for name in names])
    wanted = np.array([float(one.right) for one in examples])
    weight = np.array([OWN.get(one.set, 1.0) for one in examples])
    worth = np.zeros(len(names))
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(given @ worth, -30, 30)))
        bend = (given.T * (weight * odds * (1 - odds))) @ given + np.diag(held)
        worth -= np.linalg.solve(bend, given.T @ (weight * (odds - wanted)) + held * worth)
    return {sign: float(worth[at]) for sign, at in column.items() if not sign.startswith(_OURS)}


def total(signs: Mapping[str, float], worth: Mapping[str, float]) -> float:
    """What some signs are worth together."""
    return sum(worth.get(sign, 0.0) * much for sign, much in signs.items()) + worth[ALWAYS]


def ask(doc: str | None) -> argparse.Namespace:
    """What a fit is run with: `seen`, `data`, `write`."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seen", type=Path, help="keep there what the encoder saw, for the next time")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared/data")
    parser.add_argument("--write", action="store_true", help="put what was learnt into the language's files")
    return parser.parse_args()


def write_worths(slots: Mapping[str, tuple[dict[str, float], float]]) -> None:
    """Put the worths and the least sum of some slots into `worths.json`, leaving the others."""
    load_worths.cache_clear()
    known = load_worths("en") if WORTHS.exists() else Worths(least={}, worth={})
    for slot, (worth, least) in slots.items():
        known.least[slot] = round(float(least), 2)
        kept = {sign: round(points, 2) for sign, points in worth.items() if abs(points) >= 0.05 or sign == ALWAYS}
        known.worth[slot] = dict(sorted(kept.items()))
    WORTHS.write_bytes(msgspec.json.format(msgspec.json.encode(known, order="sorted"), indent=1) + b"\n")
    load_worths.cache_clear()


def f1(counted: Mapping[str, int]) -> float:
    """Of counts told, wanted and both."""
    return 2 * counted["both"] / max(counted["told"] + counted["wanted"], 1)


def best(scored: Mapping[float, Counter[str]], aim: float) -> float:
    """The strictest least sum that costs next to nothing beside the best.

    `aim` is about what F1 over all slots comes to: an answer raises that if it is right with half of that chance.
    """
    gain = {one: (2 * found["both"] - aim * found["told"]) / max(found["wanted"], 1) for one, found in scored.items()}
    return max(one for one, much in gain.items() if much >= max(gain.values()) - _NEAR)
