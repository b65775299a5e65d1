"""Reports a second, and the share of each stage, on one core.

    python benchmarks/speed.py [--data ../shared/data] [--every 20] [--peers VENV/bin/python]
    python benchmarks/speed.py --memory [--every 1]
    python benchmarks/speed.py --start [--every 20]

CPU seconds of this process (`time.process_time`), the libraries' threads at one; loading is told apart. Peers that are
installed (`pip install dateparser quantulum3`), here or for the interpreter of `--peers`, are timed on the same texts.
With --memory, only the megabytes that the process holds as it reads one report after the other (Linux). With --start,
only what `onrecord read` takes all in, from the start of the process to its end, for the report nearest to 600 words.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.encode import default_encoder
from onrecord.intake import open_reports
from onrecord.layers.actors import find_actors
from onrecord.layers.attributions import find_attributions
from onrecord.layers.events import find_events
from onrecord.layers.figures import find_figures
from onrecord.layers.places import find_places
from onrecord.layers.talks import find_talks
from onrecord.layers.times import find_times
from onrecord.read import pipe
from onrecord.record import Report
from peers import ask

WORDS = 600  # a report of usual length
STEP = 50  # reports between two looks at memory
STARTS = 9  # of the process, after one that is not counted and leaves the byte code behind


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def run(self, stage: str, task: Callable[..., Any], *given: Any) -> Any:
        """Do a task and count its time to a stage."""
        start = time.process_time()
        done = task(*given)
        self.spent[stage] += time.process_time() - start
        return done


def read(report: Report, clock: Clock) -> None:
    """The pipeline of `onrecord.read`, each stage under the clock."""
    seen = clock.run("encode", default_encoder().read, report)
    actors = clock.run("actors", find_actors, report, seen)
    attributions = clock.run("attributions", find_attributions, report, seen, actors)
    times = clock.run("times", find_times, report, seen)
    places = clock.run("places", find_places, report, seen)
    figures = clock.run("figures", find_figures, report, seen, attributions, times, places, actors)
    clock.run("events", find_events, report, seen, attributions, actors, times, places, figures)
    clock.run("talks", find_talks, report, seen, attributions, actors, times, places, figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--every", type=int, default=20, help="every so many-th of the wire reports")
    parser.add_argument("--peers", default=sys.executable, help="the interpreter that the peers are installed for")
    parser.add_argument("--memory", action="store_true", help="how memory grows, and nothing else")
    parser.add_argument("--start", action="store_true", help="`onrecord read` of one report, all in, and nothing else")
    args = parser.parse_args()
    files = sorted((args.data / "reports").glob("*.txt"))[:: args.every]
    if args.memory:
        watch_memory(files)
        return
    if args.start:
        time_start(min(files, key=lambda file: abs(len(file.read_text(encoding="utf-8").split()) - WORDS)))
        return
    loading = Clock()
    for report in open_reports(*files[:2]):
        loading.run("load", read, report, Clock())
    clock = Clock()
    reports = clock.run("intake", lambda: list(open_reports(*files)))
    for report in reports:
        read(report, clock)
    words = sum(len(report.text.split()) for report in reports)
    total = sum(clock.spent.values())
    print(f"{len(reports)} reports, {words} words; loading {loading.spent['load']:.2f} s, once")
    print(
        f"{len(reports) / total:.1f} reports/s a core; {1000 * total * WORDS / words:.0f} ms a report of {WORDS} words"
    )
    for stage, spent in sorted(clock.spent.items(), key=lambda item: -item[1]):
        print(f"  {stage:<14}{1000 * spent * WORDS / words:7.1f} ms {100 * spent / total:5.1f} %")
    print(f"peak memory {peak():.0f} MB")
    time_peers([report.text for report in reports], words, args.peers)


def time_start(file: Path) -> None:
    """Print the seconds of `onrecord read` of one report, by the clock and of CPU."""
    runs = [run_once(file) for _ in range(STARTS + 1)][1:]
    print(f"{file.name}, {STARTS} times")
    for name, column in zip(("clock", "CPU"), zip(*runs, strict=True), strict=True):
        print(f"  {name:<6} least {min(column):.2f} s, median {statistics.median(column):.2f} s")


def run_once(file: Path) -> tuple[float, float]:
    """Seconds by the clock and of CPU, of all threads, that a process takes to read a report."""
    command = [sys.executable, "-m", "onrecord", "read", str(file)]
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, used = os.wait4(os.posix_spawn(sys.executable, command, os.environ, file_actions=quiet), 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def watch_memory(files: list[Path]) -> None:
    """Print what the process holds after so many reports."""
    started = resident()
    print(f"{0:5d} reports {started:6.1f} MB, {len(files)} to read")
    count = 0
    for count, _ in enumerate(pipe(open_reports(*files)), 1):
        if count in (1, 10) or count % STEP == 0:
            print(f"{count:5d} reports {resident():6.1f} MB", flush=True)
    print(f"{count:5d} reports {resident():6.1f} MB, peak {peak():.1f} MB")


def resident() -> float:
    """Megabytes of memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def peak() -> float:
    """The most megabytes that it has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def time_peers(texts: list[str], words: int, python: str) -> None:
    """The peers that are installed, on the same texts, under an interpreter: each does one layer."""
    for name, layer in (("dateparser", "times"), ("quantulum3", "figures")):
        answer = ask(python, name, texts)
        if answer is None:
            print(f"  {name} ({layer}) is not installed")
        else:
            print(f"  {name} ({layer}) {1000 * answer['seconds'] * WORDS / words:.1f} ms")


if __name__ == "__main__":
    main()
