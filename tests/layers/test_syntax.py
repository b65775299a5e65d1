"""The tree of a sentence, on parses by hand: what is joined to a report's very first word is asked to its end."""

from tests.layers.parses import parsed

from onrecord.lang import load_rules
from onrecord.layers.roles import clause_words
from onrecord.layers.standing import StatusRule, find_standing, status_words
from onrecord.layers.syntax import tree_of
from onrecord.record import Span


def tree(rows):
    text, seen = parsed(rows)
    return tree_of(text, seen, seen.sentences[0], {})


def test_a_participle_joined_to_the_first_word_is_as_passive_as_that():
    assert not tree("Jailed/V:VBN/root>0 ,/./punct>0 beaten/V:VBN/conj>0").is_passive(2)
    assert tree("Jailed/V:VBN/root>0 was/X/aux:pass>0 he/R/nsubj:pass>0 beaten/V:VBN/conj>0").is_passive(3)


def test_a_relative_pronoun_in_what_is_joined_to_the_first_word_means_nobody():
    assert tree("Go/V:VB/root>0 and/C/cc>3 who/R:WP/nsubj>3 came/V/conj>0").subjects(3) == [2]


def test_what_went_on_when_the_first_word_came_about_is_over():
    rows = "Came/V/root>0 and/C/cc>4 it/R/nsubj>4 was/X/aux>4 raining/V:VBG/conj>0"
    text, seen = parsed(rows)
    raining, sentence = Span(text.index("raining"), len(text)), seen.sentences[0].span
    rules = load_rules("en", "status", StatusRule).rules
    standing = find_standing(text, raining, sentence, rules, clause_words("en"), tree(rows), status_words("en"))
    assert standing.status == "happened"
