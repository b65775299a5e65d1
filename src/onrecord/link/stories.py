"""Group reports into stories as they come: one at a time, the same way each time, under ids that stay.

A new report is compared with those that share its rarest words. How like two reports are is a sum of four cosines
(words, names, opening, headline), less half of how like each is to its own nearest reports: in a dense field, where
all share a topic, two must be nearer to be one story. The stories that it touches are then clustered again by average
linkage, so that the order of arrival matters little: a report that opened a story of its own joins the one that it
belongs to when the reports between them have come. A story keeps its id as long as most of it stays together.

Time parts reports, but not those that a report takes up itself: where it names the day of an earlier one that it is
like ("the agreement of Sept. 27", "in Stockholm in December 2018"), it stands on that day too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from itertools import chain, count

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.link.bearings import Bearings, Reference
from onrecord.link.sketches import Frequencies, Sketch, cosine, sketch
from onrecord.record import Report

# Weights of the four cosines and the constants below: fitted by logistic regression on pairs of reports of one story
# and of two, then rounded and set on ECB+ topics 1-35 and AllSides ledes (training/LOG.md, "Stories").
_WORDS, _NAMES, _OPENING, _HEADLINE, _BIAS = 17.0, 2.0, 4.0, 4.0, -5.9
_SHORT = 5.3  # log of 200 words: what a shorter report says less of is no sign of another story
_BREVITY = 1.0
_APART = -6.0  # the score of reports that were never compared
_DENSITY = 0.5  # how much of its nearness to its neighbours is taken from a report
_NEAREST = 5  # neighbours that it is measured by
_FEW = -2.0  # their score where there are not yet so many
_TOGETHER = -2.1  # average score at which two groups are one story
_CALLED = 0.7  # given to two reports without dates that name a day or month in common, taken where they name others
_SAME_DAY = 1.0  # given to two reports of one day,
_DAY = 0.3  # less for each day between two dated reports,
_DAYS = 10  # up to so many, and then one for each doubling: the same quake in the same place, years on, is another

_TAKEN_UP = 0.0  # likeness from which an earlier report is what a report means by a day that it names

_TERMS = 30  # heaviest words that a report is looked up by
_HOLDERS = 100  # newest reports remembered for a word
_COMPARED = 60  # reports compared
_KEPT = 200  # scores kept for a report, the highest
_FAINT = -5.0  # a score below it is not kept: the two count as never compared
_TOUCHED = 6  # stories clustered again
_SETTLED = 30  # reports in a story that is moved as one
_SPOKEN = 12  # of its reports, those nearest to the new one, that speak for it

Matrix = NDArray[np.float64]


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """The story of a report that was added, and the earlier reports that changed their story on its account."""

    story: str
    moved: dict[str, str] = {}


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """What is near a report: `scores` of others by their numbers, and the `highest` with the days between counted.

    `days` are its own and those of the earlier reports that it takes up.
    """

    days: tuple[int, ...] = ()
    highest: tuple[float, ...] = ()
    scores: dict[int, float] = {}


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A story as its index knows it: the number of its first report, how many it has, the days that they are of.

    `newest` are the numbers of all its reports until it settles, then of the last that came, oldest first.
    """

    first: int
    size: int
    newest: tuple[int, ...]
    days: tuple[int, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether its reports stay together whatever comes."""
        return self.size > len(self.newest)


class _Unit(msgspec.Struct, frozen=True, kw_only=True):
    """What is clustered as one: a report, or a settled story with those of its reports that speak for it."""

    spoken: tuple[int, ...]
    size: int = 1
    days: tuple[int, ...] = ()
    story: str | None = None


_NONE = Bearings()


class StoryIndex(msgspec.Struct, kw_only=True):
    """Reports and their stories: plain data, each part of which may be a table of a store.

    A report is known by its number, which counts those added before it; a story's id is the uri of its first report.
    Values are replaced, never changed in place, and nothing is passed over: what is looked up for a report does not
    grow with those that were added.
    """

    frequencies: Frequencies = msgspec.field(default_factory=Frequencies)
    numbers: MutableMapping[str, int] = {}
    uris: MutableMapping[int, str] = {}
    sketches: MutableMapping[int, Sketch] = {}
    holders: MutableMapping[str, dict[int, int]] = {}
    near: MutableMapping[int, Near] = {}
    story: MutableMapping[int, str] = {}
    standing: MutableMapping[str, Standing] = {}

    def add(self, report: Report, bearings: Bearings = _NONE) -> Placed:
        """Put a report into a story, or open one for it. Adding a uri again changes nothing.

        `bearings` are what it says of days (`bearings.find_bearings`).
        """
        if report.uri in self.numbers:
            return Placed(story=self.story_of(report.uri))
        number = self.frequencies.reports
        seen = sketch(report, self.frequencies, bearings.names)
        terms = list(seen.words)[:_TERMS]
        scores = {other: likeness(seen, self.sketches[other]) for other in self._candidates(seen, terms)}
        scores = {other: score for other, score in scores.items() if score >= _FAINT}
        self.numbers[seen.uri], self.uris[number], self.sketches[number] = number, seen.uri, seen
        days = self._days(seen, scores, bearings.references)
        timed = {other: score + _between(days, self.near[other].days) for other, score in scores.items()}
        self.near[number] = Near(days=days, highest=_highest(timed.values()), scores=scores)
        for other, score in scores.items():
            self.near[other] = _with(self.near[other], number, score, timed[other])
        for term in terms:
            held = [*self.holders.get(term, {}).items(), (number, seen.words[term])]
            self.holders[term] = dict(held[-_HOLDERS:])
        return self._place(number, timed)

    def remove(self, uri: str) -> None:
        """Take a report out. What was counted of its words stays counted, and others stay where they are.

        Raises KeyError where it was never added.
        """
        number = self.numbers[uri]
        for term in list(self.sketches[number].words)[:_TERMS]:
            held = self.holders.get(term, {})
            self.holders[term] = {other: weight for other, weight in held.items() if other != number}
        name = self.story[number]
        was = self.standing[name]
        if was.size > 1:
            newest = tuple(other for other in was.newest if other != number)
            self.standing[name] = msgspec.structs.replace(was, size=was.size - 1, newest=newest)
        else:
            del self.standing[name]
        del self.numbers[uri], self.uris[number], self.sketches[number], self.near[number], self.story[number]

    def story_of(self, uri: str) -> str:
        """The story of a report. Raises KeyError where it was never added."""
        return self.story[self.numbers[uri]]

    def groups(self) -> dict[str, list[str]]:
        """The uris of each story's reports as they came, the stories in the order of their first."""
        found: dict[str, list[str]] = {}
        for uri, number in self.numbers.items():
            found.setdefault(self.story[number], []).append(uri)
        return found

    def _days(self, seen: Sketch, scores: Mapping[int, float], references: Sequence[Reference]) -> tuple[int, ...]:
        """The days that a report stands on: its own, and those of the earlier reports that it takes up."""
        if seen.day is None:
            return ()
        like = [self.sketches[other] for other, score in scores.items() if references and score >= _TAKEN_UP]
        taken_up = {one.day for one in like if one.day is not None and any(ref.reaches(one) for ref in references)}
        return tuple(sorted({seen.day, *taken_up}))

    def _candidates(self, seen: Sketch, terms: Sequence[str]) -> Iterable[int]:
        """The earlier reports that share most with the heaviest words of this one."""
        shared: dict[int, int] = {}
        for term in terms:
            ours = seen.words[term]
            for other, weight in self.holders.get(term, {}).items():
                shared[other] = shared.get(other, 0) + ours * weight
        return sorted(shared, key=lambda other: (-shared[other], other))[:_COMPARED]

    def _place(self, number: int, timed: Mapping[int, float]) -> Placed:
        """Cluster again the stories that a new report touches; `timed` are its scores, the days between counted."""
        nearest = sorted((other for other in timed if timed[other] > -4), key=lambda other: (-timed[other], other))
        touched = list(dict.fromkeys(self.story[other] for other in nearest[:20]))[:_TOUCHED]
        units = [self._single(number)]
        for name in touched:
            held = self.standing[name]
            if held.settled:
                units.append(self._settled(name, held, timed))
            else:
                units += [self._single(member) for member in held.newest]
        groups = cluster(self._matrix(units), _gaps(units), [unit.size for unit in units], _TOGETHER)
        return self._name(number, touched, [[units[at] for at in group] for group in groups])

    def _single(self, number: int) -> _Unit:
        return _Unit(spoken=(number,), days=self.near[number].days)

    def _settled(self, name: str, held: Standing, timed: Mapping[int, float]) -> _Unit:
        """A settled story: those of its reports that are nearest to the new one speak for it, and then its newest."""
        near = [other for other in timed if self.story[other] == name]
        near = [*sorted(near, key=lambda other: (-timed[other], other)), *reversed(held.newest)]
        return _Unit(spoken=tuple(dict.fromkeys(near))[:_SPOKEN], size=held.size, days=held.days, story=name)

    def _matrix(self, units: Sequence[_Unit]) -> Matrix:
        """The average score between units, less what their neighbours take; two settled stories never merge."""
        near = {number: self.near[number] for unit in units for number in unit.spoken}
        density = {number: _density(known.highest) for number, known in near.items()}
        table = np.full((len(units), len(units)), -math.inf)
        for i, one in enumerate(units):
            for j, other in enumerate(units[:i]):
                if one.story and other.story:
                    continue
                total = sum(
                    near[a].scores.get(b, _APART) - density[a] - density[b] for a in one.spoken for b in other.spoken
                )
                table[i, j] = table[j, i] = total / (len(one.spoken) * len(other.spoken))
        return table

    def _name(self, number: int, touched: Sequence[str], groups: Sequence[Sequence[_Unit]]) -> Placed:
        """Give each group the id of the story that most of it was in, the older where two claim it."""
        before = {name: self.standing[name] for name in touched}
        was = {one: self.story[one] for held in before.values() if not held.settled for one in held.newest}
        claims: list[tuple[int, int, str, int]] = []
        for at, group in enumerate(groups):
            shares: Counter[str] = Counter()
            for unit in group:
                name = unit.story or was.get(unit.spoken[0])
                if name:
                    shares[name] += unit.size
            claims += ((-share, before[name].first, name, at) for name, share in shares.items())
        names: dict[int, str] = {}
        for _, _, name, at in sorted(claims):
            if at not in names and name not in names.values():
                names[at] = name
        for name in touched:
            if name not in names.values():
                del self.standing[name]
        moved: dict[str, str] = {}
        for at, group in enumerate(groups):
            singles = sorted(unit.spoken[0] for unit in group if not unit.story)
            name = names.get(at) or self._open(singles, set(names.values()))
            names[at] = name
            settled = next((before[unit.story] for unit in group if unit.story), None)
            self.standing[name] = self._standing(settled, singles)
            for member in singles:
                if was.get(member) != name:
                    self.story[member] = name
                    moved |= {self.uris[member]: name} if member != number else {}
        return Placed(story=self.story[number], moved=moved)

    def _standing(self, settled: Standing | None, singles: Sequence[int]) -> Standing:
        """How a story stands: a settled one that `singles` join, or one of them alone."""
        days = {day for one in singles for day in self.near[one].days}
        if settled is None:
            newest = tuple(singles if len(singles) <= _SETTLED else singles[-_SPOKEN:])
            return Standing(first=singles[0], size=len(singles), newest=newest, days=tuple(sorted(days)))
        return Standing(
            first=min(settled.first, *singles) if singles else settled.first,
            size=settled.size + len(singles),
            newest=tuple(sorted({*settled.newest, *singles}))[-_SPOKEN:],
            days=tuple(sorted({*settled.days, *days})),
        )

    def _open(self, group: Sequence[int], taken: Collection[str]) -> str:
        """An id for a new story: the uri of its first report, unless that report opened another before."""
        first = self.uris[group[0]]
        ids = chain((self.uris[one] for one in group), (f"{first}#{number}" for number in count(2)))
        return next(name for name in ids if name not in taken and name not in self.standing)


def _with(near: Near, number: int, score: float, timed: float) -> Near:
    """What is near a report once one more is."""
    scores = {**near.scores, number: score}
    if len(scores) > _KEPT:
        del scores[min(scores, key=lambda other: (scores[other], other))]
    return Near(days=near.days, highest=_highest((*near.highest, timed)), scores=scores)


def _highest(timed: Iterable[float]) -> tuple[float, ...]:
    """The scores by which a report's density is measured."""
    return tuple(sorted((round(score, 4) for score in timed), reverse=True)[:_NEAREST])


def _between(one: Sequence[int], other: Sequence[int]) -> float:
    """What the days between two reports add to their score; nothing where one has none."""
    return passing(min(abs(a - b) for a in one for b in other)) if one and other else 0.0


def _gaps(units: Sequence[_Unit]) -> Matrix:
    """The days between units where they come nearest; not a number where one has no dated report."""
    days = [np.array(unit.days) for unit in units]
    table = np.full((len(units), len(units)), np.nan)
    for i, one in enumerate(days):
        for j, other in enumerate(days[:i]):
            if len(one) and len(other):
                table[i, j] = table[j, i] = _nearest(one, other)
    return table


def _nearest(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    """The least distance between the numbers of two ascending rows."""
    if len(one) < len(other):
        one, other = other, one
    at = np.searchsorted(one, other)
    after = np.abs(one[np.minimum(at, len(one) - 1)] - other)
    before = np.abs(one[np.maximum(at - 1, 0)] - other)
    return int(np.minimum(after, before).min())


def likeness(one: Sketch, other: Sketch) -> float:
    """How like two reports are: log odds that they tell one story, were all reports equally near to others."""
    score = (
        _WORDS * cosine(one.words, other.words)
        + _NAMES * cosine(one.names, other.names)
        + _OPENING * cosine(one.opening, other.opening)
        + _HEADLINE * cosine(one.headline, other.headline)
        + _BIAS
        - _BREVITY * (_brevity(one) + _brevity(other)) / 2
        + _called(one, other)
    )
    return round(min(max(score, _APART), 8.0), 4)


def passing(days: float) -> float:
    """What the days between two reports, or between two groups where they come nearest, add to their score."""
    return _SAME_DAY - _DAY * min(days, _DAYS) - math.log2(max(days, _DAYS) / _DAYS)


def _called(one: Sketch, other: Sketch) -> float:
    """What the names of days add where one of two reports has no date: Tuesday is another day than Friday."""
    if (one.day is not None and other.day is not None) or not one.days or not other.days:
        return 0.0
    return _CALLED if set(one.days) & set(other.days) else -_CALLED


def _brevity(seen: Sketch) -> float:
    return min(max(_SHORT - math.log(seen.length + 1), 0.0), 1.5)


def _density(nearest: Sequence[float]) -> float:
    """Half of how near a report's neighbours are, weighed."""
    return _DENSITY * (sum(max(score, _FEW) for score in nearest) + _FEW * (_NEAREST - len(nearest))) / _NEAREST / 2


def cluster(table: Matrix, gaps: Matrix, sizes: Sequence[int], least: float) -> list[list[int]]:
    """Average linkage on what is said, single linkage on time: join the two nearest until none are `least` near.

    `gaps` are days (not a number: unknown). A story goes on as long as reports come, so its nearest one in time counts.
    Gives groups of indices, in order.
    """
    table, gaps = table.copy(), gaps.copy()
    weights = np.array(sizes, dtype=float)
    groups = {at: [at] for at in range(len(sizes))}
    timed = table + _passings(gaps)
    while len(groups) > 1:
        one, other = divmod(int(timed.argmax()), len(sizes))
        if timed[one, other] < least:
            break
        row = (table[one] * weights[one] + table[other] * weights[other]) / (weights[one] + weights[other])
        row[one] = -math.inf
        gap = np.fmin(gaps[one], gaps[other])
        table[one] = table[:, one] = row
        gaps[one] = gaps[:, one] = gap
        timed[one] = timed[:, one] = row + _passings(gap)
        table[other] = table[:, other] = timed[other] = timed[:, other] = -math.inf
        weights[one] += weights[other]
        groups[one] += groups.pop(other)
    return [sorted(group) for _, group in sorted(groups.items())]


def _passings(gaps: Matrix) -> Matrix:
    """`passing` for an array; 0 where the days are unknown."""
    days = np.where(np.isnan(gaps), _DAYS, gaps)
    added = _SAME_DAY - _DAY * np.minimum(days, _DAYS) - np.log2(np.maximum(days, _DAYS) / _DAYS)
    return np.where(np.isnan(gaps), 0.0, added)
