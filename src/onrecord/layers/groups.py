"""Find who or what each amount of a sentence counts: "12 people", "five of them", "a soldier", a named person."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import read_words
from onrecord.lang.plurals import plural
from onrecord.layers.measures import Amount
from onrecord.layers.numbers import Token
from onrecord.layers.predicates import Predicates
from onrecord.record import Span

LONGEST_PHRASE = 6
"""Words that a counted noun and what stands before it may take: "five heavily armed young Andean men"."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """People or things that are counted: tokens `first` to `last`, the counted noun `head`, and `of` its words.

    `whole` is what another group is taken out of ("five of the 12": the 12). A group without an amount is one
    person: `one` says how ("a soldier": indefinite; a name: name; a headline's noun: bare).
    """

    first: int
    last: int
    amount: Amount | None = None
    of: tuple[int, int] | None = None
    head: str = ""
    person: bool | None = None
    whole: bool = False
    one: str = ""

    @property
    def number(self) -> float | None:
        """How many at least, for what agrees with it."""
        return (
            1
            if self.amount is None
            else self.amount.best
            if self.amount.best is not None
            else self.amount.low or self.amount.high
        )


class Nouns(NamedTuple):
    """Words for people and things, by number, and the words that end a noun phrase."""

    persons: frozenset[str]
    plurals: frozenset[str]
    things: frozenset[str]
    titles: frozenset[str]
    adjectival: frozenset[str]
    remains: frozenset[str]
    unnamed: frozenset[str]
    given: frozenset[str]
    stops: frozenset[str]
    articles: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    particles: frozenset[str]
    partitives: frozenset[str]
    further: frozenset[str]
    others: frozenset[str]
    demonym_endings: tuple[str, ...]
    people_endings: tuple[str, ...]


@cache
def load_nouns(language: str) -> Nouns:
    """The words for people and things of a language. Raises RuleError where they are missing."""
    lists = msgspec.convert(read_words(language, "persons"), dict[str, list[str]])
    clause = msgspec.convert(read_words(language, "clauses"), dict[str, list[str]])
    given = msgspec.convert(read_words(language, "people")["given"], str).split()
    persons = frozenset(lists["person"])
    plurals = frozenset(plural(noun, language) for noun in lists["person"]) | frozenset(lists["group"])
    things = frozenset(lists["thing"]) | frozenset(plural(noun, language) for noun in lists["thing"])
    peoples = msgspec.convert(read_words(language, "demonyms")["countries"], dict[str, list[str]])
    return Nouns(
        persons=persons,
        plurals=plurals,
        things=things,
        unnamed=persons
        | plurals
        | things
        | frozenset(lists["organization"])
        | frozenset(clause["calendar"])
        | {name.lower() for names in peoples.values() for name in names},
        titles=frozenset(lists["title"]),
        given=frozenset(name.lower() for name in given) - frozenset(lists["also_a_word"]),
        adjectival=frozenset(lists["adjectival"]),
        remains=frozenset(lists["remains"]),
        stops=frozenset(clause["not_in_phrase"]) | frozenset(clause["preposition"]),
        articles=frozenset(clause["article"]),
        prepositions=frozenset(clause["preposition"]),
        pronouns=frozenset(clause["pronoun"]),
        determiners=frozenset(clause["determiner"]) - frozenset(lists["no_determiner"]),
        particles=frozenset(lists["particle"]),
        partitives=frozenset(lists["partitive"]),
        further=frozenset(lists["further"]),
        others=frozenset(lists["others"]),
        demonym_endings=tuple(lists["demonym_ending"]),
        people_endings=tuple(lists["people_ending"]),
    )


def find_counted(
    tokens: list[Token], amounts: list[Amount], nouns: Nouns, triggers: dict[int, tuple[int, str]]
) -> list[Group]:
    """What each amount counts, in order. `triggers` are the words of outcomes, by their first token: the token after
    them and their kind; they end a phrase, save where they describe the noun after them ("three wounded men")."""
    groups: list[Group] = []
    for index, amount in enumerate(amounts):
        after = amounts[index + 1].first if index + 1 < len(amounts) else len(tokens)
        group = _counted(tokens, amount, after, nouns, triggers)
        if groups and groups[-1].last > amount.first:
            groups[-1] = msgspec.structs.replace(groups[-1], of=group.of, head=group.head, person=group.person)
            group = msgspec.structs.replace(group, whole=True)
        groups.append(group)
    return groups


def with_nouns(
    tokens: list[Token], groups: list[Group], nouns: Nouns, triggers: dict[int, tuple[int, str]], syntax: Predicates
) -> list[Group]:
    """The groups, each reaching to the noun that its number counts by the tree, where that stands further on.

    "a dozen Chinese security agents", "24 dead bodies": the order of words stops at what may be a noun or a state.
    """
    starts = [group.first for group in groups] + [len(tokens)]
    return [
        _to_noun(tokens, group, after, nouns, triggers, syntax) for group, after in zip(groups, starts[1:], strict=True)
    ]


def _to_noun(
    tokens: list[Token],
    group: Group,
    after: int,
    nouns: Nouns,
    triggers: dict[int, tuple[int, str]],
    syntax: Predicates,
) -> Group:
    amount = group.amount
    if amount is None or amount.unit is not None or group.whole:
        return group
    states = frozenset(first for first, (_, kind) in triggers.items() if kind == "state")
    noun = syntax.counted(Span(tokens[amount.last - 1].start, tokens[amount.last - 1].end))
    last = next((at + 1 for at in range(amount.last, after) if noun and tokens[at].end >= noun.end), 0)
    if not group.last < last <= amount.last + LONGEST_PHRASE or last - 1 in states:
        return group  # "24 dead": no noun, whatever the tree says
    worded = (at for at in range(amount.last, last) if tokens[at].text[0].isalnum())
    first = group.of[0] if group.of else next(worded, None)
    if first is None:
        return group  # what the tree counts is a mark, no noun
    if any((tokens[at].lower in nouns.stops or at in triggers) and at not in states for at in range(first, last - 1)):
        return group
    head = tokens[last - 1].lower
    person = True if head in nouns.plurals | nouns.persons else group.person
    if head in nouns.things and last - 1 not in triggers:
        person = False
    return msgspec.structs.replace(group, last=last, of=(first, last), head=head, person=person)


def _counted(
    tokens: list[Token], amount: Amount, after: int, nouns: Nouns, triggers: dict[int, tuple[int, str]]
) -> Group:
    """An amount with the noun phrase that it counts."""
    at = amount.last
    if amount.unit and amount.unit not in ("share", "percent", "year of age"):
        return Group(first=amount.first, last=at, amount=amount, person=False)
    words = [t.lower for t in tokens[at : at + 4]] + [""] * 4
    if words[0] in nouns.partitives:
        at += 1
        while at < len(tokens) and tokens[at].lower in nouns.determiners:
            at += 1
        if at < len(tokens) and tokens[at].lower in nouns.pronouns:
            return Group(first=amount.first, last=at + 1, amount=amount, head=tokens[at].lower, person=None)
        if at == after:
            return Group(first=amount.first, last=min(at + 1, len(tokens)), amount=amount, person=None)
    elif words[0] == "-" and tokens[at].start == tokens[at - 1].end:
        at, after = at + 1, min(after, at + 2)  # "a four-nation Asian tour": the number counts nations
    elif words[0] in nouns.further:
        at += 1
    start, last, head, person = _phrase(tokens, at, after, nouns, triggers, amount)
    if last == start or (amount.unit == "year of age" and not person):
        bare = words[0] in nouns.others
        return Group(first=amount.first, last=max(amount.last + bare, amount.last), amount=amount, person=None)
    return Group(first=amount.first, last=last, amount=amount, of=(start, last), head=head, person=person)


def _phrase(
    tokens: list[Token], at: int, after: int, nouns: Nouns, triggers: dict[int, tuple[int, str]], amount: Amount
) -> tuple[int, int, str, bool | None]:
    """The noun phrase at `at`: its first token, the one after its head, the head, and whether it is of people."""
    start = index = at
    best_person = 0
    stop = min(after, len(tokens), at + LONGEST_PHRASE + 2)
    while index < stop:
        token = tokens[index]
        word = token.lower
        if word == "-" and index + 1 < stop:
            index += 1
            continue
        if word in nouns.plurals or (word in nouns.persons and _ends_phrase(tokens, index, stop, nouns, amount)):
            best_person = index + 1
        elif (
            (
                index in triggers
                and not (
                    index == start and index + 1 < stop and tokens[index + 1].lower in nouns.plurals | nouns.persons
                )
            )
            or word in nouns.stops
            or not token.text[0].isalpha()
            or (best_person and not token.text[0].isupper())
            or (index > start and word.endswith(("ed", "ing")) and tokens[index - 1].lower.endswith("s"))
        ):
            break
        index += 1
    if best_person:
        return start, best_person, tokens[best_person - 1].lower, True
    last = index
    while last > start and tokens[last - 1].lower in ("-",):
        last -= 1
    several = [i for i in range(start, last) if _is_plural(tokens[i].lower, nouns)]
    if several and amount.best != 1:
        last = several[0] + 1
    elif last > start:
        last = min(last, start + 2)
    head = tokens[last - 1].lower if last > start else ""
    if head in nouns.things:
        return start, last, head, False
    demonym = bool(head) and tokens[last - 1].text[0].isupper() and head.endswith(nouns.demonym_endings)
    return start, last, head, True if demonym or head.endswith(nouns.people_endings) else None


def _ends_phrase(tokens: list[Token], at: int, stop: int, nouns: Nouns, amount: Amount) -> bool:
    """Whether a singular word for a person is what is counted, and describes no noun after it ("Libyan agents")."""
    following = [t.lower for t in tokens[at + 1 : min(at + 4, stop)]]
    if amount.best == 1:
        return not (following and (_is_plural(following[0], nouns) or following[0] in nouns.things))
    for word in following:
        if word in nouns.stops or not word.isalpha():
            return True
        if _is_plural(word, nouns):
            return False
    return True


def _is_plural(word: str, nouns: Nouns) -> bool:
    return word in nouns.plurals or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
    )
