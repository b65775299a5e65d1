"""Say what a source is: named, unnamed, a group, a document or a medium; on what conditions; whose actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

import msgspec

from onrecord.lang import find_all, load_rules, read_words
from onrecord.layers.overlaps import Overlaps
from onrecord.record import Actor, Span

Kind = Literal["named", "unnamed", "group", "document", "media"]

_NAME = re.compile(r"\s*[A-Z][\w.’'-]+ (?:[\w.’'-]+ )?[A-Z]\w+")
"""A name in an apposition: a spokesman, "Juan Ruiz"."""

_WORD = re.compile(r"\w+(?:[-.’']\w+)*\.?|[^\w\s]")


class SourceWords(msgspec.Struct, frozen=True, kw_only=True):
    """The word lists of `lang/<language>/sources.toml`."""

    document: frozenset[str]
    media: frozenset[str]
    media_before: frozenset[str]
    outlets: frozenset[str]
    unnamed: frozenset[str]
    offices: frozenset[str]
    portfolios: frozenset[str]
    group: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    he_or_she: frozenset[str]
    group_endings: tuple[str, ...]
    surnames_too: frozenset[str]
    definite: frozenset[str]
    plural_ends: tuple[str, ...]
    possessives: tuple[str, ...]
    both_sides: tuple[str, ...]
    articles: frozenset[str]
    ends: frozenset[str]


class Nothing(msgspec.Struct, frozen=True):
    """The right-hand side of a rule that only finds words."""


@cache
def load_source_words(language: str) -> SourceWords:
    """The word lists of a language's sources."""
    return msgspec.convert(read_words(language, "sources")["words"], SourceWords)


def head_phrase(text: str, span: Span, words: SourceWords) -> list[str]:
    """The words of a source up to its head: "a spokesman" of "a spokesman for the port, who …"."""
    found: list[str] = []
    for match in _WORD.finditer(text, span.start, span.end):
        word = match[0]
        if found and (word.lower() in words.ends or word in (",", "(", ";", ":", "—", "–")):
            break
        if any(map(str.isalnum, word)):
            found.append(next((word.removesuffix(end) for end in words.possessives if word.endswith(end)), word))
    return found


def kind_of(text: str, span: Span, words: SourceWords, unnamed: bool = False) -> Kind | None:
    """What kind of source the words of `span` are; None for a pronoun. `unnamed`: it asked for anonymity."""
    phrase = head_phrase(text, span, words)
    if not phrase:
        return None
    head = phrase[-1].lower()
    alone = len(phrase) == 1
    if alone and head in words.pronouns:
        return None
    # one capital word may only open its sentence: "Officials", "Residents"
    capital = phrase[-1][0].isupper() and not (alone and head in words.unnamed | words.group | words.document)
    if not capital and head in words.document:
        return "document"
    if _is_media(phrase, capital, words):
        return "media"
    if unnamed:
        return "unnamed"
    if capital:
        people = (
            len(phrase) <= 2 and (alone or phrase[0].lower() in words.articles) and head.endswith(words.group_endings)
        )
        return "group" if people or head in words.group else "named"
    if head in words.group:
        return "group"
    if head in words.unnamed:
        appositions = span.of(text).split(",")[1:]
        named = any(_NAME.match(apposition) for apposition in appositions) or _tells_holder(span.of(text), head, words)
        return "named" if named else "unnamed"
    if any(word[0].isupper() for word in phrase[1:]) or phrase[0].lower() in words.definite:
        return "named"
    return "group" if head.endswith(words.plural_ends) else "unnamed"


def _tells_holder(source: str, head: str, words: SourceWords) -> bool:
    """Whether an office is followed by what it is of and by a name: "Secretary of State Ana Ruiz"."""
    found = _WORD.findall(source)
    after = next((found[at + 1 :] for at, word in enumerate(found) if word.lower() == head), [])
    width = next((at for at, word in enumerate(after) if word.lower() not in words.portfolios), 0)
    told = any(word.lower() not in words.ends | words.articles for word in after[:width])
    one_of_many = found[0].lower() in words.articles - words.definite
    return head in words.offices and told and after[width][0].isupper() and not one_of_many


def _is_media(phrase: Sequence[str], capital: bool, words: SourceWords) -> bool:
    """Whether the head is a medium's: "state television", "the daily", "CNN", but not "Emily Post"."""
    head = phrase[-1].lower()
    if capital and head.rstrip(".") in words.outlets:
        return not (len(phrase) == 2 and phrase[0].lower() not in words.articles and head in words.surnames_too)
    if head not in words.media:
        return False
    return len(phrase) < 3 or not capital or any(word.lower() in words.media_before for word in phrase[:-1])


def find_conditions(text: str, spans: Iterable[Span], language: str) -> tuple[Span, ...]:
    """The words for the terms on which sources spoke, in order, in some stretches of a text."""
    rules = load_rules(language, "conditions", Nothing).rules
    return tuple(
        Span(found.start, found.end) for span in spans for found in find_all(rules, text, span.start, span.end)
    )


def actor_of(span: Span, mentions: Overlaps[Actor], text: str, words: SourceWords) -> Actor | None:
    """The actor whose mention the source is: one that shares its head, or that it starts with; the longest such.

    A relative pronoun is the actor that is named right before it.
    """
    if span.of(text).lower() in words.relatives:
        before = text[: span.start].rstrip(" ,\n")
        return next(
            (
                actor
                for place, actor in mentions.of(Span(max(len(before) - 1, 0), len(before)))
                if place.end == len(before)
            ),
            None,
        )
    head = head_phrase(text, span, words)
    end = text.find(head[-1], span.start) + len(head[-1]) if head else span.end
    person = bool(head) and head[-1] in words.unnamed
    ranked = [
        ((place.start < end <= place.end, min(place.end, span.end) - max(place.start, span.start)), actor)
        for place, actor in mentions.of(span)
        if place.start < end <= place.end
        or (place.start == span.start and not (person and actor.role and _owns(text, place, words)))
    ]
    if ranked:
        return max(ranked, key=lambda pair: pair[0])[1]
    # "the official MENA news agency" is MENA
    media = (actor for place, actor in mentions.of(span) if place in Span(span.start, end) and actor.sector == "JRN")
    return next(media, None)


def _owns(text: str, mention: Span, words: SourceWords) -> bool:
    """Whether the mention only says whose the source is: "Ruiz's spokesman" is not Ruiz."""
    return text.startswith(words.possessives, mention.end)


def find_issuers(
    source: Span, actors: Sequence[Actor], mentions: Overlaps[Actor], text: str, words: SourceWords
) -> tuple[str, ...]:
    """The ids of those who put out a document: named in its noun phrase, or "both sides" of the report.

    Both sides are the two actors that the report's sentences name most, where they are clear of the third.
    """
    if any(phrase in source.of(text).lower() for phrase in words.both_sides):
        sides = [actor for actor in actors if actor.country or actor.sector]
        counted = sorted(sides, key=lambda actor: -len(actor.mentions))
        clear = len(counted) == 2 or (len(counted) > 2 and len(counted[1].mentions) > len(counted[2].mentions))
        return tuple(actor.id for actor in actors if clear and actor in counted[:2])
    within = {actor.id for place, actor in mentions.of(source) if place in source}
    return tuple(actor.id for actor in actors if actor.id in within)
