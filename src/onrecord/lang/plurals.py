"""Plurals by rule: `lang/<language>/plurals.toml`."""

from __future__ import annotations

from functools import cache

import msgspec

from onrecord.lang.rules import read_words


class Plurals(msgspec.Struct, frozen=True):
    """Words that go their own way, and endings with what stands in their place, in order."""

    irregular: dict[str, str]
    endings: dict[str, str]


@cache
def _plurals(language: str) -> Plurals:
    return msgspec.convert(read_words(language, "plurals"), Plurals)


def plural(noun: str, language: str) -> str:
    """The plural of a noun in lower case, of which the last word changes.

    >>> [plural(noun, "en") for noun in ("party", "envoy", "foreign minister", "church", "woman", "thief")]
    ['parties', 'envoys', 'foreign ministers', 'churches', 'women', 'thieves']
    """
    rules = _plurals(language)
    before, space, last = noun.rpartition(" ")
    if last in rules.irregular:
        return before + space + rules.irregular[last]
    ending = next(ending for ending in rules.endings if noun.endswith(ending))
    return noun.removesuffix(ending) + rules.endings[ending]
