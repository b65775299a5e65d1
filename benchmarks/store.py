"""Measure a store: adds a second, its size a report, and how long a query takes.

    python benchmarks/store.py                     # 2,000 made reports in a temporary folder
    python benchmarks/store.py --reports 100000 --keep big.onrecord   # killed, it goes on where it was
    python benchmarks/store.py --rate ../shared/data/reports          # adding beside reading alone

The reports are made by a seeded generator with words spread as in prose (Zipf), some 30 items each, 60 a day. A quarter
open a story of their own, the others go on with one of the last days; a quarter of those are copies of an earlier
report under another headline. Times are CPU times of this process but where it says wall.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import tempfile
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import msgspec

from onrecord.gather import tell
from onrecord.intake import open_originals, read_original
from onrecord.read import read
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
from onrecord.store import Store, Wanted

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


DAILY = 60  # reports a day
RECENT = 600  # reports that a new one may go on from: ten days
OPENS, COPIES = 0.25, 0.25

Sentence = list[tuple[str, str]]
"""What it says of each kind, in order."""


class Topic(msgspec.Struct):
    """What the reports of a made story have in common."""

    names: list[str]
    places: list[str]
    words: list[str]


class Maker:
    """Makes reports, each from those before it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words, self.weights = vocabulary(self.chance)
        self.names = [
            f"{a.title()} {b.title()}" for a, b in zip(self.words[300:900], self.words[900:1500], strict=True)
        ]
        self.recent: deque[tuple[Topic, list[Sentence]]] = deque(maxlen=RECENT)

    def make(self, number: int) -> tuple[Record, bytes]:
        """One record of about 400 words: five speakers, five attributions, figures, events, times and places."""
        chance = self.chance
        topic, before = chance.choice(self.recent) if self.recent else (None, [])
        if topic is None or chance.random() < OPENS:
            topic = Topic(
                names=chance.sample(self.names, 3),
                places=chance.sample(self.names, 2),
                words=chance.sample(self.words, 30),
            )
            before = []
        if before and chance.random() < COPIES:
            sentences = before[: chance.choice((5, 5, 4))]
        else:
            sentences = [self.sentence(topic) for _ in range(5)]
            self.recent.append((topic, sentences))
        return laid_out(number, sentences)

    def sentence(self, topic: Topic) -> Sentence:
        """Eighty words, a fifth of them the topic's."""
        chance = self.chance
        drawn = chance.choices(self.words, cum_weights=self.weights, k=64) + chance.choices(topic.words, k=16)
        chance.shuffle(drawn)
        return [
            ("actor", chance.choice(topic.names)),
            ("cue", "said"),
            ("content", " ".join(drawn[:40])),
            ("figure", f"{chance.randint(2, 90)} people"),
            ("event", "were killed"),
            ("place", chance.choice(topic.places)),
            ("time", "on Tuesday"),
            ("rest", " ".join(drawn[40:]) + "."),
        ]


def reports(count: int, seed: int = 5) -> Iterator[tuple[Record, bytes]]:
    """`count` made records, each with the bytes that it was read from."""
    maker = Maker(seed)
    for number in range(count):
        yield maker.make(number)


