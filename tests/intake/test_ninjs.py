"""ninjs 1 to 3, and JSON that is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.clean import Sourced, decode
from onrecord.errors import InputError
from onrecord.intake import reports_in
from onrecord.intake.json_text import DEEPEST, read_json

ONE = {
    "uri": "urn:1",
    "type": "text",
    "headline": "No truce",
    "byline": "Ana Vega",
    "body_html": "<p>The mayor said &ldquo;no&rdquo;.</p><p>Nobody was hurt.</p>",
    "firstcreated": "2019-03-06T08:00:00Z",
    "versioncreated": "2019-03-06T09:00:00Z",
    "version": "2",
    "urgency": 3,
    "embargoed": "2019-03-07T00:00:00Z",
    "ednote": "Corrects the name.",
    "slugline": "TRUCE",
    "pubstatus": "usable",
    "language": "en-GB",
    "subject": [{"name": "ports", "code": "1"}],
    "associations": {"main": {"type": "picture", "description_text": "Ships at anchor."}},
}


def test_ninjs_1_keeps_its_fields_and_pictures(only, kinds):
    report = only(json.dumps(ONE).encode())
    assert (report.format, report.headline, report.byline, report.version) == ("ninjs", "No truce", "Ana Vega", "2")
    assert (report.first_created, report.language) == ("2019-03-06T08:00:00Z", "en")
    assert report.metadata == {
        "ednote": "Corrects the name.",
        "embargo": "2019-03-07T00:00:00Z",
        "guid": "urn:1",
        "slug": "TRUCE",
        "status": "usable",
        "subject": "ports",
        "type": "text",
        "urgency": "3",
    }
    assert kinds(report) == [
        ("headline", "No truce"),
        ("byline", "Ana Vega"),
        ("note", "Corrects the name."),
        ("body", "The mayor said “no”."),
        ("body", "Nobody was hurt."),
        ("caption", "Ships at anchor."),
    ]


def test_ninjs_2_and_3_give_their_main_headline_and_longest_body(only, kinds):
    item = {
        "uri": "urn:2",
        "headlines": [{"role": "main", "value": "No truce"}, {"role": "short", "value": "No"}],
        "bodies": [
            {"role": "short", "contentType": "text/plain", "value": "Short."},
            {"role": "main", "contenttype": "text/html", "value": "<p>The mayor said no to the plan.</p>"},
        ],
        "contentCreated": "2019-03-06T08:00:00Z",
        "by": "By Ana Vega",
    }
    report = only(json.dumps(item).encode())
    assert kinds(report) == [
        ("headline", "No truce"),
        ("byline", "By Ana Vega"),
        ("body", "The mayor said no to the plan."),
    ]
    assert report.first_created == "2019-03-06T08:00:00Z"


def test_escapes_lead_back_to_their_bytes(only, came_from):
    data = b'{"uri": "u", "headline": "H", "body_text": "The caf\\u00e9 \\ud83d\\ude00 said \\"no\\" at once."}'
    report = only(data)
    assert came_from(report, data, "café") == b"caf\\u00e9"
    assert came_from(report, data, "😀 said") == b"\\ud83d\\ude00 said"
    assert came_from(report, data, '"no"') == b'\\"no\\"'


def test_half_a_surrogate_pair_becomes_the_replacement_character(only):
    assert "\ufffd" in only(b'{"uri": "u", "headline": "H", "body_text": "The caf\\ud83d is shut, he said."}').text


def test_json_with_a_field_of_text_is_read_and_its_fields_told(only):
    report = only(b'[{"title": "No truce", "Body": "The mayor said no.", "date": "2019-03-06", "desk": "world"}]')
    assert (report.format, report.headline) == ("json", "No truce")
    assert report.metadata == {"columns": "text=Body, headline=title, published=date", "desk": "world"}


@pytest.mark.parametrize("data", [b'{"a": 1}', b"[]", b'{"uri": "urn:1"}'])
def test_json_without_news_is_refused(data):
    with pytest.raises(InputError, match="JSON without an item of news"):
        list(reports_in(data, uri="x.json"))


@pytest.mark.parametrize("data", [b'{"a": ', b'{"a" 1}', b'["a" "b"]', b'{"a": "b}', b'{"a": nul}'])
def test_broken_json_is_told_with_its_line(data):
    with pytest.raises(InputError, match="is not JSON at line 1"):
        list(reports_in(data, uri="x.json"))


def test_json_nested_too_deep_or_of_too_many_values_is_refused(monkeypatch):
    with pytest.raises(InputError, match="nested deeper"):
        read_json(decode(b"[" * (DEEPEST + 2), "utf-8"), "x")
    monkeypatch.setattr("onrecord.intake.json_text.MOST_VALUES", 10)
    with pytest.raises(InputError, match="more than 10 values"):
        read_json(decode(b"[1" + b",1" * 20 + b"]", "utf-8"), "x")


def _plain(value):
    if isinstance(value, Sourced):
        return value.text
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, dict) else value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_what_is_read_is_what_json_says(value, ascii, indent):
    data = json.dumps(value, ensure_ascii=ascii, indent=indent).encode()
    assert _plain(read_json(decode(data, "utf-8"), "x")) == json.loads(data)
