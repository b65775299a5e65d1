"""Several processes answer at one address as one would, and all end when the first does."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store

TEXT = "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n"
WAIT = 40.0  # seconds, on a machine that does much else

pytestmark = pytest.mark.skipif(os.name == "nt", reason="one process there")


@pytest.fixture
def served(tmp_path):
    """The process that `onrecord serve --workers 2` is, its port and the address of a report."""
    path = tmp_path / "desk.onrecord"
    (report,) = read_original(Original(uri="a.txt", data=TEXT.encode()))
    with Store(path) as store:
        store.add(onrecord.read(report), TEXT.encode())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "serve", str(path), "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            wait_until(lambda: len(children(process.pid)) >= 2 and not refused(port))
            yield process, port, f"/report/{report.digest}"
        finally:
            process.kill()


def children(parent):
    """The processes that answer for one; not what multiprocessing starts to clean up after them."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True
    ).stdout
    return [int(line.split()[0]) for line in found.splitlines() if "spawn_main" in line]


def refused(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def wait_until(true):
    until = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def alive(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def ask(port, address, form=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    body = urlencode(form) if form else None
    headers = {"content-type": "application/x-www-form-urlencoded"} if form else {}
    connection.request("POST" if form else "GET", address, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_any_process_takes_the_form_of_another_and_gives_a_page_its_mark(served):
    _, port, report = served
    answers = [ask(port, report) for _ in range(8)]
    tokens = {re.search(r'name="token" value="([^"]+)"', text)[1] for _, text in answers}
    assert len(tokens) == 1
    assert len({answer.headers["etag"] for answer, _ in answers}) == 1
    (token,) = tokens
    for verdict in ("confirmed", "rejected", "withdrawn", "confirmed"):
        answer, text = ask(port, f"{report}/correct", {"token": token, "by": "Ana", verdict: "f1"})
        assert answer.status == 303, text
    assert all("1 confirmed" in ask(port, report)[1] for _ in range(8)), "nobody gives what was kept before"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_all_end_with_the_first(served, sign):
    process, port, _ = served
    others = children(process.pid)
    os.kill(process.pid, sign)
    wait_until(lambda: not any(map(alive, others)) and refused(port))
    process.wait(WAIT)


def test_one_that_dies_is_started_again(served, monkeypatch):
    process, port, report = served
    first = children(process.pid)
    time.sleep(10)  # who ends sooner would do so again
    os.kill(first[0], signal.SIGKILL)
    wait_until(lambda: len(set(children(process.pid)) - set(first)) == 1)
    assert ask(port, report)[0].status == 200
