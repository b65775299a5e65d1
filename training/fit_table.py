"""What each sign is worth of an answer in a table of talks, by logistic regression on tables of readers and our own.

    python training/fit_table.py [--seen FOLDER] [--data ../shared/data] [--write]

To be run after fit_sides.py, whose worths say who sits at the table. Prints, on fifths of the dev and dev-2 reports
that were left out of the fit, F1 by slot at the least sum that is best for F1 over all; `--write` puts worths and least
sums into `lang/en/worths.json`. Files kept to check on and the held-out split are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from check_written import Kept, talks
from learning import FOLDS, OWN, Example, Table, ask, best, f1, fit, read_tables, scene_of, total, write_worths
from onrecord.layers.answers import Answer, Shuts, pick, set_ground
from onrecord.layers.matters import MOST_MATTERS, is_one_matter, matters, venues
from onrecord.layers.moves import MOST_MOVES, is_one_move, moves
from onrecord.layers.parties import find_sides
from onrecord.layers.rounds import MOST_ROUNDS, is_one_round, rounds
from onrecord.layers.scene import Scene
from onrecord.record import Record

MOST = {**MOST_MATTERS, "moves": MOST_MOVES, "rounds": MOST_ROUNDS, "sticking": 6}
RARE, PENALTY = 8, 6.0
LEAST = np.arange(-2.4, 1.0, 0.2)
# About what F1 over all slots comes to (see `best`). What sticks is told for its own F1, else it would be of one issue
# in ten.
AIM = {slot: 0.25 if slot == "sticking" else 0.45 for slot in MOST}


class Case(NamedTuple):
    """A report on talks: what it may answer, which of its table's answers each may be, how many there are by slot.

    `sure`: whether it is plain that an answer is right or wrong; it is not where the reader has it in other words.
    """

    set: str
    scene: Scene
    answers: list[Answer]
    right: list[frozenset[int]]
    sure: list[bool]
    wanted: dict[str, int]


def main() -> None:
    args = ask(__doc__)
    encoder = Kept(args.seen)
    finish([case_of(table, encoder) for table in read_tables(args.data) if table.rows], write=args.write)


def finish(cases: Sequence[Case], *, write: bool) -> None:
    """Print F1 on what was left out, and write what all cases teach."""
    wire = [case for case in cases if case.set not in OWN]
    ours = [case for case in cases if case.set in OWN]
    found: dict[str, tuple[dict[str, float], float]] = {}
    sums = {name: Counter[str]() for name in ("dev", "dev-2")}
    for slot in MOST:
        apart = [fit_slot(slot, [*ours, *(c for at, c in enumerate(wire) if at % FOLDS != n)]) for n in range(FOLDS)]
        weighed = [(case, weigh(slot, case, apart[at % FOLDS])) for at, case in enumerate(wire)]
        scored = {float(one): count(slot, weighed, float(one)) for one in LEAST}
        least = best(scored, AIM[slot])
        by_set = {name: count(slot, [w for w in weighed if w[0].set == name], least) for name in sums}
        shown = (f"{name} {100 * f1(counted):.1f} {dict(counted)}" for name, counted in by_set.items())
        print(f"{slot:11} least {least:+.1f}: {100 * f1(scored[least]):.1f};", "; ".join(shown), flush=True)
        for name, counted in by_set.items():
            sums[name].update(counted)
        if write:
            found[slot] = fit_slot(slot, cases), least
    print("; ".join(f"{name} {100 * f1(counted):.1f}" for name, counted in sums.items()))
    if write:
        write_worths(found)


def case_of(table: Table, encoder: Kept) -> Case:
    """What a report may answer, and which answers of its table each of these may be."""
    scene, record, _ = scene_of(table.report, encoder)
    ground = set_ground(scene, find_sides(scene))
    answers = [*matters(ground), *venues(ground), *moves(ground), *rounds(ground)]
    answers += [msgspec.structs.replace(one, slot="sticking") for one in answers if one.slot == "issues"]
    gold, likeness = talks.table_of_rows(table.rows, record), talks.Likeness(record)
    right: list[frozenset[int]] = []
    near: list[frozenset[int]] = []
    for one in answers:
        same, mine = likeness.test(one.slot), as_told(one, scene, record)
        matched = frozenset(n for n, other in enumerate(gold[one.slot]) if same(other, mine))
        right.append(matched)
        near.append(frozenset(n for n in matched if likeness.near(gold[one.slot][n], mine)))
    nearby = {(one.slot, n) for one, found in zip(answers, near, strict=True) for n in found}
    sure = [
        bool(close) or not matched or not any((one.slot, n) in nearby for n in matched)
        for one, matched, close in zip(answers, right, near, strict=True)
    ]
    return Case(table.set, scene, answers, right, sure, {slot: len(gold[slot]) for slot in MOST})


def as_told(one: Answer, scene: Scene, record: Record) -> talks.Answer:
    """An answer as the benchmark compares it."""
    if one.slot == "venue":
        return talks.Answer(words=record[one.actor or ""].mentions)
    party = scene.actors[one.actor].mentions if one.actor else ()
    return talks.Answer(words=(one.span,), code=one.code, party=party)


def fit_slot(slot: str, cases: Sequence[Case]) -> dict[str, float]:
    """The worth of each sign of a slot's answers."""
    examples = [
        Example(one.signs, bool(right), case.set)
        for case in cases
        for one, right, sure in zip(case.answers, case.right, case.sure, strict=True)
        if one.slot == slot and sure
    ]
    return fit(examples, rare=RARE, penalty=PENALTY)


def weigh(slot: str, case: Case, worth: dict[str, float]) -> list[tuple[float, Answer]]:
    """The answers of a slot with the sums of their signs."""
    return [(total(one.signs, worth), one) for one in case.answers if one.slot == slot]


def count(slot: str, weighed: Iterable[tuple[Case, list[tuple[float, Answer]]]], least: float) -> Counter[str]:
    """What is told, wanted and right."""
    found = Counter[str]()
    for case, pairs in weighed:
        right = {id(one): matched for one, matched in zip(case.answers, case.right, strict=True)}
        chosen = pick(pairs, least, MOST[slot], shuts(slot, case.scene))
        used: set[int] = set()
        for one in chosen:
            free = right[id(one)] - used
            used |= {min(free)} if free else set()
        found.update(told=len(chosen), wanted=case.wanted[slot], both=len(used))
    return found


def shuts(slot: str, scene: Scene) -> Shuts:
    """What shuts out what in a slot."""
    if slot == "moves":
        return is_one_move
    if slot == "rounds":
        return is_one_round
    if slot in ("aims", "issues", "precedents", "terms"):
        return lambda first, second: is_one_matter(scene, first.span, second.span)
    return lambda first, second: False


if __name__ == "__main__":
    main()
