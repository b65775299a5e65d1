"""Cut a stretch out of a part and say what it is."""

from __future__ import annotations

import msgspec

from onrecord.lang import Found, RuleFile, has_language, load_rules
from onrecord.record import Part, PartKind, Span

LONGEST = 500
"""Characters of furniture that closes a paragraph; the longest that we saw, of who reported a story, has 300."""


class Furniture(msgspec.Struct, frozen=True, kw_only=True):
    """The right-hand side of a rule on furniture: where it stands in its paragraph.

    whole   it is the paragraph
    line    it is the paragraph, and so bare that only the second line of a report is taken for one
    second  it opens the second line of a report, and is as bare
    before  it opens the paragraph, and prose follows
    after   it closes the paragraph
    """

    at: tuple[str, ...] = ("whole",)


def furniture_rules(language: str | None, noun: str) -> RuleFile[Furniture]:
    """The rules for a kind of furniture; a language without its own is read with English ones, as wires are alike."""
    known = language if language and has_language(language, noun) else "en"
    return load_rules(known, noun, Furniture)


def find_furniture(rules: RuleFile[Furniture], text: str, span: Span, at: str) -> Found[Furniture] | None:
    """The first rule that finds its furniture `at` that place of the paragraph `span`."""
    for rule in rules.rules:
        start = max(span.start, span.end - LONGEST) if at == "after" else span.start
        if at not in rule.right.at or not rule.may_match(text, start, span.end, anchored=at != "after"):
            continue
        if at in ("whole", "line"):
            match = rule.pattern.fullmatch(text, span.start, span.end)
        elif at in ("before", "second"):
            match = rule.pattern.match(text, span.start, span.end)
        else:
            match = next((m for m in rule.pattern.finditer(text, start, span.end) if m.end() == span.end), None)
        if match and match.end() > match.start():
            return Found(rule, match)
    return None


def trim(text: str, start: int, end: int) -> Span:
    """`[start, end)` without white space at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + max(left, len(piece.rstrip())))


def carve(text: str, part: Part, span: Span, kind: PartKind, of: Span | None = None) -> list[Part]:
    """`part` with its stretch `span` made a part of another kind; what is left on each side keeps its own."""
    before, middle, after = (
        trim(text, part.span.start, span.start),
        trim(text, span.start, span.end),
        trim(text, span.end, part.span.end),
    )
    return [
        *([Part(kind=part.kind, span=before)] if before else []),
        *([Part(kind=kind, span=middle, of=of)] if middle else []),
        *([Part(kind=part.kind, span=after)] if after else []),
    ]
