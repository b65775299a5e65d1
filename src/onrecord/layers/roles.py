"""Who stands on which side of a predicate, by the order of the words: subject, object, the "by" of a passive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from onrecord.lang import read_words
from onrecord.record import Span

Named = list[tuple[Span, str]]
"""Mentions of actors in the order of the text, each with the actor's id."""

# How far back a preposition, an article and an adjective before a mention reach.
_REACH = 25
# How far back the words that lead to a mention reach ("against the alleged violations of rights by").
_LEAD_REACH = 60
# How far behind a predicate a place may stand that it falls on ("arrived on Monday in Amman").
_GROUND_REACH = 40


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the actors on each side of a predicate, none twice.

    `told`: it has a subject, even where that names nobody ("three engineers").
    """

    subjects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    passive: bool = False
    told: bool = False


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A predicate's surroundings: its sentence, who and what places are named in the text, where its words end.

    `governs`: what it is about follows in a clause, whose actor it falls on ("demanded that X leave").
    `toward`: it falls rather on the mention behind these words ("offered its troops to X").
    """

    text: str
    span: Span
    named: Named
    places: Named
    until: int
    noun: bool = False
    governs: bool = False
    toward: re.Pattern[str] | None = None


class ClauseWords(msgspec.Struct, frozen=True, kw_only=True):
    """The patterns and words of `lang/<language>/event_words.toml`, which says what each is for."""

    boundary: re.Pattern[str]
    clause: re.Pattern[str]
    passive: re.Pattern[str]
    agent: re.Pattern[str]
    target: re.Pattern[str]
    owner: re.Pattern[str]
    light: re.Pattern[str]
    onto: re.Pattern[str]
    beside: re.Pattern[str]
    join: re.Pattern[str]
    relative: re.Pattern[str]
    pronoun: re.Pattern[str]
    definite: re.Pattern[str]
    takes_up: re.Pattern[str]
    passive_inside: re.Pattern[str]
    by: re.Pattern[str]
    set_off: re.Pattern[str]
    active: re.Pattern[str]
    dative: re.Pattern[str]
    aimed: re.Pattern[str]
    place: re.Pattern[str]
    ahead: re.Pattern[str]
    attributive: re.Pattern[str]
    light_verbs: frozenset[str]
    moving_verbs: frozenset[str]
    toward: frozenset[str]
    into: frozenset[str]
    about: frozenset[str]
    onto_whom: frozenset[str]
    parties: frozenset[str]
    source: frozenset[str]
    at_place: frozenset[str]
    undergone: frozenset[str]


@cache
def clause_words(language: str) -> ClauseWords:
    """The clause words of a language. Raises RuleError where its file is missing or not whole."""
    tables = read_words(language, "event_words")
    patterns = msgspec.convert(tables["patterns"], dict[str, str])
    lists = msgspec.convert(tables["words"], dict[str, frozenset[str]])
    found: dict[str, object] = {name: re.compile(pattern) for name, pattern in patterns.items()}
    return msgspec.convert(found | lists, ClauseWords)


def sides(clause: Clause, predicate: Span, words: ClauseWords) -> Sides:
    """The actors of a clause on each side of its predicate; a place, where it stands as one.

    A mention inside the predicate's own words ("release of the hostages") is acted on.
    """
    text = clause.text
    named = sorted([*clause.named, *(one for one in clause.places if not any(one[0] & n[0] for n in clause.named))])
    before = [one for one in named if one[0].end <= predicate.start and one[0].start >= clause.span.start]
    inside = [one for one in clause.named if one[0] & predicate and one[0].start > predicate.start]
    after = [one for one in named if one[0].start >= predicate.end and one[0].start < clause.until]
    agents = _chain(text, _led_by(text, after, predicate, words.agent), words)
    if clause.noun:
        between = text[before[-1][0].end : predicate.start] if before else ""
        owned = before and (words.owner.fullmatch(between) or words.light.fullmatch(between))
        owners = _chain(text, before[::-1], words)[::-1] if owned else []
        acting = {id for _, id in clause.named}
        targets = inside or _led_by(text, [one for one in after if one[1] in acting], predicate, words.target)
        targets = targets or _led_by(text, after, predicate, words.onto)
        return Sides(subjects=_ids(owners or agents), objects=_ids(_chain(text, targets, words)))
    passive = _is_passive(text, clause.span, predicate, words)
    objects = inside or _objects(clause, after, agents if passive else [], predicate, words)
    return Sides(
        subjects=_ids(reversed(_chain(text, _subjects(text, before, predicate, words), words))),
        objects=_ids(_chain(text, objects, words)),
        agents=_ids(agents),
        passive=passive,
    )


