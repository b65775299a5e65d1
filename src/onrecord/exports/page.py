"""The page: records as one self-contained HTML file, readable without script, on paper and by a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

import msgspec

from onrecord.exports.corrections import orphan_words
from onrecord.exports.marks import Mark, marked, marks_of
from onrecord.exports.rows import QUOTATION_MARKS, Row, Section, caption_note, facts, sections
from onrecord.record import Correction, Part, Record, Report, Span

# Marked when the page opens; places and actors stand on so many words that they would hide the rest.
_SHOWN = ("attributions", "figures", "events", "talks", "times")

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def page(records: Sequence[Record]) -> str:
    """The records as one HTML page that asks nothing of any network and runs no script.

    Each report stands beside its record: words marked by layer, each item linked to its words and back.
    """
    body = [layers_form(records), *(article(record, number) for number, record in enumerate(records, 1))]
    first = records[0].report if records else None
    return _PAGE.format(
        language=escape((first.language if first else None) or "en"),
        title=escape(
            (first.headline or opening_of(first) or first.uri)
            if first and len(records) == 1
            else f"{len(records)} reports"
        ),
        style=files("onrecord.exports").joinpath("page.css").read_text(encoding="utf-8"),
        body="\n".join(body),
    )


def layers_form(records: Sequence[Record]) -> str:
    """The switches that show and hide the marks of each layer, and what put each item there; style sheets do it."""
    layers = {s.layer: s.title for record in records for s in sections(record) if s.rows}
    switches = "\n".join(
        f'<label><input type="checkbox" id="show-{layer}"{" checked" if layer in _SHOWN else ""}> '
        f'<span class="m {layer}">{escape(title)}</span></label>'
        for layer, title in layers.items()
    )
    if layers:
        switches += '\n<label><input type="checkbox" id="show-basis"> what put each there</label>'
    return f'<form class="layers" aria-label="Layers marked in the text">\n{switches}\n</form>'


def article(
    record: Record,
    number: int = 1,
    *,
    at: Span | None = None,
    address: str = "",
    corrections: Sequence[Correction] = (),
    beside: Mapping[str, str] | None = None,
    passages: Iterable[Span] | None = None,
    title: str = "",
) -> str:
    """One report beside its record. In a page of several, the anchors of all but the first carry its number.

    The words of `at` are marked with the anchor `words-at`. With the `address` of this report, each item has a link
    to its words by their place in the text, which lasts when the report is read again and the items are others.
    What persons say of items stands with each; `beside` is HTML that stands beside the item of an id.
    Where `passages` are given, each of them and the words of each item get an anchor of their own, `at-<start>-<end>`,
    so that a page that nobody serves can be opened at them. A report without a headline is called by `title`, else by
    its opening words.
    """
    report = record.report
    prefix = f"r{number}-" if number > 1 else ""
    shown = sections(record, corrections)
    marks = marks_of(record, (section.layer for section in shown))
    if at:
        marks.append(Mark(at, "asked", "at", "passage"))
    seen: set[str] = set()
    items = (record[row.id].span for s in shown for row in s.rows or () if row.id)
    anchors = () if passages is None else {*passages, *items}

    def draw(span: Span) -> str:
        return marked(report.text, span, marks, seen, prefix, anchors)

    headline = _headline(report, draw) or escape(title or opening_of(report) or report.uri)
    text = "\n".join(_part(record, part, draw(part.span)) for part in _short(report) if part.kind != "headline")
    cites = {row.id: _cite(record, row.id, address) for s in shown for row in s.rows or () if row.id and address}
    for row in (row for section in shown for row in section.rows or () if row.id):
        cites[row.id] = cites.get(row.id, "") + _basis(record, row.id)
    for id, html in (beside or {}).items():
        cites[id] = cites.get(id, "") + html
    listed = "\n".join(_section(section, prefix, cites) for section in shown) + _orphans(corrections)
    return (
        f"<article>\n<header><h1>{headline}</h1>\n"
        f'<p class="facts">{escape(" · ".join(facts(report)))}</p></header>\n'
        f'<div class="text" dir="auto">\n{text}\n</div>\n<aside aria-label="Record">\n{listed}\n</aside>\n</article>'
    )


def _short(report: Report) -> Iterator[Part]:
    """The parts of a report; of one that is longer than any paragraph, pieces cut between words.

    A browser lays a paragraph out whole: one of ten megabytes takes it minutes, but of its pieces only those in sight.
    """
    for part in report.parts:
        at = part.span.start
        while part.span.end - at > _LONGEST:
            end = at + _LONGEST
            end = max(report.text.rfind(" ", at, end) + 1, at + _LONGEST // 2)
            yield msgspec.structs.replace(part, span=Span(at, end))
            at = end
        yield msgspec.structs.replace(part, span=Span(at, part.span.end)) if at > part.span.start else part


_LONGEST = 4000  # code points: some 650 words, twice the longest paragraph of a newspaper


def _headline(report: Report, draw: Callable[[Span], str]) -> str:
    """The headline as the text has it, drawn with its marks: the text does not show it again."""
    spans = [part.span for part in report.parts if part.kind == "headline"]
    return " ".join(map(draw, spans)) or escape(report.headline or "")


def opening_of(report: Report) -> str:
    """The words that a report begins with, as many as a line has: what to call one without a headline."""
    words = " ".join(report.words(next((part.span for part in report.prose()), Span(0, 0))).split())
    return words if len(words) <= _LINE else words[: words.rfind(" ", _LINE // 2, _LINE) + 1 or _LINE].rstrip() + " …"


_LINE = 90  # code points of a title


def _part(record: Record, part: Part, words: str) -> str:
    """A part of the text: prose as a paragraph, furniture as what it is, with its kind said."""
    if part.kind == "body":
        return f"<p>{words}</p>"
    note: str = part.kind
    if part.kind == "caption":
        note = next((caption_note(c) for c in record.report.captions if c.span & part.span), note)
    return f'<p class="furniture {part.kind}"><span class="kind">{escape(note)}</span> {words}</p>'


def _cite(record: Record, id: str, address: str) -> str:
    """A link to an item's words that needs no item."""
    span = record[id].span
    href = escape(f"{address}{'&' if '?' in address else '?'}at={span.start}-{span.end}#words-at", quote=True)
    return f' <a class="cite" href="{href}" title="a lasting link to these words" aria-label="link to {id}">¶</a>'


