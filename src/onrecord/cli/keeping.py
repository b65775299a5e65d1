"""`onrecord add`, `find`, `who` and `refresh`: reports kept in a store, and found again."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from onrecord.cli.reading import Failures, tell
from onrecord.errors import InputError, OnrecordError
from onrecord.intake import Original, open_originals, read_again, read_original
from onrecord.read import read as read_report
from onrecord.record import Record, Report
from onrecord.store import Hit, Store

DEFAULT = "news.onrecord"

Command = Callable[..., Any]


def with_store(command: Command) -> Command:
    """Give a command the option `--store`, which may stand in the environment as ONRECORD_STORE."""
    option = click.option(
        "--store",
        "path",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT,
        envvar="ONRECORD_STORE",
        show_default=True,
        show_envvar=True,
        help="The store: one SQLite file.",
    )
    return option(command)


def with_rows(command: Command) -> Command:
    """Give a command that prints rows the options `--json` and `--csv`."""
    as_json = click.option("--json", "shape", flag_value="json", help="One JSON array.")
    as_csv = click.option("--csv", "shape", flag_value="csv", help="CSV with a head line.")
    return as_json(as_csv(command))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("--date", metavar="DATE", help="The day that the reports speak from (ISO 8601), over what they say.")
@with_store
def add(paths: tuple[str, ...], date: str | None, path: Path) -> None:
    """Read reports and keep them in a store; those that it has are left as they are.

    \b
    Examples:
      onrecord add reports/
      onrecord add CC-NEWS-20240221.warc.gz --store news.onrecord
    """
    failures = Failures()
    with reported(), Store(path) as store:
        place_rest(store)
        before = store.count()
        seen = 0
        with _progress(open_originals(*paths, failed=failures)) as originals:
            for original in originals:
                seen += _add_one(store, original, date, failures)
        new = store.count() - before
    tell(f"{new} added, {seen - new} there already; {path} holds {before + new} reports")
    failures.end()


def _add_one(store: Store, original: Original, date: str | None, failed: Failures) -> int:
    """Read one original into the store; how many reports it held."""
    count = 0
    try:
        for report in read_original(original, date=date):
            count += 1
            if not store.holds(report):
                store.add(read_report(report), original.data)
    except InputError as error:
        failed(error)
    return count


@click.command()
@click.argument("query", required=False, default="")
@click.option("--by", metavar="ACTOR", help="Only what this actor or source is said to have said.")
@click.option("--about", metavar="NAME", help="Only reports that name this actor or place.")
@click.option("--after", metavar="DATE", help="From this day on.")
@click.option("--before", metavar="DATE", help="Before this day.")
@click.option("--limit", default=20, show_default=True, help="At most so many.")
@with_rows
@with_store
def find(query: str, path: Path, shape: str | None, limit: int, **where: str | None) -> None:
    """Find words in the reports of a store, or in what somebody said.

    Words are found whole; "a phrase" stands together, `word*` is a beginning, `-word` must not be there.

    \b
    Examples:
      onrecord find 'prisoners -sport'
      onrecord find ceasefire --by Griffiths --after 2020-01-01
    """
    if not query.strip() and where["by"] is None and where["about"] is None:
        raise click.UsageError("Give words to find, or --by or --about.")
    with reported(), Store(path, readonly=True) as store:
        hits = store.find(query, limit=limit, **where)
    if shape:
        print_rows([msgspec.to_builtins(hit) for hit in hits], shape)
        return
    for hit in hits:
        _print_hit(hit)
    if not hits:
        tell("nothing was found")


def _print_hit(hit: Hit) -> None:
    head = " · ".join(part for part in (hit.dated, hit.provider, hit.headline or hit.report) if part)
    click.secho(head, bold=True)
    words = " ".join(hit.words.split())
    click.echo(f"  {hit.source}: {words}" if hit.source else f"  {words}")


@click.command()
@click.argument("name")
@with_rows
@with_store
def who(name: str, path: Path, shape: str | None) -> None:
    """Show what somebody said, over time, in the reports of a store.

    \b
    Example:
      onrecord who 'Martin Griffiths'
    """
    with reported(), Store(path, readonly=True) as store:
        rows = store.said_by(name)
    if shape:
        print_rows(rows, shape)
        return
    for row in rows:
        click.secho(f"{row['dated'] or 'no date'}  {row['source']} · {row['cue']}", bold=True)
        click.echo(f"  “{' '.join(str(row['content']).split())}”   {row['report']} {row['id']}")
    if not rows:
        tell(f"nobody of that name speaks in {path}")


@click.command()
@with_store
def refresh(path: Path) -> None:
    """Read again what an older version of onrecord read."""

    def again(data: bytes, was: Report) -> Iterable[Record]:
        return [read_report(report) for report in read_again(data, was)]

    with reported(), Store(path) as store:
        count = store.refresh(again)
    tell(f"{count} originals read again")


def place_rest(store: Store) -> None:
    """Put the reports that an older onrecord added into stories."""
    if waiting := store.unplaced():
        tell(f"putting {waiting} reports into stories")
        store.place()


def print_rows(rows: list[dict[str, Any]], shape: str) -> None:
    """Print rows as one JSON array or as CSV."""
    if shape == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    if rows:
        writer.writeheader()
        writer.writerows(rows)


@contextmanager
def reported() -> Iterator[None]:
    """Turn an error that onrecord raises on purpose into a message and exit status 1."""
    try:
        yield
    except OnrecordError as error:
        raise click.ClickException(str(error)) from error


def _progress(originals: Iterator[Original]) -> Any:
    """The originals under a counter on standard error, where that is a terminal."""
    return click.progressbar(
        originals, label="Reading", show_pos=True, file=sys.stderr, hidden=not sys.stderr.isatty(), length=0
    )
