"""Choose, for each name of a place in a report, the place that it means.

A candidate is weighed by how well known it is (people, kind of place, its own name or another one) and by how well
it fits the report: the place that the words say it lies in ("Paris, Texas"), the dateline, the countries and
states that the report names, and how near it is to the report's other places. Weights were set on the dev corpus
(benchmarks/places.py) and are log-odds in tens: a candidate one higher is about ten times as likely.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from onrecord.gazetteer import Entry, Named

Where = TypeVar("Where", str, int)

# A town so near the middle of a division that has its name is its namesake.
NAMESAKE_KM = 60
# A bare name means a division of fewer people less often than its town.
SMALL_STATE = 2_000_000
# The town of a division of fewer people shares its name even where the table has that name for the town as another.
TINY_STATE = 500_000
LARGE_TOWN = 100_000
# A city of more people is named in world news far more often than its people alone say.
GREAT_CITY = 400_000


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """How much each kind of evidence counts. `most` bounds what the report's setting says, short of ", Texas"."""

    country: float = 2.0
    state: float = 0.3
    county: float = -0.3
    capital: float = 2.0
    feature: float = 5.5
    part: float = -1.6
    other_name: float = -2.2
    inside: float = 5.0
    same_country: float = 2.5
    same_state: float = 2.5
    great: float = 0.5
    most: float = 5.5
    people: float = 0.8
    votes: float = 8.0
    same_county: float = 2.0
    near: float = 3.0
    near_km: float = 150.0
    town_over_state: float = 2.0
    dateline_town: float = 1.5
    country_over_capital: float = 1.5


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """A name as a report uses it: its candidates, the names that it is said to lie in, how often it stands."""

    key: str
    candidates: tuple[Named, ...]
    containers: tuple[str, ...] = ()
    count: int = 1
    dateline: bool = False
    division: bool = False


Choice = Mapping[str, tuple[Named, float]]


def settle(names: Sequence[Name], weights: Weights | None = None, *, peoples: frozenset[str] = frozenset()) -> Choice:
    """The candidate chosen for each name's key, and by how much it beats the next one.

    `peoples` are the countries (alpha-2) whose peoples the report speaks of ("Syrian troops").
    """
    weights = weights or Weights()
    priors = {name.key: [_prior(named, name, weights) for named in name.candidates] for name in names}
    chosen = {name.key: _best(name, priors[name.key]) for name in names}
    for _ in range(2):
        setting = _Setting(names, chosen, dict.fromkeys(peoples, weights.people))
        chosen = {
            name.key: _best(
                name,
                [
                    prior + _fit(named.entry, name, setting, weights)
                    for named, prior in zip(name.candidates, priors[name.key], strict=True)
                ],
            )
            for name in names
        }
    return chosen


class _Setting:
    """What the report's names, as chosen so far, and as they could be, say of where it is set."""

    def __init__(self, names: Sequence[Name], chosen: Choice, peoples: Mapping[str, float]) -> None:
        self.chosen = chosen
        self.countries: dict[str, dict[str, float]] = defaultdict(dict)
        self.states: dict[int, dict[str, float]] = defaultdict(dict)
        self.points: list[tuple[str, float, float, float]] = []
        self.votes: dict[int, dict[str, float]] = defaultdict(dict)
        self.counties: dict[int, set[str]] = defaultdict(set)
        self.within: dict[int, set[str]] = defaultdict(set)
        for country, sure in peoples.items():
            self.countries[country]["people"] = sure
        for name in names:
            self._add_choice(name, *chosen[name.key])
            self._add_candidates(name)

    def _add_choice(self, name: Name, named: Named, margin: float) -> None:
        """The country, state and point of the chosen candidate, by how sure the choice is."""
        entry = named.entry
        sure = min(1.0, 0.3 + margin / 3) * (1.5 if name.dateline else 1.0)
        state = _state_of(entry)
        if entry.country:
            self.countries[entry.country][name.key] = sure
        if state is not None:
            self.states[state][name.key] = sure
        if entry.lat is not None and entry.lon is not None and entry.feature[:5] not in ("A.PCL", "L.CON"):
            self.points.append((name.key, entry.lat, entry.lon, min(1.0, sure)))

    def _add_candidates(self, name: Name) -> None:
        """The states and counties that the name could be in, or be."""
        for named in name.candidates:
            if named.entry.feature == "A.ADM2":
                self.counties[named.entry.row].add(name.key)
            elif named.entry.second is not None and named.own:
                self.within[named.entry.second].add(name.key)
        found = (_state_of(named.entry) for named in name.candidates if named.own)
        states = {state for state in found if state is not None}
        for state in states:
            self.votes[state][name.key] = 1 / len(states)

    def country_share(self, country: str | None, besides: str) -> float:
        return _share(self.countries, country, besides) if country else 0.0

    def state_share(self, state: int | None, besides: str) -> float:
        return _share(self.states, state, besides) if state is not None else 0.0

    def state_votes(self, state: int | None, besides: str) -> float:
        """The share of the other names that could be in the state, each counted by how few states it could be in."""
        if state is None:
            return 0.0
        return sum(vote for key, vote in self.votes.get(state, {}).items() if key != besides) / (len(self.chosen) + 1)

    def shares_county(self, entry: Entry, besides: str) -> bool:
        """Whether another name can mean the county that it lies in, or a town in the county that it is."""
        if entry.feature == "A.ADM2":
            return bool(self.within.get(entry.row, set()) - {besides})
        return entry.second is not None and bool(self.counties.get(entry.second, set()) - {besides})

    def nearness(self, entry: Entry, besides: str, km: float) -> float:
        if entry.lat is None or entry.lon is None:
            return 0.0
        best = 0.0
        for key, lat, lon, sure in self.points:
            if key != besides and abs(lat - entry.lat) < km / 25:
                best = max(best, sure * math.exp(-distance(entry.lat, entry.lon, lat, lon) / km))
        return best


