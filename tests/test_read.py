"""The first report of a process is read as any other, whoever reads it."""

import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.encode.sentences import cut
from onrecord.record import LAYERS

TEXT = (
    "LIMA, March 6 (Wire) - The talks will resume in Lima on Tuesday, Foreign Minister Dana Hale told reporters.\n\n"
    "At least 33 people were killed on Monday, according to the ministry. “We will not sign,” she said."
)
FIRST = """
import sys
from onrecord import read
first, second = (read(sys.argv[1], date="2019-03-06") for _ in range(2))
assert first.to_json() == second.to_json()
assert first.figures and first.times and first.attributions and first.actors
"""
THREADS = """
import sys, threading
from onrecord import read
found = []
started = threading.Barrier(6)

def read_one():
    started.wait()
    found.append(read(sys.argv[1], date="2019-03-06").to_json())

threads = [threading.Thread(target=read_one) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(found) == 6 and len(set(found)) == 1
"""
FAILING = """
import sys
from onrecord import ModelError, read
from onrecord.encode.encoder import Encoder

class Damaged(Encoder):
    def __init__(self):
        pass

    def read(self, report):
        raise ModelError("the model is damaged")

for _ in range(2):
    try:
        read(sys.argv[1], encoder=Damaged())
    except ModelError:
        continue
    raise AssertionError("no error")
"""
TURNS = """
import sys
from onrecord import ModelError, read
from onrecord.encode import default_encoder

class Watched:
    def read(self, report):
        turns.append(sys.getswitchinterval())
        if len(turns) == 1:
            raise ModelError("the model is damaged")
        return default_encoder().read(report)

turns = []
sys.setswitchinterval(0.004)
for _ in range(3):
    try:
        read(sys.argv[1], encoder=Watched())
    except ModelError:
        pass
    assert abs(sys.getswitchinterval() - 0.004) < 1e-6
assert turns[0] < 0.001 and turns[1] < 0.001 and turns[2] > 0.003, turns
"""


def run(program):
    subprocess.run([sys.executable, "-c", program, TEXT], check=True, timeout=300)


def test_the_first_report_is_read_as_the_next():
    run(FIRST)


def test_first_reports_read_in_six_threads_at_once_are_read_alike():
    run(THREADS)


def test_what_goes_wrong_in_the_encoder_is_raised_for_the_first_report_too():
    run(FAILING)


def test_threads_take_short_turns_while_the_first_report_is_read_and_no_longer():
    run(TURNS)


def examples():
    """What the rules are shown to match, of every file."""
    for path in files("onrecord.lang").joinpath("en").iterdir():
        tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.name.endswith(".toml") else {}
        for rule in tables["rule"] if isinstance(tables.get("rule"), list) else ():
            yield from rule["examples"]


class Bare:
    """An encoder that sees words and sentences alone."""

    def read(self, report):
        return cut(report)


EXAMPLES = sorted(set(examples()))
MARKS = [
    "a", "the", "and", "to", "of", "not", ",", ".", ";", ":", "--", '"', "“", "”", "(", ")", "'", "’s", "3", "é", "Ó",
    "\n", "\n\n",
]  # fmt: skip


@pytest.mark.parametrize("encoder", [Bare(), None], ids=["without the model", "with it"])
@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.sampled_from(EXAMPLES) | st.sampled_from(MARKS), max_size=25).map(" ".join))
def test_no_text_of_what_rules_match_raises(encoder, text):
    record = onrecord.read(text, date="2019-03-06", encoder=encoder)
    assert None not in [record.layer(name) for name in LAYERS]
