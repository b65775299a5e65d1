"""The pages of a store as plain files, which any web server or a stick can carry.

The site asks the served pages for themselves, in this process, and follows their links until every one leads to a file:
what is added to the pages is in the site too. Links are made relative; a passage of a report, which the server marks
when it is asked for, gets an anchor in the report's one file.
"""

from __future__ import annotations

import asyncio
import csv
import io
import os
import posixpath
import re
from collections import deque
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import msgspec
from starlette.applications import Starlette

from onrecord.errors import InputError
from onrecord.gather import tell
from onrecord.record import Span
from onrecord.store import Store
from onrecord.web.app import make_app
from onrecord.web.filenames import Target, target_of

MANIFEST = "onrecord-site.txt"
_FIRST = "the files that onrecord site wrote here; it takes away those that it writes no more"
_START = ("/",)
_STORIES = 100  # told at a time
_LINKS = 100_000  # kept at once, some 20 MB: a page leads to what those about it lead to
_LED = re.compile(r' (href|src)="(/[^"]*)"')  # our own attributes only: text and values have no raw quotation mark
_ANCHOR = re.compile(r' id="at-(\d+)-(\d+)"')
_ADDRESSES = {"address", "at", "href"}  # columns of CSV that lead somewhere, and members of JSON
# In a text of JSON each quotation mark has a backslash before it, so that only members are found.
_LED_IN_JSON = re.compile(r'"(address|at|href)":"(/[^"\\]*)"')


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did: how many files there are, it wrote and it took away; which addresses have no page."""

    files: int
    changed: int
    removed: int
    dead: list[str]


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    status: int
    kind: str
    body: bytes


def write_site(
    store: Path, folder: Path, *, originals: bool = True, told: Callable[[int], None] = lambda count: None
) -> Written:
    """Write the pages of `store` as files into `folder`; a file that is there and the same is left as it is.

    A run that was broken off is taken up by the next. `told` is called with the number of files so far. Without
    `originals`, the bytes that reports were read from are left out.

    Raises InputError where `folder` holds something else, StoreError where the store cannot be read.
    """
    app = make_app(store, readonly=True)
    before = _open_folder(folder)
    _tell_all(store)
    return _run(_Site(app, folder, before, originals, told))


def _run(site: _Site) -> Written:
    """Write a site, in a thread of its own where this one has a loop already (a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(site.write())
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(site.write())).result()


def _tell_all(path: Path) -> None:
    """Tell each story, which the store keeps: lists say how much each holds, the first time as the second."""
    with Store(path, readonly=True) as store:
        for start in range(0, store.count_stories(), _STORIES):
            for row in store.stories(_STORIES, start):
                tell(store, str(row["id"]))


def _open_folder(folder: Path) -> list[str]:
    """The files that earlier runs wrote into a folder, which is made where there is none."""
    manifest = folder / MANIFEST
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not manifest.exists() and any(folder.iterdir()):
            raise InputError(str(folder), "holds something other than a site", "give a new or an empty folder")
        if not manifest.exists():
            manifest.write_text(f"{_FIRST}\n", encoding="utf-8")
        first, *files = manifest.read_text(encoding="utf-8").splitlines() or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(folder), f"cannot be written ({error})", "look at the folder and the rights") from error
    if first != _FIRST:
        raise InputError(str(manifest), "is not of a site of this version", "give a new or an empty folder")
    return files


