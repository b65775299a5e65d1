"""Actors: who acts and speaks, what they are, and which words mean the same one."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.lang import read_words
from onrecord.layers.actors import actor_of, country_of_demonym, find_actors
from onrecord.layers.lexicon import load_lexicon
from onrecord.layers.phrases import Described
from onrecord.ontology import read_codes
from onrecord.record import Basis, Mention, Mentions, Report, Span


def read(text):
    report = text_report(text)
    return report, find_actors(report, cut(report))


def told(text):
    """{name: (role, country, sector)}"""
    return {actor.name: (actor.role, actor.country, actor.sector) for actor in read(text)[1]}


def mentions(text, name):
    report, actors = read(text)
    return [report.words(span) for actor in actors if actor.name == name for span in actor.mentions]


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("an Israeli government official", "ISR", "GOV"),
        ("Kenyan President William Ruto", "KEN", "GOV"),
        ("the president of Kenya", "KEN", "GOV"),
        ("President Kagame", "RWA", "GOV"),
        ("Peru's former prime minister", "PER", "ELI"),
        ("Nairobi", "KEN", "GOV"),
        ("Kenya", "KEN", None),
        ("Norwegian lawmakers", "NOR", "LEG"),
        ("a judge in Oslo", "NOR", "JUD"),
        ("Malian soldiers", "MLI", "MIL"),
        ("Malian rebels", "MLI", "REB"),
        ("masked gunmen", None, "UAF"),
        ("riot police", None, "COP"),
        ("a police spokesman", None, "COP"),
        ("a spokesman for Hezbollah", "LBN", "REB"),
        ("Hamas leader", "PSE", "REB"),
        ("the U.N. refugee agency", "IGO", "REF"),
        ("U.N. peacekeepers", "IGO", "MIL"),
        ("opposition parties in Togo", "TGO", "OPP"),
        ("Danish doctors", "DNK", "MED"),
        ("ethnic Serbs in northern Kosovo", "XKX", "CVL"),
        ("Xinhua", "CHN", "JRN"),
        ("the Philippine Congress", "PHL", "LEG"),
        ("Congress", "USA", "LEG"),
        ("farmers", None, "AGR"),
        ("a dockworkers' union", None, "LAB"),
        ("the Saudi-led coalition", "SAU", "MIL"),
        ("U.S.-led forces", "USA", "MIL"),
    ],
)
def test_a_phrase_says_country_and_sector(phrase, country, sector):
    found = actor_of(phrase)
    assert (found.country, found.sector) == (country, sector)


def test_a_phrase_that_says_nothing_of_anyone_is_left_empty():
    assert actor_of("the weather") == Described(None, None, None)
    assert actor_of("") == Described(None, None, None)


def test_the_official_is_the_one_named_before():
    text = (
        "A Chilean government official spoke on Monday. The official asked for calm. Nobody moved, the official said."
    )
    assert mentions(text, "A Chilean government official") == [
        "A Chilean government official",
        "The official",
        "the official",
    ]


def test_an_office_is_no_part_of_a_name():
    assert list(told("Minister of Defence Omar Haddad said so.")) == ["Omar Haddad"]


def test_an_official_agency_is_no_official():
    assert list(told("The official MENA news agency reported it.")) == ["MENA"]


def test_a_surname_and_he_are_the_person_named_before():
    text = "Kenyan Foreign Minister Ana Ruiz arrived on Monday. She met farmers. Ruiz left later."
    assert mentions(text, "Ana Ruiz") == ["Kenyan Foreign Minister Ana Ruiz", "She", "Ruiz"]
    assert told(text)["Ana Ruiz"] == ("foreign minister", "KEN", "GOV")


def test_part_of_a_full_name_is_the_person_where_it_can_be_one_only():
    text = "President Maro Tessu Kando stepped down. President Maro was ill. President Tessu Kando left."
    assert mentions(text, "Maro Tessu Kando") == [
        "President Maro Tessu Kando",
        "President Maro",
        "President Tessu Kando",
    ]
    two = "President Maro Tessu Kando met President Maro Lind Essen. President Maro was ill."
    assert "President Maro" not in mentions(two, "Maro Tessu Kando") + mentions(two, "Maro Lind Essen")


def test_an_office_is_whoever_was_named_with_it():
    text = "Prime Minister Ana Ruiz arrived. It rained. The premier met farmers. The minister left."
    assert mentions(text, "Ana Ruiz") == ["Prime Minister Ana Ruiz", "The premier", "The minister"]


@pytest.mark.parametrize("office", ["Former President", "Vice President", "Deputy President"])
def test_an_office_is_not_who_held_it_once_nor_who_comes_second(office):
    assert "The president" not in mentions(f"{office} Ana Ruiz arrived. The president met farmers.", "Ana Ruiz")


def test_the_rebels_of_an_armed_group_are_the_group():
    text = "The Houthis and the government agreed. The Houthi rebels left. Hezbollah officials said so."
    assert mentions(text, "Houthis") == ["The Houthis", "The Houthi", "rebels"]
    assert told(text)["Houthis"] == (None, "YEM", "REB")
    assert "officials" not in mentions(text, "Hezbollah")


def test_he_is_nobody_who_was_told_as_she():
    text = "Ana Ruiz arrived. She met farmers. He waved."
    assert mentions(text, "Ana Ruiz") == ["Ana Ruiz", "She"]


def test_the_president_of_an_unknown_body_is_not_of_a_government():
    assert actor_of("Velmark president Jon Doe") == Described(None, None, "president")
    assert actor_of("the Kenyan president").sector == "GOV"
    assert actor_of("The president").sector == "GOV"


def test_a_role_beside_a_name_is_the_persons():
    assert told("John Doe, a police spokesman, said that nobody was hurt.") == {
        "John Doe": ("police spokesman", None, "COP")
    }


def test_an_abbreviation_in_brackets_is_the_organisation():
    text = (
        "The Sandbank Protection Committee (SPC) met on Monday. The SPC, it is said, is poor. Members of the SPC left."
    )
    assert "SPC" not in told(text)
    assert told("The U.N. met. The United Nations agreed.") == {"United Nations": (None, "IGO", None)}


def test_a_country_is_an_actor_where_it_acts_and_not_where_it_is_a_place():
    assert told("Qatar will host the talks.") == {"Qatar": (None, "QAT", None)}
    assert told("The talks mediated by Qatar and Egypt ended.") == {
        "Qatar": (None, "QAT", None),
        "Egypt": (None, "EGY", None),
    }
    assert told("The roads in Qatar are new.") == {}


def test_a_capital_that_acts_is_a_government():
    assert told("Tehran said it would respond.") == {"Tehran": (None, "IRN", "GOV")}


def test_peoples_that_share_a_noun_are_the_countries():
    text = "Qatar agreed. A meeting of U.S., Qatari and Egyptian negotiators ended."
    assert mentions(text, "Qatar") == ["Qatar", "Qatari"]


def test_two_officials_stay_two():
    actors = read("An official said yes. An official said no.")[1]
    assert [len(actor.mentions) for actor in actors if actor.role == "official"] == [1, 1]


def test_the_parties_are_nobody_where_none_was_named():
    assert told("The parties agreed. Both sides left.") == {}


def test_the_movement_is_nobody_where_no_movement_was_named():
    assert told("The movement was slow.") == {}


def test_a_country_is_an_actor_where_it_is_dealt_with():
    assert "Mali" in told("France suspended aid to Mali.")
    assert "Eritrea" in told("They lifted sanctions on Eritrea.")
    assert "Russia" in told("The minister accused Russia of delay.")
    assert "Chad" not in told("The minister visited Chad.")


def test_a_person_whom_the_encoder_marked_is_an_actor():
    report = text_report("Suddenly Zorbax arrived.")
    seen = cut(report)
    marked = Mention(kind="person", spans=(Span(9, 15),), score=0.8)
    seen = Mentions(words=seen.words, sentences=seen.sentences, spans=(marked,))
    (actor,) = find_actors(report, seen)
    assert (actor.name, actor.basis) == ("Zorbax", Basis(by="model", name="entities", score=0.8))


def test_a_body_that_no_list_has_is_told_by_its_name():
    assert told("The Sandbank Protection Committee met.") == {"Sandbank Protection Committee": (None, None, "SOC")}
    assert told("A Ltd sign hung there.") == {}


def test_a_language_without_words_about_actors_is_not_read():
    report = Report(uri="x", digest="", text="Paris", pieces=(), parts=(), language="xx")
    assert find_actors(report, Mentions()) is None


def test_a_demonym_speaks_of_its_country():
    assert country_of_demonym("Sri Lankan") == "LKA"
    assert country_of_demonym("Ruritanian") is None


def test_every_sector_in_the_word_files_is_one_of_plovers():
    sectors = read_codes("sectors").keys()
    lexicon = load_lexicon("en")
    used = {entry.sector for entries in (*lexicon.exact.values(), *lexicon.folded.values()) for entry in entries}
    assert used - {None} <= sectors
    assert set(lexicon.bodies.values()) <= sectors


def test_every_plural_in_the_word_file_leads_to_a_role():
    tables = read_words("en", "roles")
    roles = {noun for nouns in tables["sectors"].values() for noun in nouns}
    assert set(tables["plurals"].values()) <= roles


articles = ["the", "an", "Israeli", "official", "officials", "President", "Ana", "Ruiz", "said", "of", ",", ".", "he"]
others = ["U.N.", "(IDF)", "Qatar", "and", "'s", "former", "rebels", "police", "-", "Gen.", "al-Assad", "group"]
words = st.sampled_from([*articles, *others])


@settings(deadline=None)  # the first example loads the word files
@given(st.one_of(st.text(), st.lists(words, max_size=40).map(" ".join)))
def test_any_text_is_read_and_each_mention_lies_in_it_once(text):
    report = text_report(text or " ")
    found = find_actors(report, cut(report)) or ()
    spans = sorted(span for actor in found for span in actor.mentions)
    assert all(0 <= span.start < span.end <= len(report.text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert [actor.id for actor in found] == [f"w{number}" for number in range(1, len(found) + 1)]


@settings(deadline=None)  # the first example loads the word files
@given(st.one_of(st.text(), st.lists(words, max_size=12).map(" ".join)))
def test_any_phrase_can_be_asked_about(phrase):
    actor_of(phrase)


def test_ministries_of_two_countries_are_two_actors_each_with_its_own():
    found = told("The Danish Foreign Ministry wrote to the Peruvian Foreign Ministry on the fourth of the month.")
    assert found["Danish Foreign Ministry"][1:] == ("DNK", "GOV")
    assert found["Peruvian Foreign Ministry"][1:] == ("PER", "GOV")


@pytest.mark.parametrize("words", ["Wednesday", "D-Ohio"])
def test_a_weekday_or_a_party_and_state_is_no_one_though_the_encoder_marks_it(words):
    report = text_report(f"The clerk left, {words}, with the papers.")
    start = report.text.index(words)
    marked = Mention(kind="person", spans=(Span(start, start + len(words)),), score=0.9)
    seen = cut(report)
    found = find_actors(report, Mentions(words=seen.words, sentences=seen.sentences, spans=(marked,)))
    assert words not in [actor.name for actor in found]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Vega met Lea Vega on Friday. Lea Vega was ill.", {"Ana Vega": 1, "Lea Vega": 2}),
        ("Yasser Dawud left. Yasir Dawud came back on Friday.", {"Yasser Dawud": 2}),
        ("Ana Maria Ruiz spoke. Maria Ruiz was heard.", {"Ana Maria Ruiz": 2}),
    ],
)
def test_people_who_share_but_a_surname_are_two(text, people):
    assert {actor.name: len(actor.mentions) for actor in read(text)[1]} == people
