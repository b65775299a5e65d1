"""XML (and HTML within it) as a tree whose every text leads back to the bytes, read without expanding anything.

The reader is lenient and its cost is linear: a document type is passed over, no entity but a character's own name or
number is replaced (nothing can be defined, so nothing can explode), tags that do not match are closed as browsers do,
and more than DEEPEST levels are refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from onrecord.clean import Sourced, decode_source, insert, join, stand_in
from onrecord.errors import InputError

DEEPEST = 400
"""Levels of elements. Real files have under 40; a page written by a program, rarely above 100."""

MOST_WASTED = 100_000_000
"""Characters looked at in vain for the ends of tags: some seconds. A real page wastes a few thousand."""

MOST_TOKENS = 2_000_000
"""Tags and stretches of text between them. An export of a thousand articles has some 50,000."""

HEAD = 16384
"""Bytes of a document that are looked at to tell what it is; comments at the top may take up some thousands."""

_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z_][\w:.-]*+)(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
_OPENS = re.compile(r"</?[A-Za-z_]")
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{0,31});")
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})"
)
_NOT_ELEMENTS = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,1000}+\[", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\f]*[\r\n]\s*|[ \t\f]{2,}")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID = _names("area base br col embed hr img input link meta source track wbr")
_BLOCK = _names(
    "address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "byttl hl1 hl2 hr li main nav note nitf ol p block pre section table tbody td tfoot th thead title tr ul"
)
_SILENT = _names("script style head template noscript iframe object embed")
_ENDED = re.compile(rf"</(?:[\w.-]{{1,20}}:)?({'|'.join(sorted(_VOID))})\s*>", re.IGNORECASE)


class Node:
    """An element: its local name in lower case, its attributes as written, and what stands in it."""

    __slots__ = ("_attributes", "children", "name")

    def __init__(self, name: str, attributes: str) -> None:
        self.name = name
        self._attributes = attributes
        self.children: list[Node | Sourced] = []

    def get(self, name: str) -> str:
        """The value of an attribute, whatever its case and prefix; "" where there is none."""
        for key, *values in _ATTRIBUTE.findall(self._attributes):
            if key.rpartition(":")[2].lower() == name:
                return html.unescape(next((value for value in values if value), "")).strip()
        return ""

    def elements(self) -> Iterator[Node]:
        """The elements directly in this one."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """This element and all in it, in the order of the document."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.elements())))

    def all(self, *names: str) -> Iterator[Node]:
        """The elements of those names anywhere in this one."""
        return (node for node in self.walk() if node.name in names)

    def first(self, *path: str) -> Node | None:
        """The first element down a path of names, each anywhere in the one before."""
        node: Node | None = self
        for name in path:
            node = next((found for found in node.all(name) if found is not node), None) if node else None
        return node

    def pieces(self) -> Iterator[Sourced]:
        """The text in the element, in order."""
        stack: list[Node | Sourced] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Sourced):
                yield node
            else:
                stack.extend(reversed(node.children))

    def text(self) -> Sourced:
        """The text in the element, on one line."""
        return one_line(join(self.pieces())).strip()

    def words(self, *path: str) -> str:
        """The text of the first element down a path, on one line; "" where there is none."""
        node = self.first(*path) if path else self
        return " ".join(node.text().text.split()) if node else ""


def root_name(data: bytes) -> str:
    """The local name of the first element of a document, in lower case; "" where it is no document."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n").replace(b"\x00", b"")  # UTF-16 too
    if not head.startswith(b"<"):
        return ""
    root = re.search(r"<([A-Za-z_][\w.:-]{0,80}+)", _NOT_ELEMENTS.sub("", head.decode("utf-8", "replace")))
    return root[1].rpartition(":")[2].lower() if root else ""


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a document says it is in."""
    match = _DECLARED.search(data[:2048])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def read_elements(data: bytes, uri: str) -> tuple[Node, str]:
    """The tree of a document, under a node of no name, and its encoding. Raises InputError where it is too deep."""
    source, encoding = decode_source(data, declared_encoding(data))
    return tree(source, uri), encoding


