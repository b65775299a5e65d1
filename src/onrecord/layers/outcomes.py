"""Find the words that say what befell people: verbs, nouns and states of `lang/<language>/outcomes.toml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import read_words
from onrecord.lang.patterns import one_of
from onrecord.layers.measures import Phrases, phrases
from onrecord.layers.numbers import Token

VERBS = ("participle", "active", "subject", "life")
"""The kinds of trigger that are verbs."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome of `lang/<language>/outcomes.toml`: the words that say it, by how they take their people."""

    name: str
    examples: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = msgspec.field(name="not", default=())
    certain: bool = True
    participle: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    nominal: tuple[str, ...] = ()
    toll: tuple[str, ...] = ()
    life: tuple[str, ...] = ()


IDIOM = "|"
"""What a phrase means that looks like an outcome and is none."""

KINDS = ("participle", "active", "subject", "noun", "state", "nominal", "toll", "life")


class Outcomes(NamedTuple):
    """The words of all outcomes as phrases that mean `outcome|kind`, and the outcomes said of people alone.

    `doubtful` nouns ("cases") say an outcome only in a report with one of its `contexts`, a pattern an outcome.
    """

    words: Phrases
    uncertain: frozenset[str]
    doubtful: Phrases
    contexts: Mapping[str, re.Pattern[str]]

    def told_in(self, text: str) -> frozenset[str]:
        """The outcomes whose context a report has."""
        return frozenset(name for name, context in self.contexts.items() if context.search(text))


class Trigger(NamedTuple):
    """The words of an outcome in a sentence, the tokens `first` to `last` (not included)."""

    first: int
    last: int
    outcome: str
    kind: str


@cache
def load_outcomes(language: str) -> Outcomes:
    """The outcomes of a language. Raises RuleError where they are missing."""
    tables = read_words(language, "outcomes")
    listed = msgspec.convert(tables["outcome"], tuple[Outcome, ...])
    meanings = dict.fromkeys(msgspec.convert(tables["idioms"], list[str]), IDIOM) | {
        words: f"{outcome.name}|{kind}" for outcome in listed for kind in KINDS for words in getattr(outcome, kind)
    }
    return Outcomes(
        words=phrases(meanings),
        uncertain=frozenset(o.name for o in listed if not o.certain),
        doubtful=phrases({words: f"{o.name}|noun" for o in listed for words in o.doubtful}),
        contexts={o.name: re.compile(rf"\b{one_of(o.context)}", re.IGNORECASE) for o in listed if o.context},
    )


def find_triggers(tokens: list[Token], outcomes: Outcomes, told: Collection[str] = ()) -> list[Trigger]:
    """The words of outcomes in a sentence, left to right, the longest at a place.

    `told` are the outcomes that the report's context makes its doubtful words say.
    """
    found: list[Trigger] = []
    index = 0
    while index < len(tokens):
        hit = outcomes.words.at(tokens, index)
        if hit is None and (doubtful := outcomes.doubtful.at(tokens, index)) and doubtful[0].partition("|")[0] in told:
            hit = doubtful
        if hit is None:
            index += 1
            continue
        outcome, _, kind = hit[0].partition("|")
        if outcome:
            found.append(Trigger(index, hit[1], outcome, kind))
        index = hit[1]
    return found
