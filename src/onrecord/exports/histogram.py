"""How many reports there are over time, as bars: of days, weeks, months, years or decades, whichever are few enough."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from html import escape

import msgspec

_MOST = 28  # bars: each is then 25 units wide or more, which a finger finds
_WIDTH, _TOP, _PLOT, _FOOT = 760, 18, 110, 24


Step = tuple[Callable[[date], date], Callable[[date], date | None], Callable[[date], str]]


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days, from `first` on and before `after`, with how many reports are of it."""

    label: str
    first: str
    after: str
    count: int


def bars_over_time(days: Mapping[date, int]) -> list[Bar]:
    """The bars of so many reports a day, those of no report among them. Every report is in one bar."""
    if not days:
        return []
    for step in _STEPS:
        starts = _starts(step, min(days), max(days))
        if len(starts) <= _MOST:
            break
    _, following, label = step
    counts = dict.fromkeys(starts, 0)
    for day, count in days.items():
        counts[starts[bisect_right(starts, day) - 1]] += count
    return [
        Bar(label=label(start), first=start.isoformat(), after=(following(start) or date.max).isoformat(), count=count)
        for start, count in counts.items()
    ]


def _starts(step: Step, first: date, last: date) -> list[date]:
    """Where the stretches of a kind begin, until there are too many."""
    begin, following, _ = step
    starts = [begin(first)]
    while len(starts) <= _MOST and (start := following(starts[-1])) is not None and start <= last:
        starts.append(start)
    return starts


def _day(day: date, step: int) -> date | None:
    return day + timedelta(days=step) if day.toordinal() + step <= date.max.toordinal() else None


def _month(day: date, months: int) -> date | None:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1) if at // 12 <= date.max.year else None


_STEPS: tuple[Step, ...] = (
    (lambda day: day, lambda day: _day(day, 1), lambda day: day.isoformat()),
    (
        lambda day: date.fromordinal(max(1, day.toordinal() - day.weekday())),
        lambda day: _day(day, 7),
        lambda day: f"week of {day.isoformat()}",
    ),
    (lambda day: day.replace(day=1), lambda day: _month(day, 1), lambda day: day.isoformat()[:7]),
    (lambda day: date(day.year, 1, 1), lambda day: _month(day, 12), lambda day: f"{day.year:04}"),
    (lambda day: date(max(1, day.year // 10 * 10), 1, 1), lambda day: _month(day, 120), lambda day: f"{day.year:04}s"),
    (
        lambda day: date(max(1, day.year // 400 * 400), 1, 1),
        lambda day: _month(day, 4800),
        lambda day: f"from {day.year:04}",
    ),
)


def histogram_svg(bars: Iterable[Bar], *, address: Callable[[Bar], str] | None = None) -> str:
    """The bars as SVG; each with reports is a link where `address` gives one, and says its days and number."""
    drawn = list(bars)
    if not drawn:
        return ""
    most = max(bar.count for bar in drawn)
    wide = min(60.0, (_WIDTH - 8) / len(drawn))
    every = -(-len(drawn) * 90 // _WIDTH) if len(drawn) * wide > 90 else len(drawn)
    body = [f'<line x1="0" x2="{_WIDTH}" y1="{_TOP + _PLOT}" y2="{_TOP + _PLOT}" class="ground"/>']
    for at, bar in enumerate(drawn):
        body += _bar(bar, 4 + at * wide, wide, most, address(bar) if address else "")
        if at % every == 0:
            body.append(
                f'<text x="{4 + at * wide + 1:.1f}" y="{_TOP + _PLOT + 17}">{escape(bar.label.split()[-1])}</text>'
            )
    said = f"{sum(bar.count for bar in drawn):,} reports over time; the same stand in the table"
    height = _TOP + _PLOT + _FOOT
    return (
        f'<svg class="histogram" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{said}">{"".join(body)}</svg>'
    )


def _bar(bar: Bar, x: float, wide: float, most: int, address: str) -> Iterator[str]:
    if not bar.count:
        return
    high = max(2.0, _PLOT * bar.count / most)
    said = escape(f"{bar.label}: {bar.count:,} report{'' if bar.count == 1 else 's'}", quote=True)
    inside = (
        f'<title>{said}</title><rect x="{x:.1f}" y="{_TOP}" width="{wide:.1f}" height="{_PLOT}" class="hit"/>'
        f'<rect x="{x + 1:.1f}" y="{_TOP + _PLOT - high:.1f}" width="{wide - 2:.1f}" height="{high:.1f}" class="bar"/>'
    )
    if bar.count == most:
        inside += f'<text x="{x + wide / 2:.1f}" y="{_TOP - 5}" class="most" aria-hidden="true">{bar.count:,}</text>'
    yield (
        f'<a class="stretch" href="{escape(address, quote=True)}" aria-label="{said}">{inside}</a>'
        if address
        else f'<g class="stretch">{inside}</g>'
    )
