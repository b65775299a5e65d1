"""What reports can be found by, kept as they come and go, is what counting it would give."""

import msgspec
import pytest

from onrecord.store import Store
from onrecord.store.facets import KINDS, count_facets

COUNTED = {
    "by": "SELECT actor, actor, count(DISTINCT report) FROM attributions WHERE actor IS NOT NULL GROUP BY 1",
    "kind": "SELECT kind, kind, count(DISTINCT report) FROM attributions WHERE kind IS NOT NULL GROUP BY 1",
    "event": "SELECT type, type, count(DISTINCT report) FROM events GROUP BY 1",
    "status": "SELECT status, status, count(DISTINCT report) FROM events GROUP BY 1",
    "outcome": "SELECT outcome, outcome, count(DISTINCT report) FROM figures WHERE outcome IS NOT NULL GROUP BY 1",
    "place": "SELECT CAST(geonameid AS TEXT), max(name), count(DISTINCT report) FROM places WHERE geonameid NOT NULL "
    "GROUP BY geonameid",
    "outlet": "SELECT provider, provider, count(*) FROM reports WHERE provider IS NOT NULL GROUP BY 1",
    "language": "SELECT language, language, count(*) FROM reports WHERE language IS NOT NULL GROUP BY 1",
    "month": "SELECT substr(dated, 1, 7), substr(dated, 1, 7), count(*) FROM reports WHERE dated NOT NULL GROUP BY 1",
}


def counted(store):
    return {kind: sorted(store._all(sql, ())) for kind, sql in COUNTED.items()}


def kept(store):
    return {kind: sorted(store.facets(kind, 1000)) for kind in KINDS}


def of_all(store):
    """As a search counts them that finds every report."""
    found = count_facets(store._connection, [row for (row,) in store._all("SELECT id FROM report", ())], 1000)
    return {kind: sorted(rows) for kind, rows in found.items()}


@pytest.fixture
def rich(made):
    """A record with a value of every facet."""

    def rich(outlet="Nordwire", number=3936456, **named):
        record, data = made(**named)
        if not record.places:
            return record, data
        report = msgspec.structs.replace(record.report, provider=outlet)
        places = tuple(msgspec.structs.replace(place, geonameid=number) for place in record.places)
        figures = tuple(msgspec.structs.replace(figure, outcome="killed") for figure in record.figures)
        return msgspec.structs.replace(record, report=report, places=places, figures=figures), data

    return rich


def test_facets_follow_what_is_added_read_again_and_removed(tmp_path, rich):
    with Store(tmp_path / "s", made_by="1") as store:
        record, data = rich()
        text = record.report.text
        store.add(record, data)
        store.add(*rich(text=text + " More.", uri="b.txt", outlet="Meridian", day="2019-04-01"))
        store.add(*rich(text=text + " And more.", uri="c.txt", number=5, day=None))
        store.add(*rich(text="Nothing of note.", uri="d.txt"))
        assert all(counted(store).values()), "each facet has a value"
        assert kept(store) == of_all(store) == counted(store)
        assert store.facets("outlet") == [("Nordwire", "Nordwire", 2), ("Meridian", "Meridian", 1)]
        later = msgspec.structs.replace(
            record.report, dating=msgspec.structs.replace(record.report.dating, value="2020")
        )
        store.replace(record.report.digest, [msgspec.structs.replace(record, report=later, attributions=())])
        assert kept(store) == of_all(store) == counted(store)
        store.remove("b.txt")
        assert kept(store) == of_all(store) == counted(store)
        assert store.facets("outlet") == [("Nordwire", "Nordwire", 2)]


def test_an_older_store_gets_its_facets_when_it_is_opened(tmp_path, rich, make_first):
    with Store(tmp_path / "new") as store:
        record, data = rich()
        store.add(record, data)
        store.add(*rich(text=record.report.text + " More.", uri="b.txt", number=5))
        store.add(*rich(text="Nothing of note.", uri="d.txt"))
    make_first(tmp_path / "old", tmp_path / "new")
    with Store(tmp_path / "old") as store:
        assert kept(store) == of_all(store) == counted(store)


def test_of_equals_the_first_by_name_are_shown_whatever_came_first(tmp_path, rich):
    with Store(tmp_path / "s", made_by="1") as store:
        for at, outlet in enumerate(("C", "B", "A", "B")):
            record, _ = rich()
            store.add(*rich(text=f"{record.report.text} {at}.", uri=f"{at}.txt", outlet=outlet))
        rows = store.newest(10)
        assert count_facets(store._connection, rows, 2)["outlet"] == [("B", "B", 2), ("A", "A", 1)]


def test_the_newest_reports_are_found_from_any_place_on(tmp_path, rich):
    days = ["2019-03-06", None, "2019-03-05", "2019-03-06", "2018", "2019-03-06"]
    with Store(tmp_path / "s", made_by="1") as store:
        for at, day in enumerate(days):
            store.add(*rich(text=f"Report {at}.", uri=f"{at}.txt", day=day))
        rows = [row for (row,) in store._all("SELECT id FROM report ORDER BY id DESC", ())]
        for start in range(8):
            assert store.newest(2, start) == rows[start : start + 2]
        assert store.count() == 6
        assert store.days()[0] == 1
