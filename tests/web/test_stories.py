"""The pages of stories and places: what they show, where their lines lead, and that nothing in them runs."""

import csv
import io
import re

import msgspec
import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.record.story import Copy, Dispute, Passage, Point, Series, Story
from onrecord.store import Store
from onrecord.web.addresses import passage_of, report_address
from onrecord.web.app import make_app

FIRST = (
    "<b>Rebels</b> kill at least 12 people in Lima\n\n"
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n\n"
    '"We will not <script>alert(1)</script> sign any truce," Ruiz told reporters on Wednesday in Lima, Peru.\n'
)
SECOND = (
    "Toll in Lima rises to 15 people killed by rebels\n\n"
    "LIMA, March 7, 2019 (Meridian) -- Rebels killed 15 people in Lima on Tuesday, "
    "the police of Lima said on Thursday.\n\n"
    "Mayor Ana Ruiz said rebels had killed 14 people. A bridge over the river Rimac was found burnt at dawn.\n"
)
URIS = ("=odd 'name' <i>&\"?#é.txt", "day/two/%2e%2e/second.txt")


def fill(path):
    with Store(path) as store:
        for uri, text in zip(URIS, (FIRST, SECOND), strict=True):
            original = Original(uri=uri, data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("stories") / "desk.onrecord")


@pytest.fixture
def client(path):
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture
def story(client):
    return client.get("/stories.json").json()["rows"][0]["digest"]


def test_the_list_of_stories_leads_to_each(client, story):
    page = client.get("/stories").text
    assert f'href="/story/{story}"' in page
    assert client.get(f"/story/{story}").status_code == 200


def test_a_store_without_stories_says_how_to_make_them(tmp_path):
    path = fill(tmp_path / "bare.onrecord")
    with Store(path) as store:  # as a store that was made before reports were placed as they come
        store._connection.executescript("UPDATE report SET number = NULL; DELETE FROM placed; DELETE FROM story;")
    client = TestClient(make_app(path), base_url="http://localhost")
    assert "onrecord story list" in client.get("/stories").text
    assert client.get("/").status_code == 200


def test_a_story_that_is_not_there_is_a_page_that_says_so(client):
    assert client.get("/story/0000").status_code == 404
    assert client.get("/story/0000/plot/1.svg").status_code == 404


def test_every_line_of_a_story_leads_to_its_words(client, story):
    rows = client.get(f"/story/{story}.json").json()["timeline"]
    assert rows
    for row in rows:
        page = client.get(row["passage"]["address"]).text
        marked = re.search(r'<span class="m asked passage" id="words-at">', page)
        assert marked, row


def test_what_titles_and_uris_hold_is_shown_as_text(client, story):
    for address in ("/", "/stories", f"/story/{story}"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<i>&" not in page
        assert "<b>Rebels" not in page
        assert " style=" not in page


def test_the_table_of_a_story_has_each_part_and_no_formula(client, story):
    rows = list(csv.DictReader(io.StringIO(client.get(f"/story/{story}.csv").text)))
    assert {"timeline", "reports"} <= {row["part"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]
    only = list(csv.DictReader(io.StringIO(client.get(f"/story/{story}.csv?part=timeline").text)))
    assert {row["part"] for row in only} == {"timeline"}


def test_a_report_leads_to_its_story(client, story):
    digest = client.get("/front.json").json()["rows"][0]["digest"]
    assert (
        f'href="/story/{client.get(f"/report/{digest}.json").json()["story"]["digest"]}"'
        in client.get(f"/report/{digest}").text
    )


@pytest.mark.parametrize("at", ["", "x", "9-3", "0-999999", "-1-4", "1-2-3", "٣-٤", "1-4' onload='x"])
def test_a_passage_that_is_none_marks_nothing(client, at):
    digest = client.get("/front.json").json()["rows"][0]["digest"]
    answer = client.get(f"/report/{digest}", params={"at": at})
    assert answer.status_code == 200
    assert "words-at" not in answer.text.split("<article>")[1].split("<aside")[0]


def test_addresses_name_the_report_and_the_passage():
    assert report_address("abc", "feed.xml#3", onrecord.Span(1, 4)) == "/report/abc?n=3&at=1-4#words-at"
    assert report_address("abc", "a#top") == "/report/abc"
    assert passage_of("1-4", 4) == onrecord.Span(1, 4)
    assert passage_of("1-5", 4) is None


def test_a_place_is_one_under_all_its_names(client):
    facets = {facet["name"]: facet for facet in client.get("/search.json").json()["facets"]}
    numbers = [value for value, _, _ in facets["place"]["values"]]
    assert len(numbers) == len(set(numbers)) > 0
    page = client.get(f"/place/{numbers[0]}")
    assert page.status_code == 200
    assert "words-at" in page.text
    assert client.get(f"/search?place={numbers[0]}").text.count("<li><p") >= 1
    assert client.get("/place/1").status_code == 404


def test_copies_are_folded_sides_stand_together_and_lost_reports_leave_no_line(tmp_path):
    path = fill(tmp_path / "made.onrecord")

    def point(uri, best, source):
        passage = Passage(uri=uri, span=onrecord.Span(0, 5))
        return Point(uri=uri, figure="f1", passage=passage, day="2019-03-07", best=best, source=source)

    sides = (point(URIS[0], 12.0, "<mayor>"), point(URIS[1], 15.0, "police"), point("gone.txt", 9.0, "nobody left"))
    made = Story(
        id=URIS[0],
        title="</title><script>alert(2)</script>",
        reports=URIS,
        copies=(Copy(uri=URIS[1], of=URIS[0], relation="copy", taken=0.9, kept=0.9),),
        series=(Series(outcome="killed", of="people", place="Lima", unit=None, points=sides),),
        disputes=(Dispute(outcome="killed", of="people", place="Lima", day="2019-03-07", sides=sides),),
    )
    with Store(path) as store:
        assert store.keep_story(made)
        copy = msgspec.json.encode(made.copies[0]).decode()
        store._connection.execute("INSERT INTO copy VALUES (1, 0, 'copy', 0.9, 0.9, ?)", (copy,))
    client = TestClient(make_app(path), base_url="http://localhost")
    digest = client.get("/stories.json").json()["rows"][0]["digest"]
    page = client.get(f"/story/{digest}").text
    assert "<script>alert" not in page
    assert "&lt;mayor&gt;" in page
    assert "<mayor>" not in page
    assert page.count('<p class="value">') == 2
    assert "nobody left" not in page.split('id="disputes"')[1]
    assert "1 that repeat it" in page
    assert "<mayor>" not in client.get(f"/story/{digest}/plot/1.svg").text
    first = client.get("/front.json").json()["rows"][0]
    assert "copy of" in client.get(f"/report/{first['digest']}").text
