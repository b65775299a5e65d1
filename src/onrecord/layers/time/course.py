"""What a rule of times says, what an expression means, and the course of the text that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from onrecord.layers.time.calendar import Period
from onrecord.layers.time.words import Numbers, TimeWords
from onrecord.record import Interval

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "told", "future"]
Groups = Mapping[str, str]
"""The words that a rule caught, by the name of their group."""


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a rule of `times.toml`: which meaning its words have, and what they fix of it.

    `only`: the words are a time only where the sentence looks that way.
    """

    means: Literal["date", "relative", "deictic", "shift", "length", "clock", "part", "every", "word", "so far"]
    type: Type = "DATE"
    value: str | None = None
    only: Tense | None = None


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression means: the fields of a TimeExpression, and the period that later ones are counted from."""

    value: str | None = None
    type: Type | None = None
    period: Period | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    relative: Literal["report", "text"] | None = None
    function: str | None = None
    interval: Interval | None = None


class Course(msgspec.Struct, kw_only=True):
    """The course of a text as it is read: the day it speaks from, and the times that it last named.

    `story` says that the text tells of another time than its own, so that a bare month is the story's.
    `thread` is the time that a story goes on from. `since_last` is how many characters ago `last` was named;
    `linked`: it was a weekday, and only words like "to" and "and" lie between.
    """

    words: TimeWords
    numbers: Numbers
    day: Period | None
    story: bool
    tense: Callable[[], Tense | None]
    last: Period | None = None
    thread: Period | None = None
    quarter: Period | None = None
    since_last: int = 0
    linked: bool = False
