"""What the command line loads for a task, and what it leaves alone."""

import subprocess
import sys

import pytest

LATIN = (
    "Talks to resume\n\nThe talks will resume in Lima on Tuesday, the minister said. He said that they had not failed."
)
PROGRAM = """
import sys
from click.testing import CliRunner
from onrecord.cli import main
done = CliRunner().invoke(main, sys.argv[1:])
assert done.exit_code == 0, done.output
print(*sorted(sys.modules))
"""


def modules_of(*words):
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    path = tmp_path_factory.mktemp("start") / "talks.txt"
    path.write_text(LATIN, encoding="utf-8")
    return modules_of("read", str(path))


def test_reading_a_text_loads_the_model(reading):
    assert {"onnxruntime", "onrecord.encode.encoder"} <= reading


@pytest.mark.parametrize(
    "left_alone",
    [
        "lxml",
        "trafilatura",
        "py3langid",
        "charset_normalizer",
        "sqlite3",
        "starlette",
        "onrecord.store",
        "onrecord.link",
    ],
)
def test_reading_an_english_text_leaves_alone(reading, left_alone):
    assert left_alone not in reading


def test_the_help_of_a_command_does_not_load_the_model():
    assert "onnxruntime" not in modules_of("find", "--help")


def test_a_command_ends_without_a_look_for_cycles_in_all_that_is_left():
    left = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count()))
from onrecord.cli import main
main(["schema"])
"""
    done = subprocess.run([sys.executable, "-c", left], capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) > 10_000


def test_a_command_has_one_thread_for_sums_unless_told_otherwise(monkeypatch):
    program = (
        "import os; from onrecord.cli import main; main(['schema'], standalone_mode=False); print(os.environ['{}'])"
    )
    told = {}
    for given in (None, "3"):
        monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
        if given:
            monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
        command = [sys.executable, "-c", program.format("OPENBLAS_NUM_THREADS")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        told[given] = done.stdout.splitlines()[-1]
    assert told == {None: "1", "3": "3"}
