"""Make the documentation's pictures from the shipped examples, in chromium: `python tools/screenshots.py`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import open_reports
from onrecord.store import Store
from onrecord.web.app import make_app

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = 8639
MOST = 150_000  # bytes of a picture: the repository keeps them


def main() -> None:
    """Serve the examples, photograph a report, a story and its figures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = fill(Path(folder) / "examples.onrecord")
        app = make_app(path)
        client = TestClient(app, base_url="http://localhost")
        story = client.get("/stories.json").json()["rows"][0]["digest"]
        timeline = client.get(f"/story/{story}.json").json()["timeline"]
        told = next(line["passage"] for line in timeline if "glion" in line["passage"]["report"])  # it has a headline
        passage = told["address"].split("#")[0]
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=PORT, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(base_url=f"http://127.0.0.1:{PORT}", viewport={"width": 920, "height": 600})
            page.goto(passage)
            keep(page.screenshot(), "report")
            page.goto(f"/story/{story}")
            keep(page.screenshot(), "story")
            keep(page.locator("#figures").screenshot(), "figures")
            page.set_viewport_size({"width": 1180, "height": 700})
            keep(page.locator("#places .mapped").screenshot(), "map")
            page.set_viewport_size({"width": 920, "height": 600})
            page.locator("#talks").evaluate("(one) => one.scrollIntoView()")
            keep(page.screenshot(), "talks")
            page.goto("/search?q=prisoners&status=happened&sort=novelty")
            keep(page.screenshot(), "search")
            browser.close()
        server.should_exit = True
        thread.join(5)


def fill(path: Path) -> Path:
    """A store of the example reports that tell one story, with its stories."""
    with Store(path) as store:
        os.chdir(ROOT)  # names of reports as in the documentation, not those of one machine
        for file in sorted(Path("examples/yemen-exchange").glob("*.txt")):
            for report in open_reports(file):
                store.add(onrecord.read(report), file.read_bytes())
    return path


def keep(picture: bytes, name: str) -> None:
    """Write a picture for the documentation, unless it is too large for it."""
    print(f"docs/images/{name}.png: {len(picture):,} bytes")
    if len(picture) > MOST:
        sys.exit(f"{name}.png would be over {MOST:,} bytes")
    (IMAGES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
