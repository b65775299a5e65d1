"""What each side did at the table, and who comes. Whose a move is, is weighed among all who stand round its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.layers.answers import Answer, Ground, choose
from onrecord.layers.parties import is_nobody, side_of, sides_of, voice_of
from onrecord.layers.scene import ALL, Hit, Scene, TalksRule
from onrecord.layers.stages import is_past
from onrecord.layers.worths import Signs
from onrecord.record import CUE, Attendance, Move

# A reader's table has at most so many of each.
MOST_MOVES, _SEATS = 6, 4
# Actors of a sentence, nearest to the words, of whom it may be.
_NEAR = 5


def find_moves(ground: Ground) -> tuple[Move, ...]:
    """The moves of the sides."""
    scene = ground.scene
    found = choose(scene, "moves", moves(ground), MOST_MOVES, is_one_move)
    return tuple(
        Move(
            span=scene.reach(one.hits[0]),
            party=one.actor or "",
            move=one.code or "offer",
            attribution=scene.word(one.span),
        )
        for one in found
    )


def is_one_move(first: Answer, second: Answer) -> bool:
    """Whether a move shuts another out: the same told in the same sentence, or the same words laid to another."""
    if first.sentence != second.sentence:
        return False
    if (first.actor, first.code) == (second.actor, second.code):
        return True
    both = "by subject" in first.signs and "by subject" in second.signs
    return bool(first.span & second.span) and first.code == second.code and not both


def moves(ground: Ground) -> Iterator[Answer]:
    """Every move that somebody might have made, with its signs."""
    scene = ground.scene
    hits = [(hit, hit.right.value or "offer") for hit in scene.of("positions")]
    hits += [(hit, hit.right.value or "") for hit in _by_encoder(scene)]
    told: dict[tuple[str, int, str], tuple[list[Hit], Signs]] = {}
    for hit, code in hits:
        if scene.is_headline(hit):  # the body says it again
            continue
        signs: Signs = {f"code {code}": 1.0}
        if not scene.does(hit):
            signs["no doing"] = 1.0
        if scene.is_bare(hit):
            signs |= {"bare": 1.0, f"bare {code}": 1.0}
        for id, how in _round(ground, hit).items():
            held, noted = told.setdefault((code, hit.sentence, id), ([], {}))
            held.append(hit)
            for sign, much in (*signs.items(), *how.items()):
                noted[sign] = max(noted.get(sign, 0.0), much)
    before: set[tuple[str, str]] = set()
    for (code, number, id), (held, noted) in sorted(told.items(), key=lambda one: (one[1][0][0].span, one[0])):
        first = held[0]
        whole = ground.signs(number, first.span, held) | noted
        whole |= ground.cues(number, scene.reach(first), "reach") | _coded(whole, "stands ", code)
        if (id, code) in before:
            whole["told before"] = 1.0
        before.add((id, code))
        yield Answer(slot="moves", span=first.span, sentence=number, code=code, actor=id, hits=tuple(held), signs=whole)


def _by_encoder(scene: Scene) -> Iterator[Hit]:
    """What the encoder takes for a move, as a rule would have matched it."""
    for number, cues in enumerate(scene.cues):
        for cue in cues:
            name, _, code = cue.kind.removeprefix(CUE).partition(":")
            if name == "move":
                right = TalksRule(field="positions", value=code, who="subject")
                yield Hit(right=right, name=cue.kind, span=cue.span, sentence=number, groups={})


def _coded(signs: Signs, beginning: str, code: str) -> Signs:
    """Signs that tell more for some codes than for others."""
    return {f"{sign} {code}": much for sign, much in signs.items() if sign.startswith(beginning)}


def _round(ground: Ground, hit: Hit) -> dict[str, Signs]:
    """Whose the words of a match might be, each with how he stands to them."""
    scene, sides = ground.scene, ground.sides
    found: dict[str, Signs] = {}

    def add(id: str | None, how: str) -> None:
        if id is None or id not in scene.actors:
            return
        voice = voice_of(scene, id)
        if not is_nobody(scene, scene.actors[voice]):
            found.setdefault(voice, {})[f"by {how}"] = 1.0

    who = scene.who(hit)
    for id in sides.parties if ALL in who else who:
        add(id, "subject")
        add(id, "all" if ALL in who else "subject")
    add(scene.speaker(hit.span), "speaker")
    sentence = scene.sentences[hit.sentence].span
    beside = [(mention, id) for mention, id in scene.named if mention in sentence]
    before = [id for mention, id in reversed(beside) if mention.end <= hit.span.start]
    behind = [id for mention, id in beside if mention.start >= hit.span.end]
    for order, id in enumerate(before[:_NEAR]):
        add(id, "nearest before" if order == 0 else "before")
    for order, id in enumerate(behind[:_NEAR]):
        add(id, "nearest behind" if order == 0 else "behind")
    told = "subject told" if any("by subject" in signs for signs in found.values()) else "no subject"
    for id, signs in found.items():
        signs |= _of_actor(ground, id)
        signs |= {f"{told}, {sign}": 1.0 for sign in list(signs) if sign.startswith("by ")}
    return found


def _of_actor(ground: Ground, id: str) -> Signs:
    """What part somebody plays who might have made a move."""
    scene, sides = ground.scene, ground.sides
    side = sides.of.get(id)
    worth = max(sides.worth.get(side or "", -9.0), sides.worth.get(id, -9.0))
    signs: Signs = {f"his part {sides.part(id)}": 1.0, "his worth": min(max(worth + 3, 0.0), 5.0) / 2}
    if scene.actors[id].country == "IGO":
        signs["a body of states"] = 1.0
    return signs


def find_attendance(scene: Scene, parties: Sequence[str]) -> tuple[Attendance, ...]:
    """Who comes and who does not, as rules tell it: each side's state once.

    Weighed like moves they came out worse (training/LOG.md).
    """
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
