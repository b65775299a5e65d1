"""Name the lines around the prose: desk lines, notes, end marks, headlines, bylines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.clean.parts import carve, find_furniture, furniture_rules
from onrecord.record import Dateline, Part, Span

HEAD = 6
"""How many paragraphs from the top may be headline, byline or desk lines."""

LONGEST_HEADLINE = 220
"""Characters; the longest of 1,040 wire headlines that we read has about 160."""

_SENTENCE_END = re.compile(r"(?<!\.\.)(?<!\b[A-Z]\.[A-Z])[.!]['\"’”)\]]*$")


def mark_end(text: str, parts: Sequence[Part], language: str | None) -> list[Part]:
    """End marks, wherever a paragraph closes with one; an agency's sign-off initials only at the end."""
    rules = furniture_rules(language, "endmarks")
    marked: list[Part] = []
    prose = [n for n, part in enumerate(parts) if part.kind == "body"]
    last = set(prose[-3:])
    for number, part in enumerate(parts):
        if part.kind != "body":
            marked.append(part)
            continue
        found = None
        for at in ("whole", "after"):
            hit = find_furniture(rules, text, part.span, at)
            if hit and ((number in last and number > 0) or hit.rule.name == "mark"):
                found = hit
                break
        marked += carve(text, part, Span(found.start, found.end), "end") if found else [part]
    return marked


def mark_notes(text: str, parts: Sequence[Part], language: str | None) -> list[Part]:
    """Notices, and who else worked on the report."""
    rules = furniture_rules(language, "notes")
    marked: list[Part] = []
    for part in parts:
        hit = None
        if part.kind in ("body", "caption"):
            places = ("whole", "after", "before") if part.kind == "body" else ("whole",)
            hits = (find_furniture(rules, text, part.span, at) for at in places)
            hit = next((found for found in hits if found), None)
        marked += carve(text, part, Span(hit.start, hit.end), "note") if hit else [part]
    return marked


def mark_desk(text: str, parts: Sequence[Part], language: str | None) -> list[Part]:
    """Desk lines above the prose, and desk words before or after a headline."""
    rules = furniture_rules(language, "desk")
    marked: list[Part] = []
    begun = False
    for number, part in enumerate(parts):
        begun = begun or (part.kind == "body" and not _may_be_headline(text, part.span))
        if part.kind not in ("body", "headline") or number >= HEAD or begun:
            marked.append(part)
            continue
        whole = find_furniture(rules, text, part.span, "whole") if part.kind == "body" else None
        if whole:
            marked += carve(text, part, Span(whole.start, whole.end), "desk")
            continue
        rest = [part]
        if _may_be_headline(text, part.span) or part.kind == "headline":
            for at in ("before", "before", "after", "after"):
                index = next((n for n, p in enumerate(rest) if p.kind == part.kind), None)
                hit = find_furniture(rules, text, rest[index].span, at) if index is not None else None
                if index is not None and hit and (hit.start, hit.end) != (rest[index].span.start, rest[index].span.end):
                    rest[index : index + 1] = carve(text, rest[index], Span(hit.start, hit.end), "desk")
        marked += rest
    return marked


def mark_headline(text: str, parts: Sequence[Part], dateline: Dateline | None) -> list[Part]:
    """The headline: the first line, where it does not read as a sentence and prose follows.

    Captions, bylines and a date may stand above it, but what follows a city's dateline is the lead.
    Of a headline that a feed broke, only the last words are left ("talks"): those are one too.
    """
    if any(part.kind == "headline" for part in parts):
        return list(parts)
    first = next((n for n, part in enumerate(parts) if part.kind == "body"), None)
    filed = dateline and (dateline.places or dateline.provider)
    if first is None or (dateline and filed and dateline.span.start < parts[first].span.start):
        return list(parts)
    after = next((part for part in parts[first + 1 :] if part.kind in ("body", "dateline", "byline")), None)
    part = parts[first]
    if after is None or not _may_be_headline(text, part.span):
        return list(parts)
    return [*parts[:first], Part(kind="headline", span=part.span), *parts[first + 1 :]]


def _may_be_headline(text: str, span: Span) -> bool:
    words = text[span.start : span.end]
    return len(words) <= LONGEST_HEADLINE and words.count("\n") <= 2 and not _SENTENCE_END.search(words)


def mark_bylines(text: str, parts: Sequence[Part], language: str | None) -> list[Part]:
    """Bylines on lines of their own near the top."""
    rules = furniture_rules(language, "bylines")
    marked: list[Part] = []
    for number, part in enumerate(parts):
        hit = None
        if part.kind == "body" and number < 2 * HEAD:
            hit = find_furniture(rules, text, part.span, "whole")
        marked += carve(text, part, Span(hit.start, hit.end), "byline") if hit else [part]
    return marked


def mark_writer(text: str, parts: Sequence[Part], language: str | None) -> list[Part]:
    """The writer's name at the end of a headline, as some desks send it, unless it is a doer's ("beaten by …")."""
    rules = furniture_rules(language, "bylines")
    passive = set(rules.words.get("passive", ()))
    marked: list[Part] = []
    for part in parts:
        hit = None
        if part.kind == "headline":
            hit = find_furniture(rules, text, part.span, "after")
            before = text[part.span.start : hit.start].split() if hit else []
            if hit and (len(before) < 3 or before[-1].casefold() in passive or before[-1].casefold().endswith("ed")):
                hit = None
            if hit and re.search(rf"\b{re.escape(hit.match['names'].split()[-1])}\b", text[part.span.end :]):
                hit = None  # whom the report tells of is a doer: "reserve named by the Example Saints"
        marked += carve(text, part, Span(hit.start, hit.end), "byline") if hit else [part]
    return marked


def writers(text: str, parts: Sequence[Part], language: str | None) -> str | None:
    """The names in the bylines, as one value."""
    rules = furniture_rules(language, "bylines")
    for part in parts:
        if part.kind == "byline":
            for at in ("whole", "after"):
                hit = find_furniture(rules, text, part.span, at)
                if hit and hit.match.groupdict().get("names"):
                    return " ".join(hit.match["names"].split())
    return None


_NAMING = {"end": "endmarks", "note": "notes", "byline": "bylines"}


def agency(text: str, parts: Sequence[Part], language: str | None) -> str | None:
    """The agency that an end mark, a note on rights or a byline names; the lowest in the report."""
    for part in reversed(parts):
        if part.kind not in _NAMING:
            continue
        rules = furniture_rules(language, _NAMING[part.kind])
        hits = (find_furniture(rules, text, part.span, at) for at in ("whole", "after"))
        found = next((hit.match["provider"] for hit in hits if hit and "provider" in hit.match.groupdict()), None)
        if found:
            return " ".join(found.split())
    return None
