"""An attribution while rules read it: ranges of tokens of one line."""

from __future__ import annotations

from dataclasses import dataclass, field

Range = tuple[int, int]


@dataclass(kw_only=True, slots=True)
class Draft:
    """An attribution as ranges of tokens of its line.

    `waits`: a colon whose words come in the next line. `runs`: its content goes on to the end of the paragraph.
    `inside` is the draft that this one is told in.
    """

    rule: str
    cue: Range
    source: Range | None
    contents: list[Range]
    stance: str
    hearer: Range | None = None
    waits: bool = False
    runs: bool = False
    inside: Draft | None = field(default=None)
