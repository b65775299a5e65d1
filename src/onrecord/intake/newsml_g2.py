"""NewsML-G2: one report a news item with text or a caption."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.clean import Sourced, join
from onrecord.errors import InputError
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import Node, one_line, paragraphs, read_elements, root_name, tree
from onrecord.intake.nitf import add_nitf_content, nitf_draft
from onrecord.record import Report

_ROOTS = ("newsmessage", "newsitem", "contentset")
_NO_NEWS = ("packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem", "hop", "concept")


def sniff(data: bytes) -> bool:
    """Whether the first element is one of NewsML-G2's."""
    return root_name(data) in (*_ROOTS, *_NO_NEWS)


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each news item."""
    root, encoding = read_elements(data, uri)
    items = list(root.all("newsitem")) or [root] * (next(root.elements(), root).name == "contentset")
    if not items:
        kind = next((node.name for node in root.walk() if node.name in _NO_NEWS), "message")
        raise InputError(uri, f"is a NewsML-G2 {kind}, which carries no text of news", "give its news items")
    yield from build_reports(
        (_draft(item, uri) for item in items), data, uri=uri, format="newsml-g2", date=date, encoding=encoding
    )


def _draft(item: Node, uri: str) -> Draft:
    about = item.first("itemmeta") or Node("", "")
    content = item.first("contentmeta") or Node("", "")
    body = item.first("contentset")
    inner = body.first("nitf") if body else None
    draft = nitf_draft(inner) if inner else Draft(metadata={})
    given = bool(draft.blocks)
    title = content.first("headline") or about.first("title")
    if title is not None and not given:
        draft.headline = title.words()
        draft.add(title.text(), "headline")
    if not given:
        for name, kind in (("by", "byline"), ("dateline", "dateline")):
            node = content.first(name)
            if node is not None:
                draft.add(node.text(), kind)  # type: ignore[arg-type]
        _add_content(body, draft, uri)
    for node in content.all("description"):
        if node.get("role").endswith("caption") or not any(block.kind == "body" for block in draft.blocks):
            for paragraph in map(one_line, _value(node, uri)):
                draft.add(paragraph, "caption" if node.get("role").endswith("caption") else "body")
    for node in about.all("ednote"):
        draft.add(node.text(), "note")
    _fields(item, about, content, draft)
    return draft


def _add_content(body: Node | None, draft: Draft, uri: str) -> None:
    """Inline XML (XHTML, or NITF without its root) and inline text, once: the first that has any."""
    for node in body.elements() if body else ():
        before = len(draft.blocks)
        if node.name == "inlinexml":
            if node.first("body.content") is not None:
                add_nitf_content(node, draft)
            else:
                for paragraph in paragraphs(node.first("body") or node):
                    draft.add(paragraph)
        elif node.name == "inlinedata":
            for paragraph in _value(node, uri):
                draft.add(paragraph, None)
        if len(draft.blocks) > before:
            return


def _value(node: Node, uri: str) -> list[Sourced]:
    """Paragraphs of an element that may hold HTML, as elements or escaped."""
    source = join(node.pieces())
    if any(True for _ in node.elements()):
        return paragraphs(node)
    return paragraphs(tree(source, uri)) if "</" in source.text else [source.strip()]


def _fields(item: Node, about: Node, content: Node, draft: Draft) -> None:
    provider = about.first("provider")
    draft.provider = draft.provider or (_code(provider) if provider else None)
    draft.published = about.words("firstcreated") or content.words("contentcreated") or draft.published
    draft.modified = about.words("versioncreated") or content.words("contentmodified")
    draft.published = draft.published or draft.modified
    draft.version = item.get("version") or draft.version
    language = content.first("language")
    draft.language = (language.get("tag") if language else "") or item.get("lang") or draft.language
    writer = content.first("creator", "name") or content.first("by")
    draft.byline = draft.byline or (writer.words() if writer else None)
    draft.note("guid", item.get("guid"))
    draft.note("urgency", content.words("urgency"))
    draft.note("slug", content.words("slugline"))
    draft.note("embargo", about.words("embargoed"))
    draft.note("ednote", "; ".join(node.words() for node in about.all("ednote")))
    draft.note("rights", item.words("rightsinfo", "copyrightnotice"))
    for node in about.all("pubstatus", "signal", "itemclass", "role"):
        draft.note(
            {"pubstatus": "status", "itemclass": "class"}.get(node.name, node.name),
            node.get("qcode") or node.get("uri"),
        )
    for node in content.all("subject", "genre", "located", "keyword"):
        draft.note(
            {"keyword": "keywords"}.get(node.name, node.name), _code(node) if node.name != "keyword" else node.words()
        )
    for link in item.all("link"):
        if "previousVersion" in link.get("rel") or "translatedFrom" in link.get("rel"):
            draft.note(link.get("rel").rpartition(":")[2], link.get("residref") or link.get("href"))


def _code(node: Node) -> str:
    """The name of a controlled value, else its code."""
    return (
        node.words("name")
        or node.get("literal")
        or node.get("qcode").rpartition(":")[2]
        or node.get("uri")
        or node.words()
    )
