"""The description of what the pages give as data: an OpenAPI 3.1 document that follows from the views."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from onrecord.store import SORTS
from onrecord.web.actors import PARTS as SIDES
from onrecord.web.actors import ActorView
from onrecord.web.collection import Collection
from onrecord.web.correcting import LARGEST, CheckView
from onrecord.web.lists import Index, Quotations
from onrecord.web.places import PlaceView
from onrecord.web.searching import Search
from onrecord.web.stories import PARTS, StoryList, StoryView
from onrecord.web.views import MONTH, Listing, ReportView

Schema = dict[str, Any]

ERRORS = {
    400: "A parameter is wrong; the message says which and how to write it.",
    401: "A token is needed.",
    403: "This machine alone is answered, or nothing may be corrected from here.",
    404: "The store has no such thing.",
    413: "The form is too large.",
    415: "The body is no form.",
    503: "The store cannot be read now; the message says why.",
}

DIGEST: Schema = {"type": "string", "minLength": 1, "description": "SHA-256 of an original, hexadecimal"}
NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
EMPTY: Schema = {"type": "string", "const": ""}
MAYBE: Schema = {"anyOf": [NUMBER, EMPTY]}
TEXT: Schema = {"type": "string"}
DAY: Schema = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": MONTH}, EMPTY],
    "description": "an ISO 8601 date, month or year",
}


class Parameter(msgspec.Struct, frozen=True):
    """What an address may ask with."""

    name: str
    schema: Schema
    description: str
    where: str = "query"


START = Parameter("start", MAYBE, "the row that the page starts at")
LETTER = Parameter("letter", {"type": "string", "pattern": "^[A-Za-z]?$"}, "names that begin so, in order")
WHICH = Parameter("n", {"type": "string"}, "which report of an original that holds several: what follows # in its uri")
PATH_DIGEST = Parameter("digest", DIGEST, "the original of a report", "path")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: where it is, what it shows, the view that is its JSON, and what it may be asked with.

    `data` is the address of its JSON and CSV less their endings, where that is another.
    """

    path: str
    title: str
    view: type[msgspec.Struct]
    asks: tuple[Parameter, ...] = ()
    data: str | None = None


PAGES: tuple[Page, ...] = (
    Page(path="/", data="/front", title="The reports, newest first", view=Listing, asks=(START,)),
    Page(
        path="/search",
        title="Where words stand, or what somebody said",
        view=Search,
        asks=(
            Parameter("q", TEXT, 'words; "a phrase", begin*, -not'),
            Parameter("by", TEXT, "only what this actor or source is said to have said"),
            Parameter("about", TEXT, "only reports that name this actor or place"),
            Parameter("place", MAYBE, "only reports that name the place of this GeoNames number, under any name"),
            Parameter("kind", TEXT, "only what sources of this kind say: named, unnamed, group, document, media"),
            Parameter("event", TEXT, "only reports that tell of an event of this PLOVER type"),
            Parameter("status", TEXT, "only reports that tell of an event that stands so: happened, planned, denied"),
            Parameter("outcome", TEXT, "only reports that count this: killed, wounded, freed, …"),
            Parameter("outlet", TEXT, "only reports of this outlet or agency"),
            Parameter("language", TEXT, "only reports in this language"),
            Parameter("after", DAY, "from this day on"),
            Parameter("before", DAY, "before this day"),
            Parameter("sort", {"type": "string", "enum": [*SORTS, ""]}, "in which order"),
            Parameter("name", TEXT, "what the search is called by who keeps its address"),
        ),
    ),
    Page(path="/stories", title="The stories, those of most reports first", view=StoryList, asks=(START,)),
    Page(
        path="/story/{digest}",
        title="A story whole",
        view=StoryView,
        asks=(
            Parameter("digest", {"type": "string", "minLength": 1}, "12 digits that follow from its id", "path"),
            Parameter("part", {"type": "string", "enum": [*PARTS, ""]}, "only this part, in a table"),
        ),
    ),
    Page(
        path="/report/{digest}",
        title="A report with its record",
        view=ReportView,
        asks=(
            PATH_DIGEST,
            WHICH,
            Parameter("at", TEXT, "characters of the text to mark, as 120-150; others mark nothing"),
        ),
    ),
    Page(
        path="/report/{digest}/correct/{id}",
        title="An item with what persons said of it",
        view=CheckView,
        asks=(
            PATH_DIGEST,
            Parameter("id", {"type": "string", "minLength": 1}, "the item's id in its report", "path"),
            WHICH,
        ),
    ),
    Page(path="/collection", title="The collection at a glance", view=Collection),
    Page(path="/actors", title="Who speaks", view=Index, asks=(LETTER, START)),
    Page(path="/places", title="Which places are named", view=Index, asks=(LETTER, START)),
    Page(
        path="/quotations",
        title="What was said in so many words in the reports of a day",
        view=Quotations,
        asks=(
            Parameter("day", {"anyOf": [{"type": "string", "format": "date"}, EMPTY]}, "the day; else the latest"),
            START,
        ),
    ),
    Page(
        path="/place/{number}",
        title="The reports that name a place, and the figures said of it",
        view=PlaceView,
        asks=(Parameter("number", NUMBER, "its GeoNames number", "path"),),
    ),
    Page(
        path="/actor/{name}",
        title="What an actor said over time, what was said of it, what unnamed sources of its side said",
        view=ActorView,
        asks=(
            Parameter("name", {"type": "string", "minLength": 1}, "its name", "path"),
            Parameter("part", {"type": "string", "enum": [*SIDES, ""]}, "only this part: its table, longer"),
            Parameter("until", {"type": "string", "pattern": "^[0-9]{0,19}$"}, "go on from there, as `more` says"),
        ),
    ),
)


