"""Choose which text of a page is its article, its headline, its captions and credits."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.clean import Block, Sourced, insert, join
from onrecord.intake.markup import Page, Run, Tag, blocks_of, read_run
from onrecord.record import PartKind

_CAPTION = re.compile(r"caption|wp-caption-text|image-desc|photo-desc", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<caption>caption|image-desc|photo-desc)|(?P<credit>credit|photographer|image-source|copyright|attribution|courtesy)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"(?<![\w-])(?!(?:has|no|with|without)-)[\w-]{0,30}?(?:image|photo|picture)(?![a-z])[\w-]{0,30}", re.IGNORECASE
)
_WHOLE = frozenset({"html", "body", "main", "article", "section"})
"""Elements that hold a whole article: what their classes say of pictures says nothing of a line of text."""

_SHORTEST = 20
"""Characters of a caption that only stands beside a picture; labels and buttons there are shorter."""

_HIDDEN = re.compile(r"visually-?hidden|sr-only|screen-?reader|\bsc-hidden", re.IGNORECASE)
_MENUS = frozenset({"nav", "footer", "form", "select"})
_DOUBLED = re.compile(" {2,}")

_FIRST = 0x2800
"""Braille patterns carry the marks: they are printable and no letters, so an extractor keeps them and its patterns
for boilerplate pass over them; news does not use them. Two make a number to base 256."""

_MARK = re.compile("[\u2800-\u28ff]")

_LONGEST = 4 * 2**20
"""Code points of a page that is given to trafilatura, which takes a second for each million."""

_SAME = 3
"""How many chosen paragraphs must share their surroundings before others with the same are taken to belong to them."""

_LONG = 15
"""Words of a paragraph that is prose; teasers and buttons are shorter."""


class Group(NamedTuple):
    """Runs that stand together, what they are by the elements around them, and whether they are the article's."""

    runs: tuple[Run, ...]
    kind: PartKind
    chosen: bool


def choose_article(source: Sourced, page: Page) -> list[Group]:
    """The page's text in groups of one kind each, in order; those of the article are chosen.

    trafilatura chooses. Each run is marked before it reads the page and the marks are read back from what it kept, so
    that its choice is known by place and not by likeness. A page that it finds nothing in gives its paragraphs
    outside menus. An article in several containers is taken whole, where it takes one.
    """
    chosen = _by_extractor(source.text, page) or _paragraphs(page)
    chosen |= _alike(source.text, page, chosen)
    numbers = {run.start: number for number, run in enumerate(page.runs)}
    return [
        Group(tuple(runs), kind, any(numbers[run.start] in chosen for run in runs))
        for block in blocks_of(page.runs)
        for kind, runs in _by_kind(block)
    ]


