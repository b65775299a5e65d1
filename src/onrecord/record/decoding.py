"""JSON to types by decoders that are made once, one thread at a time.

msgspec reads what a type holds when it first decodes one; two threads that do so at once for the same type have crashed
the process (msgspec 0.22), as readers of the pages did.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar

import msgspec

Kind = TypeVar("Kind")

_making = Lock()
_made: dict[Any, msgspec.json.Decoder[Any]] = {}


def from_json(data: bytes | str, kind: type[Kind]) -> Kind:
    """A value of `kind`. Raises msgspec.ValidationError where it is none, msgspec.DecodeError where it is no JSON."""
    decoder = _made.get(kind)
    if decoder is None:
        with _making:
            decoder = _made.setdefault(kind, msgspec.json.Decoder(kind))
    found: Kind = decoder.decode(data)
    return found
