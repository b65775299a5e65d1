"""Merge the talks that several reports tell of into one board, each line with every report's words for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeVar

import msgspec

from onrecord.link.meetings import Mention, date_of, merge_meetings, span_of_days
from onrecord.link.names import Key, match_actors, match_parties
from onrecord.link.series import report_day, source_words
from onrecord.link.sketches import WORD, Frequencies, Weights, cosine, stem, weigh
from onrecord.record import Actor, Record, Span, Talks
from onrecord.record.story import (
    Clause,
    Course,
    Matter,
    Meeting,
    Negotiation,
    Passage,
    Presence,
    Side,
    Told,
    Turn,
    Wait,
)

_SAME_MATTER = 0.5  # cosine of the words of two issues from which they are one
_SAME_TERM = 0.4  # of two terms: their numbers and their phrasing move more
_SAME_THING = 0.3  # of the sentences of two moves from which they are about one thing
_LATELY = 31  # days for which something is waited for without being told of again
_UNSURE = {"conditional", "undecided", "invited"}  # states of attendance that wait for something
_TOWARDS = {"offer", "accept", "accept-in-principle", "concede", "resume"}
_AWAY = {"demand", "reject", "threaten-to-quit", "suspend"}
_AT_THE_TABLE = {"resume", "threaten-to-quit", "suspend"}  # moves about the talks themselves

_Row = TypeVar("_Row")


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of one report's board with what it is compared by."""

    told: Told
    words: Weights
    giver: str | None = None
    receiver: str | None = None


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """The talks of one report, with what leads from their ids to names and words."""

    record: Record
    talks: Talks
    names: Mapping[Key, str]
    sentences: Sequence[Span]

    def name(self, id: str | None) -> str | None:
        """What the actor of that id goes by in the story."""
        return self.names.get((self.record.report.uri, id)) if id else None

    def told(
        self, span: Span, what: str | None = None, attribution: str | None = None, condition: Span | None = None
    ) -> Told:
        uri = self.record.report.uri
        said = next((one for one in self.record.attributions or () if one.id == attribution), None)
        return Told(
            passage=Passage(uri=uri, span=span),
            what=what,
            day=report_day(self.record.report),
            source=source_words(self.record, said),
            condition=Passage(uri=uri, span=condition) if condition else None,
        )

    def sentence(self, span: Span) -> Span:
        """The sentence that holds a span's first character."""
        return next((one for one in self.sentences if one.start <= span.start < one.end), span)

    def weights(self, span: Span, without: str = "") -> Weights:
        """The words of a span, those of a name left out, weighed by how rare they are."""
        return _weights(self.record.report.words(span), without)


def find_talks(
    records: Sequence[Record],
    sentences: Mapping[str, Sequence[Span]],
    *,
    families: Mapping[str, str] | None = None,
) -> Negotiation | None:
    """The talks of some records of one story, merged; None where none of them tells of any.

    Records are those of one story in the order of their days, copies left out; `sentences` are those of each report, by
    uri; `families` gives the family of each report (`copies.CopyIndex.families`): reports of one count once.
    """
    names = match_actors(records)
    sitting = {(record.report.uri, id) for record in records for talks in record.talks or () for id in _seated(talks)}
    parties = names | match_parties(records, names, sitting)
    tables = [
        _Table(record=record, talks=talks, names=parties, sentences=sentences.get(record.report.uri, ()))
        for record in records
        for talks in record.talks or ()
    ]
    if not tables:
        return None
    kin = families or {}
    mediators = _sides(tables, lambda talks: talks.mediators, kin)
    outside = {side.name for side in mediators}
    rounds = merge_meetings([mention for table in tables for mention in _meetings(table)], kin)
    attendance = _attendance(tables)
    moves = _courses(tables)
    terms = _terms(tables, kin)
    return Negotiation(
        parties=tuple(s for s in _sides(tables, lambda talks: talks.parties, kin) if s.name not in outside),
        mediators=mediators,
        hosts=_sides(tables, lambda talks: talks.hosts, kin),
        guarantors=_sides(tables, lambda talks: talks.guarantors, kin),
        rounds=rounds,
        attendance=attendance,
        issues=_issues(tables, kin),
        moves=moves,
        terms=terms,
        truce=_statuses(tables, lambda talks: talks.truce),
        text=_statuses(tables, lambda talks: talks.text_status),
        waiting=tuple(_waiting(attendance, moves, terms, rounds, report_day(tables[-1].record.report))),
    )


