"""The local pages over a real store: what they show, in which forms, and whom they answer."""

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app

TEXT = (
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n\n"
    '"We will not <script>alert(1)</script> sign," Ruiz told reporters on Wednesday.\n'
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "desk.onrecord"
    with Store(path) as store:
        original = Original(uri="=cmd.txt", data=TEXT.encode())
        for report in read_original(original):
            store.add(onrecord.read(report), original.data)
    return path


@pytest.fixture
def client(path):
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture
def digest(client):
    return client.get("/front.json").json()["rows"][0]["digest"]


def test_the_front_page_lists_the_reports(client, digest):
    page = client.get("/")
    assert page.status_code == 200
    assert f'href="/report/{digest}"' in page.text


def test_a_report_is_shown_with_its_words_marked(client, digest):
    page = client.get(f"/report/{digest}").text
    assert '<span class="m attributions source"' in page
    assert "at least 12" in page


def test_what_a_report_says_is_shown_as_text(client, digest):
    page = client.get(f"/report/{digest}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_each_view_has_its_json(client, digest):
    for address in ("/front.json", f"/report/{digest}.json", "/search.json?q=rebels", "/actor/Ruiz.json"):
        answer = client.get(address)
        assert answer.headers["content-type"] == "application/json"
        json.loads(answer.text)


def test_csv_cells_are_never_formulas(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/front.csv").text)))
    assert rows[0]["report"] == "'=cmd.txt"


def test_search_marks_what_was_asked_for(client):
    page = client.get("/search", params={"q": "rebels"}).text
    assert "<mark>Rebels</mark>" in page


def test_a_facet_lives_in_the_address(client):
    page = client.get("/search", params={"q": "rebels", "about": "Lima"}).text
    assert 'href="/search?q=rebels"' in page


@pytest.mark.parametrize("query", ['"', "AND", "*", "NEAR(", "x" * 5000, "\x00", "a OR b)"])
def test_no_search_is_an_error(client, query):
    assert client.get("/search", params={"q": query}).status_code == 200


def test_a_day_that_is_none_is_told(client):
    answer = client.get("/search", params={"after": "yesterday"})
    assert answer.status_code == 400
    assert "yesterday" in answer.text


def test_a_report_that_is_not_there_is_a_page_that_says_so(client):
    answer = client.get("/report/abc")
    assert answer.status_code == 404
    assert "Not here" in answer.text


def test_the_original_is_a_download_of_the_very_bytes(client, digest):
    answer = client.get(f"/original/{digest}")
    assert answer.content == TEXT.encode()
    assert answer.headers["content-disposition"].startswith("attachment")


def test_no_page_may_run_or_fetch_what_is_not_ours(client, digest):
    for address in ("/", f"/report/{digest}", "/search?q=rebels", "/report/abc"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy


def test_a_name_that_is_not_of_this_machine_is_refused(client):
    assert client.get("/", headers={"host": "news.example"}).status_code == 403


def test_beyond_this_machine_a_token_is_asked_for(path):
    client = TestClient(make_app(path, token="secret"), base_url="http://desk.example")
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/", headers={"authorization": "Bearer secret"}).status_code == 200
    assert client.get("/?token=secret").status_code == 200
    assert client.get("/").status_code == 200, "the token is kept in a cookie"


def test_a_file_that_is_no_store_is_refused_before_anything_is_served(tmp_path):
    file = tmp_path / "no.onrecord"
    file.write_text("not a store")
    with pytest.raises(onrecord.StoreError, match=r"no\.onrecord"):
        make_app(file)


def test_a_report_without_a_headline_is_listed_under_its_opening_words(client, digest):
    opening = "Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said."
    for address in ("/", "/search?q=rebels"):
        assert f'">{opening}</a>' in client.get(address).text
    assert client.get("/front.json").json()["rows"][0]["title"] == opening
    assert f"<title>{opening}</title>" in client.get(f"/report/{digest}").text


def test_a_long_opening_is_cut_at_a_word(tmp_path):
    text = "LIMA, March 6, 2019 (Nordwire) -- " + "Rebels who had been paid by nobody at all " * 9 + "left the town.\n"
    with Store(tmp_path / "long.onrecord") as store:
        original = Original(uri="long.txt", data=text.encode())
        for report in read_original(original):
            store.add(onrecord.read(report), original.data)
        (opening,) = store.openings(["long.txt"]).values()
    assert len(opening) <= 92
    assert opening.removesuffix(" …") + " " in text


def test_an_opening_of_few_words_takes_what_follows(tmp_path):
    with Store(tmp_path / "short.onrecord") as store:
        original = Original(
            uri="short.txt", data=b"No. The rebels will not leave the town, Mayor Ana Ruiz said on Tuesday.\n"
        )
        for report in read_original(original):
            store.add(onrecord.read(report), original.data)
        assert store.openings(["short.txt"])["short.txt"].startswith("No. The rebels will not leave")
