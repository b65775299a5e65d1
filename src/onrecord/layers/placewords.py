"""The words of a language that show what a name is: a place, a people, a person or a body."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.gazetteer import Gazetteer, Named, fold
from onrecord.lang import read_words

_ONE_OR_TWO = re.compile(r"\b([A-Z][\w’'.-]+\b)(?=(?:\s([A-Z][\w’'-]+))?)")


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """A language's words about places (lang/<language>/places.toml, lookalikes.toml, people.toml)."""

    abbreviations: dict[str, tuple[str, str, str, str]]
    abbreviation: re.Pattern[str]
    locative: frozenset[str]
    inside: frozenset[str]
    place_after: frozenset[str]
    body_after: frozenset[str]
    thing_after: frozenset[str]
    thing_before: frozenset[str]
    money_after: frozenset[str]
    party: frozenset[str]
    royal: frozenset[str]
    kinds: frozenset[str]
    division: frozenset[str]
    partitive: frozenset[str]
    hyphened: frozenset[str]
    lookalikes: frozenset[str]
    never: frozenset[str]
    bodies: frozenset[str]
    peoples: dict[str, str]
    given: frozenset[str]
    surnames: frozenset[str]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words about places of a language. Raises RuleError where a file is missing or not as it should be."""
    tables = read_words(language, "places")
    people = msgspec.convert(read_words(language, "people"), dict[str, str])
    short = msgspec.convert(tables["abbreviations"], dict[str, tuple[str, str, str, str]])
    words = msgspec.convert(tables["words"], dict[str, frozenset[str]])
    listed = "|".join(re.escape(name) for name in sorted(short, key=lambda name: (-len(name), name)))
    others = words["never"] | words["body_after"] | words["thing_after"] | words["thing_before"]
    kept = {name: words[name] for name in Vocabulary.__struct_fields__ if name in words and name != "never"}
    return Vocabulary(
        abbreviations=short,
        abbreviation=re.compile(rf"(?<![\w.])(?:{listed})(?!\w)"),
        lookalikes=msgspec.convert(read_words(language, "lookalikes")["words"], frozenset[str]),
        never=frozenset(word.lower() for word in others),
        bodies=_bodies(language),
        peoples=_peoples(language),
        given=frozenset(people["given"].split()),
        surnames=frozenset(people["surnames"].split()),
        **kept,
    )


def _peoples(language: str) -> dict[str, str]:
    """The names of peoples and their adjectives, and the country (alpha-3) that each speaks of; "" for none."""
    tables = read_words(language, "demonyms")
    named = msgspec.convert(tables["countries"], dict[str, list[str]])
    others = msgspec.convert(tables["peoples"], dict[str, list[str]]).values()
    return {word: "" for words in others for word in words} | {
        word: country for country, words in named.items() for word in words
    }


def countries_spoken_of(text: str, words: Vocabulary, table: Gazetteer) -> frozenset[str]:
    """The countries (alpha-2) whose peoples the text names: "Syrian", "the Georgians"."""
    found = set()
    for match in _ONE_OR_TWO.finditer(text):
        found |= {words.peoples.get(match[1], ""), words.peoples.get(f"{match[1]} {match[2]}", "")}
    return frozenset(two for three in found if (two := table.short_code(three)))


def _bodies(language: str) -> frozenset[str]:
    """The folded names of organisations, less those that are a country's too."""
    listed = msgspec.convert(read_words(language, "organizations"), dict[str, dict[str, list[str]]])
    names = {
        fold(name)
        for sectors in listed.values()
        for lines in sectors.values()
        for line in lines
        for name in line.split("|")
    }
    return frozenset(
        names - {fold(name) for line in listed["VAT"].values() for names in line for name in names.split("|")}
    )


def spelt_out(short: str, words: Vocabulary, table: Gazetteer) -> tuple[str, tuple[Named, ...]]:
    """The name and the places that an abbreviation of the language's list stands for."""
    name, country, _, kind = words.abbreviations[short]
    return f"{name}, {country}", tuple(
        named
        for named in table.named(name)
        if named.entry.feature[0] == kind and (not country or named.entry.country == country)
    )
