"""Read a sentence's amounts: numbers with their units, ranges and bounds, less what is no figure (dates, scores, names)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from onrecord.lang import find_all, load_rules, read_words
from onrecord.lang.rules import Rule
from onrecord.layers.numbers import Number, Token, cut_tokens, load_numerals, read_numbers

BEFORE, AFTER = 45, 40
"""How far, in characters, the words that bound a number may stand from it: the longest rule's and a unit's length."""

MOST_TIMES = 12
"""In "n to m", m is at most so many times n, unless "from" or "between" opens the range: "fell 10 to 3,456"."""


class Round(msgspec.Struct, frozen=True):
    """The right-hand side of a rule of `figures.toml`: a bound put on a number, or that there is no figure."""

    bound: Literal["above", "over", "least", "below", "most", "almost", "about", "plain"] | None = None
    skip: bool = False


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its bounds and its unit. `first` and `last` are tokens, bounds and unit included."""

    first: int
    last: int
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


@cache
def load_units(language: str) -> Units:
    """The units of a language. Raises RuleError where they are missing."""
    tables = read_words(language, "units")
    named = {
        name: msgspec.convert(tables[name], dict[str, str])
        for name in tables
        if isinstance(tables[name], dict) and name != "bare"
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
            if phrase[-1].isalpha() and not phrase.endswith("s"):
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
    )


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
        if any(a < stop and at < b for a, b in skipped):
            continue
        amount = _with_unit(tokens, number, units)
        if amount is not None and not _is_year(tokens, amount, number):
            amounts.append(amount)
    amounts = _join(tokens, amounts, units)
    return [_with_bounds(text, tokens, amount, bounds, start, end) for amount in amounts]


def _skipped_part(match: object) -> tuple[int, int]:
    span = match.span("score") if "score" in match.re.groupindex else match.span()  # type: ignore[attr-defined]
    return int(span[0]), int(span[1])