def laid_out(number: int, sentences: list[Sentence]) -> tuple[Record, bytes]:
    """The record of some sentences under a headline of their own."""
    headline = f"Report {number} of paper {number % 37}"
    text = f"{headline}. "
    spans: list[dict[str, Span]] = []
    for sentence in sentences:
        at: dict[str, Span] = {}
        for key, piece in sentence:
            at[key] = Span(len(text), len(text) + len(piece))
            text += piece + " "
        spans.append(at)
    data = text.encode()
    day = (date(2015, 1, 1) + timedelta(days=number // DAILY)).isoformat()
    report = Report(
        uri=f"made/{number:06}.txt",
        digest=hashlib.sha256(data).hexdigest(),
        text=text,
        pieces=((0, len(text), 0, len(data)),),
        parts=(Part(kind="body", span=Span(0, len(text) - 1)),),
        language="en",
        headline=headline,
        provider=f"Paper {number % 37}",
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
                quote="indirect" if i % 3 else "direct",
                basis=BASIS,
            )
            for i, s in numbered
        ),
        times=tuple(
            TimeExpression(id=f"t{i}", span=s["time"], basis=BASIS, type="DATE", value=day) for i, s in numbered
        ),
        places=tuple(
            Place(
                id=f"p{i}",
                name=report.words(s["place"]),
                mentions=(s["place"],),
                basis=BASIS,
                geonameid=zlib.crc32(report.words(s["place"]).encode()),
            )
            for i, s in numbered
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
    """What is asked: rare and common words and beginnings, phrases, speakers, days."""
    name = (sample.actors or ())[0].name
    rare = sample.report.text.split()[20]
    long = max(sample.report.text.split(), key=len)
    return [
        (rare, {}),
        ("truce talks", {}),
        ('"truce talks"', {}),
        ("the", {}),
        (f"{long[:6]}*", {}),
        ("harb*", {}),  # it stands in nearly each report
        ("th*", {}),
        ("ba* -harb*", {}),
        ("killed harbour", {"after": "2015-02-01", "before": "2015-03-01"}),
        ("", {"by": name}),
        ("truce", {"by": name}),
        ("the", {"by": name.split()[0]}),
        ("trut* -harb*", {"by": f"{name.split()[0][:4]}*"}),
        ("truce", {"about": name}),
        ("", {"about": name}),
    ]


MEASURED = (1_000, 10_000, 100_000)


def fill(path: Path, count: int) -> None:
    """Add the made reports that are not there and print the rates; at some sizes, of the next hundred."""
    made = reports(count)
    with Store(path) as store:
        ready = store.count()
    for _ in range(min(ready, count)):
        next(made)
    spent = wall = added = 0.0
    store = Store(path)
    for number, (record, data) in enumerate(made, ready):
        if number + 100 in MEASURED:
            store.close()
            store = Store(path)  # nothing is held from before
            first = spent, wall
        start, begun = time.process_time(), time.perf_counter()
        added += store.add(record, data)
        spent += time.process_time() - start
        wall += time.perf_counter() - begun
        if number + 1 in MEASURED:
            cost, waited = (spent - first[0]) * 10, (wall - first[1]) * 10
            print(f"{number + 1} reports: a hundred more took {cost:.1f} ms each ({waited:.1f} ms wall)", flush=True)
    if added:
        print(f"{int(added)} reports added: {added / spent:.0f}/s of CPU time, {added / wall:.0f}/s of wall time")
    size, originals = store.size() / store.count(), store.select("SELECT avg(length(text)) AS n FROM reports")[0]["n"]
    print(f"size: {size:.0f} bytes a report, of an original of {originals:.0f} characters")
    store.close()


def rate(folder: Path, every: int) -> None:
    """Read real reports and add them, in turn: what adding takes beside reading, in CPU time of the same run."""
    reading = adding = 0.0
    count = 0
    with tempfile.TemporaryDirectory() as made, Store(Path(made) / "s") as store:
        files = sorted(folder.glob("*.txt"))[::every]
        for original in open_originals(*files[:1]):
            for report in read_original(original):
                read(report)  # what is loaded once
        _ = store.made_by
        for original in open_originals(*files):
            begun = time.process_time()
            records = [read(report) for report in read_original(original)]
            between = time.process_time()
            for record in records:
                count += store.add(record, original.data)
            reading += between - begun
            adding += time.process_time() - between
        size = store.size() / count
    each = f"{1000 * reading / count:.0f} ms to read and {1000 * adding / count:.1f} ms to add"
    print(
        f"{count} reports: {each}; at {reading / (reading + adding):.3f} of the rate of reading; {size:.0f} bytes each"
    )


def add_some(path: Path, count: int = 40) -> None:
    """What it costs a process that just opened the store to add some more; they are taken out again."""
    maker = Maker(99)
    more = [maker.make(900_000 + number) for number in range(count)]
    with Store(path) as store:
        spent = []
        for record, data in more:
            start = time.process_time()
            store.add(record, data)
            spent.append((time.process_time() - start) * 1000)
        for record, _ in more:
            store.remove(record.report.uri)
    print(f"the first of {count} more: {spent[0]:.0f} ms CPU; median {statistics.median(spent):.1f} ms CPU")


def timed(title: str, ask: Callable[[], object], runs: int = 5) -> tuple[float, float]:
    """Milliseconds of CPU and of wall time, the medians of some runs: on a busy machine the first says more."""
    spent, waited = [], []
    for _ in range(runs):
        start, begun = time.perf_counter(), time.process_time()
        found = ask()
        spent.append((time.process_time() - begun) * 1000)
        waited.append((time.perf_counter() - start) * 1000)
    cost, wall = statistics.median(spent), statistics.median(waited)
    many = f"{len(found):4}" if isinstance(found, list | dict) else "    "
    print(f"{cost:7.1f} ms CPU, {wall:7.1f} ms wall (first {waited[0]:.1f}) {many}  {title}", flush=True)
    return cost, wall


def ask(store: Store) -> None:
    """Time each query, and what pages and lists count."""
    found = []
    for words, bounds in queries(store.get("made/000000.txt")):
        found.append(timed(f"find {words!r} {bounds}", lambda words=words, bounds=bounds: store.find(words, **bounds)))  # type: ignore[misc]
    for title, task in (
        ("speakers", lambda: store.tallies("speaker")),
        ("places", lambda: store.tallies("place")),
        ("totals", lambda: store.tallies("layer")),
        ("stories", store.stories),
        ("latest stories", lambda: store.stories(order="latest", least=2)),
        ("count of stories", store.count_stories),
        ("search with facets, nothing asked", lambda: store.search(Wanted(), 50)),
        ("search with facets, truce", lambda: store.search(Wanted(words="truce"), 50)),
        ("search with facets, harb*", lambda: store.search(Wanted(words="harb*"), 50)),
    ):
        found.append(timed(title, task))
    for kind, times in zip(("CPU", "wall"), zip(*found, strict=True), strict=True):
        print(
            f"{kind}: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms, of {store.count()} reports"
        )
    for row in (store.stories(1)[0], store.stories(1, 50)[0]):
        timed(f"tell a story of {row['reports']} reports", lambda row=row: tell(store, row["id"]), runs=1)  # type: ignore[misc]


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="the file to make and keep, filled up to that many reports")
    parser.add_argument("--rate", type=Path, help="a folder of reports to read and add instead")
    parser.add_argument("--every", type=int, default=1, help="every so many-th of them")
    options = parser.parse_args()
    if options.rate:
        rate(options.rate, options.every)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "made.onrecord"
        fill(path, options.reports)
        add_some(path)
        with Store(path) as store:
            ask(store)


if __name__ == "__main__":
    main()
