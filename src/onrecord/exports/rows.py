"""What the sheet and the page show of a record: its items as rows, in the order in which a person asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from onrecord.exports.corrections import verdict_words
from onrecord.exports.values import bounds, interval_words, plain_number, unit_words
from onrecord.record import (
    Actor,
    Attribution,
    Caption,
    Correction,
    Event,
    Figure,
    Place,
    Record,
    Report,
    Span,
    Talks,
    TimeExpression,
    count_words,
    counts,
)

QUOTATION_MARKS = '"“”„«»'
"""Marks at the ends of quoted words, which the sheet and the page set themselves."""

_NO_SOURCE = "no source named"
"""For what "is expected": whoever expects it is not even an unnamed source."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One item: its id, what it says, the words that say it, what else is known of it, what a person says of it."""

    id: str
    head: str
    words: str = ""
    notes: tuple[str, ...] = ()
    verdict: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A layer under its heading; `rows` is None where the layer was not read. `verdicts` counts those of persons."""

    title: str
    layer: str
    rows: tuple[Row, ...] | None
    verdicts: str = ""


def sections(record: Record, corrections: Iterable[Correction] = ()) -> tuple[Section, ...]:
    """The layers of a record as rows, with what persons say of the items."""
    standing = [one for one in corrections if one.standing]
    said = {one.id: verdict_words(one, record) for one in standing if one.id}
    count = {layer: count_words(verdicts) for layer, verdicts in counts(standing).items()}
    return tuple(
        Section(
            title=title,
            layer=layer,
            rows=None
            if record.layer(layer) is None
            else tuple(
                msgspec.structs.replace(row, verdict=said[row.id]) if row.id in said else row for row in rows(record)
            ),
            verdicts=count.get(layer, ""),
        )
        for title, layer, rows in _SECTIONS
    )


def facts(report: Report) -> Iterator[str]:
    """What the furniture of a report says: where and when it was filed, by whom, in which language."""
    dateline = report.dateline
    if dateline and dateline.places:
        yield " / ".join(report.words(place) for place in dateline.places)
    yield _dating(report) if report.dating else "no date: relative times have no value"
    yield from dict.fromkeys(
        fact for fact in (report.provider, report.byline) if fact
    )  # some papers sign as themselves
    if report.language:
        yield report.language


def caption_note(caption: Caption) -> str:
    """A caption's credit, and whether the page says it again: `caption (A. Person/ABC), said again below`."""
    credit = caption.credit
    by = "/".join(name for name in (credit.photographer, credit.agency) if name) if credit else ""
    via = f" via {credit.via}" if credit and credit.via else ""
    again = f", said again in {_count(len(caption.repeats), 'other place')}" if caption.repeats else ""
    return f"caption{f' ({by}{via})' if by or via else ''}{again}"


def _dating(report: Report) -> str:
    dating = report.dating
    if dating is None:
        return ""
    origin = f"from the {dating.origin}"
    if dating.year_origin and dating.year_origin != dating.origin:
        origin += f", its year from the {dating.year_origin}"
    weekday = ""
    if dating.weekday is not None:
        name = date.fromisoformat(dating.value[:10]).strftime("%A")
        weekday = f"; a {name}, as the text says" if dating.weekday else f"; a {name}, which the text contradicts"
    return f"{dating.value} ({origin}{weekday})"


def _attribution_rows(record: Record) -> Iterator[Row]:
    for item in record.attributions or ():
        source = shown(record.report, item.source.spans) or f"({_NO_SOURCE})"
        actor = _name(record, item.source.actor)
        if actor and actor.casefold() not in source.casefold():
            source += f" = {actor}"
        to = f" → {record.report.words(item.to)}" if item.to else ""
        notes = [item.quote, item.source.kind, item.stance]
        notes += [f"“{record.report.words(span)}”" for span in item.source.conditions]
        notes += [f"issued by {_name(record, issuer)}" for issuer in item.source.issuers]
        notes += [f"told in {item.via}"] if item.via else []
        yield Row(
            id=item.id,
            head=f"{source} · {shown(record.report, item.cue)}{to}",
            words=shown(record.report, item.content),
            notes=tuple(note for note in notes if note),
        )


def _figure_rows(record: Record) -> Iterator[Row]:
    for item in record.figures or ():
        of = record.report.words(item.of) if item.of else unit_words(item)
        outcome = f", {item.outcome}" if item.outcome else ""
        notes = [
            f"by {_name(record, item.actor)}" if item.actor else "",
            f"in {_name(record, item.place)}" if item.place else "",
            interval_words(item.interval) if item.interval else "",
            "a running total" if item.cumulative else "",
            _word_of(record, item.attribution),
        ]
        yield Row(
            id=item.id,
            head=f"{bounds(item)} {_line(of)}{outcome}",
            words=shown(record.report, [item.span]),
            notes=tuple(note for note in notes if note),
        )


def _event_rows(record: Record) -> Iterator[Row]:
    order = {item.id: item.interval.start or "" for item in record.times or () if item.interval}

    def when(event: Event) -> tuple[str, int]:
        return (min((order.get(t, "9999") for t in event.times), default="9999"), event.span.start)

    for item in sorted(record.events or (), key=when):
        who = ", ".join(_name(record, actor) for actor in item.actors)
        whom = ", ".join(_name(record, actor) for actor in item.recipients)
        times = " / ".join(_name(record, t) for t in item.times)
        notes = [
            f"{who or '–'} → {whom or '–'}" if who or whom else "",
            times,
            ", ".join(_name(record, place) for place in item.places),
            f"if “{record.report.words(item.condition)}”" if item.condition else "",
            _word_of(record, item.attribution),
        ]
        yield Row(
            id=item.id,
            head=f"{item.type}{f': {item.mode}' if item.mode else ''} · {item.status}",
            words=shown(record.report, item.mentions[:1]),
            notes=tuple(note for note in notes if note),
        )


