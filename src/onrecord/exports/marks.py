"""Marks: a text with its words marked by layer, as HTML; overlaps are drawn one under the other.

Everything is counted here, in code points: a browser counts UTF-16 units and would drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

import msgspec

from onrecord.record import Attribution, Record, Span


class Mark(msgspec.Struct, frozen=True, order=True):
    """A stretch of words that an item stands on. `role` says which part of the item (an attribution's source, …)."""

    span: Span
    layer: str
    id: str
    role: str = ""


def marks_of(record: Record, layers: Iterable[str]) -> list[Mark]:
    """Every stretch of words that the items of these layers stand on, in the order of the text."""
    found: list[Mark] = []
    for layer in layers:
        for item in record.layer(layer) or ():
            if isinstance(item, Attribution):
                parts = (("source", item.source.spans), ("cue", item.cue), ("content", item.content))
                found += (Mark(span, layer, item.id, role) for role, spans in parts for span in spans)
            else:
                spans = getattr(item, "mentions", None) or (item.span,)
                found += (Mark(span, layer, item.id) for span in spans)
    return sorted(mark for mark in found if len(mark.span))


def marked(text: str, region: Span, marks: Sequence[Mark], seen: set[str], prefix: str = "") -> str:
    """The words of `region` as HTML, with the marks on them.

    A mark is a `span` of its layer's class; where marks overlap, the text is cut at each end and the spans are
    nested, the longest outside. After an item's last word in its stretch stands its id, a link to the item.
    The first stretch of an item gets the anchor `words-<id>`; `seen` holds the ids that have theirs. Anchors
    start with `prefix`, which tells the reports of one page apart.
    """
    here = [mark for mark in marks if mark.span & region]
    ends = {at for mark in here for at in (mark.span.start, mark.span.end) if region.start < at < region.end}
    cuts = sorted({region.start, region.end, *ends})
    out: list[str] = []
    for start, end in pairwise(cuts):
        segment = Span(start, end)
        over = sorted((m for m in here if m.span & segment), key=lambda m: (-len(m.span), m.layer, m.id))
        out.append("".join(_open(mark, seen, prefix) for mark in over))
        out.append(escape(text[start:end]))
        out.append("</span>" * len(over))
        out.extend(_reference(mark, prefix) for mark in reversed(over) if _closes(mark, end))
    return "".join(out)


def _open(mark: Mark, seen: set[str], prefix: str) -> str:
    anchor = "" if mark.id in seen else f' id="{prefix}words-{mark.id}"'
    seen.add(mark.id)
    return f'<span class="{" ".join(filter(None, ("m", mark.layer, mark.role)))}"{anchor}>'


def _closes(mark: Mark, at: int) -> bool:
    """Whether the reference to a mark's item goes here: at its end; an attribution's after its content alone."""
    return mark.span.end == at and mark.role in ("", "content")


def _reference(mark: Mark, prefix: str) -> str:
    return f'<sup class="{mark.layer}"><a href="#{prefix}{mark.id}">{mark.id}</a></sup>'
