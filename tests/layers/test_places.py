"""Places: which names are places, and which place each is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.sentences import cut
from onrecord.gazetteer import open_gazetteer
from onrecord.intake import text_report
from onrecord.layers.places import find_places
from onrecord.layers.settle import Name, distance, settle
from onrecord.record import Dateline, Mention, Mentions, Part, Report, Span


def places(text):
    report = text_report(text)
    return find_places(report, cut(report))


def ids(text):
    return {place.name: place.geonameid for place in places(text)}


def names(text):
    return [place.name for place in places(text)]


@pytest.mark.parametrize(
    ("text", "name", "geonameid"),
    [
        ("The envoys met in Paris on Tuesday.", "Paris", 2988507),
        ("A barn burned in Paris, Texas, on Tuesday.", "Paris", 4717560),
        ("The ship left Alexandria for Port Said, Egypt.", "Alexandria", 361058),
        ("Voters in Atlanta and in the rest of Georgia queued; Savannah was quiet.", "Georgia", 4197000),
        ("Troops from Georgia and Armenia trained near Tbilisi.", "Georgia", 614540),
        ("He flew from Washington to Moscow.", "Washington", 4140963),
        ("Ferries to Seattle, Washington, were late.", "Washington", 5815135),
        ("The mayor of Springfield, Ill., resigned.", "Springfield", 4250542),
        ("Clashes were reported in Tripoli and Benghazi, Libya.", "Tripoli", 2210247),
        ("The trial opened in The Hague.", "The Hague", 2747373),
        ("Miami, Orlando and the rest of Florida watched as Cuba spoke in Havana.", "Havana", 3553478),
        ("France, Russia, U.S. to meet", "Russia", 2017370),
        ("Palestinian officials in Gaza spoke.", "Gaza", 281133),
        ("Selectmen from Jaffrey, Swanzey and Keene met in Peterborough.", "Peterborough", 5091002),
    ],
)
def test_a_name_is_settled_by_the_words_around_it(text, name, geonameid):
    assert ids(text)[name] == geonameid


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Jordan said that he would resign.",
        "Paris Hilton sang.",
        "It was Reading that he loved, and Nice people.",
        "The Washington Post reported it.",
        "She lives on Lincoln Street.",
        "Israeli and Egyptian envoys talked.",
        "The AIDS and HIV office opened in May.",
        "Bill Clinton spoke. Clinton left later.",
        "It paid 3 billion US dollars and 40 Hong Kong dollars in Federal cash.",
    ],
)
def test_a_word_that_is_no_place_here_is_left_out(text):
    assert names(text) == []


def test_mentions_of_one_place_are_one_place():
    found = places("The U.S. and Qatar agreed. The United States will send a team to Qatar.")
    assert [(place.name, len(place.mentions)) for place in found] == [("United States", 2), ("Qatar", 2)]


def test_gaza_is_the_strip_where_the_report_writes_of_the_strip():
    found = places("Aid entered Gaza on Monday. The Gaza Strip has been closed for weeks.")
    assert [(place.geonameid, len(place.mentions)) for place in found] == [(281132, 2)]


def test_the_places_of_a_dateline_are_places():
    text = "NAIROBI, Kenya (AP) _ Officials met."
    report = Report(
        uri="x",
        digest="",
        text=text,
        pieces=(),
        parts=(Part(kind="dateline", span=Span(0, 21)), Part(kind="body", span=Span(22, len(text)))),
        language="en",
        dateline=Dateline(span=Span(0, 21), places=(Span(0, 7),)),
    )
    found = find_places(report, cut(report))
    assert [(place.name, place.geonameid) for place in found] == [("NAIROBI", 184745), ("Kenya", 192950)]


def test_a_person_that_the_encoder_saw_is_no_place():
    report = text_report("The case of Victoria shook them.")
    seen = cut(report)
    person = Mention(kind="person", spans=(Span(12, 20),), score=0.9)
    seen = Mentions(words=seen.words, sentences=seen.sentences, spans=(person,))
    assert find_places(report, seen) == ()


def test_a_language_without_words_about_places_is_not_read():
    report = Report(uri="x", digest="", text="Paris", pieces=(), parts=(), language="xx")
    assert find_places(report, Mentions()) is None


def test_a_container_outweighs_a_great_city():
    table = open_gazetteer()
    paris, texas = table.named("paris"), table.named("texas")
    chosen = settle([Name(key="paris", candidates=paris, containers=("texas",)), Name(key="texas", candidates=texas)])
    assert chosen["paris"][0].entry.geonameid == 4717560


def test_distance_is_along_the_globe():
    assert distance(51.5, -0.1, 48.9, 2.35) == pytest.approx(340, abs=5)
    assert distance(0, 179.9, 0, -179.9) == pytest.approx(22, abs=1)


words = st.sampled_from(
    [
        "Paris",
        "Texas",
        "Gaza",
        "Strip",
        "U.S.",
        "Mr",
        "Jordan",
        "said",
        "in",
        "of",
        ",",
        ".",
        "-",
        "Reading",
        "NEW",
        "YORK",
    ]
)


@settings(deadline=None)  # the first example loads the word files
@given(st.one_of(st.text(), st.lists(words, max_size=30).map(" ".join)))
def test_any_text_is_read_and_each_mention_lies_in_it(text):
    report = text_report(text or " ")
    found = find_places(report, cut(report)) or ()
    spans = [span for place in found for span in place.mentions]
    assert all(0 <= span.start < span.end <= len(report.text) for span in spans)
    assert len(spans) == len(set(spans))
    assert [place.id for place in found] == [f"p{number}" for number in range(1, len(found) + 1)]
