"""A map of places as SVG: the land, a mark a place, and a small world that shows where the map is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from math import cos, hypot, radians, sqrt

import msgspec

Point = tuple[float, float]

_WIDTH, _HEIGHT = 760, 430
_LEAST = 9.0  # degrees of latitude that a map shows at least: the outlines are not made for less
_WEIGHT = 0.85  # share of the mentions that the map must show; places further off stand in the small world alone
_SMALL = 150  # width of the small world
_FINE = 0.8  # points of an outline nearer to each other than this, in units of the drawing, are one
_LETTER = 6.7  # width of a letter of a label
_LABELS = 24  # more cannot be read


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place with how many reports name it. A country or a region is an `area`: its mark stands at its middle."""

    name: str
    geonameid: int | None = None
    country: str | None = None
    feature: str | None = None
    lat: float
    lon: float
    reports: int
    mentions: int = 0

    @property
    def area(self) -> bool:
        """Whether it is more than a point on a map."""
        return bool(self.feature) and not str(self.feature).startswith(("P.", "S."))


class View(msgspec.Struct, frozen=True):
    """What part of the world a map shows: degrees of longitude (which may run past 180) and latitude, and their scale.

    Equirectangular, true at the middle parallel: straight meridians, distances right across the middle.
    """

    west: float
    north: float
    across: float  # units of the drawing a degree of longitude
    up: float  # and a degree of latitude
    width: float
    height: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a place stands in the drawing."""
        return (lon - self.west) * self.across, (self.north - lat) * self.up

    @property
    def degrees(self) -> float:
        """Of longitude that it shows."""
        return self.width / self.across


def map_svg(spots: Sequence[Spot], *, address: Callable[[Spot], str] | None = None, focus: int | None = None) -> str:
    """The places on a map that is zoomed to where most of their reports are; nothing where there is no place.

    With `focus`, the GeoNames number of one of them, that one stands in the middle of its surroundings.

    The mark of a place is as large as the number of reports that name it; an area's is a ring. Each is a link where
    `address` gives one, can be reached by keyboard, and says its name and number. Nothing is styled here.
    """
    if not spots:
        return ""
    ordered = sorted(spots, key=lambda spot: (-spot.reports, -spot.mentions, spot.name))
    middle = next((spot for spot in ordered if focus is not None and spot.geonameid == focus), None)
    view = _surroundings(middle) if middle else _view(ordered)
    inside = [spot for spot in ordered if _shows(view, spot)]
    most = max(spot.reports for spot in ordered)
    small = list(_small_world(view, ordered, inside)) if view.degrees < 150 else []
    labels = _labels(view, inside, most, bool(small))
    marks = [_mark(view, spot, most, address(spot) if address else "") for spot in inside]
    said = f"{_count(len(inside), 'place')} on the map"
    if further := len(ordered) - len(inside):
        said += f", {further} further off in the small world"
    coasts, borders = _outline(view, closed=True), _outline(view, closed=False)
    land = f'<path class="land" d="{coasts}"/><path class="border" d="{borders}"/>'
    sea = f'<rect class="sea" width="{view.width}" height="{view.height}"/>'
    return (
        f'<svg class="map" viewBox="0 0 {view.width} {view.height}" role="group" '
        f'aria-label="{said}; the same stand in the table">{sea}{land}{"".join([*marks, *labels, *small])}</svg>'
    )


def _view(spots: Sequence[Spot]) -> View:
    """The part of the world round the places that carry most of the mentions."""
    lon0 = _middle([(spot.lon, spot.reports) for spot in spots])
    lat0 = _middle([(spot.lat, spot.reports) for spot in spots])
    near = sorted(spots, key=lambda s: hypot(_turned(s.lon, lon0) - lon0, s.lat - lat0))
    need, shown = _WEIGHT * sum(spot.reports for spot in spots), list[Spot]()
    for spot in near:
        if shown and sum(one.reports for one in shown) >= need:
            break
        shown.append(spot)
    lons = [_turned(spot.lon, lon0) for spot in shown]
    lats = [spot.lat for spot in shown]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    narrow = cos(radians(min(abs(lat), 70)))
    tall = max(_LEAST, 1.35 * (max(lats) - min(lats)), 1.35 * (max(lons) - min(lons)) * narrow * _HEIGHT / _WIDTH)
    return _round(lat, lon, tall)


def _surroundings(spot: Spot) -> View:
    """The part of the world that a place is seen in: a country with its neighbours, a town in its country."""
    return _round(spot.lat, spot.lon, 36.0 if spot.area else 20.0)


def _round(lat: float, lon: float, tall: float) -> View:
    """So many degrees of latitude round a point."""
    k = cos(radians(min(abs(lat), 70)))
    if tall * _WIDTH / _HEIGHT / k >= 300:  # nearly all of the world: then all of it
        return View(-180, 84, _WIDTH / 360, _WIDTH / 360, _WIDTH, round(_WIDTH / 360 * 142))
    up = _HEIGHT / tall
    north = min(84.0, max(lat + tall / 2, -60 + tall))
    return View(lon - _WIDTH / (up * k) / 2, north, up * k, up, _WIDTH, _HEIGHT)


def _middle(weighed: Iterable[tuple[float, int]]) -> float:
    """The value that half of the weight lies on either side of."""
    ordered = sorted(weighed)
    half, so_far = sum(weight for _, weight in ordered) / 2, 0
    for value, weight in ordered:
        so_far += weight
        if so_far >= half:
            return value
    return ordered[-1][0]


def _turned(lon: float, near: float) -> float:
    """A longitude as the number of degrees nearest to another: the date line is no edge."""
    return lon + 360 * round((near - lon) / 360)


def _shows(view: View, spot: Spot) -> bool:
    x, y = _place(view, spot)
    return 0 <= x <= view.width and 0 <= y <= view.height


def _place(view: View, spot: Spot) -> Point:
    return view.at(_turned(spot.lon, view.west + view.degrees / 2), spot.lat)


# -- the outline


@cache
def _world() -> dict[str, list[list[Point]]]:
    """Land and borders, in degrees (written by tools/build_map.py)."""
    data = json.loads(files("onrecord.exports").joinpath("world.json").read_text(encoding="utf-8"))
    return {name: [_line(steps, data["grid"]) for steps in data[name]] for name in ("land", "borders")}


def _line(steps: Sequence[int], grid: int) -> list[Point]:
    x = y = 0
    line = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / grid, y / grid))
    return line


def _outline(view: View, *, closed: bool) -> str:
    """What of the land, or of the borders, the map shows, as a path."""
    out = []
    middle = view.west + view.degrees / 2
    for line in _world()["land" if closed else "borders"]:
        for turn in (-360, 0, 360):
            lons = [lon + turn for lon, _ in line]
            if max(lons) < view.west or min(lons) > 2 * middle - view.west:
                continue
            drawn = [view.at(lon, lat) for lon, (_, lat) in zip(lons, line, strict=True)]
            for piece in [_clipped(drawn, view)] if closed else _kept(drawn, view):
                out.append(_path(_thin(piece), closed))
    return "".join(out)


def _clipped(ring: Sequence[Point], view: View) -> list[Point]:
    """A ring cut at the edges of the map (Sutherland and Hodgman), which lie a little outside it."""
    beyond = 4.0 if view.degrees < 359 else 0.0
    edges = ((0, -beyond, 1), (0, view.width + beyond, -1), (1, -beyond, 1), (1, view.height + beyond, -1))
    cut = list(ring)
    for axis, edge, side in edges:
        kept: list[Point] = []
        for at, here in enumerate(cut):
            was = cut[at - 1]
            if (side * was[axis] >= side * edge) != (side * here[axis] >= side * edge):
                share = (edge - was[axis]) / (here[axis] - was[axis])
                kept.append((was[0] + share * (here[0] - was[0]), was[1] + share * (here[1] - was[1])))
            if side * here[axis] >= side * edge:
                kept.append(here)
        cut = kept
    return cut


def _kept(line: Sequence[Point], view: View) -> Iterator[list[Point]]:
    """The stretches of a line of which an end of each part lies in the map."""

    def within(point: Point) -> bool:
        return -40 <= point[0] <= view.width + 40 and -40 <= point[1] <= view.height + 40

    piece: list[Point] = []
    for a, b in pairwise(line):
        if within(a) or within(b):
            piece = piece or [a]
            piece.append(b)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _thin(line: Sequence[Point]) -> list[Point]:
    """A line without points that cannot be told from the one before; its ends are kept."""
    out = list(line[:1])
    for point in line[1:-1]:
        if abs(point[0] - out[-1][0]) + abs(point[1] - out[-1][1]) >= _FINE:
            out.append(point)
    return [*out, *line[-1:]] if len(line) > 1 else out


def _path(line: Sequence[Point], closed: bool) -> str:
    if len(line) < (3 if closed else 2):
        return ""
    first, *rest = (f"{x:.1f} {y:.1f}" for x, y in line)
    return f"M{first}L{' '.join(rest)}{'z' if closed else ''}"


# -- the places


def _radius(spot: Spot, most: int) -> float:
    """Marks are as large in area as the numbers are, down to one that can still be seen."""
    return max(4.0, 15.0 * sqrt(spot.reports / max(most, 6)))


def _mark(view: View, spot: Spot, most: int, address: str) -> str:
    x, y = _place(view, spot)
    r = _radius(spot, most)
    said = escape(f"{spot.name}: {_count(spot.reports, 'report')}", quote=True)
    kind = "area" if spot.area else "town"
    inside = (
        f'<title>{said}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" class="{kind}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{max(12.0, r):.1f}" class="hit"/>'  # 24 across: WCAG 2.2, 2.5.8
    )
    if address:
        return f'<a class="spot" href="{escape(address, quote=True)}" aria-label="{said}">{inside}</a>'
    return f'<g class="spot">{inside}</g>'


def _labels(view: View, spots: Sequence[Spot], most: int, small: bool) -> Iterator[str]:
    """The names of as many places as have room, those of most reports first, beside, above or below their marks."""
    taken = [_box(*_place(view, spot), _radius(spot, most)) for spot in spots]
    if small:
        taken.append((0, view.height - _SMALL * 0.42, _SMALL + 4, view.height))
    for at, spot in enumerate(spots[:_LABELS]):
        x, y = _place(view, spot)
        r, wide = _radius(spot, most), len(spot.name) * _LETTER
        for left, base in (
            (x + r + 3, y + 4),
            (x - r - 3 - wide, y + 4),
            (x - wide / 2, y - r - 4),
            (x - wide / 2, y + r + 13),
        ):
            box = (left, base - 11, left + wide, base + 3)
            if left < 2 or left + wide > view.width - 2 or base < 12 or base > view.height - 4:
                continue
            if not any(_meet(box, other) for n, other in enumerate(taken) if n != at):
                taken.append(box)
                kind, name = " wide" if spot.area else "", escape(spot.name)
                yield f'<text x="{left:.1f}" y="{base:.1f}" class="name{kind}" aria-hidden="true">{name}</text>'
                break


Box = tuple[float, float, float, float]


def _box(x: float, y: float, r: float) -> Box:
    return x - r, y - r, x + r, y + r


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _small_world(view: View, spots: Sequence[Spot], inside: Sequence[Spot]) -> Iterator[str]:
    """The whole world with the part that the map shows framed, and a dot for each place outside it."""
    scale = _SMALL / 360
    tall = round(scale * 142)
    world = View(-180, 84, scale, scale, _SMALL, tall)
    yield f'<g class="world" aria-hidden="true" transform="translate(4 {view.height - tall - 4})">'
    yield f'<rect class="sea" width="{_SMALL}" height="{tall}"/><path class="land" d="{_world_path()}"/>'
    near = {id(spot) for spot in inside}
    for spot in spots:
        if id(spot) not in near:
            x, y = world.at(spot.lon, spot.lat)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" class="far"/>'
    middle = (view.west + view.degrees / 2 + 180) % 360
    x, wide = (middle - view.degrees / 2) * scale, view.degrees * scale
    y, high = (84 - view.north) * scale, view.height / view.up * scale
    yield f'<rect class="frame" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/></g>'


@cache
def _world_path() -> str:
    return _outline(View(-180, 84, _SMALL / 360, _SMALL / 360, _SMALL, round(_SMALL / 360 * 142)), closed=True)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
