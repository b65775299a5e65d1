"""Whom a pronoun, part of a name or an office means, on parses written by hand."""

import pytest

from onrecord.layers.stand_ins import Pronouns, StandIns
from onrecord.layers.syntax import tree_of
from onrecord.record import Actor, Basis, Mentions, Sentence, Span, Word

POS = {"N": "NOUN", "P": "PROPN", "V": "VERB", "A": "ADP", "R": "PRON", "D": "DET", "C": "CCONJ", ".": "PUNCT"}
TAGS = {"V": "VBD", "R": "PRP", "N": "NN", "P": "NNP"}
PRONOUNS = Pronouns(
    things=frozenset({"it", "its"}), several=frozenset({"they", "their"}), people=frozenset({"he", "his"})
)


def _whom(sentences, actors, number, word):
    """Whom `word` of a sentence means; sentences as rows of "word/kind[:tag]/relation>head"."""
    text, words, cut = "", [], []
    for rows in sentences:
        first, start = len(words), len(text) + bool(text)
        for row in rows.split():
            form, kind, place = row.split("/")
            kind, _, tag = kind.partition(":")
            relation, _, head = place.partition(">")
            text += " " * bool(text) + form
            words.append(
                Word(
                    span=Span(len(text) - len(form), len(text)),
                    pos=POS[kind],
                    tag=tag or TAGS.get(kind, "DT"),
                    relation=relation,
                    head=first + int(head),
                    lemma=form.lower(),
                )
            )
        cut.append(Sentence(span=Span(start, len(text)), first_word=first, last_word=len(words), paragraph=0))
    seen = Mentions(words=tuple(words), sentences=tuple(cut), model="by hand")
    named = {
        name: Actor(
            id=name,
            name=name,
            mentions=(Span(text.index(name), text.index(name) + len(name)),),
            basis=Basis(by="rule", name=kind),
        )
        for name, kind in actors.items()
    }
    stand_ins = StandIns(
        trees=tuple(tree_of(text, seen, sentence, {}) for sentence in cut),
        named=sorted((actor.mentions[0], actor.id) for actor in named.values()),
        actors=named,
        pronouns=PRONOUNS,
        offices=frozenset({"delegation", "governments"}),
    )
    at = next(n for n in range(cut[number].first_word, cut[number].last_word) if words[n].span.of(text) == word)
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
    own = "Tarsa/P/nmod:poss>2 's/./case>0 delegation/N/nsubj>3 refused/V/root>3 ././punct>3"
    assert _whom((own,), {"Tarsa": "country phrase"}, 0, "delegation") == ("Tarsa",)
    shared = (
        "The/D/det>1 governments/N:NNS/nsubj>6 of/A/case>3 Tarsa/P/nmod>1 and/C/cc>5 Olmen/P/conj>3 agreed/V/root>6 "
        "././punct>6"
    )
    assert _whom((shared,), SIDES, 0, "governments") == ("Tarsa", "Olmen")
