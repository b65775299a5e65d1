"""Word documents (DOCX): one report a document, or one an article where it is an export of Nexis.

A `.docx` is a zip: `unpacking.py` gives its `word/document.xml`, which is the original that the text leads back to.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.clean import Sourced, insert, join
from onrecord.errors import InputError
from onrecord.intake import nexis
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import Node, read_elements, root_name
from onrecord.record import PartKind, Report

_HEADINGS = ("title", "heading1")


def sniff(data: bytes) -> bool:
    """Whether the bytes are the XML of a Word document."""
    return root_name(data) == "document" and b"wordprocessingml" in data[:16384]


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report in a document, or the reports in an export. Raises InputError where there is no text."""
    root, encoding = read_elements(data, uri)
    lines = [(style, line) for style, line in _lines(root) if line.text.strip()]
    if not lines:
        raise InputError(uri, "is a Word document without text", "give one with a report in it")
    plain = [line.strip() for _, line in lines]
    if nexis.is_export(plain):
        drafts = nexis.drafts_of(plain)
        yield from build_reports(drafts, data, uri=uri, format="nexis", date=date, encoding=encoding)
        return
    draft = Draft(metadata={})
    for number, (style, line) in enumerate(lines):
        kind: PartKind = "headline" if number == 0 and style in _HEADINGS else "body"
        draft.add(line.strip(), kind)
    yield from build_reports([draft], data, uri=uri, format="docx", date=date, encoding=encoding)


def _lines(root: Node) -> Iterator[tuple[str, Sourced]]:
    """The paragraphs with their styles; what is struck out by a reviser is left out."""
    for node in root.all("p"):
        style = node.first("ppr", "pstyle")
        yield (style.get("val").lower() if style else ""), join(_runs(node))


def _runs(paragraph: Node) -> Iterator[Sourced]:
    stack: list[Node | Sourced] = list(reversed(paragraph.children))
    end = 0
    while stack:
        item = stack.pop()
        if isinstance(item, Sourced):
            continue
        if item.name == "t":
            for piece in item.pieces():
                end = piece.source_end()
                yield piece
        elif item.name in ("tab", "br", "cr"):
            yield insert("\t" if item.name == "tab" else "\n", end)
        elif item.name not in ("del", "p", "ppr", "rpr", "instrtext", "pict", "drawing", "fallback"):
            stack.extend(reversed(item.children))
