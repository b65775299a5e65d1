"""How negotiations stand, as one report tells it."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.record.span import Basis, Span


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round of talks: held, planned, postponed or broken off, and what came of it."""

    span: Span
    state: Literal["held", "ongoing", "planned", "postponed", "broken-off"]
    outcome: Literal["agreement", "partial", "progress-claimed", "none"] | None = None
    time: str | None = None
    place: str | None = None
    attribution: str | None = None


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a party comes, and on what condition."""

    span: Span
    party: str
    state: Literal["attended", "will-attend", "invited", "conditional", "undecided", "declined", "withdrew"]
    condition: Span | None = None
    attribution: str | None = None


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What a party did at the table, a code of `ontology/talks.toml`: offer, demand, accept, reject, suspend, …"""

    span: Span
    party: str | None
    move: str
    condition: Span | None = None
    attribution: str | None = None


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """Who gives what to whom under a deal, how many, and on what condition."""

    span: Span
    giver: str | None = None
    receiver: str | None = None
    what: Span | None = None
    figure: str | None = None
    per: Span | None = None
    phase: Span | None = None
    condition: Span | None = None
    attribution: str | None = None


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """What the talks are about, and whether it sticks."""

    span: Span
    sticking: bool = False
    attribution: str | None = None


class Talks(msgspec.Struct, frozen=True, kw_only=True):
    """Negotiations as one report tells of them. Parties, mediators and hosts are ids of actors, venues of places.

    `stage` and `outcome` are codes of `ontology/talks.toml`.
    """

    id: str
    span: Span
    basis: Basis
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    guarantors: tuple[str, ...] = ()
    format: str | None = None
    venue: tuple[str, ...] = ()
    aims: tuple[Span, ...] = ()
    issues: tuple[Issue, ...] = ()
    positions: tuple[Move, ...] = ()
    conditions: tuple[Span, ...] = ()
    offers: tuple[Term, ...] = ()
    rounds: tuple[Round, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    precedents: tuple[Span, ...] = ()
    stage: str | None = None
    text_status: str | None = None
    truce: str | None = None
    outcome: str | None = None
