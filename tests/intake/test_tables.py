"""JSONL and CSV."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.clean import decode
from onrecord.errors import InputError
from onrecord.intake import reports_in
from onrecord.intake.tables import _rows, pick_columns


def test_each_line_is_a_report_named_by_its_number(came_from):
    rows = [{"title": f"Truce {n}", "text": f"The mayor of Zürich said no {n} times.", "url": f"x/{n}"} for n in (1, 2)]
    data = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    first, second = reports_in(data, uri="wire.jsonl")
    assert (first.uri, second.uri, second.format) == ("wire.jsonl#1", "wire.jsonl#3", "jsonl")
    assert first.digest == second.digest
    assert second.headline == "Truce 2"
    assert second.metadata == {"columns": "text=text, headline=title, url=url", "url": "x/2"}
    assert came_from(second, data, "Zürich said").decode() == "Zürich said"


def test_a_line_that_is_no_report_is_told_and_the_others_are_read():
    data = b'{"text": "The mayor said no."}\n{"text": \n{"n": 1}\n{"text": "Nobody was hurt, she said."}'
    found = []
    with pytest.raises(InputError, match=r"line 2 is not JSON at line 1 and 1 more"):
        found.extend(reports_in(data, uri="w.jsonl"))
    reports = reports_in(data, uri="w.jsonl")
    assert [next(reports).uri, next(reports).uri] == ["w.jsonl#1", "w.jsonl#4"]


def test_a_line_longer_than_any_report_is_refused(monkeypatch):
    monkeypatch.setattr("onrecord.intake.tables.LONGEST_LINE", 100)
    data = b'{"text": "The mayor said no."}\n{"text": "' + b"x" * 200 + b'"}'
    with pytest.raises(InputError, match="line 2: is longer than 100 bytes"):
        list(reports_in(data, uri="w.jsonl"))


def test_a_row_of_a_csv_is_a_report_and_its_columns_are_told(came_from, kinds):
    data = 'Title;Body;Date;Desk\n"No; truce";"The mayor said ""no"".\nNobody was hürt.";2019-03-06;world\n'.encode(
        "cp1252"
    )
    (report,) = reports_in(data, uri="t.csv")
    assert (report.uri, report.format, report.headline) == ("t.csv#1", "csv", "No; truce")
    assert report.first_created == "2019-03-06"
    assert report.metadata == {"columns": "text=Body, headline=Title, published=Date", "Desk": "world"}
    assert came_from(report, data, 'said "no"') == b'said ""no""'
    assert came_from(report, data, "hürt") == "hürt".encode("cp1252")
    assert [words for kind, words in kinds(report) if kind == "body"] == ['The mayor said "no".', "Nobody was hürt."]


def test_a_table_without_a_column_of_text_is_no_table_of_reports():
    assert pick_columns(["date", "killed"]) == {}
    with pytest.raises(InputError):
        list(reports_in(b"date,killed,place\n2019,3,Lima\n2020,4,Lima\n2021,5,Lima\n", uri="t.csv"))


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=8) | st.sampled_from(
    ['"', 'a"b', "a\nb", ",", '""', " "]
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_rows_are_those_that_were_written(rows, mark):
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    read = [[cell.text for cell in row] for row in _rows(decode(out.getvalue().encode(), "utf-8"), mark)]
    assert read == rows
