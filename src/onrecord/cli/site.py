"""`onrecord site`: the pages over a store as plain files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.keeping import reported
from onrecord.cli.reading import tell
from onrecord.errors import InputError


@click.command()
@click.argument("path", metavar="STORE", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--no-originals", is_flag=True, help="Leave out the bytes that reports were read from.")
def site(path: Path, folder: Path, no_originals: bool) -> None:
    """Write the pages over a store as files that any web server or a stick can carry.

    Open DIR/index.html. Written again, only what has changed is written; what is gone from the store goes. A run that
    was broken off is taken up by the next. Files cannot search: the lists of actors, places and quotations stand in.

    \b
    Example:
      onrecord site news.onrecord public/
    """
    from onrecord.web.site import write_site

    def told(count: int) -> None:
        if sys.stderr.isatty() and count % 25 == 0:
            click.echo(f"\r{count} files", nl=False, err=True)

    with reported():
        done = write_site(path, folder, originals=not no_originals, told=told)
        if sys.stderr.isatty():
            click.echo("\r", nl=False, err=True)
        tell(f"{folder / 'index.html'}: {done.files} files, {done.changed} written, {done.removed} taken away")
        if done.dead:
            raise InputError(done.dead[0], f"is no page, and {len(done.dead) - 1} more", "this is a fault of onrecord")
