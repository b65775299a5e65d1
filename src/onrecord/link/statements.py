"""Say who says what over time, across reports, and where someone's position changed."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from onrecord.link.names import match_actors
from onrecord.link.series import report_day
from onrecord.record import Actor, Attribution, Record
from onrecord.record.story import Passage, Shift, Speaker, Statement

OPPOSED: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        frozenset({"agrees", "supports", "confirms", "plans", "wants", "vows"}),
        frozenset({"denies", "opposes", "doubts"}),
    ),
)
_TAKEN = frozenset[str]().union(*(side for pair in OPPOSED for side in pair))
"""Stances that one can be opposed to: a statement without one changes no position."""

_ISSUE = 0.3  # cosine of two statements from which they are on one issue
_WORD = re.compile(r"\w+")

Vector = dict[str, float]


def find_speakers(records: Sequence[Record], copies: Collection[str] = ()) -> tuple[Speaker, ...]:
    """The actors whose words the reports give, those who say most first; reports in `copies` are left out.

    Who is who in several reports is what `names.match_actors` says.
    """
    said: dict[str, list[tuple[Actor, Statement, str]]] = defaultdict(list)
    kept = [record for record in records if record.report.uri not in copies]
    names = match_actors(kept)
    for record in sorted(kept, key=lambda record: (report_day(record.report) or "", record.report.uri)):
        actors = {actor.id: actor for actor in record.actors or ()}
        for attribution in record.attributions or ():
            actor = actors.get(attribution.source.actor or "")
            if actor and attribution.content:
                words = " ".join(record.report.words(span) for span in attribution.content)
                said[names[record.report.uri, actor.id]].append((actor, _statement(record, attribution), words))
    speakers = [_speaker(name, rows) for name, rows in said.items()]
    return tuple(sorted(speakers, key=lambda speaker: (-len(speaker.statements), speaker.name)))


def _statement(record: Record, attribution: Attribution) -> Statement:
    return Statement(
        uri=record.report.uri,
        attribution=attribution.id,
        content=tuple(Passage(uri=record.report.uri, span=span) for span in attribution.content),
        day=report_day(record.report),
        stance=attribution.stance,
    )


def _speaker(name: str, rows: Sequence[tuple[Actor, Statement, str]]) -> Speaker:
    statements = tuple(statement for _, statement, _ in rows)
    country = next((actor.country for actor, _, _ in rows if actor.country), None)
    return Speaker(name=name, country=country, statements=statements, shifts=_shifts(rows))


def _shifts(rows: Sequence[tuple[Actor, Statement, str]]) -> tuple[Shift, ...]:
    """Each statement that opposes the last of its speaker on the same issue."""
    stances = {statement.stance for _, statement, _ in rows}
    if not any(_opposed(one, other) for one in stances for other in stances):
        return ()
    bags = [Counter(word for word in _WORD.findall(words.lower()) if len(word) > 3) for _, _, words in rows]
    spread = Counter(word for bag in bags for word in bag)
    vectors = [_vector(bag, spread, len(bags)) for bag in bags]
    found = []
    for at, (_, after, _) in enumerate(rows):
        if after.stance not in _TAKEN:
            continue
        for back in range(at - 1, -1, -1):
            before = rows[back][1]
            if before.uri != after.uri and _cosine(vectors[at], vectors[back]) >= _ISSUE:
                if _opposed(before.stance, after.stance):
                    found.append(Shift(before=before, after=after))
                break
    return tuple(found)


def _opposed(one: str | None, other: str | None) -> bool:
    return any((one in yes and other in no) or (one in no and other in yes) for yes, no in OPPOSED)


def _vector(bag: Mapping[str, int], spread: Mapping[str, int], total: int) -> Vector:
    weights = {word: times * math.log(1 + total / spread[word]) for word, times in bag.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
