"""RSS and Atom: one report an item."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from onrecord.clean import Sourced, join, stand_in
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import Node, paragraphs, read_elements, root_name, tree
from onrecord.record import Report

_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")

_BREAKS = re.compile(r"<(?:p|br|div|li)\b", re.IGNORECASE)
_GAP = re.compile(r"\n[^\S\n]*\n")


def sniff(data: bytes) -> bool:
    """Whether the first element is that of a feed."""
    return root_name(data) in ("rss", "feed", "rdf") and (root_name(data) != "rdf" or b"rss" in data[:4096].lower())


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each item."""
    root, encoding = read_elements(data, uri)
    top = next(iter(root.elements()), root)
    drafts = [_draft(item, top, uri) for item in top.all("item", "entry")]
    yield from build_reports(
        drafts, data, uri=uri, format="atom" if top.name == "feed" else "rss", date=date, encoding=encoding
    )


def _draft(item: Node, feed: Node, uri: str) -> Draft:
    here = {child.name: child for child in reversed(list(item.elements()))}
    channel = feed.first("channel") or feed
    said = {child.name: child for child in reversed(list(channel.elements()))}
    draft = Draft(metadata={})
    title = join(value(here.get("title"), uri))
    draft.headline = " ".join(title.text.split())
    draft.add(title, "headline")
    body = max(
        (value(here.get(name), uri) for name in ("encoded", "content", "description", "summary", "body")), key=_size
    )
    for paragraph in body:
        draft.add(paragraph, None if "\n" in paragraph.text else "body")
    draft.byline = _words(here, "creator") or _author(here.get("author"))
    draft.provider = _words(here, "publisher") or _words(said, "title")
    draft.published = next(
        filter(None, (_words(here, n) for n in ("pubdate", "published", "issued", "date", "created"))), ""
    )
    draft.modified = _words(here, "updated") or _words(here, "modified")
    draft.published = draft.published or draft.modified
    draft.language = _words(said, "language") or item.get("lang") or feed.get("lang")
    draft.note("guid", _words(here, "guid") or _words(here, "id"))
    draft.note("url", _link(item))
    for name in ("category", "subject"):
        for node in (child for child in item.elements() if child.name == name):
            draft.note("subject", node.words() or node.get("term"))
    draft.note("rights", _words(here, "rights") or _words(said, "copyright") or _words(said, "rights"))
    return draft


def _words(nodes: dict[str, Node], name: str) -> str:
    return nodes[name].words() if name in nodes else ""


def _author(node: Node | None) -> str:
    return (node.words("name") or node.words()) if node else ""


def _link(item: Node) -> str:
    links = [child for child in item.elements() if child.name == "link"]
    best = next((link for link in links if link.get("rel") in ("", "alternate")), None)
    return (best.get("href") or best.words()) if best else ""


def _size(found: list[Sourced]) -> int:
    return sum(map(len, found))


def value(node: Node | None, uri: str) -> list[Sourced]:
    """The paragraphs of an element whose text is plain, HTML that is escaped or in CDATA, XHTML, or base64."""
    if node is None:
        return []
    if any(True for _ in node.elements()):
        return paragraphs(node)
    source = join(node.pieces()).strip()
    if node.get("mode") == "base64" or (node.get("type") not in _PLAIN_TYPES and "/" in node.get("type")):
        source = _decoded(source) if node.get("mode") == "base64" or "html" not in node.get("type") else source
    if node.get("type") not in ("text", "text/plain") and _MARKUP.search(source.text):
        if _GAP.search(source.text) and not _BREAKS.search(source.text):
            return [join(tree(source, uri).pieces())]  # WordPress: empty lines between paragraphs, and no tags
        return paragraphs(tree(source, uri))
    return [source] if source.text else []


_PLAIN_TYPES = ("", "text", "html", "xhtml", "text/plain", "text/html", "application/xhtml+xml", "escaped", "xml")


def _decoded(source: Sourced) -> Sourced:
    try:
        text = base64.b64decode(source.text, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return source
    return stand_in(text, source.source_start(), source.source_end())
