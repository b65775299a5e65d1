"""Plots of a series of figures: bars for a terminal, SVG for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from math import floor, log10

from onrecord.exports.values import bounds, plain_number
from onrecord.record.story import Point, Series

OWN = "the report's own"
"""What to call the source of a figure that the report gives in its own voice."""

# The plot: its edges, its height and what one day's label takes across, in units of the drawing.
_LEFT, _RIGHT, _TOP, _PLOT, _FOOT, _DAY = 64, 16, 20, 170, 44, 92
_APART = 13  # between the marks of two sources on one day, so that neither hides the other

_SHAPES = (
    '<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
    '<path d="M{x:.1f} {y:.1f}m-4.5 -4.5h9v9h-9z"/>',
    '<path d="M{x:.1f} {y:.1f}m0 -6l5.5 10h-11z"/>',
    '<path d="M{x:.1f} {y:.1f}m-6 0l6 -6 6 6 -6 6z"/>',
    '<path d="M{x:.1f} {y:.1f}m0 6l5.5 -10h-11z"/>',
    '<path d="M{x:.1f} {y:.1f}m-5 -5l10 10m0 -10l-10 10"/>',
)

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


def svg(
    series: Series,
    *,
    address: Callable[[Point], str] | None = None,
    remark: Callable[[Point], str] | None = None,
    width: int = 760,
) -> str:
    """The points of a series over their days: a mark a point, its bounds as a line, one shape a source.

    Days stand at their true distance; the scale is that of the numbers, or of their logarithms where the largest is
    more than fifty times the smallest. A step line joins the points of a source. Each mark is a link where `address`
    gives one, can be reached by keyboard, and says its day, bounds and source. What a person says of a figure
    (`remark`: `rejected by …`) is said with it, and one that is rejected is crossed out. Nothing is
    styled here: the classes are.
    """
    points = [point for point in series.points if _end(point) > 0]
    if not points:
        return ""
    names = _legend([point.source or OWN for point in points])
    height = _TOP + _PLOT + _FOOT + 18 * ((len(set(names.values())) + 2) // 3)
    across, up = _axis_x(points, width), _axis_y(points)
    tracks: dict[int, list[tuple[float, float]]] = {}
    marks = []
    for point in sorted(points, key=lambda one: one.day or ""):
        shape = names[point.source or OWN]
        x = across(point.day) + _APART * (shape - max(names.values()) / 2)
        tracks.setdefault(shape, []).append((x, up(_middle(point))))
        marks.append(_mark(point, x, up, shape, address(point) if address else "", remark(point) if remark else ""))
    lines = [_steps(track, shape) for shape, track in tracks.items() if len(track) > 1]
    said = f"{len(points)} figures from {len(set(names.values()))} sources; the same stand in the table below"
    body = "".join([*_scale(points, up, width), *_days(points, across), *lines, *marks, *_key(names, width)])
    return f'<svg class="plot" viewBox="0 0 {width} {height}" role="group" aria-label="{said}">{body}</svg>'


def _legend(sources: Sequence[str]) -> dict[str, int]:
    """A shape for each source, those of most figures first; the last shape is that of all others."""
    ordered = sorted(dict.fromkeys(sources), key=lambda one: (-sources.count(one), sources.index(one)))
    return {source: min(at, len(_SHAPES) - 1) for at, source in enumerate(ordered)}


def _axis_x(points: Sequence[Point], width: int) -> Callable[[str | None], float]:
    """Where a day stands; a point without one stands at the left edge."""
    days = [date.fromisoformat(point.day).toordinal() for point in points if point.day]
    first, last = min(days, default=0), max(days, default=0)

    def across(day: str | None) -> float:
        if day is None:
            return _LEFT + 8
        if first == last:
            return (_LEFT + width - _RIGHT) / 2
        share = (date.fromisoformat(day).toordinal() - first) / (last - first)
        return _LEFT + 34 + (width - _LEFT - _RIGHT - 68) * share

    return across


def _axis_y(points: Sequence[Point]) -> Callable[[float], float]:
    """Where a number stands."""
    most, least = max(_end(p) for p in points), min(_sure(p) or _end(p) for p in points)
    logarithmic = _logarithmic(least, most)

    def up(value: float) -> float:
        share = log10(max(value, 1)) / log10(max(most, 10)) if logarithmic else value / most
        return _TOP + _PLOT * (1 - share)

    return up


def _logarithmic(least: float, most: float) -> bool:
    """Whether a linear axis would press the small ones into the ground line."""
    return least >= 1 and most / least > 50


def _scale(points: Sequence[Point], up: Callable[[float], float], width: int) -> Iterator[str]:
    """Lines across at round numbers, with the numbers."""
    most, least = max(_end(p) for p in points), min(_sure(p) or _end(p) for p in points)
    if _logarithmic(least, most):
        ticks = [10.0**power for power in range(int(log10(most)) + 1)]
    else:
        rough = most / 4
        unit = 10 ** floor(log10(rough))
        step = next(unit * m for m in (1, 2, 2.5, 5, 10) if unit * m >= rough)
        ticks = [step * at for at in range(int(most / step) + 1)]
    for value in ticks:
        y = up(value)
        yield f'<line x1="{_LEFT}" x2="{width - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{plain_number(round(value, 6))}</text>'


def _days(points: Sequence[Point], across: Callable[[str | None], float]) -> Iterator[str]:
    """The days below the ground line, as many as have room."""
    last = -1e9
    for day in sorted({point.day for point in points if point.day}):
        x = across(day)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP + _PLOT}" y2="{_TOP + _PLOT + 4}" class="tick"/>'
        if x - last >= _DAY:
            yield f'<text x="{x:.1f}" y="{_TOP + _PLOT + 19}" text-anchor="middle">{day}</text>'
            last = x
    if any(point.day is None for point in points):
        yield f'<text x="{_LEFT}" y="{_TOP + _PLOT + 19}" text-anchor="middle">no day</text>'


def _steps(track: Sequence[tuple[float, float]], shape: int) -> str:
    """What a source said stays said until it says otherwise: a line that goes across, then up or down."""
    (x, y), *rest = track
    path = f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest)
    return f'<path d="{path}" class="track s{shape}"/>'


def _key(names: Mapping[str, int], width: int) -> Iterator[str]:
    """Which shape is which source, three to a line."""
    shown: dict[int, str] = {}
    for source, shape in names.items():
        shown[shape] = "others" if shape in shown else source
    for at, (shape, source) in enumerate(shown.items()):
        x = _LEFT + (width - _LEFT - _RIGHT) / 3 * (at % 3) + 6
        y = _TOP + _PLOT + _FOOT + 18 * (at // 3)
        name = source if len(source) <= 32 else f"{source[:31]}…"
        yield f'<g class="point s{shape}">{_SHAPES[shape].format(x=x, y=y)}</g>'
        yield f'<text x="{x + 12:.1f}" y="{y + 4:.1f}" class="source">{escape(name)}</text>'


def _mark(point: Point, x: float, up: Callable[[float], float], shape: int, address: str, remark: str) -> str:
    """A point: a mark at its best value, a line over its bounds, an arrow where it is open above or below."""
    best, low, high = up(_middle(point)), up(_sure(point)), up(_end(point))
    said = f"{point.day or 'no day'}: {bounds(point)}, {point.source or OWN}; {point.step}" + (
        f"; {remark}" if remark else ""
    )
    parts = [f"<title>{escape(said)}</title>"]
    if low != high:
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" class="range"/>')
    if point.high is None and point.low is not None:
        parts.append(f'<path d="M{x - 4:.1f} {best - 9:.1f}l4 -6 4 6" class="open"/>')
    if point.low is None and point.high is not None:
        parts.append(f'<path d="M{x - 4:.1f} {best + 9:.1f}l4 6 4 -6" class="open"/>')
    if point.step == "revised":
        parts.append(f'<circle cx="{x:.1f}" cy="{best:.1f}" r="9" class="revised"/>')
    parts.append(_SHAPES[shape].format(x=x, y=best))
    if remark.startswith("rejected"):
        parts.append(f'<path d="M{x - 8:.1f} {best - 8:.1f}l16 16m0 -16l-16 16" class="crossed"/>')
    parts.append(f'<circle cx="{x:.1f}" cy="{best:.1f}" r="12" class="hit"/>')  # 24 across: WCAG 2.2, 2.5.8
    inside = "".join(parts)
    if address:
        label = escape(said, quote=True)
        return f'<a class="point s{shape}" href="{escape(address, quote=True)}" aria-label="{label}">{inside}</a>'
    return f'<g class="point s{shape}" tabindex="0">{inside}</g>'


def _middle(point: Point) -> float:
    """Where a point's mark stands."""
    return point.best if point.best is not None else _sure(point) or _end(point)


def _sure(point: Point) -> float:
    """What a point gives at least."""
    return next((value for value in (point.low, point.best) if value is not None), 0)


def _end(point: Point) -> float:
    """What a point gives at most, as far as its words go."""
    return next((value for value in (point.high, point.best, point.low) if value is not None), 0)