def document() -> Schema:
    """The OpenAPI document of every address that gives data."""
    views = list(dict.fromkeys(page.view for page in PAGES))
    schemas, components = msgspec.json.schema_components(
        views, ref_template="#/components/schemas/{name}", schema_hook=_any
    )
    shown = dict(zip(views, schemas, strict=True))
    paths: Schema = {}
    for page in PAGES:
        data = page.data or page.path
        json = {"application/json": {"schema": shown[page.view]}}
        paths[f"{data}.json"] = {"get": _get(page.title, page.asks, json)}
        paths[f"{data}.csv"] = {"get": _get(f"{page.title}, as a table", page.asks, {"text/csv": {"schema": TEXT}})}
    paths |= _others()
    try:
        release = version("onrecord")
    except PackageNotFoundError:
        release = "0"
    told: Schema = {"type": "object", "properties": {"error": TEXT, "status": {"type": "integer"}}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": release,
            "description": "What a store of reports holds. Every page has a `.json` and a `.csv`.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": {**components, "Error": {**told, "required": ["error", "status"]}}},
    }


def _any(kind: type) -> Schema:
    """The schema of a cell: any value."""
    if kind is object:
        return {"description": "a word, a number, or nothing"}
    raise NotImplementedError(kind)


def _others() -> Schema:
    """What is neither JSON nor CSV of a page."""
    story = Parameter("digest", {"type": "string", "minLength": 1}, "the story", "path")
    number = Parameter("number", {**NUMBER, "minimum": 1}, "which plot of the story, from 1", "path")
    binary: Schema = {"application/octet-stream": {"schema": {}}}
    return {
        "/story/{digest}/plot/{number}.svg": {
            "get": _get("A plot of a story", (story, number), {"image/svg+xml": {"schema": TEXT}})
        },
        "/story/{digest}/map.svg": {
            "get": _get("The map of a story's places", (story,), {"image/svg+xml": {"schema": TEXT}})
        },
        "/collection/map.svg": {
            "get": _get("The map of the places that most reports name", (), {"image/svg+xml": {"schema": TEXT}})
        },
        "/place/{number}/map.svg": {
            "get": _get(
                "The map of a place",
                (Parameter("number", NUMBER, "its GeoNames number", "path"),),
                {"image/svg+xml": {"schema": TEXT}},
            )
        },
        "/original/{digest}": {"get": _get("The bytes that a report was read from", (PATH_DIGEST,), binary)},
        "/report/{digest}/correct": {"post": _post()},
        "/openapi.json": {"get": _get("This description", (), {"application/json": {"schema": {"type": "object"}}})},
    }


def _get(title: str, asks: tuple[Parameter, ...], content: Schema) -> Schema:
    errors = (400, 401, 403, 404, 503) if asks else (401, 403, 503)
    found: Schema = {"summary": title}
    if asks:
        found["parameters"] = [_parameter(one) for one in asks]
    unchanged = {"304": {"description": "It is as the ETag or the date that was asked with says."}}
    found["responses"] = {"200": {"description": title, "content": content}, **unchanged, **_errors(errors)}
    return found


def _post() -> Schema:
    verdict = {"type": "string", "description": "the id of the item that this is said of"}
    form: Schema = {
        "type": "object",
        "properties": {
            "token": {**TEXT, "description": "that of the form on the report's page"},
            "by": {**TEXT, "minLength": 1, "maxLength": 100, "description": "who says so"},
            **dict.fromkeys(("confirmed", "corrected", "rejected", "withdrawn"), verdict),
            "note": {**TEXT, "maxLength": 2000},
        },
        "required": ["token", "by"],
        "additionalProperties": TEXT,
    }
    return {
        "summary": "Say of an item whether it is right",
        "description": f"A form of the report's page, of {LARGEST} bytes at most; `set.FIELD` are corrected values.",
        "parameters": [_parameter(PATH_DIGEST), _parameter(WHICH)],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": {
            "303": {"description": "It is kept; back to the item."},
            **_errors((400, 401, 403, 404, 413, 415, 503)),
        },
    }


def _parameter(one: Parameter) -> Schema:
    return {
        "name": one.name,
        "in": one.where,
        "required": one.where == "path",
        "description": one.description,
        "schema": one.schema,
    }


def _errors(codes: tuple[int, ...]) -> Schema:
    schema = {"$ref": "#/components/schemas/Error"}
    content = {"application/json": {"schema": schema}, "text/html": {"schema": TEXT}, "text/plain": {"schema": TEXT}}
    return {str(code): {"description": ERRORS[code], "content": content} for code in codes}
