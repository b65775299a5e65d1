"""Names that mean one side: abbreviations and bare nouns, on hand-written actors."""

import re

from onrecord.layers.aliases import find_aliases
from onrecord.record import Actor, Basis, Span


def _actors(text, *given):
    found = []
    for name, basis, sector in given:
        mentions = tuple(Span(*match.span()) for match in re.finditer(re.escape(name), text))
        found.append(Actor(id=name, name=name, mentions=mentions, basis=Basis(by="rule", name=basis), sector=sector))
    return tuple(found)


def test_an_abbreviation_in_brackets_means_whom_it_stands_behind():
    text = "The Olmen Workers (OWO) met Tarsa (the port)."
    actors = _actors(
        text, ("Olmen Workers", "org phrase", None), ("OWO", "entities", None), ("Tarsa", "entities", None)
    )
    assert find_aliases(text, actors) == {"OWO": "Olmen Workers"}


def test_first_letters_mean_the_name_that_they_are_of():
    text = "The Free Tarsa Movement met envoys. The FTM and the OLM said so."
    names = (("Free Tarsa Movement", "org phrase", None), ("FTM", "entities", None), ("OLM", "entities", None))
    assert find_aliases(text, _actors(text, *names)) == {"FTM": "Free Tarsa Movement"}


def test_the_rebels_are_the_one_movement_that_is_named():
    text = "The Tarsa Front spoke. The rebels agreed."
    names = (("Tarsa Front", "org phrase", "REB"), ("The rebels", "group phrase", "REB"))
    assert find_aliases(text, _actors(text, *names)) == {"The rebels": "Tarsa Front"}


def test_the_rebels_are_nobody_else_where_two_movements_are_named():
    text = "The Tarsa Front and the Olmen Army spoke. The rebels agreed."
    names = (
        ("Tarsa Front", "org phrase", "REB"),
        ("Olmen Army", "org phrase", "REB"),
        ("The rebels", "group phrase", "REB"),
    )
    assert find_aliases(text, _actors(text, *names)) == {}
