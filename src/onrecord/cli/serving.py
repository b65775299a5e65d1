"""`onrecord serve`: the local pages over a store."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from onrecord.cli.keeping import DEFAULT, reported
from onrecord.cli.reading import tell


@click.command()
@click.argument("path", metavar="STORE", default=DEFAULT, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Another than loopback asks for a token.")
@click.option("--port", default=8631, show_default=True, help="Where the pages are.")
@click.option("--read-only", "readonly", is_flag=True, help="Nobody can correct an item.")
@click.option("--open", "-o", "show", is_flag=True, help="Open them in a browser.")
def serve(path: Path, host: str, port: int, readonly: bool, show: bool) -> None:
    """Show the pages over a store, to this machine only unless --host says otherwise.

    \b
    Example:
      onrecord serve news.onrecord -o
    """
    import uvicorn

    from onrecord.web.app import make_app
    from onrecord.web.guarding import LOOPBACK

    token = None if host in (*LOOPBACK, "::1") else secrets.token_urlsafe(24)
    address = f"http://{host}:{port}/" + (f"?token={token}" if token else "")
    with reported():
        app = make_app(path, token=token, readonly=readonly)
    tell(f"{path} is at {address} (Ctrl-C ends it)")
    if show:
        import webbrowser

        webbrowser.open(address)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
