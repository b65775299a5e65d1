"""Which day a report speaks from, and how it is known."""

import datetime

import pytest

from onrecord.clean.dating import date_in_name
from onrecord.intake import text_report

CAPTION = "A hall on Feb. 20, 2024. (Ana Vega/ABC)"
LEAD = "Envoys met in the old town hall on Wednesday and left after three hours without a word to those outside."


def dated(text, **options):
    found = text_report(text, **options).dating
    return found and (found.value, found.origin, found.year_origin)


@pytest.mark.parametrize(
    ("text", "options", "dating"),
    [
        (f"LIMA, Feb. 21, 2024 (Wire) -- {LEAD}", {"date": "2020-05-06"}, ("2020-05-06", "option", None)),
        (f"LIMA, Feb. 21, 2024 (Wire) -- {LEAD}", {}, ("2024-02-21", "dateline", None)),
        (f"LIMA, Feb. 21 (Wire) -- {LEAD} It began on Feb. 21, 2024.", {}, ("2024-02-21", "dateline", "text")),
        (f"{CAPTION}\n\nLIMA, Feb. 20 (Wire) -- {LEAD}", {}, ("2024-02-20", "dateline", "caption")),
        (f"{CAPTION}\n\nLIMA, Feb. 21 (Wire) -- {LEAD}", {}, ("2024-02-21", "dateline", "caption")),
        (f"LIMA, Dec. 31 (Wire) -- {LEAD}", {"uri": "w/ABC_20060101.txt"}, ("2005-12-31", "dateline", "file name")),
        (f"A hall on May 3, 2011. (Ana Vega/ABC)\n\nLIMA, Feb. 21 (Wire) -- {LEAD}", {}, None),
        (f"FILE PHOTO: A hall on Feb. 20, 2011. (Ana Vega/ABC)\n\n{LEAD}", {}, None),
        (f"{CAPTION}\n\n{LEAD}", {}, ("2024-02-20", "caption", None)),
        (f"{LEAD} It was Wednesday, Feb. 21, 2024.", {}, ("2024-02-21", "text", None)),
        (f"{LEAD} It was Feb. 21, 2024.", {}, None),
        (LEAD, {"uri": "w/ABC_20051116.0134.txt"}, ("2005-11-16", "file name", None)),
        (LEAD, {"uri": "2024-02-21-talks.html"}, ("2024-02-21", "file name", None)),
        (f"LIMA, Feb. 21 (Wire) -- {LEAD}", {}, None),
        (LEAD, {}, None),
        (f"Published: March 3, 2015\n\n{LEAD}", {}, ("2015-03-03", "dateline", None)),
        (f"Updated 3:15 PM, Jan. 1, 2024\n\nLIMA, Dec. 31 (AB) -- {LEAD}", {}, ("2023-12-31", "dateline", "dateline")),
        (f"LIMA, 3 JAN 90 (ABC) -- [TEXT] {LEAD}", {}, ("1990-01-03", "dateline", None)),
        (f"LIMA, Feb. 30, 2024 (Wire) -- {LEAD}", {}, None),
    ],
)  # fmt: skip
def test_the_day_comes_from_the_first_that_gives_it_and_says_so(text, options, dating):
    assert dated(text, **options) == dating


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        (f"LIMA, Feb. 21, 2024 (Wire) -- {LEAD}", True),
        (f"LIMA, Feb. 22, 2024 (Wire) -- {LEAD}", True),
        (f"LIMA, Feb. 25, 2024 (Wire) -- {LEAD}", False),
        ("LIMA, Feb. 21, 2024 (Wire) -- Envoys met and left.", None),
        (f"LIMA, Tuesday, Feb. 21, 2024 (Wire) -- {LEAD}", False),
    ],
)
def test_the_day_is_checked_against_the_weekdays_in_the_text(text, agrees):
    assert text_report(text).dating.weekday is agrees


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("XIN_20051116.0123", datetime.date(2005, 11, 16)),
        ("a/2024-02-21-talks.html", datetime.date(2024, 2, 21)),
        ("20241399", None),
        ("report-12345678901", None),
        ("2011_3_9.txt", datetime.date(2011, 3, 9)),
        ("19981301/readme", None),
    ],
)
def test_a_day_in_a_files_name_is_one_that_the_calendar_has(name, day):
    assert date_in_name(name) == day


def test_the_words_of_the_day_are_pointed_at():
    report = text_report(f"LIMA, Feb. 21, 2024 (Wire) -- {LEAD}")
    assert report.words(report.dating.span) == "Feb. 21, 2024"
