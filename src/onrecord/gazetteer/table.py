"""The table of places: one binary file, mapped into memory, read where it is needed.

Layout (little-endian; written by tools/build_gazetteer.py): the magic bytes, the length of a JSON head, the head
({"countries": [[iso2, iso3], …], "features": […], "sections": {name: [start, end]}}), and the sections. Columns, one
value a place: `ids`, `lat` and `lon` (thousandths of a degree), `population`, `country`, `feature`, `first` and
`second` (the first- and second-order division that it lies in, as row + 1; 0 for none). Names: `names` (folded,
sorted, end to end), `name_ends`, `rows` (row * 2, and 1 more where the name is the place's own), `rows_ends`.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.errors import OnrecordError

MAGIC = b"onrecord places 1\n"
COLUMNS: dict[str, Literal["B", "H", "I", "i"]] = {
    "ids": "I", "lat": "i", "lon": "i", "population": "I", "country": "B", "feature": "B", "first": "H", "second": "H",
    "name_ends": "I", "rows": "I", "rows_ends": "I", "names": "B",
}  # fmt: skip


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the table. `row` is its place in it; `first` and `second` are rows of the divisions it lies in."""

    row: int
    geonameid: int | None
    country: str | None
    country3: str | None
    feature: str
    lat: float | None
    lon: float | None
    population: int
    first: int | None
    second: int | None


class Named(msgspec.Struct, frozen=True):
    """A place that a name can mean; `own` says whether it is the place's own name or another one."""

    entry: Entry
    own: bool


class Gazetteer:
    """The open table."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise OnrecordError(f"{path}: is not a table of places of this version; install onrecord again")
        at = len(MAGIC) + 4
        length = int.from_bytes(self._map[len(MAGIC) : at], "little")
        head = json.loads(self._map[at : at + length])
        view = memoryview(self._map)
        self._columns = {name: view[slice(*head["sections"][name])].cast(code) for name, code in COLUMNS.items()}
        self._countries: list[tuple[str, str]] = [(two, three) for two, three in head["countries"]]
        self._short = {three: two for two, three in self._countries}
        self._long = dict(self._countries)
        self._features: list[str] = head["features"]
        self._names = view[slice(*head["sections"]["names"])]
        self._ends = self._columns["name_ends"]

    def __len__(self) -> int:
        return len(self._columns["ids"])

    def named(self, name: str) -> tuple[Named, ...]:
        """The places that the folded `name` can mean, in the order of the table."""
        key = name.encode()
        at = bisect_left(range(len(self._ends)), key, key=self._name)
        if at >= len(self._ends) or self._name(at) != key:
            return ()
        ends = self._columns["rows_ends"]
        rows = self._columns["rows"][ends[at - 1] if at else 0 : ends[at]]
        return tuple(Named(self.entry(row >> 1), bool(row & 1)) for row in rows)

    def short_code(self, three: str) -> str | None:
        """The alpha-2 code of a country by its alpha-3 one."""
        return self._short.get(three)

    def long_code(self, two: str) -> str | None:
        """The alpha-3 code of a country by its alpha-2 one."""
        return self._long.get(two)

    def entry(self, row: int) -> Entry:
        """The place in that row."""
        columns = self._columns
        country = columns["country"][row]
        two, three = self._countries[country] if country < len(self._countries) else ("", "")
        lat, lon = columns["lat"][row], columns["lon"][row]
        known = lat != 999_999
        return Entry(
            row=row,
            geonameid=columns["ids"][row] or None,
            country=two or None,
            country3=three or None,
            feature=self._features[columns["feature"][row]],
            lat=lat / 1000 if known else None,
            lon=lon / 1000 if known else None,
            population=columns["population"][row],
            first=(columns["first"][row] or 0) - 1 if columns["first"][row] else None,
            second=(columns["second"][row] or 0) - 1 if columns["second"][row] else None,
        )

    def _name(self, at: int) -> bytes:
        return bytes(self._names[self._ends[at - 1] if at else 0 : self._ends[at]])


@cache
def open_gazetteer() -> Gazetteer:
    """The table that ships with onrecord, opened once."""
    with as_file(files("onrecord.gazetteer").joinpath("places.bin")) as path:
        return Gazetteer(path)
