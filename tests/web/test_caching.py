"""What a browser keeps is asked for again and not sent again, until the store is another."""

import os
import time
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web import readers
from onrecord.web.app import make_app
from onrecord.web.caching import Pages, _Page

TEXT = "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n"
AGES_AGO = time.time() - 10_000


@pytest.fixture(scope="module")
def record():
    (report,) = read_original(Original(uri="a.txt", data=TEXT.encode()))
    return onrecord.read(report)


@pytest.fixture
def path(tmp_path, record):
    path = tmp_path / "desk.onrecord"
    with Store(path) as store:
        store.add(record, TEXT.encode())
    return path


@pytest.fixture
def client(path):
    return TestClient(make_app(path), base_url="http://localhost")


@pytest.fixture
def addresses(record):
    report = record.report.digest
    pages = (
        "/",
        "/front.json",
        "/front.csv",
        "/search?q=rebels",
        "/stories",
        f"/report/{report}",
        f"/report/{report}.json",
    )
    return (*pages, f"/original/{report}", "/openapi.json", "/static/keys.js", "/static/desk.css")


def again(client, address):
    etag = client.get(address).headers["etag"]
    return client.get(address, headers={"if-none-match": etag})


def test_what_is_there_already_is_not_sent_again(client, addresses):
    for address in addresses:
        answer = again(client, address)
        assert answer.status_code == 304, address
        assert answer.content == b""
        assert answer.headers["etag"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_page_is_sent_again_after_a_report_was_added_and_after_a_verdict(client, path, record):
    etag = client.get("/").headers["etag"]
    with Store(path) as store:
        store.correct(record, "a1", "confirmed", by="Ana")
    answer = client.get("/", headers={"if-none-match": etag})
    assert answer.status_code == 200
    assert "(1 confirmed)" in answer.text
    assert answer.headers["etag"] != etag
    with Store(path) as store:
        store.remove("a.txt")
    assert "0 reports" in client.get("/", headers={"if-none-match": answer.headers["etag"]}).text


def test_a_store_that_is_put_in_the_place_of_another_is_noticed(client, path, tmp_path):
    etag = client.get("/").headers["etag"]
    with Store(tmp_path / "other"):
        pass
    os.replace(tmp_path / "other", path)
    for tail in ("-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)
    assert "0 reports" in client.get("/", headers={"if-none-match": etag}).text
    path.unlink()
    answer = client.get("/", headers={"if-none-match": etag})
    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"


def test_who_has_another_name_gets_another_page(client, record):
    page = f"/report/{record.report.digest}"
    etag = client.get(page).headers["etag"]
    client.cookies["onrecord_by"] = "Ana"
    answer = client.get(page, headers={"if-none-match": etag})
    assert 'value="Ana"' in answer.text
    assert answer.headers["vary"] == "Cookie"


def test_private_data_are_kept_by_the_browser_alone_and_errors_by_nobody(client, path, addresses):
    for address in addresses:
        assert client.get(address).headers["cache-control"] in ("private, no-cache", "no-cache"), address
    for address in ("/report/none", "/search?after=soon", "/nowhere"):
        answer = client.get(address)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
    token = TestClient(make_app(path, token="secret"), base_url="http://desk.example")
    assert token.get("/?token=secret").headers["cache-control"] == "no-store", "its address holds the token"
    assert token.get("/").headers["cache-control"] == "private, no-cache"
    bare = TestClient(make_app(path, token="secret"), base_url="http://desk.example")
    etag = token.get("/").headers["etag"]
    assert bare.get("/", headers={"if-none-match": etag}).status_code == 401, "who may not come in is not told either"


MARKS = [('"other"', 200), ("*", 304), ('"x", {etag}', 304), ("W/{etag}", 304), ("", 200)]


@pytest.mark.parametrize(("asked", "status"), MARKS)
def test_marks_are_compared_as_the_rules_say(client, asked, status):
    etag = client.get("/").headers["etag"]
    assert client.get("/", headers={"if-none-match": asked.format(etag=etag)}).status_code == status


def test_dates_serve_who_has_no_mark_once_they_can_be_trusted(path, monkeypatch):
    client = TestClient(make_app(path), base_url="http://localhost")
    assert "last-modified" not in client.get("/").headers, "it may change within this second yet"
    monkeypatch.setattr(readers, "_SETTLED", -1.0)
    when = client.get("/").headers["last-modified"]
    assert client.get("/", headers={"if-modified-since": when}).status_code == 304
    earlier = formatdate(parsedate_to_datetime(when).timestamp() - 60, usegmt=True)
    assert client.get("/", headers={"if-modified-since": earlier}).status_code == 200
    assert client.get("/", headers={"if-modified-since": "soon"}).status_code == 200
    both = {"if-modified-since": when, "if-none-match": '"other"'}
    assert client.get("/", headers=both).status_code == 200, "the mark goes before the date"


def test_a_restart_draws_pages_anew(path, client):
    etag = client.get("/").headers["etag"]
    other = TestClient(make_app(path), base_url="http://localhost")
    assert other.get("/", headers={"if-none-match": etag}).status_code == 200


def test_readers_are_kept_and_lent_one_at_a_time(path):
    lent = readers.Readers(path)
    with lent.reader() as one:
        with lent.reader() as other:
            assert one is not other
        with lent.reader() as third:
            assert third is other
    lent.close()


def test_a_page_that_was_just_given_is_given_again_until_somebody_writes(client, path, record, monkeypatch):
    made = []
    select = Store.select
    monkeypatch.setattr(Store, "select", lambda *given: made.append(given) or select(*given))
    first = client.get("/")
    count = len(made)
    again = client.get("/")
    assert (again.status_code, again.text, len(made)) == (200, first.text, count)
    assert {name: again.headers[name] for name in ("etag", "content-type", "content-security-policy")} == {
        name: first.headers[name] for name in ("etag", "content-type", "content-security-policy")
    }
    assert client.get("/front.json").json()["total"] == 1, "another form of the same address"
    client.cookies["onrecord_by"] = "Ana"
    count = len(made)
    client.get("/")
    assert len(made) > count, "somebody else's page"
    client.cookies.clear()
    with Store(path) as store:
        store.correct(record, "a1", "confirmed", by="Ana")
    assert "(1 confirmed)" in client.get("/").text


def test_pages_are_kept_in_a_bounded_room_those_asked_for_longest_ago_go_first():
    pages = Pages(room=10)
    for name in ("a", "b", "a", "c"):
        if pages.get((name,), "1") is None:
            pages.put((name,), _Page("1", [], b"1234"))
    assert [name for name in "abc" if pages.get((name,), "1")] == ["a", "c"]
    assert pages.get(("a",), "2") is None, "its mark is another"
    pages.put(("a",), _Page("2", [], b"12345678901"))
    assert [name for name in "ac" if pages.get((name,), "2") or pages.get((name,), "1")] == []


def test_a_mark_is_the_same_in_each_process_and_another_after_each_writing(path, record):
    one, other = readers.Readers(path), readers.Readers(path)
    before = one.mark()
    assert other.mark() == before
    with Store(path) as store:
        store.correct(record, "a1", "confirmed", by="Ana")
    assert one.mark() == other.mark() != before
    one.close()
    other.close()


def test_a_file_that_is_not_there_is_told(client):
    for name in ("none.css", "../app.py", "%2e%2e/app.py"):
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 404, name
    assert client.get("/static/page.css").headers["content-type"].startswith("text/css")
