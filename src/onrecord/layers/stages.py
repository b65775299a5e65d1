"""How far talks, the text of their deal and a truce have come: what the words say, and whether that has come about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from onrecord.layers.scene import Hit, Scene, ends_before
from onrecord.record import Round

# Sentences at the top of a report, its headline among them, and how much more what they say counts.
_LEAD, _WEIGHT = 4, 3
# What is told of a time so long before the report is history: an earlier deal, a collapse before.
_PAST = timedelta(days=45)
# A truce's course.
_TRUCE = ("proposed", "announced", "in-effect", "violated", "extended", "expired", "ended")
# Characters between a match and the time that it is told of.
_NEAR = 40


def find_stage(scene: Scene, rounds: Sequence[Round], truce: str | None, text: str | None) -> str | None:
    """How far the talks are: what most of the report's words tell, those at its top before others.

    Meetings, the text and the truce tell too. Talks of which nothing is told are under way.
    """
    points: Counter[str] = Counter({"under-way": 1})
    for hit, code in told(scene, "stage"):
        points[code] += _WEIGHT if hit.sentence < _LEAD else 1
    states = {one.state for one in rounds}
    if "postponed" in states:
        points["stalled"] += _WEIGHT
    elif "broken-off" in states:
        points["stalled"] += 2
    if "ongoing" in states or states >= {"held", "planned"}:
        points["under-way"] += 2
    if states == {"planned"}:
        points["not-begun"] += 1
    if any(one.outcome == "agreement" for one in rounds) and text in ("agreed-in-principle", "signed", "ratified"):
        points["concluded"] += 2
    if truce in ("in-effect", "violated", "extended") and text in ("agreed-in-principle", "signed"):
        points["carried-out"] += 2
    return max(points, key=lambda stage: points[stage])


def find_truce(scene: Scene) -> str | None:
    """How a truce stands: the furthest that the report tells of it."""
    codes = [code for _, code in told(scene, "truce")]
    return max(codes, key=_TRUCE.index, default=None)


def find_code(scene: Scene, field: str) -> str | None:
    """The code of a field (format, text): what is told first as so now, for wire reports tell the newest first."""
    return next((code for _, code in told(scene, field)), None)


def told(scene: Scene, field: str) -> Iterator[tuple[Hit, str]]:
    """The codes of a field that the report tells of as so now, in the order of the text."""
    for hit in scene.of(field):
        code = hit.code or _as_it_stands(scene, hit)
        if code and ((hit.right.open is None and hit.code is None) or not is_past(scene, hit)):
            yield hit, code


def _as_it_stands(scene: Scene, hit: Hit) -> str | None:
    """A rule's code where what its words say has come about; else what the rule has for that."""
    right = hit.right
    if right.open is None:
        return right.value
    standing = scene.standing(hit)
    if standing.status in ("happened", "ongoing"):
        return right.value
    if standing.status == "denied":
        return right.denied
    return right.open or None


def is_past(scene: Scene, hit: Hit) -> bool:
    """Whether the nearest time beside a match lies well before the report."""
    here = scene.sentences[hit.sentence].span
    beside = [
        (distance, time)
        for time in scene.times
        if time.span in here and time.interval is not None
        if 0 <= (distance := max(time.span.start - hit.span.end, hit.span.start - time.span.end)) <= _NEAR
    ]
    nearest = min(beside, key=lambda one: one[0], default=None)
    if nearest is None:
        return False
    if scene.today is None:  # a year that a report without a date names is not its own
        return len(nearest[1].value or "") == 4
    return ends_before(nearest[1], scene.today - _PAST)
