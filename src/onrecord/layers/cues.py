"""Find cues: the verb groups that put words on record, each with what its verb can take."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from onrecord.errors import RuleError
from onrecord.lang import read_words
from onrecord.layers.lines import Grammar, Line, load_grammar

Form = Literal["base", "third", "past", "participle", "ing"]
Frame = Literal["quote", "clause", "clause-that", "clause-any", "infinitive", "object", "hearer", "raising", "relay"]

_LATER = 14
"""Tokens within which the word that a cue needs later ("see … as") must come."""

_FORMS: tuple[Form, ...] = ("base", "third", "past", "participle", "ing")


class CueGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One [[cue]] of `lang/<language>/cues.toml`: verbs that take the same things and mean the same stance."""

    name: str
    stance: str
    frames: tuple[Frame, ...]
    verbs: tuple[str, ...]
    examples: tuple[str, ...]
    particles: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    negated: str | None = None
    not_examples: tuple[str, ...] = msgspec.field(default=(), name="not")


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The cue groups of a language, found by any form of their verbs."""

    groups: tuple[CueGroup, ...]
    stances: dict[str, str]
    by_form: dict[str, tuple[tuple[CueGroup, frozenset[Form]], ...]]
    speech: frozenset[str]
    nouns: frozenset[str]


class Cue(NamedTuple):
    """A verb group `line[first:last]` whose main verb is `line[verb]`, and the groups that its verb belongs to.

    `shape` is how it stands: `finite`, `ing` ("…, adding that"), or `passive` ("was told").
    """

    first: int
    last: int
    verb: int
    shape: Literal["finite", "ing", "passive"]
    groups: tuple[CueGroup, ...]
    negated: bool


@cache
def load_lexicon(language: str) -> Lexicon:
    """The cues of a language. Raises RuleError, naming the file and the group, where one is wrong."""
    file = f"lang/{language}/cues.toml"
    tables = read_words(language, "cues")
    stances = msgspec.convert(tables.get("stances", {}), dict[str, str])
    groups: list[CueGroup] = []
    by_form: dict[str, list[tuple[CueGroup, frozenset[Form]]]] = {}
    speech: set[str] = set()
    for table in msgspec.convert(tables.get("cue", []), list[dict[str, object]]):
        place = f"cue {table.get('name', 'without a name')!r}"
        try:
            group = msgspec.convert(table, CueGroup)
        except msgspec.ValidationError as error:
            raise RuleError(file, place, str(error)) from error
        if not {group.stance, group.negated or group.stance} <= set(stances) or not group.examples:
            raise RuleError(file, place, "needs an example, and stances that [stances] lists")
        groups.append(group)
        for verb in group.verbs:
            forms = verb.split()
            if len(forms) != len(_FORMS):
                raise RuleError(
                    file, place, f"verb {verb!r} needs five forms: base, third person, past, participle, -ing"
                )
            for form in set(forms) - {"-"}:
                kinds = frozenset(kind for kind, word in zip(_FORMS, forms, strict=True) if word == form)
                by_form.setdefault(form, []).append((group, kinds))
            if "quote" in group.frames:
                speech |= {forms[1], forms[2]} - {"-"}
    return Lexicon(
        groups=tuple(groups),
        stances=stances,
        by_form={form: tuple(found) for form, found in by_form.items()},
        speech=frozenset(speech),
        nouns=msgspec.convert(tables["nouns"], frozenset[str]),
    )


def stance_of(cue: str, language: str) -> str | None:
    """The stance of a cue by its last word that is a form of a cue verb ("his claim"); None where it has none."""
    lexicon, grammar = load_lexicon(language), load_grammar(language)
    words = cue.lower().split()
    for word in reversed(words):
        for group, _ in lexicon.by_form.get(word.strip(",.:;"), ()):
            if not group.particles or set(group.particles) & set(words):
                negated = any(each in grammar.negations or each.endswith(grammar.negated_ends) for each in words)
                return group.negated if negated and group.negated else group.stance
    return None


def find_cues(line: Line, lexicon: Lexicon, grammar: Grammar) -> Iterator[Cue]:
    """The verb groups of `line` whose verb is a cue verb, left to right."""
    for at, token in enumerate(line):
        entries = lexicon.by_form.get(token.word)
        named = at > 0 and token.capital and line[at - 1].capital
        if entries and token.kind == "word" and not named:
            cue = _read_group(line, at, entries, lexicon.nouns, grammar)
            if cue:
                yield cue


def _read_group(
    line: Line, at: int, entries: tuple[tuple[CueGroup, frozenset[Form]], ...], nouns: frozenset[str], grammar: Grammar
) -> Cue | None:
    """The verb group around the verb at `at`; None where the word is a noun, an adjective or a bare infinitive."""
    first = at
    while first and (line[first - 1].word in grammar.auxiliaries or grammar.is_adverb(line[first - 1])):
        first -= 1
    before = [line[index].word for index in range(first, at)]
    forms = {form for _, forms in entries for form in forms}
    shape = _shape(line, first, at, before, forms, nouns, grammar)
    if shape is None:
        return None
    groups = tuple(
        group
        for group, _ in entries
        if (not group.particles or (at + 1 < len(line) and line[at + 1].word in group.particles))
        and (not group.later or any(token.word in group.later for token in line[at + 2 : at + _LATER]))
    )
    negated = any(word in grammar.negations or word.endswith(grammar.negated_ends) for word in before)
    return Cue(first, at + 1, at, shape, groups, negated) if groups else None


def _shape(
    line: Line, first: int, at: int, before: list[str], forms: set[Form], nouns: frozenset[str], grammar: Grammar
) -> Literal["finite", "ing", "passive"] | None:
    """How the verb at `at` stands after the words `before` of its group; None where it is no verb of a subject."""
    tag = line[at].tag
    if tag and not tag.startswith("VB"):
        return None
    if tag in ("VBD", "VBZ", "VBP") and first == at:
        return "finite"
    left = line[first - 1].word if first else ""
    verbs = [word for word in before if word in grammar.auxiliaries]
    if "ing" in forms:
        if any(word in grammar.be for word in verbs):
            return "finite"
        return None if left in grammar.determiners or left == grammar.of or left in grammar.possessives else "ing"
    if any(word in grammar.be for word in verbs):
        return "passive" if "participle" in forms else None
    if any(word in grammar.have for word in verbs):
        return "finite" if "participle" in forms else None
    if any(word in grammar.modals for word in verbs):
        return "finite" if "base" in forms else None
    if left == grammar.that and "past" not in forms and "third" not in forms:
        return None
    if (
        left == grammar.to
        or left in grammar.possessives
        or (left in grammar.determiners and left not in grammar.lone_determiners)
    ):
        return None
    if left in grammar.prepositions and left not in grammar.clause_openers:
        return None
    if "past" in forms or "third" in forms:
        return "finite"
    if "base" not in forms or not first or line[first - 1].kind != "word" or left.endswith(tuple(grammar.possessives)):
        return None
    return "finite" if line[at].word not in nouns or _is_plural(line, first, grammar) else None


def _is_plural(line: Line, first: int, grammar: Grammar) -> bool:
    """Whether the word before the group can be the subject of a bare verb: "they say", not "the report said"."""
    if first == 0:
        return False
    word = line[first - 1].word
    return (word.endswith("s") and not word.endswith(("ss", *grammar.possessives))) or word in grammar.plurals
