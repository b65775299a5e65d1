"""A store keeps what it is given, once, whole, and finds it again."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError, StoreError
from onrecord.store import Store, opening, reading_version
from onrecord.store.query import SNIPPET, match_expression

TEXT = (
    "Mr Vega said “we will not sign the truce,” and warned, “the harbour stays shut.” "
    "At least 12 people were killed in Lima on Tuesday."
)
DOCS = Path(__file__).parents[2] / "docs" / "store.md"


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "desk.onrecord", made_by="1") as store:
        yield store


def test_a_record_comes_back_as_it_went_in(store, made):
    record, data = made()
    assert store.add(record, data)
    assert store.get("a.txt") == record
    assert store.get(record.report.digest) == record
    assert list(store.records()) == [record]
    assert store.original(record.report.digest) == data


def test_a_layer_that_was_not_read_stays_apart_from_an_empty_one(store, made):
    record, data = made("Nothing.")
    store.add(record, data)
    assert store.get("a.txt").actors == ()
    assert store.get("a.txt").events is None
    ((layers,),) = store._connection.execute("SELECT layers FROM reports")
    assert layers == "actors attributions"


def test_adding_again_changes_nothing(store, made):
    record, data = made()
    store.add(record, data)
    before = "\n".join(store._connection.iterdump())
    assert not store.add(record, data)
    assert "\n".join(store._connection.iterdump()) == before


def test_the_same_bytes_under_another_name_make_no_second_row_but_are_found_under_both(store, made):
    record, data = made()
    other = msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, uri="b/copy.txt"))
    assert store.add(record, data)
    assert not store.holds(other.report)
    assert not store.add(other, data)
    assert store.holds(other.report)
    assert store.count() == 1
    assert store.get("b/copy.txt") == record


def test_reports_of_one_original_are_told_apart_by_their_fragment(store, made):
    record, data = made()
    for number in "12":
        part = msgspec.structs.replace(record.report, uri=f"feed.xml#{number}")
        assert store.add(msgspec.structs.replace(record, report=part), data)
    assert store.count() == 2
    assert store._connection.execute("SELECT count(*) FROM original").fetchone() == (1,)
    assert store.get("feed.xml#2").report.uri == "feed.xml#2"


def test_an_original_that_is_not_the_reports_is_refused(store, made):
    record, _ = made()
    with pytest.raises(StoreError, match="is not the one its digest names"):
        store.add(record, b"other bytes")
    assert store.count() == 0


def test_half_a_surrogate_pair_is_refused_and_leaves_nothing(store, made):
    record, data = made("half \ud800 pair")
    with pytest.raises(StoreError, match="surrogate"):
        store.add(record, data)
    assert store.count() == 0
    store.check()


def test_what_is_not_there_raises_key_error(store):
    with pytest.raises(KeyError):
        store.get("no.txt")
    with pytest.raises(KeyError):
        store.original("00")


def test_a_record_of_older_rules_is_known_and_read_again(tmp_path, made):
    record, data = made()
    with Store(tmp_path / "desk.onrecord", made_by="1") as store:
        store.add(record, data)
    with Store(tmp_path / "desk.onrecord", made_by="2") as store:
        assert list(store.stale()) == ["a.txt"]
        newer = msgspec.structs.replace(record, attributions=(), figures=None)

        def again(original, was):
            assert (original, was.uri) == (data, "a.txt")
            return [newer]

        assert store.refresh(again) == 1
        assert store.get("a.txt") == newer
        assert list(store.stale()) == []
        assert store.refresh(again) == 0
        assert store.find("harbour", by="vega") == []
        assert len(store.find("harbour")) == 1
        store.check()


def test_a_refresh_that_finds_another_day_moves_the_report_and_what_leads_to_it(store, made):
    record, data = made()
    store.add(record, data)
    later, _ = made(day="2019-03-07")
    store.replace(record.report.digest, [later])
    assert store.select("SELECT story, report, dated FROM stories") == [
        {"story": "a.txt", "report": "a.txt", "dated": "2019-03-07"}
    ]
    assert store.find("truce", before="2019-03-07") == []
    assert [hit.dated for hit in store.find("truce", after="2019-03-07")] == ["2019-03-07"]
    store.check()


def test_a_refresh_takes_out_the_reports_that_are_no_longer_read_from_an_original(store, made):
    record, data = made()
    parts = [
        msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, uri=f"f.xml#{n}")) for n in "12"
    ]
    for part in parts:
        store.add(part, data)
    store.replace(record.report.digest, parts[:1])
    assert [found.report.uri for found in store.records()] == ["f.xml#1"]
    assert len(store.find("harbour", by="vega")) == 1
    store.check()


def test_a_removed_report_is_gone_with_its_words(store, made):
    record, data = made()
    store.add(record, data)
    assert store.remove("a.txt")
    assert not store.remove("a.txt")
    assert store.find("truce") == []
    with pytest.raises(KeyError):
        store.original(record.report.digest)
    store.check()


def test_words_are_found_in_the_newest_report_first_and_marked(store, made):
    for day in ("2019-03-05", "2019-03-07", "2019-03-06"):
        record, data = made(f"The truce of {day} holds.", uri=f"{day}.txt", day=day)
        store.add(record, data)
    hits = store.find("TRUCE")
    assert [hit.report for hit in hits] == ["2019-03-07.txt", "2019-03-06.txt", "2019-03-05.txt"]
    assert hits[0].words == "The truce of 2019-03-07 holds."
    assert [match.of(hits[0].words) for match in hits[0].matches] == ["truce"]
    assert [hit.dated for hit in store.find("truce", after="2019-03-06", before="2019-03-07")] == ["2019-03-06"]
    assert len(store.find("truce", limit=2)) == 2


def test_a_report_without_a_day_is_found_last_and_not_between_days(store, made):
    for uri, day in (("none.txt", None), ("old.txt", "0001-01-01")):
        record, data = made(f"The truce of {uri} holds.", uri=uri, day=day)
        store.add(record, data)
    assert [hit.report for hit in store.find("truce")] == ["old.txt", "none.txt"]
    assert [hit.report for hit in store.find("truce", before="2020")] == ["old.txt"]


def test_a_bound_that_is_no_date_is_refused(store):
    with pytest.raises(InputError, match="is not a date"):
        store.find("truce", after="last week")


def test_what_someone_said_is_found_where_other_words_break_it(store, made):
    record, data = made()
    store.add(record, data)
    (hit,) = store.find("harbour", by="ana vega")
    assert (hit.attribution, hit.source) == ("a1", "Mr Vega")
    assert [match.of(record.report.text) for match in hit.matches] == ["harbour"]
    assert store.find("warned", by="vega") == []
    assert store.find("harbour", by="somebody") == []
    assert len(store.find(by="vega")) == 1
    assert len(store.find(by="vega", about="truce")) == 1


def test_all_that_someone_said_is_listed_by_day(store, made):
    for day in ("2019-03-07", "2019-03-06"):
        record, data = made(TEXT + f" Filed {day}.", uri=f"{day}.txt", day=day)
        store.add(record, data)
    rows = store.said_by("ana VEGA")
    assert [row["dated"] for row in rows] == ["2019-03-06", "2019-03-07"]
    assert rows[0]["content"] == "we will not sign the truce … the harbour stays shut"
    assert (rows[0]["source"], rows[0]["actor"], rows[0]["cue"]) == ("Mr Vega", "Ana Vega", "said")
    assert store.said_by("veg") == store.said_by("*") == []


def test_a_report_is_found_by_whom_it_is_about(store, made):
    record, data = made()
    store.add(record, data)
    assert len(store.find(about="lima")) == 1
    assert len(store.find("truce", about="ana vega")) == 1
    assert store.find("truce", about="oslo") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sign truce", True),
        ('"sign the truce"', True),
        ('"truce the sign"', False),
        ("trucebreaker", False),
        ("harb*", True),
        ("truce -oslo", True),
        ("truce -harbour", False),
        ("-harbour", False),
        ("SIGHT", True),
        ("***", False),
        ("", False),
    ],
)
def test_a_query_finds_what_it_says(store, made, query, found):
    record, data = made()
    store.add(record, data)
    assert bool(store.find(query)) is found


HOSTILE = st.text(st.sampled_from("\"'()*:^-+{}[]\\,;. \x00\ud800\ufdd0ANDORNOTEARtruceé😀\n"), max_size=30)


@pytest.fixture(scope="module")
def filled(tmp_path_factory, made):
    with Store(tmp_path_factory.mktemp("store") / "desk.onrecord", made_by="1") as store:
        store.add(*made())
        yield store


@given(query=HOSTILE | st.text(max_size=30), by=st.none() | HOSTILE)
@settings(deadline=None)
def test_no_query_breaks_the_search(filled, query, by):
    for hit in filled.find(query, by=by, about=by):
        assert hit.report == "a.txt"


@given(before=st.text(max_size=400), after=st.text(max_size=400))
@settings(deadline=None, max_examples=60)
def test_marks_stand_on_the_words_whatever_is_around_them(tmp_path_factory, made, before, after):
    text = f"{before} truce {after}".encode("utf-8", "replace").decode().replace("\x00", " ")
    with Store(tmp_path_factory.mktemp("store") / "s", made_by="1") as store:
        store.add(*made(text))
        (hit,) = store.find("truce")
        assert hit.words == hit.snippet.of(text)
        assert len(hit.words) <= SNIPPET
        if not re.search("[\ufdd0\ufdd1]", text):
            assert any(match.of(text) == "truce" for match in hit.matches)
        assert all(match.of(text).casefold() == "truce" for match in hit.matches)


def test_a_beginning_finds_what_each_word_with_it_would(store, made):
    words = ["harbour", "Harbourmaster", "härbs", "hard", "ha", "harb", "sharbour", "HARB’s"]
    for number, word in enumerate(words):
        store.add(*made(f"The {word} of report {number}.", uri=f"{number}.txt"))
    found = {
        query: {hit.report[0] for hit in store.find(query)} for query in ("ha*", "har*", "harb*", "HÄRB*", "harbourm*")
    }
    assert found["ha*"] == set("0123457")
    assert found["har*"] == set("012357")
    assert found["harb*"] == found["HÄRB*"] == set("01257")
    assert found["harbourm*"] == {"1"}
    assert {hit.report[0] for hit in store.find("report -harb*")} == set("346")
    (hit,) = store.find("harbourm*")
    assert [match.of(hit.words) for match in hit.matches] == ["Harbourmaster"]
    store.remove("1.txt")
    assert store.find("harbourm*") == []


def test_a_beginning_of_too_many_words_is_still_found(store, made):
    text = " ".join(f"truce{number}" for number in range(500))
    store.add(*made(text))
    assert len(store.find("truce*")) == 1
    assert len(store.find("truce* -truces*")) == 1
    assert store.find("truce* -truce49*") == []


def test_an_expression_quotes_every_word():
    assert match_expression("a OR b", "text") == '({text} : "a" AND {text} : "OR" AND {text} : "b")'


def test_a_file_of_something_else_is_refused_and_left_as_it_was(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("These are notes, not a store.")
    with pytest.raises(StoreError, match=r"notes.txt: is not a store of onrecord"):
        Store(text)
    assert text.read_text() == "These are notes, not a store."


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="SQLite file of another program"):
        Store(path, readonly=True)
    with pytest.raises(StoreError, match="SQLite file of another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_onrecord_is_refused(tmp_path):
    path = tmp_path / "s"
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer onrecord"):
        Store(path)


def test_reading_where_there_is_no_store_makes_none(tmp_path):
    with pytest.raises(StoreError, match="there is no store"):
        Store(tmp_path / "s", readonly=True)
    assert not (tmp_path / "s").exists()


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path)


def test_an_empty_file_becomes_a_store(tmp_path):
    path = tmp_path / "s"
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        Store(path, readonly=True)
    with Store(path) as store:
        assert store.count() == 0


def test_a_store_open_for_reading_only_takes_nothing(tmp_path, made):
    record, data = made()
    with Store(tmp_path / "s") as store:
        store.add(record, data)
    with Store(tmp_path / "s", readonly=True) as store:
        assert store.get("a.txt") == record
        assert store.find("truce")
        with pytest.raises(StoreError, match="reading only"):
            store.remove("a.txt")


def _damage(path, start, end):
    data = bytearray(path.read_bytes())
    data[start:end] = b"\xa5" * (end - start)
    path.write_bytes(data)


def _trouble(path):
    try:
        with Store(path) as store:
            store.check()
    except StoreError as error:
        return str(error)
    return ""


def test_damage_is_told_wherever_it_is(tmp_path, made):
    path = tmp_path / "s"
    with Store(path) as store:
        for number in range(40):
            record, data = made(f"Report {number} on the truce. " * 40, uri=f"{number}.txt")
            store.add(record, data)
    whole = path.read_bytes()
    told = 0
    for start in range(4096, len(whole) - 4096, len(whole) // 25):
        path.write_bytes(whole)
        _damage(path, start, start + 4096)
        told += "damaged" in _trouble(path)
    assert told >= 20


def test_a_file_cut_short_is_told(tmp_path, made):
    path = tmp_path / "s"
    with Store(path) as store:
        for number in range(40):
            record, data = made(f"Report {number} on the truce. " * 40, uri=f"{number}.txt")
            store.add(record, data)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(StoreError, match="damaged"), Store(path) as store:
        store.check()


def test_a_damaged_original_is_told(store, made):
    record, data = made()
    store.add(record, data)
    store._connection.execute("UPDATE original SET data = x'00'")
    with pytest.raises(StoreError, match=r"the original \w+ is damaged"):
        store.original(record.report.digest)


def test_an_older_schema_migrates_whole_or_not_at_all(tmp_path, made, monkeypatch):
    record, data = made()
    path = tmp_path / "s"
    with Store(path) as store:
        store.add(record, data)
    now = opening.MIGRATIONS
    version = opening.schema_version()
    wrong = "ALTER TABLE report ADD COLUMN desk TEXT;\nSELECT nonsense;"
    monkeypatch.setattr(opening, "MIGRATIONS", (*now, wrong))
    with pytest.raises(StoreError, match="nonsense"):
        Store(path)
    with pytest.raises(StoreError, match=rf"older schema \({version}\)"):
        Store(path, readonly=True)
    monkeypatch.setattr(opening, "MIGRATIONS", (*now, "ALTER TABLE report ADD COLUMN desk TEXT DEFAULT 'world';"))
    with Store(path) as store:
        assert store._connection.execute("SELECT desk FROM report").fetchall() == [("world",)]
        assert store.get("a.txt") == record
        assert store.find("truce")
        store.check()
    with Store(path) as store:
        assert store._connection.execute("PRAGMA user_version").fetchone() == (version + 1,)


def test_a_second_writer_waits_and_is_then_told(tmp_path, made):
    record, data = made()
    with Store(tmp_path / "s") as first, Store(tmp_path / "s", timeout=0.05) as second:
        first._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing"):
            second.add(record, data)
        assert second.count() == 0
        first._connection.execute("COMMIT")
        assert second.add(record, data)


def test_a_reader_reads_while_another_writes(tmp_path, made):
    record, data = made()
    with Store(tmp_path / "s") as writer:
        writer.add(record, data)
        writer._connection.execute("BEGIN IMMEDIATE")
        writer._connection.execute("DELETE FROM other_name")
        with Store(tmp_path / "s", readonly=True, timeout=0.05) as reader:
            assert reader.get("a.txt") == record
            assert reader.find("truce")
        writer._connection.execute("ROLLBACK")


def test_the_reading_version_is_the_same_in_another_process():
    code = "from onrecord.store import reading_version; print(reading_version())"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == reading_version()


def test_each_view_and_column_is_documented_and_nothing_else_is(store):
    told = {
        match[1]: re.findall(r"`(\w+)`", match[2])
        for match in re.finditer(r"^\| `(\w+)` \| (.*?) \|", DOCS.read_text(encoding="utf-8"), re.M)
    }
    views = [v for v in opening.VIEWS if v not in ("searched", "said")]
    assert told == {
        view: [name for (name,) in store._connection.execute("SELECT name FROM pragma_table_info(?)", (view,))]
        for view in views
    }


def test_views_give_the_words_that_spans_stand_for(store, made):
    record, data = made("", uri="empty.txt")
    store.add(record, data)
    record, data = made()
    store.add(record, data)
    one = store._connection.execute
    assert one("SELECT source, actor, country, content FROM attributions").fetchall() == [
        ("Mr Vega", "Ana Vega", "PER", "we will not sign the truce … the harbour stays shut")
    ]
    assert one("SELECT words, low, counted FROM figures").fetchall() == [("At least 12 people", 12.0, "people")]
    assert one("SELECT words, recipients, places, figures FROM events").fetchall() == [
        ("killed", "Ana Vega", "Lima", '["f1"]')
    ]
