"""Plots of a series of figures: bars for a terminal, SVG for a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from math import log10

from onrecord.exports.values import bounds, plain_number
from onrecord.record.story import Point, Series

_WIDTH = 40  # columns of the longest bar: beside a date, a source and a number, a line stays under 110


def bars(rows: Sequence[tuple[str, Point]]) -> str:
    """A bar a point, its length the figure; `▒` runs from the low bound to the high one, `▸` says that it is open."""
    most = max((_end(point) for _, point in rows), default=0) or 1
    label = max((len(text) for text, _ in rows), default=0)
    lines = []
    for text, point in rows:
        sure = round(_WIDTH * _sure(point) / most)
        upto = round(_WIDTH * _end(point) / most)
        bar = "█" * sure + "▒" * (upto - sure) + ("▸" if point.high is None and point.low is not None else "")
        lines.append(f"  {text:<{label}}  {bar:<{_WIDTH + 1}}  {bounds(point)}")
    return "\n".join(lines)


def svg(series: Series, *, width: int = 720, height: int = 240) -> str:
    """The points of a series over their days: a mark a point, its bounds as a line, one shape a source.

    Days run from left to right, each as wide as the others; the scale is that of the numbers, or of their
    logarithms where the largest is more than fifty times the smallest.
    """
    points = [point for point in series.points if _end(point) > 0]
    if not points:
        return ""
    days = sorted({point.day or "" for point in points})
    sources = list(dict.fromkeys(point.source for point in points))
    least, most = min(_sure(p) or _end(p) for p in points), max(_end(p) for p in points)
    logarithmic = least > 0 and most / least > 50  # a linear axis would press the small ones into the ground line

    def across(at: int) -> float:
        return 70 + (width - 100) * (at + 0.5) / len(days)

    def y(value: float) -> float:
        share = log10(max(value, 1)) / log10(max(most, 10)) if logarithmic else value / most
        return height - 40 - (height - 70) * share

    marks = [
        _mark(point, across(days.index(point.day or "")), y, sources.index(point.source or "the report's own"))
        for point in points
    ]
    axis = [
        f'<text x="{across(at):.0f}" y="{height - 18}" text-anchor="middle">{escape(day)}</text>'
        for at, day in enumerate(days)
        if len(days) < 9 or at % (len(days) // 6) == 0
    ]
    scale = [
        f'<line x1="60" x2="{width - 20}" y1="{y(value):.1f}" y2="{y(value):.1f}" class="grid"/>'
        f'<text x="54" y="{y(value) + 4:.1f}" text-anchor="end">{plain_number(value)}</text>'
        for value in ((1, most) if logarithmic else (0, most / 2, most))
    ]
    label = f"{len(points)} figures over {len(days)} days"
    body = "".join(scale + axis + marks)
    return f'<svg class="plot" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{body}</svg>'


def _mark(point: Point, x: float, y: Callable[[float], float], source: int) -> str:
    """A point: a mark at its best value, a line over its bounds, an arrow where it is open above."""
    best = y(point.best if point.best is not None else _sure(point) or _end(point))
    low, high = y(_sure(point)), y(_end(point))
    shapes = (
        f'<circle cx="{x:.1f}" cy="{best:.1f}" r="4"/>',
        f'<rect x="{x - 4:.1f}" y="{best - 4:.1f}" width="8" height="8"/>',
        f'<path d="M{x:.1f} {best - 5:.1f}l5 9h-10z"/>',
        f'<path d="M{x - 5:.1f} {best:.1f}l5 -5 5 5 -5 5z"/>',
    )
    open_above = f'<path d="M{x - 3:.1f} {best - 8:.1f}l3 -5 3 5" class="open"/>' if point.high is None else ""
    said = f"{point.day}: {bounds(point)}" + (f", {point.source}" if point.source else "")
    title = f"<title>{escape(said)}</title>"
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" class="range"/>' if low != high else ""
    shape = source % len(shapes)
    return f'<g class="point s{shape}" tabindex="0">{title}{line}{shapes[shape]}{open_above}</g>'


def _sure(point: Point) -> float:
    """What a point gives at least."""
    return next((value for value in (point.low, point.best) if value is not None), 0)


def _end(point: Point) -> float:
    """What a point gives at most, as far as its words go."""
    return next((value for value in (point.high, point.best, point.low) if value is not None), 0)
