"""`onrecord story`: what the reports of a store say together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import msgspec

from onrecord.cli.keeping import place_rest, print_rows, reported, with_rows, with_store
from onrecord.errors import InputError
from onrecord.exports.negotiation import board_text, table
from onrecord.exports.plots import bars
from onrecord.exports.values import bounds, count_words_of
from onrecord.gather import tell
from onrecord.link.news import Earlier, find_news
from onrecord.link.series import report_day
from onrecord.record import Record, Report
from onrecord.record.story import News, Passage, Point, Story
from onrecord.store import Store

Row = dict[str, Any]


@click.group(name="story")
def story() -> None:
    """What the reports of a store say together: timelines, tolls, disputes, who says what.

    \b
    Examples:
      onrecord story list
      onrecord story show 1
      onrecord story figures 1 --csv > tolls.csv
    """


@story.command(name="list")
@click.option("--limit", default=50, show_default=True, help="At most so many.")
@with_rows
@with_store
def list_stories(path: Path, shape: str | None, limit: int) -> None:
    """The stories, those of most reports first; the number is what the other commands take."""
    with _opened(path) as store:
        rows: list[Row] = [{"number": number, **row} for number, row in enumerate(store.stories(limit), 1)]
    if shape:
        print_rows(rows, shape)
        return
    for row in rows:
        click.echo(f"{row['number']:>4}  {row['reports']:>4} reports  {row['latest'] or '–':10}  {row['title']}")


@story.command()
@click.argument("which")
@with_store
def show(which: str, path: Path) -> None:
    """A story whole: what happened, how the figures moved, where sources disagree, who says what."""
    with _opened(path) as store:
        one = pick(store, which)
        click.secho(one.title, bold=True)
        click.echo(f"{len(one.reports)} reports, {len(one.copies)} of them copies or versions of another")
        for title, rows, line in (
            ("What happened", moment_rows(store, one), "{day}  {words}  ({independent} independent)"),
            ("How many", point_rows(store, one), "{day}  {count}: {value}  {step}  {source}"),
            ("Where sources disagree", dispute_rows(store, one), "{day}  {count}: {value}  {source}"),
        ):
            click.secho(f"\n{title}", bold=True)
            click.echo("\n".join("  " + line.format(**row) for row in rows) or "  nothing")
        click.secho("\nWho says what", bold=True)
        for speaker in one.speakers:
            click.echo(f"  {speaker.name}: {len(speaker.statements)} statements, {len(speaker.shifts)} changes")
        if one.talks:
            click.secho("\nThe talks", bold=True)
            click.echo(board_text(one.talks, lambda passage: _words(store, passage)))


@story.command()
@click.argument("which")
@with_rows
@with_store
def timeline(which: str, path: Path, shape: str | None) -> None:
    """What happened, day by day, who told it first and how many reports stand behind it."""
    with _opened(path) as store:
        rows = moment_rows(store, pick(store, which))
    _show(rows, shape, "{day}  {words}\n            first {first}; {independent} independent")


@story.command()
@click.argument("which")
@with_rows
@with_store
def figures(which: str, path: Path, shape: str | None) -> None:
    """How the figures moved: each point with its bounds, its source and its report."""
    with _opened(path) as store:
        one = pick(store, which)
        rows = point_rows(store, one)
    if shape:
        print_rows(rows, shape)
        return
    for series in one.series:
        click.secho(count_words_of(series), bold=True)
        click.echo(bars([(f"{point.day or '–'}  {point.source or ''}", point) for point in series.points]))


@story.command()
@click.argument("which")
@with_rows
@with_store
def disputes(which: str, path: Path, shape: str | None) -> None:
    """Where sources answer the same question otherwise on the same day."""
    with _opened(path) as store:
        rows = dispute_rows(store, pick(store, which))
    _show(rows, shape, "{day}  {count}: {value}  {source}\n            “{words}”  {report}")


@story.command()
@click.argument("which")
@with_rows
@with_store
def talks(which: str, path: Path, shape: str | None) -> None:
    """How the talks stand: sides, rounds, who comes, what sticks, who moved, on what terms, who waits for what."""
    with _opened(path) as store:
        board = pick(store, which).talks

        def words(passage: Passage) -> str:
            return _words(store, passage)

        if shape:
            print_rows(table(board, words) if board else [], shape)
        else:
            click.echo(board_text(board, words) if board else "nothing")


@story.command()
@click.argument("which")
@click.option("--since", metavar="DATE", help="From this day on. [default: the day of its last report]")
@with_rows
@with_store
def new(which: str, since: str | None, path: Path, shape: str | None) -> None:
    """What later reports of a story say that none before did, report by report.

    A sentence that an earlier report has with other numbers is shown with what it was there.
    """
    with _opened(path) as store:
        uris = pick(store, which).reports
        told = [(record.report, store.sentences(record.report)) for record in map(store.get, uris)]
        last = max((day for report, _ in told if (day := report_day(report))), default="")
        first = _start("since", since) if since is not None else last
        rows = []
        earlier = Earlier()
        for report, spans in told:
            if (report_day(report) or "") >= first:
                found = find_news(report.uri, report.text, spans, earlier)
                rows += [_news_row(store, report, news) for news in found]
            earlier.add(report.uri, report.text, spans)
    if shape:
        print_rows(rows, shape)
        return
    for report, group in groupby(rows, key=lambda row: row["report"]):
        lines = list(group)
        click.secho(" · ".join(part for part in (lines[0]["day"], lines[0]["provider"], report) if part), bold=True)
        for row in lines:
            was = f"\n      was: {row['was']}  ({row['was_report']})" if row["was"] else ""
            click.echo(f"  {row['words']}{was}")
    if not rows:
        click.echo("nothing")


def _start(name: str, value: str) -> str:
    """The first day of a date, a month or a year. Raises InputError where it is none."""
    for form in (value, f"{value}-01", f"{value}-01-01"):
        with suppress(ValueError):
            return date.fromisoformat(form).isoformat()
    raise InputError(f"{name} {value!r}", "is not a date", "write it as 2024-02-21, 2024-02 or 2024")


def _news_row(store: Store, report: Report, news: News) -> Row:
    """A sentence that is new, and what was said with other numbers before it, where that is all that is new."""
    was = news.like if news.kind == "figures" else None
    return {
        "day": report_day(report),
        "kind": news.kind,
        "words": " ".join(report.words(news.passage.span).split()),
        "was": _words(store, was) if was else None,
        "was_report": was.uri if was else None,
        "provider": report.provider,
        **_place(news.passage),
    }


def _place(passage: Passage) -> Row:
    """Where words stand: the report, and the code points of its text."""
    return {"report": passage.uri, "start": passage.span.start, "end": passage.span.end}


@contextmanager
def _opened(path: Path) -> Iterator[Store]:
    """The store, with all its reports in stories: those that an older onrecord added are put there first."""
    with reported():
        with Store(path, readonly=True) as store:
            waiting = store.unplaced()
        if waiting:
            with Store(path) as store:
                place_rest(store)
        with Store(path, readonly=True) as store:
            yield store


def pick(store: Store, which: str) -> Story:
    """The story of that number in the list, or of that id. Raises InputError where there is none."""
    try:
        if which.isdigit() and len(which) < 10:
            rows = store.stories(1, int(which) - 1) if int(which) else []
            which = str(rows[0]["id"]) if rows else which
        return tell(store, which)
    except KeyError:
        raise InputError(which, "is no story", "onrecord story list shows their numbers and ids") from None


def moment_rows(store: Store, one: Story) -> list[Row]:
    """A row a line of the timeline."""
    return [
        {
            "day": moment.day,
            "words": _words(store, moment.passage),
            "first": moment.first,
            "independent": moment.independent,
            **_place(moment.passage),
        }
        for moment in one.moments
    ]


def point_rows(store: Store, one: Story) -> list[Row]:
    """A row a point of a series."""
    return [
        {**_point(store, point), "count": count_words_of(series), "step": point.step}
        for series in one.series
        for point in series.points
    ]


def dispute_rows(store: Store, one: Story) -> list[Row]:
    """A row a side of a dispute."""
    return [
        {**_point(store, side), "count": count_words_of(dispute)} for dispute in one.disputes for side in dispute.sides
    ]


def _point(store: Store, point: Point) -> Row:
    return {
        "day": point.day or "–",
        "value": bounds(point),
        "source": point.source or "the report's own",
        "words": _words(store, point.passage),
        **_place(point.passage),
    }


def _words(store: Store, passage: Passage) -> str:
    return _line(store.get(passage.uri), passage)


def _line(record: Record, passage: Passage) -> str:
    return " ".join(record.report.words(passage.span).split())


def _show(rows: list[Row], shape: str | None, line: str) -> None:
    """Rows as JSON or CSV, or a line each for a reader."""
    if shape:
        print_rows([msgspec.to_builtins(row) for row in rows], shape)
        return
    click.echo("\n".join(line.format(**row) for row in rows) or "nothing")
