"""`onrecord read`: what goes to standard output, what to standard error, and the exit status."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from onrecord.cli import main

TEXT = (
    'LIMA, March 6, 2019 (Nordwire) -- The dam will hold, the mayor said on Wednesday.\n\n"It held," Ana Ruiz said.\n'
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def _run(*args: str, input: bytes | None = None):
    return CliRunner().invoke(main, [str(arg) for arg in args], input=input)


def test_a_report_is_printed_as_a_sheet_without_colour(report):
    result = _run("read", report)
    assert result.exit_code == 0
    assert result.stdout.startswith(str(report))
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_jsonl_is_one_object_a_report_in_the_order_given(report, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("The river rose by two metres on Monday, officials said.\n", encoding="utf-8")
    result = _run("read", report, other, "--jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["report"]["uri"] for row in rows] == [str(report), str(other)]
    assert all(len(piece) == 4 for row in rows for piece in row["report"]["pieces"])


def test_json_is_one_array(report):
    rows = json.loads(_run("read", report, report, "--json").stdout)
    assert [row["report"]["uri"] for row in rows] == [str(report)] * 2


def test_every_span_of_the_json_lies_in_the_text(report):
    row = json.loads(_run("read", report, "--jsonl").stdout)
    text = row["report"]["text"]

    def spans(value):
        if isinstance(value, dict) and set(value) == {"start", "end"} and isinstance(value["start"], int):
            yield value
        for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from spans(child)

    found = list(spans(row))
    assert found
    assert all(0 <= span["start"] <= span["end"] <= len(text) for span in found)


def test_standard_input_is_a_dash(report):
    result = _run("read", "-", "--jsonl", input=TEXT.encode())
    assert json.loads(result.stdout)["report"]["uri"] == "-"


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(report, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = _run("read", empty, report, tmp_path / "absent.txt", "--jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert f"onrecord: {empty}: " in result.stderr
    assert "absent.txt" in result.stderr
    assert "2 of the inputs could not be read" in result.stderr


def test_a_wrong_date_is_a_usage_error(report):
    result = _run("read", report, "--date", "yesterday")
    assert result.exit_code == 2
    assert "2024-02-21" in result.stderr


def test_the_date_given_is_the_day_of_the_report(report):
    row = json.loads(_run("read", report, "--jsonl", "--date", "2020-05-04").stdout)
    assert row["report"]["dating"]["value"] == "2020-05-04"
    assert row["report"]["dating"]["origin"] == "option"


def test_explain_shows_the_words_the_bytes_and_the_rule(report):
    row = json.loads(_run("read", report, "--jsonl").stdout)
    item = row["times"][0]
    shown = _run("read", report, "--explain", item["id"]).stdout
    assert item["basis"]["name"] in shown
    assert "bytes [" in shown
    assert "lang/en/times.toml" in shown


def test_explain_of_an_item_that_is_not_there_names_those_that_are(report):
    result = _run("read", report, "--explain", "z9")
    assert result.exit_code == 1
    assert "has no item z9" in result.stderr
    assert "a1" in result.stderr


def test_html_writes_one_page(report, tmp_path):
    page = tmp_path / "page.html"
    result = _run("read", report, "--html", page)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_schema_fits_what_jsonl_prints(report):
    jsonschema = pytest.importorskip("jsonschema")
    row = json.loads(_run("read", report, "--jsonl").stdout)
    jsonschema.Draft202012Validator(json.loads(_run("schema").stdout)).validate(row)


def test_the_demo_reads_the_examples():
    result = _run("demo")
    assert result.exit_code == 0
    assert "yemen-exchange/2020-10-16-aden.txt" in result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for(shell):
    assert "_ONRECORD_COMPLETE" in _run("completion", shell).stdout


def test_the_sheet_is_the_same_in_any_locale_and_a_closed_pipe_ends_it_quietly(report):
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1"}
    command = f'"{sys.executable}" -m onrecord read "{report}" "{report}" "{report}" | head -n 1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.strip() == str(report)
    assert "Traceback" not in done.stderr
