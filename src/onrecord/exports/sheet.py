"""The sheet: a record as a person reads it on a terminal, what the command line prints and golden files hold."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator

from onrecord.exports.corrections import orphan_words
from onrecord.exports.rows import QUOTATION_MARKS, Row, caption_note, facts, sections, shown
from onrecord.record import Correction, Record, Report

Paint = Callable[[str, str], str]
"""`paint(style, text)`: the text in a style of the terminal (`heading`, `id`, `head`, `words`, `note`)."""

_INDENT = " " * 7


def plain(style: str, text: str) -> str:
    """The text without any style."""
    return text


def sheet(record: Record, *, width: int = 96, paint: Paint = plain, corrections: Iterable[Correction] = ()) -> str:
    """The record of one report as text, `width` columns wide, items under the heading of their layer.

    What persons say of items stands under each; of those that are read no more, at the end.

    A layer that was not read is named at the end; one that was read and is empty says so in its place.
    """
    lines = list(_head(record.report, width, paint))
    not_read = []
    corrections = list(corrections)
    for section in sections(record, corrections):
        if section.rows is None:
            not_read.append(section.layer)
            continue
        count = f" · {len(section.rows)}, {section.verdicts}" if section.verdicts else ""
        lines += ["", paint("heading", section.title.upper() + count)]
        rendered = [line for row in section.rows for line in _render(row, width, paint)]
        lines += rendered or [_INDENT + paint("note", "none")]
    if orphans := [orphan_words(one) for one in corrections if one.id is None]:
        lines += ["", paint("heading", "SAID OF WHAT IS READ NO MORE")]
        for text in orphans:
            lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent=_INDENT)
    if not_read:
        lines += ["", paint("note", "Not read: " + ", ".join(not_read))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(report: Report, width: int, paint: Paint) -> Iterator[str]:
    """The report's name, its headline, and what its furniture says."""
    yield paint("heading", report.uri)
    if report.headline:
        yield from (paint("head", line) for line in textwrap.wrap(report.headline, width))
    yield from textwrap.wrap(" · ".join(facts(report)), width)
    for caption in report.captions:
        text = f"{caption_note(caption)}: {shown(report, [caption.span])}"
        yield from textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")


def _render(row: Row, width: int, paint: Paint) -> Iterator[str]:
    """A row as lines, with what a person says of it below."""
    yield from _item(row, width, paint)
    yield from (_INDENT + paint("note", line) for line in textwrap.wrap(row.verdict, width - len(_INDENT)))


def _item(row: Row, width: int, paint: Paint) -> Iterator[str]:
    """An item as lines: head and words on one line where they fit, notes after them or below."""
    notes = " · ".join(note for note in row.notes if note)
    words = f"“{row.words.strip(QUOTATION_MARKS)}”" if row.words else ""
    short = [part for part in (row.head, words, notes) if part]
    label = f"  {row.id:<4}"
    if len(label) + sum(map(len, short)) + 3 * (len(short) - 1) <= width:
        styled = [paint("head", row.head)]
        styled += [paint("words", words)] if words else []
        styled += [paint("note", notes)] if notes else []
        yield paint("id", label) + "   ".join(styled)
        return
    head = textwrap.wrap(row.head, width - len(_INDENT)) or [""]
    yield paint("id", label) + paint("head", head[0])
    yield from (_INDENT + paint("head", line) for line in head[1:])
    for style, text in (("words", words), ("note", notes)):
        yield from (_INDENT + paint(style, line) for line in textwrap.wrap(text, width - len(_INDENT)))
