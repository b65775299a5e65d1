"""The wheel holds all that the program reads, and nothing of training, benchmarks or tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_every_data_file_of_the_package_is_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "onrecord").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= names
    assert {"onrecord/model/minilm/model.onnx", "onrecord/gazetteer/places.bin", "onrecord/py.typed"} <= names


def test_the_examples_are_in_the_wheel_and_nothing_else_of_the_repository(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "onrecord/examples/earthquake-valdora.txt" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"onrecord"}


def test_the_wheel_reads_a_report_with_the_network_off(wheel, tmp_path):
    """From the wheel alone, in an empty folder, with every socket refused."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = refuse\n"
        "import onrecord\n"
        "assert onrecord.__file__.startswith(sys.argv[1]), onrecord.__file__\n"
        "record = onrecord.read('The dam will hold, the mayor of Lima said on Tuesday.', date='2019-03-06')\n"
        "print(len(record.attributions), record.times[0].value)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "2019-03-05"], done.stderr
