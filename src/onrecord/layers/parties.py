"""Who sits at the table: the sides of talks, those who bring them together, and which side somebody speaks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from onrecord.lang import load_rules
from onrecord.layers.offices import body_of
from onrecord.layers.scene import ALL, Hit, Scene, TalksRule, talks_words
from onrecord.layers.signs import MOST, OF_NAME, Signs, find_signs
from onrecord.layers.states import is_state
from onrecord.layers.worths import load_worths
from onrecord.record import Actor

# How many are told at most.
_MOST = {"parties": 6, "mediators": 4, "hosts": 2, "guarantors": 4}
# The two likeliest sides need so much less than a third: talks have two as a rule.
PAIR = 0.8
# What the other side needs that makes a move, where only one is told.
_OTHER = -2.0

# Between somebody and whom he speaks for: ", a spokesman for …"
_AFTER = 70

# What is taken for the sum of the signs of one who is no side.
_NO_SIDE = -9.0

_OFFICIAL = ("GOV", "MIL", "LEG", "COP", "SPY", "JUD")


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the actors in each part of the table.

    `worth`: how much speaks for each being one of its parties; `of`: the side that each actor sits on.
    """

    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    hosts: tuple[str, ...]
    guarantors: tuple[str, ...]
    worth: Mapping[str, float]
    of: Mapping[str, str | None]

    def part(self, id: str) -> str:
        """What part somebody plays."""
        side = self.of.get(id)
        if id in self.parties:
            return "party"
        if side in self.parties:
            return "of party"
        if {id, side} & {*self.mediators}:
            return "mediator"
        return "guarantor" if id in self.guarantors else "stranger"


def find_sides(scene: Scene) -> Sides:
    """The table of the talks that a report is about."""
    signs = find_signs(scene)
    listed = tuple(dict.fromkeys(side for hit in scene.of("seats") for side in _sides(scene, hit)))[: _MOST["parties"]]
    between = set(_named(scene, "mediators"))  # whom a rule has between the sides is none of them
    worth = worths(scene, "parties", party_signs(scene, signs))
    worth = {id: points for id, points in worth.items() if id not in between}
    if any(scene.cues):
        parties = listed if len(listed) > 2 else _likeliest(scene, "parties", worth)
    else:  # what signs are worth was learnt with what the encoder says
        named = dict.fromkeys(side for hit in scene.of("parties") for side in _sides(scene, hit))
        parties = listed or tuple(named)[: _MOST["parties"]]
    if len(parties) == 1:
        parties = _with_other_side(scene, parties[0], worth)
    others = other_signs(scene, signs, worth)
    has_syntax = any(tree is not None for tree in scene.trees)

    def tell(part: str) -> tuple[str, ...]:
        return _likeliest(scene, part, worths(scene, part, others)) if has_syntax else _named(scene, part)

    return Sides(
        parties=parties,
        mediators=tell("mediators"),
        hosts=_named(scene, "hosts"),
        guarantors=tell("guarantors"),
        worth=worth,
        of={id: side_of(scene, id) for id in scene.actors},
    )


def _with_other_side(scene: Scene, side: str, worth: Mapping[str, float]) -> tuple[str, ...]:
    """A side and the next likeliest that makes a move: nobody deals alone."""
    movers = {one for hit in scene.of("positions") for one in _sides(scene, hit)} - {side}
    others = [id for id in movers if worth.get(id, _NO_SIDE) >= _OTHER]
    other = max(others, key=lambda id: (worth[id], id), default=None)
    return tuple(sorted((side, other), key=lambda id: scene.actors[id].span)) if other else (side,)


def _named(scene: Scene, part: str) -> tuple[str, ...]:
    """The actors that the rules alone name for a part, without those who stand for nobody."""
    found = dict.fromkeys(id for hit in scene.of(part) for id in scene.who(hit) if id in scene.actors)
    return tuple(id for id in found if not is_nobody(scene, scene.actors[id]))[: _MOST[part]]


def party_signs(scene: Scene, signs: Signs) -> Signs:
    """The signs of each side: its own, and those of who sits on it, without what only tells what kind of name it is."""
    found: Signs = {}
    members: dict[str, int] = defaultdict(int)
    for id, own in signs.items():
        side = side_of(scene, id)
        if side is None:
            continue
        members[side] += 1
        into = found.setdefault(side, defaultdict(float))
        for sign, worth in own.items():
            if id == side or not sign.startswith(OF_NAME):
                into[sign] = min(into[sign] + worth, MOST)
    for side, number in members.items():
        found[side]["members"] = min(number - 1, 3)
    return found


def other_signs(scene: Scene, signs: Signs, parties: Mapping[str, float]) -> Signs:
    """The signs of whoever is named for his part beside the sides, and how like a side he and his own side are."""
    found: Signs = {}
    second = sorted(parties.values(), reverse=True)[:2][-1:] or [0.0]
    for id, own in signs.items():
        if is_nobody(scene, scene.actors[id]):
            continue
        side = side_of(scene, id)
        of_side = parties.get(side or "", _NO_SIDE)
        itself = parties.get(id, _NO_SIDE)
        found[id] = own | {
            "is party": float(itself >= second[0]),
            "of party": float(of_side >= second[0] and side != id),
            "party worth": min(max(itself + 3, 0), 4) / 2,
            "side worth": min(max(of_side + 3, 0), 4) / 2,
        }
    return found


def worths(scene: Scene, part: str, signs: Signs) -> dict[str, float]:
    """The sum of what the signs of each are worth for a part."""
    learnt = load_worths(scene.language)
    return {id: learnt.sum(part, own) for id, own in signs.items()}


def _likeliest(scene: Scene, part: str, worth: Mapping[str, float]) -> tuple[str, ...]:
    """Those with enough signs of a part or named as such, the likeliest few, in the order of the text."""
    ranked = sorted(worth, key=lambda id: (-worth[id], scene.actors[id].span))[: _MOST[part]]
    first = 2 if part == "parties" else 0
    sure = {id for hit in scene.of(part) if hit.right.value == "sure" for id in scene.who(hit)} if first == 0 else set()
    least = load_worths(scene.language).least.get(part, 0.0)
    chosen = [id for at, id in enumerate(ranked) if id in sure or worth[id] >= (least - PAIR if at < first else least)]
    return tuple(sorted(chosen, key=lambda id: scene.actors[id].span))


def _sides(scene: Scene, hit: Hit) -> tuple[str, ...]:
    return sides_of(scene, scene.who(hit))


def sides_of(scene: Scene, ids: Iterable[str]) -> tuple[str, ...]:
    """The sides that some actors sit on, each once."""
    return tuple(dict.fromkeys(side for id in ids if (side := side_of(scene, id))))


def is_nobody(scene: Scene, actor: Actor) -> bool:
    """Whether an actor is only "officials", "reporters": no side and no mediator by themselves."""
    words = actor.name.casefold().split()
    return actor.sector == "JRN" or (bool(words) and words[-1] in scene.words.nobody and actor.country is None)


def side_of(scene: Scene, id: str) -> str | None:
    """The side that an actor sits on: a leader's country, a spokesman's movement, else the actor; None for nobody."""
    id = scene.aliases.get(id, id)
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