def _seated(talks: Talks) -> Iterator[str]:
    """The ids of all who take part in some talks."""
    yield from (*talks.parties, *talks.mediators, *talks.hosts, *talks.guarantors)
    yield from (seat.party for seat in talks.attendance)
    yield from (move.party for move in talks.positions if move.party)
    yield from (id for term in talks.offers for id in (term.giver, term.receiver) if id)


def _independent(told: Iterable[Told], kin: Mapping[str, str]) -> int:
    return len({kin.get(one.passage.uri, one.passage.uri) for one in told})


def _sides(tables: Sequence[_Table], ids: Callable[[Talks], Iterable[str]], kin: Mapping[str, str]) -> tuple[Side, ...]:
    """Those in one part of the talks, by who was named first; the first mention in each report."""
    found: dict[str, list[tuple[Actor, Told]]] = defaultdict(list)
    for table in tables:
        actors = {actor.id: actor for actor in table.record.actors or ()}
        for id in ids(table.talks):
            actor, name = actors.get(id), table.name(id)
            if actor and name and all(t.passage.uri != table.record.report.uri for _, t in found[name]):
                found[name].append((actor, table.told(_mention(actor, table.talks))))
    return tuple(
        Side(
            name=name,
            country=next((actor.country for actor, _ in rows if actor.country), None),
            told=tuple(told for _, told in rows),
            first=rows[0][1].passage.uri,
            independent=_independent((told for _, told in rows), kin),
        )
        for name, rows in found.items()
    )


def _mention(actor: Actor, talks: Talks) -> Span:
    """The mention of an actor that stands nearest to the words for the talks."""
    return min(actor.mentions, key=lambda span: (abs(span.start - talks.span.start), span))


def _meetings(table: _Table) -> Iterator[Mention]:
    """The rounds of one report, for `merge_meetings`."""
    times = {time.id: time.interval for time in table.record.times or () if not time.function}
    places = {place.id: place for place in table.record.places or ()}
    for turn in table.talks.rounds:
        place = places.get(turn.place or "")
        yield Mention(
            told=table.told(turn.span, turn.outcome or turn.state, turn.attribution),
            state=turn.state,
            outcome=turn.outcome,
            days=span_of_days(times.get(turn.time or "")),
            place=place.name if place else None,
            country=place.country if place else None,
        )


def _attendance(tables: Sequence[_Table]) -> tuple[Presence, ...]:
    """Who comes, by party: what each report says of it, its first word on it the newest."""
    found: dict[str, list[Told]] = defaultdict(list)
    for table in tables:
        for seat in table.talks.attendance:
            told = table.told(seat.span, seat.state, seat.attribution, seat.condition)
            if name := table.name(seat.party):
                found[name].append(told)
    return tuple(
        Presence(
            party=name,
            state=_latest(told).what or "undecided",
            told=tuple(told),
            changes=tuple(after for before, after in pairwise(_by_report(told)) if before.what != after.what),
        )
        for name, told in found.items()
    )


def _by_report(told: Iterable[Told]) -> list[Told]:
    """What each report says first: reports tell the newest first."""
    first: dict[str, Told] = {}
    for one in told:
        first.setdefault(one.passage.uri, one)
    return list(first.values())


def _latest(told: Iterable[Told]) -> Told:
    return _by_report(told)[-1]


def _issues(tables: Sequence[_Table], kin: Mapping[str, str]) -> tuple[Matter, ...]:
    lines = [
        _Line(
            told=table.told(issue.span, "sticks" if issue.sticking else "open", issue.attribution),
            words=table.weights(issue.span),
        )
        for table in tables
        for issue in table.talks.issues
    ]
    return tuple(
        Matter(
            words=group[0].told.passage,
            sticks=_latest([line.told for line in group]).what == "sticks",
            told=tuple(line.told for line in group),
            first=group[0].told.passage.uri,
            independent=_independent((line.told for line in group), kin),
        )
        for group in _group(lines, lambda one, other: cosine(one.words, other.words) >= _SAME_MATTER)
    )


def _terms(tables: Sequence[_Table], kin: Mapping[str, str]) -> tuple[Clause, ...]:
    lines = []
    for table in tables:
        for term in table.talks.offers:
            sentence = table.sentence(term.span)
            move = next((move.move for move in table.talks.positions if move.span in sentence), None)
            status = move or table.talks.text_status
            lines.append(
                _Line(
                    told=table.told(term.span, status, term.attribution, term.condition),
                    words=table.weights(term.what or term.span),
                    giver=table.name(term.giver),
                    receiver=table.name(term.receiver),
                )
            )
    clauses = []
    for group in _group(lines, _one_term):
        told = tuple(line.told for line in group)
        clauses.append(
            Clause(
                words=group[0].told.passage,
                giver=next((line.giver for line in group if line.giver), None),
                receiver=next((line.receiver for line in group if line.receiver), None),
                status=next((one.what for one in reversed(told) if one.what), None),
                told=told,
                first=told[0].passage.uri,
                independent=_independent(told, kin),
            )
        )
    return tuple(clauses)


