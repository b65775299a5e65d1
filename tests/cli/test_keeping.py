"""`onrecord add`, `find`, `who`, `export`, `refresh`: a store from the command line."""

import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main

TEXT = "LIMA, March 6, 2019 (Nordwire) -- The dam in Lima will hold, Mayor Ana Ruiz said on Wednesday.\n"


@pytest.fixture
def run(tmp_path):
    store = tmp_path / "desk.onrecord"
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")

    def run(*args: object):
        return CliRunner().invoke(main, [*map(str, args), "--store", str(store)])

    run.folder = tmp_path
    return run


def test_adding_twice_changes_nothing(run):
    first = run("add", run.folder / "report.txt")
    assert first.exit_code == 0
    assert "1 added, 0 there already" in first.stderr
    assert "0 added, 1 there already" in run("add", run.folder / "report.txt").stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_added(run):
    (run.folder / "empty.txt").write_bytes(b"")
    result = run("add", run.folder / "empty.txt", run.folder / "report.txt")
    assert result.exit_code == 1
    assert "empty.txt: " in result.stderr
    assert "1 added" in result.stderr


def test_words_are_found_and_so_is_what_somebody_said(run):
    run("add", run.folder / "report.txt")
    assert "dam in Lima" in run("find", "dam").stdout
    said = json.loads(run("find", "dam", "--by", "Ruiz", "--json").stdout)
    assert [hit["attribution"] for hit in said] == ["a1"]
    assert "The dam in Lima will hold" in run("who", "Ruiz").stdout


def test_finding_nothing_is_said_on_standard_error(run):
    run("add", run.folder / "report.txt")
    result = run("find", "elephants")
    assert result.stdout == ""
    assert "nothing was found" in result.stderr


def test_a_store_that_is_not_there_is_told(run):
    result = run("find", "dam")
    assert result.exit_code == 1
    assert "desk.onrecord" in result.stderr


@pytest.mark.parametrize("form", ["jsonl", "annotations", "plover", "geojson", "ics", "brief"])
def test_a_store_is_exported_as_one_text(run, form):
    run("add", run.folder / "report.txt")
    result = run("export", form, "--to", run.folder / "out")
    assert result.exit_code == 0, result.stderr
    assert "wrote 1 records" in result.stderr


@pytest.mark.parametrize(("form", "ending"), [("csv", ".csv"), ("brat", ".ann"), ("timeml", ".tml")])
def test_a_store_is_exported_as_a_folder(run, form, ending):
    run("add", run.folder / "report.txt")
    assert run("export", form).exit_code == 2
    assert run("export", form, "--to", run.folder / "out").exit_code == 0
    assert any(path.suffix == ending for path in (run.folder / "out").iterdir())


def test_a_store_of_now_needs_no_refresh(run):
    run("add", run.folder / "report.txt")
    assert "0 originals read again" in run("refresh").stderr


FIRST = """LIMA, March 6, 2019 (Nordwire) -- At least 12 people were killed in a landslide in Lima on \
Wednesday, police said.

The landslide buried a market in the hills above Lima. Rescuers dug through the mud with spades.
"""
LATER = """LIMA, March 7, 2019 (Meridian) -- Rescuers in Lima ended their search on Thursday. The landslide has killed \
19 people in Lima, the mayor said.

The market in the hills of Lima, which the landslide buried on Wednesday, had stood there for a century.
"""


@pytest.fixture
def told(run):
    """A store of a toll that two reports give."""
    for name, text in (("first.txt", FIRST), ("later.txt", LATER)):
        (run.folder / name).write_text(text, encoding="utf-8")
        assert run("add", run.folder / name).exit_code == 0
    return run


def test_reports_on_one_thing_are_one_story(told):
    rows = json.loads(told("story", "list", "--json").stdout)
    assert [row["reports"] for row in rows] == [2]


def test_the_toll_of_a_story_moves(told):
    rows = json.loads(told("story", "figures", "1", "--json").stdout)
    assert [row["value"] for row in rows] == ["≥ 12", "19"]
    assert "█" in told("story", "figures", "1").stdout


@pytest.mark.parametrize("view", ["show", "timeline", "disputes", "talks"])
def test_each_view_of_a_story_is_printed(told, view):
    assert told("story", view, "1").exit_code == 0


def test_what_is_new_is_what_no_earlier_report_says(told):
    said = told("story", "new", "1", "--since", "2019-03-07").stdout
    assert "has killed 19 people" in said
    assert "spades" not in said


def test_a_story_that_is_none_is_told(told):
    result = told("story", "show", "99")
    assert result.exit_code == 1
    assert "99: is no story" in result.stderr
