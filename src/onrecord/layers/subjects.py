"""Find the noun phrase that speaks: to the left of a cue, to its right, or earlier in the line."""

from __future__ import annotations

from onrecord.layers.drafts import Range
from onrecord.layers.lines import Grammar, Line, Token, trim_end

_LONGEST = 32
"""Tokens in a source, at most: of the sources in PolNeAR's training part 99 in 100 are shorter."""

_WORD_MARKS = frozenset(("-", "'", "’", ".", "/", "$", "%", "&"))
"""Marks that stand inside words and names."""

_BREAKS = frozenset((";", ":", "—", "–", "--", "…", "...", "•", "|"))


def subject_before(line: Line, stop: int, grammar: Grammar) -> Range | None:
    """The noun phrase that ends right before the verb group at `stop`; None where there is none."""
    if (
        stop
        and line[stop - 1].word in grammar.nominatives
        and (stop < 2 or line[stop - 2].word not in grammar.coordinators)
    ):
        return stop - 1, stop
    start = _clause_start(line, stop, grammar)
    end = stop
    while end > start and line[end - 1].word == ",":
        end -= 1
    start = _skip_openers(line, start, end, grammar)
    if start >= end or end - start > _LONGEST:
        return None
    start = _after_fronted(line, start, end, grammar)
    start = _after_verb(line, start, end, grammar)
    if start >= end or (line[end - 1].kind != "word" and line[end - 1].word not in (")", ".")):
        return None
    if all(token.word in grammar.conjunctions or grammar.is_adverb(token) for token in line[start:end]):
        return None
    return start, end


def _clause_start(line: Line, stop: int, grammar: Grammar) -> int:
    """Where the clause of the verb group at `stop` starts, appositions between commas taken along."""
    at = stop
    if at and line[at - 1].word == ",":
        at = _before_apposition(line, at - 1, grammar)
        if at < 0:
            return stop
    while at:
        token = line[at - 1]
        if token.word == ")":
            opening = next((i for i in range(at - 2, max(at - 14, -1), -1) if line[i].word == "("), -1)
            if opening < 0:
                return at
            at = opening
            continue
        if token.kind == "quote":
            if at >= 2 and at < len(line) and line[at].capital and line[at - 2].capital and line[at - 2].kind == "word":
                at -= 1
                continue
            return at
        if token.word in _BREAKS or token.word == "(":
            return at
        if token.word == ",":
            if at < len(line) and line[at].word in grammar.name_suffixes:
                at -= 1
                continue
            return at
        if token.word in grammar.clause_relatives and token.word != grammar.that and at == stop:
            return at - 1
        if token.word in grammar.subordinators and not (token.word == grammar.that and at == stop):
            return at
        if token.word in grammar.conjunctions and _joins_clauses(line, at - 1, grammar):
            return at
        at -= 1
    return 0


def _before_apposition(line: Line, comma: int, grammar: Grammar) -> int:
    """Where the noun phrase ends whose apposition or relative clause ends at `comma`; -1 where it is none."""
    for at in range(comma - 1, max(comma - 30, 0), -1):
        token = line[at]
        if token.kind == "quote" or token.word in _BREAKS:
            return -1
        if token.word == "," and at > 0:
            after = line[at + 1]
            if at + 1 == comma:
                return -1
            head = line[at - 1]
            if (
                head.kind == "word"
                and not _is_time(line, at - 1, grammar)
                and (after.word in grammar.relatives or after.word in grammar.determiners or after.kind == "word")
                and after.word not in grammar.conjunctions
            ):
                return at
            return -1
    return -1


def _joins_clauses(line: Line, at: int, grammar: Grammar) -> bool:
    """Whether the conjunction at `at` joins clauses or verbs, not nouns: a finite verb stands before it."""
    if at and line[at - 1].word == ",":
        return True
    for index in range(at - 1, -1, -1):
        token = line[index]
        if token.kind == "quote" or token.word in _BREAKS or token.word in grammar.clause_relatives:
            return False
        if grammar.is_finite(line, index):
            return True
    return at == 0


def _is_time(line: Line, at: int, grammar: Grammar) -> bool:
    """Whether the word at `at` ends a date or a day."""
    word = line[at].word
    return word in grammar.days or word in grammar.months or word[:1].isdigit()


def _skip_openers(line: Line, start: int, end: int, grammar: Grammar) -> int:
    """`start` moved over "But", "Meanwhile", adverbs and the like."""
    while start < end:
        token = line[start]
        if token.kind == "mark" and token.word not in ("$", "@", "#", "£", "€"):
            start += 1
        elif token.word in grammar.openers and start + 1 < end and line[start + 1].kind == "mark":
            break
        elif grammar.opens(token):
            start += 1
        else:
            break
    return start


def _after_fronted(line: Line, start: int, end: int, grammar: Grammar) -> int:
    """`start` moved over a phrase in front without a comma: "On Monday the mayor", "In a statement he"."""
    first = line[start]
    if first.word in grammar.period_starts and start + 1 < end:
        first = line[start + 1]
        if first.word in grammar.periods or first.word in grammar.days:
            return min(start + 2, end - 1)
        return start
    if first.word in grammar.days and start + 1 < end and start == 0:
        return start + 1
    if first.word not in grammar.prepositions:
        return start
    for at in range(end - 1, start, -1):
        if line[at].word in grammar.personal:
            return at
    for at in range(start + 1, end - 1):
        if _is_time(line, at, grammar):
            while at + 1 < end and _is_time(line, at + 1, grammar):
                at += 1
            return at + 1
    for at in range(start + 2, end):
        token, before = line[at], line[at - 1]
        if token.word in grammar.determiners and before.word not in grammar.prepositions:
            return at
        if token.capital and not before.capital and before.word not in grammar.prepositions | grammar.determiners:
            return at
    return end


