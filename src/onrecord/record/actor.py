"""Someone or something that acts or speaks in a report, all its mentions folded into one."""

from __future__ import annotations

import msgspec

from onrecord.record.span import Basis, Span


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor, with PLOVER's fields. `country` is ISO 3166-1 alpha-3, `sector` a code of `ontology/sectors.toml`.

    Who belongs to no country has one of PLOVER's codes there: `IGO` (a body of several states), `NGO`, `IMG` (an armed
    group across borders), `MNC` (a company of many countries). Kosovo is `XKX`.

    `name` is the fullest way in which the report names it ("an Israeli government official" where it gives no name).
    """

    id: str
    name: str
    mentions: tuple[Span, ...]
    basis: Basis
    role: str | None = None
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None

    @property
    def span(self) -> Span:
        """The first mention."""
        return self.mentions[0]
