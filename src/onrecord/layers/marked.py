"""Make attributions of what the model marked, and add what rules see and the model cannot."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import structs

from onrecord.layers.cues import stance_of
from onrecord.layers.overlaps import Overlaps
from onrecord.layers.quotations import Quotation
from onrecord.record import Attribution, Basis, Mentions, Report, Source, Span

_CONTENT_BY_RULE = frozenset(("content, subject, cue", "according to", "headline"))
"""Rules whose indirect content is taken where the model marked the same cue and another content. A direct quotation is
always the rule's: its edges are marks. Other indirect contents are better by the model, mixed ones too."""

_ALONE = frozenset(("content, subject, cue", "content, cue, subject", "according to", "signature", "turn", "relay"))
"""Rules whose attributions are added where the model marked nothing at their cue; all of direct quotations are."""

_INSIDE = frozenset(("turn", "relay"))
"""Those of them that are added inside the content of another too."""

_SOURCE_BY_RULE = frozenset(("subject and cue", "content, subject, cue", "according to"))
"""Rules whose source is taken where the model marked quite another one, or none: it stands beside the cue. On dev, with
an early model, the rule's was right 12 times, the model's once."""

_LEAST = 0.7
"""The least score of an attribution whose cue no rule reads; swept on PolNeAR dev (training/LOG.md)."""

_EDGES = " \t\r\n\xa0,.;:—–-"
"""What is no part of a content at its ends, outside quotation marks."""


