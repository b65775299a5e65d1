"""Draw the places of events whose status readers label: benchmarks/gold/events/status.tsv and status-random.tsv.

    python tools/sample_statuses.py [--reports DIR]

Of the events that the program finds in reports that are not among those of benchmarks/gold/talks, half of the places
are drawn at random, half so that each status of the program has 45 where there are so many, and the rest beside words
that go with statuses which the program seldom gives. At most six a report; all shuffled. Half of the reports are dev.
A new draw on a changed program is another set: draw again only before anybody labels.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections import Counter
from pathlib import Path

import msgspec

import onrecord
from onrecord.encode.sentences import cut

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "benchmarks" / "gold"
SIZE, ENOUGH, A_REPORT = 460, 45, 6
CUES = (
    r"\b(?:yet|still|pending|await\w*|so far)\b",
    r"\b(?:urg|call|demand|appeal|should|must)\w*\b",
    r"\b(?:if|unless|only)\b",
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the program: its first words, and which of `CUES` stand before it in its sentence."""

    report: str
    start: int
    end: int
    type: str
    status: str
    checksum: str
    cues: tuple[int, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "data" / "reports")
    args = parser.parse_args()
    lines = (GOLD / "talks" / "reports.txt").read_text(encoding="utf-8").splitlines()
    taken = {line.split("\t")[0] for line in lines}
    paths = [path for path in sorted(args.reports.glob("*.txt")) if path.name not in taken]
    rng = random.Random(4)
    found = [event for path in paths for event in events_in(path)]
    rng.shuffle(found)
    drawn = draw(found)
    chosen = {event.report for event in drawn}
    dev = set(rng.sample(sorted(chosen), len(chosen) // 2))
    blind = drawn[: SIZE // 2]
    rng.shuffle(drawn)
    write(
        GOLD / "events" / "status.tsv",
        "report\tstart\tend\ttype\tsplit\tchecksum",
        [(e.report, e.start, e.end, e.type, "dev" if e.report in dev else "held-out", e.checksum) for e in drawn],
    )
    write(
        GOLD / "events" / "status-random.tsv",
        "report\tstart\tend",
        [(e.report, e.start, e.end) for e in sorted(blind, key=lambda e: (e.report, e.start))],
    )
    print(len(drawn), Counter(event.status for event in drawn), Counter(event.report in dev for event in drawn))


def events_in(path: Path) -> list[Found]:
    """The events of a file that holds one report, each place once."""
    reports = list(onrecord.open_reports(path))
    if len(reports) != 1:
        return []
    text = reports[0].text
    checksum = f"{zlib.crc32(text.encode()):08x}"
    sentences = [sentence.span for sentence in cut(reports[0]).sentences]
    found: dict[tuple[int, int], Found] = {}
    for event in onrecord.read(reports[0]).events or ():
        start = max((s.start for s in sentences if s.start <= event.span.start), default=0)
        before = text[start : event.span.start]
        found[event.span.start, event.span.end] = Found(
            report=path.name,
            start=event.span.start,
            end=event.span.end,
            type=event.type,
            status=event.status,
            checksum=checksum,
            cues=tuple(n for n, cue in enumerate(CUES) if re.search(cue, before, re.IGNORECASE)),
        )
    return list(found.values())


def draw(found: list[Found]) -> list[Found]:
    """The places: first those at random, then those of the rare statuses, then those beside the cues."""
    drawn: list[Found] = []
    held: Counter[str] = Counter()
    told: Counter[str] = Counter()

    def take(event: Found) -> None:
        if event not in drawn and held[event.report] < A_REPORT:
            drawn.append(event)
            held[event.report] += 1
            told[event.status] += 1

    for event in found:
        if len(drawn) < SIZE // 2:
            take(event)
    for status, _ in sorted(Counter(event.status for event in found).items(), key=lambda item: item[1]):
        for event in found:
            if event.status == status and told[status] < ENOUGH and len(drawn) < SIZE:
                take(event)
    turn = 0
    beside = [[event for event in found if cue in event.cues] for cue in range(len(CUES))]
    while len(drawn) < SIZE and any(beside):
        if beside[turn % len(CUES)]:
            take(beside[turn % len(CUES)].pop())
        turn += 1
    return drawn


def write(path: Path, head: str, rows: list[tuple[object, ...]]) -> None:
    path.write_text("\n".join([head, *("\t".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