def _one_term(one: _Line, other: _Line) -> bool:
    """Whether two terms are one: one inside the other, or between the same sides, if told, in much the same words."""
    here, there = one.told.passage, other.told.passage
    if here.uri == there.uri and (here.span in there.span or there.span in here.span):
        return True
    apart = (one.giver and other.giver and one.giver != other.giver) or (
        one.receiver and other.receiver and one.receiver != other.receiver
    )
    return not apart and cosine(one.words, other.words) >= _SAME_TERM


def _courses(tables: Sequence[_Table]) -> tuple[Course, ...]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for table in tables:
        for move in table.talks.positions:
            if name := table.name(move.party):
                told = table.told(move.span, move.move, move.attribution, move.condition)
                if all(line.told != told for line in found[name]):  # two mentions of one party
                    found[name].append(_Line(told=told, words=table.weights(table.sentence(move.span), without=name)))
    return tuple(
        Course(party=name, moves=tuple(line.told for line in lines), turns=tuple(_turns(lines)))
        for name, lines in found.items()
    )


def _turns(lines: Sequence[_Line]) -> Iterator[Turn]:
    """Each move that goes against the last of its party, in an earlier report, on the same thing."""
    for at, after in enumerate(lines):
        for before in reversed(lines[:at]):
            if before.told.passage.uri != after.told.passage.uri and _one_thing(before, after):
                if _opposed(before.told.what, after.told.what):
                    yield Turn(before=before.told, after=after.told)
                break


def _one_thing(one: _Line, other: _Line) -> bool:
    return {one.told.what, other.told.what} <= _AT_THE_TABLE or cosine(one.words, other.words) >= _SAME_THING


def _opposed(one: str | None, other: str | None) -> bool:
    """Whether the later of two moves goes otherwise; who asks for more after a yes has not taken it back."""
    return (one in _TOWARDS and other in _AWAY - {"demand"}) or (one in _AWAY and other in _TOWARDS)


def _statuses(tables: Sequence[_Table], status: Callable[[Talks], str | None]) -> tuple[Told, ...]:
    """How a truce or a text stands in each report that says so, at its words for the talks."""
    return tuple(table.told(table.talks.span, value) for table in tables if (value := status(table.talks)))


def _waiting(
    attendance: Iterable[Presence],
    moves: Sequence[Course],
    terms: Iterable[Clause],
    rounds: Iterable[Meeting],
    last: str | None,
) -> Iterator[Wait]:
    """What hangs on something as each line was last told: conditions, open demands, rounds to come.

    `last` is the day of the last report on the talks: what no report has told of for a month before it is not waited
    for any more, nor is a round whose days are over.
    """
    for presence in attendance:
        latest = _latest(presence.told)
        if presence.state in _UNSURE or latest.condition:
            yield from _wait(presence.party, presence.state, latest, last)
    for course in moves:
        latest = course.moves[-1]
        for told in course.moves:
            if told.passage.uri == latest.passage.uri and (told.condition or told.what == "demand"):
                yield from _wait(course.party, told.what or "demand", told, last)
    for clause in terms:
        latest = _latest(clause.told)
        if latest.condition:
            yield from _wait(clause.giver, "term", latest, last)
    for meeting in rounds:
        over = meeting.end is not None and last is not None and meeting.end <= last
        if meeting.state in ("planned", "postponed") and not over:
            yield from _wait(None, "planned", _latest(meeting.told), last if meeting.start is None else None)


def _wait(who: str | None, what: str, told: Told, last: str | None) -> Iterator[Wait]:
    day, end = date_of(told.day), date_of(last)
    if day is None or end is None or (end - day).days <= _LATELY:
        yield Wait(who=who, what=what, told=told)


def _group(rows: Sequence[_Row], same: Callable[[_Row, _Row], bool]) -> list[list[_Row]]:
    """Rows in groups: each joins the first group that has one like it."""
    groups: list[list[_Row]] = []
    for row in rows:
        home = next((group for group in groups if any(same(other, row) for other in group)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return groups


def _weights(text: str, without: str) -> Weights:
    left_out = {stem(word) for word in WORD.findall(without)}
    counts = Counter(known for word in WORD.findall(text) if (known := stem(word)) not in left_out)
    return weigh(counts, {word: _rarity(word) for word in counts})


@cache
def _rarity(word: str) -> float:
    """How rare a word is in the table of frequencies, whatever the story."""
    return Frequencies().rarity(word)