def read_marked(
    report: Report, seen: Mentions, quotations: Sequence[Quotation], by_rule: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions that the model marked, in the order of their cues, completed from `by_rule`.

    Stance and hearer come from the rule's attribution of the same cue. A quotation of a speaker that goes on
    without a cue is added, and so are quotations with a speaker of which the model saw nothing.
    """
    outer = [quotation.span for quotation in quotations if quotation.level == 0]
    rules = Overlaps((cue, each) for each in by_rule for cue in each.cue)
    turns = Overlaps((each.cue[0], each) for each in by_rule if each.basis.name == "turn")
    found = [_complete(_without_strays(each, seen, outer, turns), rules, outer, report) for each in _marked(seen)]
    relays = Overlaps((cue, each) for each in by_rule if each.basis.name == "relay" for cue in each.cue)
    found = [each for each in found if each.content and not any(relays.of(cue) for cue in each.cue)]
    found = [each for each in found if _same(each, rules) or (each.basis.score or 0.0) >= _LEAST]
    taken = Overlaps((span, each) for each in found for span in each.content)
    found = [_go_on(each, rules, taken, outer) for each in found]
    cues = Overlaps((span, each) for each in found for span in each.cue)
    found += [each for each in by_rule if _adds(each, cues, taken)]
    found.sort(key=lambda each: (each.cue[0], each.content[0]))
    return nest([structs.replace(each, id=f"a{number}") for number, each in enumerate(found, 1)])


def _adds(by_rule: Attribution, cues: Overlaps[Attribution], taken: Overlaps[Attribution]) -> bool:
    """Whether a rule's attribution is added to those of the model, whose cues and contents are `cues` and `taken`."""
    name = by_rule.basis.name
    if cues.of(by_rule.cue[0]) or (name not in _INSIDE and taken.of(by_rule.cue[0])):
        return False
    return name in _ALONE or by_rule.quote == "direct"


def _sets_content(by_rule: Attribution) -> bool:
    """Whether the content that a rule read is taken instead of the model's."""
    if by_rule.basis.name == "turn":
        return True
    return by_rule.quote == "direct" or (by_rule.quote == "indirect" and by_rule.basis.name in _CONTENT_BY_RULE)


def _marked(seen: Mentions) -> list[Attribution]:
    """Cues with what the model linked to them, as they stand."""
    sources: dict[int, tuple[Span, ...]] = {}
    contents: dict[int, tuple[Span, ...]] = {}
    scores: dict[int, list[float]] = {}
    for link in seen.links:
        if link.kind not in ("source", "content"):
            continue
        part = sources if link.kind == "source" else contents
        part[link.head] = (*part.get(link.head, ()), *seen.spans[link.tail].spans)
        scores.setdefault(link.head, [seen.spans[link.head].score]).extend((link.score, seen.spans[link.tail].score))
    return [
        Attribution(
            id="",
            source=Source(spans=tuple(sorted(set(sources.get(cue, ()))))),
            cue=seen.spans[cue].spans,
            content=tuple(sorted(set(content))),
            quote="indirect",
            basis=Basis(by="model", name="attribution", score=_mean(scores[cue], cue in sources)),
        )
        for cue, content in sorted(contents.items())
    ]


def _mean(scores: Sequence[float], sourced: bool) -> float:
    """The mean of the scores of spans and links; a source that is not there counts as half sure, twice."""
    counted = [*scores, *(() if sourced else (0.5, 0.5))]
    return round(float(sum(counted)) / len(counted), 4)


def _without_strays(
    marked: Attribution, seen: Mentions, outer: Sequence[Span], turns: Overlaps[Attribution]
) -> Attribution:
    """The attribution without stretches of content outside its cue's sentence, where it has one inside.

    Quotations after the cue stay: a speaker may go on over sentences and paragraphs, but not over another's turn.
    """
    marked = structs.replace(marked, content=tuple(span for span in marked.content if not turns.of(span)))
    sentence = seen.sentence_at(marked.cue[0].start)
    if sentence is None or not any(span & sentence.span for span in marked.content):
        return marked
    kept = tuple(
        span
        for span in marked.content
        if span & sentence.span or (span.start > sentence.span.start and any(span & quotation for quotation in outer))
    )
    return structs.replace(marked, content=kept)


def _complete(marked: Attribution, rules: Overlaps[Attribution], outer: Sequence[Span], report: Report) -> Attribution:
    """The attribution with its edges set, and with the stance and hearer that the rule of its cue tells."""
    content = tuple(
        span for span in join(report.text, [snap(report.text, span, outer) for span in marked.content]) if len(span)
    )
    same = _same(marked, rules)
    if same is None:
        stance = stance_of(" ".join(map(report.words, marked.cue)), report.language or "en")
        return structs.replace(marked, content=content, stance=stance)
    basis = marked.basis
    if _sets_content(same) and content != same.content and not _share(same.content, marked.cue):
        content = same.content
        basis = structs.replace(basis, name=f"{basis.name}; content: {same.basis.name}")
    else:
        content = _after_hearer(content, same)
    apart = not _share(marked.source.spans, same.source.spans)
    adjacent = same.basis.name in _SOURCE_BY_RULE or not marked.source.spans
    source = same.source if same.source.spans and apart and adjacent else marked.source
    return structs.replace(marked, content=content, source=source, basis=basis, stance=same.stance, to=same.to)


def _after_hearer(content: tuple[Span, ...], same: Attribution) -> tuple[Span, ...]:
    """The content without the hearer that the model took into it: told "the crowd" that …"""
    if same.to is None or not content or same.to not in content[0] or content[0].start < same.to.start:
        return content
    start = same.content[0].start
    return (Span(start, content[0].end), *content[1:]) if same.to.end <= start < content[0].end else content


def snap(text: str, span: Span, outer: Sequence[Span]) -> Span:
    """`span` with the quotation mark that it stopped short of, and without loose punctuation at its ends."""
    start, end = span.start, span.end
    at = bisect_right(outer, start, key=lambda quotation: quotation.start) - 1
    if at >= 0 and start < outer[at].end and not text[outer[at].start : start].strip(_EDGES + "\"'“”‘’«»`"):
        start = outer[at].start
    at = bisect_right(outer, max(end - 1, start), key=lambda quotation: quotation.start) - 1
    if at >= 0 and end <= outer[at].end and not text[end : outer[at].end].strip(_EDGES + "\"'“”‘’«»`!?…"):
        end = outer[at].end
    return trim(text, Span(start, max(start, end)), outer)


def trim(text: str, span: Span, outer: Sequence[Span] = ()) -> Span:
    """`span` without loose punctuation at its ends, unless a quotation ends there."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES and not any(quotation.end == end for quotation in outer):
        end -= 1
    return Span(start, end)


def join(text: str, spans: Sequence[Span]) -> list[Span]:
    """The stretches in order, those that only white space divides made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (span.start <= joined[-1].end or not text[joined[-1].end : span.start].strip()):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _same(marked: Attribution, rules: Overlaps[Attribution]) -> Attribution | None:
    """The rule's attribution of the same cue: the first one."""
    return next((each for cue in marked.cue for _, each in rules.of(cue)), None)


def _go_on(
    marked: Attribution, rules: Overlaps[Attribution], taken: Overlaps[Attribution], outer: Sequence[Span]
) -> Attribution:
    """The attribution with the later quotations of its speaker that the rule saw and that no content holds."""
    same = _same(marked, rules)
    more = [span for span in (same.content if same else ()) if not taken.of(span) and _is_quotation(span, outer)]
    return structs.replace(marked, content=tuple(sorted((*marked.content, *more)))) if more else marked


def _is_quotation(span: Span, outer: Sequence[Span]) -> bool:
    at = bisect_left(outer, span)
    return at < len(outer) and outer[at] == span


def _share(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a & b for a in one for b in other)


def nest(found: Sequence[Attribution]) -> list[Attribution]:
    """Each attribution with, as `via`, the smallest other one whose content holds its cue."""
    contents = Overlaps((span, each) for each in found for span in each.content)
    nested = []
    for each in found:
        around = [
            other
            for span, other in contents.of(each.cue[0])
            if other is not each and each.cue[0] in span and not any(other.cue[0] in own for own in each.content)
        ]
        outer = min(around, key=lambda other: sum(map(len, other.content)), default=None)
        nested.append(structs.replace(each, via=outer.id if outer else None))
    return nested
