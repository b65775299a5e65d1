"""What each side did at the table, what is given under a deal, and who comes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from onrecord.layers.parties import is_nobody, side_of, sides_of, voice_of
from onrecord.layers.scene import ALL, Hit, Scene
from onrecord.layers.stages import is_past
from onrecord.layers.terms import find_given
from onrecord.record import Attendance, Move, Span, Term

# A reader's table has at most so many of each.
_MOVES, _TERMS, _SEATS = 6, 6, 4


# Moves that are none where they are only hoped for, asked for or denied.
_DONE = ("accept", "accept-in-principle", "concede", "suspend", "resume")
_OPEN = ("denied", "possible", "conditional", "called-for", "not-yet", "planned")
# Moves of the other kinds are none where they are only thought possible.
_GUESSED = ("possible",)


def find_moves(scene: Scene, parties: Sequence[str], outside: Collection[str]) -> tuple[Move, ...]:
    """The moves of the sides, each kind of move once for each side and sentence."""
    found: dict[tuple[str, str, int], Move] = {}
    for hit in scene.of("positions"):
        code = hit.right.value or "offer"
        if scene.is_headline(hit) or not scene.does(hit) or (code in _DONE and scene.is_bare(hit)):
            continue
        if scene.standing(hit).status in (_OPEN if code in _DONE else _GUESSED):
            continue
        for party in _movers(scene, hit, parties, outside):
            move = Move(span=scene.reach(hit), party=party, move=code, attribution=scene.word(hit.span))
            found.setdefault((party, code, hit.sentence), move)
    return tuple(found.values())[:_MOVES]


def _movers(scene: Scene, hit: Hit, parties: Sequence[str], outside: Collection[str]) -> Iterator[str]:
    """Whose move a match is: a party, or a body that speaks for one; not a mediator, a bystander or the press."""
    who = scene.who(hit)
    if ALL in who:
        yield from parties
        return
    seats = {scene.actors[id].country for id in parties} - {None}
    sectors = {scene.actors[id].sector for id in parties} - {None, "GOV"}
    for id in dict.fromkeys(voice_of(scene, one) for one in who if one in scene.actors):
        actor = scene.actors[id]
        sits = side_of(scene, id) in parties or actor.country in seats or actor.sector in sectors
        if (sits or actor.country != "IGO") and id not in outside and not is_nobody(scene, actor):
            yield id


def find_terms(scene: Scene) -> tuple[Term, ...]:
    """What is given under a deal, each thing once."""
    found: list[Term] = []
    for hit in sorted(scene.of("offers"), key=lambda hit: "to" not in hit.groups):  # exchanges are told apart first
        giver = next((voice_of(scene, id) for id in scene.who(hit) if id in scene.actors), None)
        per = hit.groups.get("to")
        whats = scene.phrases(hit) if hit.right.phrase else (hit.groups.get("what", hit.span),)
        for what in whats:
            if any(what & known.span for known in found):
                continue
            receiver = next(iter(scene.actors_in([per] if per else [])), None)
            whole = Span(hit.span.start, max(hit.span.end, what.end))
            found.append(
                Term(
                    span=whole,
                    giver=giver,
                    receiver=receiver,
                    what=what,
                    figure=_figure(scene, what),
                    per=per,
                    attribution=scene.word(hit.span),
                )
            )
    for given in find_given(scene):
        same = [at for at, known in enumerate(found) if (known.what or known.span) & given.what]
        for at in same:  # a rule knows the words, the syntax who gives them to whom
            known = found[at]
            found[at] = msgspec.structs.replace(
                known, giver=known.giver or given.giver, receiver=known.receiver or given.receiver
            )
        if same or not scene.tells(given.what):
            continue
        found.append(
            Term(
                span=given.what,
                giver=given.giver,
                receiver=given.receiver,
                what=given.what,
                figure=_figure(scene, given.what),
                attribution=scene.word(given.what),
            )
        )
    return tuple(sorted(found, key=lambda term: term.span)[:_TERMS])


def _figure(scene: Scene, what: Span) -> str | None:
    return next((figure.id for figure in scene.figures if figure.span & what), None)


def find_attendance(scene: Scene, parties: Sequence[str]) -> tuple[Attendance, ...]:
    """Who comes and who does not: each side's state once."""
    found: dict[tuple[str, str], Attendance] = {}
    for hit in scene.of("attendance"):
        if scene.is_headline(hit) or is_past(scene, hit):
            continue
        state = hit.code or hit.right.value or "undecided"
        who = scene.who(hit)
        ids = parties if ALL in who else [voice_of(scene, id) for id in who if id in scene.actors]
        for party in ids:
            beside = hit.code == "attended" and not {party, side_of(scene, party)} & set(parties)
            if beside or is_nobody(scene, scene.actors[party]):  # an observer who came is no point of a report
                continue
            seat = Attendance(
                span=hit.span,
                party=party,
                state=state,  # type: ignore[arg-type]
                condition=hit.groups.get("condition"),
                attribution=scene.word(hit.span),
            )
            found.setdefault((party, seat.state), seat)
    return tuple(found.values())[:_SEATS]


def coming(scene: Scene, seats: Sequence[Attendance]) -> tuple[str, ...]:
    """The sides of those whose coming is told."""
    return sides_of(scene, (seat.party for seat in seats if seat.state != "attended"))
