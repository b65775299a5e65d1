"""The words that time rules look up, typed: what `lang/<language>/times_words.toml` and `numbers.toml` say."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from onrecord.errors import RuleError
from onrecord.lang import read_words

Unit = Literal["TS", "TM", "TH", "D", "W", "WE", "M", "Q", "Y", "DE", "CE"]


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of a month, the n-th weekday of a month (and so many days after), or days from Easter Sunday."""

    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    after: int = 0
    easter: int | None = None
    year: int | None = None


class TimeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of `times_words.toml`; each is described there."""

    month: dict[str, int]
    weekday: dict[str, int]
    season: dict[str, int]
    unit: dict[str, Unit]
    mod: dict[str, str]
    approx: dict[str, str]
    which: dict[str, int]
    anchor: dict[str, tuple[str, ...]]
    way: dict[str, int]
    deictic: dict[str, int]
    part: dict[str, str]
    ordinal: dict[str, int]
    decade: dict[str, int]
    adverb: dict[str, str]
    holiday: dict[str, Holiday]
    tense: dict[str, frozenset[str]]
    article: str
    one: frozenset[str]
    few: frozenset[str]
    pair: str
    ranges: tuple[str, ...]
    range_tails: frozenset[str]
    reported: frozenset[str]
    year_noun: str
    two_thousand: str
    year_two: str
    before_noon: tuple[str, ...]
    after_noon: tuple[str, ...]
    since: frozenset[str]
    links: frozenset[str]
    link_extras: frozenset[str]
    ahead: tuple[list[str], ...]
    possessive: frozenset[str]
    past_ending: str
    passive: frozenset[str]
    present: frozenset[str]
    bound: frozenset[tuple[str, str]]


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of `numbers.toml` that times need."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]


@cache
def load_words(language: str) -> TimeWords:
    """The time words of a language. Raises RuleError where a table is missing or does not fit."""
    try:
        return msgspec.convert(read_words(language, "times_words"), TimeWords)
    except msgspec.ValidationError as error:
        raise RuleError(f"lang/{language}/times_words.toml", "tables", str(error)) from error


@cache
def load_numbers(language: str) -> Numbers:
    """The number words of a language. Raises RuleError where a table is missing or does not fit."""
    try:
        return msgspec.convert(read_words(language, "numbers"), Numbers)
    except msgspec.ValidationError as error:
        raise RuleError(f"lang/{language}/numbers.toml", "tables", str(error)) from error


def key_of(words: str) -> str:
    """`words` as the tables have them: lower case, single spaces, a plain apostrophe, no full stop at the end."""
    return " ".join(words.lower().replace("’", "'").split()).rstrip(".")


def find_key(words: str, table: dict[str, int] | dict[str, str]) -> str | None:
    """The longest key of the table that stands in the words; None where none does."""
    key = f" {key_of(words).replace('-', ' ')} "
    return max((each for each in table if f" {each} " in key), key=len, default=None)


def read_number(words: str, numbers: Numbers) -> float | None:
    """The number that the words write ("2 1/2", "twenty-one", "two hundred and fifty"); None where they give none."""
    total, current, known = 0.0, 0.0, False
    for token in re.findall(r"\d+/\d+|\d[\d,]*(?:\.\d+)?|½|[a-z]+", key_of(words)):
        if "/" in token:
            top, bottom = token.split("/")
            current += int(top) / int(bottom) if int(bottom) else 0
        elif token[0].isdecimal():
            current += float(token.replace(",", ""))
        elif token in ("half", "½"):
            current += 0.5
        elif token in numbers.ones or token in numbers.tens:
            current += numbers.ones.get(token, 0) + numbers.tens.get(token, 0)
        elif token in numbers.scales:
            scale = numbers.scales[token]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif token not in ("a", "an") or current:
            continue
        known = known or token not in ("a", "an")
    return total + current if known else None