class _Site:
    """A run: what is still to be asked for, and what each report must have an anchor for."""

    def __init__(
        self, app: Starlette, folder: Path, before: list[str], originals: bool, told: Callable[[int], None]
    ) -> None:
        self.app, self.folder, self.before, self.originals, self.told = app, folder, before, originals, told
        self.files: dict[str, str] = {}  # file -> address that it shows
        self.waiting: deque[Target] = deque()
        self.reports: dict[str, Target] = {}  # reports to be written, after the pages that lead into them
        self.wanted: dict[str, set[Span]] = {}
        self.anchored: dict[str, set[Span]] = {}
        self.changed = 0
        self.dead: list[str] = []
        self.current = ""
        self.views: dict[object, object] = {}  # what the last page shows, for its other forms
        self.links: dict[tuple[str, str], str] = {}

    async def write(self) -> Written:
        for address in _START:
            self.lead(address)
        with (self.folder / MANIFEST).open("a", encoding="utf-8") as manifest:
            while self.waiting or self.reports:
                if self.waiting:
                    target, passages = self.waiting.popleft(), None
                else:
                    file, target = self.reports.popitem()
                    passages = self.wanted.get(file, set())
                await self.write_one(target, passages)
                manifest.write(f"{target.file}\n")
                self.told(len(self.files))
        gone = self.clear()
        listed = "\n".join([_FIRST, *sorted(self.files)])
        _write(self.folder / MANIFEST, f"{listed}\n".encode())
        return Written(files=len(self.files), changed=self.changed, removed=gone, dead=self.dead)

    def lead(self, address: str) -> Target | None:
        """Where an address leads; what it leads to is written in its turn."""
        target = target_of(address)
        if target is None or (not self.originals and target.file.startswith("original/")):
            return None
        if target.passage:
            self.wanted.setdefault(target.file, set()).add(target.passage)
        new = target.file not in self.files
        self.files[target.file] = target.address
        if target.file.startswith("report/") and target.file.endswith(".html"):
            late = target.passage and target.passage not in self.anchored.get(target.file, {target.passage})
            if new or late:
                self.reports[target.file] = target
        elif new and _bare(target.file).removesuffix(_part(target)) == _bare(self.current):
            self.waiting.appendleft(target)  # another form of the page in hand
        elif new:
            self.waiting.append(target)
        return target

    async def write_one(self, target: Target, passages: set[Span] | None) -> None:
        self.current = target.file
        asked_for: dict[str, object] = {"passages": passages or (), "originals": self.originals, "views": self.views}
        answer = await _ask(self.app, target.address, asked_for)
        if answer.status != 200:
            self.dead.append(target.address)
            return
        if passages is not None:  # those that stand in no part of the text get no anchor, and are not asked for again
            found = {Span(int(start), int(end)) for start, end in _ANCHOR.findall(answer.body.decode())}
            self.anchored[target.file] = found | passages
        body = self.relative(target.file, answer)
        self.changed += _write(self.folder / target.file, body)

    def relative(self, file: str, answer: _Answer) -> bytes:
        """A page with its addresses as links from `file` to the other files."""
        kind = answer.kind.split(";")[0]
        if kind in ("text/html", "image/svg+xml"):
            return _LED.sub(lambda m: self.attribute(file, m), answer.body.decode()).encode()
        if kind == "application/json":
            return _LED_IN_JSON.sub(lambda m: self.member(file, m), answer.body.decode()).encode()
        if kind == "text/csv":
            return self.table(file, answer.body.decode()).encode()
        return answer.body

    def attribute(self, file: str, found: re.Match[str]) -> str:
        link = self.link(file, unescape(found[2]))
        return f' {found[1]}="{escape(link)}"' if link else ""

    def link(self, file: str, address: str) -> str:
        """The link from a file to what an address leads to, and that is written; found once for all in its folder."""
        key = (posixpath.dirname(file), address)
        link = self.links.get(key)
        if link is None:
            if len(self.links) >= _LINKS:
                self.links.clear()
            target = self.lead(address)
            link = self.links[key] = _link(key[0], target) if target else ""
        own = f"{quote(posixpath.basename(file))}#"
        return link.removeprefix(own[:-1]) if link.startswith(own) else link

    def member(self, file: str, found: re.Match[str]) -> str:
        return f'"{found[1]}":"{self.link(file, found[2])}"'

    def table(self, file: str, text: str) -> str:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        led = {at for at, name in enumerate(rows[0] if rows else ()) if name in _ADDRESSES}
        out = io.StringIO()
        cells = ([self.link(file, c) if n in led and c[:1] == "/" else c for n, c in enumerate(row)] for row in rows)
        csv.writer(out, lineterminator="\r\n").writerows(cells)
        return out.getvalue()

    def clear(self) -> int:
        """Take away what earlier runs wrote and this one did not; how many files that were."""
        root = self.folder.resolve()
        count = 0
        for file in set(self.before) - set(self.files):
            path = self.folder / file
            if path.resolve().is_relative_to(root) and path.is_file():
                path.unlink()
                count += 1
        return count


def _bare(file: str) -> str:
    """A file without the form that its end tells."""
    return file.rpartition(".")[0]


def _part(target: Target) -> str:
    """The end of the name of a file that holds a part of a story's table."""
    return f"-part-{target.address.partition('?part=')[2]}"


def _link(folder: str, target: Target) -> str:
    """The link from a folder to what a target names, as `posixpath.relpath` would give it in ten times the time."""
    here, there = folder.split("/") if folder else [], target.file.split("/")
    same = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), len(here))
    anchor = f"#{target.anchor}" if target.anchor else ""
    return "../" * (len(here) - same) + quote("/".join(there[same:])) + anchor


def _write(path: Path, body: bytes) -> bool:
    """Write a file whole or not at all; False where it is there and the same."""
    try:
        if path.read_bytes() == body:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(body)
    os.replace(beside, path)
    return True


async def _ask(app: Starlette, address: str, asked_for: dict[str, object]) -> _Answer:
    """What the served pages answer, for a reader of files."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "files": True,
        **asked_for,
    }
    status, kind, body = 0, "", bytearray()
    asked = False

    async def receive() -> dict[str, object]:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()  # nobody goes away before the answer is whole
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, kind
        if message["type"] == "http.response.start":
            status = message["status"]
            kind = dict(message["headers"]).get(b"content-type", b"").decode()
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return _Answer(status=status, kind=kind, body=bytes(body))
