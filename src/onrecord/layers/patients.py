"""Find which words of outcomes govern each group of people in a sentence, and so what befell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.layers.clauses import Clause, enclosed, load_classes
from onrecord.layers.groups import Group
from onrecord.layers.numbers import Token
from onrecord.layers.outcomes import VERBS, Trigger, load_outcomes
from onrecord.layers.predicates import Predicates

TOLL_REACH = 16
"""Words that may stand between "toll" and its number: "the toll from Tuesday's quake in the north rose to 45"."""

JOINED_REACH = 20
"""Words that may stand between a verb and "along with": "killed at noon near his home in the capital, along with"."""

PART_REACH = 12
"""Words that may stand between people and a part of them: "killed in the raid late on Sunday, including two boys"."""


class Governed(NamedTuple):
    """What befell a group: the trigger that says it, whether it is denied, and how it takes the group.

    `voice`: passive (they are its subject), active (its object), noun, toll, state, attribute ("three wounded
    men"), part (of a group that it befell).
    """

    trigger: Trigger
    negated: bool
    voice: str


def govern(
    tokens: list[Token], groups: list[Group], triggers: list[Trigger], language: str, syntax: Predicates | None = None
) -> Mapping[int, Governed]:
    """For each group, by its index, what befell it: which predicate governs it as those whom the outcome befell.

    The order of words and their classes tells; of verbs the sentence's tree decides, where it says who is acted on.
    """
    clause = Clause(tokens, groups, triggers, load_classes(language), enclosed(tokens))
    uncertain = load_outcomes(language).uncertain
    heads = [syntax.top(clause.span(group.first, group.last)) for group in groups] if syntax else []
    governed: dict[int, Governed] = {}
    for trigger in triggers:
        for index, voice in _patients(clause, trigger, governed):
            if syntax and voice != "attribute" and _is_of_another(clause, trigger, syntax, heads[index]):
                continue
            if not _may_befall(clause, trigger, index, uncertain):
                continue
            new = Governed(trigger, clause.is_negated(trigger.first), voice)
            old = governed.get(index)
            if old is None or _outranks(new, old):
                governed[index] = new
    if syntax is not None:
        for trigger in triggers:
            for index, voice in _headed(clause, trigger, syntax, heads):
                if index not in governed and _may_befall(clause, trigger, index, uncertain):
                    governed[index] = Governed(trigger, clause.is_negated(trigger.first), voice)
    _inherit(clause, governed)
    return governed


def _may_befall(clause: Clause, trigger: Trigger, index: int, uncertain: frozenset[str]) -> bool:
    """Whether a group may be of those whom a trigger's outcome befell: people, and named ones of some outcomes only."""
    group = clause.groups[index]
    if not clause.counts(group) or (trigger.outcome in uncertain and not group.person and group.of is not None):
        return False
    return not (group.one == "name" and trigger.outcome in uncertain)


def _outranks(new: Governed, old: Governed) -> bool:
    """Whether a second predicate says more of a group: a verb than an adjective or a toll, a death than a wound."""
    if old.voice == "toll" and new.voice in ("passive", "active"):
        return True  # "raised the toll and said that 1,400 were injured"
    if old.voice == "attribute" or new.voice == "attribute":
        return new.voice != "attribute"
    return new.trigger.outcome in ("killed", "released", "rescued") and old.trigger.outcome not in (
        "killed",
        "casualties",
    )


def _patients(clause: Clause, trigger: Trigger, governed: Mapping[int, Governed]) -> list[tuple[int, str]]:
    """The groups that the trigger befalls, each with the voice that the trigger takes it in."""
    taken = [i for i, g in governed.items() if g.voice == "active"]
    match trigger.kind:
        case "noun":
            return _headed_by(clause, trigger)
        case "toll":
            return [(i, "toll") for i in _toll(clause, trigger)]
        case "active" | "nominal":
            return [(i, "active") for i in clause.objects(trigger.last)]
        case "life":
            return [(i, "active") for i in clause.objects(trigger.last) if clause.groups[i].head in ("lives", "life")]
        case "state":
            return _stated(clause, trigger, taken)
        case "subject":
            return [(i, "passive") for i in clause.subjects(trigger.first, taken) + _with_others(clause, trigger)]
        case _:
            return _participle(clause, trigger, governed, taken)


class _Said(NamedTuple):
    """What a tree says of a verb: where it stands, the head of its patient, and whether it is passive."""

    verb: int
    head: int
    passive: bool


def _patient(clause: Clause, trigger: Trigger, syntax: Predicates) -> _Said | None:
    if trigger.kind not in (*VERBS, "state") or trigger.kind == "life":
        return None
    verb = syntax.top(clause.span(trigger.first, trigger.last))
    if verb is None or not syntax.is_predicate(verb):
        return None
    passive = trigger.kind in ("subject", "state") or syntax.is_passive(verb)
    patient = syntax.subject(verb) if passive else syntax.object(verb)
    return None if patient is None else _Said(verb, patient, passive)


def _headed(clause: Clause, trigger: Trigger, syntax: Predicates, heads: Sequence[int | None]) -> list[tuple[int, str]]:
    """The groups that head the phrase of a verb's patient, and those joined to it, by the syntax."""
    said = _patient(clause, trigger, syntax)
    if said is None:
        return []
    joined = {*syntax.joined(said.head)}
    voice = "passive" if said.passive else "active"
    return [(i, voice) for i, group in enumerate(clause.groups) if heads[i] in joined and not group.whole]


def _is_of_another(clause: Clause, trigger: Trigger, syntax: Predicates, head: int | None) -> bool:
    """Whether a phrase is an argument of another verb, while this one has its own patient: "a judge had him jailed"."""
    said = _patient(clause, trigger, syntax)
    own = said and (syntax.tree.above(said.head) == said.verb or syntax.relation(said.verb) in ("xcomp", "acl"))
    if said is None or head is None or not own:
        return False
    argument = syntax.argument(head)
    if argument is None or argument == said.head:
        return False
    return syntax.tree.above(argument) != said.verb and syntax.relation(argument) in ("nsubj", "obj", "iobj")


def _headed_by(clause: Clause, trigger: Trigger) -> list[tuple[int, str]]:
    """ "45 deaths", "20 confirmed deaths": the group whose noun the trigger is."""
    for index, group in enumerate(clause.groups):
        if group.amount is None:
            if group.one == "noun" and group.last == trigger.last:
                return [(index, "noun")]
            continue
        if group.amount.unit:
            continue
        if group.of and group.of[0] <= trigger.first < group.of[1]:
            return [(index, "noun")]
        if group.last <= trigger.first <= group.last + 2:
            between = clause.tokens[group.last : trigger.first]
            stops = clause.classes.preposition | clause.classes.be | clause.classes.joiner
            if all(t.text[0].isalpha() and t.lower not in stops for t in between):
                return [(index, "noun")]
    return []


def _toll(clause: Clause, trigger: Trigger) -> list[int]:
    """The number of a toll: after it, "from 30 to 45" both; before it in "brought to 45 the number of dead"."""
    found: list[int] = []
    for index, group in enumerate(clause.groups):
        if group.amount is None or group.amount.unit or group.person is False:
            continue
        if group.last == trigger.first or (group.last == trigger.first - 1 and clause.word(group.last) == "the"):
            return [index]
        if group.first < trigger.last or group.first > trigger.last + TOLL_REACH:
            continue
        if {";", ":", "when", "after"} & set(clause.words(trigger.last + 1, group.first)):
            break
        found.append(index)
        following = clause.groups[index + 1] if index + 1 < len(clause.groups) else None
        if following and following.of is None and clause.is_listed(clause.groups[index], following):
            continue
        if clause.word(group.first - 1) != "from" and not (following and clause.word(following.first - 1) == "from"):
            break
    return found


def _stated(clause: Clause, trigger: Trigger, taken: list[int]) -> list[tuple[int, str]]:
    if clause.word(trigger.first) == "among" and clause.word(trigger.last) in clause.classes.be:
        return [(i, "active") for i in clause.objects(trigger.last + 1)]
    near = clause.adjacent(trigger.first)
    if near is not None and clause.groups[near].last != clause.before_auxiliaries(trigger.first):
        return [(i, "state") for i in clause.joined_left(near)]
    if clause.before_auxiliaries(trigger.first) < clause.before_adverbs(trigger.first):
        return [(i, "passive") for i in clause.subjects(trigger.first, taken)]
    return [(i, "state") for i in clause.joined_left(near)] if near is not None else []


def _participle(
    clause: Clause, trigger: Trigger, governed: Mapping[int, Governed], taken: list[int]
) -> list[tuple[int, str]]:
    """Those whom "killed" befell: its subject where it is passive, its object where it is active."""
    before = clause.before_adverbs(trigger.first)
    word = clause.word(before - 1)
    if word in clause.classes.be:
        return [(i, "passive") for i in clause.subjects(trigger.first, taken) + _with_others(clause, trigger)]
    objects = clause.objects(trigger.last)
    if word in clause.classes.have or word in clause.classes.relative:
        return [(i, "active") for i in objects]
    near = clause.adjacent(trigger.first)
    if near is not None and _is_attribute(clause.groups[near], trigger):
        return [(near, "attribute")]
    elided = near is not None and clause.groups[near].amount is not None and clause.word(trigger.last) in (",", "and")
    if objects and not elided:
        return [(i, "active") for i in objects]
    if near is not None:
        if _takes_object(clause, trigger.last) and not elided:
            return []
        return [(i, "passive") for i in clause.joined_left(near) + _with_others(clause, trigger)]
    if word == "," and clause.word(trigger.last) in clause.classes.preposition:
        apposed = clause.adjacent(before - 1)
        if apposed is not None and clause.groups[apposed].last == before - 1:
            return [(apposed, "passive")]
    return _shared(clause, trigger, governed) if word in ("and", "or", "then", ",", "but") else []


def _is_attribute(group: Group, trigger: Trigger) -> bool:
    """ "three wounded soldiers": the words of the outcome stand inside the phrase that the number counts."""
    return group.of is not None and group.of[0] <= trigger.first < group.of[1]


def _takes_object(clause: Clause, at: int) -> bool:
    """Whether an object that is no group follows the verb that ends before `at`: "a sniper killed the guard"."""
    if at >= len(clause.tokens):
        return False
    word, written = clause.word(at), clause.tokens[at].text
    if word in clause.classes.determiner | clause.classes.object_pronoun:
        return True
    mixed = any(t.text.islower() for t in clause.tokens)
    return mixed and written[0].isupper() and word not in clause.classes.calendar


def _with_others(clause: Clause, trigger: Trigger) -> list[int]:
    """ "was killed on Monday, along with two of his guards"."""
    for index, group in enumerate(clause.groups):
        if trigger.last < group.first <= trigger.last + JOINED_REACH and not group.whole and clause.counts(group):
            if clause.is_comitative(clause.words(trigger.last, group.first)):
                return clause.joined_right(index)
            if any(clause.word(i) in clause.classes.boundary for i in range(trigger.last, group.first)):
                return []
    return []


def _shared(clause: Clause, trigger: Trigger, governed: Mapping[int, Governed]) -> list[tuple[int, str]]:
    """ "were captured and killed": those whom the verb before it befell, in the same clause."""
    earlier = [t for t in clause.triggers if t.last <= trigger.first and t.kind in VERBS]
    if not earlier or trigger.first - earlier[-1].last > 8:
        return []
    between = range(earlier[-1].last, trigger.first)
    if any(group.first in between and group.amount is not None for group in clause.groups):
        return []
    return [(i, g.voice) for i, g in governed.items() if g.trigger == earlier[-1] and g.voice == "passive"]


def _inherit(clause: Clause, governed: dict[int, Governed]) -> None:
    """Give a group that is named as part of the one before it what befell that one: "12 dead, including two boys"."""
    for index, group in enumerate(clause.groups):
        if index in governed or not clause.counts(group) or group.whole or group.one == "name":
            continue
        earlier = [i for i in governed if i < index and clause.groups[i].last <= group.first]
        if not earlier:
            continue
        last = max(earlier)
        close = group.first - max(clause.groups[last].last, governed[last].trigger.last)
        before = {clause.word(group.first - 2), clause.word(group.first - 1)}
        named = bool(before & (clause.classes.inclusion - {"include", "includes"})) or group.head in ("them", "whom")
        bracketed = group.first in clause.aside and clause.word(group.first - 1) in ("(", "-", "—", "–", "[")
        spelled = clause.word(group.first - 1) in (":", ";") and clause.groups[last].amount is not None
        listed = governed[last].voice == "part" and clause.word(group.first - 1) in ("and", ",")
        if (
            close <= PART_REACH
            and not clause.is_subject(group)
            and (named or bracketed or spelled or (listed and close <= 3))
        ):
            governed[index] = Governed(governed[last].trigger, governed[last].negated, "part")
