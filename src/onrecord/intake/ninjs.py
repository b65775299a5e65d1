"""ninjs 1, 2 and 3, and the JSON of agencies that is built like it: one report an item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.clean import Sourced, decode_source
from onrecord.errors import InputError
from onrecord.intake import tables
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import paragraphs, tree
from onrecord.intake.json_text import Value, read_json
from onrecord.record import Report

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|[a-zA-Z]\w*);")
_TEXTS = ("bodyxhtml", "bodyhtml", "bodytext", "body", "bodynitf", "content", "story")
_WRAPPERS = ("data", "item", "items", "docs", "results", "articles", "hits")
_NAMES = {
    "uri": "guid",
    "slugline": "slug",
    "slug": "slug",
    "urgency": "urgency",
    "priority": "priority",
    "pubstatus": "status",
    "embargoed": "embargo",
    "embargoedreason": "embargo reason",
    "ednote": "ednote",
    "located": "located",
    "usageterms": "rights",
    "copyrightnotice": "rights",
    "rightsinfo": "rights",
    "profile": "profile",
    "type": "type",
    "representationtype": "representation",
    "takekey": "take",
    "signal": "signal",
    "correctionnote": "correction",
    "state": "state",
    "wordcount": "word count",
    "contentwarning": "warning",
}


def sniff(data: bytes) -> bool:
    """Whether the bytes open as a JSON object or list that is not one line of many."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"[")) and bool(re.match(rb'[{\[]\s*(?:["{\[}\]]|$)', head))


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each item. Raises InputError where the JSON holds none."""
    source, encoding = decode_source(data, "utf-8")
    value = read_json(source.strip() if source.text[:1] == "\ufeff" else source, uri)
    drafts = [_draft(item, uri) for item in _items(value)]
    if not drafts:
        drafts = [draft for row in _rows(value) if (draft := tables.row_draft(row)) is not None]
        if not drafts:
            raise InputError(uri, "is JSON without an item of news in it", "give ninjs, or JSON with a field of text")
        yield from build_reports(drafts, data, uri=uri, format="json", date=date, encoding=encoding)
        return
    yield from build_reports(drafts, data, uri=uri, format="ninjs", date=date, encoding=encoding)


def plain_key(key: str) -> str:
    """A field's name in any of the spellings of ninjs: `body_text`, `bodyText` and `body-text` are one."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _items(value: Value) -> Iterator[dict[str, Value]]:
    """The items in a value, itself or within the usual wrappers; keys are plain."""
    if isinstance(value, list):
        for part in value:
            yield from _items(part)
    elif isinstance(value, dict):
        plain = {plain_key(key): part for key, part in value.items()}
        if _is_item(plain):
            yield plain
            return
        for key in _WRAPPERS:
            yield from _items(plain.get(key))


def _is_item(plain: dict[str, Value]) -> bool:
    news = {
        "headline",
        "headlines",
        "bodies",
        "descriptions",
        "descriptiontext",
        "descriptionhtml",
        "descriptioncaption",
    }
    known = {
        "uri",
        "type",
        "versioncreated",
        "firstcreated",
        "altids",
        "itemid",
        "guid",
        "pubstatus",
        "bodies",
        "slugline",
    }
    return bool((news | set(_TEXTS[:3])) & plain.keys()) and bool(known & plain.keys())


def _rows(value: Value) -> Iterator[dict[str, Sourced]]:
    """Objects with fields of text, for JSON that is no ninjs."""
    if isinstance(value, list):
        for part in value:
            yield from _rows(part)
    elif isinstance(value, dict):
        row = {key: part for key, part in value.items() if isinstance(part, Sourced)}
        if row:
            yield row
        for key, part in value.items():
            if plain_key(key) in _WRAPPERS:
                yield from _rows(part)


def _draft(item: dict[str, Value], uri: str) -> Draft:
    draft = Draft(metadata={})
    heading = _best(item, "headline", "headlines") or _best(item, "title", "title")
    if heading is not None:
        draft.headline = " ".join(_plain(heading, uri).split())
        for paragraph in _prose(heading, uri):
            draft.add(paragraph, "headline")
    line = _best(item, "byline", "bylines") or _best(item, "by", "by")
    if line is not None:
        draft.byline = " ".join(line.text.split())
        draft.add(line, "byline")
    if isinstance(item.get("dateline"), Sourced):
        draft.add(item["dateline"], "dateline")  # type: ignore[arg-type]
    note = item.get("ednote")
    if isinstance(note, Sourced):
        draft.add(note, "note")
    body = _body(item)
    picture = _text(item.get("type")) in ("picture", "graphic", "video", "audio")
    for paragraph in _prose(body, uri) if body is not None else ():
        draft.add(paragraph, None if "\n" in paragraph.text else "body")
    told = _best(item, "descriptiontext", "descriptions") or _best(item, "descriptionhtml", "descriptioncaption")
    if told is not None and (body is None or picture):
        for paragraph in _prose(told, uri):
            draft.add(paragraph, "caption" if picture else "body")
    _add_captions(item, draft, uri)
    _fields(item, draft)
    return draft


