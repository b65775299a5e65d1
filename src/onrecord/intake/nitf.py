"""NITF, the News Industry Text Format: one report a file."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import Node, paragraphs, read_elements, root_name
from onrecord.record import Report

_HEADS = ("hedline", "byline", "dateline", "distributor", "abstract", "note", "rights", "series", "pubdata")
_CAPTIONS = ("media-caption", "media-producer")


def sniff(data: bytes) -> bool:
    """Whether the first element is that of NITF."""
    return root_name(data) == "nitf"


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report in `data`."""
    root, encoding = read_elements(data, uri)
    drafts = [nitf_draft(node) for node in root.elements() if node.name == "nitf"]
    yield from build_reports(drafts, data, uri=uri, format="nitf", date=date, encoding=encoding)


def nitf_draft(nitf: Node) -> Draft:
    """What a `nitf` element says, whole or inside another format."""
    draft = Draft(metadata={})
    _head(nitf, draft)
    body = nitf.first("body") or nitf
    top = body.first("body.head") or body
    title = top.first("hedline", "hl1") or top.first("hedline") or nitf.first("head", "title")
    if title is not None:
        draft.headline = title.words()
        draft.add(title.text(), "headline")
    for node in top.all("hl2"):
        if node.words() != draft.headline:
            draft.add(node.text(), "headline")
    for node in top.all("byline"):
        for number, words in enumerate(paragraphs(node)):
            draft.add(words, "byline")
            if number == 0:
                draft.byline = draft.byline or node.words("person") or words.text
    for node in top.all("note"):
        for paragraph in paragraphs(node):
            draft.add(paragraph, "note")
    line = top.first("dateline")
    for paragraph in paragraphs(line) if line else []:
        draft.add(paragraph, "dateline")
    add_nitf_content(body, draft)
    return draft


def add_nitf_content(body: Node, draft: Draft) -> None:
    """The text of `body.content`, or of a body without one, its captions said to be captions."""
    contents = list(body.all("body.content")) or list(body.all("block")) or [body]
    for content in contents:
        for paragraph in paragraphs(content, lambda node: node.name in (*_HEADS, *_CAPTIONS, "body.head", "body.end")):
            draft.add(paragraph)
        for node in content.all(*_CAPTIONS):
            draft.add(node.text(), "caption" if node.name == "media-caption" else "credit")
    end = body.first("body.end")
    for paragraph in paragraphs(end) if end else []:
        draft.add(paragraph, "note")


def _head(nitf: Node, draft: Draft) -> None:
    """The fields of the head: docdata, tobject, pubdata and the metas that agencies fill."""
    head = nitf.first("head") or nitf
    data = head.first("docdata") or head
    for node in data.elements():
        value = node.get("norm")
        if node.name == "date.issue":
            draft.published = value
        elif node.name == "date.release":
            draft.published = draft.published or value
            draft.note("released", value)
        elif node.name == "date.expire":
            draft.note("expires", value)
        elif node.name == "urgency":
            draft.note("urgency", node.get("ed-urg"))
        elif node.name == "doc-id":
            draft.note("guid", node.get("id-string"))
            draft.provider = draft.provider or node.get("regsrc")
        elif node.name == "doc.copyright":
            draft.note("rights", " ".join(filter(None, (node.get("year"), node.get("holder")))))
        elif node.name == "ed-msg":
            draft.note("ednote", node.get("info") or node.get("msg-type"))
        elif node.name == "fixture":
            draft.note("fixture", node.get("fix-id"))
        elif node.name == "du-key":
            draft.note("slug", node.get("key"))
            draft.version = node.get("version")
        elif node.name == "correction":
            draft.note("correction", node.get("info"))
    draft.note("status", data.get("management-status"))
    draft.note("management", data.get("management-doc-idref"))
    for node in head.all("keyword"):
        draft.note("keywords", node.get("key"))
    for node in head.all("tobject.subject"):
        draft.note("subject", node.get("tobject.subject.refnum") or node.get("tobject.subject.code"))
    for node in head.all("meta"):
        name, content = node.get("name").lower(), node.get("content")
        if name in _METAS:
            draft.note(_METAS[name], content)
    location = head.first("pubdata")
    draft.note("published in", location.get("name") if location else "")
    draft.language = nitf.get("baselang") or nitf.get("lang")


_METAS = {
    "anpa-sequence": "sequence",
    "anpa-category": "category",
    "anpa-service": "service",
    "anpa-wordcount": "word count",
    "anpa-keyword": "slug",
    "anpa-takekey": "take",
    "category": "category",
    "slug": "slug",
    "priority": "priority",
    "embargo": "embargo",
}
