"""The board of talks on the page of a story: sides, rounds on a line, who waits; every line leads to its words."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.gather import tell
from onrecord.intake import open_reports
from onrecord.store import Store
from onrecord.web.app import make_app

EXAMPLES = Path(__file__).parents[2] / "examples" / "yemen-exchange"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("talks") / "desk.onrecord"
    with Store(path) as store:
        for file in sorted(EXAMPLES.glob("*.txt")):
            for report in open_reports(file):
                store.add(onrecord.read(report), file.read_bytes())
    return path


@pytest.fixture(scope="module")
def client(path):
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture(scope="module")
def story(client):
    return client.get("/stories.json").json()["rows"][0]["digest"]


def test_the_board_has_every_line_of_the_merged_talks(client, path, story):
    with Store(path, readonly=True) as store:
        talks = tell(store, store.story_id(story)).talks
    board = client.get(f"/story/{story}.json").json()["board"]
    parts = {part["part"]: part["lines"] for part in (*board["sides"], *board["parts"])}
    assert len(parts["parties"]) == len(talks.parties) > 1
    assert len(parts["rounds"]) == len(talks.rounds) > 1
    assert len(parts["issues"]) == len(talks.issues)
    assert sum(len(line["notes"]) for line in parts["moves"]) == sum(len(one.moves) for one in talks.moves)
    assert len(parts["waiting"]) == len(talks.waiting)


def test_every_note_of_the_board_leads_to_its_words(client, story):
    page = client.get(f"/story/{story}").text
    section = page.split('id="talks"')[1].split('class="by-report"')[0]
    links = {unescape(link) for link in re.findall(r'class="words" href="([^"]+)"', section)}
    assert len(links) > 10
    for link in links:
        assert 'id="words-at"' in client.get(link).text, link


def test_rounds_stand_in_their_order_with_how_they_stand(client, story):
    board = client.get(f"/story/{story}.json").json()["board"]
    rounds = next(part["lines"] for part in board["parts"] if part["part"] == "rounds")
    days = [line["start"] for line in rounds if line["start"]]
    assert days == sorted(days)
    page = client.get(f"/story/{story}").text
    assert page.count('<ol class="rounds">') == 1
    assert {"held", "planned"} <= set(re.findall(r'<li class="(\S+)"><p class="value">', page))


def test_the_board_stands_in_the_table(client, story):
    rows = list(csv.DictReader(io.StringIO(client.get(f"/story/{story}.csv?part=talks").text)))
    assert {"parties", "rounds", "issues"} <= {row["what"].split(":")[0] for row in rows}
    assert all(row["at"] and row["words"] for row in rows)


def test_a_story_without_talks_has_no_board(tmp_path):
    with Store(tmp_path / "x.onrecord") as store:
        file = tmp_path / "a.txt"
        file.write_text("LIMA, March 6, 2019 (Nordwire) -- A bridge fell in Lima on Tuesday, the mayor said.\n")
        for report in open_reports(file):
            store.add(onrecord.read(report), file.read_bytes())
    client = TestClient(make_app(tmp_path / "x.onrecord"), base_url="http://localhost")
    digest = client.get("/stories.json").json()["rows"][0]["digest"]
    assert client.get(f"/story/{digest}.json").json()["board"] is None
    assert 'id="talks"' not in client.get(f"/story/{digest}").text
