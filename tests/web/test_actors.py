"""The page of an actor: what it said, what others said of it, who spoke unnamed for its side."""

import csv
import io

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app

FIRST = (
    "LIMA, March 6, 2019 (Nordwire) -- President Ana Ruiz will sign the truce, Mayor Tomas Vega told "
    "reporters on Tuesday. A Peruvian government official said the talks had failed. A Chilean government official "
    "said that the border was open.\n\n"
    "Ruiz said she had waited long enough. A source close to Ana Ruiz said the army was ready.\n"
)
SECOND = (
    "LIMA, March 8, 2019 (Nordwire) -- Peru closed the port, Chilean Foreign Minister Carla Soto said on Thursday. "
    "Peruvian police officials said nobody was hurt.\n"
)


def make_store(path, texts):
    with Store(path) as store:
        for number, text in enumerate(texts):
            original = Original(uri=f"{number}.txt", data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
    return path


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = make_store(tmp_path_factory.mktemp("actors") / "desk.onrecord", (FIRST, SECOND))
    return TestClient(make_app(path), base_url="http://localhost")


def told(client, name, part):
    return [(row["source"], row["content"]) for row in client.get(f"/actor/{name}.json").json()[part]]


def test_what_others_said_of_an_actor_stands_beside_what_it_said(client):
    said = told(client, "Ana Ruiz", "said")
    of = told(client, "Ana Ruiz", "of")
    assert [content for _, content in said] == ["she had waited long enough"]
    assert [source for source, _ in of] == ["Mayor Tomas Vega"]  # not what Ruiz says of herself
    assert "Ruiz will sign" in of[0][1]


def test_unnamed_sources_of_a_side_are_those_of_its_country(client):
    side = [source for source, _ in told(client, "Peru", "side")]
    assert side == ["Peruvian police officials", "A Peruvian government official"]  # the newest first, none of Chile


def test_an_unnamed_source_told_by_an_actors_name_is_of_its_side(client):
    assert [source for source, _ in told(client, "Ana Ruiz", "side")] == ["A source close to Ana Ruiz"]


def test_each_line_leads_to_its_words(client):
    row = client.get("/actor/Ana%20Ruiz.json").json()["of"][0]
    shown = client.get(row["at"].partition("#")[0]).text
    assert 'id="words-at"' in shown
    assert row["at"].replace("&", "&amp;") in client.get("/actor/Ana%20Ruiz").text


def test_each_part_has_its_table(client):
    for part, source in (("of", "Mayor Tomas Vega"), ("said", "Ruiz")):
        rows = list(csv.DictReader(io.StringIO(client.get(f"/actor/Ana%20Ruiz.csv?part={part}").text)))
        assert [row["source"] for row in rows] == [source]


def test_a_part_alone_goes_on_from_where_the_page_before_it_ended(tmp_path):
    line = (
        "LIMA, March {day}, 2019 (Nordwire) -- Mayor Tomas Vega said on Tuesday that President Ana Ruiz had paid "
        "{day} thugs.\n"
    )
    path = make_store(tmp_path / "many.onrecord", [line.format(day=day) for day in range(1, 29)])
    with Store(path, readonly=True) as store:
        first, until = store.said_of("Ana Ruiz", 2**63 - 1, 20)
        rest, end = store.said_of("Ana Ruiz", until, 20)
    assert len(first) == 20
    assert sorted([*first, *rest], reverse=True) == [*first, *rest]
    assert len({*first, *rest}) == 28
    assert end is None
    page = TestClient(make_app(path), base_url="http://localhost").get(f"/actor/Ana%20Ruiz?part=of&until={until}").text
    assert page.count("Tomas Vega</a>") == 8


@pytest.mark.parametrize("asked", ["part=none", "until=x", "until=99999999999999999999"])
def test_what_a_page_of_an_actor_cannot_be_asked_for_is_told(client, asked):
    assert client.get(f"/actor/Ana%20Ruiz.json?{asked}").status_code == 400


def test_the_largest_row_can_be_asked_for(client):
    assert client.get("/actor/Ana%20Ruiz?part=side&until=9999999999999999999").status_code == 200


def test_a_source_told_by_a_pronoun_stands_with_whom_it_means(tmp_path):
    text = (
        "LIMA, March 6, 2019 (Nordwire) -- A Peruvian government official said the talks had failed. "
        '"Peru will wait," he said.\n'
    )
    client = TestClient(make_app(make_store(tmp_path / "he.onrecord", [text])), base_url="http://localhost")
    rows = client.get("/actor/Peru.json").json()["side"]
    assert (rows[0]["source"], rows[0]["actor"]) == ("he", "A Peruvian government official")
    assert "he (A Peruvian government official)" in client.get("/actor/Peru").text
