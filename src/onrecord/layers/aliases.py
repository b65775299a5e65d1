"""Whom a report names twice: by an abbreviation, or by a noun ("the rebels") where it has named the movement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from onrecord.record import Actor

_SHORT = re.compile(r"[A-Z](?:\.?[A-Z0-9]){1,6}\.?")
_OPENED = re.compile(r"\s*\(\s*[\"“]?$")
_NAME = re.compile(r"(?!(?:The|An?|Its|Their|His|Her|Some|Both|Two|Three)\b)[A-Z]")
# Sectors in which a bare noun takes up the one body that the report names, and where it names none, that of another.
_TAKEN_UP = {"REB": "PTY", "LAB": None, "BUS": None}


def find_aliases(text: str, actors: Sequence[Actor]) -> Mapping[str, str]:
    """The id of the fuller actor for each that only names him again."""
    found: dict[str, str] = {}
    long = [actor for actor in actors if not _SHORT.fullmatch(actor.name) and actor.basis.name != "person phrase"]
    for short in actors:
        if _SHORT.fullmatch(short.name):
            whole = next((one for one in long if _is_short_for(text, short, one)), None)
            if whole is not None:
                found[short.id] = whole.id
    for sector, else_of in _TAKEN_UP.items():
        bodies = [one for one in actors if _is_named(one) and one.id not in found]
        named = [one for one in bodies if one.sector == sector] or [
            one for one in bodies if else_of and one.sector == else_of
        ]
        if len(named) == 1:
            found.update((one.id, named[0].id) for one in _bare(actors, sector))
    return found


def _is_short_for(text: str, short: Actor, whole: Actor) -> bool:
    """Whether a short name stands in brackets behind a longer one, or is made of its first letters."""
    if any(
        one.end < other.start
        and _OPENED.fullmatch(text, one.end, other.start)
        and text[other.end : other.end + 1] == ")"
        for one in whole.mentions
        for other in short.mentions
    ):
        return True
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", whole.name) if word[0].isupper())
    return len(letters) > 2 and letters == short.name.replace(".", "")


def _is_named(actor: Actor) -> bool:
    """Whether an actor that is no person has a name; "Workers" of "Harbour Workers' Union" is one."""
    return actor.basis.name in ("org phrase", "entities", "group phrase") and bool(_NAME.match(actor.name))


def _bare(actors: Iterable[Actor], sector: str) -> Iterable[Actor]:
    """The actors of a sector that are only a noun: "the rebels", "its management"."""
    for one in actors:
        bare = one.basis.name in ("group phrase", "body phrase") and one.country is None
        if one.sector == sector and bare and not re.search(r"[A-Z0-9]", one.name[1:]):
            yield one
