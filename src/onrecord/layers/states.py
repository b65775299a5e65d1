"""The countries and capitals that a report names, as actors at a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.gazetteer import open_gazetteer
from onrecord.record import Actor, Basis, Mentions, Place, Span

STATE = "country phrase"


def is_state(actor: Actor) -> bool:
    """Whether an actor is a country, by its name or the name of its people."""
    return actor.basis.name == STATE and actor.country is not None


def countries(places: Iterable[Place], actors: Sequence[Actor]) -> Iterator[Actor]:
    """The countries that the report names as places where no actor is named, as actors with the place's id."""
    for place in places:
        free = tuple(m for m in place.mentions if not any(m & own for actor in actors for own in actor.mentions))
        if place.country and "PCL" in (place.feature or "") and free:
            yield _state(place, free)


def capitals(places: Iterable[Place]) -> Iterator[Actor]:
    """The capitals that the report names, each as the government in it: "Ankara's refusal"."""
    return (_state(place, place.mentions) for place in places if place.country and "PPLC" in (place.feature or ""))


def _state(place: Place, mentions: tuple[Span, ...]) -> Actor:
    country = open_gazetteer().long_code(place.country or "")
    return Actor(id=place.id, name=place.name, mentions=mentions, basis=Basis(by="rule", name=STATE), country=country)


def lands_of(actors: Iterable[Actor], seen: Mentions) -> dict[str, str]:
    """Who stands for each country: the country by a noun, else its government, else its people."""
    ranked: dict[str, tuple[int, str]] = {}
    nouns = {word.span.start for word in seen.words if word.pos != "ADJ"}
    for actor in actors:
        named = any(mention.start in nouns for mention in actor.mentions)
        if is_state(actor) and named:
            rank = 3 if actor.id.startswith("p") else 0 if actor.sector is None else 1
        elif actor.sector == "GOV" and actor.basis.name in ("org phrase", "body phrase"):
            rank = 2
        elif actor.sector == "CVL" and actor.basis.name == "group phrase" and len(actor.name.split()) < 3:
            rank = 4
        else:
            continue
        if actor.country and (actor.country not in ranked or rank < ranked[actor.country][0]):
            ranked[actor.country] = rank, actor.id
    return {country: id for country, (_, id) in ranked.items()}
