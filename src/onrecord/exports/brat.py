"""Records as brat standoff: the text, and a file of annotations beside it.

brat counts code points, as we do. It allows no line end in a stretch, so a stretch is cut there; what is broken by
other words is one annotation of several stretches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.exports.web_annotation import spans_of
from onrecord.record import Attribution, Record, Report, Span

LABELS = {
    "actors": "Actor",
    "attributions": "Attribution",
    "times": "Time",
    "places": "Place",
    "figures": "Figure",
    "events": "Event",
    "talks": "Talks",
}


class Annotations:
    """The lines of an `.ann` file, numbered as they come."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.lines: list[str] = []
        self.counts = {"T": 0, "R": 0, "A": 0, "#": 0}

    def number(self, letter: str) -> str:
        """The next id of a kind."""
        self.counts[letter] += 1
        return f"{letter}{self.counts[letter]}"

    def span(self, label: str, spans: Iterable[Span]) -> str:
        """A text-bound annotation; its id."""
        id = self.number("T")
        pieces = [piece for span in spans for piece in _one_lines(self.report.text, span)]
        places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        self.lines.append(f"{id}\t{label} {places}\t{' '.join(piece.of(self.report.text) for piece in pieces)}")
        return id

    def attribute(self, name: str, of: str, value: str | None) -> None:
        """An attribute with a value of letters and marks that brat takes."""
        if value:
            self.lines.append(f"{self.number('A')}\t{name} {of} {re.sub(r'[^A-Za-z0-9_<>,-]', '_', value)}")

    def relation(self, name: str, head: str, tail: str) -> None:
        """A relation between two annotations."""
        self.lines.append(f"{self.number('R')}\t{name} Arg1:{head} Arg2:{tail}")

    def note(self, of: str, words: str) -> None:
        """An annotator's note: here, the item's own id and what brat has no place for."""
        self.lines.append(f"{self.number('#')}\tAnnotatorNotes {of}\t{' '.join(words.split())}")


def brat(record: Record) -> tuple[str, str]:
    """The text, and the annotations of a record: `.txt` and `.ann`.

    An attribution is its cue, with Source and Content related to it; every other item is its stretches. Each has a note
    with the item's id.
    """
    out = Annotations(record.report)
    marks: dict[str, str] = {}
    for layer, label in LABELS.items():
        for item in record.layer(layer) or ():
            spans = item.cue if isinstance(item, Attribution) else spans_of(item)
            marks[item.id] = out.span(label, spans or (item.span,))
            out.note(marks[item.id], item.id)
    for attribution in record.attributions or ():
        cue = marks[attribution.id]
        if attribution.source.spans:
            out.relation("source", cue, out.span("Source", attribution.source.spans))
        if attribution.content:
            out.relation("content", cue, out.span("Content", attribution.content))
        out.attribute("Quote", cue, attribution.quote)
        out.attribute("Stance", cue, attribution.stance)
    for event in record.events or ():
        out.attribute("Type", marks[event.id], event.type)
        out.attribute("Status", marks[event.id], event.status)
        for name, ids in (("actor", event.actors), ("recipient", event.recipients), ("place", event.places)):
            for id in ids:
                out.relation(name, marks[event.id], marks[id])
    for time in record.times or ():
        out.attribute("Value", marks[time.id], time.value)
    return record.report.text, "".join(f"{line}\n" for line in out.lines)


def _one_lines(text: str, span: Span) -> list[Span]:
    """The stretches of a span between its line ends, without white space at their ends."""
    found = [Span(match.start(), match.end()) for match in _LINE.finditer(text, span.start, span.end)]
    return found or [span]


_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