def _talks_rows(record: Record) -> Iterator[Row]:
    for item in record.talks or ():
        yield from _one_talks(record, item)


def _one_talks(record: Record, item: Talks) -> Iterator[Row]:
    """The table that a mediator's aide would draw up: who, where, what sticks, who has said what, what is next."""
    words = record.report.words
    names = {
        "parties": ", ".join(_name(record, a) for a in item.parties),
        "mediators": ", ".join(_name(record, a) for a in item.mediators),
        "hosts": ", ".join(_name(record, a) for a in item.hosts),
        "venue": ", ".join(_name(record, p) for p in item.venue),
        "format": item.format or "",
        "stage": item.stage or "",
        "truce": item.truce or "",
        "text": item.text_status or "",
    }
    yield Row(id=item.id, head=" · ".join(f"{k}: {v}" for k, v in names.items() if v), words=words(item.span))
    for aim in item.aims:
        yield Row(id="", head="aim", words=words(aim))
    for turn in item.rounds:
        notes = (_name(record, turn.time) if turn.time else "", turn.outcome or "", _word_of(record, turn.attribution))
        yield Row(id="", head=f"round · {turn.state}", words=words(turn.span), notes=tuple(n for n in notes if n))
    for seat in item.attendance:
        condition = f"if “{words(seat.condition)}”" if seat.condition else ""
        yield Row(
            id="",
            head=f"attendance · {_name(record, seat.party)}: {seat.state}",
            words=words(seat.span),
            notes=tuple(n for n in (condition, _word_of(record, seat.attribution)) if n),
        )
    for issue in item.issues:
        head = "issue · sticks" if issue.sticking else "issue"
        yield Row(id="", head=head, words=words(issue.span), notes=(_word_of(record, issue.attribution),))
    for move in item.positions:
        who = _name(record, move.party) if move.party else "–"
        yield Row(
            id="", head=f"{who} · {move.move}", words=words(move.span), notes=(_word_of(record, move.attribution),)
        )
    for term in item.offers:
        sides = f"{_name(record, term.giver) or '–'} → {_name(record, term.receiver) or '–'}"
        yield Row(id="", head=f"term · {sides}", words=words(term.span), notes=(_word_of(record, term.attribution),))
    for precedent in item.precedents:
        yield Row(id="", head="precedent", words=words(precedent))


def _time_rows(record: Record) -> Iterator[Row]:
    for item in record.times or ():
        marks = " ".join(mark for mark in (item.mod, item.quant, item.freq) if mark)
        yield Row(
            id=item.id,
            head=f"{item.value or '(no value)'}{f' {marks}' if marks else ''}  {item.type}",
            words=shown(record.report, [item.span]),
            notes=(interval_words(item.interval),) if item.interval else (),
        )


def _place_rows(record: Record) -> Iterator[Row]:
    for item in record.places or ():
        where = f"{item.lat:.2f}, {item.lon:.2f}" if item.lat is not None and item.lon is not None else ""
        notes = [where, f"GeoNames {item.geonameid}" if item.geonameid else "not settled", _times(len(item.mentions))]
        yield Row(
            id=item.id,
            head=" ".join(part for part in (item.name, item.country) if part),
            notes=tuple(note for note in notes if note),
        )


def _actor_rows(record: Record) -> Iterator[Row]:
    for item in record.actors or ():
        code = " ".join(part for part in (item.country, item.sector) if part)
        notes = [code, item.role or "", _times(len(item.mentions))]
        yield Row(id=item.id, head=item.name, notes=tuple(note for note in notes if note))


def shown(report: Report, spans: Iterable[Span]) -> str:
    """The words of some spans on one line, with … where they are broken."""
    return " … ".join(_line(report.words(span)) for span in spans)


def _line(text: str) -> str:
    return " ".join(text.split())


def _name(record: Record, id: str | None) -> str:
    """What to call the item with that id on the sheet."""
    if id is None:
        return ""
    item = record[id]
    if isinstance(item, Actor | Place):
        return item.name
    if isinstance(item, TimeExpression):
        return item.value or _line(record.report.words(item.span))
    if isinstance(item, Figure):
        return bounds(item)
    return item.id


def _word_of(record: Record, id: str | None) -> str:
    """On whose word an item stands; nothing where it is the report's own."""
    if id is None:
        return ""
    item = record[id]
    if not isinstance(item, Attribution):
        return ""
    source = _name(record, item.source.actor) or shown(record.report, item.source.spans)
    return f"says {source} ({item.id})" if source else f"{_NO_SOURCE} ({item.id})"


def _times(count: int) -> str:
    return _count(count, "mention") if count > 1 else ""


def _count(count: int, noun: str) -> str:
    return f"{plain_number(count)} {noun}{'' if count == 1 else 's'}"


_SECTIONS: tuple[tuple[str, str, Callable[[Record], Iterator[Row]]], ...] = (
    ("Who says what", "attributions", _attribution_rows),
    ("How many", "figures", _figure_rows),
    ("What happened", "events", _event_rows),
    ("The talks", "talks", _talks_rows),
    ("When", "times", _time_rows),
    ("Where", "places", _place_rows),
    ("Who", "actors", _actor_rows),
)
