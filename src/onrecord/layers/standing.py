"""How an event stands: happened, ongoing, planned, conditional, possible, denied, called-for, not-yet.

Told by the syntax of its predicate (`lang/<language>/status.toml` says what each auxiliary, governing verb and noun
makes of it), and by the words before and behind it where the sentence was not parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from onrecord.lang import Rule, load_rules, read_words
from onrecord.layers.hanging import condition_of
from onrecord.layers.nounstanding import of_noun
from onrecord.layers.roles import ClauseWords
from onrecord.layers.setting import Setting, stands
from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree
from onrecord.layers.verbstanding import of_verb
from onrecord.record import Span, Status


class StatusRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a status rule (see the head of `lang/en/status.toml`)."""

    status: Status
    place: Literal["before", "next", "after"]
    refusal: bool = False
    progressive: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How an event stands; `refused` where its actor says that it will not do it."""

    status: Status
    condition: Span | None = None
    refused: bool = False


# How far up the governing words are asked.
DEPTH = 5
# A status that hangs on a condition only where nothing has happened yet.
_OPEN: tuple[Status, ...] = ("planned", "possible", "not-yet")


@cache
def status_words(language: str) -> StatusWords:
    """The lists of a language. Raises RuleError where its file is missing or not whole."""
    listed = load_rules(language, "status", StatusRule).words
    return msgspec.convert({**listed, "verbs": read_words(language, "status_verbs")}, StatusWords)


def find_standing(
    text: str,
    predicate: Span,
    sentence: Span,
    rules: Sequence[Rule[StatusRule]],
    words: ClauseWords,
    tree: Tree | None = None,
    lists: StatusWords | None = None,
) -> Standing:
    """How the event of a predicate stands: by the syntax where there is one, else by the words round it."""
    at = tree.top(predicate) if tree is not None else None
    if tree is None or lists is None or at is None:
        return _by_words(text, predicate, sentence, rules, words)
    told = (one for one in tree.below(at, "acl") if tree.words[one].span in predicate)
    at = next(told, at)  # "talks mediated by"
    setting = setting_of(tree, lists)
    status = stands(setting, at, DEPTH)
    if status == "planned" and tree.is_verb(at):  # an if-clause that the parser hung on another word, or saw none in
        near = words.boundary.search(text, predicate.end, sentence.end)
        behind = _behind(text, predicate, sentence, rules)
        if behind.condition and (near is None or behind.condition.start <= near.end() + 1):
            return behind
    if status != "denied":
        return Standing(status=status, condition=condition_of(setting, at) if status == "conditional" else None)
    return Standing(status=status, refused=_by_words(text, predicate, sentence, rules, words).refused)


def setting_of(tree: Tree, lists: StatusWords) -> Setting:
    """A sentence of which to ask how the events of its words stand."""
    return Setting(tree, lists, of_verb, of_noun)


def _behind(text: str, predicate: Span, sentence: Span, rules: Sequence[Rule[StatusRule]]) -> Standing:
    """What the words behind a predicate make of it: what it hangs on, that it runs on; else that it happened."""
    for rule in rules:
        found = rule.pattern.search(text, predicate.end, sentence.end) if rule.right.place == "after" else None
        if found:
            condition = Span(*found.span("condition")) if rule.right.status == "conditional" else None
            return Standing(status=rule.right.status, condition=condition)
    return Standing(status="happened")


def _by_words(
    text: str, predicate: Span, sentence: Span, rules: Sequence[Rule[StatusRule]], words: ClauseWords
) -> Standing:
    """How the event of a predicate stands, from the words before it, then from those behind it."""
    before = text[sentence.start : predicate.start]
    goes_on = bool(words.active.match(text, predicate.start))
    led = (
        r.right
        for r in rules
        if r.right.place == "before" and (goes_on or not r.right.progressive) and r.pattern.search(before)
    )
    first = next(led, None)
    status: Status = first.status if first else "happened"
    if status == "happened":
        last = text.rfind(" ", predicate.start, predicate.end) + 1 or predicate.start
        following = (r.right.status for r in rules if r.right.place == "next" and r.pattern.match(text, last))
        status = next(following, status)
    ahead = status in _OPEN or words.ahead.search(text, sentence.start, predicate.end)
    behind = _behind(text, predicate, sentence, rules)
    if behind.status == "conditional" and ahead:
        return behind
    if behind.status == "ongoing" and status == "happened":
        return behind
    return Standing(status=status, refused=bool(first and first.refusal))
