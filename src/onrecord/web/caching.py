"""What a browser may keep: each page, its data and each file with a mark (ETag) of the state of the store.

What is asked for again with that mark is answered with 304 and nothing read. What is private is kept by the browser
alone, and asked for again each time.
"""

from __future__ import annotations

import hashlib
from email.utils import formatdate, parsedate_to_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import StoreError
from onrecord.web.readers import Readers

KEEP = "private, no-cache"
"""Kept by the browser only, and never shown without asking whether it is still so."""


def cached(app: ASGIApp, readers: Readers, salt: str) -> ASGIApp:
    """Mark what was read, and answer 304 to who has it. `salt` is another for pages that are drawn otherwise."""

    async def cache(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if scope["path"].startswith("/static/"):
            await app(scope, receive, _stating(send, {"cache-control": "no-cache"}))
            return
        request = Request(scope)
        try:
            etag = _etag(f"{salt} {readers.mark()} {request.cookies.get('onrecord_by', '')}")
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
        await app(scope, receive, _stating(send, headers))

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


def _etag(state: str) -> str:
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'
