"""`onrecord correct` and `corrections`: what persons say of items, beside the machine's reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from onrecord.cli.keeping import print_rows, reported, with_rows, with_store
from onrecord.cli.reading import tell
from onrecord.errors import InputError
from onrecord.exports.corrections import orphan_words, verdict_words
from onrecord.exports.sheet import sheet
from onrecord.record import Correction, Record, field_value, fields_of
from onrecord.store import Store

VERDICTS = ("confirmed", "corrected", "rejected", "withdrawn")


@click.command()
@click.argument("report")
@click.argument("id", required=False)
@click.argument("verdict", required=False, type=click.Choice(VERDICTS))
@click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE", help="What a field should have been; again for more."
)
@click.option("--by", metavar="NAME", envvar="ONRECORD_BY", show_envvar=True, help="Who says so.")
@click.option("--note", default="", help="Why.")
@with_store
def correct(
    report: str, id: str | None, verdict: str | None, changes: tuple[str, ...], by: str | None, note: str, path: Path
) -> None:
    """Say of an item whether it is right. REPORT is the uri or digest of a report in the store.

    The machine's reading stays as it is: what persons say stands beside it, the last on an item counts, and `withdrawn`
    takes it back. Without ID the report's sheet is printed, with what was said. Words are given as the report has them.

    \b
    Examples:
      onrecord correct reports/a.txt
      onrecord correct reports/a.txt f2 confirmed --by 'Ana Ruiz'
      onrecord correct reports/a.txt f2 --set best=14 --set outcome=killed --by 'Ana Ruiz' --note 'see the original'
      onrecord correct reports/a.txt a3 rejected --by 'Ana Ruiz'
    """
    with reported(), Store(path, readonly=id is None) as store:
        record = _record(store, report)
        if id is None:
            click.echo(sheet(record, corrections=store.corrections(record.report)), nl=False)
            return
        verdict = verdict or ("corrected" if changes else None)
        if verdict is None:
            raise click.UsageError(f"say of {id} one of {', '.join(VERDICTS)}, or --set FIELD=VALUE")
        if not by:
            raise click.UsageError("say who says so with --by NAME (or ONRECORD_BY)")
        given = store.correct(report, id, verdict, by=by, note=note, fields=_fields(record, id, changes))
    tell(f"{given.was} of {given.report}: {verdict_words(given, record)}")


@click.command()
@click.option("--all", "every", is_flag=True, help="Each that was ever given, not only those that stand.")
@with_rows
@with_store
def corrections(path: Path, shape: str | None, every: bool) -> None:
    """List what persons said of items, the oldest first.

    \b
    Examples:
      onrecord corrections
      onrecord corrections --all --csv > verdicts.csv
      onrecord export corrections > corrections.jsonl
    """
    with reported(), Store(path, readonly=True) as store:
        found = store.corrections(all=every)
    if shape:
        print_rows([_row(one, shape) for one in found], shape)
        return
    for one in found:
        click.secho(f"{one.report} {one.id or one.was}", bold=True)
        click.echo(f"  {verdict_words(one)}" if one.id else f"  {orphan_words(one)}")
    if not found:
        tell(f"nobody said anything of the items in {path}")


def _record(store: Store, key: str) -> Record:
    try:
        return store.get(key)
    except KeyError:
        raise InputError(key, "is no report of the store", "give its uri or digest; onrecord find shows them") from None


def _fields(record: Record, id: str, changes: tuple[str, ...]) -> dict[str, Any]:
    """The values of `--set FIELD=VALUE`, as JSON has them."""
    if not changes:
        return {}
    try:
        item = record[id]
    except KeyError:
        return {}  # the store tells which items there are
    fields = {field.name: field for field in fields_of(type(item))}
    found = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals or name not in fields:
            raise InputError(f"--set {change}", f"is no field of {id}", f"FIELD=VALUE, of {', '.join(fields)}")
        found[name] = field_value(text, fields[name], item, record)
    return found


def _row(one: Correction, shape: str) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(one)
    if shape == "json":
        return row
    return {
        **{name: row[name] for name in ("number", "report", "layer", "id", "was", "words", "verdict")},
        "fields": msgspec.json.encode(one.fields).decode() if one.fields else "",
        **{name: row[name] for name in ("by", "at", "note", "standing")},
    }