def tree(source: Sourced, uri: str) -> Node:
    """The tree of a document or a fragment, under a node of no name. Raises InputError where it is too deep."""
    root = Node("", "")
    stack = [root]
    # An element that is empty in HTML may have an end in XML, as `<link>…</link>` of RSS.
    tokens = 0
    void = _VOID - {name.lower() for name in _ENDED.findall(source.text)}
    for token in _tokens(source, uri):
        tokens += 1
        if tokens > MOST_TOKENS:
            raise InputError(uri, f"has more than {MOST_TOKENS} tags and texts", "cut it up, if it is no trap")
        if isinstance(token, Sourced):
            stack[-1].children.append(token)
            continue
        name = token["name"].rpartition(":")[2].lower()
        if token["close"]:
            _close(stack, name)
            continue
        node = Node(name, token["attributes"])
        stack[-1].children.append(node)
        if token["attributes"].endswith("/") or name in void:
            continue
        stack.append(node)
        if len(stack) > DEEPEST:
            raise InputError(uri, f"is nested deeper than {DEEPEST} levels", "give a file of news, not a trap")
    return root


def _close(stack: list[Node], name: str) -> None:
    for at in range(len(stack) - 1, 0, -1):
        if stack[at].name == name:
            del stack[at:]
            return


def _tokens(source: Sourced, uri: str) -> Iterator[Sourced | re.Match[str]]:
    """Stretches of text, with characters for their entities, and tags. What opens and never ends is text."""
    text = source.text
    at = wasted = 0
    unended: set[str] = set()
    while at < len(text):
        opened = text.find("<", at)
        if opened != at:
            stop = opened if opened >= 0 else len(text)
            yield resolve(source[at:stop])
            at = stop
            continue
        skipped = _skipped(text, at, unended)
        if skipped is not None:
            start, stop, at = skipped
            if stop > start:
                yield source[start:stop]
            continue
        tag = _TAG.match(text, at)
        if tag is None:
            wasted += len(text) - at if _OPENS.match(text, at) else 0
            if wasted > MOST_WASTED:
                raise InputError(uri, "has tags without end all over", "give a file of news, not a trap")
            yield source[at : at + 1]
            at += 1
            continue
        yield tag
        at = tag.end()
        name = tag["name"].lower()
        if name in _RAW and name not in unended and not tag["close"]:
            end = _RAW[name].search(text, at)
            at = end.start() if end else at
            unended |= set() if end else {name}


def _skipped(text: str, at: int, unended: set[str]) -> tuple[int, int, int] | None:
    """For a comment, an instruction, a document type or CDATA at `at`: the text in it, and where it ends."""
    for mark, end in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")):
        if not text.startswith(mark, at) or mark in unended:
            continue
        if mark == "<!" and _SUBSET.match(text, at):
            end = "]>"  # a document type with declarations of its own
        stop = text.find(end, at + len(mark))
        if stop < 0:
            unended.add(mark)
            return None
        after = stop + len(end)
        return (at + len(mark), stop, after) if mark == "<![CDATA[" else (after, after, after)
    return None


def resolve(source: Sourced) -> Sourced:
    """The text with the character for each entity that names one; others stay as they stand."""
    parts: list[Sourced] = []
    last = 0
    for match in _ENTITY.finditer(source.text):
        new = html.unescape(match[0])
        if new == match[0]:
            continue
        old = source[match.start() : match.end()]
        parts.append(source[last : match.start()])
        parts.append(stand_in(new, old.source_start(), old.source_end()))
        last = match.end()
    return join((*parts, source[last:])) if parts else source


def one_line(source: Sourced) -> Sourced:
    """White space of the file's own layout made one space."""
    return source.substitute(_SPACES, " ") if _SPACES.search(source.text) else source


def paragraphs(node: Node, leave_out: Callable[[Node], bool] | None = None) -> list[Sourced]:
    """The paragraphs of an element: its text, cut where a block starts or ends; a line break is kept as one."""
    found: list[Sourced] = []
    held: list[Sourced] = []

    def flush() -> None:
        whole = join(held).strip()
        held.clear()
        if whole.text:
            found.append(whole)

    stack: list[tuple[Node | Sourced | None, bool]] = [(node, False)]
    while stack:
        item, plain = stack.pop()
        if item is None:
            flush()
        elif isinstance(item, Sourced):
            # What was escaped twice, as feeds do, is read twice: `&amp;quot;` is a quotation mark.
            held.append(resolve(item) if plain else resolve(one_line(item)))
        elif item.name == "br":
            held.append(insert("\n", held[-1].source_end() if held else 0))
        elif item.name not in _SILENT and not (leave_out and leave_out(item)):
            block = item.name in _BLOCK
            if block:
                flush()
                stack.append((None, False))
            stack.extend((child, plain or item.name == "pre") for child in reversed(item.children))
    flush()
    return found
