"""How much a store holds is what counting it would give, whatever came and went."""

import msgspec
import pytest

from onrecord.store import Store
from onrecord.store.tallies import LAYERS


def counted(store):
    """What `tally` should hold, counted."""
    found = {("layer", name): store._one(f"SELECT count(*) FROM {table}", ())[0] for name, table in LAYERS.items()}
    for row in store.select("SELECT actor, count(*) AS n FROM attributions WHERE actor IS NOT NULL GROUP BY actor"):
        found["speaker", row["actor"]] = row["n"]
    for row in store.select(
        "SELECT geonameid, count(DISTINCT report) AS n FROM places WHERE geonameid IS NOT NULL GROUP BY geonameid"
    ):
        found["place", str(row["geonameid"])] = row["n"]
    for row in store.select(
        "SELECT geonameid, sum(mentions) AS n FROM places WHERE geonameid IS NOT NULL GROUP BY geonameid"
    ):
        found["mention", str(row["geonameid"])] = row["n"]
    for row in store.select("SELECT name, count(DISTINCT report) AS n FROM actors GROUP BY name"):
        found["named", row["name"]] = row["n"]
    for row in store.select("SELECT row >> 20 AS day, count(*) AS n FROM reports GROUP BY 1"):
        found["dated", str(row["day"])] = row["n"]
    days = "SELECT substr(dated, 1, 10) AS day, count(*) AS n FROM attributions WHERE quote != 'indirect' GROUP BY 1"
    return found | {("day", row["day"]): row["n"] for row in store.select(days)}


def kept(store):
    return {(kind, key): count for kind, key, count in store._all("SELECT kind, key, count FROM tally", ())}


@pytest.fixture
def placed(made):
    """A record whose place has a number."""

    def placed(*given, **named):
        record, data = made(*given, **named)
        places = tuple(msgspec.structs.replace(place, geonameid=3936456) for place in record.places or ())
        return msgspec.structs.replace(record, places=places), data

    return placed


def test_tallies_follow_what_is_added_read_again_and_removed(tmp_path, placed):
    with Store(tmp_path / "s", made_by="1") as store:
        record, data = placed()
        store.add(record, data)
        store.add(*placed(record.report.text + " And more.", uri="b.txt"))
        assert kept(store) == counted(store)
        assert store.tallies("speaker") == [("Ana Vega", "Ana Vega", 2)]
        assert store.tallies("place") == [("3936456", "Lima", 2)]
        store.replace(record.report.digest, [msgspec.structs.replace(record, figures=(), attributions=())])
        assert kept(store) == counted(store)
        assert store.tallies("speaker") == [("Ana Vega", "Ana Vega", 1)]
        store.remove("b.txt")
        assert kept(store) == counted(store)
        assert store.tallies("speaker") == []


def test_an_older_store_is_counted_once_when_it_is_opened(tmp_path, placed, make_first):
    with Store(tmp_path / "new") as store:
        store.add(*placed())
    make_first(tmp_path / "old", tmp_path / "new")
    with Store(tmp_path / "old") as store:
        assert kept(store) == counted(store)
        assert store.tallies("place") == [("3936456", "Lima", 1)]
