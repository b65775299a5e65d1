"""What guards the pages: who may ask, what every answer says to a browser, and what an answer that is an error says."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import msgspec
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

FORMS = ("json", "csv")
"""What a page is given as besides HTML, by the end of its address."""

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",  # with no-referrer a browser says of our own forms that they come from "null"
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}

COOKIE = "onrecord"


def guarded(app: ASGIApp, token: str | None) -> ASGIApp:
    """Let in who may come in, find the form that an address asks for, and set the headers of every answer."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request = Request(scope)
        asked = token is not None and "token" in request.query_params

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if asked:
                    headers["cache-control"] = "no-store"
            await send(message)

        refused = refusal(request, token)
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        _find_form(scope)
        if not asked or token is None:
            await app(scope, receive, with_headers)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                keep = Response()
                keep.set_cookie(COOKIE, token, httponly=True, samesite="strict")
                MutableHeaders(scope=message).append("set-cookie", keep.headers["set-cookie"])
            await with_headers(message)

        await app(scope, receive, with_cookie)

    return guard


def refusal(request: Request, token: str | None) -> Response | None:
    """The answer to who may not come in; None for who may."""
    if token is None and request.headers.get("host", "").rsplit(":", 1)[0] not in LOOPBACK:
        return PlainTextResponse("onrecord answers to this machine only; see onrecord serve --help", 403)
    if token is not None and not _bears(request, token):
        return PlainTextResponse("a token is needed: open the address that onrecord serve printed", 401)
    return None


def _find_form(scope: Scope) -> None:
    """Take `.json` or `.csv` off the end of an address, and say which it was in `scope["form"]`."""
    path: str = scope["path"]
    for form in FORMS:
        if path.endswith(f".{form}") and not path.startswith("/static/") and path != "/openapi.json":
            bare = path.removesuffix(f".{form}")
            scope["path"], scope["form"] = "/" if bare == "/front" else bare, form


def _bears(request: Request, token: str) -> bool:
    """Whether a request has the token, compared in constant time."""
    given = (
        request.query_params.get("token"),
        request.cookies.get(COOKIE),
        request.headers.get("authorization", "").removeprefix("Bearer "),
    )
    return any(secrets.compare_digest((one or "").encode(), token.encode()) for one in given)


def told(status: int = 404) -> Callable[[Request, Exception], Response]:
    """An answer that says what is wrong, in the form that was asked for, with `status` or that of the error."""

    def handler(request: Request, error: Exception) -> Response:
        code, message, headers = status, str(error), None
        if isinstance(error, HTTPException):
            code, message, headers = error.status_code, error.detail, error.headers
        form = request.scope.get("form")
        if form == "json":
            data = msgspec.json.encode({"error": message, "status": code})
            return Response(data, code, headers, media_type="application/json")
        if form == "csv":
            return PlainTextResponse(message, code, headers)
        html = request.app.state.pages.get_template("error.html").render(message=message, code=code, request=request)
        return Response(html, code, headers, media_type="text/html; charset=utf-8")

    return handler