def _basis(record: Record, id: str) -> str:
    """What put an item there; shown when it is asked for."""
    basis = record[id].basis
    score = f", {basis.score:.2f}" if basis.score is not None else ""
    return f' <span class="basis">by {basis.by}: {escape(basis.name)}{score}</span>'


def _orphans(corrections: Sequence[Correction]) -> str:
    """What persons said of items that are read no more."""
    rows = "".join(f"<li>{escape(orphan_words(one))}</li>" for one in corrections if one.id is None and one.standing)
    return (
        f'\n<section class="orphans"><h2>Said of what is read no more</h2>\n<ol>{rows}</ol></section>' if rows else ""
    )


def _section(section: Section, prefix: str, cites: Mapping[str, str]) -> str:
    if section.rows is None:
        count, body = "", '<p class="none">not read</p>'
    elif not section.rows:
        count, body = "", '<p class="none">none</p>'
    else:
        rows = "\n".join(_row(row, prefix, cites.get(row.id, "")) for row in section.rows)
        verdicts = f", {section.verdicts}" if section.verdicts else ""
        count, body = f' <span class="count">{len(section.rows)}{verdicts}</span>', f"<ol>\n{rows}\n</ol>"
    return f'<section class="{section.layer}"><h2>{escape(section.title)}{count}</h2>\n{body}</section>'


def _row(row: Row, prefix: str, cite: str) -> str:
    anchor = f' id="{prefix}{row.id}"' if row.id else ""
    label = f'<a class="id" href="#{prefix}words-{row.id}" title="to its words">{row.id}</a>' if row.id else ""
    words = f" <q>{escape(row.words.strip(QUOTATION_MARKS))}</q>" if row.words else ""
    said = " · ".join(note for note in row.notes if note)
    notes = f' <span class="notes">{escape(said)}</span>' if said else ""
    verdict = f' <span class="verdict">{escape(row.verdict)}</span>' if row.verdict else ""
    kind = f' class="{row.verdict.split()[0]}"' if row.verdict else ""
    return f"<li{anchor}{kind}>{label}<b>{escape(row.head)}</b>{words}{cite}{notes}{verdict}</li>"
