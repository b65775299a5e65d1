"""Read a sentence's amounts: numbers with their units, ranges and bounds, less dates, scores and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from onrecord.lang import find_all, load_rules, read_words
from onrecord.lang.rules import Rule
from onrecord.layers.groups import Nouns, load_nouns
from onrecord.layers.measures import Amount, Units, is_year, load_units, with_unit
from onrecord.layers.numbers import Number, Token, load_numerals, read_numbers

BEFORE, AFTER = 45, 40
"""How far, in characters, the words that bound a number may stand from it: the longest rule's and a unit's length."""

OLDEST = 116.0
"""Years that no age in the news reaches."""

MOST_TIMES = 12
"""In "n to m", m is at most so many times n, unless "from" or "between" opens the range: "fell 10 to 3,456"."""


class Round(msgspec.Struct, frozen=True):
    """The right-hand side of a rule of `figures.toml`: a bound put on a number, or that there is no figure."""

    bound: Literal["above", "over", "least", "below", "most", "almost", "about", "plain"] | None = None
    skip: bool = False


@cache
def _rules(language: str) -> tuple[tuple[Rule[Round], ...], tuple[Rule[Round], ...]]:
    """The rules that bound a number, and those that say that there is none."""
    rules = load_rules(language, "figures", Round).rules
    return tuple(r for r in rules if not r.right.skip), tuple(r for r in rules if r.right.skip)


def read_amounts(text: str, tokens: list[Token], language: str) -> list[Amount]:
    """The amounts among the tokens of one sentence, in order, none overlapping."""
    numbers = read_numbers(tokens, load_numerals(language))
    if not numbers:
        return []
    start, end = tokens[0].start, tokens[-1].end
    bounds, skips = _rules(language)
    skipped = [_skipped_part(found.match) for found in find_all(skips, text, start, end)]
    units = load_units(language)
    amounts: list[Amount] = []
    for number in numbers:
        at, stop = tokens[number.first].start, tokens[number.last - 1].end
        if any(a < stop and at < b for a, b in skipped) or _is_named(tokens, number):
            continue
        amount = with_unit(tokens, number, units)
        if amount is not None and not is_year(tokens, amount, number, units):
            amounts.append(amount)
    amounts = _join(tokens, _with_context(tokens, amounts, language), language)
    bounded = [_with_bounds(text, tokens, amount, bounds, start, end) for amount in amounts]
    return [a for i, a in enumerate(bounded) if i + 1 == len(bounded) or bounded[i + 1].first >= a.last]


def _with_context(tokens: list[Token], amounts: list[Amount], language: str) -> list[Amount]:
    """The amounts with the unit that what stands round them gives: an age, a part of a length of time."""
    units, nouns = load_units(language), load_nouns(language)
    found: list[Amount] = []
    for at, amount in enumerate(amounts):
        if amount.unit is None and amount.best is not None and amount.kind in ("digits", "words"):
            after = amounts[at + 1] if at + 1 < len(amounts) else None
            gap = [t.lower for t in tokens[amount.last : after.first]] if after else []
            if after and after.unit in units.durations and gap[:1] == ["of"] and set(gap) <= units.share_of:
                amount = msgspec.structs.replace(amount, unit=after.unit)
            elif _is_age(tokens, amount, units, nouns) or _is_aged_too(tokens, amount, found, language):
                amount = msgspec.structs.replace(amount, unit="year of age")
        found.append(amount)
    return found


def _is_aged_too(tokens: list[Token], amount: Amount, before: list[Amount], language: str) -> bool:
    """Whether a number is joined to an age: the second of "two girls, 6 and 9,"."""
    if not before or before[-1].unit != "year of age" or amount.kind != "digits" or before[-1].kind != "digits":
        return False
    gap = [t.lower for t in tokens[before[-1].last : amount.first]]
    following = tokens[amount.last].text if amount.last < len(tokens) else "."
    listed = bool(gap) and set(gap) <= _words_of("joiner", language)
    return listed and (not following[0].isalnum() or following == "and") and 0 < (amount.best or 0) < OLDEST


def _is_age(tokens: list[Token], amount: Amount, units: Units, nouns: Nouns) -> bool:
    """Whether a bare number is someone's age by the words beside it: "a man, 45,", "he was 34", "children under 5"."""
    value, first = amount.best or 0.0, amount.first
    if not 0 < value < OLDEST or value != int(value) or first < 2:
        return False
    following = tokens[amount.last] if amount.last < len(tokens) else None
    if following is not None and following.text[0].isalnum() and following.lower not in nouns.stops:
        return False
    last, second = tokens[first - 1].lower, tokens[first - 2]
    if last in units.grown or f"{second.lower} {last}" in units.grown:
        return True
    someone = second.lower in nouns.persons | nouns.plurals
    if someone and last in units.than:
        return True
    if amount.kind != "digits" or (following is not None and following.text.isalpha() and following.lower != "and"):
        return False
    return someone and last == ","


