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


def test_what_is_new_without_a_day_is_that_of_the_last_day_and_other_numbers_stand_beside_the_old(told):
    text = LATER.replace("March 7", "March 8").replace("19 people", "23 people").replace("Thursday", "Friday")
    (told.folder / "last.txt").write_text(text, encoding="utf-8")
    told("add", told.folder / "last.txt")
    rows = json.loads(told("story", "new", "1", "--json").stdout)
    assert {row["day"] for row in rows} == {"2019-03-08"}
    (row,) = [row for row in rows if row["kind"] == "figures"]
    assert "23 people" in row["words"]
    assert "19 people" in row["was"]
    assert f"was: {row['was']}" in told("story", "new", "1").stdout


def test_a_row_of_a_story_says_where_its_words_stand(told):
    for view in ("timeline", "figures"):
        for row in json.loads(told("story", view, "1", "--json").stdout):
            text = {"first.txt": FIRST, "later.txt": LATER}[row["report"][-9:]]
            assert " ".join(text[row["start"] : row["end"]].split()) == row["words"]


def test_a_day_that_is_none_is_told(told):
    result = told("story", "new", "1", "--since", "yesterday")
    assert result.exit_code == 1
    assert "write it as 2024-02-21" in result.stderr


@pytest.mark.parametrize("name", ["mayor", "Mayors", "MAYORS"])
def test_a_name_is_found_in_one_number_and_the_other(told, name):
    assert [hit["source"] for hit in json.loads(told("find", "--by", name, "--json").stdout)] == ["the mayor"]


def test_what_is_found_about_a_name_shows_the_name(told):
    (hit,) = json.loads(told("find", "--about", "mayor", "--json").stdout)
    assert "mayor" in hit["words"]
    assert hit["matches"]


def test_finding_without_anything_to_find_is_refused(told):
    result = told("find")
    assert result.exit_code == 2
    assert "--about" in result.stderr


TALKS = """LIMA, March 9, 2019 (Nordwire) -- The dockers' union rejected the pay offer of six percent at the talks in \
Lima on Saturday, its leader Ana Ruiz said.

The talks are to resume on March 12. The talks broke down last week over night shifts.
"""


def test_the_talks_of_a_story_are_one_board_with_words(run):
    (run.folder / "talks.txt").write_text(TALKS, encoding="utf-8")
    run("add", run.folder / "talks.txt")
    rows = json.loads(run("story", "talks", "1", "--json").stdout)
    assert rows
    assert all(row["words"] and row["report"].endswith("talks.txt") for row in rows)
    shown = run("story", "talks", "1").stdout
    assert all(row["words"] in shown for row in rows if row["part"] == "rounds")
    assert run("story", "talks", "1", "--csv").stdout.startswith("part,who,latest")
