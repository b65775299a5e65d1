"""Maps on the pages: marks lead to the pages of places, the same stand in tables, and each map has its own file."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app

TEXTS = (
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed 12 people in Lima, Peru, on Tuesday, Mayor Ana Ruiz said.\n\n"
    "She will meet the president in Bogota, Colombia, on Friday.\n",
    "OSLO, March 7, 2019 (Nordwire) -- Diplomats in Oslo called for calm in Lima on Thursday.\n",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("maps") / "desk.onrecord"
    with Store(path) as store:
        for number, text in enumerate(TEXTS):
            original = Original(uri=f"{number}.txt", data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture
def lima(client):
    rows = client.get("/places.json").json()["rows"]
    return next(row["geonameid"] for row in rows if row["name"].casefold() == "lima")


def test_every_mark_of_a_storys_map_leads_to_a_place_and_every_place_is_in_the_table(client):
    story = client.get("/stories.json").json()["rows"][0]["digest"]
    page = client.get(f"/story/{story}").text
    marks = re.findall(r'<a class="spot" href="([^"]+)" aria-label="([^"]+)"', page)
    assert marks
    for address, said in marks:
        assert client.get(address).status_code == 200
        assert re.fullmatch(r".+: \d+ reports?", said)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/story/{story}.csv?part=places").text)))
    assert {address for address, _ in marks} <= {row["at"] for row in rows}
    assert {row["part"] for row in rows} == {"places"}


def test_a_place_stands_on_its_page_with_what_is_named_beside_it(client, lima):
    page = client.get(f"/place/{lima}").text
    assert 'class="map"' in page
    assert {spot["name"] for spot in client.get(f"/place/{lima}.json").json()["spots"]} >= {"Lima", "Oslo", "Peru"}


def test_a_map_by_itself_is_an_svg_that_asks_for_nothing(client, lima):
    story = client.get("/stories.json").json()["rows"][0]["digest"]
    for address in (f"/story/{story}/map.svg", f"/place/{lima}/map.svg"):
        answer = client.get(address)
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["content-disposition"].startswith("attachment")
        ElementTree.fromstring(answer.text)
        assert "href" not in answer.text


def test_a_map_of_nothing_is_not_there(client):
    for address in ("/place/1/map.svg", "/place/x/map.svg", "/story/0000/map.svg"):
        assert client.get(address).status_code == 404
