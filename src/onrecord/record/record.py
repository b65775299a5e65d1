"""The record of one report: every layer, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onrecord.record.actor import Actor
from onrecord.record.attribution import Attribution
from onrecord.record.decoding import from_json
from onrecord.record.event import Event
from onrecord.record.figure import Figure
from onrecord.record.place import Place
from onrecord.record.report import Report
from onrecord.record.talks import Talks
from onrecord.record.timex import TimeExpression

Item = Actor | Attribution | TimeExpression | Place | Figure | Event | Talks

LAYERS = ("actors", "attributions", "times", "places", "figures", "events", "talks")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says. A layer that was not read (no rules for its language) is None; read and empty is `()`."""

    report: Report
    actors: tuple[Actor, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    times: tuple[TimeExpression, ...] | None = None
    places: tuple[Place, ...] | None = None
    figures: tuple[Figure, ...] | None = None
    events: tuple[Event, ...] | None = None
    talks: tuple[Talks, ...] | None = None

    def layer(self, name: str) -> tuple[Item, ...] | None:
        """The layer of that name, one of `LAYERS`."""
        if name not in LAYERS:
            raise KeyError(name)
        items: tuple[Item, ...] | None = getattr(self, name)
        return items

    def items(self) -> Iterator[Item]:
        """Every item of every layer that was read."""
        for name in LAYERS:
            yield from self.layer(name) or ()

    def __getitem__(self, id: str) -> Item:
        """The item with that id. Raises KeyError where there is none."""
        for item in self.items():
            if item.id == id:
                return item
        raise KeyError(id)

    def layer_of(self, id: str) -> str:
        """The layer that the item with that id is in. Raises KeyError where there is none."""
        for name in LAYERS:
            if any(item.id == id for item in self.layer(name) or ()):
                return name
        raise KeyError(id)

    def to_json(self) -> bytes:
        """The record as one line of JSON, UTF-8."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Record:
        """The record that `to_json` wrote. Raises msgspec.ValidationError where it is not one."""
        return from_json(data, cls)


def schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of a record."""
    return msgspec.json.schema(Record)
