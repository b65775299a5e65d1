"""Answer, from word classes and word order, what stands where in a clause: subjects, objects, what is joined to them.

A parser can take its place: what is asked of it is `subjects`, `objects` and `is_negated`.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import read_words
from onrecord.layers.groups import Group
from onrecord.layers.numbers import Token
from onrecord.layers.outcomes import VERBS, Trigger
from onrecord.record import Span

SUBJECT_REACH = 26
"""Words that may stand between a subject and its verb; longer gaps in wire prose are mostly misread clauses."""

JOINED_REACH = 12
"""Words that a verb's first object may take where it is no group: "killed the mayor of the town and two guards"."""


class Classes(NamedTuple):
    """Words by what they do in a clause (`lang/<language>/clauses.toml`)."""

    be: frozenset[str]
    be_singular: frozenset[str]
    be_plural: frozenset[str]
    have: frozenset[str]
    modal: frozenset[str]
    negation: frozenset[str]
    adverb: frozenset[str]
    before_object: frozenset[str]
    preposition: frozenset[str]
    boundary: frozenset[str]
    relative: frozenset[str]
    joiner: frozenset[str]
    comitative: frozenset[str]
    object_pronoun: frozenset[str]
    inclusion: frozenset[str]
    determiner: frozenset[str]
    calendar: frozenset[str]
    locative: frozenset[str]
    origin: frozenset[str]
    collection: frozenset[str]


@cache
def load_classes(language: str) -> Classes:
    """The word classes of a language. Raises RuleError where they are missing."""
    lists = msgspec.convert(read_words(language, "clauses"), dict[str, frozenset[str]])
    return Classes(**{name: lists[name] for name in Classes._fields})


def enclosed(tokens: list[Token]) -> frozenset[int]:
    """The tokens inside brackets, or between two dashes, marks included."""
    inside: set[int] = set()
    opened: int | None = None
    dash: int | None = None
    for index, token in enumerate(tokens):
        if token.text in "([":
            opened = index
        elif token.text in ")]" and opened is not None:
            inside |= set(range(opened, index + 1))
            opened = None
        elif (
            token.text in "—–"
            or (token.text == "-" and index and tokens[index - 1].end < token.start)
            or (token.text == "-" and index + 1 < len(tokens) and tokens[index + 1].text == "-")
        ):
            if dash is not None and index - dash > 2:
                inside |= set(range(dash, index + 1 + (index + 1 < len(tokens) and tokens[index + 1].text == "-")))
                dash = None
            elif dash is None:
                dash = index
    return frozenset(inside)