def _by_extractor(text: str, page: Page) -> set[int]:
    if len(text) > _LONGEST:
        return set()
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pieces: list[str] = []
    at = 0
    for number, run in enumerate(page.runs[: 256 * 256]):
        piece = text[run.start : run.end]
        start = run.start + len(piece) - len(piece.lstrip())
        pieces += (_MARK.sub(" ", text[at:start]), chr(_FIRST + number // 256), chr(_FIRST + number % 256))
        at = start
    pieces.append(_MARK.sub(" ", text[at:]))
    try:
        found = extract("".join(pieces), include_comments=False, include_tables=False, include_formatting=False) or ""
    except Exception:  # trafilatura and lxml raise many things on a hostile page; its paragraphs can still be read
        return set()
    marks = re.findall("([\u2800-\u28ff])([\u2800-\u28ff])", found)
    numbers = {(ord(high) - _FIRST) * 256 + ord(low) - _FIRST for high, low in marks}
    return {number for number in numbers if number < len(page.runs)}


def _paragraphs(page: Page) -> set[int]:
    return {n for n, run in enumerate(page.runs) if _has(run, {"p"}) and not _has(run, _MENUS)}


def _alike(text: str, page: Page, chosen: set[int]) -> set[int]:
    """The long paragraphs between or after chosen ones whose surroundings are those of chosen ones."""
    around = Counter(_surroundings(page.runs[n]) for n in chosen if _is_long(text, page.runs[n]))
    known = {where for where, count in around.items() if where and count >= _SAME}
    first = min(chosen, default=0)
    return {
        n
        for n, run in enumerate(page.runs)
        if n > first and n not in chosen and _is_long(text, run) and _surroundings(run) in known
    }


def _surroundings(run: Run) -> tuple[str, ...]:
    """The names and classes of the paragraph and the elements around it; none where it is not in a paragraph."""
    depth = next((d for d in range(len(run.within) - 1, -1, -1) if run.within[d].name == "p"), None)
    if depth is None:
        return ()
    return tuple(f"{tag.name}.{tag.attributes.get('class', '')}" for tag in run.within[max(0, depth - 5) : depth + 1])


def _is_long(text: str, run: Run) -> bool:
    return len(text[run.start : run.end].split()) >= _LONG


def _has(run: Run, names: frozenset[str] | set[str]) -> bool:
    return any(tag.name in names for tag in run.within)


def _by_kind(block: Sequence[Run]) -> Iterator[tuple[PartKind, list[Run]]]:
    """The runs of a block, those of one kind together: a caption and its credit are often one block."""
    kinds = [_kind(run) for run in block]
    together: list[Run] = []
    for run, kind, following in zip(block, kinds, [*kinds[1:], None], strict=True):
        if not any(_HIDDEN.search(tag.attributes.get("class", "")) for tag in run.within[-2:]):
            together.append(run)
        if kind != following and together:
            yield kind, together
            together = []


def _kind(run: Run) -> PartKind:
    """What the elements around a run say that it is; the innermost that says anything decides."""
    near = run.within[-6:]
    pictured = any(tag.name in ("figure", "figcaption") or _CAPTION.search(_names(tag)) for tag in near)
    for tag in reversed(near[-4:]):
        words = [match.lastgroup for match in _NAMED.finditer(_names(tag))] if tag.name not in _WHOLE else []
        if words and words[-1] == "caption":
            return "caption"
        if words and pictured:
            return "credit"
    if any(tag.name == "figcaption" for tag in near):
        return "caption"
    beside = any(_PICTURE.search(_names(tag)) for tag in near[-3:] if tag.name not in _WHOLE)
    return "caption" if beside and not _has(run, {"a", "li"}) and run.end - run.start >= _SHORTEST else "body"


def _names(tag: Tag) -> str:
    return " ".join(tag.attributes.get(key, "") for key in ("class", "id", "itemprop"))


def find_headline(source: Sourced, groups: Sequence[Group], told: str | None) -> int | None:
    """Which group is the headline: the `h1` with the words of the page's own title, else the first `h1`."""
    first: int | None = None
    for place, group in enumerate(groups):
        if _has(group.runs[0], {"h1"}):
            if told and _key(read_group(source, group.runs).text) == _key(told):
                return place
            first = place if first is None else first
    return first


def article_blocks(
    source: Sourced, groups: Sequence[Group], headline: int | None, summary: str | None
) -> Iterator[Block]:
    """The headline, the article and the captions as blocks, in the order of the page.

    `summary` is the page's description of itself: where the page shows it between headline and article, it is read.
    """
    first = next((n for n, group in enumerate(groups) if group.chosen and group.kind == "body"), len(groups))
    last = max((n for n, group in enumerate(groups) if group.chosen), default=-1)
    top = first if headline is None else min(headline, first)
    for place, group in enumerate(groups):
        if place == headline:
            yield Block(read_group(source, group.runs), "headline")
        elif group.kind != "body":
            if top <= place <= last + 1 and not _has(group.runs[0], _MENUS):
                yield Block(read_group(source, group.runs), group.kind)
        elif group.chosen:
            kind: PartKind = "note" if _is_link(group, source) else "body"
            yield from (Block(part, kind) for part in _lines(source, group.runs))
        elif summary and top < place < first and _key(read_group(source, group.runs).text) == _key(summary):
            yield Block(read_group(source, group.runs), "body")


def _is_link(group: Group, source: Sourced) -> bool:
    """Whether a block is nothing but a link that is no sentence: the way to another report."""
    return all(_has(run, {"a"}) for run in group.runs) and not read_group(source, group.runs).text.endswith(
        (".", "”", '"')
    )


def _key(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def read_group(source: Sourced, runs: Sequence[Run]) -> Sourced:
    """The words of the runs, on one line."""
    parts: list[Sourced] = []
    line = runs[0].line
    for run in runs:
        if run.line != line:
            parts.append(insert(" ", source[run.start : run.end].source_start()))
        parts.append(read_run(source, run.start, run.end))
        line = run.line
    return join(parts).substitute(_DOUBLED, " ").strip()


def _lines(source: Sourced, runs: Sequence[Run]) -> Iterator[Sourced]:
    """The paragraphs of a block: two line breaks make a new one."""
    part: list[Run] = []
    for run in runs:
        if part and run.line - part[-1].line > 1:
            yield read_group(source, part)
            part = []
        part.append(run)
    yield read_group(source, part)
