"""Verdicts given on a page: the forms, the request that gives one, and what guards it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import InputError
from onrecord.exports.corrections import verdict_words
from onrecord.record import Correction, Field, Item, Record, field_text, field_value, fields_of
from onrecord.store import Store
from onrecord.web import views
from onrecord.web.addresses import report_address

LARGEST = 65_536
"""Bytes of a form: the longest note and every field of an item with room to spare."""

NAME = "onrecord_by"
"""The cookie that keeps the name of who corrects."""

_YEAR = 365 * 86_400

Row = dict[str, object]


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a form: its name, what it holds now, how it is given, and what may be chosen."""

    name: str
    kind: str
    value: str
    many: bool
    choices: list[tuple[str, str]]


class CheckView(msgspec.Struct, frozen=True, kw_only=True):
    """An item with what may be said of it, and what was said, the last first."""

    report: str
    title: str
    headline: str | None
    digest: str
    address: str
    action: str
    layer: str
    item: dict[str, Any]
    words: str
    around: tuple[str, str]
    inputs: list[Input]
    history: list[Correction]

    def table(self) -> list[Row]:
        """What was said of it, a row each, for CSV."""
        return [
            {
                "number": one.number,
                "verdict": one.verdict,
                "by": one.by,
                "at": one.at,
                "note": one.note,
                "fields": msgspec.json.encode(one.fields).decode() if one.fields else "",
                "standing": one.standing,
            }
            for one in self.history
        ]


def check_view(store: Store, digest: str, id: str, query: Mapping[str, str]) -> CheckView:
    """The item of that id in a report. Raises KeyError where there is none."""
    shown = views.report(store, digest, query)
    record = shown.record
    item, report = record[id], record.report
    span = item.span
    said = [one for one in store.corrections(report, all=True) if one.id == id]
    return CheckView(
        report=report.uri,
        title=shown.title,
        headline=report.headline,
        digest=digest,
        address=report_address(digest, report.uri),
        action=action_of(digest, report.uri),
        layer=record.layer_of(id),
        item=msgspec.to_builtins(item),
        words=report.words(span),
        around=(report.text[max(0, span.start - 160) : span.start], report.text[span.end : span.end + 160]),
        inputs=[_input(record, item, field) for field in fields_of(type(item))],
        history=said[::-1],
    )


def action_of(digest: str, uri: str) -> str:
    """Where the verdicts on a report are sent."""
    head, _, query = report_address(digest, uri).partition("?")
    return f"{head}/correct" + (f"?{query}" if query else "")


def forms_beside(record: Record, standing: Mapping[str, Correction]) -> dict[str, str]:
    """For each item of a report the buttons that say it is right or wrong, as HTML; they are of the form `verdicts`."""
    action, _, query = action_of(record.report.digest, record.report.uri).partition("?")
    query = f"?{query}" if query else ""
    found = {}
    for item in record.items():
        id = escape(item.id)
        back = f'<button form="verdicts" name="withdrawn" value="{id}">take back</button>' if id in standing else ""
        found[id] = (
            f'<details class="check"><summary aria-label="check {id}">check</summary>'
            f'<button form="verdicts" name="confirmed" value="{id}">right</button>'
            f'<button form="verdicts" name="rejected" value="{id}">wrong</button>'
            f'<a href="{action}/{id}{escape(query)}">correct</a>{back}</details>'
        )
    return found


def name_of(request: Request) -> str:
    """Who corrects, as the cookie keeps it."""
    return " ".join(unquote(request.cookies.get(NAME, ""))[:100].split())


def may_correct(request: Request) -> bool:
    """Whether verdicts may be given here at all."""
    return not request.app.state.readonly


async def take_verdict(request: Request) -> Response:
    """Keep the verdict that a form sends, and lead back to its item."""
    if not may_correct(request):
        raise HTTPException(403, "These pages are for reading only; nothing was kept.")
    form = _form(await _body(request))
    refuse_foreign(request, form.get("token", ""))
    by = " ".join(form.get("by", "").split())
    if not by:
        raise HTTPException(400, "Say who you are: the name stands beside the verdict.")
    led = await run_in_threadpool(_keep, request, form, by)
    response = RedirectResponse(led, 303)
    response.set_cookie(NAME, quote(by), max_age=_YEAR, httponly=True, samesite="strict")
    return response


def refuse_foreign(request: Request, token: str) -> None:
    """Refuse what a page of another site sends, or a form that is not of these pages (CSRF): a 403.

    The browser says where a request comes from (Sec-Fetch-Site, Origin), and the form carries a token that only a
    reader of these pages can know.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = request.headers.get("host", "")
    if (site is not None and site != "same-origin") or (origin is not None and urlsplit(origin).netloc != ours):
        raise HTTPException(403, "This came from a page of another site; nothing was kept.")
    if not hmac.compare_digest(token.encode(), str(request.app.state.form_token).encode()):
        raise HTTPException(403, "This form is of an older start of onrecord: load its page again.")


def _keep(request: Request, form: Mapping[str, str], by: str) -> str:
    """Add the verdict of a form to the store; the address that it leads to."""
    digest = request.path_params["digest"]
    with Store(request.app.state.path) as store:
        try:
            record = views.report(store, digest, request.query_params).record
        except KeyError:
            raise HTTPException(404, f"The store has no report {digest}.") from None
        address = report_address(digest, record.report.uri)
        verdict = next((name for name in ("confirmed", "corrected", "rejected", "withdrawn") if name in form), None)
        if verdict is None:
            return address  # only the name was given
        id = form[verdict]
        fields = _changes(record, id, form) if verdict == "corrected" else {}
        store.correct(record, id, verdict, by=by, note=form.get("note", ""), fields=fields)
    return f"{address}#{id}"


def _changes(record: Record, id: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a form holds otherwise than the item has them."""
    try:
        item = record[id]
    except KeyError:
        return {}
    found = {}
    for field in fields_of(type(item)):
        given = form.get(f"set.{field.name}")
        if given is not None and " ".join(given.split()) != field_text(item, field, record.report):
            found[field.name] = field_value(given, field, item, record)
    return found


def _input(record: Record, item: Item, field: Field) -> Input:
    choices = [(value, value) for value in field.choices]
    if field.kind == "truth":
        choices = [("true", "yes"), ("false", "no")]
    if field.kind == "id" and not field.many:
        layer = {"actor": "actors", "place": "places", "time": "times"}.get(field.name.split(".")[-1], "attributions")
        choices = [(one.id, f"{one.id} {_called(one, record)}") for one in record.layer(layer) or ()]
    if choices and field.optional:
        choices = [("", "–"), *choices]
    return Input(
        name=field.name,
        kind=field.kind,
        many=field.many,
        value=field_text(item, field, record.report),
        choices=choices,
    )


def _called(item: Item, record: Record) -> str:
    """What to call an item in a list to choose from."""
    name = getattr(item, "name", None) or record.report.words(item.span)
    return " ".join(str(name).split())[:60]


async def _body(request: Request) -> bytes:
    """The body of a request; a form, and no larger than one."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "A verdict is sent as application/x-www-form-urlencoded.")
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST:
            raise HTTPException(413, f"A form has at most {LARGEST} bytes.")
    return data


def _form(data: bytes) -> dict[str, str]:
    """The fields of a form; of several of one name, the last."""
    try:
        return dict(parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=200, errors="strict"))
    except ValueError as error:  # UnicodeDecodeError is one
        raise InputError("the form", "cannot be read", "send it as UTF-8, percent-encoded") from error


def words_of_history(view: CheckView) -> list[str]:
    """What was said of an item, a line each."""
    return [verdict_words(one) for one in view.history]