def _objects(clause: Clause, after: Named, agents: Named, predicate: Span, words: ClauseWords) -> Named:
    """The mentions behind a predicate from its object on: the first that is no mere place of the action."""
    text = clause.text
    toward = _led_by(text, after, predicate, clause.toward) if clause.toward else []
    if toward:
        return toward
    free = [one for one in after if one not in agents]
    objects = [one for one in free if not words.place.search(text[predicate.end : one[0].start])]
    objects = objects or [one for one in free if one[0].start < predicate.end + _GROUND_REACH]
    if not objects or (not clause.governs and words.clause.search(text[predicate.end : objects[0][0].start])):
        return []
    return free[free.index(objects[0]) :]


def _is_passive(text: str, sentence: Span, predicate: Span, words: ClauseWords) -> bool:
    """Whether the subject of a predicate is acted on."""
    return not words.active.match(text, predicate.start) and bool(
        words.by.match(text, predicate.end)
        or words.passive_inside.search(predicate.of(text))
        or words.passive.search(text[sentence.start : predicate.start])
    )


def _subjects(text: str, before: Named, predicate: Span, words: ClauseWords) -> Named:
    """The mentions before a predicate, backwards from its subject.

    That is the last which a relative pronoun takes up, or which no preposition governs. Where the pronoun takes up
    words that name nobody ("troops lost the war, which killed"), or a place that it happened in, nobody is named.
    """
    if before and words.relative.match(text, before[-1][0].end, predicate.start):
        start = _chain(text, before[::-1], words)[-1][0].start
        if not words.place.search(text[max(0, start - _REACH) : start]):
            return before[::-1]
    if before and words.pronoun.search(text[before[-1][0].end : predicate.start]):
        return []
    for at in range(len(before) - 1, -1, -1):
        start = before[at][0].start
        if not words.beside.search(text[max(0, start - _REACH) : start]):
            return before[at::-1]
    return before[:1]


def _led_by(text: str, after: Named, predicate: Span, lead: re.Pattern[str]) -> Named:
    """The mentions behind a predicate from the first that stands behind the words of `lead`."""
    for at, (mention, _) in enumerate(after):
        if lead.search(text[max(predicate.end, mention.start - _LEAD_REACH) : mention.start]):
            return after[at:]
    return []


def _chain(text: str, mentions: Named, words: ClauseWords) -> Named:
    """The first mention and those joined to it by commas and "and"."""
    kept = mentions[:1]
    for one in mentions[1:]:
        left, right = sorted((kept[-1][0], one[0]))
        between = text[left.end : right.start]
        if not words.join.fullmatch(between) or (between == ", " and _is_set_off(text, left, mentions, words)):
            break
        kept.append(one)
    return kept


def _is_set_off(text: str, mention: Span, mentions: Named, words: ClauseWords) -> bool:
    """Whether a place before a comma belongs to the words before it: "the negotiator in Y, X"."""
    return mention != mentions[0][0] and bool(words.place.search(text[max(0, mention.start - _REACH) : mention.start]))


def _ids(mentions: Iterable[tuple[Span, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for _, id in mentions))