def _is_named(tokens: list[Token], number: Number) -> bool:
    """Whether a number word is part of a name ("Air Force One", "the Six Nations").

    Among small letters it has a capital, and so has the word before it, or, within a sentence, the one after it.
    """
    if number.kind != "words" or number.first < 1 or not tokens[number.first].text[0].isupper():
        return False
    before = tokens[number.first - 1].text
    after = tokens[number.last].text if number.last < len(tokens) else "."
    capitals = sum(t.text[0].isupper() for t in tokens if t.text[0].isalpha())
    if not before[0].isalpha() or 2 * capitals >= sum(t.text[0].isalpha() for t in tokens):
        return False
    return (before[0].isupper() and number.first > 1) or (before.islower() and after[0].isupper())


def _skipped_part(match: re.Match[str]) -> tuple[int, int]:
    return match.span("score") if "score" in match.re.groupindex else match.span()


def _join(tokens: list[Token], amounts: list[Amount], language: str) -> list[Amount]:
    """Ranges made of the two amounts that stand at their ends; scores of games left out."""
    joined: list[Amount] = []
    index = 0
    while index < len(amounts):
        here = amounts[index]
        after = amounts[index + 1] if index + 1 < len(amounts) else None
        link = _link(tokens, here, after, language) if after else None
        if after and link == "range":
            joined.append(_range(tokens, here, after, language))
        elif link is None:
            joined.append(here)
        index += 1 if link is None else 2
    return joined


def _link(tokens: list[Token], here: Amount, after: Amount, language: str) -> Literal["range", "score"] | None:
    """How two amounts stand together: as the ends of a range, as the score of a game, or not at all."""
    words = load_numerals(language).range
    gap = [t.lower for t in tokens[here.last : after.first] if t.lower not in words["about"]]
    money = load_units(language).money
    same = here.unit in (None, after.unit) or (here.unit in money and after.unit is None)
    if set(gap) & set(words["to"]):
        gap = [word for word in gap if word not in words["dash"]]  # "18- to 24-year-old", "25-to-30 percent"
    if here.best is None or after.best is None or not same or len(gap) != 1:
        return None
    low, high = here.best * _shared_scale(tokens, here, after, language), after.best
    before = [t.lower for t in tokens[max(0, here.first - 8) : here.first]]
    if gap[0] in words["dash"]:
        close = tokens[here.last].start == tokens[here.last - 1].end
        if here.kind == after.kind == "digits" and close and high <= low and not after.unit:
            return None if set(before) & _words_of("vote", language) else "score"
        return "range" if low < high and (close or gap[0] != "—") else None
    between = bool(set(before[-4:]) & set(words["between"]))
    opened = before[-1:] and before[-1] in words["from"]
    if gap[0] in words["to"]:
        if opened and (set(before) & _words_of("change", language) or (here.unit and here.unit not in money)):
            return None
        return "range" if low < high <= (high if opened or between else low * MOST_TIMES) else None
    if gap[0] in words["and"] and between:
        return "range" if low < high else None
    return "range" if gap[0] in words["or"] and low < high <= 3 * low else None


