"""Values of a record in words: bounds of a figure, stretches of time."""

from __future__ import annotations

from onrecord.record import Figure, Interval
from onrecord.record.story import Dispute, Point, Series


def plain_number(value: float) -> str:
    """A number with thousands set off, and no more decimals than it has.

    >>> plain_number(29000.0), plain_number(6.5)
    ('29,000', '6.5')
    """
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def bounds(figure: Figure | Point) -> str:
    """How many, as short as it can be said: `33`, `≈ 1,200`, `> 200`, `≥ 12`, `< 50`, `≤ 50`, `30–40`."""
    low, best, high = figure.low, figure.best, figure.high
    about = "≈ " if figure.approximate else ""
    if low is not None and low == high:
        return about + plain_number(low)
    if low is not None and high is not None:
        return f"{about}{plain_number(low)}–{plain_number(high)}"
    parts = [about + plain_number(best)] if best is not None else []
    if low is not None:
        parts.append(f"{'>' if figure.low_exclusive else '≥'} {plain_number(low)}")
    if high is not None:
        parts.append(f"{'<' if figure.high_exclusive else '≤'} {plain_number(high)}")
    return ", ".join(parts) or "some"


def interval_words(interval: Interval) -> str:
    """A half-open interval as `[2024-02-01, 2024-02-21)`; an open end is `…`."""
    return f"[{interval.start or '…'}, {interval.end or '…'})"


def unit_words(figure: Figure) -> str:
    """The unit as it is read after the number: `weeks` after 2, `years of age`, `percent`, `USD`."""
    counted, *rest = (figure.unit or "").split(" ", 1)
    plural = counted in _COUNTED and not figure.low == figure.high == 1
    return " ".join([f"{counted}s" if plural else counted, *rest])


_COUNTED = ("year", "month", "week", "day", "hour", "minute", "second", "mile", "ton", "tonne", "acre", "hectare")


_WHERE = {"several": "in all", "not-said": "place not said"}


def count_words_of(count: Series | Dispute) -> str:
    """What a series or a dispute counts: `people killed, Lima`."""
    what = " ".join(part for part in (count.of, count.outcome) if part)
    where = _WHERE.get(count.where or "") if isinstance(count, Series) else None
    return ", ".join(part for part in (what, count.place or where) if part)
