"""The page of a report: what put each item there, what a version changed, switches that reach the headline too."""

import re

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app

LONG = (
    "The storm broke over the coast before dawn and tore the roofs from forty houses in the old town. "
    "Fishing boats were thrown onto the quay, and the road to the north was cut in three places by the river. "
    "Soldiers carried people from their homes in rubber boats until noon, when the wind fell and the rain stopped. "
)
FIRST = (
    "Storm kills 12 people in Lima\n\n"
    f"LIMA, March 6, 2019 (Nordwire) -- A storm killed 12 people in Lima on Tuesday. {LONG}\n"
)
SECOND = FIRST.replace("12 people", "15 people")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "desk.onrecord"
    with Store(path) as store:
        for uri, text in (("a.txt", FIRST), ("b.txt", SECOND), ("other/<a>.txt", FIRST)):
            original = Original(uri=uri, data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture
def pages(client):
    rows = client.get("/front.json").json()["rows"]
    return {row["report"]: client.get(f"/report/{row['digest']}") for row in rows}


def test_each_item_says_what_put_it_there_when_asked(client, pages):
    page = pages["a.txt"].text
    data = client.get(str(pages["a.txt"].url).split("localhost")[1] + ".csv").text
    assert '<input type="checkbox" id="show-basis">' in page
    items = len(data.strip().splitlines()) - 1
    assert page.count('<span class="basis">by ') == items > 3
    assert re.search(r'<span class="basis">by (rule|model): [^<]+</span>', page)


def test_a_version_says_what_it_changed(pages):
    assert "changed: 12 → 15" in pages["b.txt"].text
    assert "changed: 12 → 15" in pages["a.txt"].text, "the earlier one says so of the later one too"


def test_items_of_a_headline_are_marked_in_it_and_reached_from_the_record(pages):
    page = pages["a.txt"].text
    headline = page.split("<h1>")[1].split("</h1>")[0]
    assert 'class="m figures"' in headline
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'class="id" href="#([^"]+)"', page)) <= ids


def test_a_report_that_came_under_several_names_says_so(pages):
    assert "Also came as: other/&lt;a&gt;.txt" in pages["a.txt"].text
    assert "Also came as" not in pages["b.txt"].text
