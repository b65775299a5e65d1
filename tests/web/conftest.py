"""What the tests in a browser share: a server over a store, and the browser."""

import shutil
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn

from onrecord.web.app import make_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def serve():
    """`with serve(path) as address`: the pages over a store, on a free port of this machine."""

    @contextmanager
    def serve(path, **settings):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        app = make_app(path, **settings)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(5)

    return serve


@pytest.fixture(scope="module")
def browser():
    """Chromium. A test that needs it is skipped where it, or its driver, is absent.

    Closed with its module: Playwright keeps an event loop running in its thread, in which no other can be run.
    """
    sync = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if CHROMIUM is None:
        pytest.skip("needs chromium")
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
