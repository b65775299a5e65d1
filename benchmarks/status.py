"""How events stand: the program's statuses against a reader's labels, and two readers against each other.

    python benchmarks/status.py [--data ../shared/data] [--split dev|held-out|all] [--gold settled] [--errors]
    python benchmarks/status.py --readers a b [--split …]
    python benchmarks/status.py --sheet dev|held-out|all          each place in its sentence, for a reader

Places are benchmarks/gold/events/status.tsv, labels benchmarks/gold/events/status-<reader>.jsonl ("settled" are those a
third reader made of two), as docs/annotating-events.md has them. Half of the places were drawn at random
(status-random.tsv), half so that rare statuses have places enough: the accuracy on the first half is that of the
corpus. Places without a label are left out.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import get_args

import msgspec

import onrecord
from onrecord.encode.sentences import cut
from onrecord.record import Report, Span
from onrecord.record.event import Status

GOLD = Path(__file__).parent / "gold" / "events"
STATUSES = get_args(Status)
NONE = "no-event"
LABELS = (*STATUSES, NONE)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a predicate in a report."""

    report: str
    span: Span
    type: str
    split: str
    checksum: str

    @property
    def key(self) -> tuple[str, int, int]:
        return self.report, self.span.start, self.span.end


Key = tuple[str, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", choices=("dev", "held-out", "all"), default="dev")
    parser.add_argument("--gold", default="settled", help="the labels that are right: settled, or a reader's")
    parser.add_argument("--readers", nargs=2, metavar=("FIRST", "SECOND"), help="set two readers against each other")
    parser.add_argument("--sheet", choices=("dev", "held-out", "all"), help="print the places of a split to label")
    parser.add_argument("--errors", action="store_true", help="print each place where the two differ")
    args = parser.parse_args()
    reports = args.data / "reports"
    places = read_places(args.sheet or args.split)
    if args.sheet:
        print_sheet(places, reports)
        return
    gold = read_labels(args.readers[0] if args.readers else args.gold, places)
    places = [place for place in places if place.key in gold]
    told = read_labels(args.readers[1], places) if args.readers else statuses(places, reports)
    pairs = {key: (label, told[key]) for key, label in gold.items() if key in told}
    names = " against ".join(f"reader {name}" for name in args.readers) if args.readers else f"onrecord, {args.gold}"
    show(f"{names}: {len(pairs)} places, {args.split}", pairs)
    if args.errors:
        for key, (label, other) in sorted(pairs.items()):
            if label != other:
                print("\t".join(map(str, (*key, label, other))))


def measure(split: str, data: Path) -> dict[str, float]:
    """Accuracy over the places where the settled labels see an event, in points, for the gate."""
    places = read_places(split)
    gold = read_labels("settled", places)
    told = statuses([place for place in places if place.key in gold], data / "reports")
    return {"accuracy": 100 * share({key: (label, told[key]) for key, label in gold.items() if label != NONE})}


def read_places(split: str) -> list[Place]:
    """The places of a split, in the order of the file."""
    lines = (GOLD / "status.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    places = [
        Place(report=report, span=Span(int(start), int(end)), type=type, split=own, checksum=checksum)
        for report, start, end, type, own, checksum in rows
    ]
    return [place for place in places if split in (place.split, "all")]


def read_labels(name: str, places: list[Place]) -> dict[Key, str]:
    """A reader's labels of the places. Raises SystemExit for a label or a place that there is not."""
    known = {place.key for place in read_places("all")}
    wanted = {place.key for place in places}
    found: dict[Key, str] = {}
    path = GOLD / f"status-{name}.jsonl"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        key = (row["report"], row["start"], row["end"])
        if row["status"] not in LABELS or key not in known:
            raise SystemExit(f"{path}, line {number}: no such {'place' if key not in known else 'status'}: {line}")
        if key in wanted:
            found[key] = row["status"]
    return found


def statuses(places: list[Place], reports: Path) -> dict[Key, str]:
    """The program's status at each place; `no-event` where it finds none."""
    found: dict[Key, str] = {}
    for file, group in groupby(sorted(places, key=lambda place: place.key), key=lambda place: place.report):
        here = list(group)
        events = onrecord.read(report_of(reports / file, here[0].checksum)).events or ()
        for place in here:
            shared = [event for event in events if any(mention & place.span for mention in event.mentions)]
            shared.sort(key=lambda event: event.type != place.type)
            found[place.key] = shared[0].status if shared else NONE
    return found


def report_of(path: Path, checksum: str) -> Report:
    """A report. Raises SystemExit where its text is no longer the one that offsets were made for."""
    (report,) = onrecord.open_reports(path)
    if f"{zlib.crc32(report.text.encode()):08x}" != checksum:
        raise SystemExit(f"{path.name}: the text has changed since it was labelled; place the labels again")
    return report


def print_sheet(places: list[Place], reports: Path) -> None:
    """Each place in its sentence, with the sentence before it."""
    for place in places:
        report = report_of(reports / place.report, place.checksum)
        sentences = [sentence.span for sentence in cut(report).sentences]
        at = max((n for n, span in enumerate(sentences) if span.start <= place.span.start), default=0)
        print(f"{place.report}\t{place.span.start}\t{place.span.end}\t{place.type}")
        print("\n".join(f"    {line}" for line in around(report.text, sentences[max(at - 1, 0) : at + 1], place.span)))


def around(text: str, sentences: list[Span], words: Span) -> Iterator[str]:
    """Some sentences, the words marked where they stand."""
    for span in sentences:
        line = span.of(text)
        if words in span:
            start, end = words.start - span.start, words.end - span.start
            line = f"{line[:start]}[[{line[start:end]}]]{line[end:]}"
        yield " ".join(line.split())


def show(title: str, pairs: dict[Key, tuple[str, str]]) -> None:
    """Print accuracy, F1 by status, and the confusion table (gold down, told across)."""
    print(title)
    drawn = {
        (report, int(start), int(end))
        for report, start, end in (
            line.split("\t") for line in (GOLD / "status-random.tsv").read_text(encoding="utf-8").splitlines()[1:]
        )
    }
    events = {key: pair for key, pair in pairs.items() if pair[0] != NONE}
    random = {key: pair for key, pair in events.items() if key in drawn}
    for name, chosen in (("all events", events), ("events drawn at random", random)):
        print(f"accuracy, {name}: {share(chosen):.3f} of {len(chosen)}")
    print(f"agreement, {NONE} with it: {share(pairs):.3f}, kappa {kappa(list(pairs.values())):.3f}")
    table = Counter(pairs.values())
    print(f"{'':<12}" + "".join(f"{label:>12}" for label in LABELS) + f"{'F1':>8}")
    for label in LABELS:
        gold = sum(table[label, other] for other in LABELS)
        told = sum(table[other, label] for other in LABELS)
        score = 2 * table[label, label] / max(gold + told, 1)
        print(f"{label:<12}" + "".join(f"{table[label, other]:>12}" for other in LABELS) + f"{score:>8.3f}")


def share(pairs: dict[Key, tuple[str, str]]) -> float:
    """How many of the pairs are of one label, in [0, 1]."""
    return sum(label == other for label, other in pairs.values()) / max(len(pairs), 1)


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa."""
    size = max(len(pairs), 1)
    firsts, seconds = Counter(label for label, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(firsts[label] * seconds[label] for label in LABELS) / size**2
    same = sum(label == other for label, other in pairs) / size
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


if __name__ == "__main__":
    main()
