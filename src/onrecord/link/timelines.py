"""Make a timeline of reports on one story: the days that matter and the sentences that tell of them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

import msgspec

from onrecord.record import Record, Span
from onrecord.record.story import Moment, Passage

# Set on the ten timelines of four stories in Timeline17 (training/LOG.md, "Timelines").
_LATER = 7  # days: a report that names a day so long past looks back on it
_LOOKING_BACK = 1.5  # such reports weigh more: what is still told of mattered
_HISTORY = 31  # days before the first report of a story from which a day needs two reports that name it
_LEAD = 5  # sentences that open a report
_LEADING = 0.5
_UNNAMED = 0.5  # weight of a sentence that names no day and is taken for the report's own
_WIDEST, _LEAST = (
    38,
    6,
)  # words of a sentence that can be quoted as a line; shorter or longer only where there is no other
_AGAIN = 0.25  # cosine of two sentences of one day from which they tell the same
_REPEATED = 0.4  # how much a line loses for what earlier lines of its day say

_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Vector = dict[str, float]


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that tells of a day: one that it names, or that of its report if it is among its first."""

    passage: Passage
    text: str
    day: str
    reported: str
    place: int
    named: bool
    types: tuple[str, ...] = ()


def find_tellings(record: Record, sentences: Sequence[Span]) -> list[Telling]:
    """What the sentences of a report tell, day by day. Needs the times of the record and the report's day."""
    report = record.report
    told = report.dating.value if report.dating else report.version_created or report.first_created or ""
    days = [(time.span, time.value[:10]) for time in record.times or () if time.value and _DAY.match(time.value)]
    found = []
    for place, span in enumerate(sentences):
        named = sorted({day for at, day in days if at in span})
        types = tuple(sorted({event.type for event in record.events or () if event.span in span}))
        own = [told[:10]] if not named and place < _LEAD and _DAY.match(told) else []
        found += [
            Telling(
                passage=Passage(uri=report.uri, span=span),
                text=report.words(span),
                day=day,
                reported=told[:10] or day,
                place=place,
                named=bool(named),
                types=types,
            )
            for day in named or own
        ]
    return found


def make_timeline(
    tellings: Sequence[Telling], *, days: int, lines: int = 1, families: Mapping[str, str] | None = None
) -> tuple[Moment, ...]:
    """The `days` days that matter most, each with at most `lines` lines, in order of time.

    `families` gives the family of each report (`copies.CopyIndex.families`); without it each report stands for itself.
    """
    by_day: dict[str, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda telling: (telling.reported, telling.passage)):
        by_day[telling.day].append(telling)
    words = {text: _WORD.findall(text.lower()) for text in {telling.text for telling in tellings}}
    spread = Counter(chain.from_iterable(set(words[telling.text]) for telling in tellings))
    rarity = {word: math.log(1 + len(tellings) / count) for word, count in spread.items()}
    chosen = sorted(rank_days(tellings)[:days])
    return tuple(moment for day in chosen for moment in _tell(by_day[day], words, rarity, lines, families or {}))


def rank_days(tellings: Iterable[Telling]) -> list[str]:
    """Days that sentences name, the weightiest first: by reports that do so at the time, in the lead, long after."""
    near: dict[str, set[str]] = defaultdict(set)
    lead: dict[str, set[str]] = defaultdict(set)
    back: dict[str, set[str]] = defaultdict(set)
    told = list(tellings)
    opens = min((telling.reported for telling in told), default="")
    for telling in told:
        age = _days_between(telling.day, telling.reported)
        if not telling.named or age is None or age < 0:
            continue
        (back if age >= _LATER else near)[telling.day].add(telling.passage.uri)
        if telling.place < _LEAD:
            lead[telling.day].add(telling.passage.uri)
    known = {*near, *back} - _background(near, back, opens)
    weight = {
        day: math.log1p(len(near[day]))
        + _LEADING * math.log1p(len(lead[day]))
        + _LOOKING_BACK * math.log1p(len(back[day]))
        for day in known
    }
    return sorted(weight, key=lambda day: (-weight[day], day))


def _background(near: Mapping[str, set[str]], back: Mapping[str, set[str]], opens: str) -> set[str]:
    """Days that one report alone names, long before the first report: a comparison or a piece of history."""
    lone = {day for day in {*near, *back} if len(near.get(day, set()) | back.get(day, set())) < 2}
    return {day for day in lone if (_days_between(day, opens) or 0) > _HISTORY}


def _days_between(earlier: str, later: str) -> int | None:
    try:
        return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    except ValueError:
        return None


def _vector(words: Sequence[str], rarity: Mapping[str, float]) -> Vector:
    weights = {word: rarity[word] for word in words}
    if len(weights) < len(words):
        weights = {word: (1 + math.log(times)) * rarity[word] for word, times in Counter(words).items()}
    length = math.sqrt(sum([weight * weight for weight in weights.values()])) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum([weight * other[word] for word, weight in one.items() if word in other])


def _tell(
    told: Sequence[Telling],
    words: Mapping[str, Sequence[str]],
    rarity: Mapping[str, float],
    lines: int,
    families: Mapping[str, str],
) -> list[Moment]:
    """The lines of one day: near the middle of all that is told of it, near the top of its report, not said before."""
    vectors = [_vector(words[telling.text], rarity) for telling in told]
    fitting = [at for at, telling in enumerate(told) if _LEAST <= len(words[telling.text]) <= _WIDEST]
    middle: Vector = defaultdict(float)
    for at in fitting or range(len(told)):
        for word, weight in vectors[at].items():
            middle[word] += weight * (1.0 if told[at].named else _UNNAMED)
    length = math.sqrt(sum(weight * weight for weight in middle.values())) or 1.0
    score = {
        at: _cosine(vectors[at], middle) / length + 0.1 / (1 + told[at].place) + 0.05 * told[at].named
        for at in fitting or range(len(told))
    }
    chosen: list[int] = []
    while len(chosen) < lines and score:
        again = {at: max((_cosine(vectors[at], vectors[one]) for one in chosen), default=0.0) for at in score}
        best = min(score, key=lambda at: (_REPEATED * again[at] - score[at], at))
        del score[best]
        if again[best] < 0.85:
            chosen.append(best)
    return [_moment(told, vectors, at, families) for at in chosen]


def _moment(told: Sequence[Telling], vectors: Sequence[Vector], line: int, families: Mapping[str, str]) -> Moment:
    """The line with all that tell the same of its day; `told` is in the order of the reports."""
    same = [at for at in range(len(told)) if at == line or _cosine(vectors[at], vectors[line]) >= _AGAIN]
    uris = [told[at].passage.uri for at in same]
    return Moment(
        day=told[line].day,
        passage=told[line].passage,
        told=tuple(dict.fromkeys(told[at].passage for at in same)),
        first=uris[0],
        independent=len({families.get(uri, uri) for uri in uris}),
        types=told[line].types,
    )
