"""Make a report of a text whose place in the original is known: clean it and name its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.clean.captions import captions_in, mark_captions
from onrecord.clean.datelines import mark_dateline
from onrecord.clean.dating import Evidence, find_dating
from onrecord.clean.furniture import (
    agency,
    mark_bylines,
    mark_desk,
    mark_end,
    mark_headline,
    mark_notes,
    mark_writer,
    writers,
)
from onrecord.clean.language import find_language
from onrecord.clean.paragraphs import find_paragraphs
from onrecord.clean.repeats import find_retold, fold_captions, fold_paragraphs, fold_pulled
from onrecord.clean.sourced import Sourced, insert, join
from onrecord.clean.spaces import tidy
from onrecord.record import Caption, Dateline, Part, PartKind, Report, Span


class Block(NamedTuple):
    """A stretch of a file and what the file's format says that it is.

    `kind` is None where the format says nothing: then its paragraphs are found, and what each is.
    A block with a kind is one paragraph; a `body` is looked through for datelines, credits and the like.
    """

    source: Sourced
    kind: PartKind | None = None


def build_report(
    source: Sourced | Sequence[Block],
    *,
    uri: str,
    digest: str,
    encoding: str | None = None,
    format: str = "text",
    date: str | None = None,
    published: str | None = None,
    modified: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    provider: str | None = None,
    language: str | None = None,
    version: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Report:
    """The report in `source`, cleaned, with its parts, dateline, captions and day found.

    A format gives what its own fields say (`published`, `modified`: ISO 8601; `language`: any tag; `headline`,
    `byline`, `provider`); what it leaves out is looked for in the text. `date` is the user's option and wins.
    """
    text, parts = _lay_out(source)
    tongue = find_language(text.text, language)
    parts, captions = _name_parts(text.text, parts, tongue)
    parts, dateline = mark_dateline(text.text, parts, tongue)
    parts = mark_headline(text.text, parts, dateline)
    parts = mark_writer(text.text, parts, tongue)
    captions = captions_in(parts := find_retold(text.text, parts), captions)
    parts = fold_pulled(text.text, fold_paragraphs(text.text, parts))
    parts = fold_captions(text.text, parts)
    captions = _with_repeats(captions, parts)
    evidence = Evidence(date, published, uri, dateline, captions, parts)
    return Report(
        uri=uri,
        digest=digest,
        text=text.text,
        pieces=text.pieces,
        parts=tuple(parts),
        version=version,
        language=tongue,
        headline=headline or _words_of(text.text, parts, "headline"),
        byline=byline or writers(text.text, parts, tongue) or _words_of(text.text, parts, "byline"),
        dateline=dateline,
        provider=provider or _provider(text.text, dateline) or agency(text.text, parts, tongue),
        first_created=published,
        version_created=modified,
        dating=find_dating(text.text, evidence, tongue),
        captions=tuple(captions),
        format=format,
        encoding=encoding,
        metadata=dict(metadata or {}),
    )


def _provider(text: str, dateline: Dateline | None) -> str | None:
    return dateline.provider.of(text) if dateline and dateline.provider else None


def _lay_out(source: Sourced | Sequence[Block]) -> tuple[Sourced, list[Part]]:
    """The whole text, cleaned, and its paragraphs: a body each, but where the format knows better."""
    blocks = [Block(source)] if isinstance(source, Sourced) else list(source)
    laid: list[Sourced] = []
    parts: list[Part] = []
    at = 0
    for block in blocks:
        clean = tidy(block.source)
        if len(blocks) > 1:
            clean = clean.strip()
            if not clean.text:
                continue
            if laid:
                gap = insert("\n\n", clean.source_start())
                laid.append(gap)
                at += len(gap)
        if block.kind is None:
            spans = find_paragraphs(clean.text)
        else:
            spans = [_whole(clean.text)] if clean.text.strip() else []
        parts += (Part(kind=block.kind or "body", span=Span(at + s.start, at + s.end)) for s in spans)
        laid.append(clean)
        at += len(clean)
    return join(laid), parts


def _whole(text: str) -> Span:
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))


def _name_parts(text: str, parts: Sequence[Part], language: str | None) -> tuple[list[Part], list[Caption]]:
    named = mark_bylines(text, parts, language)
    named = mark_desk(text, named, language)
    named = mark_end(text, named, language)
    named = mark_notes(text, named, language)
    return mark_captions(text, named, language)


def _with_repeats(captions: Sequence[Caption], parts: Sequence[Part]) -> list[Caption]:
    """The captions that are read, each with the copies of it further down."""
    copies = [part for part in parts if part.kind == "repeat" and part.of]
    copied = {part.span for part in copies}
    kept: list[Caption] = []
    for caption in captions:
        if caption.span in copied:
            continue
        repeats = tuple(
            part.span for part in copies if part.of and part.of & caption.span and part.span.start >= caption.span.end
        )
        kept.append(Caption(span=caption.span, credit=caption.credit, repeats=repeats))
    return kept


def _words_of(text: str, parts: Sequence[Part], kind: PartKind) -> str | None:
    """The words of the first part of that kind, on one line."""
    part = next((part for part in parts if part.kind == kind), None)
    return " ".join(text[part.span.start : part.span.end].split()) if part else None
