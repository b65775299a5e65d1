"""Group reports into stories as they come: one at a time, the same way each time, under ids that stay.

A new report is compared with those that share its rarest words. How like two reports are is a sum of four cosines
(words, names, opening, headline), less half of how like each is to its own nearest reports: in a dense field, where
all share a topic, two must be nearer to be one story. The stories that it touches are then clustered again by average
linkage, so that the order of arrival matters little: a report that opened a story of its own joins the one that it
belongs to when the reports between them have come. A story keeps its id as long as most of it stays together.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count

import msgspec
import numpy as np
from numpy.typing import NDArray

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
_SAME_DAY = 1.0  # given to two reports of one day,
_DAY = 0.3  # less for each day between two dated reports,
_DAYS = 10  # up to so many, and then one for each doubling: the same quake in the same place, years on, is another

_TERMS = 30  # heaviest words that a report is looked up by
_HOLDERS = 100  # newest reports remembered for a word
_COMPARED = 60  # reports compared
_KEPT = 200  # scores kept for a report, the highest
_TOUCHED = 6  # stories clustered again
_SETTLED = 30  # reports in a story that is moved as one
_SPOKEN = 12  # of its reports, those nearest to the new one, that speak for it

Matrix = NDArray[np.float64]


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """The story of a report that was added, and the earlier reports that changed their story on its account."""

    story: str
    moved: dict[str, str] = {}


class StoryIndex(msgspec.Struct, kw_only=True):
    """Reports and their stories: plain data, which a store can keep. A story's id is the uri of its first report."""

    frequencies: Frequencies = msgspec.field(default_factory=Frequencies)
    sketches: dict[str, Sketch] = {}
    holders: dict[str, list[str]] = {}
    near: dict[str, dict[str, float]] = {}
    story: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    ages: dict[str, int] = {}

    def add(self, report: Report) -> Placed:
        """Put a report into a story, or open one for it. Adding a uri again changes nothing."""
        if report.uri in self.sketches:
            return Placed(story=self.story[report.uri])
        seen = sketch(report, self.frequencies)
        terms = list(seen.words)[:_TERMS]
        scores = {uri: likeness(seen, self.sketches[uri]) for uri in self._candidates(seen, terms)}
        self.sketches[seen.uri] = seen
        self.ages[seen.uri] = len(self.ages)
        self.near[seen.uri] = scores
        for uri, score in scores.items():
            theirs = self.near[uri]
            theirs[seen.uri] = score
            if len(theirs) > _KEPT:
                del theirs[min(theirs, key=lambda other: (theirs[other], other))]
        for term in terms:
            self.holders[term] = [*self.holders.get(term, ())[-_HOLDERS + 1 :], seen.uri]
        return self._place(seen.uri)

    def _candidates(self, seen: Sketch, terms: Sequence[str]) -> Iterable[str]:
        """The earlier reports that share most with the heaviest words of this one."""
        shared: dict[str, float] = {}
        for term in terms:
            for uri in self.holders.get(term, ()):
                shared[uri] = shared.get(uri, 0.0) + seen.words[term] * self.sketches[uri].words[term]
        return sorted(shared, key=lambda uri: (-shared[uri], uri))[:_COMPARED]

    def _place(self, uri: str) -> Placed:
        """Cluster again the stories that a new report touches."""
        scores = self._dated(uri)
        nearest = sorted((other for other in scores if scores[other] > -4), key=lambda other: (-scores[other], other))
        touched = list(dict.fromkeys(self.story[other] for other in nearest[:20]))[:_TOUCHED]
        units = [[uri]]
        for name in touched:
            held = self.members[name]
            units += [held] if len(held) > _SETTLED else [[member] for member in held]
        spoken = [sorted(unit, key=lambda other: (-scores.get(other, _APART), other))[:_SPOKEN] for unit in units]
        groups = cluster(self._matrix(spoken), self._gaps(units), [len(unit) for unit in spoken], _TOGETHER)
        return self._name(uri, touched, [[member for at in group for member in units[at]] for group in groups])

    def _dated(self, uri: str) -> dict[str, float]:
        """How near a report is to each that it was compared with, the days between them counted."""
        return {other: score + self._passing(uri, other) for other, score in self.near[uri].items()}

    def _passing(self, uri: str, other: str) -> float:
        one, two = self.sketches[uri].day, self.sketches[other].day
        return 0.0 if one is None or two is None else passing(abs(one - two))

    def _gaps(self, units: Sequence[Sequence[str]]) -> Matrix:
        """The days between units where they come nearest; not a number where one has no dated report."""
        days = [np.array([day for uri in unit if (day := self.sketches[uri].day) is not None]) for unit in units]
        table = np.full((len(units), len(units)), np.nan)
        for i, one in enumerate(days):
            for j, other in enumerate(days[:i]):
                if len(one) and len(other):
                    table[i, j] = table[j, i] = np.abs(one[:, None] - other[None]).min()
        return table

    def _matrix(self, units: Sequence[Sequence[str]]) -> Matrix:
        """The average score between units, less what their neighbours take; two settled stories never merge."""
        density = {uri: _density(self._dated(uri).values()) for unit in units for uri in unit}
        table = np.full((len(units), len(units)), -math.inf)
        for i, one in enumerate(units):
            for j, other in enumerate(units[:i]):
                if len(one) > 1 and len(other) > 1:
                    continue
                total = sum(self.near[a].get(b, _APART) - density[a] - density[b] for a in one for b in other)
                table[i, j] = table[j, i] = total / (len(one) * len(other))
        return table

    def _name(self, uri: str, touched: Sequence[str], groups: Sequence[Sequence[str]]) -> Placed:
        """Give each group the id of the story that most of it was in, the older where two claim it."""
        claims: list[tuple[int, int, str, int]] = []
        for at, group in enumerate(groups):
            for name in {self.story[member] for member in group if member in self.story}:
                share = sum(self.story.get(member) == name for member in group)
                claims.append((-share, self.ages[self.members[name][0]], name, at))
        names: dict[int, str] = {}
        for _, _, name, at in sorted(claims):
            if at not in names and name not in names.values():
                names[at] = name
        for name in touched:
            del self.members[name]
        moved: dict[str, str] = {}
        for at, group in enumerate(groups):
            name = names.get(at) or self._open(group, set(names.values()))
            names[at] = name
            self.members[name] = sorted(group, key=self.ages.__getitem__)
            moved |= {member: name for member in group if self.story.get(member, name) != name}
            self.story |= dict.fromkeys(group, name)
        return Placed(story=self.story[uri], moved=moved)

    def _open(self, group: Sequence[str], taken: Collection[str]) -> str:
        """An id for a new story: the uri of its first report, unless that report opened another before."""
        first, *rest = sorted(group, key=self.ages.__getitem__)
        ids = chain((first, *rest), (f"{first}#{number}" for number in count(2)))
        return next(name for name in ids if name not in taken and name not in self.members)


def likeness(one: Sketch, other: Sketch) -> float:
    """How like two reports are: log odds that they tell one story, were all reports equally near to others."""
    score = (
        _WORDS * cosine(one.words, other.words)
        + _NAMES * cosine(one.names, other.names)
        + _OPENING * cosine(one.opening, other.opening)
        + _HEADLINE * cosine(one.headline, other.headline)
        + _BIAS
        - _BREVITY * (_brevity(one) + _brevity(other)) / 2
    )
    return round(min(max(score, _APART), 8.0), 4)


def passing(days: float) -> float:
    """What the days between two reports, or between two groups where they come nearest, add to their score."""
    return _SAME_DAY - _DAY * min(days, _DAYS) - math.log2(max(days, _DAYS) / _DAYS)


def _brevity(seen: Sketch) -> float:
    return min(max(_SHORT - math.log(seen.length + 1), 0.0), 1.5)


def _density(scores: Iterable[float]) -> float:
    """Half of how near a report's neighbours are, weighed."""
    nearest = sorted(scores, reverse=True)[:_NEAREST]
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
