"""`onrecord serve`: the local pages over a store."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from socket import socket
from threading import Thread
from typing import TYPE_CHECKING

import click

from onrecord.cli.keeping import DEFAULT, reported
from onrecord.cli.reading import tell

if TYPE_CHECKING:
    import uvicorn

MOST = 4
"""Processes unless more are asked for: over 100,000 reports each has 120 to 170 MB, and a desk has few readers."""


@click.command()
@click.argument("path", metavar="STORE", default=DEFAULT, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Another than loopback asks for a token.")
@click.option("--port", default=8631, show_default=True, help="Where the pages are.")
@click.option("--read-only", "readonly", is_flag=True, help="Nobody can correct an item.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help=f"Processes that answer. [default: one a core, {MOST} at most]",
)
@click.option("--open", "-o", "show", is_flag=True, help="Open them in a browser.")
def serve(path: Path, host: str, port: int, readonly: bool, workers: int | None, show: bool) -> None:
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
        make_app(path, token=token, readonly=readonly)  # a wrong file is told before anything is served
    tell(f"{path} is at {address} (Ctrl-C ends it)")
    if show:
        import webbrowser

        webbrowser.open(address)
    pages = partial(make_app, path, token=token, readonly=readonly, secret=secrets.token_urlsafe(24))
    config = partial(uvicorn.Config, pages, factory=True, host=host, port=port, log_level="warning", access_log=False)
    if (workers or _processes()) == 1:
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config()).run()
    else:
        _share(config, workers or _processes())


def _share(config: Callable[[], uvicorn.Config], workers: int) -> None:
    """Answer in so many processes that listen at one socket, until told to end; one that dies is started again."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs have it ignored
    shared = config().bind_socket()
    spawn = multiprocessing.get_context("spawn")  # no lock of a thread of ours is copied
    running = [_start(spawn, config, shared) for _ in range(workers)]
    try:
        while True:
            wait([process.sentinel for process, _ in running])
            for at, (process, since) in enumerate(running):
                if process.is_alive():
                    continue
                if time.monotonic() - since < _SHORT:
                    raise click.ClickException(f"a process that answers ended with status {process.exitcode}")
                running[at] = _start(spawn, config, shared)
    except KeyboardInterrupt:
        pass
    finally:
        for process, _ in running:
            process.terminate()
        for process, _ in running:
            process.join()


_SHORT = 10.0  # seconds: a process that ends so soon would do so again


def _start(spawn: SpawnContext, config: Callable[[], uvicorn.Config], shared: socket) -> tuple[SpawnProcess, float]:
    process = spawn.Process(target=answer, args=(config, shared), daemon=True)
    process.start()
    return process, time.monotonic()


def answer(config: Callable[[], uvicorn.Config], shared: socket) -> None:
    """Answer at a socket, in a process that ends when the one that started it does, however that ended."""
    import uvicorn

    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config()).run(sockets=[shared])


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def _processes() -> int:
    """One a core that this process may use; on Windows one, where a console script cannot start others like itself."""
    if os.name == "nt":
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, MOST))
