"""Who is who in several reports."""

import pytest

from onrecord.link.names import fullest, match_actors, proper_words, same_words
from onrecord.record import Actor, Basis, Record, Report, Span


def record(uri: str, *actors: tuple[str, str | None, str | None, str | None]) -> Record:
    made = tuple(
        Actor(
            id=f"w{at}",
            name=name,
            country=country,
            sector=sector,
            role=role,
            mentions=(Span(0, 1),),
            basis=Basis(by="rule", name="by hand"),
        )
        for at, (name, country, sector, role) in enumerate(actors, 1)
    )
    return Record(report=Report(uri=uri, digest=uri, text="…", pieces=(), parts=()), actors=made)


def test_a_surname_is_the_only_person_who_bears_it():
    assert fullest({"Mr. Brandt", "Ugo Brandt"})["Mr. Brandt"] == "Ugo Brandt"
    assert fullest({"Brandt", "Ugo Brandt", "Ida Brandt"})["Brandt"] == "Brandt"


def test_a_body_is_known_by_the_name_that_most_reports_use():
    names = match_actors(
        [
            record("a", ("Tarsi movement", "OLM", "REB", None)),
            record("b", ("Tarsis", "OLM", "REB", None)),
            record("c", ("Tarsis", "OLM", "REB", None)),
        ]
    )
    assert set(names.values()) == {"Tarsis"}


@pytest.mark.parametrize(
    "other",
    [
        ("Tarsis", "KAL", "REB", None),
        ("Tarsis", "OLM", "GOV", None),
        ("a Tarsi spokesman", "OLM", "REB", "spokesman"),
        ("Brenn movement", "OLM", "REB", None),
    ],
)
def test_another_country_sector_role_or_name_is_another(other):
    names = match_actors([record("a", ("Tarsi movement", "OLM", "REB", None)), record("b", other)])
    assert len(set(names.values())) == 2


def test_initials_are_the_body_whose_words_they_open():
    names = match_actors([record("a", ("United Lakes", "IGO", "IGO", None)), record("b", ("U.L.", "IGO", "IGO", None))])
    assert len(set(names.values())) == 1


def test_forms_of_a_word_differ_in_their_endings_alone():
    assert proper_words("Olmen's government") == ("olmen",)
    assert same_words(("yemen",), ("yemeni",))
    assert not same_words(("iran",), ("iraq",))
    assert not same_words(("oman",), ("omanthai",))
