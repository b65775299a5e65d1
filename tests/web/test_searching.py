"""The page of a search: facets, orders and a name that live in its address."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app
from onrecord.web.searching import address_without

TEXTS = (
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed 12 people in Lima, Peru, on Tuesday, Mayor Ana Ruiz said.\n",
    "OSLO, April 2, 2019 (Meridian) -- Rebels will meet diplomats in Oslo on Friday, Norway's foreign minister said.\n",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "desk.onrecord"
    with Store(path) as store:
        for number, text in enumerate(TEXTS):
            original = Original(uri=f"{number}.txt", data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
    return TestClient(make_app(path), base_url="http://localhost")


def test_every_facet_leads_to_a_search_that_finds_something_and_can_be_taken_out(client):
    page = client.get("/search?q=rebels").text
    links = [unescape(link) for link in re.findall(r'<li><a href="(/search\?[^"]+)">', page)]
    names = {link.split("=")[-2].split("&")[-1] for link in links}
    assert {"by", "kind", "place", "event", "status", "outlet", "language", "before"} <= names
    for link in links:
        narrowed = client.get(link)
        assert narrowed.status_code == 200
        assert '<ol class="hits">\n<li><p' in narrowed.text, link
        assert 'href="/search?q=rebels"' in narrowed.text, "one click takes it out"


def test_a_search_by_outlet_and_month_is_that(client):
    hits = client.get("/search.json?outlet=Nordwire&after=2019-03&before=2019-04").json()["hits"]
    assert [hit["report"] for hit in hits] == ["0.txt"]


def test_a_named_search_keeps_its_name_in_its_address(client):
    page = client.get("/search", params={"q": "rebels", "outlet": "Meridian", "name": "<b>Talks</b> in Oslo"}).text
    assert "<h1>&lt;b&gt;Talks&lt;/b&gt; in Oslo</h1>" in page
    assert '<input type="hidden" name="outlet" value="Meridian">' in page
    narrowed = unescape(re.search(r'href="(/search\?[^"]*event=[^"]*)"', page)[1])
    assert "name=" not in narrowed, "another search is not the one that was named"


def test_orders_are_links_and_one_that_is_none_is_told(client):
    page = client.get("/search?q=rebels&sort=oldest").text
    assert 'href="/search?q=rebels&amp;sort=novelty"' in page
    assert re.search(r'sort=oldest" aria-current="true"', page)
    assert client.get("/search?q=rebels&sort=best").status_code == 400


def test_a_month_is_asked_for_as_its_days():
    assert address_without({"q": "a"}, month="2019-12") == "/search?q=a&after=2019-12-01&before=2020-01-01"
    assert address_without({"q": "a", "outlet": "b", "token": "c"}, "outlet") == "/search?q=a"
