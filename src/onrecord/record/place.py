"""A named place, with the GeoNames entry that it was settled to."""

from __future__ import annotations

import msgspec

from onrecord.record.span import Basis, Span


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A named place. `country` is ISO 3166-1 alpha-2; `feature` a GeoNames class and code (`P.PPLC`).

    `geonameid` is None for a region or a natural feature whose number is not known to us, `country` for one that lies
    in several. Countries and divisions stand at the middle of their towns; `population` is told of countries and towns.
    """

    id: str
    name: str
    mentions: tuple[Span, ...]
    basis: Basis
    geonameid: int | None = None
    country: str | None = None
    feature: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None

    @property
    def span(self) -> Span:
        """The first mention."""
        return self.mentions[0]
