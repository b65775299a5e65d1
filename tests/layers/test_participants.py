"""Who does what to whom by the dependencies of a sentence, on parses written by hand."""

import pytest
from tests.layers.parses import named, parsed

from onrecord.intake import text_report
from onrecord.layers.events import find_events
from onrecord.layers.syntax import arguments_of, tree_of
from onrecord.record import Actor, Basis, Link, Mention, Mentions

RULE = Basis(by="rule", name="by hand")


def _event(rows, *names):
    text, seen = parsed(rows)
    report = text_report(text, date="2020-05-04")
    actors = tuple(Actor(id=name, name=name, mentions=named(text, name), basis=RULE) for name in names)
    found = find_events(report, seen, (), actors, (), (), ())
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("rows", "actors", "recipients"),
    [
        (  # what stands between subject and verb takes nothing from it
            "Tarsa/P/nsubj>5 ,/./punct>3 beside/A/case>3 Olmen/P/nmod>0 ,/./punct>3 attacked/V/root>5 "
            "Sered/P/obj>5 ././punct>5",
            ("Tarsa",), ("Sered",),
        ),
        (  # "by" of a passive whose predicate is joined to another one
            "Olmen/P/nsubj:pass>2 was/X/aux:pass>2 surrounded/V:VBN/root>2 and/C/cc>4 attacked/V:VBN/conj>2 "
            "by/A/case>6 Tarsa/P/obl:agent>4 ././punct>2",
            ("Tarsa",), ("Olmen",),
        ),
        (  # one who does nothing himself is no actor of the clause that he governs
            "Sered/P/nsubj>1 heard/V/root>1 that/A/mark>4 Tarsa/P/nsubj>4 attacked/V/ccomp>1 Olmen/P/obj>4 ././punct>1",
            ("Tarsa",), ("Olmen",),
        ),
        (  # whose the object is, where it is nobody itself
            "Tarsa/P/nsubj>1 rejected/V/root>1 an/D/det>4 Olmen/P/compound>4 ultimatum/N:NN/obj>1 ././punct>1",
            ("Tarsa",), ("Olmen",),
        ),
        (  # "it" speaks of the one who says so
            "Tarsa/P/nsubj>1 said/V/root>1 it/R/nsubj>3 attacked/V/ccomp>1 Olmen/P/obj>3 ././punct>1",
            ("Tarsa",), ("Olmen",),
        ),
        (  # a light verb lends its subject to the noun
            "Tarsa/P/nsubj>1 launched/V/root>1 an/D/det>3 offensive/N:NN/obj>1 against/A/case>5 "
            "Olmen/P/nmod>3 ././punct>1",
            ("Tarsa",), ("Olmen",),
        ),
        (  # a relative pronoun means whom it follows
            "Tarsa/P/nsubj>5 ,/./punct>3 which/R:WDT/nsubj>3 attacked/V/acl:relcl>0 Olmen/P/obj>3 "
            "waited/V/root>5 ././punct>5",
            ("Tarsa",), ("Olmen",),
        ),
        (  # what is under investigation is looked into
            "Olmen/P/nsubj>2 came/V/conj>2 was/V/root>2 put/V:VBN/xcomp>2 under/A/case>5 "
            "investigation/N:NN/obl>2 by/A/case>7 Tarsa/P/nmod>5 ././punct>2",
            ("Tarsa",), ("Olmen",),
        ),
    ],
)  # fmt: skip
def test_syntax_says_who_does_it_and_whom_it_falls_on(rows, actors, recipients):
    event = _event(rows, *(name for name in ("Tarsa", "Olmen", "Sered") if name in rows))
    assert event.actors == actors
    assert event.recipients == recipients


def test_a_passive_whose_subject_names_nobody_takes_no_one_from_beside_it():
    rows = (
        "Engineers/N/nsubj:pass>3 of/A/case>2 roads/N/nmod>0 kidnapped/V:VBN/root>3 near/A/case>5 "
        "Olmen/P/obl>3 ././punct>3"
    )
    event = _event(rows, "Olmen")
    assert event.actors == ()


def test_a_passive_whose_subject_names_nobody_falls_on_no_one_of_a_later_clause():
    rows = (
        "Hostages/N/nsubj:pass>2 were/X/aux:pass>2 killed/V:VBN/root>2 as/A/mark>5 Tarsa/P/nsubj>5 slept/V/advcl>2 "
        "././punct>2"
    )
    event = _event(rows, "Tarsa")
    assert event.recipients == ()


@pytest.mark.parametrize(("subject", "told"), [("activities", False), ("delegation", True), ("deal", False)])
def test_what_only_people_do_is_not_told_of_things(subject, told):
    text, seen = parsed(
        f"The/D/det>1 {subject}/N:NN/nsubj>3 also/J/advmod>3 supported/V/root>3 growth/N:NN/obj>3 ././punct>3"
    )
    found = find_events(text_report(text, date="2020-05-04"), seen, (), (), (), (), ())
    assert bool(found) is told


def test_arguments_stand_in_where_the_dependencies_name_no_subject():
    text, seen = parsed("Tarsa/P/obl>2 quickly/J/advmod>2 retreated/V/root>2 ././punct>2")
    predicate = Mention(kind="predicate", spans=(seen.words[2].span,), score=1.0)
    argument = Mention(kind="argument", spans=(seen.words[0].span,), score=0.9)
    seen = Mentions(
        words=seen.words, sentences=seen.sentences, model="by hand", spans=(predicate, argument),
        links=(Link(kind="ARG0", head=0, tail=1, score=0.9),),
    )  # fmt: skip
    tree = tree_of(text, seen, seen.sentences[0], arguments_of(seen))
    assert tree.argument(2, "ARG0") == [0]
    assert tree.subjects(2) == [0]


def test_a_report_that_was_not_encoded_has_no_tree():
    from onrecord.encode.sentences import cut

    report = text_report("Tarsa attacked Olmen.", date="2020-05-04")
    seen = cut(report)
    assert tree_of(report.text, seen, seen.sentences[0], {}) is None
