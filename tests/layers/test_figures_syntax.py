"""What befell whom, who did it, where and when, where the encoder gives the syntax of a sentence."""

import msgspec
import pytest

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.figures import find_figures
from onrecord.record import Actor, Attribution, Basis, Place, Source, Span, TimeExpression

RULE = Basis(by="rule", name="by hand")


def parsed(text, tree):
    """The report of a text of one sentence and what an encoder would see in it.

    `tree` has a line of `word head relation` for each word, in order; the head is the number of a line, 0 for the root.
    """
    report = text_report(text)
    seen = cut(report)
    rows = [row.split() for row in tree.strip().splitlines()]
    assert [row[0] for row in rows] == [word.span.of(report.text) for word in seen.words]
    words = [
        msgspec.structs.replace(
            word,
            head=int(head) - 1 if int(head) else at,
            relation=relation,
            pos="PUNCT" if relation == "punct" else "VERB" if rest[:1] and rest[0].startswith("V") else "NOUN",
            tag=rest[0] if rest else "NN",
            lemma=written.lower(),
        )
        for at, (word, (written, head, relation, *rest)) in enumerate(zip(seen.words, rows, strict=True))
    ]
    return report, msgspec.structs.replace(seen, words=tuple(words))


def at(text, words):
    return Span(text.index(words), text.index(words) + len(words))


def actors(text, *names):
    return tuple(Actor(id=name, name=name, mentions=(at(text, name),), basis=RULE) for name in names)


def places(text, *names):
    return tuple(Place(id=name, name=name, mentions=(at(text, name),), basis=RULE) for name in names)


def times(text, *names):
    return tuple(TimeExpression(id=name, span=at(text, name), basis=RULE, type="DATE") for name in names)


TWO_CLAUSES = """
Four 2 nummod
men 4 nsubj:pass
were 4 aux:pass
killed 0 root VBN
in 7 case
a 7 det
blast 4 obl
in 9 case
Westport 7 nmod
and 13 cc
two 13 nsubj:pass
were 13 aux:pass
shot 4 conj VBN
by 15 case
rebels 13 obl:agent
in 17 case
Eastport 13 obl
. 4 punct
"""


def test_each_clause_has_its_own_agent_and_place():
    text = "Four men were killed in a blast in Westport and two were shot by rebels in Eastport."
    report, seen = parsed(text, TWO_CLAUSES)
    four, two = find_figures(
        report, seen, None, None, places(text, "Westport", "Eastport"), actors(text, "Four men", "rebels")
    )
    assert (four.actor, four.place) == (None, "Westport")
    assert (two.actor, two.place) == ("rebels", "Eastport")


ORDERED = """
An 2 det
officer 3 nsubj
ordered 0 root VBD
two 5 nummod
men 3 obj
to 8 mark
be 8 aux:pass
arrested 3 xcomp VBN
. 3 punct
"""


def test_the_subject_of_another_verb_is_not_acted_on():
    report, seen = parsed("An officer ordered two men to be arrested.", ORDERED)
    assert [(report.words(f.span), f.outcome) for f in find_figures(report, seen)] == [("two", "arrested")]


SAID = """
Police 4 nsubj
in 3 case
Eastport 1 nmod
said 0 root VBD
on 6 case
Monday 4 obl
that 13 mark
Westport 9 compound
floods 13 nsubj
last 11 amod
week 13 obl
had 13 aux
killed 4 ccomp VBN
12 15 nummod
people 13 obj
. 4 punct
"""