@cache
def _words_of(name: str, language: str) -> frozenset[str]:
    return msgspec.convert(read_words(language, "clauses")[name], frozenset[str])


def _shared_scale(tokens: list[Token], here: Amount, after: Amount, language: str) -> float:
    """The scale that the second amount's words lend the first: 1,000,000 in "3 to 5 million"."""
    if after.best is None or here.best is None or here.best >= after.best or here.last - here.first > 2:
        return 1.0
    numerals = load_numerals(language)
    words = {t.lower for t in tokens[after.first : after.last]}
    scales = [s for w, s in (numerals.scales | numerals.suffixes | numerals.letter_suffixes).items() if w in words]
    scale = max((s for s in scales if here.best < s <= after.best), default=1.0)
    return scale if here.best * scale < after.best else 1.0


def _range(tokens: list[Token], here: Amount, after: Amount, language: str) -> Amount:
    low = (here.best or 0.0) * _shared_scale(tokens, here, after, language)
    words = load_numerals(language).range
    opened = here.first and tokens[here.first - 1].lower in (*words["between"], *words["from"])
    return Amount(
        first=here.first - bool(opened),
        last=after.last,
        core=(here.first, after.last),
        low=low,
        high=after.best,
        unit=after.unit or here.unit,
        kind=here.kind,
        rule="range",
    )


def _with_bounds(
    text: str, tokens: list[Token], amount: Amount, rules: Sequence[Rule[Round]], start: int, end: int
) -> Amount:
    """The amount with what the words beside it say of its bounds; two such phrases at most ("at least about 30")."""
    for _ in range(2):
        at, stop = tokens[amount.first].start, tokens[amount.last - 1].end
        for found in find_all(rules, text, max(start, at - BEFORE), min(end, stop + AFTER)):
            number_start, number_end = found.match.span("number")
            if (
                at <= number_start
                and number_end <= stop + 1
                and found.rule.right.bound
                and (found.start < at or found.end > stop)
            ):
                if found.start < at and number_start != at:
                    continue
                amount = _bounded(
                    amount,
                    found.rule,
                    _token_at(tokens, found.start, amount.first),
                    _token_after(tokens, found.end, amount.last),
                )
                break
        else:
            break
    return amount


def _token_at(tokens: list[Token], start: int, first: int) -> int:
    while first and tokens[first - 1].start >= start:
        first -= 1
    return first


def _token_after(tokens: list[Token], end: int, last: int) -> int:
    while last < len(tokens) and tokens[last].end <= end:
        last += 1
    return last


def _bounded(amount: Amount, rule: Rule[Round], first: int, last: int) -> Amount:
    """The amount as the rule bounds it; of a range, or a vague number, only that it is approximate."""
    bound = rule.right.bound
    value = amount.best
    if bound == "plain":
        return amount
    changed: dict[str, object] = {"first": min(first, amount.first), "last": max(last, amount.last), "rule": rule.name}
    if value is None:
        number = amount.low if bound in ("above", "over", "least") else amount.high
        if bound in ("most", "below"):
            changed |= {"low": None, "high": amount.high or amount.low}
        elif bound in ("above", "least", "over") and amount.rule == "number":
            changed |= {"low_exclusive": bound != "least", "low": number}
        elif bound in ("about", "almost"):
            changed["approximate"] = True
    elif bound in ("above", "least"):
        changed |= {"low": value, "best": None, "high": None, "low_exclusive": bound == "above"}
    elif bound in ("below", "most"):
        changed |= {"low": None, "best": None, "high": value, "high_exclusive": bound == "below"}
    elif bound == "over":
        changed |= {"low": value, "high": None, "low_exclusive": True, "approximate": True}
    elif bound == "almost":
        changed |= {"low": None, "high": value, "high_exclusive": True, "approximate": True}
    else:
        changed |= {"low": None, "high": None, "approximate": True}
    return msgspec.structs.replace(amount, **changed)
