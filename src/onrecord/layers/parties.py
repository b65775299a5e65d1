"""Who sits at the table: the sides of talks, those who bring them together, and which side somebody speaks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

import msgspec

from onrecord.lang import load_rules
from onrecord.layers.offices import body_of
from onrecord.layers.scene import ALL, Hit, Scene, TalksRule, talks_words
from onrecord.layers.states import is_state
from onrecord.record import Actor

# What tells of a side, in points: named as one of the two, as one of those who meet, by a move, near the top.
_BETWEEN, _MEETS, _MOVES, _TOP = 4.0, 2.0, 1.0, 0.5
# A side has at least these points, and this share of the second side's; two sides unless more sit at the table.
_LEAST, _SHARE, _FEW, _MANY = 1.5, 0.75, 3, 6
# Sentences at the top of a report, its headline among them.
_LEAD = 4
# Between somebody and whom he speaks for: ", a spokesman for …"
_AFTER = 70

_OFFICIAL = ("GOV", "MIL", "LEG", "COP", "SPY", "JUD")


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the actors in each part of the table."""

    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    hosts: tuple[str, ...]
    guarantors: tuple[str, ...]


def find_sides(scene: Scene) -> Sides:
    """The table of the talks that a report is about."""
    hosts, guarantors = (_named(scene, scene.of(field), 2) for field in ("hosts", "guarantors"))
    mediators = _named(scene, scene.of("mediators"), 2)
    listed = tuple(dict.fromkeys(side for hit in scene.of("seats") for side in _sides(scene, hit)))
    if len(listed) < 3:
        listed = ()
    between = (one.id for one in scene.actors.values() if (one.role or "").split(" ")[-1] in scene.words.between)
    outside = {*mediators, *between, *(sides_of(scene, mediators) if len(listed) == 0 else ())}
    return Sides(
        parties=listed[:_MANY] or _parties(scene, outside, _MANY if is_many(scene) else _FEW),
        mediators=tuple(one for one in mediators if one not in listed),
        hosts=hosts,
        guarantors=guarantors,
    )


def _parties(scene: Scene, outside: set[str], most: int) -> tuple[str, ...]:
    """The sides with the most points; people by themselves where all of them would be of one side."""
    folded = _points(scene, outside, lambda ids: sides_of(scene, ids))
    if sum(worth >= _LEAST for worth in folded.values()) < 2:
        alone = _points(scene, outside, lambda ids: _themselves(scene, ids))
        folded = alone if sum(worth >= _LEAST for worth in alone.values()) > 1 else folded
    ranked = sorted(folded, key=lambda id: (-folded[id], scene.actors[id].span))
    second = folded[ranked[1]] if len(ranked) > 1 else 0.0
    chosen = [id for id in ranked if folded[id] >= _LEAST]
    kept = [id for at, id in enumerate(chosen) if at < 2 or folded[id] >= max(_BETWEEN, _SHARE * second)]
    return tuple(sorted(kept[:most], key=lambda id: scene.actors[id].span))


def _points(scene: Scene, outside: set[str], fold: Callable[[Iterable[str]], Iterable[str]]) -> dict[str, float]:
    """What tells of each side, in points, without those who are outside."""
    points: dict[str, float] = defaultdict(float)
    for hit in scene.of("parties", "positions"):
        if hit.right.field == "positions" and not scene.does(hit):
            continue
        sure = hit.right.value == "sure"
        worth = _MOVES if hit.right.field == "positions" else _BETWEEN if sure else _MEETS
        for side in fold(scene.who(hit)):
            points[side] += worth if sure or scene.actors[side].country != "IGO" else worth / 2
    lead = scene.sentences[min(_LEAD, len(scene.sentences)) - 1].span.end
    for mention, id in scene.named:
        for side in fold([id]) if mention.start < lead else ():
            points[side] += _TOP if side in points else 0.0
    return {side: worth for side, worth in points.items() if side not in outside and worth > 0}


def _themselves(scene: Scene, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in scene.actors and not is_nobody(scene, scene.actors[id]))


