"""Give a number its unit: the sign or code before it, the words after it, and whether it is a year or an age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import read_words
from onrecord.layers.numbers import Number, Token, cut_tokens


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number: the tokens `first` to `last` with the words of its bounds and its unit, `core` without its bounds'."""

    first: int
    last: int
    core: tuple[int, int] | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    low_exclusive: bool = False
    high_exclusive: bool = False
    approximate: bool = False
    unit: str | None = None
    kind: str = "digits"
    rule: str = "number"


class Phrases(NamedTuple):
    """Phrases by their first word, the longest first, each with what it means."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def at(self, tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
        """What the longest phrase at `index` means, and the token after it."""
        if index >= len(tokens):
            return None
        for words, meaning in self.by_first.get(tokens[index].lower, ()):
            last = index + len(words)
            if last <= len(tokens) and all(tokens[index + i].lower == w for i, w in enumerate(words)):
                return meaning, last
        return None


def phrases(meanings: Mapping[str, str]) -> Phrases:
    """The phrases of a table, cut into tokens as a text is."""
    listed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, meaning in meanings.items():
        words = tuple(token.lower for token in cut_tokens(phrase, 0, len(phrase)))
        listed.setdefault(words[0], []).append((words, meaning))
    return Phrases({first: tuple(sorted(rest, key=lambda p: -len(p[0]))) for first, rest in listed.items()})


class Units(NamedTuple):
    """What `lang/<language>/units.toml` holds, as phrases."""

    signs: Mapping[str, str]
    codes: Mapping[str, str]
    after: Phrases
    durations: frozenset[str]
    money: frozenset[str]
    millions: Mapping[str, str]
    glued: frozenset[str]
    digits: frozenset[str]
    year: Mapping[str, frozenset[str]]
    aged: frozenset[str]
    grown: frozenset[str]
    than: frozenset[str]
    share_of: frozenset[str]
    dollars: frozenset[str]


@cache
def load_units(language: str) -> Units:
    """The units of a language. Raises RuleError where they are missing."""
    tables = read_words(language, "units")
    named = {
        name: msgspec.convert(tables[name], dict[str, str])
        for name in tables
        if isinstance(tables[name], dict) and name not in ("bare", "year")
    }
    bare = msgspec.convert(tables["bare"], dict[str, frozenset[str]])
    after = dict.fromkeys(msgspec.convert(tables["percent"], list[str]), "percent")
    after |= {
        p: ("percentage point" if "percent" in p else "basis point" if "basis" in p else "point")
        for p in msgspec.convert(tables["points"], list[str])
    }
    for table in ("currencies", "durations", "measures"):
        for phrase, unit in named[table].items():
            after[phrase] = unit
            if phrase[-1].isalpha() and not phrase.endswith("s") and len(phrase) > 2:
                after.setdefault(phrase + "s", unit)
    after |= named["ages"]
    after |= {sign.lower(): unit for sign, unit in named["signs"].items() if not sign[0].isalpha()}
    after |= {code.lower(): unit for code, unit in named["codes"].items()}
    return Units(
        signs=named["signs"],
        codes=named["codes"],
        after=phrases(after),
        durations=frozenset(named["durations"].values()),
        money=frozenset(named["signs"].values())
        | frozenset(named["codes"].values())
        | frozenset(named["currencies"].values()),
        millions=named["codes_of_millions"],
        glued=bare["glued"],
        digits=bare["digits"],
        year=msgspec.convert(tables["year"], dict[str, frozenset[str]]),
        aged=msgspec.convert(tables["aged"], frozenset[str]),
        grown=msgspec.convert(tables["grown"], frozenset[str]),
        than=msgspec.convert(tables["than"], frozenset[str]),
        share_of=msgspec.convert(tables["share_of"], frozenset[str]),
        dollars=msgspec.convert(tables["dollars"], frozenset[str]),
    )


def with_unit(tokens: list[Token], number: Number, units: Units) -> Amount | None:
    """The number with the sign before it and the unit after it; None where letters against it make it a code."""
    first, last, unit = number.first, number.last, None
    before = tokens[first - 1] if first else None
    factor = 1.0
    if before is not None and before.text in units.signs:
        unit, first = units.signs[before.text], first - 1
        if (
            first
            and tokens[first - 1].text.lower() in units.dollars
            and before.text == "$"
            and (tokens[first - 1].text != "A" or tokens[first - 1].end == before.start)
            and tokens[first - 1].text != "a"
        ):
            unit, first = (
                units.signs.get(
                    tokens[first - 1].text.upper() + "$", units.codes.get(tokens[first - 1].text.upper(), unit)
                ),
                first - 1,
            )
    elif (
        before is not None and before.text in units.codes and (before.text != "P" or before.end == tokens[first].start)
    ):
        unit, first = units.codes[before.text], first - 1
    elif before is not None and before.text in units.millions:
        unit, first, factor = units.millions[before.text], first - 1, 1e6
    elif (before is not None and number.kind == "digits" and before.text == "-" and _is_minus(tokens, first - 1)) or (
        before is not None and before.lower == "minus"
    ):
        first, factor = first - 1, -1.0
    glued = (
        last < len(tokens)
        and tokens[last].start == tokens[last - 1].end
        and tokens[last].text[0].isalnum()
        and number.kind == "digits"
    )
    if (
        glued
        and tokens[last].lower in ("m", "b")
        and (unit or _names_money(tokens, last + 1, units) or tokens[last].text in ("M", "B"))
    ):
        factor, last, glued = factor * (1e6 if tokens[last].lower == "m" else 1e9), last + 1, False
    found = _unit_after(tokens, last, number, units, glued)
    if found and (unit is None or (found[0] == unit or found[0] in ("USD", "dollar"))):
        unit, last = (unit or found[0]), found[1]
    elif glued and found is None:
        return None
    if found is None and last < len(tokens) and tokens[last].text in units.millions:
        unit, last, factor = units.millions[tokens[last].text], last + 1, factor * 1e6
    if (
        unit
        and last < len(tokens)
        and tokens[last].lower in ("million", "billion")
        and number.kind == "digits"
        and found
    ):
        factor, last = factor * (1e6 if tokens[last].lower == "million" else 1e9), last + 1
    if unit is None and _is_age(tokens, first, last, number, units):
        unit = "year of age"
    if unit is None and number.kind == "digits" and _is_magnitude(tokens, first, last):
        unit = "magnitude"
    best = None if number.best is None else round(number.best * factor, 6)
    low = None if number.low is None else round(number.low * factor, 6)
    exact = best is not None and not number.approximate
    return Amount(
        first=first,
        last=last,
        core=(first, last),
        low=best if exact else low,
        best=best,
        high=best if exact else None,
        approximate=number.approximate,
        unit=unit if unit or number.kind != "fraction" else "share",
        kind=number.kind,
    )


def _is_age(tokens: list[Token], first: int, last: int, number: Number, units: Units) -> bool:
    """Whether a bare number is someone's age: "Ana Ruiz, 34, said", "aged 34"."""
    if number.kind != "digits" or number.best is None or not 0 < number.best < 116 or first == 0:
        return False
    before, after = tokens[first - 1], tokens[last].text if last < len(tokens) else ""
    at = first - 1
    while at > 0 and (
        tokens[at].text in (",", "-") or tokens[at].lower in ("and", "to", "or") or tokens[at].text.isdigit()
    ):
        at -= 1
    if tokens[at].lower == "of" and at:
        at -= 1
    if tokens[at].lower in units.aged:
        return True  # "aged 34", "the age of 34", "ages 17, 18 and 22"
    named = (
        first >= 2 and before.text == "," and tokens[first - 2].text[0].isupper() and len(tokens[first - 2].text) > 1
    )
    return named and after in (",", ";", ".", ")") and number.best >= 1 and tokens[first].text.isdigit()


