"""Verdicts given on the pages: kept, counted everywhere, refused from elsewhere."""

import csv
import io
import re
import sqlite3
import threading
import time
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app

TEXTS = {
    "first.txt": "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana "
    'Ruiz said.\n\n"We will not sign any truce," Ruiz told reporters on Wednesday in Lima, Peru.\n',
    "second.txt": "LIMA, March 7, 2019 (Meridian) -- Rebels killed 15 people in Lima on Tuesday, the police of Lima "
    "said on Thursday.\n\nMayor Ana Ruiz said rebels had killed 14 people in Lima.\n",
}
OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def records():
    found = []
    for uri, text in TEXTS.items():
        original = Original(uri=uri, data=text.encode())
        found += [(onrecord.read(report), original.data) for report in read_original(original)]
    return found


@pytest.fixture
def path(tmp_path, records):
    path = tmp_path / "desk.onrecord"
    with Store(path) as store:
        for record, data in records:
            store.add(record, data)
    return path


@pytest.fixture
def client(path):
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture
def report(records):
    """The report of the first text, and the id of its figure."""
    record = records[0][0]
    return f"/report/{record.report.digest}", next(item.id for item in record.figures if item.low == 12)


def token_of(client, page):
    return re.search(r'name="token" value="([^"]+)"', client.get(page).text)[1]


def send(client, page, headers=OURS, **fields):
    form = {"by": "Ana Ruiz", "token": token_of(client, page), **fields}
    return client.post(
        f"{page}/correct",
        content=urlencode({name: value for name, value in form.items() if value is not None}),
        headers={"content-type": "application/x-www-form-urlencoded", **headers},
        follow_redirects=False,
    )


def verdicts(path):
    with Store(path, readonly=True) as store:
        return [(one.id, one.verdict, one.by) for one in store.corrections(all=True)]


def test_a_verdict_is_kept_and_leads_back_to_its_item(client, path, report):
    page, figure = report
    answer = send(client, page, confirmed=figure)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}#{figure}")
    assert verdicts(path) == [(figure, "confirmed", "Ana Ruiz")]
    shown = client.get(page).text
    assert re.search(rf'<li id="{figure}" class="confirmed">.*?confirmed by Ana Ruiz', shown)
    assert ", 1 confirmed</span></h2>" in shown
    assert "1 figures, 1 confirmed" in shown


def test_who_corrects_is_kept_in_a_cookie(client, report):
    page, _ = report
    assert send(client, page, by="Zoë “Z” Ruiz").status_code == 303
    assert 'name="by" value="Zoë “Z” Ruiz"' in client.get(page).text


def test_a_correction_keeps_what_a_person_changed_and_nothing_else(client, path, report):
    page, figure = report
    form = client.get(f"{page}/correct/{figure}").text
    shown = dict(re.findall(r'name="(set\.[\w.]+)" value="([^"]*)"', form))
    assert shown["set.low"] == "12"
    answer = send(
        client,
        page,
        corrected=figure,
        note="see page 2",
        **{**shown, "set.low": "13", "set.of": " people ", "set.unit": ""},
    )
    assert answer.status_code == 303
    with Store(path, readonly=True) as store:
        (one,) = store.corrections()
    assert one.fields["low"] == 13
    assert set(one.fields) <= {"low", "unit"}
    assert one.note == "see page 2"
    assert "low 13, not 12" in client.get(page).text
    assert "corrected by Ana Ruiz" in client.get(f"{page}/correct/{figure}").text


def test_a_verdict_is_taken_back(client, path, report):
    page, figure = report
    send(client, page, rejected=figure)
    assert "take back" in client.get(page).text
    send(client, page, withdrawn=figure)
    assert [verdict for _, verdict, _ in verdicts(path)] == ["rejected", "withdrawn"]
    assert "rejected by" not in client.get(page).text


def test_every_count_shows_verdicts(client, report):
    page, figure = report
    send(client, page, rejected=figure)
    send(client, page, confirmed="a1")
    assert "(1 rejected)" in client.get("/").text
    assert "1 confirmed, 1 rejected" in client.get("/").text
    assert "1 confirmed, 1 rejected" in client.get("/search?q=rebels").text
    story = client.get("/stories.json").json()["rows"][0]["digest"]
    assert re.search(r"\d figures, 1 rejected", client.get(f"/story/{story}").text)
    assert "confirmed by Ana Ruiz" in client.get("/actor/Ana%20Ruiz").text


def test_a_rejected_figure_is_marked_wherever_a_story_shows_it(client, report):
    page, figure = report
    story = client.get("/stories.json").json()["rows"][0]["digest"]
    before = client.get(f"/story/{story}.json").json()
    send(client, page, rejected=figure)
    after = client.get(f"/story/{story}.json").json()
    marks = [mark for count in after["counts"] for mark in count["marks"]]
    assert len(marks) == sum(len(count["marks"]) for count in before["counts"])
    assert [mark["said"]["verdict"] for mark in marks if mark["said"]] == ["rejected"]
    shown = client.get(f"/story/{story}").text
    assert '<tr class="rejected">' in shown
    assert re.search(r'aria-label="2019-03-06: ≥ 12, [^"]*; first; rejected by Ana Ruiz', shown)
    assert shown.count('class="crossed"') == 1
    rows = list(csv.DictReader(io.StringIO(client.get(f"/story/{story}.csv?part=figures").text)))
    assert [row["verdict"][:8] for row in rows if row["verdict"]] == ["rejected"]


