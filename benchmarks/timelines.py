"""Measure timelines against journalists' on Timeline17: alignment ROUGE-1 and ROUGE-2 F1, and F1 of the dates.

    python benchmarks/timelines.py [--data ../shared/data]

The measures are those of Martschat and Markert (Improving ROUGE for Timeline Summarization, EACL 2017; A Temporally
Sensitive Submodularity Framework, CoNLL 2018): each day of ours goes to the day of the reference at the least cost,
(1 - 1 / (days between + 1)) * (1 - ROUGE-1 F1), several may go to one, and what they share counts
1 / (days between + 1). Words are lower-cased and not stemmed. A timeline gets as many days as the reference and as many
lines a day as it has on average; its reports are those of the same outlet. Beside ours stands the unsupervised start
on the same sentences and dates: days by mentions, doubled in the first five sentences of a report; sentences nearest
to the centroid of their day.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.layers.times import find_times
from onrecord.link.timelines import Telling, find_tellings, make_timeline
from onrecord.record import Dating, Mentions, Part, Record, Report, Span

Timeline = dict[str, list[str]]


def grams(sentences: list[str], size: int) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for sentence in sentences:
        words = re.findall(r"[a-z0-9]+", sentence.lower())
        found.update(zip(*(words[at:] for at in range(size)), strict=False))
    return found


def f1(shared: float, ours: float, theirs: float) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def days_between(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def align(ours: Timeline, reference: Timeline) -> dict[str, str]:
    """Our days, each with the day of the reference that it goes to."""

    def cost(day: str, other: str) -> tuple[float, int]:
        one, two = grams(ours[day], 1), grams(reference[other], 1)
        away = days_between(day, other)
        return (1 - 1 / (away + 1)) * (1 - f1((one & two).total(), one.total(), two.total())), away

    return {day: min(reference, key=lambda other: cost(day, other)) for day in ours}


def score(ours: Timeline, reference: Timeline) -> list[float]:
    """Alignment ROUGE-1 and ROUGE-2 F1, and F1 of the days."""
    aligned = align(ours, reference)
    scores = []
    for size in (1, 2):
        shared = sum(
            (grams(ours[day], size) & grams(reference[other], size)).total() / (days_between(day, other) + 1)
            for day, other in aligned.items()
        )
        precision = shared / max(sum(grams(lines, size).total() for lines in ours.values()), 1)
        recall = shared / max(sum(grams(lines, size).total() for lines in reference.values()), 1)
        scores.append(2 * precision * recall / (precision + recall) if shared else 0.0)
    return [*scores, f1(len(ours.keys() & reference.keys()), len(ours), len(reference))]


def references(folder: Path) -> Iterator[tuple[str, Timeline]]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.open(encoding="utf-8"):
            days: Timeline = defaultdict(list)
            for day, sentences in json.loads(line):
                days[day] += sentences
            yield file.stem, dict(days)


def tellings_of(row: dict[str, Any], longest: int = 12_000) -> tuple[list[Telling], str]:
    """What a report of the corpus tells, a sentence a line, and its text."""
    text = row["text"][:longest]
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    report = Report(
        uri=row["id"],
        digest=row["id"],
        text=text,
        pieces=(),
        parts=tuple(Part(kind="body", span=span) for span in spans),
        language="en",
        dating=Dating(value=row["date"], origin="option"),
    )
    return find_tellings(Record(report=report, times=find_times(report, Mentions())), spans), text


def start(tellings: list[Telling], days: int, lines: int) -> Timeline:
    """The unsupervised start."""
    mentions: Counter[str] = Counter()
    by_day: dict[str, list[str]] = defaultdict(list)
    spread = Counter(word for t in tellings for (word,) in set(grams([t.text], 1)))
    for telling in tellings:
        by_day[telling.day].append(telling.text)
        if telling.named:
            mentions[telling.day] += 2 if telling.place < 5 else 1
    made = {}
    for day, _ in sorted(mentions.items(), key=lambda item: (-item[1], item[0]))[:days]:
        vectors = []
        for text in by_day[day]:
            weights = {
                w: (1 + math.log(n)) * math.log((len(tellings) + 1) / (spread[w] + 0.5))
                for (w,), n in grams([text], 1).items()
            }
            length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
            vectors.append({w: x / length for w, x in weights.items()})
        middle: dict[str, float] = defaultdict(float)
        for vector in vectors:
            for w, x in vector.items():
                middle[w] += x
        ranked = sorted(range(len(vectors)), key=lambda at: (-sum(x * middle[w] for w, x in vectors[at].items()), at))
        made[day] = [by_day[day][at] for at in ranked[:lines]]
    return made


def measure(stories: Path, show: bool = False) -> dict[str, dict[str, float]]:
    """The mean scores over all references, in points, of our timelines and of the unsupervised start."""
    told: dict[str, list[Telling]] = defaultdict(list)
    texts: dict[str, str] = {}
    span: dict[str, list[str]] = defaultdict(list)
    for line in (stories / "timeline17.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        found, texts[row["id"]] = tellings_of(row)
        told[f"{row['story']}_{row['outlet']}"] += found
        span[f"{row['story']}_{row['outlet']}"].append(row["date"])
    table = []
    for name, reference in references(stories / "timeline17_gold"):
        inside = [t for t in told[name] if min(span[name]) <= t.day <= max(span[name])]
        lines = max(1, round(sum(map(len, reference.values())) / len(reference)))
        ours: Timeline = defaultdict(list)
        for moment in make_timeline(inside, days=len(reference), lines=lines):
            ours[moment.day].append(moment.passage.span.of(texts[moment.passage.uri]))
        table.append((score(dict(ours), reference), score(start(inside, len(reference), lines), reference)))
        if show:
            print(f"{name:22}", len(reference), "days x", lines, *([round(x, 3) for x in row] for row in table[-1]))
    return {
        system: {
            kind: 100 * sum(row[at][which] for row in table) / len(table)
            for which, kind in enumerate(("rouge1", "rouge2", "dates"))
        }
        for at, system in enumerate(("onrecord", "start"))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    for system, scores in measure(parser.parse_args().data / "stories", show=True).items():
        print(f"{system}: alignment ROUGE-1 {scores['rouge1']:.2f} ROUGE-2 {scores['rouge2']:.2f}", end=" ")
        print(f"dates F1 {scores['dates']:.2f}")


if __name__ == "__main__":
    main()
