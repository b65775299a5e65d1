"""Measure the pages: the time to the first byte of each, with twenty readers at once while one adds.

    python benchmarks/page.py                                   # 2,000 made reports in a temporary folder
    python benchmarks/page.py --reports 100000 --keep big.onrecord

The store is that of benchmarks/store.py; of a store of more than `--placed` reports only so many (the last) are put in
stories, since that is slow and no other page depends on it. The server runs in a process of its own, the readers are
threads of this one and ask in turn for every page, each of another report, actor, place, word or start; nothing is
asked for twice and no reader says what it has (no ETag). Meanwhile one process adds reports. It is done twice: by
readers who want the next page as soon as one has come, and by readers who look at each for `--pause` seconds. Times are
wall times, so a machine that does other work gives larger ones: the load is told beside them.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import multiprocessing
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from onrecord.store import Store
from store import reports

READERS = 20


class Unplaced:
    """Stands in for what puts reports in stories."""

    def add(self, *given: object) -> None:
        """Leave the report where it is."""


def fill(path: Path, count: int, placed: int) -> None:
    """Make a store of so many made reports, the last `placed` of them in stories; go on where it was broken off."""
    with Store(path) as store:
        placing, store._placing = store._placing, Unplaced()  # type: ignore[assignment]
        held = int(str(store.select("SELECT count(*) AS n FROM reports WHERE report NOT LIKE '%-%'")[0]["n"]))
        for number, (record, data) in enumerate(reports(count)):
            if number == max(0, count - placed):
                store._placing = placing
            if number >= held:
                store.add(record, data)


def repeat(path: Path, times: int) -> None:
    """Keep every report so many times, under other names, as rows: adding a hundred thousand takes hours."""
    with Store(path) as store:
        connection = store._connection
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        (last,) = connection.execute("SELECT max(id) FROM report").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        for turn in range(1, times):
            shift = turn << 12  # places of a day that the reports of no day here reach
            connection.execute(f"INSERT INTO original SELECT digest || '-{turn}', size, data FROM original "
                               "WHERE digest NOT LIKE '%-%'")  # fmt: skip
            for table in ("report", "actor", "attribution", "time", "place", "figure", "event", "talk"):
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                other = {
                    "id": f"id + {shift}" if table == "report" else "id",
                    "report": f"report + {shift}",
                    "row": f"row + ({shift} << 20)",
                    "digest": f"digest || '-{turn}'",
                    "uri": f"uri || '-{turn}'",
                    "number": "NULL",
                }
                values = ", ".join(other.get(name, name) for name in names)
                key = "id" if table == "report" else "report"
                first = f"{key} & {(1 << 20) - 1} < {1 << 12}"
                connection.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} "
                                   f"WHERE {first} AND {key} <= {last}")  # fmt: skip
        connection.execute(f"UPDATE tally SET count = count * {times}")
        connection.execute("INSERT INTO text_index(text_index) VALUES ('rebuild')")
        connection.execute("INSERT INTO said_index(said_index) VALUES ('rebuild')")
        connection.execute("COMMIT")


def add_on(path: Path, seed: int, stop: multiprocessing.synchronize.Event) -> None:
    """Add reports, one after another, until told to stop."""
    with Store(path) as store:
        for record, data in reports(1_000_000, seed):
            if stop.is_set():
                return
            store.add(record, data)


def addresses(path: Path, chance: random.Random) -> dict[str, list[str]]:
    """Addresses of each kind of page that the store can show, in a drawn order."""
    with Store(path, readonly=True) as store:
        total = store.count()
        some = [str(row["digest"]) for row in store.select("SELECT digest FROM reports ORDER BY row DESC LIMIT 3000")]
        names = [str(row["name"]) for row in store.select("SELECT name FROM actors LIMIT 3000")]
        days = [day for day, _, _ in store.tallies("day", 400)]
        places = [key for key, _, _ in store.tallies("place", 900) if len(key) < 10]  # as GeoNames numbers are
        stories = [str(row["digest"]) for row in _stories(store)]
        words = {word for record in [store.get(digest) for digest in some[:20]] for word in record.report.text.split()}
    starts = [chance.randrange(0, max(1, total - 50)) for _ in range(400)]
    asked = sorted(words)
    found = {
        "front": [f"/?start={start}" for start in starts[:200]],
        "front, the newest": ["/"] * 200,
        "front.json": [f"/front.json?start={start}" for start in starts[200:]],
        "report": [f"/report/{digest}" for digest in some],
        "report.json": [f"/report/{digest}.json" for digest in some],
        "search, a word": [f"/search?q={quote(word)}" for word in asked],
        "search, two common words": ["/search?q=truce%20talks"] * 200,
        "search, a speaker": [f"/search?q=the&by={quote(name)}" for name in names],
        "search, a beginning": [f"/search?q={quote(word[:4])}*" for word in asked],
        "stories": ["/stories"] * 200,
        "story": [f"/story/{digest}" for digest in stories],
        "actors": [f"/actors?start={start % 1000}" for start in starts[:100]],
        "quotations": [f"/quotations?day={day}" for day in days],
        "places": [f"/places?start={start % 300}" for start in starts[100:200]],
        "place": [f"/place/{number}" for number in places],
        "collection": ["/collection"] * 200,
        "actor": [f"/actor/{quote(name)}" for name in names],
        "correct": [f"/report/{digest}/correct/f1" for digest in some],
        "static": ["/static/desk.css"] * 200,
    }
    for each in found.values():
        chance.shuffle(each)
    return {kind: each for kind, each in found.items() if each}


def _stories(store: Store) -> list[dict[str, object]]:
    from onrecord.store import story_digest

    return [{**row, "digest": story_digest(str(row["id"]))} for row in store.stories(400)]


class Asked:
    """What was measured of the pages: the times to the first byte by kind, and the largest of each."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.sizes: dict[str, int] = {}


