"""Whether a report is one on talks, by which kinds of words its sentences have, at its top and further down, and in
which of its sentences the encoder sees talks told."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from onrecord.lang import load_rules
from onrecord.layers.worths import Signs, load_worths
from onrecord.record import CUE, Basis, Mentions, Span

# Sentences at the top of a report; later ones of a kind that count; fewest later ones that a share is taken of.
TOP, REST, FEWEST = 3, 5, 4
# Shorter sentences are cutters' scraps.
_SCRAP = 15
# Of a report that was not encoded: log-odds where it has no such word, and the sum that one on talks comes to.
_NONE, _LEAST = -3.75, -1.0
_TOLD = f"{CUE}told"
# One passing word ("ended talks") makes no report on talks.
_SENTENCES = 2


class KindRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a kind of words is worth (see the head of `lang/en/on_talks.toml`)."""

    top: float
    rest: float
    share: float


Counts = dict[str, tuple[int, int]]
"""By kind, the sentences at the top and further down that have a word of it."""


def find_subject(text: str, seen: Mentions, language: str) -> tuple[Span, Basis] | None:
    """The words that most tell of talks, where the report is one on talks."""
    counts, later, first = count_kinds(text, seen, language)
    if sum(map(sum, counts.values())) < _SENTENCES:
        return None
    if any(one.kind.startswith(CUE) for one in seen.spans):
        worths = load_worths(language)
        return first if worths.sum("subject", signs(seen, counts, later)) >= worths.least.get("subject", 0.0) else None
    points = _NONE
    for rule in load_rules(language, "on_talks", KindRule).rules:
        at_top, below, share = values(*counts[rule.name], later)
        points += at_top * rule.right.top + below * rule.right.rest + share * rule.right.share
    return first if points >= _LEAST else None


def signs(seen: Mentions, counts: Counts, later: int) -> Signs:
    """What speaks for an encoded report's being on talks: words of each kind, and sentences that tell of talks."""
    found: Signs = {}
    for name, (at_top, below) in counts.items():
        top, rest, share = values(at_top, below, later)
        found |= {f"top {name}": float(top), f"rest {name}": float(rest), f"share {name}": share}
    starts = [one.span.start for one in seen.sentences if len(one.span) >= _SCRAP]
    told = [0.0] * len(starts)
    for one in seen.spans:
        number = bisect_right(starts, one.span.start) - 1
        if one.kind == _TOLD and number >= 0:
            told[number] = max(told[number], one.score)
    found |= {
        "told top": sum(told[:TOP]),
        "told rest": min(sum(told[TOP:]), float(REST)),
        "told share": sum(told) / max(len(told), FEWEST),
    }
    return found | {"told best": max(told, default=0.0), "told lead": max(told[:TOP], default=0.0)}


def count_kinds(text: str, seen: Mentions, language: str) -> tuple[Counts, int, tuple[Span, Basis] | None]:
    """The sentences of each kind, how many stand below the top, and the first words of the kind that says most."""
    rules = load_rules(language, "on_talks", KindRule).rules
    sentences = [one.span for one in seen.sentences if len(one.span) >= _SCRAP]
    counts: dict[str, list[int]] = {rule.name: [0, 0] for rule in rules}
    said: tuple[float, Span, Basis] | None = None
    for number, span in enumerate(sentences):
        for rule in rules:
            found = (
                rule.pattern.search(text, span.start, span.end) if rule.may_match(text, span.start, span.end) else None
            )
            if found is None:
                continue
            counts[rule.name][number >= TOP] += 1
            if rule.right.top > (said[0] if said else 0.0):
                said = rule.right.top, Span(*found.span()), Basis(by="rule", name=rule.name)
    first = said[1:] if said else None
    return {name: (at_top, below) for name, (at_top, below) in counts.items()}, max(len(sentences) - TOP, 0), first


def values(at_top: int, below: int, later: int) -> tuple[float, float, float]:
    """What a kind's worths are multiplied with: sentences at the top and below, and the share of the later ones."""
    return at_top, min(below, REST), below / max(later, FEWEST) * FEWEST
