"""Searches narrowed by what reports hold, sorted and counted."""

import pytest

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store, Wanted
from onrecord.store.narrowing import LOOKED_AT

TEXTS = {
    "a.txt": "LIMA, March 6, 2019 (Nordwire) -- Rebels killed 12 people in Lima, Peru, on Tuesday, Mayor Ana Ruiz said."
    " "
    '"We will not sign any truce," Ruiz told reporters on Wednesday.\n',
    "b.txt": "LIMA, March 7, 2019 (Meridian) -- Rebels killed 15 people in Lima, Peru, on Tuesday, police said. "
    "An official who asked not to be named said a truce was near.\n",
    "c.txt": "OSLO, April 2, 2019 (Nordwire) -- Diplomats will meet in Oslo on Friday, Norway's foreign minister said."
    " "
    "Nobody was wounded in the storm, he said. A truce was not discussed.\n",
    "d.txt": "LIMA, March 6, 2019 (Meridian) -- Rebels killed 12 people in Lima, Peru, on Tuesday, Mayor Ana Ruiz said."
    " "
    '"We will not sign any truce," Ruiz told reporters on Wednesday.\n',
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("narrow") / "desk.onrecord") as store:
        for uri, text in TEXTS.items():
            original = Original(uri=uri, data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
        yield store


def found(store, **asked):
    return [hit.report for hit in store.search(Wanted(**asked)).hits]


def held(store, sql):
    """The reports that a plain query over the views gives."""
    return sorted({str(row["report"]) for row in store.select(sql)})


def test_what_is_asked_must_all_be_there(store):
    assert sorted(found(store, words="truce")) == sorted(TEXTS)
    assert sorted(found(store, words="truce", outlet="Nordwire")) == ["a.txt", "c.txt"]
    assert found(store, words="truce", outlet="Nordwire", before="2019-04") == ["a.txt"]
    assert found(store, words="truce", outlet="nobody") == []


@pytest.mark.parametrize(
    ("asked", "sql"),
    [
        ({"outcome": "killed"}, "SELECT report FROM figures WHERE outcome = 'killed'"),
        ({"event": "ASSAULT"}, "SELECT report FROM events WHERE type = 'ASSAULT'"),
        ({"status": "planned"}, "SELECT report FROM events WHERE status = 'planned'"),
        (
            {"event": "AGREE", "status": "planned"},
            "SELECT report FROM events WHERE type = 'AGREE' AND status = 'planned'",
        ),
        ({"language": "en"}, "SELECT report FROM reports WHERE language = 'en'"),
        ({"outlet": "Meridian"}, "SELECT report FROM reports WHERE provider = 'Meridian'"),
    ],
    ids=str,
)
def test_a_facet_finds_the_reports_that_hold_it_and_no_other(store, asked, sql):
    assert sorted(found(store, **asked)) == held(store, sql)


def test_facets_count_what_would_be_found(store):
    for name, pairs in store.search(Wanted(words="truce")).facets.items():
        if name == "month":
            continue
        for value, count in pairs:
            asked = {name: int(value) if name == "place" else value}
            hits = found(store, words="truce" if name not in ("by", "kind") else "", **asked)
            assert len(set(hits)) >= 1, (name, value)
            if name not in ("by", "kind"):
                assert len(set(hits)) == count, (name, value)


def test_what_unnamed_sources_say_is_found_with_where_it_stands(store):
    hits = store.search(Wanted(kind="unnamed")).hits
    rows = store.select("SELECT report, source FROM attributions WHERE kind = 'unnamed'")
    assert sorted((hit.report, hit.source) for hit in hits) == sorted((row["report"], row["source"]) for row in rows)
    assert all(hit.words for hit in hits)


def test_an_event_searched_for_is_marked_where_no_words_are_asked(store):
    hit = next(hit for hit in store.search(Wanted(outcome="killed")).hits if hit.report == "b.txt")
    first = hit.matches[0]
    assert hit.words[first.start - hit.snippet.start :].startswith("15")


def test_orders(store):
    newest = found(store, words="truce")
    assert newest[0] == "c.txt"
    assert found(store, words="truce", sort="oldest") == newest[::-1]
    novel = found(store, words="truce", sort="novelty")
    copies = store.select("SELECT report, max(taken) AS taken FROM copies GROUP BY report")
    taken = {str(row["report"]): row["taken"] for row in copies}
    assert novel[-1] == max(taken, key=taken.get), "what repeats most comes last"
    assert novel[0] not in taken
    sources = found(store, words="truce", sort="sources")
    assert set(sources) == set(newest)
    assert set(found(store, words="truce", sort="relevance")) == set(newest)


def test_nothing_asked_finds_nothing_and_counts_the_newest(store):
    answer = store.search(Wanted())
    assert answer.hits == []
    assert answer.looked_at == 4
    assert dict(answer.facets["outlet"]) == {"Nordwire": 2, "Meridian": 2}


@pytest.mark.parametrize("words", ['"', "*", "-only", "AND", "x" * 3000])
def test_no_words_are_wrong(store, words):
    store.search(Wanted(words=words))
    store.search(Wanted(words=words, by=words, about=words))


def test_more_than_are_looked_at_is_said(store, monkeypatch):
    monkeypatch.setattr("onrecord.store.narrowing.LOOKED_AT", 2)
    answer = store.search(Wanted(words="truce"))
    assert (answer.looked_at, answer.more) == (2, True)
    assert LOOKED_AT == 1000
