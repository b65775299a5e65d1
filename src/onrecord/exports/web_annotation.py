"""Records as W3C Web Annotations (JSON-LD): each item points at its words in the original, by quotation and by byte.

A target is the report's uri with a TextQuoteSelector (the words, and what stands around them) and a
DataPositionSelector (bytes of the original). Where the text is the original, decoded, a TextPositionSelector is given
too, in code points as the standard has it. Words broken by others are one annotation with a target a stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.record import LAYERS, Actor, Attribution, Event, Figure, Item, Place, Record, Report, Span, TimeExpression

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points of a quotation's prefix and suffix: enough to tell two places with the same words apart, mostly."""


def annotate(record: Record) -> Iterator[dict[str, Any]]:
    """An annotation an item; `id` is `uri#id`."""
    same = is_decoded_original(record.report)
    for layer in LAYERS:
        for item in record.layer(layer) or ():
            yield _annotation(record.report, layer, item, same)


def collection(records: Iterable[Record]) -> dict[str, Any]:
    """All of some records as an AnnotationCollection with one page."""
    items = [annotation for record in records for annotation in annotate(record)]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": [_without_context(item) for item in items]}
    return {"@context": CONTEXT, "type": "AnnotationCollection", "total": len(items), "first": page}


def _without_context(annotation: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in annotation.items() if key != "@context"}


def _annotation(report: Report, layer: str, item: Item, same: bool) -> dict[str, Any]:
    targets = [_target(report, span, same) for span in spans_of(item)]
    return {
        "@context": CONTEXT,
        "id": f"{report.uri}#{item.id}",
        "type": "Annotation",
        "motivation": "tagging" if isinstance(item, Actor | Place | TimeExpression) else "describing",
        "generator": {"type": "Software", "name": "onrecord"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": layer},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": msgspec.json.encode(item).decode(),
            },
        ],
        "target": targets if len(targets) > 1 else targets[0],
    }


def spans_of(item: Item) -> tuple[Span, ...]:
    """The stretches that say an item: all mentions of a thing, all of what is said with its source and cue."""
    if isinstance(item, Attribution):
        return tuple(sorted((*item.source.spans, *item.cue, *item.content)))
    if isinstance(item, Actor | Place | Event):
        return item.mentions
    if isinstance(item, Figure) and item.outcome_span:
        return tuple(sorted((item.span, item.outcome_span)))
    return (item.span,)


def _target(report: Report, span: Span, same: bool) -> dict[str, Any]:
    text = report.text
    start, end = report.source_of(span)
    selectors: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(span.start - AROUND, 0) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
        {"type": "DataPositionSelector", "start": start, "end": end},
    ]
    if same:
        selectors.insert(1, {"type": "TextPositionSelector", "start": span.start, "end": span.end})
    return {"source": report.uri, "selector": selectors}


def is_decoded_original(report: Report) -> bool:
    """Whether each character of the text is one of the original, from its first on: places in both are the same."""
    at = 0
    for start, end, source_start, source_end in report.pieces:
        try:
            width = len(report.text[start].encode(report.encoding or "utf-8"))
        except (UnicodeEncodeError, LookupError):
            return False
        if source_start != at or source_end - source_start != width * (end - start):
            return False
        at = source_end
    return report.format == "text"
