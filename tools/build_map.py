"""Build the outline of the world that maps are drawn on: land and the borders of countries, as few numbers as will do.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_map.py package/countries-50m.json

Natural Earth's 1:50m outlines (public domain), as the npm package world-atlas gives them (TopoJSON). Lines are
simplified (Douglas and Peucker), put on a grid of a twentieth of a degree, and written as steps.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import cos, hypot, radians
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "exports" / "world.json"
GRID = 20  # steps a degree: five kilometres, half a unit of the drawing where it is nearest
TOLERANCE = 0.09  # degrees that a simplified line may be off
SMALLEST = 0.12  # square degrees: a smaller island is left out
SOUTHERNMOST = -60.0  # nothing that reports name lies on the ice further south

Point = tuple[float, float]


def main() -> None:
    """Run it on the file named."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [simplified(arc) for arc in _arcs(topology)]
    land = [ring for ring in _rings(topology["objects"]["land"], arcs) if _kept(ring)]
    used: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        used.update({number if number >= 0 else ~number for number in _numbers(country)})
    borders = [arcs[number] for number, times in used.items() if times > 1]
    world = {
        "grid": GRID,
        "land": [_steps(ring) for ring in land],
        "borders": [line for line in map(_steps, borders) if len(line) > 2],
    }
    text = json.dumps(world, separators=(",", ":"))
    OUT.write_text(text + "\n", encoding="utf-8")
    points = sum(len(line) // 2 for line in (*world["land"], *world["borders"]))
    print(f"{OUT}: {len(land)} coasts, {len(borders)} borders, {points} points, {len(text):,} bytes")


def _arcs(topology: dict) -> Iterator[list[Point]]:
    """The arcs of a topology in degrees."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + x0, y * ky + y0))
        yield _unwrapped(line)


def _unwrapped(line: Sequence[Point]) -> list[Point]:
    """A line that runs on over the date line, to degrees past 180, instead of back round the world."""
    out = list(line[:1])
    for x, y in line[1:]:
        out.append((x + 360 * round((out[-1][0] - x) / 360), y))
    return out


def _rings(shape: dict, arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The rings of a geometry, their arcs put end to end."""
    for geometry in shape.get("geometries", [shape]):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                line: list[Point] = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    line += arc[1:] if line else arc
                yield _unwrapped(line)


def _numbers(geometry: dict) -> Iterator[int]:
    def flat(value: object) -> Iterator[int]:
        if isinstance(value, int):
            yield value
        else:
            for one in value:
                yield from flat(one)

    yield from flat(geometry.get("arcs", []))


def simplified(line: Sequence[Point]) -> list[Point]:
    """The points of a line that it needs to stay within TOLERANCE of itself; its ends are kept."""
    kept = {0, len(line) - 1}
    open_ = [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        far, at = max(((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0, 0))
        if far > TOLERANCE:
            kept.add(at)
            open_ += [(first, at), (at, last)]
    return [line[at] for at in sorted(kept)]


def _off(point: Point, a: Point, b: Point) -> float:
    """How far a point is from the line between two, in degrees of latitude."""
    k = cos(radians(point[1]))
    px, py, dx, dy = (point[0] - a[0]) * k, point[1] - a[1], (b[0] - a[0]) * k, b[1] - a[1]
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
    return hypot(px - share * dx, py - share * dy)


def _kept(ring: Sequence[Point]) -> bool:
    """Whether an island or a continent is large enough to be drawn, and is not the ice of the south."""
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    return abs(area) >= SMALLEST and max(y for _, y in ring) > SOUTHERNMOST


def _steps(line: Sequence[Point]) -> list[int]:
    """A line as the grid's numbers of its first point and the steps to each other one."""
    out: list[int] = []
    was = (0, 0)
    for x, y in line:
        here = (round(x * GRID), round(y * GRID))
        if out and here == was:
            continue
        out += [here[0] - was[0], here[1] - was[1]] if out else [*here]
        was = here
    return out


if __name__ == "__main__":
    main()
