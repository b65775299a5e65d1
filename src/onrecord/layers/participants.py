"""Who takes part in an event by its sentence's syntax: who does it, whom it falls on.

What a predicate takes is tried in order (what it is given to, its object, the clause that it governs, what stands
behind a preposition); the first that names somebody counts. A phrase whose noun is nobody stands for whom its own
words name ("an Olmen ultimatum", "the removal of X").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.layers.roles import ClauseWords, Named, Sides
from onrecord.layers.syntax import Tree
from onrecord.record import Span

GIVING = ("AGREE", "AID", "CONCEDE", "SUPPORT", "COOPERATE")
"""Types of what falls on whom it goes to, rather than on what is given."""

# Types of what its actor will do: the subject of the clause is the actor again ("threatened that it would …").
_OWN = ("AGREE", "THREATEN", "CONCEDE")
# Relations in a phrase to the words that say whose it is, in the order in which they are asked.
_WHOSE = ("nmod:poss", "amod", "compound", "flat", "nmod:desc", "appos", "nmod")
# A noun has these relations to the verb whose subject does it: "launched an attack".
_DONE = ("obj", "obl", "xcomp")
# Clauses up to the one who speaks of himself ("X said it had …").
_CLAUSES = 3


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A predicate whose sides are asked for: its words, its event's type, whether it governs a clause."""

    span: Span
    type: str
    governs: bool


def find_participants(tree: Tree, asked: Asked, actors: Named, places: Named, words: ClauseWords) -> Sides:
    """The actors on each side of a predicate; a place, where it stands for who is there."""
    at = tree.top(asked.span)
    if at is None:
        return Sides()
    while tree.words[at].relation == "compound" and (above := tree.above(at)) is not None:
        at = above  # "halted mediation efforts"
    at = next((one for one in tree.below(at, "acl") if tree.words[one].span in asked.span), at)  # "talks mediated by X"
    return _Sought(tree, asked, actors, places, words).sides(at)


