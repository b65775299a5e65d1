"""`onrecord read`, `demo`, `schema` and `completion`: reports in, records out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from onrecord.errors import InputError, OnrecordError
from onrecord.exports.explain import RuleText, explain
from onrecord.exports.sheet import plain, sheet
from onrecord.intake import open_reports, reports_in
from onrecord.lang import has_language, read_words
from onrecord.read import read as read_report
from onrecord.record import LAYERS, Record, Report, schema

COLOURS = {"id": "cyan", "words": "yellow"}
BOLD = ("heading", "head")
# A line longer than this is hard to read, however wide the terminal is (Bringhurst: 45 to 75 characters, and
# a sheet is a table).
WIDEST = 110
USUAL = 96  # in a file or a pipe, whatever the terminal: the same input gives the same sheet
FORMATS = ("sheet", "json", "jsonl")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "shape", flag_value="json", help="One JSON array of records.")
@click.option("--jsonl", "shape", flag_value="jsonl", help="One JSON object a report, a line each.")
@click.option("--format", "shape", type=click.Choice(FORMATS), default="sheet", help="How records are printed.")
@click.option("--date", metavar="DATE", help="The day that the reports speak from (ISO 8601), over what they say.")
@click.option("--explain", "id", metavar="ID", help="Why the item with this id is in the record (of one report).")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write one page to this file.")
def read(paths: tuple[str, ...], shape: str, date: str | None, id: str | None, page: Path | None) -> None:
    """Read reports and print the record of what each says.

    FILE is a file, a folder (searched through), a pattern in quotation marks, or - for standard input.

    \b
    Examples:
      onrecord read report.txt
      onrecord read reports/ --jsonl > records.jsonl
      onrecord read report.txt --explain f2
      onrecord read report.txt --html page.html
    """
    _check_date(date)
    failures = Failures()
    records = (read_report(report) for report in _reports(paths, date, failures))
    try:
        if id is not None:
            _explain(records, id)
        elif page is not None:
            _write_page(records, page)
        else:
            _print(records, shape)
    except OnrecordError as error:
        raise click.ClickException(str(error)) from error
    failures.end()


@click.command()
def demo() -> None:
    """Read the examples that come with onrecord."""
    folder = _examples()
    _print((read_report(_named(r, folder)) for r in open_reports(*_example_files(folder))), "sheet")


@click.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of a record, as --jsonl writes it."""
    click.echo(msgspec.json.format(msgspec.json.encode(schema())).decode())


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      onrecord completion bash >> ~/.bashrc
      onrecord completion fish > ~/.config/fish/completions/onrecord.fish
    """
    from click.shell_completion import get_completion_class

    from onrecord.cli import main

    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"there is no completion for {shell}")
    click.echo(made(main, {}, "onrecord", "_ONRECORD_COMPLETE").source())


class Failures:
    """Inputs that could not be read: each is told as it comes, and the command ends with exit status 1."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: InputError) -> None:
        """Tell of one on standard error."""
        tell(str(error))
        self.count += 1

    def end(self) -> None:
        """End the command, where there were any."""
        if self.count:
            tell(f"{self.count} of the inputs could not be read")
            sys.exit(1)


def _reports(paths: tuple[str, ...], date: str | None, failed: Failures) -> Iterator[Report]:
    """The reports of the paths given."""
    for path in paths:
        if path != "-":
            yield from open_reports(path, date=date, failed=failed)
            continue
        try:
            yield from reports_in(sys.stdin.buffer.read(), uri="-", date=date)
        except InputError as error:
            failed(error)


def _check_date(date: str | None) -> None:
    from datetime import datetime

    try:
        datetime.fromisoformat(date or "2000-01-01")
    except ValueError:
        raise click.UsageError(f"--date {date}: is not a date; write it as 2024-02-21") from None


def _print(records: Iterator[Record], shape: str) -> None:
    """Print each record as soon as it is read; a reader that closes early (`| head`) ends it quietly."""
    on_terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, WIDEST) if on_terminal else USUAL
    paint = _paint if on_terminal else plain
    count = 0
    for count, record in enumerate(records, 1):
        if shape == "sheet":
            click.echo(("\n" if count > 1 else "") + sheet(record, width=width, paint=paint), nl=False)
        elif shape == "jsonl":
            click.echo(record.to_json())
        else:
            click.echo("[" if count == 1 else ",", nl=False)
            click.echo(msgspec.json.format(record.to_json(), indent=1), nl=False)
    if shape == "json":
        click.echo("]" if count else "[]")


def _paint(style: str, text: str) -> str:
    return click.style(text, fg=COLOURS.get(style), bold=style in BOLD, dim=style == "note")


def _write_page(records: Iterator[Record], file: Path) -> None:
    from onrecord.exports.page import page

    file.write_text(page(list(records)), encoding="utf-8")
    tell(f"wrote {file}")


def _explain(records: Iterator[Record], id: str) -> None:
    for record in records:
        try:
            click.echo(explain(record, id, _rule_of(record, id)), nl=False)
        except KeyError:
            ids = ", ".join(item.id for item in record.items()) or "none"
            raise InputError(record.report.uri, f"has no item {id}", f"its items are: {ids}") from None


def _rule_of(record: Record, id: str) -> RuleText | None:
    """The rule that put an item in the record, from the file of its layer."""
    layer = next((name for name in LAYERS if any(item.id == id for item in record.layer(name) or ())), None)
    language = record.report.language or "en"
    if layer is None or not has_language(language, layer):
        return None
    rules = read_words(language, layer).get("rule", [])
    found = [rule for rule in rules if rule.get("name") == record[id].basis.name] if isinstance(rules, list) else []
    if not found:
        return None
    rule = found[0]
    return RuleText(file=f"lang/{language}/{layer}.toml", pattern=rule["pattern"], examples=tuple(rule["examples"]))


def _examples() -> Path:
    """The folder of examples: beside the package in a wheel, at the root of a checkout."""
    here = Path(__file__).parent
    for folder in (here.parent / "examples", here.parents[2] / "examples"):
        if folder.is_dir():
            return folder
    raise click.ClickException("the examples are not installed; see the folder examples/ of the repository")


def _example_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".html"))


def _named(report: Report, folder: Path) -> Report:
    """The report named by its place among the examples, so that the sheet is the same on every machine."""
    return msgspec.structs.replace(report, uri=Path(report.uri).relative_to(folder).as_posix())


def tell(message: str) -> None:
    """Say something on standard error: standard output carries results only."""
    click.echo(f"onrecord: {message}", err=True)
