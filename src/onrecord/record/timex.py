"""A time expression, TIMEX3 with the half-open interval that it stands for."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.record.span import Basis, Span


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """A half-open stretch of time `[start, end)`, each end an ISO 8601 date or date-time; None is open."""

    start: str | None = None
    end: str | None = None


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression as TIMEX3 (ISO-TimeML) has it.

    `value` is None where the words do not give one ("Wednesday", in a report without a date). `anchor` is
    the id of the time, or the ISO date of the report, that a relative value was counted from. `interval` is
    the stretch of calendar time that a value, its `mod` and its anchor stand for; with the `function` `since`
    or `so far` it runs to the report's day, that day included ("so far" has no value, only an interval).
    """

    id: str
    span: Span
    basis: Basis
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    anchor: str | None = None
    function: str | None = None
    interval: Interval | None = None
