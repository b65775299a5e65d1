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


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the actors on each side of a predicate, none twice."""

    subjects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    passive: bool = False


class ClauseWords(msgspec.Struct, frozen=True, kw_only=True):
    """The patterns of `lang/<language>/event_words.toml`, which says what each is for."""

    boundary: re.Pattern[str]
    clause: re.Pattern[str]
    passive: re.Pattern[str]
    agent: re.Pattern[str]
    target: re.Pattern[str]
    owner: re.Pattern[str]
    beside: re.Pattern[str]
    join: re.Pattern[str]
    place: re.Pattern[str]
    ahead: re.Pattern[str]


@cache
def clause_words(language: str) -> ClauseWords:
    """The clause words of a language. Raises RuleError where its file is missing or not whole."""
    patterns = msgspec.convert(read_words(language, "event_words")["patterns"], dict[str, str])
    return ClauseWords(**{name: re.compile(pattern) for name, pattern in patterns.items()})


def sides(text: str, sentence: Span, predicate: Span, named: Named, words: ClauseWords, *, noun: bool) -> Sides:
    """The actors of `named` on each side of a predicate in its sentence."""
    here = [one for one in named if one[0] in sentence and not one[0] & predicate]
    before = [one for one in here if one[0].end <= predicate.start]
    after = [one for one in here if one[0].start >= predicate.end]
    agents = _chain(text, _led_by(text, after, predicate, words.agent), words)
    if noun:
        owners = [one for one in before[-1:] if words.owner.fullmatch(text[one[0].end : predicate.start])]
        targets = _chain(text, _led_by(text, after, predicate, words.target), words)
        return Sides(subjects=_ids(owners or agents), objects=_ids(targets))
    objects = after if after and not words.clause.search(text[predicate.end : after[0][0].start]) else []
    return Sides(
        subjects=_ids(reversed(_chain(text, _subjects(text, before, words), words))),
        objects=_ids(_chain(text, objects, words)),
        agents=_ids(agents),
        passive=bool(words.passive.search(text[sentence.start : predicate.start])),
    )


def _subjects(text: str, before: Named, words: ClauseWords) -> Named:
    """The mentions before a predicate, backwards from its subject: the last that no preposition governs."""
    for at in range(len(before) - 1, -1, -1):
        start = before[at][0].start
        if not words.beside.search(text[max(0, start - _REACH) : start]):
            return before[at::-1]
    return before[:1]


def _led_by(text: str, after: Named, predicate: Span, lead: re.Pattern[str]) -> Named:
    """The mentions behind a predicate from the first that stands behind the words of `lead`."""
    for at, (mention, _) in enumerate(after):
        if lead.search(text[max(predicate.end, mention.start - _REACH) : mention.start]):
            return after[at:]
    return []


def _chain(text: str, mentions: Named, words: ClauseWords) -> Named:
    """The first mention and those joined to it by commas and "and"."""
    kept = mentions[:1]
    for one in mentions[1:]:
        left, right = sorted((kept[-1][0], one[0]))
        if not words.join.fullmatch(text[left.end : right.start]):
            break
        kept.append(one)
    return kept


def _ids(mentions: Iterable[tuple[Span, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for _, id in mentions))
