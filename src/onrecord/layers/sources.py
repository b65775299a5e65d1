"""Say what a source is: named, unnamed, a group, a document or a medium; on what conditions; whose actor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from onrecord.lang import find_all, load_rules, read_words
from onrecord.record import Actor, Report, Span

Kind = Literal["named", "unnamed", "group", "document", "media"]

_WORD = re.compile(r"\w+(?:[-.’']\w+)*\.?|[^\w\s]")


class SourceWords(msgspec.Struct, frozen=True, kw_only=True):
    """The word lists of `lang/<language>/sources.toml`."""

    document: frozenset[str]
    media: frozenset[str]
    media_before: frozenset[str]
    outlets: frozenset[str]
    unnamed: frozenset[str]
    group: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    he_or_she: frozenset[str]
    group_endings: tuple[str, ...]
    issued: frozenset[str]
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
            found.append(word.removesuffix("’s").removesuffix("'s"))
    return found


def kind_of(text: str, span: Span, words: SourceWords, unnamed: bool = False) -> Kind | None:
    """What kind of source the words of `span` are; None for a pronoun. `unnamed`: it asked for anonymity."""
    phrase = head_phrase(text, span, words)
    if not phrase:
        return None
    head = phrase[-1].lower()
    if len(phrase) == 1 and head in words.pronouns:
        return None
    opens_sentence = len(phrase) == 1 or phrase[0].lower() in words.articles
    capital = phrase[-1][0].isupper() and not (
        len(phrase) == 1 and (head in words.unnamed or head in words.group or head in words.document)
    )
    if not capital and head in words.document:
        return "document"
    if head.rstrip(".") in words.outlets and phrase[-1][0].isupper() and not _is_person(phrase, words):
        return "media"
    if head in words.media and (
        len(phrase) < 3 or any(word.lower() in words.media_before for word in phrase[:-1]) or not capital
    ):
        return "media"
    if unnamed:
        return "unnamed"
    if capital:
        plural = opens_sentence and head.endswith(words.group_endings) and len(phrase) <= 2
        return "group" if plural or head in words.group else "named"
    if head in words.group:
        return "group"
    if head in words.unnamed:
        after = text[span.start : span.end].split(",", 1)
        if any(_ends_in_name(part) for part in after[1:]):
            return "named"
        return "unnamed"
    if any(word[0].isupper() for word in phrase[1:]):
        return "named"
    return (
        "group"
        if head.endswith("s") and not head.endswith("ss")
        else "named"
        if phrase[0].lower() == "the"
        else "unnamed"
    )


def _is_person(phrase: Sequence[str], words: SourceWords) -> bool:
    """Whether an outlet's last word is more likely a person's name: "Emily Post" is two capitals and no article."""
    return (
        len(phrase) == 2
        and phrase[0].lower() not in words.articles
        and phrase[1].lower() in ("post", "herald", "bild", "press")
    )


def _ends_in_name(part: str) -> bool:
    """Whether an apposition is a name: two capitalised words."""
    return re.match(r"\s*[A-Z][\w.’'-]+ (?:[\w.’'-]+ )?[A-Z]\w+", part) is not None


def find_conditions(report: Report, language: str) -> tuple[Span, ...]:
    """The words for the terms on which sources spoke, in order, in all of the report's prose."""
    rules = load_rules(language, "conditions", Nothing).rules
    return tuple(
        Span(found.start, found.end)
        for part in report.prose()
        for found in find_all(rules, report.text, part.span.start, part.span.end)
    )


def actor_of(span: Span, actors: Sequence[Actor], text: str, words: SourceWords) -> Actor | None:
    """The actor whose mention the source is: the one that shares its head, else the longest that it holds first."""
    head = head_phrase(text, span, words)
    end = text.find(head[-1], span.start) + len(head[-1]) if head else span.end
    best: tuple[int, int, Actor] | None = None
    for actor in actors:
        for mention in actor.mentions:
            if mention & span:
                shared = min(mention.end, span.end) - max(mention.start, span.start)
                rank = (2 if mention.start < end <= mention.end else 1 if mention.start == span.start else 0, shared)
                if best is None or rank > best[:2]:
                    best = (*rank, actor)
    if best and best[0] > 0:
        return best[2]
    return None


def actor_before(span: Span, actors: Sequence[Actor], text: str, words: SourceWords) -> Actor | None:
    """The actor that a relative pronoun stands for: the one named right before "who"."""
    if span.of(text).lower() not in words.relatives:
        return None
    for actor in actors:
        for mention in actor.mentions:
            if mention.end <= span.start and not text[mention.end : span.start].strip(" ,\n"):
                return actor
    return None


def find_issuers(report: Report, source: Span, actors: Sequence[Actor], words: SourceWords) -> tuple[str, ...]:
    """The ids of those who put out a document: named in its noun phrase, or "both sides" of the report.

    Both sides are the two actors that the report's sentences name most, where they are clear of the third.
    """
    text = source.of(report.text).lower()
    if any(phrase in text for phrase in words.both_sides):
        counted = sorted(
            ((len(actor.mentions), actor.id) for actor in actors if actor.country or actor.sector), reverse=True
        )
        clear = len(counted) == 2 or (len(counted) > 2 and counted[1][0] > counted[2][0])
        two = {id for _, id in counted[:2]} if clear else set()
        return tuple(actor.id for actor in actors if actor.id in two)
    return tuple(actor.id for actor in actors if any(mention in source for mention in actor.mentions))