def _state_of(entry: Entry) -> int | None:
    """The row of the first-order division that the place is or lies in."""
    return entry.row if entry.feature == "A.ADM1" else entry.first


def _share(evidence: Mapping[Where, Mapping[str, float]], value: Where, besides: str) -> float:
    """How much of the evidence of the other names is for `value`; one lone witness counts half."""
    for_it = sum(sure for key, sure in evidence.get(value, {}).items() if key != besides)
    whole = sum(sure for names in evidence.values() for key, sure in names.items() if key != besides)
    return for_it / (whole + 0.5)


def _prior(named: Named, name: Name, weights: Weights) -> float:
    entry = named.entry
    score = math.log10(entry.population + 10)
    feature = entry.feature
    if feature.startswith("A.PCL"):
        score += weights.country
    elif feature in ("A.ADM1", "A.ADM2"):
        score += weights.state if feature == "A.ADM1" else weights.county
        score -= weights.town_over_state if _has_namesake(named, name) and not name.division else 0.0
    elif feature[0] == "P" and entry.population > GREAT_CITY:
        score += weights.great
    if feature == "P.PPLC":
        score += weights.capital
        score -= weights.country_over_capital if _names_its_country(entry, name) else 0.0
    elif feature in ("P.PPLX", "P.PPLQ", "P.PPLH"):
        score += weights.part
    elif feature[0] in "HTLS" or feature in ("A.ZN", "A.ADMD"):
        score += weights.feature
    if not named.own:
        score += weights.other_name * (0.4 if entry.population > LARGE_TOWN and feature[0] == "P" else 1.0)
    if name.dateline and feature[0] == "P":
        score += weights.dateline_town
    if name.division and feature[0] == "A":
        score += 2
    return score


def _has_namesake(division: Named, name: Name) -> bool:
    """Whether a bare name means a town: it holds much of the division's people, or the division is small."""
    whole = division.entry
    for other in name.candidates:
        town = other.entry
        if town.feature[0] != "P" or (town.population * 5 <= whole.population and whole.population >= SMALL_STATE):
            continue
        small = whole.population < TINY_STATE
        inside = whole.row in (town.first, town.second) and (other.own or not division.own or small)
        near = whole.feature == "A.ADM1" and (other.own or not division.own) and _apart(town, whole) < NAMESAKE_KM
        if inside or near:
            return True
    return False


def _names_its_country(capital: Entry, name: Name) -> bool:
    """Whether the capital has its country's name: a bare name means the country, save in a dateline."""
    return not name.dateline and any(
        other.entry.feature[:5] == "A.PCL" and other.entry.country == capital.country for other in name.candidates
    )


def _apart(one: Entry, other: Entry) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return distance(one.lat, one.lon, other.lat, other.lon)


def _fit(entry: Entry, name: Name, setting: _Setting, weights: Weights) -> float:
    """What the report says for the candidate. Without words that it lies somewhere, no more than `weights.most`."""
    score = weights.same_country * setting.country_share(entry.country, name.key)
    if entry.feature != "A.ADM1":
        score += weights.same_state * setting.state_share(entry.first, name.key)
    score += weights.votes * setting.state_votes(_state_of(entry), name.key)
    score += weights.same_county * setting.shares_county(entry, name.key)
    score += weights.near * setting.nearness(entry, name.key, weights.near_km)
    inside = sum(lies_in(entry, setting.chosen[container][0].entry) for container in name.containers)
    return min(score, weights.most) + weights.inside * inside


def lies_in(entry: Entry, whole: Entry) -> bool:
    """Whether `entry` lies in the country or division `whole`."""
    if entry.row == whole.row:
        return False
    if whole.feature.startswith("A.PCL"):
        return entry.country == whole.country
    return whole.row in (entry.first, entry.second)


def _best(name: Name, scores: Iterable[float]) -> tuple[Named, float]:
    ranked = sorted(zip(scores, name.candidates, strict=True), key=lambda pair: (-pair[0], pair[1].entry.row))
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
    return ranked[0][1], margin


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points, along a great circle."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))