@pytest.mark.parametrize("told", [True, False])
def test_where_and_when_someone_spoke_is_not_where_and_when_it_happened(told):
    text = "Police in Eastport said on Monday that Westport floods last week had killed 12 people."
    report, seen = parsed(text, SAID)
    seen = msgspec.structs.replace(
        seen,
        words=tuple(msgspec.structs.replace(w, lemma="flood") if w.lemma == "floods" else w for w in seen.words),
    )
    said = Attribution(
        id="a1",
        source=Source(spans=(at(text, "Police in Eastport"),), kind="group"),
        cue=(at(text, "said"),),
        content=(at(text, "that Westport floods last week had killed 12 people"),),
        quote="indirect",
        basis=RULE,
    )
    (figure,) = find_figures(
        report,
        seen,
        (said,) if told else None,
        times(text, "Monday", "last week"),
        places(text, "Eastport", "Westport"),
        actors(text, "Police"),
    )
    assert (figure.place, figure.time, figure.actor) == ("Westport", "last week", None)
    assert figure.attribution == ("a1" if told else None)


SHARED = """
Rebels 2 nsubj
attacked 0 root VBD
a 4 det
convoy 2 obj
from 6 case
Westport 4 nmod
, 8 punct
killing 2 advcl VBG
20 10 nummod
people 8 obj
, 14 punct
among 14 case
them 14 nmod
boys 10 nmod
. 2 punct
"""


def test_who_acts_in_a_participle_is_the_subject_of_its_clause_and_where_someone_is_from_is_no_place_of_it():
    text = "Rebels attacked a convoy from Westport, killing 20 people, among them boys."
    report, seen = parsed(text, SHARED)
    (figure,) = find_figures(report, seen, None, None, places(text, "Westport"), actors(text, "Rebels"))
    assert (figure.outcome, figure.actor, figure.place) == ("killed", "Rebels", None)


OFFENSIVE = """
Norland 2 nsubj
launched 0 root VBD
an 4 det
offensive 2 obj
in 6 case
Westport 4 nmod
that 9 nsubj
has 9 aux
killed 4 acl:relcl VBN
900 11 nummod
people 9 obj
. 2 punct
"""


def test_what_an_offensive_does_is_done_by_who_launched_it_and_where_it_was():
    text = "Norland launched an offensive in Westport that has killed 900 people."
    report, seen = parsed(text, OFFENSIVE)
    (figure,) = find_figures(report, seen, None, None, places(text, "Westport"), actors(text, "Norland"))
    assert (figure.actor, figure.place) == ("Norland", "Westport")


COUNTED = """
A 2 det
dozen 5 nummod
Norland 5 amod
security 5 compound
agents 6 nsubj
found 0 root VBD
24 9 nummod
dead 9 amod
bodies 6 obj
. 6 punct
"""


def test_a_number_counts_the_noun_that_its_phrase_ends_in():
    report, seen = parsed("A dozen Norland security agents found 24 dead bodies.", COUNTED)
    dozen, bodies = find_figures(report, seen)
    assert (report.words(dozen.of), dozen.unit) == ("Norland security agents", "people")
    assert (report.words(bodies.of), bodies.outcome) == ("dead bodies", "killed")


ACCUSED = """
Two 2 nummod
men 4 nsubj:pass
are 4 aux:pass
accused 0 root VBN
of 6 mark
killing 4 advcl VBG
three 8 nummod
guards 6 obj
. 4 punct
"""


def test_who_is_accused_of_an_act_is_its_actor():
    text = "Two men are accused of killing three guards."
    report, seen = parsed(text, ACCUSED)
    two, three = find_figures(report, seen, None, None, None, actors(text, "Two men"))
    assert (two.outcome, three.outcome, three.actor) == (None, "killed", "Two men")


def test_heads_that_lead_out_of_the_sentence_or_in_a_ring_raise_nothing():
    report, seen = parsed("Two men are accused of killing three guards.", ACCUSED)
    ring = tuple(msgspec.structs.replace(w, head=(i + 1) % len(seen.words)) for i, w in enumerate(seen.words))
    out = tuple(msgspec.structs.replace(w, head=99) for w in seen.words)
    for words in (ring, out):
        assert find_figures(report, msgspec.structs.replace(seen, words=words)) is not None
