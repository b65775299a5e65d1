"""Reports are put into families of copies and into stories as they are added, as if all were put there at once."""

import random
import sqlite3
import zlib
from collections.abc import Iterator

import msgspec
import pytest

from onrecord.errors import StoreError
from onrecord.gather import gather, sentences, tell
from onrecord.link.bearings import find_bearings
from onrecord.link.copies import CopyIndex
from onrecord.link.stories import StoryIndex
from onrecord.record import Part, Record, Span
from onrecord.store import Store

SIZES = (45, 12, 9, 5, 3, 2, 1, 1, 1)
"""Reports of each made story: the first one is settled before it ends (stories.py)."""


@pytest.fixture(scope="module")
def stream(made) -> list[tuple[Record, bytes]]:
    """Made reports of nine stories over some weeks, mixed as they come, a fifth of them copies of an earlier one."""
    chance = random.Random(3)
    syllables = ["ba", "do", "ki", "lu", "me", "na", "ro", "su", "ti", "vo"]

    def word() -> str:
        return "".join(chance.choices(syllables, k=4))

    common = [word() for _ in range(300)]
    topics = [[word().title() for _ in range(8)] + [word() for _ in range(30)] for _ in SIZES]
    order = chance.sample([at for at, size in enumerate(SIZES) for _ in range(size)], sum(SIZES))
    told: dict[int, list[str]] = {}
    found = []
    for number, at in enumerate(order):
        if told.get(at) and chance.random() < 0.2:
            lines = [f"The {word()} Paper", *chance.choice(told[at]).split("\n")[: chance.choice((5, 9))]]
        else:
            lines = [
                " ".join(chance.choices(topics[at], k=9) + chance.choices(common, k=6)).capitalize() + "."
                for _ in range(9)
            ]
        text = "\n".join(lines)
        told.setdefault(at, []).append(text)
        record, data = made(text, uri=f"{number:03}.txt", day=f"2019-03-{1 + number // 3:02}")
        parts, place = [], 0
        for line in lines:
            parts.append(Part(kind="body", span=Span(place, place + len(line))))
            place += len(line) + 1
        report = msgspec.structs.replace(record.report, parts=tuple(parts), headline=lines[0][:40])
        found.append((msgspec.structs.replace(record, report=report), data))
    return found


@pytest.fixture(scope="module")
def at_once(stream) -> tuple[StoryIndex, CopyIndex]:
    """The indexes over the whole stream, in memory."""
    stories, copies = StoryIndex(), CopyIndex()
    for record, _ in stream:
        stories.add(record.report, find_bearings(record, sentences(record)))
        copies.add(record.report)
    return stories, copies


