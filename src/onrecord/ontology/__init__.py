"""Vocabularies: each code with its definition, an example and a counter-example."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from onrecord.errors import RuleError


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of a vocabulary. `of` is the code that it narrows (a mode's type, …); `source` where it comes from."""

    code: str
    name: str
    definition: str
    example: str
    counter_example: str
    of: str | None = None
    source: str | None = None


@cache
def read_codes(vocabulary: str) -> dict[str, Code]:
    """The codes of `ontology/<vocabulary>.toml` by code; a code that narrows another is keyed `OTHER:code`.

    Raises RuleError, naming the file and the code, where one is not whole or stands twice.
    """
    file = f"ontology/{vocabulary}.toml"
    try:
        tables = tomllib.loads(files("onrecord.ontology").joinpath(f"{vocabulary}.toml").read_text(encoding="utf-8"))
        codes = msgspec.convert(tables["code"], list[Code])
    except (FileNotFoundError, KeyError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RuleError(file, "file", f"{type(error).__name__}: {error}") from error
    found: dict[str, Code] = {}
    for code in codes:
        key = f"{code.of}:{code.code}" if code.of else code.code
        if key in found:
            raise RuleError(file, f"code {key!r}", "stands twice")
        if code.of and code.of not in found:
            raise RuleError(file, f"code {key!r}", f"narrows {code.of!r}, which does not stand before it")
        found[key] = code
    return found
