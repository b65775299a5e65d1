"""The local pages over a store: routes, and what guards them.

Pages are made on the server, need no script, and ask nothing of any network. Each has its `.json`, and each list its
`.csv`. Only this machine may ask, by a name of its own, unless a token is set.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import msgspec
from anyio import to_thread
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import InputError, StoreError
from onrecord.exports.histogram import histogram_svg
from onrecord.exports.maps import Spot, map_svg
from onrecord.exports.page import article, layers_form
from onrecord.exports.plots import svg
from onrecord.gather import keep_told
from onrecord.record import count_words
from onrecord.store import Hit, Store
from onrecord.web import views
from onrecord.web.actors import ActorView, actor_view, part_of, until_of
from onrecord.web.addresses import report_address
from onrecord.web.caching import cached
from onrecord.web.collection import Collection, collection
from onrecord.web.correcting import (
    CheckView,
    action_of,
    check_view,
    forms_beside,
    may_correct,
    name_of,
    take_verdict,
    words_of_history,
)
from onrecord.web.guarding import guarded, told
from onrecord.web.lists import actor_index, place_index, quotations
from onrecord.web.mapping import address_of, map_alone, spots_of_store, spots_of_story, spots_round
from onrecord.web.openapi import document
from onrecord.web.places import PlaceView, place_view
from onrecord.web.readers import Readers
from onrecord.web.searching import ORDERS, address_without, search
from onrecord.web.statics import statics
from onrecord.web.stories import (
    PARTS,
    Count,
    StoryList,
    StoryView,
    find_story,
    first_of,
    part_of_story,
    story_list,
    story_view,
)
from onrecord.web.verdicts import summed
from onrecord.web.views import number_of

THREADS = 3
"""Pages that a process makes at once: one that reads the file lets another be drawn; more wait for each other."""

VIEWS = 8
"""What pages show that is kept while a site asks for their other forms."""


def make_app(
    path: str | Path, *, token: str | None = None, readonly: bool = False, secret: str | None = None
) -> Starlette:
    """The pages over the store at `path`.

    Without a token only requests to a loopback name are answered; with one, any request that bears it
    (`?token=…` once, kept in a cookie, or `Authorization: Bearer …`). With `readonly`, nobody can correct an item.
    Several processes that answer for one another are given the same `secret`, by which they know their forms.

    Raises StoreError where the store cannot be opened.
    """
    with Store(path, readonly=True):
        pass  # a wrong file is told before anything is served
    pages = Environment(
        loader=PackageLoader("onrecord.web"), autoescape=select_autoescape(default=True), auto_reload=False
    )
    pages.filters["path"] = lambda text: quote(str(text), safe="")
    pages.filters["snippet"] = _snippet
    pages.filters["verdicts"] = count_words
    pages.filters["summed"] = summed
    pages.globals["narrowed"] = address_without
    pages.globals["orders"] = ORDERS
    pages.globals["report_address"] = report_address
    pages.trim_blocks = pages.lstrip_blocks = True
    readers = Readers(Path(path))
    form_token = secret or secrets.token_urlsafe(24)
    keeper = ThreadPoolExecutor(1, "keeper")
    app = Starlette(
        routes=[
            Route("/", _page("front.html", lambda store, request: views.front(store, request.query_params))),
            Route("/search", _page("search.html", lambda store, request: search(store, request.query_params))),
            Route("/stories", _page("stories.html", _stories)),
            Route("/story/{digest:str}", _page("story.html", _story)),
            Route("/story/{digest:str}/plot/{number:str}.svg", _plot),
            Route("/story/{digest:str}/map.svg", _story_map),
            Route("/place/{number:str}/map.svg", _place_map),
            Route("/collection", _page("collection.html", lambda store, request: collection(store))),
            Route("/collection/map.svg", _collection_map),
            Route("/report/{digest:str}", _page("report.html", _report)),
            Route("/report/{digest:str}/correct/{id:str}", _page("correct.html", _check)),
            Route("/report/{digest:str}/correct", take_verdict, methods=["POST"]),
            Route("/place/{number:str}", _page("place.html", _place)),
            Route("/actors", _page("actors.html", lambda store, request: actor_index(store, *_asked(request)))),
            Route("/places", _page("places.html", lambda store, request: place_index(store, *_asked(request)))),
            Route("/quotations", _page("quotations.html", lambda store, request: quotations(store, *_asked(request)))),
            Route("/actor/{name:path}", _page("actor.html", _actor)),
            Route("/original/{digest:str}", _original),
            Route("/openapi.json", _openapi),
            Route("/static/{name:str}", statics()),
        ],
        middleware=[Middleware(guarded, token=token), Middleware(cached, readers=readers, salt=form_token)],
        lifespan=_ready,
        exception_handlers={InputError: told(400), StoreError: told(503), HTTPException: told()},
    )
    app.router.redirect_slashes = False
    app.state.path = Path(path)
    app.state.pages = pages
    app.state.readonly = readonly
    app.state.form_token = form_token
    app.state.readers = readers
    app.state.keep = lambda path, story: keeper.submit(keep_told, path, story)
    return app


@asynccontextmanager
async def _ready(app: Starlette) -> AsyncIterator[None]:
    """Let few threads make pages at once, for they take turns anyway, and have the templates ready for the first."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    Thread(target=_compile, args=(app.state.pages,), daemon=True).start()
    yield