def test_json_and_csv_of_a_report_have_its_verdicts(client, report):
    page, figure = report
    send(client, page, rejected=figure)
    told = client.get(f"{page}.json").json()
    assert told["counts"]["figures"] == {"items": 1, "rejected": 1}
    assert told["corrections"][0]["by"] == "Ana Ruiz"
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(client.get(f"{page}.csv").text))}
    assert (rows[figure]["verdict"], rows[figure]["by"], rows["a1"]["verdict"]) == ("rejected", "Ana Ruiz", "")


def test_what_persons_say_is_shown_as_text(client, report):
    page, figure = report
    send(client, page, by="<i>Ana</i>", confirmed=figure, note="<script>alert(1)</script>")
    for address in (page, f"{page}/correct/{figure}"):
        shown = client.get(address).text
        assert "<script>alert" not in shown
        assert "<i>Ana" not in shown


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://news.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://localhost", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(client, path, report, headers):
    page, figure = report
    answer = send(client, page, headers=headers, confirmed=figure)
    assert answer.status_code == 403
    assert verdicts(path) == []


@pytest.mark.parametrize("token", [None, "", "x" * 32, "é"])
def test_a_form_without_the_token_is_refused(client, path, report, token):
    page, figure = report
    assert send(client, page, token=token, confirmed=figure).status_code == 403
    assert verdicts(path) == []


def test_a_host_that_is_not_ours_cannot_correct(client, path, report):
    page, figure = report
    assert send(client, page, headers={**OURS, "host": "news.example"}, confirmed=figure).status_code == 403
    assert verdicts(path) == []


def test_pages_for_reading_only_hide_the_forms_and_refuse_what_is_sent(path, report):
    page, figure = report
    client = TestClient(make_app(path, readonly=True), base_url="http://localhost")
    shown = client.get(page).text
    assert "<form id" not in shown
    assert "check</summary>" not in shown
    assert "for reading only" in client.get(f"{page}/correct/{figure}").text
    answer = client.post(f"{page}/correct", data={"by": "Ana", "confirmed": figure}, headers=OURS)
    assert answer.status_code == 403
    assert verdicts(path) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"by": " ", "confirmed": "f1"}, "who you are"),
        ({"confirmed": "f99"}, "has no item f99"),
        ({"corrected": "a1"}, "changes nothing"),
        ({"corrected": "a1", "set.quote": "shouted"}, "shouted"),
        ({"corrected": "a1", "set.content": "elephants"}, "elephants"),
        ({"confirmed": "a1", "note": "x" * 2001}, "note"),
        ({"by": "x" * 101, "confirmed": "a1"}, "by"),
    ],
)
def test_what_is_no_verdict_is_told_and_nothing_is_kept(client, path, report, fields, told):
    answer = send(client, report[0], **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert verdicts(path) == []


def test_bodies_that_are_no_form_are_refused(client, report):
    page, _ = report
    assert client.post(f"{page}/correct", json={"confirmed": "a1"}, headers=OURS).status_code == 415
    form = {"content-type": "application/x-www-form-urlencoded", **OURS}
    assert client.post(f"{page}/correct", content=b"a=" + b"x" * 70_000, headers=form).status_code == 413
    assert client.post(f"{page}/correct", content="a=é".encode(), headers=form).status_code == 400
    assert client.post(f"{page}/correct", content=b"a=%ff", headers=form).status_code == 400
    assert (
        client.post(f"{page}/correct", content=b"&".join(b"a=1" for _ in range(300)), headers=form).status_code == 400
    )


def test_what_is_not_there_cannot_be_corrected(client, report):
    page, _ = report
    token = token_of(client, page)
    form = {"content-type": "application/x-www-form-urlencoded", **OURS}
    body = urlencode({"by": "Ana", "token": token, "confirmed": "a1"})
    assert client.post("/report/abc/correct", content=body, headers=form).status_code == 404
    assert client.get(f"{page}/correct/x9").status_code == 404
    assert client.get(f"{page}/correct").status_code == 405


def test_a_verdict_given_while_another_writes_waits_for_it(client, path, report):
    page, figure = report
    token_of(client, page)
    writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.5, writer.execute, ["COMMIT"])
    done.start()
    started = time.monotonic()
    assert send(client, page, confirmed=figure).status_code == 303
    assert time.monotonic() - started > 0.3
    done.join()
    writer.close()
    assert verdicts(path) == [(figure, "confirmed", "Ana Ruiz")]