def _body(item: dict[str, Value]) -> Sourced | None:
    """The body; of several renditions, the one of plain prose or else the longest in HTML."""
    bodies = item.get("bodies")
    if isinstance(bodies, list):
        values = [{plain_key(k): v for k, v in body.items()} for body in bodies if isinstance(body, dict)]
        texts = [(_rank(body), text) for body in values if isinstance(text := body.get("value"), Sourced)]
        return max(texts, key=lambda pair: (pair[0], len(pair[1])), default=(0, None))[1]
    for name in _TEXTS:
        value = item.get(name)
        if isinstance(value, Sourced) and value.text.strip():
            return value
    return None


def _rank(body: dict[str, Value]) -> int:
    """How well a rendition is read: HTML, then plain text, then what is not told, then other markup."""
    told = f"{_text(body.get('contenttype'))} {_text(body.get('role'))}".lower()
    if "html" in told:
        return 3
    return 2 if "text/plain" in told else 0 if "nitf" in told or "/" in told else 1


def _best(item: dict[str, Value], one: str, many: str) -> Sourced | None:
    """A field that ninjs 1 has once and ninjs 2 in several roles, the first being the main one."""
    for value in (item.get(one), item.get(many)):
        if isinstance(value, Sourced) and value.text.strip():
            return value
        for part in value if isinstance(value, list) else ():
            text = part.get("value") if isinstance(part, dict) else part
            if isinstance(text, Sourced) and text.text.strip():
                return text
    return None


def _prose(source: Sourced, uri: str) -> list[Sourced]:
    """Paragraphs of a value that may be HTML."""
    if _MARKUP.search(source.text):
        return paragraphs(tree(source, uri))
    return [source] if source.text.strip() else []


def _plain(source: Sourced, uri: str) -> str:
    return " ".join(paragraph.text for paragraph in _prose(source, uri))


def _add_captions(item: dict[str, Value], draft: Draft, uri: str) -> None:
    """Captions of the pictures that go with an item: `associations` of ninjs 1, a list in 2 and 3."""
    value = item.get("associations")
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in parts:
        plain = {plain_key(key): v for key, v in part.items()} if isinstance(part, dict) else {}
        told = _best(plain, "descriptiontext", "descriptions")
        if told is not None and _text(plain.get("type")) in ("picture", "graphic", "video"):
            for paragraph in _prose(told, uri):
                draft.add(paragraph, "caption")


def _fields(item: dict[str, Value], draft: Draft) -> None:
    for key, value in item.items():
        if key in _NAMES:
            draft.note(_NAMES[key], _name(value))
    for key in ("subject", "subjects", "genre", "genres", "place", "places", "keywords"):
        values = item.get(key)
        for value in values if isinstance(values, list) else ():
            draft.note(key if key == "keywords" else key.rstrip("s"), _name(value))
    draft.published = next(
        filter(None, (_text(item.get(k)) for k in ("firstcreated", "contentcreated", "firstpublished"))), ""
    )
    draft.modified = _text(item.get("versioncreated"))
    draft.published = draft.published or draft.modified
    draft.language = _text(item.get("language"))
    version = item.get("version")
    draft.version = f"{version:g}" if isinstance(version, float) else _text(version)
    for key in ("infosources", "provider", "source", "copyrightholder"):
        draft.provider = draft.provider or _name(item.get(key))


def _text(value: Value) -> str:
    return value.text.strip() if isinstance(value, Sourced) else ""


def _name(value: Value) -> str:
    """What a field says: a string, a number, the name or code of an object, the first of a list."""
    if isinstance(value, list):
        return _name(value[0]) if value else ""
    if isinstance(value, dict):
        plain = {plain_key(key): part for key, part in value.items()}
        return next(
            (
                _text(plain[key])
                for key in ("name", "literal", "code", "qcode", "uri", "value")
                if _text(plain.get(key))
            ),
            "",
        )
    if isinstance(value, float):
        return f"{value:g}"
    return _text(value)