def _with_unit(tokens: list[Token], number: Number, units: Units) -> Amount | None:
    """The number with the sign before it and the unit after it; None where letters written against it make it a code."""
    first, last, unit = number.first, number.last, None
    before = tokens[first - 1] if first else None
    factor = 1.0
    if before is not None and before.text in units.signs:
        unit, first = units.signs[before.text], first - 1
        if (
            first
            and tokens[first - 1].text.lower()
            in ("us", "u.s", "u.s.", "usd", "c", "hk", "a", "aud", "cad", "nzd", "mxn")
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
    if unit is None and _is_age(tokens, first, last, number):
        unit = "year of age"
    best = None if number.best is None else round(number.best * factor, 6)
    low = None if number.low is None else round(number.low * factor, 6)
    exact = best is not None and not number.approximate
    return Amount(
        first=first,
        last=last,
        low=best if exact else low,
        best=best,
        high=best if exact else None,
        approximate=number.approximate,
        unit=unit if unit or number.kind != "fraction" else "share",
        kind=number.kind,
    )


def _is_age(tokens: list[Token], first: int, last: int, number: Number) -> bool:
    """Whether a bare number is someone's age: "Ana Ruiz, 34, said", "aged 34"."""
    if number.kind != "digits" or number.best is None or not 0 < number.best < 116 or first == 0:
        return False
    before, after = tokens[first - 1], tokens[last].text if last < len(tokens) else ""
    if before.lower in ("aged", "age", "ages"):
        return True
    named = (
        first >= 2 and before.text == "," and tokens[first - 2].text[0].isupper() and len(tokens[first - 2].text) > 1
    )
    return named and after in (",", ";", ".", ")") and number.best >= 1 and tokens[first].text.isdigit()


def _is_minus(tokens: list[Token], at: int) -> bool:
    """Whether the mark at `at` is a sign of the number after it: nothing stands against its other side."""
    return tokens[at].end == tokens[at + 1].start and (at == 0 or tokens[at - 1].end < tokens[at].start)


def _names_money(tokens: list[Token], at: int, units: Units) -> bool:
    found = units.after.at(tokens, at)
    return found is not None and found[0] in units.money


def _unit_after(tokens: list[Token], last: int, number: Number, units: Units, glued: bool) -> tuple[str, int] | None:
    """The unit that stands after the number: against it, apart, after a hyphen, or in brackets."""
    at = last
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
    if single and word in ("second", "seconds") and word == "second":
        return None if number.best != 1 or tokens[at - 1].lower != "-" else (found[0], found[1])
    if found[0] == "USD" and tokens[at].text == "$" and at + 1 < len(tokens) and tokens[at + 1].text[0].isdigit():
        return None
    if found[0] == "pound" and number.best is not None and number.best >= 1_000_000:
        return "GBP", found[1]
    return found[0], found[1] + bracket


def _is_year(tokens: list[Token], amount: Amount, number: Number) -> bool:
    """Whether a bare number is a year: four digits of our era, no unit, and no plural noun after it."""
    token = tokens[number.first]
    if amount.unit or number.last - number.first > 1 or len(token.text) != 4 or not token.text.isdigit():
        return bool(token.text.isdigit() and token.text[0] == "0" and len(token.text) > 1)
    if not 1500 <= int(token.text) <= 2099:
        return False
    following = tokens[number.last].lower if number.last < len(tokens) else ""
    before = tokens[number.first - 1].lower if number.first else ""
    plural = following.endswith("s") and len(following) > 3 and not following.endswith(("ss", "'s", "’s", "was", "has"))
    return not (
        (plural or following in ("people", "men", "women", "children", "more", "other"))
        and before not in ("in", "since", "the", "of", "-")
    )


def _join(tokens: list[Token], amounts: list[Amount], units: Units) -> list[Amount]:
    """Ranges made of the two amounts that stand at their ends; scores of games left out."""
    joined: list[Amount] = []
    index = 0
    while index < len(amounts):
        here = amounts[index]
        after = amounts[index + 1] if index + 1 < len(amounts) else None
        link = _link(tokens, here, after) if after else ""
        if after and link == "score":
            index += 2
        elif after and link:
            joined.append(_range(tokens, here, after, link))
            index += 2
        else:
            joined.append(here)
            index += 1
    return joined


_RISES = frozenset(
    [
        "rose",
        "rise",
        "rises",
        "rising",
        "risen",
        "fell",
        "fall",
        "falls",
        "falling",
        "fallen",
        "increase",
        "increased",
        "increases",
        "increasing",
        "decrease",
        "decreased",
        "jumped",
        "jump",
        "climbed",
        "climb",
        "dropped",
        "drop",
        "drops",
        "grew",
        "grow",
        "grown",
        "went",
        "go",
        "up",
        "down",
        "declined",
        "decline",
        "raised",
        "raise",
        "cut",
        "lowered",
        "lower",
        "soared",
        "slipped",
        "edged",
        "reduced",
        "reduce",
        "reducing",
        "changed",
        "moved",
        "shrank",
        "shrunk",
        "widened",
        "narrowed",
        "slid",
        "plunged",
        "surged",
        "revised",
        "expanded",
        "expand",
    ]
)


def _link(tokens: list[Token], here: Amount, after: Amount) -> str:
    """How two amounts stand together: a range ("to", "or", "between"), a "score", or not at all ("")."""
    gap = [t.lower for t in tokens[here.last : after.first]]
    low, high = here.best, after.best
    if (
        low is None
        or high is None
        or (here.unit and after.unit and here.unit != after.unit)
        or (here.unit and not after.unit)
    ):
        return ""
    before = [t.lower for t in tokens[max(0, here.first - 8) : here.first]]
    shared = _shared_scale(tokens, here, after)
    low *= shared
    if gap in (["-"], ["–"], ["—"], ["‑"]):
        close = tokens[here.last].start == tokens[here.last - 1].end
        if here.kind == after.kind == "digits" and close and high <= low and not after.unit:
            return "score"
        return "to" if low < high and (close or gap != ["—"]) else ""
    if gap == ["to"] or (gap in (["and"], ["to", "about"], ["and", "about"]) and "between" in before[-3:]):
        if before and before[-1] == "from" and (_RISES & set(before) or here.unit):
            return ""
        if gap[0] == "and" or "between" in before[-3:]:
            return "between" if low < high else ""
        limit = high if before and before[-1] == "from" else low * MOST_TIMES
        return "to" if low < high <= limit else ""
    if gap == ["or"] or gap == ["or", "even"] or gap == ["and", "possibly"]:
        return "or" if low < high <= 3 * low else ""
    return ""


def _shared_scale(tokens: list[Token], here: Amount, after: Amount) -> float:
    """The scale that the second amount's words lend the first: 1,000,000 in "3 to 5 million"."""
    if after.best is None or here.best is None or here.best >= after.best or here.last - here.first > 2:
        return 1.0
    words = [t.lower for t in tokens[after.first : after.last]]
    for word, scale in (
        ("trillion", 1e12),
        ("billion", 1e9),
        ("bn", 1e9),
        ("million", 1e6),
        ("m", 1e6),
        ("thousand", 1e3),
        ("lakh", 1e5),
        ("crore", 1e7),
        ("hundred", 1e2),
        ("dozen", 12.0),
    ):
        if word in words and after.best >= scale and here.best < scale:
            return scale if here.best * scale < after.best else 1.0
    return 1.0


def _range(tokens: list[Token], here: Amount, after: Amount, link: str) -> Amount:
    low = (here.best or 0.0) * _shared_scale(tokens, here, after)
    first = here.first
    if first and tokens[first - 1].lower in ("between", "from"):
        first -= 1
    return Amount(
        first=first,
        last=after.last,
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
