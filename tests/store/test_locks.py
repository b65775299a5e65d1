"""The locks of a process on a store outlive its opening the store once more."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from onrecord.store import Store

WRITE = """
import sqlite3, sys
for turn in range(3):
    other = sqlite3.connect(sys.argv[1], isolation_level=None)
    other.execute(f"CREATE TABLE t{turn} (x)")
    other.close()
"""


def test_a_reader_reads_on_when_its_process_opens_the_store_again_and_another_process_writes_and_leaves(tmp_path, made):
    path = tmp_path / "desk.onrecord"
    with Store(path) as store:
        store.add(*made())
    with Store(path, readonly=True) as reader:
        assert reader.count() == 1
        Store(path, readonly=True).close()
        subprocess.run([sys.executable, "-c", WRITE, str(path)], check=True)
        assert Path(f"{path}-shm").exists(), "the other process took itself for the last one and cleared up"
        assert reader.count() == 1
    assert sqlite3.connect(path).execute("SELECT count(*) FROM t2").fetchone() == (0,)
