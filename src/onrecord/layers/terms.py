"""What one gives another under a deal, told by the syntax: what is promised, and what a deal says shall be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from onrecord.lang import load_rules
from onrecord.layers.parties import is_nobody, voice_of
from onrecord.layers.scene import Scene, TalksRule
from onrecord.layers.syntax import Tree
from onrecord.record import Span

# Sentences behind one that speaks of a deal's words in which "would" and "will" go on telling of it.
_ON = 2
# Relations of a verb that tells by itself, not of one that only describes.
_TOLD = ("root", "ccomp", "conj", "parataxis", "xcomp")
# Words of one phrase at most.
_LONGEST = 14
_PHRASE = ("det", "amod", "compound", "nummod", "nmod:poss", "flat", "case", "advmod", "goeswith", "fixed", "punct")
_PERSONAL = ("PRON",)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A thing given: its words, who gives it, who gets it; where its sentence tells so."""

    what: Span
    kind: str
    giver: str | None = None
    receiver: str | None = None


def find_given(scene: Scene) -> Iterator[Given]:
    """What is given by each sentence, in the order of the text."""
    patterns = load_rules(scene.language, "talks", TalksRule).patterns
    under = re.compile(patterns["under_a_deal"])
    since = _ON + 1
    for number, tree in enumerate(scene.trees):
        if tree is None:
            continue
        span = scene.sentences[number].span
        spoken = bool(under.search(scene.text, span.start, span.end)) or _deal_speaks(scene, tree)
        since = 0 if spoken else since + 1
        sentence = _Sentence(scene, number, tree)
        yield from sentence.given(since)


def _deal_speaks(scene: Scene, tree: Tree) -> bool:
    """Whether a deal is what a sentence's verb has for a subject: "the text gives the south a vote"."""
    verbs = (
        above
        for one in range(tree.first, tree.last)
        if tree.words[one].relation == "nsubj"
        and tree.lemmas(one) & scene.words.deals
        and (above := tree.above(one)) is not None
    )
    return any(tree.lemmas(verb) & scene.words.providing for verb in verbs)


