"""Measure a store: adds a second, its size a report, and how long a query takes.

    python benchmarks/store.py                     # 2,000 made reports in a temporary folder
    python benchmarks/store.py --reports 100000 --keep big.onrecord

The reports are made by a seeded generator with words spread as in prose (Zipf), 30 items each. Times are CPU times of
this process but where it says wall.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from onrecord.record import (
    Actor,
    Attribution,
    Basis,
    Dating,
    Event,
    Figure,
    Part,
    Place,
    Record,
    Report,
    Source,
    Span,
    TimeExpression,
)
from onrecord.store import Store

BASIS = Basis(by="rule", name="made")
SYLLABLES = re.findall("..", "babebibodadedidokakekikolalelilomamemimonaneninorarerirosasesisotateti")
COMMON = re.findall(
    r"\w+", "the a of in on and to said will not talks truce harbour minister people were killed after at by from"
)
WORDS = 30_000  # the size of a vocabulary of some thousand news reports


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words, the commonest first, and the running sum of their weights (Zipf)."""
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(WORDS)}
    words = COMMON + sorted(made - set(COMMON))
    return words, list(accumulate(1 / (rank + 2) for rank in range(len(words))))


def reports(count: int, seed: int = 5) -> Iterator[tuple[Record, bytes]]:
    """`count` made records, each with the bytes that it was read from."""
    chance = random.Random(seed)
    words, weights = vocabulary(chance)
    names = [f"{a.title()} {b.title()}" for a, b in zip(words[300:900], words[900:1500], strict=True)]
    for number in range(count):
        yield make(chance, words, weights, names, number)


def make(
    chance: random.Random, words: list[str], weights: list[float], names: list[str], number: int
) -> tuple[Record, bytes]:
    """One record of about 400 words: five speakers, five attributions, four figures, events, times and places each."""
    text = f"Report {number}. "
    spans: list[dict[str, Span]] = []
    for _ in range(5):
        drawn = chance.choices(words, cum_weights=weights, k=80)
        name, place = chance.choice(names), chance.choice(names)
        sentence: dict[str, Span] = {}
        for key, piece in (
            ("actor", name),
            ("cue", "said"),
            ("content", " ".join(drawn[:40])),
            ("figure", f"{chance.randint(2, 90)} people"),
            ("event", "were killed"),
            ("place", place),
            ("time", "on Tuesday"),
            ("rest", " ".join(drawn[40:]) + "."),
        ):
            sentence[key] = Span(len(text), len(text) + len(piece))
            text += piece + " "
        spans.append(sentence)
    data = text.encode()
    day = f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    report = Report(
        uri=f"made/{number:06}.txt",
        digest=hashlib.sha256(data).hexdigest(),
        text=text,
        pieces=((0, len(text), 0, len(data)),),
        parts=(Part(kind="body", span=Span(0, len(text) - 1)),),
        language="en",
        headline=f"Report {number}",
        dating=Dating(value=day, origin="option"),
    )
    return record_of(report, spans, day), data


def record_of(report: Report, spans: list[dict[str, Span]], day: str) -> Record:
    """The record of a made report."""
    numbered = list(enumerate(spans, 1))
    return Record(
        report=report,
        actors=tuple(
            Actor(id=f"w{i}", name=report.words(s["actor"]), mentions=(s["actor"],), basis=BASIS) for i, s in numbered
        ),
        attributions=tuple(
            Attribution(
                id=f"a{i}",
                source=Source(spans=(s["actor"],), actor=f"w{i}", kind="named"),
                cue=(s["cue"],),
                content=(s["content"],),
                quote="indirect",
                basis=BASIS,
            )
            for i, s in numbered
        ),
        times=tuple(
            TimeExpression(id=f"t{i}", span=s["time"], basis=BASIS, type="DATE", value=day) for i, s in numbered
        ),
        places=tuple(
            Place(id=f"p{i}", name=report.words(s["place"]), mentions=(s["place"],), basis=BASIS) for i, s in numbered
        ),
        figures=tuple(
            Figure(id=f"f{i}", span=s["figure"], basis=BASIS, low=2, outcome="killed", attribution=f"a{i}")
            for i, s in numbered
        ),
        events=tuple(
            Event(
                id=f"e{i}",
                type="ASSAULT",
                mentions=(s["event"],),
                basis=BASIS,
                status="happened",
                places=(f"p{i}",),
                times=(f"t{i}",),
            )
            for i, s in numbered
        ),
        talks=(),
    )


def queries(sample: Record) -> list[tuple[str, dict[str, str]]]:
    """What is asked: rare and common words, phrases, speakers, days."""
    name = (sample.actors or ())[0].name
    rare = sample.report.text.split()[20]
    long = max(
        sample.report.text.split(), key=len
    )  # the beginning of a rare word; `harb*` stands in nearly each report
    return [
        (rare, {}),
        ("truce talks", {}),
        ('"truce talks"', {}),
        ("the", {}),
        (f"{long[:6]}*", {}),
        ("harb*", {}),
        ("killed harbour", {"after": "2010-01-01", "before": "2012-01-01"}),
        ("", {"by": name}),
        ("truce", {"by": name}),
        ("the", {"by": name.split()[0]}),
        ("truce", {"about": name}),
        ("", {"about": name}),
    ]


def fill(store: Store, count: int) -> None:
    """Add the made reports and print the rates."""
    spent = size = added = 0.0
    wall = time.perf_counter()
    made = 0.0
    before = time.perf_counter()
    for record, data in reports(count):
        made += time.perf_counter() - before
        start = time.process_time()
        added += store.add(record, data)
        spent += time.process_time() - start
        size += len(data)
        before = time.perf_counter()
    wall = time.perf_counter() - wall - made
    print(f"{int(added)} reports added: {added / spent:.0f}/s of CPU time, {added / wall:.0f}/s of wall time")
    print(f"size: {store.size() / store.count():.0f} bytes a report, of an original of {size / count:.0f} bytes")


def ask(store: Store) -> None:
    """Time each query, the best of three, wall: a reader waits for the disk too."""
    worst = 0.0
    for words, bounds in queries(next(store.records())):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            hits = store.find(words, **bounds)
            times.append(time.perf_counter() - start)
        worst = max(worst, min(times))
        print(f"{min(times) * 1000:7.1f} ms (first {times[0] * 1000:.1f})  {len(hits):3} hits  {words!r} {bounds}")
    print(f"{worst * 1000:.1f} ms at worst, of {store.count()} reports")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="the file to make and keep; one that is there is only asked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "made.onrecord"
        ready = path.exists()
        with Store(path) as store:
            if not ready:
                fill(store, options.reports)
            ask(store)


if __name__ == "__main__":
    main()