class Clause(NamedTuple):
    """One sentence with what was found in it."""

    tokens: list[Token]
    groups: list[Group]
    triggers: list[Trigger]
    classes: Classes
    aside: frozenset[int]

    def word(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> list[str]:
        """The words from `first` to `last`, without what stands aside (in brackets, between dashes)."""
        return [self.tokens[i].lower for i in range(first, last) if i not in self.aside]

    def trigger_at(self, at: int) -> Trigger | None:
        return next((t for t in self.triggers if t.first == at), None)

    def group_at(self, at: int) -> int | None:
        return next((i for i, g in enumerate(self.groups) if g.first == at), None)

    def _is_age(self, group: Group) -> bool:
        return group.amount is not None and group.amount.unit == "year of age"

    def counts(self, group: Group) -> bool:
        """Whether the group may be of people."""
        return group.person is not False and (group.amount is None or group.amount.unit in (None, "percent", "share"))

    def is_negated(self, at: int) -> bool:
        """Whether the words before the verb at `at` deny it: "were not hurt", "did not kill"."""
        start = self.before_auxiliaries(at)
        return any(self.word(i) in self.classes.negation or self.word(i).endswith("n't") for i in range(start, at))

    def is_adverb(self, at: int) -> bool:
        word = self.word(at)
        return word in self.classes.adverb or (
            word.endswith("ly") and len(word) > 4 and word not in ("family", "italy", "july")
        )

    def before_adverbs(self, at: int) -> int:
        while at > 0 and (self.is_adverb(at - 1) or self.word(at - 1) in self.classes.negation):
            at -= 1
        return at

    def before_auxiliaries(self, at: int) -> int:
        skip = self.classes.be | self.classes.have | self.classes.modal | self.classes.negation
        while at > 0 and (
            self.word(at - 1) in skip or self.is_adverb(at - 1) or (self.word(at - 1), self.word(at)) == ("as", "being")
        ):
            at -= 1
        return at

    def adjacent(self, at: int) -> int | None:
        """The group that ends right before `at`, adverbs apart, or whose phrase goes on over it."""
        before = self.before_adverbs(at)
        for index, group in enumerate(self.groups):
            if group.last in (at, before) and not group.whole and self.counts(group):
                return index
            if group.of and group.of[0] <= at < group.last and not (group.last == at + 1 and group.amount is None):
                return index
        return None

    # ---- objects

    def objects(self, at: int) -> list[int]:
        """The group that a verb ending before `at` takes, and those joined to it, or joined to its other object."""
        for _ in range(6):
            here = self.group_at(at)
            if here is not None and self._is_age(self.groups[here]):
                at = self.groups[here].last  # "the shooting of 26-year-old Ana Ruiz"
                continue
            if here is not None and not self.groups[here].whole:
                return self.joined_right(here)
            trigger = self.trigger_at(at)
            if trigger and trigger.kind in ("participle", "active"):
                at = trigger.last
            elif self.word(at) in self.classes.before_object or self.word(at) in ("or", "and") or self.is_adverb(at):
                at += 1
            else:
                break
        return self._joined_to_other(at)

    def _joined_to_other(self, at: int) -> list[int]:
        """ "killed the mayor, his wife and two guards": the groups joined to an object that is none."""
        if (
            self.word(at) in self.classes.preposition | self.classes.boundary | self.classes.be
            or not self.word(at)[:1].isalpha()
        ):
            return []
        for index, group in enumerate(self.groups):
            if at < group.first <= at + JOINED_REACH and not group.whole and self.counts(group):
                between = self._plain(self.words(at, group.first))
                if self._is_busy(between[:-1]) or self.is_subject(group):
                    return []
                joined = self.joined_right(index)
                if group.one == "name" and all(w.isalpha() and w not in self.classes.preposition for w in between):
                    return joined  # "the murder of opposition leader Ana Ruiz and her driver"
                linked = between[-1:] == ["and"] or self.is_comitative(between)
                return joined if linked or (between[-1:] == [","] and len(joined) > 1) else []
        return []

    def joined_right(self, index: int) -> list[int]:
        found = [index]
        at = self.groups[index].last
        for following in range(index + 1, len(self.groups)):
            group = self.groups[following]
            if group.whole or group.first < at or group.first in self.aside or self._is_age(group):
                continue
            if group.head == "whom" and self.word(group.first - 1) == ",":
                at = next((i for i in range(group.last, len(self.tokens)) if self.word(i) == ","), at)
                continue
            between = self._plain(self.words(at, group.first))
            if not self.joins(between, group) or self.is_subject(group):
                break
            if not self.counts(group) or (group.one == "name" and "and" not in between):
                break
            found.append(following)
            at = group.last
        return self._told_apart(found)

    def _plain(self, between: list[str]) -> list[str]:
        """The words between two groups without the determiners before the second ("and their")."""
        while between and between[-1] in self.classes.determiner:
            between = between[:-1]
        return between

    def joins(self, between: list[str], group: Group) -> bool:
        """Whether these words join two groups: "and", ",", "from the town and", "along with"."""
        if not between:
            return False
        last = between[-1] in self.classes.joiner or self.is_comitative(between)
        if not last and group.one == "name":
            return (
                between[0] in self.classes.joiner
                and len(between) <= 6
                and not self._is_busy(between)
                and "," not in between
            )
        if not last or len(between) > (2 if group.one == "name" else 7):
            return False
        return not self._is_busy(between[:-1])

    def is_listed(self, group: Group, following: Group) -> bool:
        """Whether a number is the next of a list told apart by where or when: "137 in November and 135 in April"."""
        between = self.words(group.last, following.first)
        placed = self.word(following.last) in self.classes.preposition
        return between[-1:] == ["and"] and 1 < len(between) <= JOINED_REACH and placed and not self._is_busy(between)

    def is_comitative(self, words: list[str]) -> bool:
        """Whether these words end in such as "along with"."""
        return any(words[-len(end.split()) :] == end.split() for end in self.classes.comitative)

    def _is_busy(self, words: Collection[str]) -> bool:
        """Whether another clause's words are among these."""
        busy = self.classes.be | self.classes.have | (self.classes.boundary - {"as"}) | self.classes.relative
        triggers = {
            self.word(i) for t in self.triggers if t.kind in VERBS or t.kind == "state" for i in range(t.first, t.last)
        }
        return any(w in busy or w in triggers for w in words)

    def is_subject(self, group: Group) -> bool:
        """Whether the verb of another clause follows: "… and two civilians were wounded"."""
        at = group.last
        while at in self.aside:
            at += 1
        while self.is_adverb(at):
            at += 1
        if self.word(at) in self.classes.be | self.classes.have | (self.classes.modal - {"to", "not"}):
            return True
        following = self.trigger_at(at)
        return following is not None and following.kind in ("participle", "subject", "state", "noun")

    # ---- subjects

    def subjects(self, at: int, taken: Collection[int]) -> list[int]:
        """The group that is the subject of the verb at `at`, with those joined to it or named as part of it.

        Groups in `taken` are objects of verbs before it.
        """
        start = self.before_auxiliaries(at)
        auxiliaries = {self.word(i) for i in range(start, at)}
        singular = bool(auxiliaries & (self.classes.be_singular | {"has"})) and not auxiliaries & self.classes.be_plural
        plural = bool(auxiliaries & (self.classes.be_plural | {"have"}))
        relative = self.word(start - 1) in self.classes.relative
        start -= relative
        parts: list[int] = []
        for index in range(len(self.groups) - 1, -1, -1):
            group = self.groups[index]
            if group.last > start or group.whole:
                continue
            if start - group.last > SUBJECT_REACH or self._is_cut_off(group.last, start, group.amount is None):
                break
            if not self.counts(group) or index in taken:
                continue
            if relative and group.last == start:
                return self.joined_left(index) + parts if plural and group.number == 1 else [index, *parts]
            joined = self.joined_left(index)
            while len(joined) > 1 and self._in_phrase(self.groups[joined[-1]]):
                joined.pop()
            own = group.head in ("them", "whom") and group.last == start
            if not own and (self._is_part(group) or self._is_part(self.groups[joined[-1]])):
                parts += joined
                continue
            number = sum(2 if self.groups[i].number is None else self.groups[i].number or 0 for i in joined)
            if (singular and number > 1) or (plural and number == 1 and group.amount is None):
                continue
            if not self._in_phrase(self.groups[joined[-1]]):
                return joined + parts
        return parts

    def _is_part(self, group: Group) -> bool:
        """Whether a group is named as part of another: in brackets, after "including", "five of them"."""
        before = {self.word(group.first - 1), self.word(group.first - 2)}
        return group.first in self.aside or bool(before & self.classes.inclusion) or group.head in ("them", "whom")

    def _in_phrase(self, group: Group) -> bool:
        """Whether a preposition governs the group, so that it is no subject: "a bus with 12 passengers"."""
        before = self.word(group.first - 1)
        if before == "of":
            return self.word(group.first - 2) not in self.classes.collection
        return before in self.classes.preposition and before not in ("about", "around", "over", "up", "under")

    def _is_cut_off(self, start: int, end: int, single: bool) -> bool:
        """Whether a clause begins or ends between a group and a verb after it.

        After one person "that" opens what is said or thought ("Ruiz says that …"), not a relative clause.
        """
        relative = False
        for at in range(start, end):
            word = self.word(at)
            if at in self.aside:
                continue
            if word == "that" and at > start and single:
                return True
            if word in self.classes.relative or (word == "," and at + 1 < end):
                relative = True
            elif word == "but" and at + 1 == end:
                continue
            elif (
                word in (";", ":")
                or (word in self.classes.boundary and not relative)
                or (not relative and (trigger := self.trigger_at(at)) and trigger.kind in VERBS)
            ):
                return True
        return False

    def joined_left(self, index: int) -> list[int]:
        found = [index]
        at = self.groups[index].first
        for earlier in range(index - 1, -1, -1):
            group = self.groups[earlier]
            if (
                group.whole
                or group.last > at
                or self._is_age(group)
                or (group.first in self.aside) != (self.groups[index].first in self.aside)
            ):
                continue
            between = self._plain(
                self.words(group.last, at)
                if group.first not in self.aside
                else [self.word(i) for i in range(group.last, at)]
            )
            if not self.counts(group) or not self.joins(between, self.groups[found[-1]]):
                break
            following = self.trigger_at(group.last)
            apart = group.one == "name" and self.groups[found[-1]].one != "name" and len(between) > 2
            if apart or (following and following.kind in ("participle", "subject", "state")):
                break
            found.append(earlier)
            at = group.first
        return self._told_apart(found)

    def _told_apart(self, found: list[int]) -> list[int]:
        """The groups of a list, in the order found; only the first in the text where commas alone join single people:
        what follows then says more of the same one ("another reporter, a sound technician, died"). In headlines a
        comma is an "and" ("Man, woman killed").
        """
        ordered = sorted(found)
        single = any(self.groups[i].amount is None for i in ordered)
        if len(found) == 1 or not single or any(self.groups[i].one == "bare" for i in found):
            return found
        gap = " ".join(self.words(self.groups[ordered[0]].last, self.groups[ordered[-1]].first))
        links = (self.classes.joiner - {","}) | self.classes.comitative
        return found if any(f" {link} " in f" {gap} " for link in links) else ordered[:1]