def _after_verb(line: Line, start: int, end: int, grammar: Grammar) -> int:
    """`start` moved over a clause before the subject's own: "Rain fell after the dam"; `end` where that leaves none."""
    finite = sure = False
    opening = -1
    for at in range(start, end):
        word = line[at].word
        if word in grammar.relatives or word == ",":
            break
        finite = finite or (at > start and grammar.is_finite(line, at))
        sure = sure or word in grammar.finite_auxiliaries
        if finite and word in grammar.clause_openers:
            opening = at + 1
    if opening > 0:
        return opening
    return end if sure else start


def subject_after(line: Line, start: int, grammar: Grammar) -> Range | None:
    """The noun phrase at `start` with its appositions: said "John Roe, a clerk in the north," on Monday."""
    end = _phrase_end(line, start, grammar)
    if end == start:
        return None
    end = _relative_end(line, end, grammar)
    while end < len(line) and line[end].word == ",":
        apposition = _apposition_end(line, end, grammar)
        if apposition is None:
            break
        end = apposition
    return start, end


def _relative_end(line: Line, end: int, grammar: Grammar) -> int:
    """`end` moved over a relative clause without a comma before it: a clerk "who works in the north"."""
    if end >= len(line) or line[end].word not in grammar.person_relatives:
        return end
    while end < len(line) and (line[end].kind == "word" or line[end].word in _WORD_MARKS):
        end += 1
    return trim_end(line, end)


def _apposition_end(line: Line, comma: int, grammar: Grammar) -> int | None:
    """Where the apposition after `comma` ends; None where what follows is none."""
    after = comma + 1
    if after >= len(line) or line[after].kind != "word":
        return None
    token = line[after]
    if token.word in grammar.relatives:
        end = after
        while end < len(line) and (line[end].kind == "word" or line[end].word in _WORD_MARKS):
            end += 1
        return trim_end(line, end)
    if token.word == grammar.of and line[comma - 1].word.isdigit():  # 29, of the north
        return _phrase_end(line, after + 1, grammar)
    if token.word in grammar.prepositions | grammar.conjunctions | grammar.personal | grammar.subordinators:
        return None
    if token.word.endswith(grammar.gerund_ends) or token.word in grammar.auxiliaries or grammar.is_adverb(token):
        return None
    end = _phrase_end(line, after, grammar)
    if end == after or (end < len(line) and line[end].kind == "word" and grammar.is_finite(line, end)):
        return None
    return _relative_end(line, end, grammar)


def _is_reduced(line: Line, at: int, start: int, grammar: Grammar) -> bool:
    """Whether the word at `at` is a participle that belongs to the noun before it: figures "released" by both."""
    if at == start or at + 1 >= len(line) or not line[at].word.endswith(grammar.past_ends) or line[at].capital:
        return False
    following = line[at + 1].word
    return following in grammar.inner_prepositions or following in grammar.days


def _is_adjunct(line: Line, at: int, grammar: Grammar) -> bool:
    """Whether the preposition at `at` begins no part of the source: said Ana Ruiz "in a statement"."""
    if line[at].word not in grammar.inner_prepositions:
        return True
    following = line[at + 1].word if at + 1 < len(line) else ""
    return line[at - 1].capital and following in grammar.adjunct_determiners


def _is_modifier(token: Token, grammar: Grammar) -> bool:
    """Whether an adverb ends the noun phrase; "both" and the like can stand inside one."""
    return grammar.is_adverb(token) and token.word not in grammar.determiners


def _phrase_end(line: Line, start: int, grammar: Grammar) -> int:
    """Where the noun phrase at `start` ends, its "of …", "for …", "from …" taken along."""
    at = start
    while at < len(line) and at - start < _LONGEST:
        token = line[at]
        if token.word == "(":
            closing = next((i for i in range(at + 1, min(at + 14, len(line))) if line[i].word == ")"), -1)
            if closing < 0 or at == start:
                break
            at = closing + 1
            continue
        if token.kind == "quote":
            if at > start and at + 1 < len(line) and line[at + 1].capital and line[at - 1].capital:
                at += 1
                continue
            break
        if token.kind == "mark" and token.word not in ("-", ".", "'", "’", "&", "/", "@", "$", "%", "#"):
            break
        if token.word == "." and (at + 1 >= len(line) or (not line[at + 1].capital and line[at + 1].kind == "word")):
            break
        if _is_reduced(line, at, start, grammar):
            at += 2
            continue
        if token.word in grammar.days or (grammar.is_finite(line, at) and at > start):
            break
        if at > start and token.word in grammar.personal:
            break
        if token.word in grammar.subordinators and (at > start or token.word != grammar.that):
            break
        if token.word in grammar.relatives and at > start:
            break
        if token.word in grammar.prepositions and (at == start or _is_adjunct(line, at, grammar)):
            break
        if at > start and (
            _is_modifier(token, grammar) or (token.word.endswith(grammar.gerund_ends) and not token.capital)
        ):
            break
        if token.word in grammar.conjunctions and (
            at == start or at + 1 >= len(line) or line[at + 1].word in grammar.personal
        ):
            break
        at += 1
    while at > start and (line[at - 1].word in grammar.prepositions or line[at - 1].word in grammar.conjunctions):
        at -= 1
    return at
