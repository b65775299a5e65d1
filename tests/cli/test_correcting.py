"""`onrecord correct`, `corrections` and `export corrections`: what a person says of items, from the command line."""

import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main

TEXT = (
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n\n"
    '"We will not sign," Ruiz told reporters on Wednesday.\n'
)


@pytest.fixture
def run(tmp_path):
    store = tmp_path / "desk.onrecord"
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")

    def run(*args: object):
        return CliRunner().invoke(main, [*map(str, args), "--store", str(store)])

    run("add", file)
    run.report = file
    run.figure = next(
        item["id"]
        for item in json.loads(CliRunner().invoke(main, ["read", str(file), "--jsonl"]).stdout)["figures"]
        if item["low"] == 12
    )
    return run


def test_the_sheet_of_a_report_shows_what_persons_said_and_counts_it(run):
    run("correct", run.report, run.figure, "--set", "best=14", "--by", "Ana Ruiz", "--note", "see page 2")
    result = run("correct", run.report)
    assert "HOW MANY · 1, 1 corrected" in result.stdout
    assert "corrected by Ana Ruiz" in result.stdout
    assert "best 14, not –; “see page 2”" in result.stdout
    assert "≥ 12 people" in result.stdout, "the machine's reading stays"


def test_a_verdict_is_taken_back(run):
    run("correct", run.report, run.figure, "rejected", "--by", "Ana")
    run("correct", run.report, run.figure, "withdrawn", "--by", "Ben")
    assert "rejected" not in run("correct", run.report).stdout
    assert "nobody said" in run("corrections").stderr
    rows = json.loads(run("corrections", "--all", "--json").stdout)
    assert [row["verdict"] for row in rows] == ["rejected", "withdrawn"]


def test_verdicts_are_listed_and_exported_to_learn_from(run):
    run("correct", run.report, run.figure, "--set", "low=13", "--set", "of=people", "--by", "Ana")
    run("correct", run.report, "a1", "rejected", "--by", "Ana")
    listed = run("corrections").stdout
    assert "low 13, not 12" in listed
    first, second = map(json.loads, run("export", "corrections").stdout.splitlines())
    assert (first["machine"]["low"], first["person"]["low"], first["fields"]["low"]) == (12, 13, 13)
    start, end = (first[name] - first["text_start"] for name in ("start", "end"))
    assert first["text"][start:end] == first["words"] == "at least 12"
    assert second["person"] is None
    assert second["machine"]["id"] == "a1"


def test_words_given_are_those_of_the_report(run):
    assert run("correct", run.report, run.figure, "--set", "of=Rebels", "--by", "Ana").exit_code == 0
    wrong = run("correct", run.report, run.figure, "--set", "of=elephants", "--by", "Ana")
    assert wrong.exit_code == 1
    assert "does not stand in the report" in wrong.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["f99", "confirmed", "--by", "Ana"], "has no item f99"),
        (["a1", "confirmed"], "--by"),
        (["a1"], "--set"),
        (["a1", "--set", "nonsense=1", "--by", "Ana"], "nonsense"),
        (["a1", "--set", "quote=shouted", "--by", "Ana"], "shouted"),
        (["a1", "confirmed", "--set", "stance=says", "--by", "Ana"], "confirmed"),
    ],
)
def test_what_is_no_verdict_is_told_and_nothing_is_kept(run, args, told):
    result = run("correct", run.report, *args)
    assert result.exit_code
    assert told in result.stderr
    assert run("corrections", "--all").stdout == ""


def test_a_report_that_is_not_there_is_told(run):
    assert "is no report of the store" in run("correct", "elsewhere.txt").stderr


def test_corrections_are_of_a_store_alone(run):
    assert "of a store" in run("export", "corrections", run.report).stderr


def test_corrections_are_written_to_a_file(run, tmp_path):
    run("correct", run.report, "a1", "confirmed", "--by", "Ana")
    assert "wrote 1 corrections" in run("export", "corrections", "--to", tmp_path / "c.jsonl").stderr
    assert json.loads((tmp_path / "c.jsonl").read_text())["verdict"] == "confirmed"