def _sides(scene: Scene, hit: Hit) -> tuple[str, ...]:
    return sides_of(scene, scene.who(hit))


def sides_of(scene: Scene, ids: Iterable[str]) -> tuple[str, ...]:
    """The sides that some actors sit on, each once."""
    return tuple(dict.fromkeys(side for id in ids if (side := side_of(scene, id))))


def _named(scene: Scene, hits: Iterable[Hit], most: int) -> tuple[str, ...]:
    """The actors of some matches, each once, without those who stand for nobody."""
    found = dict.fromkeys(id for hit in hits for id in scene.who(hit) if id in scene.actors)
    return tuple(id for id in found if not is_nobody(scene, scene.actors[id]))[:most]


def is_nobody(scene: Scene, actor: Actor) -> bool:
    """Whether an actor is only "officials", "reporters": no side and no mediator by themselves."""
    words = actor.name.casefold().split()
    return actor.sector == "JRN" or (bool(words) and words[-1] in scene.words.nobody and actor.country is None)


def side_of(scene: Scene, id: str) -> str | None:
    """The side that an actor sits on: a leader's country, a spokesman's movement, else the actor; None for nobody."""
    actor = scene.actors.get(id)
    if id == ALL or actor is None or actor.sector == "JRN":
        return None
    if is_state(actor):
        return scene.lands.get(actor.country or "", id)
    whose = _affiliation(scene, actor)
    if whose is not None:
        return whose
    official = actor.sector in (*_OFFICIAL, None) or (actor.sector == "CVL" and not _is_person(actor))
    land = scene.lands.get(actor.country or "") if official else None
    if land is not None:
        return land
    return None if is_nobody(scene, actor) else id


def is_many(scene: Scene) -> bool:
    """Whether three sides or more are said to sit at the table."""
    return any(hit.right.value == "multilateral" for hit in scene.of("format"))


def _is_person(actor: Actor) -> bool:
    return actor.basis.name == "person phrase"


@cache
def affiliations(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between whom somebody is of and his name, and what stands behind his name and before that."""
    patterns = load_rules(language, "talks", TalksRule).patterns
    staff = "|".join(map(re.escape, sorted(talks_words(language).staff)))
    between, behind = (patterns[name].replace("{staff}", f"(?:{staff})") for name in ("before_name", "behind_name"))
    return re.compile(between), re.compile(behind)


def _affiliation(scene: Scene, actor: Actor) -> str | None:
    """Whom somebody is of, by the words beside: "Portline chairman Ana Ruiz", "Ruiz, a spokesman for Portline"."""
    between, behind = affiliations(scene.language)
    if not _is_person(actor) and not any(word in scene.words.staff for word in actor.name.casefold().split()):
        return None
    for mention in actor.mentions:
        for other, id in scene.named:
            owner = scene.actors[id]
            if owner.id == actor.id or _is_person(owner) or owner.sector == "JRN" or is_nobody(scene, owner):
                continue
            if other in mention or (
                other.end <= mention.start <= other.end + 40 and between.fullmatch(scene.text, other.end, mention.start)
            ):
                return _state_of(scene, owner)
            if mention.end <= other.start <= mention.end + _AFTER and behind.fullmatch(
                scene.text, mention.end, other.start
            ):
                return _state_of(scene, owner)
    body = body_of(scene, actor)
    return _state_of(scene, scene.actors[body]) if body else None


def _state_of(scene: Scene, owner: Actor) -> str:
    """A ministry's country where the report names it, else the owner."""
    official = is_state(owner) or owner.sector in ("GOV", "MIL")
    return scene.lands.get(owner.country or "", owner.id) if official else owner.id


def voice_of(scene: Scene, id: str) -> str:
    """The actor that a move is laid to: a person's or an officer's side; groups and bodies as they are named."""
    actor = scene.actors[id]
    staff = any(word in scene.words.staff for word in actor.name.casefold().split())
    return (side_of(scene, id) or id) if _is_person(actor) or staff else id
