"""Nothing that was added is lost, and nothing is half there, when the process is killed or the disk fills up."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.store import Store

ADDING = Path(__file__).with_name("adding.py")
COUNT = 120


def _start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(ADDING), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _check(path: Path, told: set[str]) -> int:
    with Store(path, made_by="1") as store:
        store.check()
        held = {record.report.uri for record in store.records()}
        assert told <= held
        assert len(held) - len(told) <= 1, "at most the one that was in and not yet told"
        assert len(store.find("truce", limit=COUNT)) == len(held)
        for record in store.records():
            assert store.original(record.report.digest).decode() == record.report.text
        told |= held
        return len(held)


def test_a_process_that_is_killed_again_and_again_loses_nothing(tmp_path):
    chance = random.Random(11)
    path = tmp_path / "s"
    told: set[str] = set()
    grown = []
    for _ in range(8):
        process = _start(path, COUNT)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
        told |= {line for line in (first + rest).split("\n") if line.endswith(".txt")}
        grown.append(_check(path, told))
    assert grown == sorted(grown)
    assert 0 < grown[0] < grown[-1]


def test_a_process_killed_while_it_makes_the_store_leaves_what_can_be_opened(tmp_path):
    for number in range(5):
        path = tmp_path / str(number)
        process = _start(path, 1)
        until = time.monotonic() + 20
        while not path.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(number * 0.004)
        process.kill()
        process.communicate()
        with Store(path) as store:
            assert store.count() <= 1
            store.check()


@pytest.mark.parametrize("limit", [900_000, 1_500_000])
def test_a_full_disk_is_told_and_what_was_added_is_kept(tmp_path, limit):
    path = tmp_path / "s"
    out, _ = _start(path, COUNT, limit).communicate()
    assert "the disk is full" in out
    told = {line for line in out.split("\n") if line.endswith(".txt")}
    _check(path, told)
    out, _ = _start(path, COUNT).communicate()
    assert _check(path, told | set(out.split())) == COUNT


def test_a_store_at_its_bound_is_told_and_goes_on_when_there_is_room(tmp_path, made):
    with Store(tmp_path / "s", made_by="1") as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        made_here = (made(f"Report {number} on the truce. " * 30, uri=f"{number}.txt") for number in range(COUNT))
        with pytest.raises(StoreError, match="the disk is full"):
            all(store.add(record, data) for record, data in made_here)
        held = store.count()
        assert 0 < held < COUNT
        store.check()
        store._connection.execute(f"PRAGMA max_page_count = {pages * 100}")
        assert store.add(*made("One more.", uri="more.txt"))
        assert store.count() == held + 1
