"""Exports of Factiva as HTML: one report an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Day

from onrecord.clean import Sourced
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import Node, paragraphs, read_elements
from onrecord.record import Report

_DATE = re.compile(
    r"(\d{1,2})\.? ([^\W\d]{3,12})\.? (\d{4})(?: \d\d:\d\d)?$|(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日(?: \d\d:\d\d)?$"
)
_WORDS = re.compile(r"[\d.,]+ (?:words|Wörter|mots|palabras|字)$|[\d,]+ ?字$")
_MONTHS = (
    "january januar janvier enero", "february februar février febrero", "march märz mars marzo", "april avril abril",
    "may mai mayo", "june juni juin junio", "july juli juillet julio", "august août agosto",
    "september septembre septiembre", "october oktober octobre octubre", "november novembre noviembre",
    "december dezember décembre diciembre",
)  # fmt: skip
_COPYRIGHT = re.compile(r"copyright|\(c\)|©|all rights reserved|版权", re.IGNORECASE)


def sniff(data: bytes) -> bool:
    """Whether the page has Factiva's articles."""
    return data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b'class="articleParagraph' in data


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each article."""
    root, encoding = read_elements(data, uri)
    articles = [node for node in root.all("div") if re.match(r"article \w\wArticle", node.get("class"))]
    drafts = [_draft(node) for node in articles]
    yield from build_reports(drafts, data, uri=uri, format="factiva", date=date, encoding=encoding)


def _draft(article: Node) -> Draft:
    draft = Draft(metadata={})
    draft.language = article.get("class").partition(" ")[2][:2]
    title = next(
        (node for node in article.all("div", "span") if node.get("id") == "hd" or "Headline" in node.get("class")), None
    )
    if title is not None:
        draft.headline = title.words()
        draft.add(title.text(), "headline")
    body: list[Node] = []
    head: list[Sourced] = []
    for node in article.walk():
        if node.name == "p" and "articleParagraph" in node.get("class"):
            body.append(node)
        elif (
            node.name == "div"
            and not body
            and node is not title
            and not any(True for _ in node.all("div", "p") if _ is not node)
        ):
            head += [node.text()] if node.get("id") != "hd" and node.words() else []
    author = next((node for node in article.all("div") if node.get("class") == "author"), None)
    draft.byline = re.sub(r"^(?:By|Von) ", "", author.words()) if author else None
    _head(head, author.words() if author else "", draft)
    for node in body:
        for paragraph in paragraphs(node):
            draft.add(paragraph)
    return draft


def _head(lines: list[Sourced], author: str, draft: Draft) -> None:
    """The lines between headline and body: words, day, hour, paper, code, edition, page, language, copyright."""
    dated = False
    for line in lines:
        words = line.text
        draft.add(line, "byline" if words == author else "metadata")
        match = _DATE.match(words)
        if match and not draft.published:
            draft.published = _day(match)
            dated = True
        elif _WORDS.match(words):
            draft.note("word count", words)
        elif _COPYRIGHT.search(words):
            draft.note("rights", words)
        elif dated and not draft.provider and not re.match(r"\d\d:\d\d", words):
            draft.provider = words


def _day(match: re.Match[str]) -> str | None:
    day, name, year, *numbers = match.groups()
    try:
        if name is None:
            return Day(*map(int, numbers)).isoformat()
        month = next((n for n, names in enumerate(_MONTHS, 1) if name.lower() in names.split()), None)
        return Day(int(year), month, int(day)).isoformat() if month else None
    except ValueError:
        return None