def grouped(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in store.select("SELECT story, report FROM stories ORDER BY place"):
        found.setdefault(row["story"], []).append(row["report"])
    return found


def families(store: Store) -> dict[str, str]:
    rows = store._connection.execute("SELECT p.uri, f.uri FROM placed p JOIN placed f ON f.number = p.family")
    return dict(rows.fetchall())


def test_the_stream_has_stories_of_each_kind_and_copies(at_once) -> None:
    stories, copies = at_once
    sizes = [standing.size for standing in stories.standing.values()]
    assert max(sizes) > 30
    assert 1 in sizes
    assert len(sizes) < 15
    assert len(set(copies.families.values())) < len(copies.families) * 0.9


@pytest.mark.parametrize("each", [1, 7, 1000])
def test_reports_added_one_by_one_are_grouped_as_all_at_once(tmp_path, stream, at_once, each) -> None:
    stories, copies = at_once
    for start in range(0, len(stream), each):
        with Store(tmp_path / "s", made_by="1") as store:  # another process: nothing is held from before
            for record, data in stream[start : start + each]:
                store.add(record, data)
    with Store(tmp_path / "s") as store:
        assert grouped(store) == stories.groups()
        assert families(store) == copies.families
        rows = store.stories(limit=100)
        assert {row["id"]: row["reports"] for row in rows} == {id: s.size for id, s in stories.standing.items()}
        assert [row["reports"] for row in rows] == sorted((row["reports"] for row in rows), reverse=True)
        store.check()


def test_a_story_is_told_as_it_is_from_the_records_alone(tmp_path, stream) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream:
            store.add(record, data)
        told = {story.id: story for story in gather(record for record, _ in stream)}
        assert {row["id"]: tell(store, row["id"]) for row in store.stories(limit=100)} == told
        assert {id: store.told(id) for id in told} == told


def test_two_writers_in_turn_group_as_one(tmp_path, stream, at_once) -> None:
    with Store(tmp_path / "s", made_by="1") as first, Store(tmp_path / "s", made_by="1") as second:
        for number, (record, data) in enumerate(stream):
            (second if number % 3 else first).add(record, data)
        assert grouped(first) == at_once[0].groups()
        assert families(second) == at_once[1].families


def test_an_addition_that_fails_leaves_no_trace_in_what_follows(tmp_path, stream, at_once, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with Store(tmp_path / "s", made_by="1") as store:
        for number, (record, data) in enumerate(stream):
            if number % 10 == 5:
                with monkeypatch.context() as patched:
                    patched.setattr(store._placing, "_add_copies", fail)
                    with pytest.raises(StoreError):
                        store.add(record, data)
                assert store.count() == number
            store.add(record, data)
        assert grouped(store) == at_once[0].groups()


def test_adding_a_report_passes_over_no_table(tmp_path, stream) -> None:
    run: list[str] = []
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream[:60]:
            store.add(record, data)
    with Store(tmp_path / "s", made_by="1") as store:
        store._connection.set_trace_callback(run.append)
        for record, data in stream[60:]:
            store.add(record, data)
        store._connection.set_trace_callback(None)
        plans = list(_plans(store._connection, run))
    assert len(plans) > 100
    assert [plan for plan in plans if "SCAN" in plan[1] and not plan[1].startswith(_OF_ITS_OWN)] == []


_OF_ITS_OWN = ("SCAN CONSTANT ROW", "SCAN (subquery-", "SCAN held", "SCAN j VIRTUAL TABLE INDEX 1:")
"""How SQLite goes through what a statement was given or found by an index itself; `j` is a list given as JSON, `held`
what the one report holds.
"""


def _plans(connection: sqlite3.Connection, run: list[str]) -> Iterator[tuple[str, str]]:
    """How each kind of statement is answered; those that SQLite runs for its own tables begin with a comment."""
    kinds = {sql.split("VALUES")[0][:200]: sql for sql in run if not sql.startswith("--")}
    for sql in kinds.values():
        if sql.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")) and "_index" not in sql:
            for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"):
                yield sql, row[3]


def test_what_was_told_is_told_anew_once_a_report_joins(tmp_path, stream) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream[:-20]:
            store.add(record, data)
        id = store.stories()[0]["id"]
        before = tell(store, id)
        assert store.told(id) == before
        for record, data in stream[-20:]:
            store.add(record, data)
        assert store.told(id) is None
        assert len(tell(store, id).reports) > len(before.reports)


def test_a_reader_keeps_what_it_told_for_the_next(tmp_path, stream) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream[:10]:
            store.add(record, data)
        id = store.stories()[0]["id"]
    with Store(tmp_path / "s", readonly=True) as reader:
        told = tell(reader, id)
    with Store(tmp_path / "s", readonly=True) as reader:
        assert reader.told(id) == told


def test_a_refresh_keeps_stories_and_says_anew_what_is_repeated(tmp_path, stream) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream:
            store.add(record, data)
        before, family = grouped(store), families(store)
        copies = store.select("SELECT * FROM copies ORDER BY report, of")
        grams = store._connection.execute("SELECT count(*) FROM copy_gram").fetchone()
    with Store(tmp_path / "s", made_by="2") as store:
        held = {data: record for record, data in stream}
        assert store.refresh(lambda data, was: [held[data]]) == len(stream)
        assert grouped(store) == before
        assert families(store) == family
        assert store.select("SELECT * FROM copies ORDER BY report, of") == copies
        assert store._connection.execute("SELECT count(*) FROM copy_gram").fetchone() == grams
        store.check()


def test_what_an_older_onrecord_kept_of_a_report_is_still_read(tmp_path, stream) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream[:40]:
            store.add(record, data)
        rows = store._connection.execute("SELECT number, sketch FROM placed").fetchall()
        for number, data in rows:  # a sketch once had six parts
            parts = msgspec.msgpack.decode(zlib.decompress(data))[:6]
            shorter = zlib.compress(msgspec.msgpack.encode(parts))
            store._connection.execute("UPDATE placed SET sketch = ? WHERE number = ?", (shorter, number))
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream[40:60]:
            assert store.add(record, data)


def test_a_removed_report_leaves_its_story_and_is_placed_anew_when_it_comes_again(tmp_path, stream) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for record, data in stream:
            store.add(record, data)
        for record, _ in stream[::4]:
            assert store.remove(record.report.uri)
        held = grouped(store)
        assert sorted(uri for uris in held.values() for uri in uris) == [
            record.report.uri for number, (record, _) in enumerate(stream) if number % 4
        ]
        assert {row["id"]: row["reports"] for row in store.stories(limit=100)} == {
            id: len(uris) for id, uris in held.items()
        }
        for record, data in stream[::4]:
            store.add(record, data)
        held = grouped(store)
        assert sum(map(len, held.values())) == len(stream)
        for row in store.stories(limit=100):
            assert len(tell(store, row["id"]).reports) == row["reports"]
        for record, _ in stream:
            store.remove(record.report.uri)
        assert store.stories() == []
        for table in ("placed", "near", "copy", "copy_gram"):
            assert store._connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        store.check()


def test_another_version_of_a_uri_stands_in_the_place_of_the_first(tmp_path, made) -> None:
    with Store(tmp_path / "s", made_by="1") as store:
        for text in ("The truce holds.", "The truce holds no more.", "Something else."):
            store.add(*made(text, uri="page.html"))
        assert grouped(store) == {"page.html": ["page.html"] * 3}
        (row,) = store.stories()
        assert row["reports"] == 1
        assert tell(store, "page.html").reports == ("page.html",)
        digest = store.get("page.html").report.digest
        assert store.remove(digest)
        assert store.stories() == [row]


def test_a_store_of_the_first_schema_is_brought_up_and_its_reports_are_placed(tmp_path, stream, at_once, make_first):
    def shape(store: Store) -> list[object]:
        tables = store.select("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
        tables = [row for row in tables if not row["name"].endswith("_words")]  # it asks an index
        columns = [
            store.select('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', row.values()) for row in tables
        ]
        return [tables, columns, store.select("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name")]

    with Store(tmp_path / "new", made_by="1") as store:
        for record, data in stream:
            store.add(record, data)
        new = shape(store)
    make_first(tmp_path / "old", tmp_path / "new")
    with Store(tmp_path / "old", made_by="1") as store:
        assert shape(store) == new
        assert store.stories() == []
        assert store.place() == len(stream)
        assert store.place() == 0
        assert grouped(store) == at_once[0].groups()
        assert list(store.records()) == [record for record, _ in stream]
        word = stream[0][0].report.text.split()[9]
        assert store.find(f"{word[:3]}*")
        store.check()
