"""The meetings of talks, held or to come, what they came to, and where."""

from __future__ import annotations

from onrecord.layers.scene import Hit, Scene
from onrecord.layers.stages import told
from onrecord.record import Round

# A reader's table has at most so many meetings of one state.
_SAME = {"held": 2, "planned": 1, "ongoing": 1, "postponed": 1, "broken-off": 1}
# Which of a meeting's outcomes is told where its sentence tells of several: "ended without a deal despite progress".
_OUTCOMES = ("partial", "none", "agreement", "progress-claimed")


def find_rounds(scene: Scene) -> tuple[Round, ...]:
    """The meetings, one of each state in a sentence, in the order of the text."""
    found: dict[tuple[str, int], Round] = {}
    for hit in scene.of("rounds"):
        state = hit.right.value or "held"
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
    outcome = hit.right.outcome or _outcome(scene, hit, state)
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
    return hit.right.value in ("planned", "ongoing") and scene.standing(hit).status == "denied"


def _outcome(scene: Scene, hit: Hit, state: str) -> str | None:
    """What a meeting came to, where its own sentence tells of it."""
    if state not in ("held", "ongoing", "broken-off"):
        return None
    here = {code for one, code in told(scene, "outcome") if one.sentence == hit.sentence}
    return next((code for code in _OUTCOMES if code in here), None)


def find_venue(scene: Scene) -> tuple[str, ...]:
    """The place of the talks: the first that the rules find."""
    where = (hit.groups["where"] for hit in scene.of("venue") if "where" in hit.groups)
    return next((found[:1] for span in where if (found := scene.places_in([span]))), ())
