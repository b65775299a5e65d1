"""Tell where a figure counts: at one place, at several named together, or at one that its sentence leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from onrecord.record import Figure, Place, Record, Span

_BEFORE, _AFTER = 220, 110  # characters around a figure that stand for its sentence where that is not known
_LINK = 30  # characters between two places that can be named together


class ScopeWords(msgspec.Struct, frozen=True, kw_only=True):
    """A language's words: between places named together, before a place that owns what is counted, for a place told."""

    joining: tuple[str, ...] = ()
    owning: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Where a figure counts: `places` of one place or of several named together; none where its words name none.

    `whole` is whether they say that it is of all places ("both bombings", "in all").
    """

    places: tuple[Place, ...] = ()
    whole: bool = False


class _Mention(msgspec.Struct, frozen=True, kw_only=True):
    span: Span
    place: Place
    owns: bool


def find_scope(record: Record, figure: Figure, sentence: Span | None, words: ScopeWords) -> Scope:
    """The places of a figure as its sentence names them.

    The record's own place stands, unless it only owns what is counted ("the U.S. embassy", "embassies of the United
    States"): then it is the only other place of the sentence. With it stand those that are named together with it.
    Where the sentence names none and says "there", it is the last place before.
    """
    text = record.report.text
    if sentence is None:
        sentence = Span(max(figure.span.start - _BEFORE, 0), min(figure.span.end + _AFTER, len(text)))
    said = text[sentence.start : sentence.end].lower()
    mentions = list(_mentions(record, sentence, words))
    chains = list(_chains(text, [one for one in mentions if not one.owns], words))
    whole = bool(words.together) and _any_of(words.together).search(said) is not None
    held = [chain for chain in chains if figure.place in {one.place.id for one in chain}]
    owned = any(one.owns and one.place.id == figure.place for one in mentions)
    if held:
        return Scope(places=_places(held[0]), whole=whole)
    if owned or figure.place is None:
        return _unheld(record, figure, sentence, chains if owned else [], whole, words)
    place = next((place for place in record.places or () if place.id == figure.place), None)
    return Scope(places=(place,) if place else (), whole=whole)


@lru_cache(maxsize=8)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of some words whole."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _unheld(
    record: Record,
    figure: Figure,
    sentence: Span,
    chains: Sequence[Sequence[_Mention]],
    whole: bool,
    words: ScopeWords,
) -> Scope:
    """The scope of a figure whose own place says nothing."""
    if len(chains) == 1:
        return Scope(places=_places(chains[0]), whole=whole)
    text = record.report.text
    if not chains and any(text[figure.span.end : sentence.end].lower().count(f" {word}") for word in words.there):
        before = [one for one in _mentions(record, Span(0, sentence.start), words) if not one.owns]
        told = list(_chains(text, before, words))
        if told and len(_countries(told[-1])) == 1:
            return Scope(places=_places(told[-1]), whole=whole)
    return Scope(whole=whole)


def _mentions(record: Record, within: Span, words: ScopeWords) -> Iterator[_Mention]:
    """The places named in a stretch of the text, in its order."""
    text = record.report.text
    found = sorted(
        (span, place.id, place) for place in record.places or () for span in place.mentions if span in within
    )
    for span, _, place in found:
        before = text[max(within.start, span.start - 12) : span.start].lower()
        owner = any(before.endswith(f" {word} ") for word in words.owning)
        abbreviated = text[span.start : span.end].endswith(".") and text[span.end : span.end + 2].strip().isalpha()
        yield _Mention(span=span, place=place, owns=owner or abbreviated)


def _chains(text: str, mentions: Sequence[_Mention], words: ScopeWords) -> Iterator[list[_Mention]]:
    """Mentions that are named together: with nothing between them but punctuation and words that join."""
    chain: list[_Mention] = []
    for one in mentions:
        between = text[chain[-1].span.end : one.span.start] if chain else ""
        bare = [word for word in re.findall(r"\w+", between.lower()) if word not in words.joining]
        if chain and (bare or len(between) > _LINK or re.search(r"[.!?;:]\s", between)):
            yield chain
            chain = []
        chain.append(one)
    if chain:
        yield chain


def _countries(chain: Sequence[_Mention]) -> set[str]:
    return {one.place.country or one.place.name for one in chain}


def _places(chain: Sequence[_Mention]) -> tuple[Place, ...]:
    """The places of a chain, each country's first: "Nairobi, Kenya" is Nairobi."""
    first: dict[str, Place] = {}
    for one in chain:
        first.setdefault(one.place.country or one.place.name, one.place)
    return tuple(first.values())
