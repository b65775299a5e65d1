"""Measure how reports are grouped into stories: B³ over five orders of arrival, beside a TF-IDF centroid.

    python benchmarks/stories.py [--data ../shared/data] [--files ecbplus.jsonl allsides.jsonl] [--dated] [--baseline]

A file has one JSON object a line: `id`, `story`, `title`, `text`, `date` (ISO or null). Reports come in five seeded
orders, or, where all are dated, in the order of their dates, ties in five seeded orders. The times that a report
names are read as the product reads them. `--dated` gives each story of
an undated file a made-up day (three stories in two days) and its reports a day or so after it, to try what dates add.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from onrecord.encode.sentences import cut
from onrecord.layers.times import find_times
from onrecord.link.bearings import Bearings, find_bearings
from onrecord.link.stories import StoryIndex
from onrecord.record import Mentions, Part, Record, Report, Span

Row = dict[str, Any]


def report_of(row: Row) -> Report:
    """A report as intake would make it: the headline and a paragraph a line."""
    title, text = row["title"] or "", row["text"]
    if title and text.startswith(title):
        text = text[len(title) :].lstrip()
    lines = [line for line in (title, *text.split("\n")) if line.strip()]
    parts, at = [], 0
    for number, line in enumerate(lines):
        parts.append(Part(kind="headline" if title and not number else "body", span=Span(at, at + len(line))))
        at += len(line) + 1
    return Report(
        uri=row["id"],
        digest=row["id"],
        text="\n".join(lines),
        pieces=(),
        parts=tuple(parts),
        headline=title or None,
        language="en",
        version_created=row.get("date"),
    )


def b_cubed(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of Bagga and Baldwin's B³."""
    golden: dict[str, set[str]] = defaultdict(set)
    ours: dict[str, set[str]] = defaultdict(set)
    for uri in gold:
        golden[gold[uri]].add(uri)
        ours[found[uri]].add(uri)
    both = {uri: len(golden[gold[uri]] & ours[found[uri]]) for uri in gold}
    precision = sum(n / len(ours[found[uri]]) for uri, n in both.items()) / len(gold)
    recall = sum(n / len(golden[gold[uri]]) for uri, n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def order(rows: list[Row], seed: int) -> list[Row]:
    shuffled = random.Random(seed).sample(rows, len(rows))
    return sorted(shuffled, key=lambda row: row["date"]) if all(row.get("date") for row in rows) else shuffled


def bearings_of(report: Report, row: Row) -> Bearings:
    """What a report says of days, as the product has it; no days that it takes up where its own is made up."""
    sentences = [sentence.span for sentence in cut(report).sentences]
    found = find_bearings(Record(report=report, times=find_times(report, Mentions())), sentences)
    return Bearings(names=found.names) if row.get("made up") else found


def group(rows: list[Row]) -> tuple[dict[str, str], int]:
    """The story of each report once all are in, and how many changed theirs on the way."""
    index, moved = StoryIndex(), 0
    for row in rows:
        report = report_of(row)
        moved += len(index.add(report, bearings_of(report, row)).moved)
    return {uri: index.story_of(uri) for uri in index.numbers}, moved


def group_by_centroid(rows: list[Row], threshold: float) -> dict[str, str]:
    """The usual start: TF-IDF over the whole file, one pass, the nearest centroid above a threshold."""
    bags = {row["id"]: Counter(word.lower() for word in re.findall(r"\w+", row["text"])) for row in rows}
    spread = Counter(word for bag in bags.values() for word in bag)
    centroids: list[dict[str, float]] = []
    found = {}
    for row in rows:
        vector = {w: (1 + math.log(n)) * math.log((len(rows) + 1) / spread[w]) for w, n in bags[row["id"]].items()}
        length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
        best, nearest = threshold, len(centroids)
        for at, centroid in enumerate(centroids):
            norm = math.sqrt(sum(x * x for x in centroid.values())) or 1.0
            score = sum(x * centroid.get(w, 0.0) for w, x in vector.items()) / length / norm
            if score > best:
                best, nearest = score, at
        if nearest == len(centroids):
            centroids.append({})
        for w, x in vector.items():
            centroids[nearest][w] = centroids[nearest].get(w, 0.0) + x / length
        found[row["id"]] = str(nearest)
    return found


def dated(rows: list[Row], seed: int = 5) -> list[Row]:
    chance = random.Random(seed)
    stories = sorted({row["story"] for row in rows})
    start = {story: chance.uniform(0, len(stories) / 1.5) for story in stories}
    day = [time.gmtime(86400 * (18000 + start[row["story"]] + chance.expovariate(1.2))) for row in rows]
    return [
        row | {"date": time.strftime("%Y-%m-%d", when), "made up": True} for row, when in zip(rows, day, strict=True)
    ]


def measure(file: Path, orders: int = 5, *, made_up_days: bool = False) -> dict[str, float]:
    """Mean B³ over some orders, in points."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    rows = dated(rows) if made_up_days else rows
    gold = {row["id"]: row["story"] for row in rows}
    scores = [b_cubed(gold, group(order(rows, seed))[0]) for seed in range(orders)]
    return {name: 100 * sum(score[at] for score in scores) / orders for at, name in enumerate(("p", "r", "f1"))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--files", nargs="+", default=["ecbplus.jsonl", "allsides.jsonl"])
    parser.add_argument("--dated", action="store_true")
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--orders", type=int, default=5)
    given = parser.parse_args()
    for name in given.files:
        rows = [
            json.loads(line) for line in (given.data / "stories" / name).read_text(encoding="utf-8").split("\n") if line
        ]
        rows = dated(rows) if given.dated else rows
        gold = {row["id"]: row["story"] for row in rows}
        started = time.process_time()
        runs = [group(order(rows, seed)) for seed in range(given.orders)]
        spent = (time.process_time() - started) / len(rows) / given.orders * 1000
        scores = [b_cubed(gold, found) for found, _ in runs]
        mean = [round(sum(score[at] for score in scores) / len(scores), 4) for at in range(3)]
        print(f"{name}: B³ P {mean[0]} R {mean[1]} F1 {mean[2]} ({min(s[2] for s in scores):.4f} at worst);", end=" ")
        print(f"{sum(m for _, m in runs) / len(runs) / len(rows):.3f} moves a report, {spent:.1f} ms a report")
        if given.baseline:
            tried = [(b_cubed(gold, group_by_centroid(order(rows, 0), t))[2], t) for t in (0.18, 0.2, 0.22, 0.25, 0.28)]
            print("   TF-IDF centroid, its best threshold:", max(tried))


if __name__ == "__main__":
    main()
