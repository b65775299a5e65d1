"""`onrecord export`: records of a store, or of files, in the forms of other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import msgspec

from onrecord.cli.keeping import reported, with_store
from onrecord.cli.reading import Failures, tell
from onrecord.exports.brat import brat
from onrecord.exports.brief import brief
from onrecord.exports.calendar import calendar
from onrecord.exports.corrections import correction_lines
from onrecord.exports.geojson import geojson
from onrecord.exports.plover import plover_lines
from onrecord.exports.tables import write_csv, write_parquet
from onrecord.exports.timeml import timeml
from onrecord.exports.web_annotation import collection
from onrecord.intake import open_reports
from onrecord.read import pipe
from onrecord.record import Record
from onrecord.store import Store

Texts = Callable[[Sequence[Record]], str]
Files = Callable[[Sequence[Record], Path], object]


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value)).decode() + "\n"


def _json_lines(values: Iterator[object]) -> str:
    return "".join(msgspec.json.encode(value).decode() + "\n" for value in values)


def _write_each(records: Sequence[Record], folder: Path, forms: Callable[[Record], dict[str, str]]) -> None:
    """Write the files of each record, named by the start of its digest and its place among the records."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, record in enumerate(records, 1):
        for ending, text in forms(record).items():
            name = f"{number:05}-{record.report.digest[:12]}{ending}"
            (folder / name).write_text(text, encoding="utf-8", newline="")


TEXTS: dict[str, Texts] = {
    "jsonl": lambda records: _json_lines(iter(records)),
    "annotations": lambda records: _json(collection(records)),
    "plover": lambda records: _json_lines(plover_lines(records)),
    "geojson": lambda records: _json(geojson(records)),
    "ics": calendar,
    "brief": brief,
}
"""Forms that are one text."""

FOLDERS: dict[str, Files] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "brat": lambda records, to: _write_each(records, to, lambda r: dict(zip((".txt", ".ann"), brat(r), strict=True))),
    "timeml": lambda records, to: _write_each(records, to, lambda r: {".tml": timeml(r)}),
}
"""Forms that are several files in a folder."""


STORED: dict[str, Callable[[Store], list[str]]] = {
    "corrections": lambda store: [
        msgspec.json.encode(line).decode() + "\n" for line in correction_lines(store.corrections(), store.get)
    ],
}
"""Forms that are of a store alone, as pieces of one text."""


@click.command(name="export")
@click.argument("form", type=click.Choice([*TEXTS, *FOLDERS, *STORED]))
@click.argument("paths", nargs=-1, metavar="[FILE…]")
@click.option("--to", type=click.Path(path_type=Path), help="The file, or for several files the folder, to write.")
@with_store
def export(form: str, paths: tuple[str, ...], to: Path | None, path: Path) -> None:
    """Write records in the form of another tool: those of FILE…, or all of the store.

    \b
    jsonl         a record a line           csv, parquet  a table a layer (a folder)
    annotations   W3C Web Annotation        brat, timeml  a file a report (a folder)
    plover        events, a line each       geojson       places and what happened there
    ics           planned events            brief         Markdown to read
    corrections   what persons said of items, a JSON object each, to learn from (of the store)

    \b
    Examples:
      onrecord export csv --to tables/
      onrecord export annotations report.html > report.jsonld
    """
    if form in FOLDERS and to is None:
        raise click.UsageError(f"{form} is several files: say which folder with --to")
    if form in STORED:
        _export_stored(form, paths, to, path)
        return
    failures = Failures()
    with reported():
        records = list(pipe(open_reports(*paths, failed=failures))) if paths else _stored(path)
        if form in FOLDERS and to is not None:
            FOLDERS[form](records, to)
        elif to is not None:
            to.write_text(TEXTS[form](records), encoding="utf-8", newline="")
        else:
            click.echo(TEXTS[form](records), nl=False)
    if to is not None:
        tell(f"wrote {len(records)} records to {to}")
    failures.end()


def _export_stored(form: str, paths: tuple[str, ...], to: Path | None, path: Path) -> None:
    if paths:
        raise click.UsageError(f"{form} are those of a store: give it with --store")
    with reported(), Store(path, readonly=True) as store:
        pieces = STORED[form](store)
    if to is None:
        click.echo("".join(pieces), nl=False)
        return
    to.write_text("".join(pieces), encoding="utf-8", newline="")
    tell(f"wrote {len(pieces)} {form} to {to}")


def _stored(path: Path) -> list[Record]:
    with Store(path, readonly=True) as store:
        return list(store.records())
