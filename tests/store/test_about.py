"""Of whom others speak is kept as reports come and go."""

import msgspec
import pytest

from onrecord.record import Actor, Attribution, Source, Span
from onrecord.store import Store

LAST = 2**63 - 1
WORDS = "Mr Vega said no. Ms Ruiz said Mr Vega was wrong and Ms Ruiz was right."


@pytest.fixture
def two(made):
    """A record of two who speak, of whom one speaks of the other and of herself."""

    def two(uri="a.txt", more=""):
        record, data = made(WORDS + more, uri=uri)
        basis = made()[0].actors[0].basis
        vega, ruiz = (
            Actor(id=id, name=name, mentions=tuple(Span(at, at + 7) for at in places), basis=basis)
            for id, name, places in (("w1", "Ana Vega", (0, 30)), ("w2", "Eva Ruiz", (17, 52)))
        )
        said = [
            Attribution(
                id=id, source=Source(spans=(actor.span,), actor=actor.id, kind="named"), cue=(), content=(span,),
                quote="indirect", basis=basis,
            )
            for id, actor, span in (("a1", vega, Span(13, 15)), ("a2", ruiz, Span(30, 69)))
        ]  # fmt: skip
        return msgspec.structs.replace(record, actors=(vega, ruiz), attributions=tuple(said)), data

    return two


def spoken(store, name):
    rows, following = store.said_of(name, LAST, 10)
    assert following is None
    ids = [store.select("SELECT report, id FROM attribution WHERE row = ?", (row,))[0] for row in rows]
    uris = {row["row"]: row["report"] for row in store.select("SELECT row, report FROM reports")}
    return [(uris[one["report"]], one["id"]) for one in ids]


def test_what_others_say_of_one_follows_what_is_added_read_again_and_removed(tmp_path, two):
    with Store(tmp_path / "s", made_by="1") as store:
        record, data = two()
        store.add(record, data)
        store.add(*two("b.txt", " And more."))
        assert spoken(store, "Ana Vega") == [("b.txt", "a2"), ("a.txt", "a2")]
        assert spoken(store, "Eva Ruiz") == [], "what she says of herself is left out"
        assert store.said_of("Ana Vega", LAST, 1)[1] == store.said_of("Ana Vega", LAST, 1)[0][0]
        dated = msgspec.structs.replace(record.report, dating=None)
        store.replace(record.report.digest, [msgspec.structs.replace(record, report=dated)])
        assert spoken(store, "Ana Vega") == [("b.txt", "a2"), ("a.txt", "a2")]
        store.replace(record.report.digest, [msgspec.structs.replace(record, attributions=record.attributions[:1])])
        assert spoken(store, "Ana Vega") == [("b.txt", "a2")]
        store.remove("b.txt")
        assert store._all("SELECT * FROM spoken", ()) == []


def test_an_older_store_learns_of_whom_others_speak_when_it_is_opened(tmp_path, two, make_first):
    with Store(tmp_path / "new") as store:
        store.add(*two())
    make_first(tmp_path / "old", tmp_path / "new")
    with Store(tmp_path / "old") as store:
        assert spoken(store, "Ana Vega") == [("a.txt", "a2")]
