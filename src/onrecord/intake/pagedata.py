"""What a page says about itself: title, authors, dates, publisher and language, from JSON-LD, meta tags and `time`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.intake.markup import Page

_TITLE = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title", "parsely-title", "sailthru.title")
_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "cxenseparse:author",
)
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_date",
    "article.published",
    "og:published_time",
    "rbpubdate",
    "iso-8601-publish-date",
    "og:article:published_time",
)
_MODIFIED = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
_PROVIDER = ("og:site_name", "publisher", "dc.publisher", "application-name")
_ARTICLE = re.compile(
    r"(?:News|Blog|Reportage|Opinion|Analysis|Review|Background|Satirical|Live|Scholarly|Tech)?(?:Article|Posting|BlogPosting)$"
)
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


_SEVERAL = re.compile(r"(?<=\w\w\w) and (?=\w+ \w)|;\s*|,\s+(?=\w+ \w)")
"""What stands between two names; a comma before a single word is part of one ("Vega, Ana")."""


class PageData(NamedTuple):
    """The fields found; dates are ISO 8601. `fields` holds what else the page's head says of it."""

    headline: str | None
    byline: str | None
    published: str | None
    modified: str | None
    provider: str | None
    language: str | None
    fields: dict[str, str]


def read_page_data(page: Page) -> PageData:
    """The page's own metadata. JSON-LD comes before meta tags: it is written for machines and is more often right."""
    metas = _metas(page)
    article = next(_articles(page), {})
    names = list(_names(article.get("author") or article.get("creator")))
    if not names:
        names = next((metas[key] for key in _AUTHOR if any(map(_is_name, metas.get(key, ())))), [])
    names = [part for name in names for part in _SEVERAL.split(name) if _is_name(part)]
    return PageData(
        headline=_words(_first(_meta(metas, _TITLE[:1]), article.get("headline"), _meta(metas, _TITLE), _title(page))),
        byline=", ".join(dict.fromkeys(filter(None, map(_words, names)))) or None,
        published=_date(article.get("datePublished"), *_all(metas, _PUBLISHED), *_times(page)),
        modified=_date(article.get("dateModified"), *_all(metas, _MODIFIED)),
        provider=_words(_first(*_names(article.get("publisher")), _meta(metas, _PROVIDER))),
        language=_first(
            *(tag.attributes.get("lang") for tag in page.tags if tag.name == "html"), article.get("inLanguage")
        ),
        fields={key: value for key in ("og:url", "description", "keywords") if (value := _meta(metas, (key,)))},
    )


def _metas(page: Page) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for tag in page.tags:
        if tag.name == "meta":
            of = tag.attributes
            key = (of.get("property") or of.get("name") or of.get("itemprop") or "").strip().casefold()
            if key and of.get("content", "").strip():
                metas.setdefault(key, []).append(of["content"].strip())
    return metas


def _meta(metas: dict[str, list[str]], keys: Iterable[str]) -> str | None:
    return next((value for key in keys for value in metas.get(key, ())), None)


def _all(metas: dict[str, list[str]], keys: Iterable[str]) -> list[str]:
    return [value for key in keys for value in metas.get(key, ())]


def _articles(page: Page) -> Iterator[dict[str, object]]:
    """The objects of the page's JSON-LD that are articles, the ones with a headline first."""
    found: list[dict[str, object]] = []
    for tag, content in page.raw:
        if tag.name == "script" and "ld+json" in tag.attributes.get("type", ""):
            try:
                found += _objects(json.loads(html.unescape(content) if "&quot;" in content else content, strict=False))
            except (ValueError, RecursionError):
                continue
    articles = [thing for thing in found if any(_ARTICLE.search(kind) for kind in _texts(thing.get("@type")))]
    yield from sorted(articles, key=lambda thing: not (thing.get("headline") and thing.get("datePublished")))


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(value.get(key))


def _is_name(value: str) -> bool:
    """Whether a field for authors holds a name: not an address, a slug or a picture's credit."""
    return (
        bool(value.strip()) and not value.startswith(("http", "(", "@")) and (" " in value.strip() or "-" not in value)
    )


def _texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, str)]


def _names(value: object) -> Iterator[str]:
    """The names in an author or publisher: a string, an object with a name, or several."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip() and not item.startswith("http"):
            yield item
        elif isinstance(item, dict):
            yield from _names(item.get("name"))


def _title(page: Page) -> str | None:
    return next((content for tag, content in page.raw if tag.name == "title" and content.strip()), None)


def _times(page: Page) -> list[str]:
    return [tag.attributes["datetime"] for tag in page.tags if tag.name == "time" and tag.attributes.get("datetime")]


def _first(*values: object) -> str | None:
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _words(value: str | None) -> str | None:
    """A value on one line, its character references resolved (some pages escape them twice)."""
    return " ".join(html.unescape(html.unescape(value)).split()) or None if value else None


def _date(*values: object) -> str | None:
    """The first that opens with an ISO 8601 date."""
    for value in values:
        match = _DATE.match(value.strip()) if isinstance(value, str) else None
        if match:
            return re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", match[0].replace(" ", "T"))
    return None