class _Sought:
    """The sides of one predicate being looked for."""

    def __init__(self, tree: Tree, asked: Asked, actors: Named, places: Named, words: ClauseWords) -> None:
        self.tree = tree
        self.asked = asked
        self.actors = actors
        self.places = places
        self.words = words

    def sides(self, at: int) -> Sides:
        tree = self.tree
        if not tree.is_verb(at) and not tree.own_subjects(at):
            return self._of_noun(at)
        passive = tree.is_passive(at) or tree.preposition(at) in self.words.undergone
        own = tree.subjects(at)
        aims = ([one for one in aim if one not in own] for aim in self._aims(at, passive=passive))
        return Sides(
            subjects=self._first(self._speakers(at), ground=passive),
            objects=self._first(aims, ground=True),
            agents=self._first([tree.agents(at), tree.argument(at, "ARG0") if passive else []]),
            passive=passive,
            told=any(tree.words[one].pos in ("NOUN", "PROPN") for one in own),
        )

    def _speakers(self, at: int) -> Iterator[list[int]]:
        """The subjects of a predicate, and whom a pronoun among them takes up: "X said it would leave"."""
        for _ in range(_CLAUSES):
            heads = self.tree.subjects(at)
            yield heads
            above = self.tree.clause_above(at)
            if above is None or not any(self.tree.words[one].pos == "PRON" for one in heads):
                return
            at = above

    def _of_noun(self, at: int) -> Sides:
        """The sides of a noun that names an event, or who does it: whose it is, by whom, on whom."""
        tree, words = self.tree, self.words
        above = tree.above(at)
        verb = above if above is not None and tree.is_verb(above) else None
        if verb is not None and tree.preposition(at) in words.undergone:
            return Sides(
                subjects=self._first([tree.subjects(verb)], ground=True),
                agents=self._first([tree.agents(at)]),
                passive=True,
            )
        own = [
            tree.below(at, "nmod:poss"),
            tree.agents(at),
            tree.below(at, "amod", "compound"),
            tree.argument(at, "ARG0"),
        ]
        if verb is not None and tree.words[at].relation in _DONE and tree.lemmas(verb) & words.light_verbs:
            own.append(tree.agents(verb) if tree.is_passive(verb) else tree.subjects(verb))
        own.append(tree.oblique(at, words.parties))
        aims = [tree.oblique(at, words.onto_whom)]
        if verb is not None and tree.words[at].relation == "nsubj":
            aims.append(tree.objects(verb))
        aims.append(tree.oblique(at, words.about))
        itself = self._named(at, self.actors)
        if itself and any(
            tree.words[one].tag == "VBN" and tree.words[one].span in self.asked.span for one in tree.below(at, "amod")
        ):
            return Sides(
                subjects=(itself[1],), agents=self._first([tree.agents(at)]), passive=True
            )  # "freed prisoners"
        return Sides(subjects=(itself[1],) if itself else self._first(own), objects=self._first(aims, ground=True))

    def _aims(self, at: int, *, outer: bool = True, passive: bool = False) -> Iterator[list[int]]:
        """Phrases that the predicate's doing may fall on, in the order in which they are tried."""
        tree, words = self.tree, self.words
        objects = [] if passive else tree.objects(at)
        moved = bool(tree.lemmas(at) & words.moving_verbs)
        if moved or self.asked.type in GIVING:
            yield tree.below(at, "iobj")
            yield tree.oblique(at, words.toward)
            yield [whom for one in objects for whom in tree.oblique(one, words.toward)]
        if moved:
            yield tree.oblique(at, words.into)
            yield [whom for one in objects for whom in tree.oblique(one, words.into)]
        yield objects
        yield [one for one in tree.argument(at, "ARG1", "ARG2") if not tree.is_verb(one)]
        if outer and self.asked.governs:
            yield from self._of_clauses(at, objects)
        yield tree.oblique(at, words.about)
        for one in objects:
            yield tree.oblique(one, words.about)
        if not passive:
            yield tree.oblique(at, words.at_place)

    def _of_clauses(self, at: int, objects: list[int]) -> Iterator[list[int]]:
        """What the clauses that a predicate, or its object, governs are about: "demanded that X leave"."""
        tree, toward = self.tree, self.words.toward
        clauses = [*tree.clauses(at), *(one for noun in objects for one in tree.below(noun, "acl", "ccomp"))]
        for clause in clauses:
            told = tree.words[clause].relation != "xcomp" and self.asked.type not in _OWN
            yield tree.subjects(clause) if told else []
        if clauses and self.asked.type == "REQUEST":
            yield [
                whom for one in (at, *objects) for whom in tree.oblique(one, toward)
            ]  # "issued a call to X that it …"
        for clause in clauses:
            yield from self._aims(clause, outer=False)
            for deeper in tree.clauses(clause):
                yield from self._aims(deeper, outer=False)

    def _first(self, phrases: Iterable[list[int]], *, ground: bool = False) -> tuple[str, ...]:
        """The ids of whom the first of the phrases that names somebody names."""
        for heads in phrases:
            found = [id for head in heads for id in self._whom(head, ground=ground)]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def _whom(self, head: int, *, ground: bool) -> tuple[str, ...]:
        """The ids of whom the phrase at `head` names: its own noun, or else who it is said to be or to belong to.

        With `ground`, a place anywhere in it counts too, and not only one that is its noun or whose it is.
        """
        front = [head]
        for at in front:
            owns = ground or at == head or self.tree.words[at].relation != "nmod"
            known = self._named(at, self.actors) or (self._named(at, self.places) if owns else None)
            if known is not None:
                others = [] if at == head else self.tree.joined(at)[1:]
                joined = [id for one in others for id in self._whom(one, ground=ground)]
                return (*self._beside(at, known), known[1], *joined)
            front += self._whose(at, ground)
        return ()

    def _named(self, at: int, among: Named) -> tuple[Span, str] | None:
        """The mention that a word is part of."""
        span = self.tree.words[at].span
        return next((one for one in among if one[0] & span), None)

    def _beside(self, at: int, known: tuple[Span, str]) -> list[str]:
        """Whose the one named by a noun is, where that is told apart: "Red Cross officials", "troops from X and Y"."""
        tree = self.tree
        behind = [one for one in tree.below(at, "nmod") if tree.preposition(one) in self.words.source]
        beside = [*tree.below(at, "compound"), *(one for owner in behind for one in tree.joined(owner))]
        found = [self._named(one, self.actors) for one in beside]
        lists = [
            one for one in tree.below(at, "compound", "amod") if tree.below(one, "conj")
        ]  # "US and British forces"
        found += [self._named(one, self.actors) or self._named(one, self.places) for one in lists]
        return [one[1] for one in found if one is not None and not one[0] & known[0]]

    def _whose(self, at: int, ground: bool) -> list[int]:
        """The words in a phrase that say whose it is, or who did it: "crimes committed by X"."""
        tree, words = self.tree, self.words
        allowed = words.about | words.at_place | words.source if ground else words.source
        found = [one for one in tree.below(at, *_WHOSE)
                 if tree.words[one].relation != "nmod" or tree.preposition(one) in allowed]  # fmt: skip
        found.sort(key=lambda one: _WHOSE.index(tree.words[one].relation or ""))
        doers = [one for verb in tree.below(at, "acl") if tree.is_passive(verb) for one in tree.agents(verb)]
        return doers + found
