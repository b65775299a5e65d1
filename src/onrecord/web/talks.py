"""The talks of a story, merged over its reports, as a board whose lines lead to their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from onrecord.exports.negotiation import Entry, days_of, entries
from onrecord.record.story import Negotiation, Told
from onrecord.web.told import Source, Words, words_at

TITLES = {
    "waiting": "Who is waiting for what",
    "rounds": "Rounds",
    "attendance": "Who comes",
    "issues": "Issues",
    "turns": "Changes of position",
    "moves": "Moves",
    "terms": "Terms",
    "truce": "Truce",
    "text": "Text",
}
SIDES = {"parties": "Parties", "mediators": "Mediators", "hosts": "Hosts", "guarantors": "Guarantors"}


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What one report tells of a line, with its words, and the words that it hangs on."""

    what: str
    day: str | None
    source: str | None
    words: Words
    condition: Words | None = None


class TalksLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the board: of whom, how it stands by the latest report, when and where, and each report's words."""

    who: str
    state: str
    days: str
    start: str | None
    end: str | None
    place: str | None
    independent: int | None
    notes: list[Note]


class TalksPart(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of one part of the board; those of a side are names."""

    part: str
    title: str
    lines: list[TalksLine]


class TalksBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The talks: who sits at the table, and what is told of them."""

    sides: list[TalksPart]
    parts: list[TalksPart]


def talks_board(talks: Negotiation | None, sources: Mapping[str, Source]) -> TalksBoard | None:
    """The board of a story's talks; None where its reports tell of none. Words whose report is gone leave no line."""
    if talks is None:
        return None
    every = list(entries(talks))
    sides = [part for name, title in SIDES.items() if (part := _part(name, title, every, sources)).lines]
    parts = [part for name, title in TITLES.items() if (part := _part(name, title, every, sources)).lines]
    return TalksBoard(sides=sides, parts=parts) if sides or parts else None


def _part(name: str, title: str, every: list[Entry], sources: Mapping[str, Source]) -> TalksPart:
    lines = [line for entry in every if entry.part == name and (line := _line(entry, sources)).notes]
    return TalksPart(part=name, title=title, lines=lines)


def _line(entry: Entry, sources: Mapping[str, Source]) -> TalksLine:
    return TalksLine(
        who=entry.who,
        state=entry.state,
        days=days_of(entry) if entry.part == "rounds" else "",
        start=entry.start,
        end=entry.end,
        place=entry.place,
        independent=entry.independent,
        notes=[note for told in entry.told if (note := _note(told, sources))],
    )


def _note(told: Told, sources: Mapping[str, Source]) -> Note | None:
    words = words_at(sources, told.passage)
    if words is None:
        return None
    condition = words_at(sources, told.condition) if told.condition else None
    return Note(what=told.what or "", day=told.day, source=told.source, words=words, condition=condition)


def talks_rows(board: TalksBoard) -> Iterator[dict[str, object]]:
    """The board as rows of a story's table."""
    for part in (*board.sides, *board.parts):
        for line in part.lines:
            for note in line.notes:
                what = ": ".join(filter(None, (part.part, line.who, note.what)))
                row = {"part": "talks", "day": note.day, "what": what, "source": note.source, "value": line.state}
                yield {**row, **note.words.row()}
