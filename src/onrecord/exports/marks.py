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


def marked(
    text: str, region: Span, marks: Sequence[Mark], seen: set[str], prefix: str = "", passages: Iterable[Span] = ()
) -> str:
    """The words of `region` as HTML, with the marks on them.

    A mark is a `span` of its layer's class; where marks overlap, the text is cut at each end and the spans are
    nested, the longest outside. After an item's last word in its stretch stands its id, a link to the item.
    The first stretch of an item gets the anchor `words-<id>`; `seen` holds the ids that have theirs. Anchors
    start with `prefix`, which tells the reports of one page apart. Each of `passages` gets an anchor of its own,
    `at-<start>-<end>`.
    """
    here = [mark for mark in marks if mark.span & region]
    anchors: dict[int, list[Span]] = {}
    for passage in {one for one in passages if one & region}:
        anchors.setdefault(max(passage.start, region.start), []).append(passage)
    spans = [*(mark.span for mark in here), *(one for begun in anchors.values() for one in begun)]
    ends = {at for span in spans for at in (span.start, span.end) if region.start < at < region.end}
    cuts = sorted({region.start, region.end, *ends})
    out: list[str] = []
    opened: list[Span] = []
    for start, end in pairwise(cuts):
        out.append(_anchors(anchors.get(start, ()), opened, start, seen))
        segment = Span(start, end)
        over = sorted((m for m in here if m.span & segment), key=lambda m: (-len(m.span), m.layer, m.id))
        out.append("".join(_open(mark, seen, prefix) for mark in over))
        out.append(escape(text[start:end]))
        out.append("</span>" * len(over))
        out.extend(_reference(mark, prefix) for mark in reversed(over) if _closes(mark, end))
    return "".join([*out, "</span>" * len(opened)])


def _anchors(began: Sequence[Span], opened: list[Span], at: int, seen: set[str]) -> str:
    """The tags that end and begin passages at a character. `opened` are those that run on, the outermost first.

    One that began inside a passage that ends here is closed with it and opened again, without its anchor.
    """
    ended = next((n for n, one in enumerate(opened) if one.end <= at), len(opened))
    closed = "</span>" * (len(opened) - ended)
    again = [one for one in opened[ended:] if one.end > at]
    opened[ended:] = sorted([*again, *began], key=lambda one: (-one.end, one.start))
    return closed + "".join(_anchor(one, seen) for one in opened[ended:])


def _anchor(passage: Span, seen: set[str]) -> str:
    name = f"at-{passage.start}-{passage.end}"
    anchor = "" if name in seen else f' id="{name}"'
    seen.add(name)
    return f'<span class="at"{anchor}>'


def _open(mark: Mark, seen: set[str], prefix: str) -> str:
    anchor = "" if mark.id in seen else f' id="{prefix}words-{mark.id}"'
    seen.add(mark.id)
    return f'<span class="{" ".join(filter(None, ("m", mark.layer, mark.role)))}"{anchor}>'


def _closes(mark: Mark, at: int) -> bool:
    """Whether the reference to a mark's item goes here: at its end; an attribution's after its content alone."""
    return mark.span.end == at and mark.role in ("", "content")


def _reference(mark: Mark, prefix: str) -> str:
    return f'<sup class="{mark.layer}"><a href="#{prefix}{mark.id}">{mark.id}</a></sup>'
