"""The talks of a story, merged over its reports: a table of rows, and the board that a terminal shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from onrecord.record.story import Negotiation, Passage, Told

Words = Callable[[Passage], str]
"""The words at a passage, on one line."""

Row = dict[str, object]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the board: its part, of whom, how it stands by the latest report, and every report's words for it."""

    part: str
    who: str = ""
    state: str = ""
    start: str | None = None
    end: str | None = None
    place: str | None = None
    first: str | None = None
    independent: int | None = None
    told: tuple[Told, ...] = ()


_TITLES = {
    "waiting": "Who is waiting for what",
    "rounds": "Rounds",
    "attendance": "Who comes",
    "issues": "Issues",
    "moves": "Moves",
    "turns": "Changes of position",
    "terms": "Terms",
    "truce": "Truce",
    "text": "Text",
}
_SIDES = ("parties", "mediators", "hosts", "guarantors")


def entries(talks: Negotiation) -> Iterator[Entry]:
    """Every line of the board, part by part."""
    for part in _SIDES:
        for side in getattr(talks, part):
            yield Entry(
                part=part,
                who=side.name,
                state=side.country or "",
                first=side.first,
                independent=side.independent,
                told=side.told,
            )
    for wait in talks.waiting:
        yield Entry(part="waiting", who=wait.who or "", state=wait.what, told=(wait.told,))
    for meeting in talks.rounds:
        yield Entry(
            part="rounds",
            state=_joined(meeting.state, meeting.outcome),
            start=meeting.start,
            end=meeting.end,
            place=meeting.place,
            first=meeting.first,
            independent=meeting.independent,
            told=meeting.told,
        )
    for seat in talks.attendance:
        yield Entry(part="attendance", who=seat.party, state=seat.state, told=seat.told)
    yield from _lines(talks)


def _lines(talks: Negotiation) -> Iterator[Entry]:
    """Issues, moves, terms, and how truce and text stand."""
    for matter in talks.issues:
        state = "sticks" if matter.sticks else "open"
        yield Entry(part="issues", state=state, first=matter.first, independent=matter.independent, told=matter.told)
    for course in talks.moves:
        yield Entry(part="moves", who=course.party, state=_latest(course.moves).what or "", told=course.moves)
    for course in talks.moves:
        for turn in course.turns:
            state = f"{turn.before.what} → {turn.after.what}"
            yield Entry(part="turns", who=course.party, state=state, told=(turn.before, turn.after))
    for clause in talks.terms:
        yield Entry(
            part="terms",
            who=f"{clause.giver or '–'} → {clause.receiver or '–'}" if clause.giver or clause.receiver else "",
            state=clause.status or "",
            first=clause.first,
            independent=clause.independent,
            told=clause.told,
        )
    for part in ("truce", "text"):
        told: tuple[Told, ...] = getattr(talks, part)
        if told:
            yield Entry(part=part, state=told[-1].what or "", told=told)


def _latest(told: Sequence[Told]) -> Told:
    """What the last report says first: reports tell the newest first."""
    return next(one for one in told if one.passage.uri == told[-1].passage.uri)


def table(talks: Negotiation, words: Words) -> list[Row]:
    """A row for each report's words on each line: `latest` is how the line stands, `what` what this report has."""
    return [
        {
            "part": entry.part,
            "who": entry.who,
            "latest": entry.state,
            "start": entry.start,
            "end": entry.end,
            "place": entry.place,
            "first": entry.first,
            "independent": entry.independent,
            "day": told.day,
            "what": told.what,
            "source": told.source,
            "words": words(told.passage),
            "condition": words(told.condition) if told.condition else None,
            "report": told.passage.uri,
            "from": told.passage.span.start,
            "to": told.passage.span.end,
        }
        for entry in entries(talks)
        for told in entry.told
    ]


def board_text(talks: Negotiation, words: Words) -> str:
    """The board for a terminal: who sits there, then each part with its lines and the words under each line."""
    every = list(entries(talks))
    lines = []
    for part in _SIDES:
        names = [f"{one.who} ({_reports(one.independent)})" for one in every if one.part == part]
        lines += [f"{part.capitalize():<11}{', '.join(names)}"] if names else []
    for part, title in _TITLES.items():
        of_part = [one for one in every if one.part == part]
        lines += ["", title] if of_part else []
        lines += [line for one in of_part for line in _entry(one, words)]
    return "\n".join(lines)


def _entry(one: Entry, words: Words) -> Iterator[str]:
    head = [days_of(one) if one.part == "rounds" else "", one.who, one.state, one.place or ""]
    if one.independent and one.part != "waiting":
        head.append(f"first {one.first}; {_reports(one.independent)}")
    yield "  " + " · ".join(text for text in head if text)
    yield from (f"      {line}" for line in _told(one.told, words))


def _told(told: Sequence[Told], words: Words) -> Iterator[str]:
    for one in told:
        notes = [f"if “{words(one.condition)}”" if one.condition else "", f"says {one.source}" if one.source else ""]
        tail = "".join(f"  {note}" for note in notes if note)
        yield f"{one.day or 'no day'}  {one.what or 'named'}: “{words(one.passage)}”{tail}  {one.passage.uri}"


def days_of(one: Entry) -> str:
    """The first day of a round and its last, where it has several."""
    if one.start is None:
        return f"no day given, told {one.told[0].day or 'on no day'}"
    return one.start if one.end is None or one.end[:10] <= _next_day(one.start) else f"{one.start} to before {one.end}"


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _reports(count: int | None) -> str:
    return f"{count} independent report{'' if count == 1 else 's'}"


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
