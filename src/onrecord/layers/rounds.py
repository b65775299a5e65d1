"""The meetings of talks, held or to come, and how far the talks, their text and a truce have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.layers.scene import Hit, Scene
from onrecord.record import Round

# A reader's table has at most so many meetings of one state.
_SAME = {"held": 2, "planned": 1, "ongoing": 1, "postponed": 1, "broken-off": 1}
# Sentences at the top of a report, its headline among them; what they say of the stage counts so many times.
_LEAD, _WEIGHT = 4, 3


def find_rounds(scene: Scene) -> tuple[Round, ...]:
    """The meetings, one of each state in a sentence, in the order of the text."""
    found: dict[tuple[str, int], Round] = {}
    for hit in scene.of("rounds"):
        state = hit.rule.right.value or "held"
        same = sum(known[0] == state for known in found)
        if (
            (state, hit.sentence) not in found
            and same < _SAME[state]
            and not scene.is_headline(hit)
            and not _is_denied(scene, hit)
        ):
            found[state, hit.sentence] = _round(scene, hit, state)
    return tuple(found.values())


def _round(scene: Scene, hit: Hit, state: str) -> Round:
    sentence = scene.sentences[hit.sentence].span
    here = [time for time in scene.times if time.span in sentence and time.type in ("DATE", "TIME")]
    nearest = min(
        here, key=lambda time: max(time.span.start - hit.span.end, hit.span.start - time.span.end), default=None
    )
    places = scene.places_in([sentence])
    outcome = hit.rule.right.outcome or _outcome(scene, hit, state)
    return Round(
        span=hit.span,
        state=state,  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        time=nearest.id if nearest else None,
        place=places[0] if places else None,
        attribution=scene.word(hit.span),
    )


def _is_denied(scene: Scene, hit: Hit) -> bool:
    """Whether a meeting is said not to come about."""
    return hit.rule.right.value in ("planned", "ongoing") and scene.standing(hit).status == "denied"


def _outcome(scene: Scene, hit: Hit, state: str) -> str | None:
    """What a meeting came to, where its own sentence tells of it."""
    if state not in ("held", "ongoing", "broken-off"):
        return None
    return next((one.rule.right.value for one in scene.of("outcome") if one.sentence == hit.sentence), None)


def find_venue(scene: Scene) -> tuple[str, ...]:
    """The place of the talks: the first that the rules find."""
    where = (hit.groups["where"] for hit in scene.of("venue") if "where" in hit.groups)
    return next((found[:1] for span in where if (found := scene.places_in([span]))), ())


def find_stage(scene: Scene, rounds: Sequence[Round], truce: str | None, text: str | None) -> str | None:
    """How far the talks are: what most of the report's words tell, those at its top before others."""
    points: Counter[str] = Counter()
    for hit in scene.of("stage"):
        points[hit.rule.right.value or ""] += _WEIGHT if hit.sentence < _LEAD else 1
    states = {one.state for one in rounds}
    if states & {"broken-off", "postponed"}:
        points["stalled"] += 2
    if states & {"ongoing", "planned"}:
        points["under-way"] += 2
    points["under-way"] += 1
    if truce in ("in-effect", "violated", "extended") and text in ("agreed-in-principle", "signed"):
        points["carried-out"] += 2
    return max(points, key=lambda stage: points[stage])


def first_code(scene: Scene, field: str) -> str | None:
    """The value that the report gives first: wire reports tell the newest first."""
    return next((hit.rule.right.value for hit in scene.of(field)), None)
