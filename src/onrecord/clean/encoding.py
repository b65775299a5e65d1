"""Find out which encoding a file is in, and decode it."""

from __future__ import annotations

import codecs
import re

from onrecord.clean.sourced import Sourced, decode

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")

_WESTERN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽ"
_TABLES = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰăâîşţĂÂÎŞŢäöüÄÖÜßđĐ",
    "cp1254": "çğıöşüÇĞİÖŞÜâîûÂÎÛ",
}
"""Single-byte encodings of Latin script, and the letters that their languages have."""

_MARKS_OF_WRITING = frozenset("‘’“”„‚‹›–—…•«»¡¿€£°§©®\u00a0")


def decode_source(data: bytes, declared: str | None = None) -> tuple[Sourced, str]:
    """`data` as text, and the name of the encoding that it is in.

    A byte order mark settles it, then bytes that are UTF-8 throughout, then what the file itself declares, then
    what gives the most plausible text. Bytes that the encoding lacks become U+FFFD.
    """
    encoding = find_encoding(data, declared)
    return decode(data, encoding), encoding


def find_encoding(data: bytes, declared: str | None = None) -> str:
    """The encoding of `data`, by its Python name."""
    for mark, name in _MARKS:
        if data.startswith(mark) and not (name == "utf-16-le" and data.startswith(codecs.BOM_UTF32_LE)):
            return name
    wide = _wide_encoding(data)
    if wide:
        return wide
    if _is_utf8(data):
        return "utf-8"
    return _known(declared) or _most_plausible(data)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the zero bytes of its Latin letters all stand at the same place of a unit."""
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    for name, width, places in (
        ("utf-32-le", 4, (2, 3)),
        ("utf-32-be", 4, (0, 1)),
        ("utf-16-le", 2, (1,)),
        ("utf-16-be", 2, (0,)),
    ):
        units = len(sample) // width
        zeros = [sum(sample[i] == 0 for i in range(place, units * width, width)) for place in range(width)]
        # Seven of ten: spaces, letters and points of English are zero there, curly quotes and accents may not be.
        if all(zeros[p] >= 0.7 * units for p in places) and zeros[(places[-1] + 1) % width] < 0.1 * units:
            return name
    return None


def _is_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8: throughout, but for a character cut off at the end, or for a few spoilt bytes."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 3 and "unexpected end" in error.reason:
            return True
    else:
        return True
    sequences = _SEQUENCE.findall(data)
    spoilt = len(_HIGH.findall(data)) - sum(map(len, sequences))
    # A single-byte text has hardly any valid sequence; three to one leaves room for a file with some damage.
    return len(sequences) >= 3 * spoilt


def _known(declared: str | None) -> str | None:
    """The codec for a declared name; what is called Latin-1 or ASCII is read as cp1252, as browsers do."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
        "a".encode(name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return None if name.startswith("utf") else name


def _most_plausible(data: bytes) -> str:
    """The encoding whose reading of the high bytes looks most like writing."""
    high = _HIGH.findall(data)
    letters = len(re.findall(rb"[A-Za-z]", data))
    # Latin-script text has few high bytes; where a third or more are high, the script is another one.
    if len(high) * 2 > letters:
        return _other_script(data) or "cp1252"
    first = _HIGH.search(data)
    start = max(0, first.start() - 1) if first else 0
    sample = data[start : start + 20_000]
    return max(_TABLES, key=lambda name: _plausibility(sample, name))


def _plausibility(data: bytes, encoding: str) -> int:
    """How many high bytes are a letter or mark that fits where it stands, less those that do not fit."""
    text = f" {data.decode(encoding, errors='replace')} "
    letters = _TABLES[encoding]
    score = 0
    for at, byte in enumerate(data, 1):
        if byte < 0x80:
            continue
        before, here, after = text[at - 1], text[at], text[at + 1]
        if here in letters:
            score += -1 if here.isupper() and before.islower() else 1
        elif here in _MARKS_OF_WRITING:
            score += -1 if before.isalpha() and after.isalpha() and here not in "’–—" else 1
        else:
            score -= 1
    return score


def _other_script(data: bytes) -> str | None:
    """What charset-normalizer takes a text in another script for."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding if best else None
