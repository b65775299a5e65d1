"""How an event stands: happened, ongoing, planned, conditional, possible, denied, called-for, not-yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.lang import Rule
from onrecord.layers.roles import ClauseWords
from onrecord.record import Span, Status


class StatusRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a status rule (see the head of `lang/en/status.toml`)."""

    status: Status
    place: Literal["before", "next", "after"]
    refusal: bool = False
    progressive: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How an event stands; `refused` where its actor says that it will not do it."""

    status: Status
    condition: Span | None = None
    refused: bool = False


# A status that hangs on a condition only where nothing has happened yet.
_OPEN: tuple[Status, ...] = ("planned", "possible", "not-yet")


def find_standing(
    text: str, predicate: Span, sentence: Span, rules: Sequence[Rule[StatusRule]], words: ClauseWords
) -> Standing:
    """How the event of a predicate stands, from the words before it, then from those behind it."""
    before = text[sentence.start : predicate.start]
    goes_on = bool(words.active.match(text, predicate.start))
    led = (
        r.right
        for r in rules
        if r.right.place == "before" and (goes_on or not r.right.progressive) and r.pattern.search(before)
    )
    first = next(led, None)
    status: Status = first.status if first else "happened"
    if status == "happened":
        last = text.rfind(" ", predicate.start, predicate.end) + 1 or predicate.start
        behind = (r.right.status for r in rules if r.right.place == "next" and r.pattern.match(text, last))
        status = next(behind, status)
    ahead = status in _OPEN or words.ahead.search(text, sentence.start, predicate.end)
    for rule in rules:
        found = rule.pattern.search(text, predicate.end, sentence.end) if rule.right.place == "after" else None
        if found and rule.right.status == "conditional" and ahead:
            return Standing(status="conditional", condition=Span(*found.span("condition")))
        if found and rule.right.status == "ongoing" and status == "happened":
            return Standing(status="ongoing")
    return Standing(status=status, refused=bool(first and first.refusal))
