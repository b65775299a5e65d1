"""Walk the tags of a page and yield its text, each run with its place in the page and the elements it stands in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.clean import Sourced, join, stand_in

_TOKEN = re.compile(
    r"<!--(?:(?!-->)[\s\S])*+(?:-->)?"
    r"|<!\[CDATA\[|\]\]>|<[!?][^>]*+>?"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+)(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|<(?P<close2>/?)(?P<name2>[A-Za-z][\w:-]*+)(?P<attributes2>[^<>]*+)>?"
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_REFERENCE = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,30};?)")
_SPACES = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")

RAW = frozenset(
    {"script", "style", "textarea", "title", "iframe", "noscript", "template", "svg", "xmp", "noembed", "math"}
)
"""Elements whose content is no text of the page: it runs to their end tag."""

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)

_BLOCK_NAMES = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol option p pre section select "
    "summary table tbody td tfoot th thead tr ul video picture"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that start and end on lines of their own."""


DEEPEST = 200
"""Elements within elements that are kept apart; real pages have up to sixty."""


class Tag(NamedTuple):
    """A start tag: `[start, end)` are code points of the page; attribute names are in small letters."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


class Run(NamedTuple):
    """Text between two tags: code points `[start, end)` of the page, the open elements, and the block it is in.

    Runs of one block stand on one line of the page; `line` counts the line breaks before it in the block.
    """

    start: int
    end: int
    within: tuple[Tag, ...]
    block: int
    line: int


class Page(NamedTuple):
    """What the tags of a page hold: its runs of text, and the content of raw elements with their start tags."""

    runs: tuple[Run, ...]
    raw: tuple[tuple[Tag, str], ...]
    tags: tuple[Tag, ...]


def walk(text: str) -> Page:
    """The runs of text in a page, in order. Any text can be walked: a stray or unclosed tag ends at the next one."""
    open_tags: list[Tag] = []
    runs: list[Run] = []
    raw: list[tuple[Tag, str]] = []
    alone: list[Tag] = []
    block = line = at = 0
    while at < len(text):
        match = _TOKEN.search(text, at)
        stop = match.start() if match else len(text)
        if text[at:stop].strip():
            runs.append(Run(at, stop, tuple(open_tags), block, line))
        if match is None:
            break
        at = match.end()
        name = (match["name"] or match["name2"] or "").lower()
        if not name:
            continue
        if name in BLOCKS:
            block, line = block + 1, 0
        if match["close"] or match["close2"]:
            _close(open_tags, name)
            continue
        tag = Tag(name, _attributes(match["attributes"] or match["attributes2"] or ""), match.start(), at)
        if name == "br":
            line += 1
        elif name in RAW:
            end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
            raw.append((tag, text[at : end.start() if end else len(text)]))
            at = end.start() if end else len(text)
        if name in VOID or match[0].endswith("/>"):
            alone.append(tag)
        elif name not in RAW:
            if len(open_tags) >= DEEPEST or (name in BLOCKS and open_tags and open_tags[-1].name == "p"):
                open_tags.pop()
            open_tags.append(tag)
            alone.append(tag)
    return Page(tuple(runs), tuple(raw), tuple(alone))


def _close(open_tags: list[Tag], name: str) -> None:
    """Close the innermost element of that name, and what was left open inside it."""
    for depth in range(len(open_tags) - 1, max(-1, len(open_tags) - 40), -1):
        if open_tags[depth].name == name:
            del open_tags[depth:]
            return


def _attributes(source: str) -> dict[str, str]:
    return {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(source)
    }


def read_run(source: Sourced, start: int, end: int) -> Sourced:
    """The text of `[start, end)` as a browser shows it: references resolved, white space run together."""
    return resolve(source[start:end]).substitute(_SPACES, " ")


def resolve(source: Sourced) -> Sourced:
    """The text with each character reference (`&amp;`, `&#8217;`) replaced by what it stands for."""
    parts: list[Sourced] = []
    last = 0
    for match in _REFERENCE.finditer(source.text):
        new = html.unescape(match[0])
        if new == match[0]:
            continue
        old = source[match.start() : match.end()]
        parts += (source[last : match.start()], stand_in(new, old.source_start(), old.source_end()))
        last = match.end()
    return join((*parts, source[last:])) if parts else source


def blocks_of(runs: tuple[Run, ...]) -> Iterator[list[Run]]:
    """The runs, those of one block together."""
    group: list[Run] = []
    for run in runs:
        if group and run.block != group[-1].block:
            yield group
            group = []
        group.append(run)
    if group:
        yield group
