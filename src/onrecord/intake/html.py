"""Saved web pages: the article, its captions and credits, and what the page's own metadata says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from onrecord.clean import build_report, decode_source
from onrecord.errors import InputError
from onrecord.intake.article import article_blocks, choose_article, find_headline, read_group
from onrecord.intake.markup import walk
from onrecord.intake.pagedata import read_page_data
from onrecord.intake.refusal import has_sentence, refuse_bytes
from onrecord.record import Report

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w:-]{2,40})""", re.IGNORECASE)
_OPENS = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article)\b", re.IGNORECASE)


def sniff(data: bytes) -> bool:
    """Whether the first bytes hold a tag that opens a page."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and bool(_OPENS.search(head))


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The article of the page. Raises InputError where the page holds none."""
    refuse_bytes(data, uri)
    declared = _DECLARED.search(data[:4096])
    source, encoding = decode_source(data, declared[1].decode("ascii") if declared else None)
    page = walk(source.text)
    told = read_page_data(page)
    groups = choose_article(source, page)
    title = find_headline(source, groups, told.headline)
    shown = read_group(source, groups[title].runs).text if title is not None else None
    blocks = list(article_blocks(source, groups, title, told.fields.get("description")))
    if not any(block.kind == "body" and has_sentence(block.source.text) for block in blocks):
        raise InputError(uri, "is a web page without an article", "save the page of one report, with its text in it")
    yield build_report(
        blocks,
        uri=uri,
        digest=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        format="html",
        date=date,
        published=told.published,
        modified=told.modified,
        headline=_headline(told.headline, shown),
        byline=told.byline,
        provider=told.provider,
        language=told.language,
        metadata=told.fields,
    )


def _headline(told: str | None, shown: str | None) -> str | None:
    """The headline: as the page's data has it, but as the page shows it where the data only adds the site's name."""
    return shown if shown and (told is None or told.casefold().startswith(shown.casefold())) else told
