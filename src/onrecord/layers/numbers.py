"""Read the numerals of a sentence: digits, words, scales, fractions and vague quantities ("dozens", "several")."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import read_words

_TOKEN = re.compile(
    r"""
    (?:US|CA|AU|HK|NZ|NT|MEX|Mex|C|A|S|R|M|Z)?\$ | (?:U\.S\.|u\.s)\s?(?=\$)
  | (?:USD|EUR|GBP|JPY|CHF|CNY|RMB|INR|AUD|CAD|HKD|PKR|RS|Rs|P|R|N|L)(?=\d[\d,.]*(?!\w)) | Rs\.(?=\s?\d)
  | \d+(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)                       # an ordinal
  | \d+(?:/\d+)+ | \d+(?::\d+)+ | \d+(?:\.\d+){2,}              # a fraction or a date, a clock, a dotted date
  | (?:(?<=[$€£¥])|(?<=\bR))\d{1,3}(?:\ \d{3})+(?!,?\d)                # thousands apart: $9 000, R12 500
  | (?<![\d.,])\d{1,3}(?:(?:\ \d{3})*\ 000|(?:\ \d{3}){2,})(?!,?\d)     # 12 000, 1 250 000
  | \d{1,3},\ 000(?!,?\d) | \d{1,3}(?:[,\u00a0\u202f]\d{2,3})*(?:[,\u00a0\u202f]\d{3})(?!\d)(?:\.\d+)?
  | \d+(?:\.\d+)? | (?<![\w.])\.\d+
  | (?:[^\W\d_]\.){2,}                                         # U.S.
  | (?!to-)(?:[^\W\d_]+-)+\d[\w-]* | [^\W\d_]+\d\w*                    # a code: F-16, COVID-19, G7
  | [^\W\d_]+(?:['’][^\W\d_]+)*
  | \S
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(
    r"(?:\d{1,3}, 000|\d{1,3}(?: \d{3})+|\d{1,3}(?:[,\u00a0\u202f]\d{2,3})*[,\u00a0\u202f]\d{3}|\d+)?(?:\.\d+)?"
)
ABBREVIATIONS = {"US": "u.s.", "WHO": "w.h.o."}
"""Names in capitals that are also words, each as it is written with points."""

_SIMPLE_DENOMINATORS = {2, 3, 4, 5, 8, 10, 16}


class Token(NamedTuple):
    """A word or a mark: as written, in lower case, and where it stands in the report's text."""

    text: str
    lower: str
    start: int
    end: int


class Number(NamedTuple):
    """A numeral, the tokens `first` to `last` (not included). `low` alone: at least that many, not said how many.

    `kind`: digits, words, vague ("several", "dozens"), fraction ("two-thirds") or none ("no one").
    """

    first: int
    last: int
    best: float | None
    low: float | None
    kind: str
    approximate: bool = False


class Numerals(msgspec.Struct, frozen=True):
    """What `lang/<language>/numbers.toml` holds."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, float]
    suffixes: dict[str, float]
    letter_suffixes: dict[str, float]
    plural_scales: dict[str, float]
    vague: dict[str, float]
    vagueness: dict[str, tuple[str, ...]]
    fractions: dict[str, float]
    signs: dict[str, float]
    none: dict[str, tuple[str, ...]]
    range: dict[str, tuple[str, ...]]
    halves: dict[str, tuple[str, ...]]


@cache
def load_numerals(language: str) -> Numerals:
    """The words for numbers of a language. Raises RuleError where they are missing."""
    return msgspec.convert(read_words(language, "numbers"), Numerals)


def cut_tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of `text[start:end]`; hyphens stand alone, but in codes (`F-16`).

    Where a sentence has small letters too, a word in capitals that is short for a name ("US", "WHO") is no pronoun.
    """
    found = [Token(m[0], m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    if any(token.text in ABBREVIATIONS for token in found) and any(token.text.islower() for token in found):
        return [token._replace(lower=ABBREVIATIONS.get(token.text, token.lower)) for token in found]
    return found


def read_numbers(tokens: list[Token], numerals: Numerals) -> list[Number]:
    """The numerals among `tokens`, left to right, none overlapping; ordinals, codes, clocks and dates are not read."""
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number = _read_at(tokens, at, numerals)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.last
    return found


def _read_at(tokens: list[Token], at: int, numerals: Numerals) -> Number | None:
    word = tokens[at].lower
    if word[0].isdigit() or word[0] == "." or word in numerals.signs:
        return _read_digits(tokens, at, numerals)
    if word in ("a", "an", "half", "quarter"):
        return _read_article(tokens, at, numerals) or _read_fraction(tokens, at, numerals)
    if word in numerals.ones or word in numerals.tens:
        return _read_fraction(tokens, at, numerals) or _read_words(tokens, at, numerals)
    if word in numerals.plural_scales:
        return _read_plural(tokens, at, numerals)
    if word in ("several", "few"):
        return _read_vague(tokens, at, at + 1, numerals.vague.get(word, 3.0), numerals)
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if word in numerals.none["words"] and following not in numerals.none["not_before"]:
        two = word == "no" and at + 1 < len(tokens) and tokens[at + 1].lower == "one"
        return Number(at, at + 1 + two, 0, 0, "none")
    return None


def _read_digits(tokens: list[Token], at: int, numerals: Numerals) -> Number | None:
    token = tokens[at]
    last = at + 1
    if token.lower in numerals.signs:
        value = numerals.signs[token.lower]
    elif "/" in token.lower:
        part = _simple_fraction(token.lower)
        if part is None:
            return None
        value = part
    elif _DIGITS.fullmatch(token.lower):
        value = float(re.sub(r"[,\s]", "", token.lower))
        following = tokens[last].lower if last < len(tokens) else ""
        if following in numerals.signs:
            value += numerals.signs[following]
            last += 1
        elif "/" in following and (part := _simple_fraction(following)) is not None:
            value += part
            last += 1
    else:
        return None
    value, last = _scaled(tokens, last, value, numerals)
    return Number(at, last, value, value, "digits")


def _simple_fraction(text: str) -> float | None:
    above, _, below = text.partition("/")
    if not (above.isdigit() and below.isdigit()) or int(below) not in _SIMPLE_DENOMINATORS or int(above) >= int(below):
        return None
    return int(above) / int(below)


def _scaled(tokens: list[Token], last: int, value: float, numerals: Numerals) -> tuple[float, int]:
    """`value` times the scales that stand from `last` on, written against it, apart, or with a hyphen."""
    while last < len(tokens):
        glued = tokens[last].start == tokens[last - 1].end
        word = tokens[last].lower
        if glued and word in numerals.suffixes:
            value, last = value * numerals.suffixes[word], last + 1
        elif word in numerals.scales and not _is_start_of_next(tokens, last):
            value, last = value * numerals.scales[word], last + 1
        elif word in numerals.plural_scales and tokens[last - 1].lower[0].isdigit() and not glued:
            value, last = value * numerals.plural_scales[word], last + 1
        elif word == "-" and glued and last + 1 < len(tokens) and tokens[last + 1].lower in numerals.scales:
            value, last = value * numerals.scales[tokens[last + 1].lower], last + 2
        else:
            break
    return round(value, 6 if value < 1_000 else 3), last


def _is_start_of_next(tokens: list[Token], at: int) -> bool:
    """Whether the scale word at `at` is split from the number before by a mark or a line's end."""
    return tokens[at].start - tokens[at - 1].end > 2


def _read_words(tokens: list[Token], at: int, numerals: Numerals, group: float = 0, begun: str = "") -> Number | None:
    """A number in words; `group` and `begun` say what an article before it has given ("a hundred and ten")."""
    total, last, index, state = 0.0, at, at, begun
    while index < len(tokens):
        word = tokens[index].lower
        if word == "-" and last > at and tokens[index].start == tokens[index - 1].end:
            index += 1
            continue
        if word == "and" and last > at and state in ("hundred", "thousand"):
            index += 1
            continue
        if word in numerals.ones and (
            state in ("", "hundred", "thousand") or (state == "tens" and 0 < numerals.ones[word] < 10)
        ):
            group, state = group + numerals.ones[word], "ones"
        elif word in numerals.tens and state in ("", "hundred", "thousand"):
            group, state = group + numerals.tens[word], "tens"
        elif word == "hundred" and group and state in ("ones", "tens", "a"):
            group, state = group * 100, "hundred"
        elif word in numerals.scales and word != "hundred" and group:
            scale = numerals.scales[word]
            total, group = total + group * scale, 0.0
            state = "thousand" if scale >= 1_000 else "done"
        else:
            break
        index += 1
        last = index
        if state == "ones" and (half := _and_a_half(tokens, last)):
            group, last, index, state = group + 0.5, half, half, "half"
    if last == at:
        return None
    value = total + group
    return Number(at, last, value, value, "words")


def _and_a_half(tokens: list[Token], at: int) -> int:
    """Where "and a half" that stands at `at` ends; 0 where it does not."""
    words = [t.lower for t in tokens[at : at + 7] if t.lower != "-"]
    if words[:3] != ["and", "a", "half"]:
        return 0
    count, index = 0, at
    while count < 3:
        count += tokens[index].lower != "-"
        index += 1
    return index


def _read_article(tokens: list[Token], at: int, numerals: Numerals) -> Number | None:
    """ "a hundred and ten", "a dozen", "half a million", "a quarter million", "a few", "a couple of", "a pair of"."""
    words = [t.lower for t in tokens[at : at + 6]] + [""] * 6
    if words[0] in ("a", "an"):
        if words[1] in ("few", "handful", "couple", "pair", "trio", "quartet"):
            return _read_noun_of_number(tokens, at, words, numerals)
        if words[1] in numerals.scales:
            number = _read_words(tokens, at + 1, numerals, 1.0, "a")
            return number and number._replace(first=at)
    offset = words.index("half") if "half" in words[:2] else words.index("quarter") if "quarter" in words[:2] else None
    if offset is None or (offset == 1 and words[0] not in ("a", "an")):
        return None
    part = numerals.fractions[words[offset]]
    index = offset + 1
    while words[index] in ("a", "of", "-"):
        index += 1
    if words[index] not in numerals.scales:
        return None
    value, last = _scaled(tokens, at + index, part, numerals)
    return Number(at, last, value, value, "words")


def _read_noun_of_number(tokens: list[Token], at: int, words: list[str], numerals: Numerals) -> Number | None:
    name = f"a {words[1]}"
    if words[1] == "few":
        return _read_vague(tokens, at, at + 2, numerals.vague[name], numerals)
    scaled = words[2] in numerals.scales or words[3] in numerals.scales
    if words[2] != "of" and not scaled:
        return None
    last = at + 3 if words[2] == "of" and words[3] in numerals.scales else at + 2
    number = _read_vague(tokens, at, last, numerals.vague[name], numerals)
    if number is None:
        return None
    if name in numerals.vagueness["exact"]:
        return number._replace(best=number.low)
    if name in numerals.vagueness["approximate"]:
        return number._replace(best=number.low, low=None, approximate=True)
    return number


def _read_vague(tokens: list[Token], at: int, last: int, value: float, numerals: Numerals) -> Number | None:
    """ "several", "several hundred", "a few dozen", "several hundreds of thousands": at least so many."""
    if tokens[at].lower == "few" and (last >= len(tokens) or tokens[last].lower not in numerals.scales):
        return None
    value, last = _scaled(tokens, last, value, numerals)
    if last < len(tokens) and tokens[last].lower in numerals.plural_scales:
        value, last = value * numerals.plural_scales[tokens[last].lower], last + 1
        if last + 1 < len(tokens) and tokens[last].lower == "of" and tokens[last + 1].lower in numerals.plural_scales:
            value, last = value * numerals.plural_scales[tokens[last + 1].lower], last + 2
    return Number(at, last, None, value, "vague", True)


def _read_plural(tokens: list[Token], at: int, numerals: Numerals) -> Number | None:
    """ "dozens", "hundreds of thousands": at least two of the largest scale that is named."""
    word = tokens[at].lower
    value, last = numerals.plural_scales[word], at + 1
    while (
        last + 1 < len(tokens)
        and tokens[last].lower in ("of", "and")
        and tokens[last + 1].lower in numerals.plural_scales
    ):
        if tokens[last].lower == "of":
            value *= numerals.plural_scales[tokens[last + 1].lower]
        last += 2
    following = tokens[last].lower if last < len(tokens) else ""
    if (word == "tens" and last == at + 1) or (
        word == "scores" and following not in ("of", "more", "were", "have", "others")
    ):
        return None
    return Number(at, last, None, 2 * value, "vague", True)


def _read_fraction(tokens: list[Token], at: int, numerals: Numerals) -> Number | None:
    """ "two-thirds", "one third of", "a quarter of", "half of", "half the", "half an hour"."""
    words = [t.lower for t in tokens[at : at + 5]] + [""] * 5
    if words[0] == "half":
        bounded = at > 0 and tokens[at - 1].lower in numerals.halves["after"]
        counts = words[1] in numerals.halves["before"] or (bounded and words[1] not in numerals.halves["never_before"])
        return Number(at, at + 1, 0.5, 0.5, "fraction") if counts else None
    above = 1 if words[0] in ("a", "an") else numerals.ones.get(words[0], 0)
    hyphen = words[1] == "-"
    name = words[2] if hyphen else words[1]
    last = at + (3 if hyphen else 2)
    if not above or name not in numerals.fractions:
        return None
    plural = name.endswith("s") and above > 1
    following = words[last - at]
    if plural or hyphen or following == "of" or (following == "the" and name == "half"):
        if name == "quarter" and hyphen and above > 1:
            return None
        value = above * numerals.fractions[name]
        scales = [i for i in (last, last + 1, last + 2) if i < len(tokens)]
        if following == "of" and len(scales) == 3 and tokens[last + 1].lower == "a" and words[4] in numerals.scales:
            value, last = _scaled(tokens, last + 2, value, numerals)
            return Number(at, last, value, value, "words")
        if following in numerals.scales:
            value, last = _scaled(tokens, last, value, numerals)
            return Number(at, last, value, value, "words")
        return Number(at, last, value, value, "fraction")
    return None
