"""What a person says of an item of a record: confirmed, corrected or rejected, beside the machine's reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from onrecord.record.span import Span

Verdict = Literal["confirmed", "corrected", "rejected", "withdrawn"]

VERDICTS = ("confirmed", "corrected", "rejected")
"""The verdicts that stand; `withdrawn` takes the one before it back."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A person's verdict on an item, with the machine's reading of it at that time.

    `report` is the uri and `digest` the original of the report, `layer` and `was` the item's layer and id when it was
    given, `span` and `words` where it stood. `id` is the item of the report as it is read now that stands on the same
    words of the original; None where there is none (the verdict is orphaned). `fields` are what a person put in the
    place of the machine's values (`{"best": 33.0}`, `{"source.kind": "unnamed"}`). `item` is the machine's reading and
    `made_by` what read it. `standing` is False where a later verdict was given on the same item.
    """

    number: int
    report: str
    digest: str
    layer: str
    id: str | None
    was: str
    span: Span
    words: str
    verdict: Verdict
    by: str
    at: str
    fields: dict[str, Any] = {}
    note: str = ""
    item: dict[str, Any] = {}
    made_by: str = ""
    standing: bool = True


def counts(corrections: Iterable[Correction]) -> dict[str, dict[str, int]]:
    """How many standing verdicts of each kind there are on items that the record has, by layer."""
    found: dict[str, dict[str, int]] = {}
    for one in corrections:
        if one.standing and one.id is not None and one.verdict in VERDICTS:
            layer = found.setdefault(one.layer, {})
            layer[one.verdict] = layer.get(one.verdict, 0) + 1
    return found


def count_words(verdicts: Mapping[str, int]) -> str:
    """Verdicts in words; nothing for none.

    >>> count_words({"rejected": 1, "confirmed": 2})
    '2 confirmed, 1 rejected'
    """
    return ", ".join(f"{verdicts[name]} {name}" for name in VERDICTS if verdicts.get(name))