def _compile(pages: Environment) -> None:
    for name in pages.list_templates():
        pages.get_template(name)


def _report(store: Store, request: Request) -> views.ReportView:
    with _found(request, "report"):
        return views.report(store, request.path_params["digest"], request.query_params)


def _check(store: Store, request: Request) -> CheckView:
    with _found(request, "such item in the report"):
        return check_view(store, request.path_params["digest"], request.path_params["id"], request.query_params)


def _stories(store: Store, request: Request) -> StoryList:
    return story_list(store, number_of(request.query_params, "start"))


def _story(store: Store, request: Request) -> StoryView:
    asked = request.query_params.get("part") or None
    if asked not in (None, *PARTS):
        raise InputError(f"part {asked!r}", "is no part of a story", f"there are {', '.join(PARTS)}")
    part = asked or ("all" if request.scope.get("form") or "views" in request.scope else None)
    kept, key = request.scope.get("views", {}), request.scope["path"]
    if key in kept:
        return part_of_story(kept[key], part)
    with _found(request, "story"):
        view = story_view(store, request.path_params["digest"], part, request.app.state.keep)
    if "views" in request.scope:
        kept[key] = view
    return view


def _asked(request: Request) -> tuple[QueryParams, int]:
    """What a list is asked for, and from which row on."""
    return request.query_params, number_of(request.query_params, "start")


def _place(store: Store, request: Request) -> PlaceView:
    with _found(request, "place"):
        return place_view(store, _number(request))


@contextmanager
def _found(request: Request, noun: str) -> Iterator[None]:
    """Answer that something is not in the store, where it is not."""
    try:
        yield
    except KeyError as error:
        name = next(iter(request.path_params.values()))
        raise HTTPException(404, f"The store has no {noun} {name}.") from error


def _number(request: Request) -> int:
    """The number in an address; a 404 where it is none."""
    text = request.path_params["number"]
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise HTTPException(404, f"{text} is no number that the store knows.")
    return int(text)


def _openapi(request: Request) -> Response:
    """What the pages give as data, described."""
    return Response(msgspec.json.encode(document()), media_type="application/json")


