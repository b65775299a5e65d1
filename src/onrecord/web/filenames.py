"""Which file of a site holds what an address shows."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import msgspec

from onrecord.record import Span
from onrecord.web.addresses import passage_of

_LONG = 10**9
_SHARDED = ("report", "original", "story", "place", "actor")  # a stick with FAT holds 65,535 names a folder at most
_PAGE = {"": "index", "front": "index"}


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where an address of the served pages leads in a site: the address to ask for, its file, the anchor in it.

    `passage` is what the anchor marks, where that is a passage of a report.
    """

    address: str
    file: str
    anchor: str = ""
    passage: Span | None = None


def target_of(address: str) -> Target | None:
    """The target of an address of our own; None where no file can answer it: a search."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    if parts.path == "/search":
        return _instead_of_search(asked)
    passage = passage_of(asked.pop("at", None), _LONG) if parts.path.startswith("/report/") else None
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in sorted(asked.items()))
    anchor = f"at-{passage.start}-{passage.end}" if passage else parts.fragment
    bare = parts.path + (f"?{query}" if query else "")
    return Target(address=bare, file=_file(parts.path, asked), anchor=anchor, passage=passage)


def _instead_of_search(asked: dict[str, str]) -> Target | None:
    """The page that shows what a search for an actor or for a place alone would."""
    if len(asked) != 1:
        return None
    ((name, value),) = asked.items()
    if name == "by":
        return target_of(f"/actor/{quote(value, safe='')}")
    return target_of(f"/place/{quote(value)}") if name == "place" else None


def _file(path: str, asked: dict[str, str]) -> str:
    """The file of a path: its name with what was asked for behind it, in one of 256 folders where there may be many."""
    if path.startswith("/static/"):
        return path.removeprefix("/")
    path, end = _form(path)
    head, _, rest = path.strip("/").partition("/")
    more = "".join(f"-{slug(name)}-{slug(value)}" for name, value in sorted(asked.items()))
    if head not in _SHARDED:
        return f"{_PAGE.get(head, '-'.join([head, *rest.split('/')]) if rest else head)}{more}{end}"
    key = unquote(rest) if head == "actor" else rest.split("/")[0]
    name = actor_file(key) if head == "actor" else rest.replace("/", "-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{head}/{digest[:2]}/{name}{more}{'.bin' if head == 'original' else end}"


def _form(path: str) -> tuple[str, str]:
    """A path without its form, and the end of the file."""
    for end in (".json", ".csv", ".svg"):
        if path.endswith(end):
            return path.removesuffix(end), end
    return path, ".html"


def actor_file(name: str) -> str:
    """A name as part of a file's: letters of ASCII for a reader, and digits that tell it from names alike."""
    return f"{slug(name)[:40]}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}".lstrip("-")


def slug(text: str) -> str:
    """The letters and digits of a text that any file system takes, with hyphens between.

    >>> slug("Ana Núñez (mayor)")
    'ana-nunez-mayor'
    """
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
