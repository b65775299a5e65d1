"""Readers in several threads of one process, as the pages have them."""

import subprocess
import sys

from tests.store.conftest import make_record

READ = """
import sys, threading
from onrecord.record import Record

sys.setswitchinterval(1e-6)
data = open(sys.argv[1], "rb").read()
started = threading.Barrier(16)

def read():
    started.wait()
    Record.from_json(data)

threads = [threading.Thread(target=read) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_threads_that_read_their_first_record_at_once_do_not_end_the_process(tmp_path):
    path = tmp_path / "record.json"
    path.write_bytes(make_record()[0].to_json())
    for _ in range(5):
        subprocess.run([sys.executable, "-c", READ, str(path)], check=True, timeout=60)
