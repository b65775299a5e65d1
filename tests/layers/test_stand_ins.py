"""Whom a pronoun, part of a name or an office means, on parses written by hand."""

import pytest
from tests.layers.parses import named, parsed

from onrecord.layers.stand_ins import Pronouns, StandIns
from onrecord.layers.syntax import tree_of
from onrecord.record import Actor, Basis

PRONOUNS = Pronouns(
    things=frozenset({"it", "its"}), several=frozenset({"they", "their"}), people=frozenset({"he", "his"})
)


def _whom(sentences, actors, number, word):
    """Whom `word` of a sentence means; sentences as rows of "word/kind[:tag]/relation>head"."""
    text, seen = parsed(*sentences)
    known = {
        name: Actor(
            id=name,
            name=name,
            mentions=named(text, name),
            basis=Basis(by="rule", name=kind),
        )
        for name, kind in actors.items()
    }
    stand_ins = StandIns(
        trees=tuple(tree_of(text, seen, sentence, {}) for sentence in seen.sentences),
        named=sorted((actor.mentions[0], actor.id) for actor in known.values()),
        actors=known,
        pronouns=PRONOUNS,
        offices=frozenset({"delegation", "governments"}),
    )
    here = seen.sentences[number]
    at = next(n for n in range(here.first_word, here.last_word) if seen.words[n].span.of(text) == word)
    return stand_ins.whom(number, at)


TARSA = "Tarsa/P/nsubj>1 met/V/root>1 Olmen/P/obj>1 ././punct>1"
RUIZ = "Ruiz/P/nsubj>1 spoke/V/root>1 ././punct>1"
BOTH = "Tarsa/P/nsubj>3 and/C/cc>2 Olmen/P/conj>0 met/V/root>3 ././punct>3"
SIDES = {"Tarsa": "country phrase", "Olmen": "country phrase"}


@pytest.mark.parametrize(
    ("sentences", "actors", "word", "meant"),
    [
        ((TARSA, "It/R/nsubj>1 refused/V/root>1 ././punct>1"), SIDES, "It", ("Tarsa",)),
        ((RUIZ, "It/R/nsubj>1 refused/V/root>1 ././punct>1"), {"Ruiz": "person phrase"}, "It", ()),
        ((RUIZ, "He/R/nsubj>1 refused/V/root>1 ././punct>1"), {"Ruiz": "person phrase"}, "He", ("Ruiz",)),
        ((BOTH, "They/R/nsubj>1 agreed/V/root>1 ././punct>1"), SIDES, "They", ("Tarsa", "Olmen")),
        ((TARSA, "They/R/nsubj>1 agreed/V/root>1 ././punct>1"), SIDES, "They", ()),
    ],
)
def test_a_pronoun_means_the_last_subject_that_it_can(sentences, actors, word, meant):
    assert _whom(sentences, actors, 1, word) == meant


def test_a_word_written_as_a_name_means_the_body_whose_name_ends_in_it():
    first = "Sered/P/compound>1 Front/P/nsubj>2 met/V/root>2 ././punct>2"
    then = "The/D/det>1 Front/P/nsubj>2 refused/V/root>2 ././punct>2"
    assert _whom((first, then), {"Sered Front": "org phrase"}, 1, "Front") == ("Sered Front",)


def test_an_office_is_that_of_whom_it_belongs_to_and_of_all_who_share_it():
    own = "Tarsa/P/nmod:poss>2 's/./case>0 delegation/N:NN/nsubj>3 refused/V/root>3 ././punct>3"
    assert _whom((own,), {"Tarsa": "country phrase"}, 0, "delegation") == ("Tarsa",)
    shared = (
        "The/D/det>1 governments/N:NNS/nsubj>6 of/A/case>3 Tarsa/P/nmod>1 and/C/cc>5 Olmen/P/conj>3 agreed/V/root>6 "
        "././punct>6"
    )
    assert _whom((shared,), SIDES, 0, "governments") == ("Tarsa", "Olmen")
