"""Records as tables, one a layer: CSV and Parquet, with the words beside their offsets.

Columns follow from the record types: a span gives its words, start and end; several spans their words with ` … `
between and their places; an id the name of what it points at, beside it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from onrecord.errors import InputError
from onrecord.record import (
    LAYERS,
    POINTERS,
    Actor,
    Attribution,
    Basis,
    Event,
    Figure,
    Interval,
    Item,
    Place,
    Record,
    Report,
    Source,
    Span,
    Talks,
    TimeExpression,
)

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped,import-not-found,unused-ignore]

Cell = str | int | float | bool | None

TYPES: dict[str, type[msgspec.Struct]] = {
    "actors": Actor,
    "attributions": Attribution,
    "times": TimeExpression,
    "places": Place,
    "figures": Figure,
    "events": Event,
    "talks": Talks,
}


class Column(msgspec.Struct, frozen=True):
    """A column: its name and what stands in it (string, integer, number or truth value)."""

    name: str
    kind: type


def columns(layer: str) -> tuple[Column, ...]:
    """The columns of a layer's table."""
    head = (Column("report", str), Column("dated", str))
    tail = (Column("original_start", int), Column("original_end", int))
    return (*head, *_of_struct(TYPES[layer], ""), *tail)


def rows(record: Record, layer: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a layer, in the order of `columns`; none for a layer that was not read."""
    report = record.report
    names = {item.id: _name(item, report) for item in record.items()}
    for item in record.layer(layer) or ():
        start, end = report.source_of(item.span)
        dated = report.dating.value if report.dating else None
        yield (report.uri, dated, *_cells(item, TYPES[layer], report, names), start, end)


def csv_table(records: Iterable[Record], layer: str) -> str:
    """A layer of some records as CSV (RFC 4180), with a head. A cell without a value is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in columns(layer))
    for record in records:
        for row in rows(record, layer):
            writer.writerow(str(cell).lower() if isinstance(cell, bool) else cell for cell in row)
    return out.getvalue()


def write_csv(records: Sequence[Record], folder: Path) -> list[Path]:
    """Write a CSV file a layer into a folder, which is made: `attributions.csv`, …; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{layer}.csv" for layer in LAYERS]
    for file, layer in zip(files, LAYERS, strict=True):
        file.write_text(csv_table(records, layer), encoding="utf-8", newline="")
    return files


def parquet_table(records: Iterable[Record], layer: str) -> Table:
    """A layer of some records as an Arrow table. Raises InputError where the extra `parquet` is not installed."""
    try:
        import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        raise InputError("Parquet", "needs the extra `parquet`", "pip install 'onrecord[parquet]'") from error
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    found = [row for record in records for row in rows(record, layer)]
    fields = [pyarrow.field(column.name, kinds[column.kind]) for column in columns(layer)]
    values = zip(*found, strict=True) if found else ((),) * len(fields)
    arrays = [pyarrow.array(list(cells), field.type) for cells, field in zip(values, fields, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields))


def write_parquet(records: Sequence[Record], folder: Path) -> list[Path]:
    """Write a Parquet file a layer into a folder, which is made. Raises InputError without the extra `parquet`."""
    tables = {layer: parquet_table(records, layer) for layer in LAYERS}
    from pyarrow.parquet import write_table  # type: ignore[import-untyped,import-not-found,unused-ignore]

    folder.mkdir(parents=True, exist_ok=True)
    for layer, table in tables.items():
        write_table(table, folder / f"{layer}.parquet")
    return [folder / f"{layer}.parquet" for layer in LAYERS]


def _of_struct(struct: type[msgspec.Struct], before: str) -> Iterator[Column]:
    hints = get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        yield from _of_field(before + field.name, field.name, hints[field.name])


def _of_field(name: str, field: str, hint: Any) -> Iterator[Column]:
    kinds = _kinds(hint)
    if Basis in kinds:
        yield from (Column("basis", str), Column("score", float))
    elif Source in kinds:
        yield from _of_struct(Source, f"{name}_")
    elif Interval in kinds:
        yield from (Column(f"{name}_start", str), Column(f"{name}_end", str))
    elif Span in kinds:
        yield from (Column(name, str), Column(f"{name}_start", int), Column(f"{name}_end", int))
        if tuple in kinds:
            yield Column(f"{name}_spans", str)
    else:
        plain = next((kind for kind in (bool, int, float) if kind in kinds and tuple not in kinds), str)
        yield Column(name, plain)
        if field in POINTERS:
            yield Column(f"{name}_name", str)


def _kinds(hint: Any) -> set[Any]:
    """The types that a hint is made of: `tuple[Span, ...] | None` holds tuple, Span and NoneType."""
    origin = getattr(hint, "__origin__", None)
    found = {origin} if origin is tuple else {hint}
    for part in get_args(hint):
        found |= _kinds(part)
    return found


def _cells(item: msgspec.Struct, struct: type[msgspec.Struct], report: Report, names: dict[str, str]) -> Iterator[Cell]:
    hints = get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        yield from _of_value(getattr(item, field.name), field.name, _kinds(hints[field.name]), report, names)


def _of_value(value: Any, field: str, kinds: set[Any], report: Report, names: dict[str, str]) -> Iterator[Cell]:
    if Basis in kinds:
        yield from (f"{value.by}: {value.name}", value.score)
    elif Source in kinds:
        yield from _cells(value, Source, report, names)
    elif Interval in kinds:
        yield from (value.start, value.end) if value else (None, None)
    elif Span in kinds and tuple in kinds:
        yield " … ".join(map(report.words, value)) or None
        yield min((span.start for span in value), default=None)
        yield max((span.end for span in value), default=None)
        yield " ".join(f"{span.start}-{span.end}" for span in value) or None
    elif Span in kinds:
        yield from (report.words(value), value.start, value.end) if value else (None, None, None)
    else:
        yield _plain(value)
        if field in POINTERS:
            ids: tuple[str, ...] = value if isinstance(value, tuple) else (value,) if value else ()
            yield "; ".join(names.get(id, id) for id in ids) or None


def _plain(value: Any) -> Cell:
    if isinstance(value, tuple):
        if any(isinstance(part, msgspec.Struct) for part in value):
            return msgspec.json.encode(value).decode()
        return "; ".join(map(str, value)) or None
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _name(item: Item, report: Report) -> str:
    """What an item is called in a cell: its name, its value, or whose word it is."""
    if isinstance(item, Actor | Place):
        return item.name
    if isinstance(item, TimeExpression):
        return item.value or report.words(item.span)
    if isinstance(item, Attribution):
        return " … ".join(map(report.words, item.source.spans))
    return report.words(item.span)
