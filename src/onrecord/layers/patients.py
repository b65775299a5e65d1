"""Find which predicate governs each group of people in a sentence, and so what befell them.

It reads the clause from word classes and the order of words. `govern` is the one question that the figures layer
asks; a parser's answer to it can take its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import read_words
from onrecord.layers.amounts import Phrases, phrases
from onrecord.layers.groups import Group
from onrecord.layers.numbers import Token

SUBJECT_REACH = 26
"""Words that may stand between a subject and its verb; longer gaps in wire prose are mostly misread clauses."""

TOLL_REACH = 16
"""Words that may stand between "toll" and its number: "the toll from Tuesday's quake in the north rose to 45"."""

Kinds = ("participle", "active", "subject", "noun", "state", "nominal", "toll")


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome of `lang/<language>/outcomes.toml`: the words that say it, by how they take their people."""

    name: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = msgspec.field(name="not", default=())
    certain: bool = True
    participle: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    nominal: tuple[str, ...] = ()
    toll: tuple[str, ...] = ()


class Outcomes(NamedTuple):
    """The words of all outcomes as phrases that mean `outcome|kind`, and the outcomes said of people alone."""

    words: Phrases
    uncertain: frozenset[str]


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
    inclusion: frozenset[str]


class Trigger(NamedTuple):
    """The words of an outcome in a sentence, the tokens `first` to `last` (not included)."""

    first: int
    last: int
    outcome: str
    kind: str


class Governed(NamedTuple):
    """What befell a group: the trigger that says it, whether it is denied, and how it takes the group."""

    trigger: Trigger
    negated: bool
    voice: str


@cache
def load_outcomes(language: str) -> Outcomes:
    """The outcomes of a language. Raises RuleError where they are missing."""
    listed = msgspec.convert(read_words(language, "outcomes")["outcome"], tuple[Outcome, ...])
    meanings = {
        phrase: f"{outcome.name}|{kind}" for outcome in listed for kind in Kinds for phrase in getattr(outcome, kind)
    }
    return Outcomes(phrases(meanings), frozenset(o.name for o in listed if not o.certain))


@cache
def load_classes(language: str) -> Classes:
    """The word classes of a language. Raises RuleError where they are missing."""
    lists = msgspec.convert(read_words(language, "clauses"), dict[str, frozenset[str]])
    return Classes(**{name: lists[name] for name in Classes._fields})


def find_triggers(tokens: list[Token], outcomes: Outcomes) -> list[Trigger]:
    """The words of outcomes in a sentence, left to right, the longest at a place."""
    found: list[Trigger] = []
    index = 0
    while index < len(tokens):
        hit = outcomes.words.at(tokens, index)
        if hit is None:
            index += 1
            continue
        outcome, _, kind = hit[0].partition("|")
        found.append(Trigger(index, hit[1], outcome, kind))
        index = hit[1]
    return found


def govern(tokens: list[Token], groups: list[Group], triggers: list[Trigger], language: str) -> Mapping[int, Governed]:
    """For each group, by its index, the predicate that governs it as those whom the outcome befell."""
    clause = Clause(tokens, groups, triggers, load_classes(language), load_outcomes(language).uncertain)
    governed: dict[int, Governed] = {}
    for trigger in triggers:
        for index, voice in clause.patients(trigger, governed):
            group = groups[index]
            if trigger.outcome in clause.uncertain and not group.person:
                continue
            new = Governed(trigger, clause.is_negated(trigger), voice)
            old = governed.get(index)
            if old is None or clause.outranks(new, old):
                governed[index] = new
    clause.inherit(governed)
    return governed


