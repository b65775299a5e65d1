"""Put rounds of talks on a line of time: each once, however many reports tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from onrecord.record import Interval
from onrecord.record.story import Meeting, Told

_WEEK = 7  # days that a round which goes on may go on for before a report tells more of it
_FRESH = 3  # days back to which a report that gives no day speaks of a round: "the talks ended without a deal"
_VAGUE = 62  # days: a longer interval ("in 2018") is no day of a round

Days = tuple[date, date]
"""The first day and the day after the last."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A round as one report tells of it."""

    told: Told
    state: str
    outcome: str | None
    days: Days | None
    place: str | None
    country: str | None


class _Round(msgspec.Struct, kw_only=True):
    """A round being put together."""

    days: Days | None
    told: list[Mention]

    @property
    def state(self) -> str:
        return self.latest().state

    def latest(self) -> Mention:
        """What the last report says first."""
        uri = self.told[-1].told.passage.uri
        return next(mention for mention in self.told if mention.told.passage.uri == uri)

    def fits(self, mention: Mention) -> bool:
        """Whether no place stands against it: another one, unless one of the two is the country of the other."""
        return all(_one_place(mention, other) for other in self.told)

    def reported(self) -> date | None:
        return date_of(self.told[-1].told.day)


def span_of_days(interval: Interval | None) -> Days | None:
    """The days of an interval; None where it is open or too long to be those of a round."""
    start, end = (date_of(interval.start), date_of(interval.end)) if interval else (None, None)
    if not interval or start is None or end is None:
        return None
    if end <= start or (interval.end or "")[10:].strip("T:0"):
        end += timedelta(days=1)
    return (start, end) if (end - start).days <= _VAGUE else None


def date_of(value: str | None) -> date | None:
    """The date that an ISO value opens with; None where it gives no day."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def merge_meetings(mentions: Iterable[Mention], kin: Mapping[str, str]) -> tuple[Meeting, ...]:
    """The rounds that some mentions tell of, in the order of their days. Mentions come in the order of their reports.

    Two mentions with days are one round where their days meet, or where the earlier one was still going on within the
    week. One without a day is the round of its report's own days, or the one that is planned. A round at another place
    is another round.
    """
    rounds: list[_Round] = []
    for mention in _dated_within_reports(list(mentions)):
        home = _home(mention, rounds)
        if home is None:
            rounds.append(_Round(days=mention.days, told=[mention]))
        else:
            home.told.append(mention)
            home.days = _joined(home.days, mention.days)
    made = [_meeting(one, kin) for one in rounds]
    return tuple(sorted(made, key=lambda one: (one.start or one.after or "9999", one.told[0].passage)))


def _dated_within_reports(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions, those without a day given that of the only round of their report that they can be."""
    found = []
    for mention in mentions:
        if mention.days is None:
            own = [
                other.days
                for other in mentions
                if other.days
                and other.told.passage.uri == mention.told.passage.uri
                and _ahead(other) == _ahead(mention)
                and _one_place(other, mention)
                and (_ahead(other) or _is_fresh(other.days, date_of(mention.told.day)))
            ]
            if len(set(own)) == 1:
                mention = msgspec.structs.replace(mention, days=own[0])
        found.append(mention)
    return found


def _ahead(mention: Mention) -> bool:
    return mention.state in ("planned", "postponed")


def _is_fresh(days: Days, day: date | None) -> bool:
    return day is not None and days[0] <= day and (day - days[1]).days <= _FRESH


def _home(mention: Mention, rounds: Sequence[_Round]) -> _Round | None:
    """The round that a mention is of; None where it is a new one."""
    fitting = [one for one in rounds if one.fits(mention)]
    if mention.days is None:
        return next((one for one in reversed(fitting) if _tells_of(mention, one)), None)
    days = mention.days
    meeting = [
        (abs((one.days[0] - days[0]).days), at) for at, one in enumerate(fitting) if one.days and _meet(one.days, days)
    ]
    if meeting:
        return fitting[min(meeting)[1]]
    return next((one for one in reversed(fitting) if _goes_on(mention, one)), None)


def _meet(one: Days, other: Days) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _goes_on(mention: Mention, earlier: _Round) -> bool:
    """Whether a mention with days tells more of a round that was going on, or that was planned without a day."""
    if mention.days is None or _ahead(mention):
        return False
    if earlier.days is None:
        reported = earlier.reported()
        return earlier.state == "planned" and reported is not None and 0 <= (mention.days[0] - reported).days <= _WEEK
    return earlier.state == "ongoing" and 0 <= (mention.days[0] - earlier.days[1]).days <= _WEEK


def _tells_of(mention: Mention, one: _Round) -> bool:
    """Whether a mention without a day is of a round: of the days that its report speaks from, or of what is ahead."""
    day, reported = date_of(mention.told.day), one.reported()
    if day is None:
        return False
    if _ahead(mention):
        return one.state in ("planned", "postponed") and (one.days is None or one.days[1] > day)
    if one.days:
        return _is_fresh(one.days, day)
    near = reported is not None and abs((day - reported).days) <= _FRESH
    return near and not any(_ahead(other) for other in one.told)


def _one_place(one: Mention, other: Mention) -> bool:
    if one.place is None or other.place is None or one.place == other.place:
        return True
    return one.country is not None and one.country == other.country


def _joined(one: Days | None, other: Days | None) -> Days | None:
    """The days of both: where they meet the narrower, else from the first to the last."""
    if one is None or other is None:
        return one or other
    if _meet(one, other):
        return min(one, other, key=lambda days: days[1] - days[0])
    return min(one[0], other[0]), max(one[1], other[1])


def _meeting(one: _Round, kin: Mapping[str, str]) -> Meeting:
    told = tuple(mention.told for mention in one.told)
    latest = [mention for mention in one.told if mention.told.passage.uri == told[-1].passage.uri]
    outcomes = [mention.outcome for mention in (*latest, *reversed(one.told)) if mention.outcome]
    return Meeting(
        start=one.days[0].isoformat() if one.days else None,
        end=one.days[1].isoformat() if one.days else None,
        after=told[0].day,
        place=next((mention.place for mention in one.told if mention.place), None),
        state=one.state,
        outcome=outcomes[0] if outcomes else None,
        told=told,
        first=told[0].passage.uri,
        independent=len({kin.get(cell.passage.uri, cell.passage.uri) for cell in told}),
    )
