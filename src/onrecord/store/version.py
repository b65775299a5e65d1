"""What a record was made by: the version of onrecord and a digest of everything that decides what is read."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

DECIDES = ("clean", "encode", "gazetteer", "intake", "lang", "layers", "model", "ontology", "record", "read.py")
"""Folders and files of the package on which the record of a report depends."""

TELLS = ("encode/sentences.py", "gather.py", "lang", "link", "record")
"""Those on which, beside the records, what is told of a story depends."""


@lru_cache(maxsize=1)
def reading_version() -> str:
    """What a record made now is made by: `0.1.0+3f6c0a9d21be`.

    The digest is over the rule files, the model and the code that reads. A record with another one is stale. It takes
    some hundredths of a second, once a process, and nothing at import.
    """
    return _version(DECIDES)


@lru_cache(maxsize=1)
def telling_version() -> str:
    """What a story told now is told by. One that another version told is told anew."""
    return _version(TELLS)


def _version(names: tuple[str, ...]) -> str:
    digest = hashlib.blake2b(digest_size=6)
    root = files("onrecord")
    for name in names:
        _update(digest, root / name, name)
    try:
        package = version("onrecord")
    except PackageNotFoundError:
        package = "0"
    return f"{package}+{digest.hexdigest()}"


def _update(digest: hashlib.blake2b, place: Traversable, name: str) -> None:
    if place.is_dir():
        for child in sorted(place.iterdir(), key=lambda child: child.name):
            if child.name != "__pycache__":
                _update(digest, child, f"{name}/{child.name}")
    elif place.is_file():
        data = place.read_bytes()
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
