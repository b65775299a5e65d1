"""Find what a cue puts on record: after it, before it, or on both sides."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.layers.cues import Cue, CueGroup
from onrecord.layers.drafts import Range
from onrecord.layers.lines import Grammar, Line
from onrecord.layers.subjects import subject_after


class After(NamedTuple):
    """What follows a cue: the group that fits it, where the content starts (None: none follows), and who hears it.

    `colon`: the line ends with a colon, and the content is to come.
    """

    group: CueGroup
    start: int | None
    hearer: Range | None
    colon: bool = False


def read_after(line: Line, cue: Cue, grammar: Grammar) -> After | None:
    """The first group of the cue that what follows it fits; None where it fits none."""
    fallback: After | None = None
    for group in cue.groups:
        at = cue.last + bool(group.particles)
        found = _fit(line, at, group, grammar)
        if found and (found.start is not None or found.colon):
            return found
        fallback = fallback or found
    return fallback


def _fit(line: Line, at: int, group: CueGroup, grammar: Grammar) -> After | None:
    hearer: Range | None = None
    if "hearer" in group.frames:
        hearer = _hearer(line, at, grammar)
        if hearer:
            at = hearer[1]
    start = _content_start(line, at, group, grammar, hearer is not None)
    if start is not None:
        return After(group, start, hearer)
    if (at < len(line) and line[at].word == ":") or (at == len(line) and at and line[at - 1].word == ":"):
        return After(group, None, hearer, colon=True)
    return After(group, None, hearer) if "quote" in group.frames else None


def _hearer(line: Line, at: int, grammar: Grammar) -> Range | None:
    """The noun phrase at `at` that hears: told "the crowd" that, asked "him" to."""
    if at >= len(line) or line[at].kind != "word":
        return None
    if line[at].word in grammar.no_hearers:
        return None
    end = at
    if line[at].word in grammar.personal or line[at].word in grammar.objects:
        end = at + 1
    else:
        while end < len(line) and end - at < 14:
            token = line[end]
            if token.kind == "quote" or (token.kind == "mark" and token.word not in ("-", "'", "’", "&", ".", "/")):
                break
            if token.word in grammar.hearer_ends:
                break
            named = token.word in grammar.days and line[end - 1].word in grammar.determiners  # the Sunday Mirror
            if (token.word in grammar.days and not named) or (end > at and token.word in grammar.personal):
                break
            if token.word == "." and (end + 1 >= len(line) or not line[end + 1].capital):
                break
            end += 1
    return (at, end) if end > at else None


def _content_start(line: Line, at: int, group: CueGroup, grammar: Grammar, heard: bool) -> int | None:
    """Where the content after `at` starts; None where none follows."""
    frames = group.frames
    if at >= len(line):
        return None
    token = line[at]
    if token.kind == "quote":
        return at
    if token.word in (",", ":") and "quote" in frames:
        following = line[at + 1] if at + 1 < len(line) else None
        if token.word == ":" and following is not None:
            return at + 1
        return at + 1 if following is not None and following.kind == "quote" else None
    clause = any(frame.startswith("clause") for frame in frames)
    if clause and (token.word == grammar.that or token.word in grammar.questions):
        return at
    if "infinitive" in frames and token.word == grammar.to:
        return at
    if token.kind == "mark" and token.word not in ("$", "£", "€", "@", "#", "(", "["):
        return None
    if "infinitive" in frames and "object" not in frames and not clause:
        return None
    if (clause or heard) and (
        token.word in grammar.adjunct_starts or grammar.is_adverb(token) or token.word in grammar.prepositions
    ):
        return _past_adjunct(line, at, group, grammar)
    if "clause-that" in frames and "clause" not in frames and "object" not in frames and "clause-any" not in frames:
        return None
    if "clause" in frames and len(line) - at > 3:
        return at
    if "clause-any" in frames and _has_verb(line, at, grammar):
        return at
    if "object" in frames and token.word not in grammar.prepositions and token.word not in grammar.conjunctions:
        return None if token.word in grammar.auxiliaries or token.word in grammar.days else at
    if "infinitive" in frames and grammar.to in [t.word for t in line[at : at + 10]]:
        return at
    return None


def _past_adjunct(line: Line, at: int, group: CueGroup, grammar: Grammar) -> int | None:
    """Where the content starts that a time, a place or a manner stands before: said "on Monday" that …"""
    for index in range(at, min(at + 16, len(line))):
        token = line[index]
        if token.word == grammar.that and index > at:
            return index
        if token.kind == "quote":
            return index if line[index - 1].word in (",", ":", grammar.that) or index == at else None
        if token.word == ":":
            return index + 1 if index + 1 < len(line) else None
        if token.word == grammar.to and "infinitive" in group.frames and index > at:
            return index
        if token.kind == "mark" and token.word not in ("-", ".", "'", "’"):
            following = line[index + 1] if index + 1 < len(line) else None
            return index + 1 if token.word == "," and following is not None and following.kind == "quote" else None
        if (
            index > at
            and token.word in grammar.personal
            and index + 1 < len(line)
            and line[index - 1].word not in grammar.prepositions
        ):
            return index
        if token.word in grammar.days and index + 2 < len(line) and line[index + 1].kind == "word":
            after = line[index + 1]
            if (
                after.word not in grammar.prepositions
                and after.word not in grammar.adjunct_starts
                and _has_verb(line, index + 1, grammar)
            ):
                return index + 1
    return None


def _has_verb(line: Line, at: int, grammar: Grammar) -> bool:
    """Whether a verb follows before the sentence turns: what follows can be a clause."""
    for index in range(at, min(at + 30, len(line))):
        token = line[index]
        if token.kind == "quote" or (
            index > at and (grammar.is_finite(line, index) or token.word in grammar.auxiliaries)
        ):
            return True
        if token.word.endswith(grammar.contracted):
            return True
        if (
            index > at
            and token.word.endswith("s")
            and not token.capital
            and line[index - 1].word not in grammar.determiners
        ):
            return True
    return False


def inverted_subject(line: Line, at: int, grammar: Grammar) -> Range | None:
    """The source after its cue: "…," said "the mayor"."""
    if at >= len(line) or line[at].kind != "word" or line[at].word in grammar.prepositions:
        return None
    return subject_after(line, at, grammar)
