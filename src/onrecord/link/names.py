"""Match the actors of several reports: who is who under which name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from onrecord.record import Actor, Record

Key = tuple[str, str]
"""An actor of a report: the report's uri and the actor's id."""

_ROOT = 4  # letters that two forms of a name share at least: Houthi and Houthis, Yemen and Yemeni


def match_actors(records: Iterable[Record]) -> dict[Key, str]:
    """The name that each actor of some records goes by in all of them.

    An actor of one report is that of another when both have the same name, or the words of one's are among the other's
    ("Mr. Brandt" and "Ugo Brandt" are one where no other Brandt is named). Bodies, which have no role of their own, are
    also one where country and sector are the same and their names have the same proper words ("the Houthis" and "the
    Houthi movement") or the initials of them; they go by the name that most reports use, the longest of several.
    """
    actors = [(record.report.uri, actor) for record in records for actor in record.actors or ()]
    names = fullest({actor.name for _, actor in actors})
    used = Counter((uri, actor.name) for uri, actor in actors)
    reports = Counter(name for _, name in used)
    bodies: dict[str, Actor] = {}
    for _, actor in actors:
        if (actor.sector or actor.country) and not actor.role and names[actor.name] == actor.name:
            bodies.setdefault(actor.name, actor)
    alike = _alike(list(bodies.values()))
    called = {name: max(group, key=lambda one: (reports[one], len(one), one)) for group in alike for name in group}
    return {(uri, actor.id): called.get(names[actor.name], names[actor.name]) for uri, actor in actors}


def fullest(names: Collection[str]) -> dict[str, str]:
    """For each name the longest one that has all its words and its last one last, where that one has the others too."""
    bags = {
        name: frozenset(word for word in name.lower().replace("-", " ").split() if not word.endswith("."))
        for name in names
    }
    ends: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        ends[name.lower().split()[-1] if name.split() else ""].append(name)
    found = {}
    for same in ends.values():
        for name in same:
            longer = [other for other in same if bags[name] <= bags[other]]
            longest = max(longer, key=lambda other: (len(bags[other]), len(other), other))
            found[name] = longest if all(bags[other] <= bags[longest] for other in longer) else name
    return found


def _alike(bodies: Sequence[Actor]) -> list[list[str]]:
    """The names of bodies, those of one body together."""
    groups: list[tuple[Actor, tuple[str, ...], list[str]]] = []
    for body in sorted(bodies, key=lambda one: one.name):
        proper = proper_words(body.name)
        for first, words, names in groups:
            if proper and (first.country, first.sector) == (body.country, body.sector) and same_words(words, proper):
                names.append(body.name)
                break
        else:
            groups.append((body, proper, [body.name]))
    return [names for _, _, names in groups]


def proper_words(name: str) -> tuple[str, ...]:
    """The words of a name that are names themselves, without a possessive ending, in lower case."""
    words = (word.strip(".,'’") for word in name.replace("’s", "").replace("'s", "").split())
    return tuple(word.lower() for word in words if word[:1].isupper())


def same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names have the same words, but for their endings, or one has the initials of the other."""
    if len(one) == len(other):
        return all(map(_one_root, one, other))
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and short[0].replace(".", "") == "".join(word[0] for word in long)


def _one_root(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _ROOT and long.startswith(short) and len(long) - len(short) <= 2)


def match_parties(records: Sequence[Record], names: Mapping[Key, str], sitting: Collection[Key]) -> dict[Key, str]:
    """The names of those who sit at a table (`sitting`), the unnamed among them known too.

    One whom a report calls by what it is alone ("the rebels", "the government") is the only named body at the table of
    that sector, unless their countries differ. A country that sits there is its government, where that is named.
    """
    actors = {(record.report.uri, actor.id): actor for record in records for actor in record.actors or ()}
    named: dict[str, Actor] = {}
    for key in sorted(sitting):
        actor = actors.get(key)
        if actor and actor.sector and proper_words(actor.name):
            named.setdefault(names[key], actor)
    found = {}
    for key in sitting:
        actor = actors.get(key)
        if actor is None:
            continue
        is_country = not actor.sector and not actor.role and bool(actor.country)
        fitting = [
            name
            for name, other in named.items()
            if (_is_government(actor, other) if is_country else _may_be(actor, other))
        ]
        unnamed = is_country or (actor.sector and not proper_words(actor.name.removeprefix("The ")))
        found[key] = fitting[0] if unnamed and len(fitting) == 1 else names[key]
    return found


def _may_be(unnamed: Actor, named: Actor) -> bool:
    countries = unnamed.country is None or unnamed.country == named.country
    return countries and unnamed.sector == named.sector and not named.role


def _is_government(country: Actor, named: Actor) -> bool:
    alike = same_words(proper_words(country.name), proper_words(named.name))
    return named.sector == "GOV" and not named.role and named.country == country.country and alike
