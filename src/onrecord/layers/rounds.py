"""The meetings of talks, held or to come, and what they came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.layers.answers import Answer, Ground, choose
from onrecord.layers.scene import Hit, Scene, TalksRule
from onrecord.layers.stages import told as codes_told
from onrecord.layers.worths import Signs
from onrecord.record import CUE, Round

# Which of a meeting's outcomes is told where its sentence tells of several: "ended without a deal despite progress".
_OUTCOMES = ("partial", "none", "agreement", "progress-claimed")
# A reader's table has at most so many.
MOST_ROUNDS = 3


def find_rounds(ground: Ground) -> tuple[Round, ...]:
    """The meetings, in the order of the text."""
    scene = ground.scene
    found = choose(scene, "rounds", rounds(ground), MOST_ROUNDS, is_one_round)
    return tuple(_round(scene, one.hits[0], one.code or "held") for one in found)


def is_one_round(first: Answer, second: Answer) -> bool:
    """Whether two states are told by the same words: a meeting has one."""
    return any(one.span & other.span for one in first.hits for other in second.hits)


def rounds(ground: Ground) -> Iterator[Answer]:
    """Every meeting that a sentence might tell of, with its signs."""
    scene = ground.scene
    told: dict[tuple[int, str], list[Hit]] = {}
    for hit in (*scene.of("rounds"), *_by_encoder(scene)):
        if not scene.is_headline(hit):  # the body says it again
            told.setdefault((hit.sentence, _state(hit)), []).append(hit)
    fallen = [hit.span for (_, state), hits in told.items() if state in ("postponed", "broken-off") for hit in hits]
    before: set[str] = set()
    for (number, state), found in sorted(told.items(), key=lambda one: (one[0][0], one[1][0].span)):
        hits = sorted(found, key=_by_guess)
        signs = ground.signs(number, hits[0].span, hits)
        for hit in hits[1:]:
            for name, much in ground.cues(number, hit.span, "cue").items():
                signs[name] = max(much, signs.get(name, 0.0))
        signs |= _more(scene, number, state, hits)
        if state in ("planned", "ongoing") and any(hit.span in span for span in fallen for hit in hits):
            signs["fallen through"] = 1.0  # "talks that were to open in May have been put off"
        if state in before:
            signs |= {"told before": 1.0, f"told before {state}": 1.0}
        before.add(state)
        signs |= {f"beside {other}": 1.0 for at, other in told if at == number and other != state}
        yield Answer(slot="rounds", span=hits[0].span, sentence=number, code=state, hits=tuple(hits), signs=signs)


def _by_encoder(scene: Scene) -> Iterator[Hit]:
    """What the encoder takes for a meeting, as a rule would have matched it."""
    for number, cues in enumerate(scene.cues):
        for cue in cues:
            name, _, state = cue.kind.removeprefix(CUE).partition(":")
            if name == "round":
                right = TalksRule(field="rounds", value=state)
                yield Hit(right=right, name=cue.kind, span=cue.span, sentence=number, groups={})


def _more(scene: Scene, number: int, state: str, hits: Sequence[Hit]) -> Signs:
    """What tells of a meeting by its state."""
    signs: Signs = {f"state {state}": 1.0}
    if any(hit.code is not None for hit in hits):
        signs["by its course"] = 1.0
    signs |= {f"stands {scene.standing(hit).status} {state}": 1.0 for hit in hits}
    signs |= {f"outcome {code}": 1.0 for one, code in codes_told(scene, "outcome") if one.sentence == number}
    sentence = scene.sentences[number].span
    times = [time for time in scene.times if time.span in sentence and time.type in ("DATE", "TIME")]
    if times:
        signs[f"{'old' if any(scene.is_old(time) for time in times) else 'dated'} {state}"] = 1.0
    place = "top" if number < 3 else "near top" if number < 5 else "below"
    return signs | {f"{place} {state}": 1.0}


def _by_guess(hit: Hit) -> bool:
    """Whether the encoder alone takes words for a meeting."""
    return hit.name.startswith(CUE)


def _state(hit: Hit) -> str:
    return hit.code or hit.right.value or "held"


def _round(scene: Scene, hit: Hit, state: str) -> Round:
    sentence = scene.sentences[hit.sentence].span
    here = [time for time in scene.times if time.span in sentence and time.type in ("DATE", "TIME")]
    nearest = min(
        here, key=lambda time: max(time.span.start - hit.span.end, hit.span.start - time.span.end), default=None
    )
    places = scene.places_in([sentence])
    outcome = _outcome(scene, hit, state)
    return Round(
        span=scene.reach(hit) if _by_guess(hit) else hit.span,
        state=state,  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        time=nearest.id if nearest else None,
        place=places[0] if places else None,
        attribution=scene.word(hit.span),
    )


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
