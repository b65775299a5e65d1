"""Who said what, and on what terms: PARC's source, cue and content."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.record.span import Basis, Span


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Whose word it is. `spans` is empty where the report names none ("reportedly"); `actor` is an actor's id.

    `conditions` are the words for the terms on which the source spoke ("who requires anonymity").
    `issuers` are the ids of those who put out a document ("figures released by both sides").
    """

    spans: tuple[Span, ...] = ()
    actor: str | None = None
    kind: Literal["named", "unnamed", "group", "document", "media"] | None = None
    conditions: tuple[Span, ...] = ()
    issuers: tuple[str, ...] = ()


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution. `cue` and `content` may be broken by other words, so each is one or more spans.

    `quote` says how the content stands: all inside quotation marks (direct), part (mixed), none (indirect).
    `stance` is a value of `lang/en/cues.toml` (says, denies, doubts, …). `to` are the words for whom it was
    said to; `via` the id of the attribution that this one is told in.
    """

    id: str
    source: Source
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quote: Literal["direct", "indirect", "mixed"]
    basis: Basis
    stance: str | None = None
    to: Span | None = None
    via: str | None = None

    @property
    def span(self) -> Span:
        """From the first of its words to the last."""
        spans = (*self.source.spans, *self.cue, *self.content)
        return Span(min(s.start for s in spans), max(s.end for s in spans))
