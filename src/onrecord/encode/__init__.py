"""The only place that knows the model: text in, mentions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.encode.encoder import Encoder

__all__ = ["Encoder", "default_encoder"]


def default_encoder() -> Encoder:
    """The encoder that ships, loaded when it is first asked for: it and its libraries take half a second."""
    from onrecord.encode.encoder import default_encoder as load

    return load()
