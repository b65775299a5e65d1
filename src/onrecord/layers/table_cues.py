"""What the encoder takes for telling something of talks, beside what the rules match."""

from __future__ import annotations

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
_NEVER = 2.0
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
    hits = {field: [hit for hit in found if _is_seen(scene, hit, cues)] for field, found in scene.hits.items()}
    for hit in _hits(scene, cues):
        hits.setdefault(hit.right.field, []).append(hit)
    return msgspec.structs.replace(scene, hits={field: tuple(found) for field, found in hits.items()})


def _is_seen(scene: Scene, hit: Hit, cues: Sequence[Mention]) -> bool:
    kinds = _DOUBTED.get(hit.right.field)
    if kinds is None or hit.right.value == "sticking":
        return True
    spans = [hit.span, *hit.groups.values(), *(scene.phrases(hit) if hit.right.phrase else ())]
    return any(_kind(cue) in kinds and any(cue.span in span for span in spans) for cue in cues)


def _hits(scene: Scene, cues: Sequence[Mention]) -> Iterator[Hit]:
    for number, sentence in enumerate(scene.sentences):
        for cue in (one for one in cues if one.span in sentence.span):
            kind = _kind(cue)
            groups = _groups(scene, number, kind, cue.span) if cue.score >= _FLOORS.get(kind, _NEVER) else {}
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
