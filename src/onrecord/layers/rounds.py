"""The meetings of talks, held or to come, what they came to, and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from onrecord.layers.scene import Hit, Scene
from onrecord.layers.stages import ends_before
from onrecord.layers.stages import told as codes_told
from onrecord.record import Round, TimeExpression

# Which of a meeting's outcomes is told where its sentence tells of several: "ended without a deal despite progress".
_OUTCOMES = ("partial", "none", "agreement", "progress-claimed")
# What tells of a meeting that a reader's table has, in points, fitted to our own reports: its state, where it is told,
# whether a day is named with it, and whether more than one rule tells of it.
_STATE = {"held": -0.3, "planned": -0.3, "ongoing": -1.7, "postponed": 1.0, "broken-off": 0.5}
_TOP, _NEAR_TOP, _DATED, _OLD, _TWICE, _WEAK = 1.2, 0.5, 0.8, -1.2, 0.7, -0.8
_LEAST, _SECOND = 0.25, 2.2
# Sentences at the top of a report, its headline among them.
_LEAD, _LEADS = 3, 5
# What is told of a time so long before the report is history.
_PAST = timedelta(days=300)


def find_rounds(scene: Scene) -> tuple[Round, ...]:
    """The meetings, of each state the one that most tells of, in the order of the text."""
    told: dict[tuple[str, int], list[Hit]] = {}
    hits = [hit for hit in scene.of("rounds") if not scene.is_headline(hit) and not _is_denied(scene, hit)]
    fallen = [hit.span for hit in hits if _state(hit) in ("postponed", "broken-off")]
    for hit in hits:
        if _state(hit) in ("planned", "ongoing") and any(hit.span in span for span in fallen):
            continue  # "talks that were to open in May have been put off"
        told.setdefault((_state(hit), hit.sentence), []).append(hit)
    ranked = sorted(told, key=lambda key: (-_worth(scene, key[0], told[key]), key[1]))
    chosen: list[tuple[str, int]] = []
    for key in ranked:
        again = any(state == key[0] for state, _ in chosen)
        if _worth(scene, key[0], told[key]) >= (_SECOND if again else _LEAST) and len(chosen) < 3:
            chosen.append(key)
    return tuple(_round(scene, told[key][0], key[0]) for key in sorted(chosen, key=lambda key: told[key][0].span))


def _state(hit: Hit) -> str:
    return hit.code or hit.right.value or "held"


def _worth(scene: Scene, state: str, hits: Sequence[Hit]) -> float:
    """How much tells of a meeting, in points."""
    sentence = scene.sentences[hits[0].sentence].span
    times = [time for time in scene.times if time.span in sentence and time.type in ("DATE", "TIME")]
    old = any(_is_old(scene, time) for time in times)
    top = _TOP if hits[0].sentence < _LEAD else _NEAR_TOP if hits[0].sentence < _LEADS else 0.0
    return (
        _STATE[state]
        + (top * 2 if state == "ongoing" and top == _TOP else top)
        + (_OLD if old else _DATED if times else 0.0)
        + (_TWICE if len({hit.name for hit in hits}) > 1 else 0.0)
        + (_WEAK if all(hit.weak or hit.right.weak for hit in hits) else 0.0)
    )


def _is_old(scene: Scene, time: TimeExpression) -> bool:
    """Whether a time lies well before the report; in a report without a date, whether it is a year."""
    if time.interval is None or time.interval.end is None:
        return False
    if scene.today is None:
        return len(time.value or "") == 4
    return ends_before(time, scene.today - _PAST)


def _round(scene: Scene, hit: Hit, state: str) -> Round:
    sentence = scene.sentences[hit.sentence].span
    here = [time for time in scene.times if time.span in sentence and time.type in ("DATE", "TIME")]
    nearest = min(
        here, key=lambda time: max(time.span.start - hit.span.end, hit.span.start - time.span.end), default=None
    )
    places = scene.places_in([sentence])
    outcome = _outcome(scene, hit, state)
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
    return hit.code is None and hit.right.value in ("planned", "ongoing") and scene.standing(hit).status == "denied"


def _outcome(scene: Scene, hit: Hit, state: str) -> str | None:
    """What a meeting came to, where its own sentence tells of it."""
    if state not in ("held", "ongoing", "broken-off"):
        return None
    here = {code for one, code in codes_told(scene, "outcome") if one.sentence == hit.sentence}
    if hit.right.outcome:
        here.add(hit.right.outcome)
    if here >= {"none", "agreement"}:  # "ended without a deal, but agreed to clear mines"
        return "partial"
    return next((code for code in _OUTCOMES if code in here), None)


def find_venue(scene: Scene) -> tuple[str, ...]:
    """The place of the talks: the first that the rules find."""
    where = (hit.groups["where"] for hit in scene.of("venue") if "where" in hit.groups)
    return next((found[:1] for span in where if (found := scene.places_in([span]))), ())
