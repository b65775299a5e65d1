"""Find the words under pictures, and who took and passed on each picture."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.clean.parts import Furniture, carve, find_furniture, furniture_rules
from onrecord.lang import Found
from onrecord.record import Caption, Credit, Part, Span


def mark_captions(text: str, parts: Sequence[Part], language: str | None) -> tuple[list[Part], list[Caption]]:
    """The parts with captions and credits named, and the captions.

    A paragraph is a caption where its format says so, where it closes with a picture's credit, or opens as captions
    do ("Photo taken on"). A credit on a line of its own belongs to the caption above it.
    """
    credits, cues = furniture_rules(language, "credits"), furniture_rules(language, "captions")
    marked: list[Part] = []
    captions: list[Caption] = []
    for part in parts:
        if part.kind == "credit":
            hit = find_furniture(credits, text, part.span, "whole") or find_furniture(credits, text, part.span, "after")
            _give_credit(captions, marked, _credit(hit, part.span) if hit else Credit(span=part.span))
            marked.append(part)
            continue
        if part.kind not in ("body", "caption"):
            marked.append(part)
            continue
        hit = find_furniture(credits, text, part.span, "whole")
        if hit:
            _give_credit(captions, marked, _credit(hit, part.span))
            marked.append(Part(kind="credit", span=part.span))
            continue
        hit = find_furniture(credits, text, part.span, "after")
        if hit or part.kind == "caption" or find_furniture(cues, text, part.span, "before"):
            pieces = [Part(kind="caption", span=part.span)]
            if hit:
                pieces = carve(text, pieces[0], Span(hit.start, hit.end), "credit")
            marked += pieces
            credit = _credit(hit, pieces[-1].span) if hit else None
            captions.append(Caption(span=pieces[0].span, credit=credit))
        else:
            marked.append(part)
    return marked, captions


def _give_credit(captions: list[Caption], above: Sequence[Part], credit: Credit) -> None:
    """Give the credit to the caption right above it, where that has none."""
    if captions and above and above[-1].kind == "caption" and captions[-1].credit is None:
        captions[-1] = Caption(span=captions[-1].span, credit=credit)


def _credit(hit: Found[Furniture], span: Span) -> Credit:
    groups = hit.match.groupdict()

    def value(*names: str) -> str | None:
        return next((" ".join(groups[name].split()) for name in names if groups.get(name)), None)

    return Credit(
        span=Span(hit.start, hit.end) if hit.end <= span.end else span,
        photographer=value("photographer", "photographer2"),
        agency=value("agency", "agency2"),
        via=value("via"),
    )


def captions_in(parts: Sequence[Part], known: Sequence[Caption]) -> list[Caption]:
    """The captions among the parts, those already known with their credits."""
    found = {caption.span: caption for caption in known}
    for part in parts:
        if part.kind == "caption":
            found.setdefault(part.span, Caption(span=part.span))
    return sorted(found.values(), key=lambda caption: caption.span)
