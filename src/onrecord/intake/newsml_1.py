"""NewsML 1: one report a news item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.clean import join
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import Node, paragraphs, read_elements, root_name, tree
from onrecord.intake.nitf import add_nitf_content, nitf_draft
from onrecord.record import Report

_NOT_TEXT = re.compile(r"text/css|image/|audio/|video/|application/pdf", re.IGNORECASE)


def sniff(data: bytes) -> bool:
    """Whether the first element is that of NewsML 1."""
    return root_name(data) == "newsml"


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each news item."""
    root, encoding = read_elements(data, uri)
    envelope = root.first("newsenvelope")
    drafts = [_draft(item, envelope, uri) for item in root.all("newsitem")]
    yield from build_reports(drafts, data, uri=uri, format="newsml-1", date=date, encoding=encoding)


def _draft(item: Node, envelope: Node | None, uri: str) -> Draft:
    draft = Draft(metadata={})
    for name, kind in (
        ("headline", "headline"),
        ("subheadline", "headline"),
        ("byline", "byline"),
        ("dateline", "dateline"),
    ):
        node = item.first("newslines", name)
        if node is None or not node.words():
            continue
        draft.add(node.text(), kind)  # type: ignore[arg-type]
        if name == "headline":
            draft.headline = node.words()
        elif name == "byline":
            draft.byline = node.words()
    seen: set[str] = set()
    for component in item.all("newscomponent"):
        role = component.first("role")
        kind = (role.get("formalname") if role else "").lower()
        for child in component.elements():
            if child.name == "contentitem":
                _add_content(child, kind, draft, seen, uri)
    _fields(item, envelope, draft)
    return draft


def _add_content(content: Node, role: str, draft: Draft, seen: set[str], uri: str) -> None:
    """The text of a content item, unless another component has said the same."""
    data = content.first("datacontent") or content.first("nitf") or content.first("html")
    kind = content.first("mimetype")
    if (
        data is None
        or role in ("stylesheet", "logo", "tweettext")
        or _NOT_TEXT.match(kind.get("formalname") if kind else "")
    ):
        return
    nitf = data if data.name == "nitf" else data.first("nitf")
    inner = nitf_draft(nitf) if nitf else Draft(metadata={})
    if nitf is None and data.first("body.content") is not None:
        add_nitf_content(data, inner)
    elif nitf is None:
        source = join(data.pieces())
        plain = not any(True for _ in data.elements())
        body = tree(source, uri) if plain and "</" in source.text else data
        for paragraph in paragraphs(body.first("body") or body):
            inner.add(paragraph, None if plain else "body")
    for block in inner.blocks:
        words = " ".join(block.source.text.split())
        if words in seen or words == draft.headline:
            continue
        seen.add(words)
        draft.add(block.source, "caption" if "caption" in role else block.kind)
    draft.metadata = {**inner.metadata, **draft.metadata}
    draft.headline, draft.byline = draft.headline or inner.headline, draft.byline or inner.byline
    draft.language, draft.published = draft.language or inner.language, draft.published or inner.published


def _fields(item: Node, envelope: Node | None, draft: Draft) -> None:
    draft.published = (
        item.words("firstcreated") or (envelope.words("dateandtime") if envelope else "") or draft.published
    )
    draft.modified = item.words("thisrevisioncreated")
    draft.version = item.words("revisionid")
    provider = item.first("provider", "party") or item.first("source", "party")
    draft.provider = (provider.get("formalname") if provider else "") or item.words("providerid")
    language = item.first("language")
    draft.language = (language.get("formalname") if language else "") or item.get("lang") or draft.language
    draft.note("guid", item.words("publicidentifier") or item.words("newsitemid"))
    draft.note("slug", item.words("slugline") or item.words("namelabel"))
    draft.note("rights", item.words("copyrightline"))
    draft.note("credit", item.words("creditline"))
    draft.note("keywords", item.words("keywordline"))
    for name, key in (("urgency", "urgency"), ("status", "status"), ("newsitemtype", "type"), ("genre", "genre")):
        node = item.first(name)
        draft.note(key, node.get("formalname") if node else "")
    priority = envelope.first("priority") if envelope else None
    draft.note("priority", priority.get("formalname") if priority else "")
    instruction = item.first("instruction")
    draft.note("instruction", (instruction.get("formalname") or instruction.words()) if instruction else "")
    revision = item.first("revisionid")
    draft.note("previous version", revision.get("previousrevision") if revision else "")
    draft.note("update", revision.get("update") if revision else "")
    draft.note("embargo", item.words("statuswillchange", "dateandtime"))
    for node in item.all("subject", "subjectmatter", "subjectdetail"):
        draft.note("subject", node.get("formalname"))
