"""What each sign of somebody's part in talks is worth, by logistic regression on tables of readers and our own.

    python training/fit_sides.py [--seen FOLDER] [--data ../shared/data] [--write]

Prints, on fifths of the dev and dev-2 reports that were left out of the fit, F1 by part at the least sum that is best
over both; `--write` puts worths and least sums into `lang/en/worths.json`. Files kept to check on are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from check_written import Kept, talks
from learning import FOLDS, OWN, Example, Table, ask, best, f1, fit, read_tables, scene_of, total, write_worths
from onrecord.layers.parties import PAIR, other_signs, party_signs
from onrecord.layers.scene import Scene
from onrecord.layers.signs import Signs, find_signs

OTHERS = ("mediators", "guarantors")
PARTS = ("parties", *OTHERS)
RARE, PENALTY = 5, 3.0
LEAST = np.arange(-1.8, 1.2, 0.2)
AIM = 0.5

Worth = dict[str, float]


class Case(NamedTuple):
    """A report on talks: its scene, its signs, and by part which answers of its table each actor matches."""

    set: str
    scene: Scene
    signs: Signs
    right: dict[str, dict[str, frozenset[int]]]
    wanted: dict[str, int]


def main() -> None:
    args = ask(__doc__)
    encoder = Kept(args.seen)
    finish([case_of(table, encoder) for table in read_tables(args.data) if table.rows], write=args.write)


def finish(cases: Sequence[Case], *, write: bool) -> None:
    """Print F1 on what was left out, and write what all cases teach."""
    wire = [case for case in cases if case.set not in OWN]
    ours = [case for case in cases if case.set in OWN]
    apart = [fit_all([*ours, *(c for at, c in enumerate(wire) if at % FOLDS != left)]) for left in range(FOLDS)]
    least: dict[str, float] = {}
    for part in PARTS:
        weighed = [(case, sums(case, apart[at % FOLDS])[part]) for at, case in enumerate(wire)]
        scored = {float(one): count(part, weighed, float(one)) for one in LEAST}
        least[part] = best(scored, AIM)
        by_set = {name: count(part, [w for w in weighed if w[0].set == name], least[part]) for name in ("dev", "dev-2")}
        shown = (f"{name} {100 * f1(counted):.1f} {dict(counted)}" for name, counted in by_set.items())
        print(f"{part:11} least {least[part]:+.1f}: {100 * f1(scored[least[part]]):.1f};", "; ".join(shown))
    if write:
        write_worths({part: (worth, least[part]) for part, worth in fit_all(cases).items()})


def case_of(table: Table, encoder: Kept) -> Case:
    """The signs of a report, and which answers of its table each of its actors matches."""
    scene, record, _ = scene_of(table.report, encoder)
    gold, likeness = talks.table_of_rows(table.rows, record), talks.Likeness(record)
    right = {
        part: {
            id: frozenset(n for n, one in enumerate(gold[part]) if likeness.one_actor(one.words, actor.mentions))
            for id, actor in scene.actors.items()
        }
        for part in PARTS
    }
    return Case(table.set, scene, find_signs(scene), right, {part: len(gold[part]) for part in PARTS})


def fit_all(cases: Sequence[Case]) -> dict[str, Worth]:
    """The worth of each sign by part; how like a side somebody is is known first, and a sign of the other parts."""
    sides = [party_signs(case.scene, case.signs) for case in cases]
    parties = fit_part("parties", cases, sides)
    others = [
        other_signs(case.scene, case.signs, {id: total(own, parties) for id, own in signs.items()})
        for case, signs in zip(cases, sides, strict=True)
    ]
    return {"parties": parties} | {part: fit_part(part, cases, others) for part in OTHERS}


def fit_part(part: str, cases: Sequence[Case], signs: Sequence[Signs]) -> Worth:
    """What each candidate's signs tell of a part."""
    examples = [
        Example(own, bool(case.right[part][id]), case.set)
        for case, of_case in zip(cases, signs, strict=True)
        for id, own in of_case.items()
    ]
    return fit(examples, rare=RARE, penalty=PENALTY)


def sums(case: Case, worth: dict[str, Worth]) -> dict[str, dict[str, float]]:
    """What each actor's signs come to, by part."""
    parties = {id: total(own, worth["parties"]) for id, own in party_signs(case.scene, case.signs).items()}
    others = other_signs(case.scene, case.signs, parties)
    return {"parties": parties} | {part: {id: total(own, worth[part]) for id, own in others.items()} for part in OTHERS}


def count(part: str, weighed: Sequence[tuple[Case, dict[str, float]]], least: float) -> Counter[str]:
    """What is told, wanted and right where all who reach a sum are told; the two likeliest sides need less."""
    found = Counter[str]()
    for case, points in weighed:
        ranked = sorted(points, key=lambda id: -points[id])
        easier = 2 if part == "parties" else 0
        chosen = [id for at, id in enumerate(ranked) if points[id] >= (least - PAIR if at < easier else least)]
        used: set[int] = set()
        for id in chosen:
            free = case.right[part][id] - used
            used |= {min(free)} if free else set()
        found.update(told=len(chosen), wanted=case.wanted[part], both=len(used))
    return found


if __name__ == "__main__":
    main()
