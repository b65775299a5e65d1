"""The collection at a glance: its counts are those of the store, and each leads to the search that finds so many."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app

TEXTS = (
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed 12 people in Lima, Peru, on Tuesday, Mayor Ana Ruiz said.\n",
    "LIMA, March 7, 2019 (Nordwire) -- Rebels killed 14 people in Lima, Peru, on Tuesday, Mayor Ana Ruiz said.\n",
    "OSLO, April 2, 2019 (Meridian) -- Rebels will meet diplomats in Oslo on Friday, Norway's foreign minister said.\n",
)


def add(path, number, text):
    original = Original(uri=f"{number}.txt", data=text.encode())
    with Store(path) as store:
        for report in read_original(original):
            store.add(onrecord.read(report), original.data)


@pytest.fixture
def path(tmp_path):
    for number, text in enumerate(TEXTS):
        add(tmp_path / "desk.onrecord", number, text)
    return tmp_path / "desk.onrecord"


@pytest.fixture
def client(path):
    return TestClient(make_app(path), base_url="http://localhost")


def test_each_number_is_that_of_the_search_that_it_leads_to(client):
    page = client.get("/collection").text
    tallies = client.get("/collection.json").json()["tallies"]
    assert {"outlet", "language", "by", "kind", "event", "status", "outcome"} == {one["facet"] for one in tallies}
    for tally in tallies:
        for value, count in tally["values"]:
            found = client.get("/search.json", params={tally["facet"]: value}).json()["hits"]
            many = found if tally["facet"] == "by" else {hit["report"] for hit in found}
            assert len(many) >= count if tally["facet"] == "by" else len(many) == count, (tally["facet"], value)
    for address in map(unescape, re.findall(r'class="stretch" href="([^"]+)" aria-label="[^"]*: (\d+)', page)[0][:1]):
        assert client.get(address).status_code == 200


def test_every_bar_leads_to_its_reports(client):
    page = client.get("/collection").text
    bars = re.findall(r'class="stretch" href="([^"]+)" aria-label="[^"]*: (\d+) reports?"', page)
    assert sum(int(count) for _, count in bars) == 3
    for address, count in bars:
        hits = client.get(unescape(address).replace("/search?", "/search.json?")).json()["hits"]
        assert len(hits) == int(count)


def test_the_map_and_the_table_stand_beside_it(client):
    assert client.get("/collection/map.svg").headers["content-type"] == "image/svg+xml"
    assert 'class="spot"' in client.get("/collection").text
    assert "Nordwire" in client.get("/collection.csv").text


def test_what_was_added_is_counted_at_once(client, path):
    assert client.get("/collection.json").json()["total"] == 3
    add(path, 9, TEXTS[0].replace("12", "13"))
    assert client.get("/collection.json").json()["total"] == 4


def test_an_empty_store_has_a_page_too(tmp_path):
    Store(tmp_path / "none.onrecord").close()
    client = TestClient(make_app(tmp_path / "none.onrecord"), base_url="http://localhost")
    for address in ("/collection", "/actors", "/places", "/quotations", "/search"):
        assert client.get(address).status_code == 200
    assert client.get("/collection/map.svg").status_code == 404