class _Sentence:
    """One sentence that is asked for what is given in it."""

    def __init__(self, scene: Scene, number: int, tree: Tree) -> None:
        self.scene = scene
        self.number = number
        self.tree = tree

    def given(self, since: int) -> Iterator[Given]:
        """What is given; `since` counts the sentences since one that spoke of a deal's words."""
        tree, words = self.tree, self.scene.words
        for at in range(tree.first, tree.last):
            if not tree.is_verb(at) or self._is_denied(at):
                continue
            lemmas = tree.lemmas(at)
            if lemmas & words.promising:
                yield from self._promised(at)
            if lemmas & words.granting and not (tree.words[at].tag == "VB" and tree.below(at, "mark")):
                yield from self._granted(at, "granted")
            if since <= _ON and self._is_to_be(at):
                found = self._done(at, tree.subjects(at), "deal")
                yield from (one for one in found if since == 0 or one.giver is not None or one.receiver is not None)
            if self._by_deal(at):
                yield from self._said(at)

    def _is_denied(self, at: int) -> bool:
        return any(self.tree.word(one) in ("not", "n't", "n’t", "never") for one in self.tree.below(at, "advmod"))

    def _promised(self, at: int) -> Iterator[Given]:
        """ "agreed to free two pilots", "agreed that the bodies should be collected"."""
        tree = self.tree
        for first in tree.below(at, "xcomp", "ccomp"):
            for one in tree.joined(first):
                if not tree.is_verb(one):
                    continue
                if tree.words[first].relation == "xcomp":
                    yield from self._done(one, tree.subjects(at), "promised")
                elif self._modals(one) & self.scene.words.bidding:
                    yield from self._done(one, tree.subjects(one), "promised")

    def _modals(self, at: int) -> set[str]:
        return {self.tree.word(one) for one in self.tree.below(at, "aux")}

    def _is_to_be(self, at: int) -> bool:
        """Whether a verb says what a deal makes somebody do: "would free", "is to free"."""
        tree = self.tree
        if tree.words[at].relation not in _TOLD:
            return False
        above = tree.above(at)
        bound = tree.words[at].relation == "xcomp" and above is not None and tree.lemmas(above) & {"be"}
        return bool(self._modals(at) & self.scene.words.bidding) or bool(bound)

    def _by_deal(self, at: int) -> bool:
        return any(self.tree.lemmas(one) & self.scene.words.deals for one in self.tree.own_subjects(at))

    def _said(self, at: int) -> Iterator[Given]:
        """What a deal that is the subject says: "gives teachers raises", "provides for a vote"."""
        tree = self.tree
        if not tree.lemmas(at) & self.scene.words.providing:
            return
        behind = tree.oblique(at, ("for",)) if tree.lemmas(at) & {"provide", "call"} else []
        receiver = self._receiver(at)
        for one in behind or tree.objects(at):
            if tree.words[one].relation != "iobj" and tree.word(one) not in self.scene.words.wind:
                yield self._thing(one, None, receiver, "said")
        for first in tree.below(at, "xcomp"):
            for one in tree.joined(first):
                if tree.is_verb(one):
                    yield from self._done(one, tree.below(at, "obj"), "said")

    def _granted(self, at: int, kind: str) -> Iterator[Given]:
        """ "offered the north a vote"."""
        tree = self.tree
        giver = self._actor(tree.agents(at) if tree.is_passive(at) else tree.subjects(at))
        if giver is None:
            return
        receiver = self._receiver(at)
        for first in tree.below(at, "obj"):
            for one in tree.joined(first):
                if tree.words[one].pos in ("NOUN", "PROPN") and tree.word(one) not in self.scene.words.wind:
                    yield self._thing(one, giver, receiver, kind)

    def _done(self, at: int, doers: list[int], kind: str) -> Iterator[Given]:
        """What a verb has somebody do."""
        tree, words = self.tree, self.scene.words
        lemmas = tree.lemmas(at)
        if lemmas & words.idle or lemmas & words.promising:
            return
        if tree.is_passive(at):
            agents = tree.agents(at)
            for one in tree.own_subjects(at)[:1]:
                got = lemmas & words.getting_passive
                objects = [one for one in tree.below(at, "obj") if one > at]
                if got and objects:
                    yield self._thing(objects[0], self._actor(agents), self._actor([one]), kind)
                else:
                    whole = self._phrase(one)
                    end = tree.words[at].span.end
                    receiver = self._actor(tree.oblique(at, ("to",)))
                    yield Given(what=Span(whole.start, end) if 0 < at - one <= _LONGEST else whole, kind=kind,
                                giver=self._actor(agents), receiver=receiver)  # fmt: skip
            return
        doer = self._actor(doers)
        if any(tree.lemmas(one) & words.deals or tree.word(one) in words.wind for one in doers):
            return
        objects = [one for one in tree.below(at, "obj") if one > at]
        if lemmas & words.getting and objects:
            for one in tree.joined(objects[0]):
                yield self._thing(one, None, doer, kind)
            return
        end = self._phrase(objects[0]).end if objects else self._plain_end(at)
        yield Given(what=Span(tree.words[at].span.start, end), kind=kind, giver=doer, receiver=self._receiver(at))
        listed = tree.joined(objects[0])[1:] if objects else []
        if any(tree.below(one, "cc") for one in listed):  # without "and" it says the same again
            for one in listed:
                if not tree.is_verb(one):
                    yield self._thing(one, doer, self._receiver(at), kind)

    def _plain_end(self, at: int) -> int:
        """Where a verb without an object ends, its particle or the word behind it in."""
        tree = self.tree
        behind = [one for one in tree.below(at, "compound:prt", "advmod", "xcomp") if one == at + 1]
        return tree.words[behind[0] if behind else at].span.end

    def _thing(self, at: int, giver: str | None, receiver: str | None, kind: str) -> Given:
        return Given(what=self._phrase(at), kind=kind, giver=giver, receiver=receiver)

    def _phrase(self, at: int) -> Span:
        """A noun with the words before it that belong to it, and what an "of" behind it brings."""
        tree = self.tree
        first = last = at
        while first - 1 >= tree.first and at - first < _LONGEST and self._hangs(first - 1, at):
            first -= 1
        while first < at and tree.words[first].pos in ("DET", "PUNCT"):
            first += 1
        for one in tree.below(at, "nmod"):
            if one > at and tree.preposition(one) in ("of", "on", "for", "in") and one - at < _LONGEST:
                last = max(last, one)
                break
        return Span(tree.words[first].span.start, tree.words[last].span.end)

    def _hangs(self, one: int, at: int) -> bool:
        tree = self.tree
        if tree.words[one].relation not in _PHRASE or tree.words[one].pos in ("ADP", "SCONJ"):
            return False
        above: int | None = one
        for _ in range(4):
            above = tree.above(above) if above is not None else None
            if above == at:
                return True
        return False

    def _receiver(self, at: int) -> str | None:
        """Who gets what a verb gives."""
        tree = self.tree
        owned = [one for thing in tree.below(at, "obj") for one in tree.oblique(thing, ("to", "for"))]
        return self._actor([*tree.below(at, "iobj"), *tree.oblique(at, ("to",)), *owned])

    def _actor(self, heads: list[int]) -> str | None:
        """The actor that the first of some words that means one does."""
        scene, tree = self.scene, self.tree
        for one in heads:
            here = tree.words[one].span
            ids = [id for mention, id in scene.named if mention & here] or [
                id for mention, id in scene.grounds if mention & here and id in scene.actors
            ]
            for id in ids or scene.stand_ins.whom(self.number, one):
                if id in scene.actors and (tree.words[one].pos in _PERSONAL or not is_nobody(scene, scene.actors[id])):
                    return voice_of(scene, id)
        return None
