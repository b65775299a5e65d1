"""What is known across reports: copies and versions, and stories with their parts."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.record.span import Span

Relation = Literal["copy", "version", "excerpt", "reuse"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A number that stands in the later report where the earlier one had another."""

    span: Span
    was: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """That the report `uri` repeats the earlier report `of`.

    copy      the same text, cut from the end or lightly edited
    version   the same report with other numbers or with something added: an update or a correction
    excerpt   its opening only, as a brief
    reuse     some passages of it in a report of its own, which is not folded into it

    `taken` is the share of this report's words that stand in the earlier one, `kept` the share of the
    earlier one's that stand here. `new` are the passages that the earlier one does not have.
    """

    uri: str
    of: str
    relation: Relation
    taken: float
    kept: float
    new: tuple[Span, ...] = ()
    changed: tuple[Change, ...] = ()
