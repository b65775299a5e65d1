"""The fields of an item that a person may correct, as text: what a form shows, and what comes back of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from onrecord.errors import InputError
from onrecord.record.record import Item, Record
from onrecord.record.report import Report
from onrecord.record.span import Span

FIXED = ("id", "basis")
"""Fields of an item that are the machine's own."""

POINTERS = frozenset(
    (
        *("actor", "actors", "recipients", "place", "places", "time", "times", "figure", "figures", "attribution"),
        *("via", "parties", "mediators", "hosts", "guarantors", "venue", "issuers"),
    )
)
"""Fields that hold the ids of other items."""

BREAK = " … "
"""What stands for the words between two stretches of one thing."""

Kind = Literal["number", "truth", "choice", "words", "id", "text"]

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field: its name (`source.kind`), what it holds, whether it holds several, and the values to choose from."""

    name: str
    kind: Kind
    many: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()


def fields_of(type: type[msgspec.Struct], before: str = "") -> tuple[Field, ...]:
    """The fields of a type of item. Lists of parts (the rounds of talks) are left out: no line of text holds them."""
    found: list[Field] = []
    for name, hint in get_type_hints(type).items():
        if name in FIXED and not before:
            continue
        kinds = [kind for kind in _flat(hint) if kind is not NoneType]
        many, inner = kinds[0] is tuple, kinds[-1]
        if isinstance(inner, _STRUCT) and inner is not Span:
            found += () if many else fields_of(inner, f"{before}{name}.")
            continue
        choices = get_args(hint) if get_origin(hint) is Literal else ()
        choices = choices or tuple(v for part in get_args(hint) if get_origin(part) is Literal for v in get_args(part))
        found.append(
            Field(
                name=before + name,
                kind=_kind(name, inner, choices),
                many=many,
                optional=NoneType in _flat(hint),
                choices=choices,
            )
        )
    return tuple(found)


def field_text(item: Item, field: Field, report: Report) -> str:
    """The value of a field as a line of text; nothing where there is none."""
    value: Any = item
    for part in field.name.split("."):
        value = getattr(value, part, None)
    values = value if field.many else (value,) if value is not None else ()
    return (BREAK if field.kind == "words" else " ").join(_shown(one, report) for one in values or ())


def field_value(text: str, field: Field, item: Item, record: Record) -> Any:
    """The value that a line of text stands for, as JSON has it; the inverse of `field_text`.

    Words are looked for in the report, and of several places the one nearest to the item is taken; `120-150` are
    those characters of the text. Raises InputError where the text stands for no value of the field.
    """
    text = " ".join(text.split())
    if field.many:
        pieces = text.split(BREAK.strip()) if field.kind == "words" else re.split(r"[\s,;]+", text)
        return [_value(piece.strip(), field, item, record) for piece in pieces if piece.strip()]
    if not text and field.optional:
        return None
    return _value(text, field, item, record)


def corrected(item: Item, fields: Mapping[str, Any], record: Record) -> Item:
    """The item with a person's values in the place of the machine's; `item` itself stays as it is.

    Raises InputError where the item has no such field, where a value does not fit it, or where it leads to no words or
    to no item of the record.
    """
    values = msgspec.to_builtins(item)
    where = f"{item.id}, {', '.join(fields)}"
    known = {one.id for one in record.items()}
    names = {field.name: field for field in fields_of(type(item))}
    for name, value in fields.items():
        if name not in names:
            raise InputError(where, f"{name!r} is no field that can be corrected", f"there are {', '.join(names)}")
        ids = value if isinstance(value, list | tuple) else [value] if value is not None else []
        if names[name].kind == "id" and (unknown := [str(id) for id in ids if id not in known]):
            raise InputError(where, f"the record has no item {', '.join(unknown)}", "give the id of one that it has")
        put_field(values, name, value)
    try:
        new = msgspec.convert(values, type(item))
        spans = [new.span, *_spans(new)]
    except msgspec.ValidationError as error:
        raise InputError(where, f"does not fit ({error})", "give another value") from error
    except (IndexError, ValueError) as error:  # an item's span is that of its first words
        raise InputError(where, "leaves it without words", "give words of the report") from error
    if not all(len(span) and span.end <= len(record.report.text) for span in spans):
        raise InputError(where, "leads to no words", "give words of the report")
    return new


def put_field(values: dict[str, Any], name: str, value: Any) -> None:
    """Set a field of an item that is laid out as JSON; a part that is not there is made, but not for nothing."""
    *path, last = name.split(".")
    for part in path:
        if values[part] is None:
            if value is None:
                return
            values[part] = {}
        values = values[part]
    values[last] = value


def _spans(value: object) -> Iterator[Span]:
    """Every stretch of the text that a value holds."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _spans(one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name))


def _value(text: str, field: Field, item: Item, record: Record) -> Any:
    if field.kind == "words":
        span = _found(text, item.span, record.report.text)
        return {"start": span.start, "end": span.end}
    if field.kind == "truth":
        if text not in ("true", "false", ""):
            raise InputError(f"{item.id}, {field.name} {text!r}", "is neither", "write true or false")
        return text == "true"
    if field.kind == "number":
        try:
            number = float(text.replace(",", ""))
        except ValueError:
            number = float("nan")
        if abs(number) == float("inf") or number != number:
            raise InputError(f"{item.id}, {field.name} {text!r}", "is no number", "write it as 1200 or 6.5")
        return int(number) if number.is_integer() else number
    if field.choices and text not in field.choices:
        raise InputError(f"{item.id}, {field.name} {text!r}", "is no value of it", f"one of {', '.join(field.choices)}")
    return text


def _found(words: str, near: Span, text: str) -> Span:
    """Where words stand in a text, nearest to a span."""
    if place := _PLACE.fullmatch(words):
        start, end = int(place[1]), int(place[2])
        if start < end <= len(text):
            return Span(start, end)
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [Span(*match.span()) for match in re.finditer(pattern, text)] if pattern else []
    if not places:
        raise InputError(f"“{words[:80]}”", "does not stand in the report", "give words as they stand there")
    return min(places, key=lambda place: abs(place.start - near.start))


def _shown(value: Any, report: Report) -> str:
    if isinstance(value, Span):
        return " ".join(report.words(value).split())
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _kind(name: str, inner: Any, choices: tuple[str, ...]) -> Kind:
    if choices:
        return "choice"
    if name in POINTERS:
        return "id"
    kinds: dict[Any, Kind] = {Span: "words", bool: "truth", float: "number", int: "number"}
    return kinds.get(inner, "text")


def _flat(hint: Any) -> list[Any]:
    """The types that a hint is made of, outermost first: `tuple[Span, ...] | None` gives tuple, Span, NoneType."""
    if get_origin(hint) is Literal:
        return [str]
    head = [tuple] if get_origin(hint) is tuple else []
    parts = [kind for part in get_args(hint) if part is not Ellipsis for kind in _flat(part)]
    return head + (parts if get_args(hint) else [hint])


NoneType = type(None)
_STRUCT = type(msgspec.Struct)
