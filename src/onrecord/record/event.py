"""Something that a report says happened, will happen, or did not: a PLOVER event with its status."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.record.span import Basis, Span

Status = Literal["happened", "ongoing", "planned", "conditional", "possible", "denied", "called-for", "not-yet"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event. `type`, `mode` and `context` are codes of `ontology/plover.toml`; the rest are ids in the record.

    `mentions` are the words for it, first telling first; `condition` the words that it hangs on.
    """

    id: str
    type: str
    mentions: tuple[Span, ...]
    basis: Basis
    status: Status
    mode: str | None = None
    context: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    condition: Span | None = None
    attribution: str | None = None

    @property
    def span(self) -> Span:
        """The first mention."""
        return self.mentions[0]
