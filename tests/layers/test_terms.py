"""What is given under a deal, on parses written by hand."""

import pytest
from tests.layers.parses import named, parsed

from onrecord.layers.scene import set_scene
from onrecord.layers.terms import find_given
from onrecord.record import Actor, Basis

TALKS = "Talks/N/nsubj>1 opened/V/root>1 ././punct>1"


def _terms(rows):
    """What, giver and receiver of each term of a sentence of "word/kind[:tag]/relation>head", behind one on talks."""
    text, seen = parsed(TALKS, rows)
    actors = tuple(
        Actor(
            id=name,
            name=name,
            mentions=named(text, name),
            basis=Basis(by="rule", name="country phrase"),
        )
        for name in ("Tarsa", "Olmen")
        if name in text
    )
    scene = set_scene(text, seen, "en", None, (), (actors, (), (), (), ()))
    return [(term.what.of(text), term.giver, term.receiver) for term in find_given(scene)]


@pytest.mark.parametrize(
    ("rows", "terms"),
    [
        (
            "Under/A/case>2 the/D/det>2 accord/N:NN/obl>5 Tarsa/P/nsubj>5 will/X:MD/aux>5 free/V:VB/root>5 "
            "two/M/nummod>7 pilots/N/obj>5 ././punct>5",
            [("free two pilots", "Tarsa", None)],
        ),
        (
            "The/D/det>1 accord/N:NN/nsubj>2 gives/V:VBZ/root>2 Olmen/P/iobj>2 two/M/nummod>5 ports/N/obj>2 "
            "././punct>2",
            [("two ports", None, "Olmen")],
        ),
        (
            "The/D/det>1 accord/N:NN/nsubj>2 collapsed/V/root>2 ././punct>2",
            [],
        ),
        (
            "Tarsa/P/nsubj>1 offered/V/root>1 Olmen/P/iobj>1 two/M/nummod>4 ports/N/obj>1 in/A/case>6 talks/N/obl>1 "
            "././punct>1",
            [("two ports", "Tarsa", "Olmen")],
        ),
    ],
)
def test_a_term_is_what_a_deal_or_a_promise_has_somebody_give(rows, terms):
    assert _terms(rows) == terms
