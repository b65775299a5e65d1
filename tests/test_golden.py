"""Each example beside the sheet that the command line prints for it: `pytest --accept` rewrites, a reader reviews."""

from pathlib import Path

import pytest

import onrecord
from onrecord.exports.sheet import sheet

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GOLDEN = ROOT / "tests" / "golden"

REPORTS = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".txt", ".html"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_sheet_of_an_example_is_the_golden_one(path, accept, monkeypatch):
    monkeypatch.chdir(EXAMPLES)
    name = path.relative_to(EXAMPLES)
    printed = "\n".join(sheet(record) for record in onrecord.pipe(onrecord.open_reports(name)))
    golden = GOLDEN / f"{name.as_posix().replace('/', '__')}.sheet"
    if accept:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(printed, encoding="utf-8")
    assert golden.exists(), f"no golden sheet for {name}: run pytest --accept and review what it writes"
    assert printed == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_sheet_without_its_example():
    names = {f"{path.relative_to(EXAMPLES).as_posix().replace('/', '__')}.sheet" for path in REPORTS}
    assert {path.name for path in GOLDEN.glob("*.sheet")} == names
