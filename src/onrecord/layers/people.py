"""Find the people that a sentence speaks of one at a time: "a soldier", "his wife", "another", a person's name."""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.layers.groups import LONGEST_PHRASE, Group, Nouns
from onrecord.layers.numbers import Token

_FULL_NAME = re.compile(r"\b([A-Z][\w’'-]*)\.?[ \n](?:[A-Z][\w’'-]*\.?[ \n]){0,2}([A-Z][\w’'-]*[a-z])\b")

LONGEST_NAME = 5
"""Words of a name, particles and initials among them: "Abu Omar al-Said", "Maria J. de la Cruz"."""


LONGEST_BARE = 4
"""Words of a noun phrase without an article, an age apart: headlines run on ("Westport man police say killed wife")."""


def find_surnames(text: str, nouns: Nouns) -> frozenset[str]:
    """The last words of the names in a report, by which it may speak of people later ("Ana Ruiz … Ruiz")."""
    return frozenset(
        match[2]
        for match in _FULL_NAME.finditer(text)
        if match[1].lower() not in nouns.stops and match[2].lower() not in nouns.unnamed
    )


def find_people(
    tokens: list[Token],
    counted: list[Group],
    nouns: Nouns,
    triggers: dict[int, tuple[int, str]],
    surnames: frozenset[str],
    headline: bool,
    places: Collection[int] = (),
) -> list[Group]:
    """The single people of a sentence, in order; in a text all in capitals names only by their given names.

    A headline drops articles: there a bare noun is one person too ("Police officer killed"). No name is sought at
    the tokens in `places`, which an earlier layer has taken for a place.
    """
    taken = {i for g in counted for i in range(g.first, g.last)}
    ages = {g.last: g.first for g in counted if g.amount is not None and g.amount.unit == "year of age"}
    mixed = any(t.text.islower() and len(t.text) > 2 for t in tokens)
    found: list[Group] = []
    index = 0
    while index < len(tokens):
        group = None
        if index not in taken:
            group = _indefinite(tokens, index, taken, nouns, triggers)
        if group is None and (_follows_one(tokens, index, found) or (headline and index not in taken)):
            group = _bare(tokens, index, taken, nouns, triggers)
        if group is None and index not in places and index not in taken:
            group = _name(tokens, index, taken, nouns, surnames) if mixed else _capitals(tokens, index, nouns, triggers)
        if group is None:
            index += 1
        else:
            if not _is_apposed(tokens, group, found, ages):
                found.append(group)
            index = group.last
    return found


def _follows_one(tokens: list[Token], at: int, found: list[Group]) -> bool:
    """Whether one person stands before, joined to what is here: the second noun of "a man and child" has no article."""
    return bool(found) and found[-1].one == "indefinite" and found[-1].last == at - 1 and tokens[at - 1].lower == "and"


def _is_apposed(tokens: list[Token], group: Group, found: list[Group], ages: dict[int, int]) -> bool:
    """Whether an indefinite phrase only says more of the name before it: "Ana Ruiz, 34, a former judge"."""
    if group.one != "indefinite" or not found or found[-1].one != "name" or tokens[group.first - 1].text != ",":
        return False
    end = group.first - 1
    return found[-1].last in (end, ages.get(end, end + 1) - 1)


def _indefinite(
    tokens: list[Token], at: int, taken: Collection[int], nouns: Nouns, triggers: dict[int, tuple[int, str]]
) -> Group | None:
    """An article or a possessive with a noun for one person; "another" alone."""
    if tokens[at].lower not in nouns.articles or tokens[at].lower == "one":
        return None
    index, head = at + 1, 0
    while index < min(len(tokens), at + LONGEST_PHRASE + 2):
        word = tokens[index].lower
        if word in nouns.remains and head == 0:
            return Group(first=at, last=index + 1, of=(at + 1, index + 1), head=word, one="noun")
        if word in nouns.persons:
            head = index + 1
        elif word == "-" or index in taken:
            head = index + 1 if word == "old" else 0
        elif (
            head or word in nouns.stops or not tokens[index].text[0].isalpha() or (index in triggers and index > at + 1)
        ):
            break
        index += 1
    if head and _is_head(tokens, head, nouns, triggers):
        return Group(first=at, last=head, of=(at + 1, head), head=tokens[head - 1].lower, person=True, one="indefinite")
    return _bare_another(tokens, at, nouns, triggers) if tokens[at].lower == "another" and not head else None