class Clause(NamedTuple):
    """One sentence with what was found in it."""

    tokens: list[Token]
    groups: list[Group]
    triggers: list[Trigger]
    classes: Classes
    uncertain: frozenset[str]

    def word(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def outranks(self, new: Governed, old: Governed) -> bool:
        """Whether a second predicate says more of the group than the first: a verb than an adjective, a death than a wound."""
        if old.voice == "attribute" or new.voice == "attribute":
            return new.voice != "attribute"
        if new.trigger.outcome == "casualties":
            return False
        if {new.trigger.outcome, old.trigger.outcome} == {"abducted", "held"}:
            return False
        return new.trigger.outcome in ("killed", "released", "rescued") and old.trigger.outcome != "killed"

    def patients(self, trigger: Trigger, governed: Mapping[int, Governed]) -> list[tuple[int, str]]:
        """The groups that the trigger befalls, each with the voice that the trigger takes it in."""
        if trigger.kind == "noun":
            return self._headed_by(trigger)
        if trigger.kind == "toll":
            return [(i, "toll") for i in self._toll(trigger)]
        if trigger.kind in ("active", "nominal"):
            return [(i, "active") for i in self._objects(trigger.last)]
        if trigger.kind == "state":
            return self._stated(trigger)
        if trigger.kind == "subject":
            return [(i, "passive") for i in self._subjects(trigger.first, governed)]
        return self._participle(trigger, governed)

    def _headed_by(self, trigger: Trigger) -> list[tuple[int, str]]:
        """ "45 deaths", "20 confirmed deaths", "12 lives": the group whose noun the trigger is."""
        for index, group in enumerate(self.groups):
            if group.amount is None or group.amount.unit:
                continue
            if group.of and group.of[0] <= trigger.first < group.of[1]:
                return [(index, "noun")]
            if group.last <= trigger.first <= group.last + 2:
                between = self.tokens[group.last : trigger.first]
                if all(
                    t.text[0].isalpha() and t.lower not in self.classes.preposition and t.lower not in self.classes.be
                    for t in between
                ):
                    return [(index, "noun")]
        return []

    def _toll(self, trigger: Trigger) -> list[int]:
        found: list[int] = []
        for index, group in enumerate(self.groups):
            if group.amount is None or group.first < trigger.last or group.first > trigger.last + TOLL_REACH:
                continue
            between = [t.lower for t in self.tokens[trigger.last : group.first]]
            if {";", ":", "when", "after"} & set(between[1:]):
                break
            if group.amount.unit or (group.person is False):
                continue
            found.append(index)
            following = self.groups[index + 1] if index + 1 < len(self.groups) else None
            if self.word(group.first - 1) != "from" and not (following and self.word(following.first - 1) == "from"):
                break
        return found

    def _stated(self, trigger: Trigger) -> list[tuple[int, str]]:
        at = self._before_auxiliaries(trigger.first)
        if (
            at < trigger.first
            and self.word(trigger.first - 1) not in self.classes.adverb
            or self.word(trigger.first - 1) in self.classes.be
        ):
            return [(i, "passive") for i in self._subjects(trigger.first, {})]
        near = self._adjacent(trigger.first)
        return [(i, "state") for i in self._coordinated_left(near)] if near is not None else []

    def _participle(self, trigger: Trigger, governed: Mapping[int, Governed]) -> list[tuple[int, str]]:
        before = self._before_adverbs(trigger.first)
        word = self.word(before - 1)
        if word in self.classes.be:
            return [(i, "passive") for i in self._subjects(trigger.first, governed)]
        objects = self._objects(trigger.last)
        if word in self.classes.have or word in ("who", "which", "that"):
            return [(i, "active") for i in objects]
        near = self._adjacent(trigger.first)
        if (
            near is not None
            and self.groups[near].amount is not None
            and self.groups[near].last == before
            and self._is_attribute(trigger, near)
        ):
            return [(near, "attribute")]
        if objects and not (
            near is not None and self.groups[near].amount is not None and self.word(trigger.last) in (",", "and")
        ):
            return [(i, "active") for i in objects]
        if near is not None:
            return [(i, "passive") for i in self._coordinated_left(near)]
        if word in ("and", "or", "then", ",", "but"):
            return self._shared(trigger, governed)
        if word in ("those", "people", "persons", "of", "number"):
            return []
        return []

    def _is_attribute(self, trigger: Trigger, near: int) -> bool:
        """ "three wounded soldiers": the words of the outcome stand inside the phrase that the number counts."""
        group = self.groups[near]
        return group.of is not None and group.of[0] <= trigger.first < group.of[1]

    def _shared(self, trigger: Trigger, governed: Mapping[int, Governed]) -> list[tuple[int, str]]:
        """ "were captured and killed": those whom the verb before it befell, in the same clause."""
        earlier = [t for t in self.triggers if t.last <= trigger.first]
        if not earlier or trigger.first - earlier[-1].last > 8:
            return []
        between = range(earlier[-1].last, trigger.first)
        if any(group.first in between and group.amount is not None for group in self.groups):
            return []
        return [(i, g.voice) for i, g in governed.items() if g.trigger == earlier[-1] and g.voice == "passive"]

    def _objects(self, at: int) -> list[int]:
        """The group that a verb ending before `at` takes, and those joined to it."""
        skipped = 0
        while skipped < 5:
            here = next((i for i, g in enumerate(self.groups) if g.first == at), None)
            if here is not None:
                return self._coordinated_right(here)
            word = self.word(at)
            trigger = next((t for t in self.triggers if t.first == at), None)
            if trigger and trigger.kind in ("participle", "active"):
                at = trigger.last
            elif (
                word in self.classes.before_object
                or word in ("or", "and")
                or (word in self.classes.adverb)
                or word.endswith("ly")
            ):
                at += 1
            else:
                return []
            skipped += 1
        return []

    def _coordinated_right(self, index: int) -> list[int]:
        found = [index]
        at = self.groups[index].last
        for following in range(index + 1, len(self.groups)):
            group = self.groups[following]
            if group.whole or group.first < at:
                continue
            between = [t.lower for t in self.tokens[at : group.first]]
            if (
                not self._joins(between)
                or self._is_subject(group)
                or (group.one == "name" and group.person is None and "and" not in between)
            ):
                break
            if group.person is False or (
                group.amount is not None and group.amount.unit and not group.amount.unit == "people"
            ):
                break
            found.append(following)
            at = group.last
        return found

    def _joins(self, between: list[str]) -> bool:
        """Whether these words join two groups: "and", ",", "from the town and", "along with"."""
        if not between:
            return False
        joined = between[-1] in self.classes.joiner or between[-2:] in (
            ["as", "as"],
            ["well", "as"],
            ["along", "with"],
            ["together", "with"],
            ["and", "at"],
        )
        if not joined or len(between) > 7:
            return False
        rest = between[:-1]
        busy = self.classes.be | self.classes.have | self.classes.boundary - {"as"} | self.classes.relative | {";"}
        triggers = {self.tokens[i].lower for t in self.triggers for i in range(t.first, t.last)}
        return not any(w in busy or w in triggers for w in rest)

    def _is_subject(self, group: Group) -> bool:
        """Whether the verb of another clause follows: "… and two civilians were wounded"."""
        at = group.last
        while self.word(at) in self.classes.adverb:
            at += 1
        if (
            self.word(at) in self.classes.be
            or self.word(at) in self.classes.have
            or self.word(at) in self.classes.modal - {"to", "not"}
        ):
            return True
        return any(t.first == at and t.kind in ("participle", "subject", "state", "noun") for t in self.triggers)

    def _before_adverbs(self, at: int) -> int:
        while at > 0 and (
            self.word(at - 1) in self.classes.adverb
            or (self.word(at - 1).endswith("ly") and len(self.word(at - 1)) > 4)
            or self.word(at - 1) in self.classes.negation
        ):
            if self.word(at - 1) in self.classes.be:
                break
            at -= 1
        return at

    def _before_auxiliaries(self, at: int) -> int:
        skip = self.classes.be | self.classes.have | self.classes.modal | self.classes.adverb | self.classes.negation
        while at > 0 and (
            self.word(at - 1) in skip or (self.word(at - 1).endswith("ly") and len(self.word(at - 1)) > 4)
        ):
            at -= 1
        return at

    def _adjacent(self, at: int) -> int | None:
        """The group that ends right before `at`, adverbs and "who were" apart."""
        before = self._before_adverbs(at)
        for index, group in enumerate(self.groups):
            if group.last in (at, before) and not group.whole and self._counts(group):
                return index
            if group.of and group.first < at < group.last and group.of[0] <= at:
                return index
        return None

    def _counts(self, group: Group) -> bool:
        return group.person is not False and (group.amount is None or group.amount.unit in (None, "percent", "share"))

    def _subjects(self, at: int, governed: Mapping[int, Governed]) -> list[int]:
        """The group that is the subject of the verb at `at`, with those joined to it or named as part of it."""
        start = self._before_auxiliaries(at)
        auxiliaries = {t.lower for t in self.tokens[start:at]}
        singular = (
            bool(auxiliaries & self.classes.be_singular or "has" in auxiliaries)
            and not auxiliaries & self.classes.be_plural
        )
        plural = bool(auxiliaries & (self.classes.be_plural | {"have"}))
        if self.word(start - 1) in self.classes.relative:
            start -= 1
        parts: list[int] = []
        for index in range(len(self.groups) - 1, -1, -1):
            group = self.groups[index]
            if group.last > start or group.whole:
                continue
            if start - group.last > SUBJECT_REACH or self._is_cut_off(group.last, start):
                break
            if not self._counts(group) or (index in governed and governed[index].voice == "active"):
                continue
            if (
                self.word(group.first - 1) in self.classes.inclusion
                or self.word(group.first - 2) in self.classes.inclusion
            ):
                parts += self._coordinated_left(index)
                continue
            joined = self._coordinated_left(index)
            number = sum(2 if self.groups[i].number is None else self.groups[i].number or 0 for i in joined)
            if (singular and number > 1 and group.head not in ("people",)) or (
                plural and number == 1 and group.amount is None
            ):
                continue
            if self._in_phrase(self.groups[joined[-1]]):
                continue
            return joined + parts
        return parts

    def _in_phrase(self, group: Group) -> bool:
        """Whether a preposition governs the group, so that it is no subject: "a bus with 12 passengers"."""
        before = self.word(group.first - 1)
        if before == "of":
            return self.word(group.first - 2) not in ("total", "group", "groups", "family", "crew", "number", "toll")
        return before in self.classes.preposition and before not in ("about", "around", "over", "up", "under")

    def _is_cut_off(self, start: int, end: int) -> bool:
        """Whether a clause begins or ends between a group and a verb after it."""
        words = [t.lower for t in self.tokens[start:end]]
        relative = False
        for offset, word in enumerate(words):
            if word in self.classes.relative or (word == "," and offset + 1 < len(words)):
                relative = True
            elif word in self.classes.boundary and not relative:
                return True
            elif word in (";", ":"):
                return True
            elif not relative and any(
                t.first == start + offset and t.kind in ("participle", "active", "subject") for t in self.triggers
            ):
                return True
        return False

    def _coordinated_left(self, index: int) -> list[int]:
        found = [index]
        at = self.groups[index].first
        for earlier in range(index - 1, -1, -1):
            group = self.groups[earlier]
            if group.whole or group.last > at:
                continue
            between = [t.lower for t in self.tokens[group.last : at]]
            if not self._joins(between) or not self._counts(group):
                break
            if any(t.first == group.last and t.kind in ("participle", "subject", "state") for t in self.triggers):
                break
            if (
                between[-1] == ","
                and len(between) == 1
                and len(found) == 1
                and self.groups[index].amount is None
                and group.one != "name"
                and self.groups[index].one == "name"
            ):
                break
            found.append(earlier)
            at = group.first
        return found

    def is_negated(self, trigger: Trigger) -> bool:
        """Whether the words before the trigger deny it: "were not hurt", "did not kill"."""
        start = self._before_auxiliaries(trigger.first)
        return any(
            self.word(i) in self.classes.negation or self.word(i).endswith("n't") for i in range(start, trigger.first)
        )

    def inherit(self, governed: dict[int, Governed]) -> None:
        """Give a group that is named as part of the one before it what befell that one: "12 dead, including two boys"."""
        for index, group in enumerate(self.groups):
            if index in governed or not self._counts(group) or group.whole or group.one == "name":
                continue
            before = [self.word(group.first - 2), self.word(group.first - 1)]
            part = bool(set(before) & (self.classes.inclusion - {"include", "includes"})) or (
                group.head in ("them", "whom") and group.amount is not None
            )
            earlier = [i for i in governed if i < index and self.groups[i].last <= group.first]
            if part and earlier and not self._is_subject(group):
                last = governed[max(earlier)]
                if group.first - max(self.groups[max(earlier)].last, last.trigger.last) <= 12:
                    governed[index] = Governed(last.trigger, last.negated, "part")
            elif (
                earlier
                and self.word(group.first - 1) in ("and", ",")
                and governed[index - 1 if index - 1 in governed else max(earlier)].voice == "part"
            ):
                if group.first - self.groups[max(earlier)].last <= 3:
                    governed[index] = Governed(governed[max(earlier)].trigger, False, "part")
