"""Whom a subject means that is no actor's own words: a pronoun, part of a name ("the Front"), an office of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from onrecord.layers.roles import Named
from onrecord.layers.syntax import Tree
from onrecord.record import Actor

# Sentences back in which whom a pronoun means is sought.
_BACK = 3
# Between an office and those whose it is: "the governments of X and Y", "bargainers for X".
_OF = ("of", "for", "from")
_SPLIT = ("of", "for", "from", "between")
_PERSON = "person phrase"


class Pronouns(msgspec.Struct, frozen=True, kw_only=True):
    """The pronouns of a language by whom they may mean."""

    things: frozenset[str]
    several: frozenset[str]
    people: frozenset[str]


class StandIns(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences of a report and its actors, to find whom a word means."""

    trees: Sequence[Tree | None]
    named: Named
    actors: Mapping[str, Actor]
    pronouns: Pronouns
    offices: frozenset[str]

    def whom(self, number: int, head: int) -> tuple[str, ...]:
        """Ids of the actors that the word at `head` of a sentence means; none where that is not told."""
        tree = self.trees[number]
        if tree is None:
            return ()
        if tree.words[head].pos == "PRON":
            return self._antecedent(number, head, tree.word(head))
        listed = self.listed(tree, head)
        if listed:
            return listed
        return self.by_part(tree, head) or self._owner(number, tree, head)

    def listed(self, tree: Tree, head: int) -> tuple[str, ...]:
        """Whose an office of several is: "the governments of X and Y"."""
        if tree.word(head) not in self.offices or tree.words[head].tag not in ("NNS", "NNPS"):
            return ()
        owners = [one for one in tree.below(head, "nmod") if tree.preposition(one) in _SPLIT]
        found = [id for owner in owners[:1] for one in tree.joined(owner) if (id := self._at(tree, one))]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else ()

    def _at(self, tree: Tree, at: int) -> str | None:
        """The actor with a mention over a word."""
        span = tree.words[at].span
        return next((id for mention, id in self.named if mention & span), None)

    def by_part(self, tree: Tree, head: int) -> tuple[str, ...]:
        """The body with a name that ends in a word written as a name: "the Front"."""
        if tree.words[head].pos != "PROPN" or not tree.words[head].span.of(tree.text)[:1].isupper():
            return ()
        word = tree.word(head)
        for mention, id in reversed([one for one in self.named if one[0].start < tree.words[head].span.start]):
            actor = self.actors.get(id)
            if actor is None or actor.basis.name == _PERSON:
                continue
            words = mention.of(tree.text).casefold().split()
            if len(words) > 1 and words[-1] == word:
                return (id,)
        return ()

    def _owner(self, number: int, tree: Tree, head: int) -> tuple[str, ...]:
        """Whose an office is whose name stands before it in full or in part: "the Front's delegation"."""
        if tree.word(head) not in self.offices:
            return ()
        for one in tree.below(head, "nmod:poss", "compound", "amod", "nmod", "nmod:desc"):
            if tree.words[one].relation == "nmod" and tree.preposition(one) not in _OF:
                continue
            found = self._at(tree, one)
            if found is not None and found in self.actors:
                return (found,)
            if tree.words[one].pos == "PRON":
                return self._antecedent(number, one, tree.word(one))
            if part := self.by_part(tree, one):
                return part
        return ()

    def _antecedent(self, number: int, at: int, word: str) -> tuple[str, ...]:
        """Whom a pronoun means: the last subject before it that can be one."""
        for heads, tree in self._subjects_before(number, at):
            found = [id for head in heads for id in self._of_subject(tree, head)]
            ids = tuple(dict.fromkeys(id for id in found if id in self.actors))
            if not ids:
                continue
            persons = [self.actors[id].basis.name == _PERSON for id in ids]
            if word in self.pronouns.things and not any(persons) and len(ids) == 1:
                return ids
            if word in self.pronouns.people and persons == [True]:
                return ids
            if word in self.pronouns.several and (len(ids) > 1 or (not any(persons) and self._is_several(tree, heads))):
                return ids
        return ()

    def _of_subject(self, tree: Tree, head: int) -> tuple[str, ...]:
        listed = self.listed(tree, head)
        if listed:
            return listed
        own = self._at(tree, head)
        return (own,) if own is not None else self.by_part(tree, head)

    @staticmethod
    def _is_several(tree: Tree, heads: Sequence[int]) -> bool:
        return len(heads) > 1 or tree.words[heads[0]].tag in ("NNS", "NNPS")

    def _subjects_before(self, number: int, at: int) -> Iterator[tuple[list[int], Tree]]:
        """The subjects before a word, nearest clause first, then those of the sentences before."""
        for back in range(_BACK):
            tree = self.trees[number - back] if number >= back else None
            if tree is None:
                continue
            until = at if back == 0 else tree.last
            starts = [
                one for one in range(tree.first, until)
                if tree.words[one].relation in ("nsubj", "nsubj:pass") and tree.words[one].pos != "PRON"
            ]  # fmt: skip
            main = sorted(starts, key=lambda one: (self._depth(tree, one), -one)) if back else starts[::-1]
            for one in main:
                yield [each for each in tree.joined(one) if each < until], tree

    @staticmethod
    def _depth(tree: Tree, at: int) -> int:
        """How deep in its sentence a word stands."""
        depth, above = 0, tree.above(at)
        while above is not None and depth < 20:
            depth, above = depth + 1, tree.above(above)
        return depth
