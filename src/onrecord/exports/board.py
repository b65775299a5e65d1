"""The board of talks: who sits at the table, what was held, who comes, what sticks, and who is waiting for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.record import Attribution, Record, Span, Talks


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a board: what it says in a word or two, of whom, the words that say it, and on whose word."""

    what: str
    who: str = ""
    words: str
    span: Span
    condition: str = ""
    source: str = ""


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Talks as one report tells of them: `heads` are pairs of a label and names; the rest lines, as the text has them.

    `waiting` are the lines of attendance, positions and terms that hang on something.
    """

    id: str
    span: Span
    heads: tuple[tuple[str, str], ...]
    rounds: tuple[Line, ...]
    attendance: tuple[Line, ...]
    issues: tuple[Line, ...]
    positions: tuple[Line, ...]
    terms: tuple[Line, ...]
    waiting: tuple[Line, ...]


_WAITING = {"conditional", "undecided", "invited"}


def boards(record: Record) -> list[Board]:
    """A board for each of the talks that a report tells of."""
    return [_board(record, talks) for talks in record.talks or ()]


def _board(record: Record, talks: Talks) -> Board:
    attendance = tuple(_attendance(record, talks))
    positions = tuple(_positions(record, talks))
    terms = tuple(_terms(record, talks))
    heads = {
        "Parties": _names(record, talks.parties),
        "Mediators": _names(record, talks.mediators),
        "Hosts": _names(record, talks.hosts),
        "Guarantors": _names(record, talks.guarantors),
        "Venue": _names(record, talks.venue),
        "Format": talks.format or "",
        "Stage": talks.stage or "",
        "Text": talks.text_status or "",
        "Truce": talks.truce or "",
        "Outcome": talks.outcome or "",
    }
    waits = [line for line in attendance if line.what in _WAITING or line.condition]
    waits += [line for line in (*positions, *terms) if line.condition]
    return Board(
        id=talks.id,
        span=talks.span,
        heads=tuple((label, names) for label, names in heads.items() if names),
        rounds=tuple(_rounds(record, talks)),
        attendance=attendance,
        issues=tuple(
            Line(
                what="sticks" if issue.sticking else "on the table",
                words=_words(record, issue.span),
                span=issue.span,
                source=_source(record, issue.attribution),
            )
            for issue in talks.issues
        ),
        positions=positions,
        terms=terms,
        waiting=tuple(sorted(waits, key=lambda line: line.span)),
    )


def _rounds(record: Record, talks: Talks) -> Iterator[Line]:
    for turn in talks.rounds:
        when = _name(record, turn.time)
        yield Line(
            what=" · ".join(part for part in (turn.state, when, turn.outcome or "") if part),
            who=_name(record, turn.place),
            words=_words(record, turn.span),
            span=turn.span,
            source=_source(record, turn.attribution),
        )


def _attendance(record: Record, talks: Talks) -> Iterator[Line]:
    for seat in talks.attendance:
        yield Line(
            what=seat.state,
            who=_name(record, seat.party),
            words=_words(record, seat.span),
            span=seat.span,
            condition=_words(record, seat.condition),
            source=_source(record, seat.attribution),
        )


def _positions(record: Record, talks: Talks) -> Iterator[Line]:
    for move in talks.positions:
        yield Line(
            what=move.move,
            who=_name(record, move.party),
            words=_words(record, move.span),
            span=move.span,
            condition=_words(record, move.condition),
            source=_source(record, move.attribution),
        )


def _terms(record: Record, talks: Talks) -> Iterator[Line]:
    for term in talks.offers:
        sides = " → ".join(name or "–" for name in (_name(record, term.giver), _name(record, term.receiver)))
        yield Line(
            what="term",
            who=sides if sides != "– → –" else "",
            words=_words(record, term.span),
            span=term.span,
            condition=_words(record, term.condition),
            source=_source(record, term.attribution),
        )


def _names(record: Record, ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(_name(record, id) for id in ids))


def _name(record: Record, id: str | None) -> str:
    """The name of an actor or place, the value of a time."""
    if id is None:
        return ""
    item = record[id]
    return str(getattr(item, "name", None) or getattr(item, "value", None) or _words(record, item.span))


def _source(record: Record, id: str | None) -> str:
    """On whose word a line stands; nothing where it is the report's own."""
    item = record[id] if id else None
    if not isinstance(item, Attribution):
        return ""
    return _name(record, item.source.actor) or " … ".join(_words(record, span) for span in item.source.spans)


def _words(record: Record, span: Span | None) -> str:
    return " ".join(record.report.words(span).split()) if span else ""