def _is_head(tokens: list[Token], last: int, nouns: Nouns, triggers: dict[int, tuple[int, str]]) -> bool:
    """Whether the phrase ends at `last`, and no noun follows that its last word describes ("a female elephant")."""
    if last >= len(tokens) or last in triggers:
        return True
    word = tokens[last].lower
    if word in nouns.things or tokens[last].text in ("-",):
        return False
    describes = tokens[last - 1].lower in nouns.adjectival
    return not (describes and word.isalpha() and word not in nouns.stops and not word.endswith(("ed", "ly")))


def _bare(
    tokens: list[Token], at: int, taken: Collection[int], nouns: Nouns, triggers: dict[int, tuple[int, str]]
) -> Group | None:
    """A headline's noun for one person, with the words that describe it, and no article: "Police officer"."""
    index, head = at, 0
    while index < min(len(tokens), at + LONGEST_PHRASE) and not (
        index in triggers or tokens[index].lower in nouns.stops
    ):
        word = tokens[index].lower
        if word in nouns.persons:
            head = index + 1
        elif head or not (word == "-" or index in taken or tokens[index].text[0].isalpha()):
            break
        index += 1
    described = sum(i not in taken for i in range(at, head))
    if not head or described > LONGEST_BARE or not _is_head(tokens, head, nouns, triggers):
        return None
    return Group(first=at, last=head, of=(at, head), head=tokens[head - 1].lower, person=True, one="bare")


def _bare_another(tokens: list[Token], at: int, nouns: Nouns, triggers: dict[int, tuple[int, str]]) -> Group | None:
    """ "three were killed and another wounded"."""
    after = at + 1
    if (
        after >= len(tokens)
        or after in triggers
        or tokens[after].lower in nouns.stops
        or not tokens[after].text[0].isalpha()
    ):
        return Group(first=at, last=at + 1, one="indefinite")
    if tokens[after].lower.endswith("ly") and after + 1 in triggers:
        return Group(first=at, last=at + 1, one="indefinite")
    return None


def _name(tokens: list[Token], at: int, taken: Collection[int], nouns: Nouns, surnames: frozenset[str]) -> Group | None:
    """A run of capitalised words that may be a person's name: two words and more, or one with a title, or a surname."""
    index, words = at, 0
    while index < len(tokens) and words < LONGEST_NAME and index not in taken:
        if _is_name_word(tokens[index], nouns):
            words += 1
        elif not (words and _goes_on(tokens, index, nouns)):
            break
        index += 1
    while index > at and not _is_name_word(tokens[index - 1], nouns):
        index -= 1
    first = at
    while first < index - 1 and tokens[first].lower in nouns.persons and tokens[first].lower not in nouns.titles:
        first += 1
    titled = tokens[at].lower in nouns.titles and words > 1
    described = tokens[index].lower if index < len(tokens) and tokens[index].text.islower() else ""
    if described in nouns.persons | nouns.plurals:
        return None  # "a Westport police officer"
    if not words or (index - first < 2 and not titled and tokens[index - 1].text not in surnames):
        return None
    if tokens[index - 1].lower in nouns.unnamed or (words == 1 and tokens[at].lower in nouns.unnamed):
        return None
    return Group(first=first, last=index, one="name")


def _capitals(tokens: list[Token], at: int, nouns: Nouns, triggers: dict[int, tuple[int, str]]) -> Group | None:
    """A name in a text all in capitals: a given name and what follows, up to a word that is part of no name."""
    if tokens[at].lower not in nouns.given:
        return None
    last = at + 1
    while last < min(len(tokens), at + LONGEST_NAME) and last not in triggers and _is_part_of_name(tokens, last, nouns):
        last += 1
    return Group(first=at, last=last, one="name") if last - at > 1 else None


def _is_part_of_name(tokens: list[Token], at: int, nouns: Nouns) -> bool:
    word = tokens[at].lower
    return word.isalpha() and word not in nouns.stops and word not in nouns.unnamed


def _goes_on(tokens: list[Token], at: int, nouns: Nouns) -> bool:
    """Whether a name goes on over this token: the point of "Dr." or an initial, a hyphen, "al", "de la"."""
    token = tokens[at]
    if at + 1 >= len(tokens):
        return False
    if token.text == ".":
        short = len(tokens[at - 1].text) == 1 or tokens[at - 1].lower in nouns.titles
        return short and token.start == tokens[at - 1].end
    if token.text == "-":
        return token.start == tokens[at - 1].end
    return token.lower in nouns.particles


def _is_name_word(token: Token, nouns: Nouns) -> bool:
    text = token.text
    return (
        text[0].isupper()
        and (len(text) == 1 or not text.isupper())
        and not text.endswith(("'s", "’s"))
        and token.lower not in nouns.stops
    )