def _plot(request: Request) -> Response:
    """The plot of a story's series by its number, with its style in it, to be kept: a download."""
    with request.app.state.readers.reader() as store, _found(request, "story"):
        series = find_story(store, request.path_params["digest"], request.app.state.keep).series
    number = _number(request)
    drawn = svg(series[number - 1]) if 1 <= number <= len(series) else ""
    if not drawn:
        raise HTTPException(404, f"The story has no plot {number}.")
    style = files("onrecord.web").joinpath("static", "plot.css").read_text(encoding="utf-8")
    opening, body = drawn.split(">", 1)
    alone = f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{body}'
    name = f"{request.path_params['digest']}-{number}.svg"
    return Response(
        alone, media_type="image/svg+xml", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _collection_map(request: Request) -> Response:
    """The map of the places that most reports name, by itself."""
    with request.app.state.readers.reader() as store:
        spots = spots_of_store(store)
    return _map(spots, "map")


def _story_map(request: Request) -> Response:
    """The map of a story's places, by itself."""
    with request.app.state.readers.reader() as store, _found(request, "story"):
        spots = spots_of_story(store, store.story_id(request.path_params["digest"]))
    return _map(spots, f"{request.path_params['digest']}-map")


def _place_map(request: Request) -> Response:
    """The map of a place and what its reports name with it, by itself."""
    with request.app.state.readers.reader() as store:
        spots = spots_round(store, _number(request))
    return _map(spots, f"{_number(request)}-map", _number(request))


def _map(spots: list[Spot], name: str, focus: int | None = None) -> Response:
    drawn = map_alone(spots, name, focus)
    if drawn is None:
        raise HTTPException(404, "The store knows no place to draw there.")
    return drawn


def _actor(store: Store, request: Request) -> ActorView:
    name, asked = request.path_params["name"], request.query_params
    return actor_view(store, name, part_of(asked.get("part")), until_of(asked.get("until")))


def _snippet(hit: Hit) -> Markup:
    """The words round a hit, escaped, with what was asked for in `mark`."""
    out, at = [], 0
    for match in hit.matches:
        start, end = match.start - hit.snippet.start, match.end - hit.snippet.start
        out += [escape(hit.words[at:start]), Markup("<mark>{}</mark>").format(hit.words[start:end])]
        at = end
    return Markup("").join([*out, escape(hit.words[at:])])


def _page(template: str, view: Callable[[Store, Request], Any]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that shows a view as HTML, or as what the end of its address asks for."""

    async def endpoint(request: Request) -> Response:
        if request.scope.get("files"):  # a site asks for one page after the other
            return answer(request)
        return await run_in_threadpool(answer, request)

    def answer(request: Request) -> Response:
        form = request.scope.get("form", "html")
        shown = _shown(view, request)
        if form == "json":
            return Response(msgspec.json.encode(shown), media_type="application/json")
        if form == "csv":
            return Response(_csv(shown.table()), media_type="text/csv; charset=utf-8")
        extra: dict[str, Any] = {}
        if isinstance(shown, views.ReportView):
            said = {one.id: one for one in shown.corrections if one.id}
            forms = forms_beside(shown.record, said) if may_correct(request) else {}
            drawn = article(
                shown.record,
                at=shown.at,
                address=shown.address,
                corrections=shown.corrections,
                beside=forms,
                passages=request.scope.get("passages"),  # of a page that is to be a file
                title=shown.title,
            )
            extra = {"article": Markup(drawn), "layers": Markup(layers_form([shown.record]))}
            extra["action"] = action_of(shown.record.report.digest, shown.record.report.uri)
        if isinstance(shown, CheckView):
            extra["history"] = words_of_history(shown)
        if isinstance(shown, views.ReportView | CheckView) and may_correct(request):
            extra |= {"form_token": request.app.state.form_token, "by": name_of(request)}
        if isinstance(shown, StoryView):
            shown = first_of(shown)
            extra = {"plots": [_drawn(count) for count in shown.counts]}
        if isinstance(shown, Collection):
            drawn = histogram_svg(shown.bars, address=lambda bar: f"/search?after={bar.first}&before={bar.after}")
            extra["histogram"] = Markup(drawn)
        if spots := getattr(shown, "spots", None):
            focus = shown.place.geonameid if isinstance(shown, PlaceView) else None
            extra["map"] = Markup(map_svg(spots, address=address_of, focus=focus))
        html = request.app.state.pages.get_template(template).render(view=shown, request=request, **extra)
        return Response(html, media_type="text/html; charset=utf-8")

    return endpoint


def _shown(view: Callable[[Store, Request], Any], request: Request) -> Any:
    """What a page shows. A site asks for each form of a page in turn: what it shows is found once for all of them."""
    key = (request.scope["path"], request.scope["query_string"])
    kept = request.scope.get("views", {})
    if key in kept:
        return kept[key]
    with request.app.state.readers.reader() as store:
        shown = view(store, request)
    if "views" in request.scope:
        if len(kept) >= VIEWS:
            kept.clear()
        kept[key] = shown
    return shown


def _drawn(count: Count) -> Markup:
    """A plot whose marks lead to their words."""
    led = {id(mark.point): mark.passage.address for mark in count.marks}
    said = {id(mark.point): mark.said.words for mark in count.marks if mark.said}
    return Markup(
        svg(count.series, address=lambda point: led.get(id(point), ""), remark=lambda point: said.get(id(point), ""))
    )


def _original(request: Request) -> Response:
    """The bytes that a report was read from, as a download: never shown, for they may hold anything."""
    with request.app.state.readers.reader() as store, _found(request, "report"):
        data = store.original(request.path_params["digest"])
    return Response(
        data, media_type="application/octet-stream", headers={"content-disposition": 'attachment; filename="original"'}
    )


def _csv(rows: list[views.Row]) -> str:
    """Rows as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP)."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
