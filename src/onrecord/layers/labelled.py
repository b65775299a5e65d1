"""Read what names its source without a verb: headlines and transcripts before a colon, quotations over a name."""

from __future__ import annotations

from onrecord.layers.drafts import Draft
from onrecord.layers.lines import Grammar, Line, trim_end

_LONGEST = 6
"""Tokens in a name before a colon or after a dash: what is longer is a sentence."""

_DASHES = frozenset(("—", "–", "―", "--", "-"))


def read_labelled(text: str, line: Line, headline: bool, opens: bool, grammar: Grammar) -> list[Draft]:
    """The attribution of a line that a name labels: none, or one. `opens`: the line opens its paragraph."""
    drafts = (
        read_headline(line, grammar) if headline else None,
        read_signature(line, grammar),
        read_turn(text, line) if opens else None,
    )
    return [draft for draft in drafts if draft and draft.contents[0][0] < draft.contents[0][1]][:1]


def read_headline(line: Line, grammar: Grammar) -> Draft | None:
    """A headline that names its source before a colon: "Mayor: Bridge to open"."""
    colon = next((at for at, token in enumerate(line[: _LONGEST + 1]) if token.word == ":"), 0)
    if len(line) - colon < 4 or not _is_name(line[:colon], grammar):
        return None
    contents = [(colon + 1, trim_end(line, len(line)))]
    return Draft(rule="headline", cue=(colon, colon + 1), source=(0, colon), contents=contents, stance="says")


def read_signature(line: Line, grammar: Grammar) -> Draft | None:
    """A quotation with a dash and a name under it: "We shall open it." — Ana Ruiz."""
    if len(line) < 3 or line[0].kind != "quote" or line[1].word not in _DASHES:
        return None
    end = trim_end(line, len(line))
    if not _is_name(line[2:end], grammar):
        return None
    return Draft(rule="signature", cue=(1, 2), source=(2, end), contents=[(0, 1)], stance="says")


def read_turn(text: str, line: Line) -> Draft | None:
    """A turn in a transcript: the speaker in capitals before a colon, then words to the end of the paragraph."""
    colon = next((at for at, token in enumerate(line[: _LONGEST + 1]) if token.word == ":"), 0)
    first = 0 if line[0].kind == "word" else 1
    name = text[line[first].start : line[colon].start] if colon > first else ""
    if len(name) < 3 or not name.isupper() or len(line) - colon < 2:
        return None
    if any(token.kind == "quote" for token in line[:colon]):
        return None
    contents = [(colon + 1, trim_end(line, len(line)))]
    return Draft(
        rule="turn", cue=(colon, colon + 1), source=(first, colon), contents=contents, stance="says", runs=True
    )


def _is_name(line: Line, grammar: Grammar) -> bool:
    """Whether the tokens can name who speaks: few words, capitals at both ends, no label of a desk."""
    return (
        0 < len(line) <= _LONGEST
        and all(token.kind == "word" or token.word in ".-" for token in line)
        and line[0].capital
        and line[-1].capital
        and not any(token.word in grammar.headline_labels for token in line)
    )
