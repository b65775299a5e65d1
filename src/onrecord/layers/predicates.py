"""Ask of a predicate, in the dependencies of its sentence, who acts, who is acted on, and how far other clauses are.

The encoder's trees are not always right: what is asked here answers None where the tree does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

import msgspec

from onrecord.lang import read_words
from onrecord.layers.syntax import Tree
from onrecord.record import Span

LONGEST_CLIMB = 12
"""Links followed upwards at most: deeper nests are misread."""

CLAUSES = frozenset({"root", "ccomp", "advcl", "acl", "csubj", "parataxis"})
"""Relations of one clause to another; `conj` is one between verbs, and an `xcomp` is part of its governor's clause."""

ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl"})
"""Relations by which a phrase hangs on a predicate."""

FAR = 9.0
"""What lies beyond a clause that says, thinks or asks: another's when and where."""

UP = {"conj": 1.0, "advcl": 1.0, "acl": 1.0, "csubj": 1.0, "parataxis": 2.0}
DOWN = {"conj": 2.0, "advcl": 1.0, "acl": 2.0, "csubj": 1.0}
"""How far a clause is from the one that it hangs on, going up to it, and down from it; by other relations FAR."""


class PredicateWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of `lang/<language>/predicates.toml`, which says what each list is for."""

    agent: frozenset[str]
    charged: frozenset[str]
    relative: frozenset[str]
    part: frozenset[str]
    locative: frozenset[str]
    later: frozenset[str]
    happening: frozenset[str]


@cache
def predicate_words(language: str) -> PredicateWords:
    """The words that tell relations apart. Raises RuleError where they are missing."""
    return msgspec.convert(read_words(language, "predicates"), PredicateWords)


class Predicates:
    """The predicates of one sentence: its tree, and the words of its language."""

    def __init__(self, tree: Tree, language: str) -> None:
        self.tree = tree
        self.words = predicate_words(language)

    def top(self, span: Span) -> int | None:
        """The word that heads a stretch."""
        return self.tree.top(span)

    def span(self, at: int) -> Span:
        return self.tree.words[at].span

    def relation(self, at: int) -> str:
        """The relation of a word to its governor, without its subtype."""
        return (self.tree.words[at].relation or "").partition(":")[0]

    def below(self, at: int, *relations: str) -> Iterator[int]:
        """What hangs on a word by one of these relations, or by a subtype of one."""
        for one in self.tree.below(at):
            if self.tree.words[one].relation in relations or self.relation(one) in relations:
                yield one

    def case(self, at: int) -> str | None:
        """The preposition of a phrase; None without one."""
        return self.tree.preposition(at) or None

    def is_predicate(self, at: int) -> bool:
        """Whether a word is a verb, or stands as one: "five were dead"."""
        return self.tree.is_verb(at) or any(True for _ in self.below(at, "nsubj", "cop", "aux"))

    # ---- clauses

    def clause(self, at: int) -> int:
        """The head of the clause that holds a word."""
        for _ in range(2 * LONGEST_CLIMB):
            relation, above = self.relation(at), self.tree.above(at)
            if above is None or relation in CLAUSES or (relation == "conj" and self.is_predicate(at)):
                return at
            at = above
        return at

    def distance(self, own: int, other: int) -> float:
        """How far the clause of `other` is from that of `own`: 0 for the same, FAR and more where it is another's."""
        up = dict(self._upwards(self.clause(own)))
        down, at = 0.0, self.clause(other)
        for _ in range(LONGEST_CLIMB):
            above = self.tree.above(at)
            if at in up:
                return up[at] + down
            if above is None:
                break
            down += DOWN.get(self.relation(at), FAR)
            at = self.clause(above)
        return 2 * FAR

    def _upwards(self, at: int) -> Iterator[tuple[int, float]]:
        """The clauses above one, itself first, with how far each is."""
        cost = 0.0
        for _ in range(LONGEST_CLIMB):
            yield at, cost
            above = self.tree.above(at)
            if above is None:
                return
            cost += UP.get(self.relation(at), FAR)
            at = self.clause(above)

    # ---- who acts, who is acted on

    def is_passive(self, verb: int) -> bool:
        """Whether the subject of a verb is acted on; of participles without one, by their form and place."""
        if self.tree.below(verb, "nsubj:pass", "aux:pass"):
            return True
        if self.tree.words[verb].tag != "VBN" or any(True for _ in self.below(verb, "nsubj", "obj", "aux")):
            return False
        above = self.tree.above(verb)
        return self.relation(verb) != "conj" or above is None or self.is_passive(above)

    def subject(self, verb: int) -> int | None:
        """The subject of a verb: its own, that which it shares, or the noun that its clause describes."""
        at = verb
        for _ in range(LONGEST_CLIMB):
            own = next(self.below(at, "nsubj"), None)
            relation, above = self.relation(at), self.tree.above(at)
            described = above if relation == "acl" else None
            if own is not None:
                taken_up = described is not None and self.tree.word(own) in self.words.relative
                return described if taken_up else own
            if described is not None or above is None or relation not in ("conj", "advcl", "xcomp"):
                return described
            if relation != "conj" and (controller := self._controller(at, above)) is not None:
                return controller
            at = above
        return None

    def _controller(self, at: int, above: int) -> int | None:
        """The object that a clause without a subject is about: "ordered him to go", "accused him of killing"."""
        if self.relation(at) == "advcl" and not self._is_charge(at):
            return None
        return next(self.below(above, "obj", "iobj"), None)

    def _is_charge(self, verb: int) -> bool:
        """Whether a clause tells of what someone is charged with: "was accused of killing"."""
        marks = next((self.tree.word(one) for one in self.below(verb, "mark", "case")), "")
        return marks in self.words.charged

    def agent(self, verb: int) -> int | None:
        """Who does what a verb or a noun says: its subject, or where it is passive or a noun the phrase after "by"."""
        if not self.is_predicate(verb):
            return next(chain(self.led(verb), self.below(verb, "nmod:poss")), None)
        if self.is_passive(verb):
            return self.led_agent(verb)
        subject = self.subject(verb)
        if subject is None or self.tree.words[subject].relation != "nsubj:pass" or self._is_charge(verb):
            return subject
        holder = self.tree.above(subject)
        return next(self.led(holder), None) if holder is not None else None

    def led_agent(self, verb: int) -> int | None:
        """Who does what a passive verb says: after "by", by the tree or by the encoder's roles, which may know where
        the tree hangs the phrase on another verb."""
        by_role = (one for one in self.tree.argument(verb, "ARG0") if self.case(one) in self.words.agent)
        return next(chain(self.led(verb), by_role), None)

    def led(self, at: int) -> Iterator[int]:
        """The phrases after "by" of a verb or a noun."""
        return (one for one in self.below(at, "obl", "nmod") if self.case(one) in self.words.agent)

    def object(self, verb: int) -> int | None:
        return next(self.below(verb, "obj"), None)

    def joined(self, at: int) -> Iterator[int]:
        """A word and those joined to it by "and" and commas, or that name it once more."""
        yield at
        for one in self.below(at, "conj", "appos"):
            yield from self.joined(one)

    # ---- phrases

    def counted(self, number: Span) -> Span | None:
        """The noun that a number counts, where it stands behind it."""
        at = self.tree.top(number)
        above = self.tree.above(at) if at is not None and self.relation(at) == "nummod" else None
        if above is None or self.tree.words[above].pos not in ("NOUN", "PROPN"):
            return None
        return self.span(above) if self.span(above).start >= number.end else None

    def argument(self, at: int) -> int | None:
        """The head of the phrase that holds a word and hangs on a predicate as its subject, object or otherwise."""
        for _ in range(LONGEST_CLIMB):
            relation, above = self.relation(at), self.tree.above(at)
            if relation in ARGUMENTS:
                return at
            if above is None or relation in CLAUSES:
                return None
            at = above
        return None

    def is_located(self, at: int) -> float | None:
        """How loosely a name says where something is: 0 behind a preposition of place, 1 and more within such a phrase.

        "in Westport", "in the town of Westport" and "near Westport" do; "from Westport" and "Westport police" do not.
        """
        loose = 0.0
        for _ in range(LONGEST_CLIMB):
            case, above = self.case(at), self.tree.above(at)
            if case in self.words.locative:
                return loose
            if case is not None and case not in self.words.part:
                return None
            if case is not None and above is not None and self.tree.word(above) in self.words.locative:
                return loose  # "south of Westport"
            relation = self.relation(at)
            if above is None or relation not in ("nmod", "appos", "flat", "compound", "conj", "list"):
                return None
            loose += relation == "compound"
            at = above
        return None

    def is_of_happening(self, at: int) -> bool:
        """Whether a name says where a happening was by describing it: "the Westport bombing"."""
        above = self.tree.above(at)
        return above is not None and self.relation(at) in ("compound", "nmod", "amod") and self.is_happening(above)

    def is_happening(self, at: int) -> bool:
        return bool({*self.tree.lemmas(at), self.tree.word(at)} & self.words.happening)