def _is_magnitude(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a number is the strength of a quake: "a magnitude of 6.1", "a 6.1-magnitude quake"."""
    before = [t.lower for t in tokens[max(0, first - 2) : first]]
    after = [t.lower for t in tokens[last : last + 2]]
    return before[-1:] == ["magnitude"] or before == ["magnitude", "of"] or after == ["-", "magnitude"]


def _is_minus(tokens: list[Token], at: int) -> bool:
    """Whether the mark at `at` is a sign of the number after it: nothing stands against its other side."""
    return tokens[at].end == tokens[at + 1].start and (at == 0 or tokens[at - 1].end < tokens[at].start)


def _is_the(tokens: list[Token], number: Number) -> bool:
    return number.first > 0 and tokens[number.first - 1].lower == "the" and number.best != 1


def _names_money(tokens: list[Token], at: int, units: Units) -> bool:
    found = units.after.at(tokens, at)
    return found is not None and found[0] in units.money


def _unit_after(tokens: list[Token], last: int, number: Number, units: Units, glued: bool) -> tuple[str, int] | None:
    """The unit that stands after the number: against it, apart, after a hyphen, or in brackets."""
    at = last
    if number.kind == "fraction" and at + 1 < len(tokens) and tokens[at].lower in ("a", "an"):
        return units.after.at(tokens, at + 1)  # "half an hour"
    if number.kind == "vague" and at + 1 < len(tokens) and tokens[at].lower == "of":
        found = units.after.at(tokens, at + 1)
        return found if found and found[0] in units.money else None
    if at < len(tokens) and tokens[at].lower in ("-", "‑") and number.kind != "fraction":
        at += 1
    bracket = at < len(tokens) and tokens[at].text in "([{<" and at + 2 < len(tokens) and tokens[at + 2].text in ")]}>"
    if bracket:
        at += 1
    found = units.after.at(tokens, at)
    if found is None:
        return None
    word = tokens[at].lower
    single = found[1] == at + 1
    if (
        single
        and word in units.glued
        and not (number.kind == "digits" and (glued or bracket or tokens[at].start - tokens[at - 1].end <= 1))
    ):
        return None
    if single and len(word) == 1 and word.isalpha() and not (glued or bracket or word in "mg"):
        return None
    if single and word in units.digits and number.kind not in ("digits", "words"):
        return None
    if single and word in units.digits and found[0] in units.money and _is_the(tokens, number) and word[-1] != "s":
        return None  # "broke the 2,000 mark"
    if single and word in ("second", "seconds") and word == "second":
        return None if number.best != 1 or tokens[at - 1].lower != "-" else (found[0], found[1])
    if found[0] == "USD" and tokens[at].text == "$" and at + 1 < len(tokens) and tokens[at + 1].text[0].isdigit():
        return None
    if found[0] == "pound" and number.best is not None and number.best >= 1_000_000:
        return "GBP", found[1]
    return found[0], found[1] + bracket


def is_year(tokens: list[Token], amount: Amount, number: Number, units: Units) -> bool:
    """Whether a bare number is a year: four digits of our era, no unit, and no plural noun after it."""
    token = tokens[number.first]
    if amount.unit or number.last - number.first > 1 or len(token.text) != 4 or not token.text.isdigit():
        return bool(token.text.isdigit() and token.text[0] == "0" and len(token.text) > 1)
    if not 1500 <= int(token.text) <= 2099:
        return False
    following = tokens[number.last].lower if number.last < len(tokens) else ""
    before = tokens[number.first - 1].lower if number.first else ""
    plural = following.endswith("s") and len(following) > 3 and not following.endswith(("ss", "'s", "’s", "was", "has"))
    return not ((plural or following in units.year["counted"]) and before not in units.year["before"])
