"""A sentence as the actors' layer reads it: its words, what the lexicon knows of them, and the phrases made of them."""

from __future__ import annotations

import re

import msgspec

from onrecord.layers.lexicon import Item, Lexicon
from onrecord.layers.phrases import Described, describe
from onrecord.record import Span

_FOLLOWING = ("follower", "verb", "pronoun", "determiner")
_ENDING = re.compile(r"(?:ed|ly)$")


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase. `kind` is person, group (people unnamed), body, org, country or pronoun.

    `head` is its noun, singular, in lower case; `name` the words of a name; `article` definite, indefinite or none.
    """

    span: Span
    kind: str
    head: str
    text: str
    described: Described
    name: tuple[str, ...] = ()
    article: str | None = None
    several: bool = False
    bare: bool = False
    sentence: int = 0
    score: float | None = None


class Reading(msgspec.Struct, kw_only=True):
    """A sentence being read: its text, its words with their places, and what the lexicon knows in it."""

    text: str
    lexicon: Lexicon
    spans: list[Span]
    words: list[str]
    items: list[Item]
    sentence: int
    tags: dict[int, str] = {}

    def item_at(self, at: int) -> Item | None:
        return next((item for item in self.items if item.first <= at < item.last), None)

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def is_headline(self) -> bool:
        """Whether the sentence is written as a headline, most of its words with capitals: they tell no names then."""
        letters = [word for word in self.words if word[0].isalpha()]
        return len(letters) > 5 and sum(word[0].isupper() for word in letters) > 0.8 * len(letters)

    def span(self, first: int, last: int) -> Span:
        return Span(self.spans[first].start, self.spans[last - 1].end)


def follows(reading: Reading, at: int) -> bool:
    """Whether the word at `at` follows a whole phrase (a small word, a verb …), by its tag or else its looks."""
    word = reading.word(at)
    tag = reading.tags.get(at, "")
    if tag:
        return not tag.startswith(("NN", "JJ", "CD"))
    words, lower = reading.lexicon.words, word.lower()
    return bool(_ENDING.search(lower)) or any(lower in words[kind] for kind in _FOLLOWING)


def make_phrase(
    reading: Reading,
    first: int,
    last: int,
    kind: str,
    *,
    head: str,
    name: tuple[str, ...] = (),
    several: bool = False,
) -> Phrase:
    words = reading.words[first:last]
    opening = words[0].lower()
    lists = reading.lexicon.words
    article = "definite" if opening in lists["definite"] else "indefinite" if opening in lists["indefinite"] else None
    whole = last - len(name) if kind == "person" else last
    items = [
        Item(item.first - first, item.last - first, item.kind, item.name, item.country, item.sector, item.hard)
        for item in reading.items
        if first <= item.first and item.last <= last and (item.first < whole or item.kind == "leader")
    ]
    own = [word for word in words if word.lower() not in lists["determiner"]]
    bare = len(own) == len(head.split()) and not name
    described = describe(words, items, reading.lexicon)
    if bare and head in lists["unclear"]:
        described = msgspec.structs.replace(described, sector=None)
    return Phrase(
        span=reading.span(first, last),
        kind=kind,
        head=head,
        text=" ".join(own).lower(),
        described=described,
        name=name,
        article=article,
        several=several,
        bare=bare,
        sentence=reading.sentence,
    )
