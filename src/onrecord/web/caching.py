"""What is kept: by a browser, each page, its data and each file with a mark (ETag) of the state of the store; here, the
pages that were asked for last.

What is asked for again with that mark is answered with 304 and nothing read. What is private is kept by the browser
alone, and asked for again each time.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from email.utils import formatdate, parsedate_to_datetime
from threading import Lock

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import StoreError
from onrecord.web.readers import Readers

KEEP = "private, no-cache"
"""Kept by the browser only, and never shown without asking whether it is still so."""

ROOM = 32 << 20
"""Bytes of pages that are kept here: some hundreds."""

_LARGEST = 1 << 20  # of a page that is kept; originals and tables can be much larger


class _Page(msgspec.Struct, frozen=True):
    """A page that was sent, and the mark that it had."""

    etag: str
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Pages:
    """The pages that were asked for last, up to `room` bytes. One serves as long as its mark is that of the store."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, ...], _Page] = OrderedDict()
        self._size = 0

    def get(self, key: tuple[str, ...], etag: str) -> _Page | None:
        """The page, where it is there and still so."""
        with self._lock:
            page = self._held.get(key)
            if page is None or page.etag != etag:
                return None
            self._held.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: _Page) -> None:
        """Keep a page, in the place of those not asked for longest."""
        with self._lock:
            before = self._held.pop(key, None)
            self._size += len(page.body) - (len(before.body) if before else 0)
            self._held[key] = page
            while self._size > self._room:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone.body)


def cached(app: ASGIApp, readers: Readers, salt: str) -> ASGIApp:
    """Mark what was read, answer 304 to who has it, and give again what was just given to another.

    `salt` is another for pages that are drawn otherwise.
    """
    pages = Pages()

    async def cache(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope.get("files"):  # what is written as a file is asked for once
            await app(scope, receive, send)
            return
        if scope["path"].startswith("/static/"):
            await app(scope, receive, _stating(send, {"cache-control": "no-cache"}))
            return
        request = Request(scope)
        by = request.cookies.get("onrecord_by", "")
        try:
            etag = _etag(f"{salt} {readers.mark()} {by}")
        except StoreError:  # the page itself will tell
            etag = ""
        if not etag or scope["method"] not in ("GET", "HEAD"):
            await app(scope, receive, _stating(send, {"cache-control": "no-store"}))
            return
        changed = readers.changed()
        headers = {"etag": etag, "cache-control": KEEP, "vary": "Cookie"}
        if changed is not None:
            headers["last-modified"] = formatdate(changed, usegmt=True)
        if unchanged(request.headers, etag, changed):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        stating = _stating(send, headers)
        if scope["method"] != "GET":
            await app(scope, receive, stating)
            return
        key = (scope["path"], scope.get("form", ""), scope["query_string"].decode("latin-1"), by)
        page = pages.get(key, etag)
        if page is None:
            await app(scope, receive, _keeping(stating, pages, key, etag))
            return
        await stating({"type": "http.response.start", "status": 200, "headers": list(page.headers)})
        await stating({"type": "http.response.body", "body": page.body})

    return cache


def unchanged(asked: Headers, etag: str, changed: float | None) -> bool:
    """Whether who asks has what is there: by its mark, or, where none is given, by its date (RFC 9110, 13.2.2)."""
    if (marks := asked.get("if-none-match")) is not None:
        return marks.strip() == "*" or etag in [mark.strip().removeprefix("W/") for mark in marks.split(",")]
    since = asked.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return int(changed) <= parsedate_to_datetime(since).timestamp()
    except (TypeError, ValueError, OverflowError):
        return False


def _stating(send: Send, headers: dict[str, str]) -> Send:
    """Give these headers to an answer that is good; what is an error is kept by nobody."""

    async def stating(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = MutableHeaders(scope=message)
            if message["status"] in (200, 304):
                for name, value in headers.items():
                    given.setdefault(name, value)
            else:
                given["cache-control"] = "no-store"
        await send(message)

    return stating


def _keeping(send: Send, pages: Pages, key: tuple[str, ...], etag: str) -> Send:
    """Keep an answer that is good and comes whole, before its headers are added to."""
    start: Message | None = None

    async def keeping(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = {**message, "headers": list(message["headers"])}
        elif start:
            body = message.get("body", b"")
            if start["status"] == 200 and not message.get("more_body") and len(body) <= _LARGEST:
                pages.put(key, _Page(etag, start["headers"], body))
            start = None
        await send(message)

    return keeping


def _etag(state: str) -> str:
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'
