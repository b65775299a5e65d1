"""What the encoder takes for telling something of talks, beside what the rules match."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from onrecord.layers.scene import Hit, Scene, TalksRule, phrase_of
from onrecord.record import CUE, Mention, Mentions, Span

# Cues that count, the chance from which they do, and the field that they tell of; those that are left out did not help
# the rules on dev or on our own reports (training/LOG.md).
_FLOORS: Mapping[str, float] = {
    "venue": 0.3, "aim": 0.5, "issue": 0.6, "sticking": 0.45, "precedent": 0.4,
}  # fmt: skip
_FIELDS = {
    "venue": "venue", "aim": "aims",
    "issue": "issues", "sticking": "issues", "precedent": "precedents",
}  # fmt: skip
# What a rule's match for a field must hold: a word of which the encoder thinks at all that it tells of one of these.
# What is said to stick is not doubted.
_DOUBTED: Mapping[str, tuple[str, ...]] = {"aims": ("aim", "issue"), "issues": ("issue", "sticking", "term")}


def add_cues(scene: Scene, seen: Mentions) -> Scene:
    """The scene with the encoder's cues among its hits, and without rules' matches that the encoder sees nothing in.

    A report that was not encoded keeps all that the rules match.
    """
    cues = [one for one in seen.spans if one.kind.startswith(CUE)]
    if not cues:
        return scene
    starts = [sentence.span.start for sentence in scene.sentences]
    by_sentence: dict[int, list[Mention]] = {}
    for cue in cues:
        by_sentence.setdefault(bisect_right(starts, cue.span.start) - 1, []).append(cue)
    hits = {
        field: [hit for hit in found if _is_seen(scene, hit, by_sentence.get(hit.sentence, ()))]
        for field, found in scene.hits.items()
    }
    for number, here in by_sentence.items():
        for hit in _hits(scene, number, here):
            hits.setdefault(hit.right.field, []).append(hit)
    return msgspec.structs.replace(scene, hits={field: tuple(found) for field, found in hits.items()})


def _is_seen(scene: Scene, hit: Hit, cues: Sequence[Mention]) -> bool:
    """Whether one of the cues of its sentence stands in what a match is about, or nothing needs to."""
    kinds = _DOUBTED.get(hit.right.field)
    if kinds is None or hit.right.value == "sticking":
        return True
    spans = [hit.span, *hit.groups.values(), *(scene.phrases(hit) if hit.right.phrase else ())]
    return any(_kind(cue) in kinds and any(cue.span in span for span in spans) for cue in cues)


def _hits(scene: Scene, number: int, cues: Sequence[Mention]) -> Iterator[Hit]:
    """What the cues of a sentence tell, as if rules had matched there."""
    for cue in cues:
        kind = _kind(cue)
        groups = _groups(scene, number, kind, cue.span) if kind in _FLOORS and cue.score >= _FLOORS[kind] else {}
        if groups:
            right = TalksRule(field=_FIELDS[kind], value="sticking" if kind == "sticking" else None)
            yield Hit(right=right, name=cue.kind, span=cue.span, sentence=number, groups=groups)


def _kind(cue: Mention) -> str:
    return cue.kind.removeprefix(CUE).partition(":")[0]


def _groups(scene: Scene, number: int, kind: str, span: Span) -> dict[str, Span]:
    """The words that a cue is about, as a rule would name them; none where there are none."""
    if kind == "venue":
        held = [mention for mention, _ in scene.grounds if span in mention]
        return {"where": max(held, key=len)} if held else {}
    tree = scene.trees[number]
    at = tree.top(span) if tree is not None else None
    return {"what": phrase_of(tree, at)} if tree is not None and at is not None else {}