def read(port: int, turns: Iterator[tuple[str, str]], asked: Asked, pause: float = 0.0) -> None:
    """Ask for pages until there are no more, each after a look at the last; keep the time to the first byte of each."""
    time.sleep(random.uniform(0.0, pause))
    while True:
        with _LOCK:
            turn = next(turns, None)
        if turn is None:
            return
        kind, address = turn
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.connect()
        start = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        took = time.perf_counter() - start
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{address} gave {answer.status}: {body[-700:]!r}")
        asked.times[kind].append(took)
        asked.sizes[kind] = max(asked.sizes.get(kind, 0), len(body))
        time.sleep(pause)


_LOCK = threading.Lock()
WORKED = 10  # pages of a kind of which the time of the processor is the mean


def work(pid: int, port: int, found: list[str]) -> float:
    """Seconds of the processor that the server spends on a page, which other work on the machine does not change."""
    before = spent(pid)
    read(port, iter([("", address) for address in found]), Asked())
    return (spent(pid) - before) / len(found)


def spent(pid: int) -> float:
    """Seconds of the processor that a process and those that it started have had (Linux)."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rsplit(")", 1)[1].split()
            if pid in (int(path.parent.name), int(fields[1])):
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def serve(path: Path, workers: int | None) -> tuple[subprocess.Popen[bytes], int]:
    """The pages in processes of their own, and their port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "serve", str(path), "--port", str(port)]
    process = subprocess.Popen(command + (["--workers", str(workers)] if workers else []), stderr=subprocess.DEVNULL)
    for _ in range(600):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", "/static/desk.css")
            if connection.getresponse().status == 200:
                time.sleep(2)  # the others come up
                return process, port
        time.sleep(0.1)
    raise SystemExit("the server does not come up")


def crowd(port: int, turns: list[tuple[str, str]], readers: int, pause: float) -> Asked:
    """Let so many readers ask for pages at once."""
    asked = Asked()
    queue = iter(turns)
    start = time.perf_counter()
    threads = [threading.Thread(target=read, args=(port, queue, asked, pause)) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - start
    print(f"{len(turns)} pages, {readers} readers with a pause of {pause:g} s: {len(turns) / wall:.1f} pages a second")
    return asked


def measure(path: Path, each: int, readers: int, pause: float, workers: int | None, adding: bool) -> None:
    """Ask for `each` pages of every kind, twice over, and print how long each kind took."""
    kinds = addresses(path, random.Random(7))
    stop = multiprocessing.Event()
    adder = multiprocessing.Process(target=add_on, args=(path, int(time.time()), stop))
    with Store(path, readonly=True) as store:
        before = store.count()
    load = os.getloadavg()[0]
    process, port = serve(path, workers)
    if adding:
        adder.start()
        with Store(path, readonly=True) as store:
            while store.count() == before:
                time.sleep(0.1)
    runs = []
    for at, wait in enumerate((0.0, pause)):
        numbers = range(at * each, (at + 1) * each)
        turns = [(kind, found[number % len(found)]) for number in numbers for kind, found in kinds.items()]
        runs.append(crowd(port, turns, readers, wait))
    stop.set()
    if adding:
        adder.join()
    rest = {kind: [found[(2 * each + at) % len(found)] for at in range(WORKED)] for kind, found in kinds.items()}
    worked = {kind: work(process.pid, port, found) for kind, found in rest.items()}
    process.terminate()
    process.wait()
    with Store(path, readonly=True) as store:
        after = store.count()
    for kind in kinds:
        shown = [f"{statistics.median(run.times[kind]) * 1000:8.1f} {max(run.times[kind]) * 1000:8.1f}" for run in runs]
        size = max(run.sizes[kind] for run in runs)
        print(f"{' '.join(shown)} {worked[kind] * 1000:8.1f} ms {size / 1000:8.1f} kB  {kind}")
    print("median and worst to the first byte without and with a pause; time of the processor for one page, alone")
    print(f"{before} reports, {after - before} added meanwhile; load before {load:.1f} on {os.cpu_count()} cores")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--placed", type=int, default=2000)
    parser.add_argument("--each", type=int, default=40, help="pages of each kind")
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds that readers look at a page")
    parser.add_argument("--workers", type=int, help="processes that answer, unless as many as by default")
    parser.add_argument("--repeat", type=int, default=1, help="keep each report of a new store so many times")
    parser.add_argument("--still", action="store_true", help="nobody adds meanwhile")
    parser.add_argument("--fill", action="store_true", help="only make the store")
    parser.add_argument("--keep", type=Path, help="the file to make and keep; one that is there is only asked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "made.onrecord"
        if not path.exists() or options.fill:
            fill(path, options.reports, 0 if options.repeat > 1 else options.placed)
            if options.repeat > 1:
                repeat(path, options.repeat)
                fill(path, options.reports + options.placed, options.placed)
        if not options.fill:
            measure(path, options.each, options.readers, options.pause, options.workers, not options.still)


if __name__ == "__main__":
    main()
