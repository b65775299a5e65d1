"""Cut paragraphs into lines of tokens in which a quotation is one token, and tell words that have a fixed place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from onrecord.lang import read_words
from onrecord.layers.quotations import Quotation
from onrecord.record import Mentions, Report


class Token(NamedTuple):
    """A word, a mark, or a whole quotation. `word` is in lower case; `paragraph` is an index of `Report.parts`.

    `tag` is the word's Penn Treebank tag where a model told it.
    """

    word: str
    start: int
    end: int
    kind: Literal["word", "mark", "quote"]
    capital: bool
    paragraph: int
    tag: str = ""


_STOPS = frozenset((".", "!", "?"))

_CLOSES = frozenset((")", "]", ",", ";", ":", ".", "'", "’", "”"))
"""Marks that begin no sentence, wherever a splitter cuts: "(D-Ruritania.), who"."""

_TURN = re.compile(r"[A-Z][A-Z.]+(?: [A-Z.]+){0,3}:")
"""A speaker's name that opens a turn of a transcript, which some papers set between quotation marks."""

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
"""Tags of verbs that have a subject."""

Line = Sequence[Token]
"""A sentence as a reader of attributions sees it: what stands in quotation marks does not end it."""


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """The word lists of `lang/<language>/grammar.toml`."""

    auxiliaries: frozenset[str]
    finite_auxiliaries: frozenset[str]
    modals: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    adverbs: frozenset[str]
    ly_nouns: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    pronouns: frozenset[str]
    personal: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    adjunct_starts: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    openers: frozenset[str]
    irregular_pasts: frozenset[str]
    name_suffixes: frozenset[str]
    negations: frozenset[str]
    plurals: frozenset[str]
    adjunct_determiners: frozenset[str]
    person_relatives: frozenset[str]
    goes_on: frozenset[str]
    coordinators: frozenset[str]
    clause_relatives: frozenset[str]
    contracted: tuple[str, ...]
    possessives: frozenset[str]
    gerund_ends: tuple[str, ...]
    adverb_ends: tuple[str, ...]
    past_ends: tuple[str, ...]
    negated_ends: tuple[str, ...]
    content_relatives: frozenset[str]
    figure_words: frozenset[str]
    headline_labels: frozenset[str]
    nominatives: frozenset[str]
    clause_openers: frozenset[str]
    contrasts: frozenset[str]
    questions: frozenset[str]
    objects: frozenset[str]
    lone_determiners: frozenset[str]
    inner_prepositions: frozenset[str]
    turns: frozenset[str]
    hearer_ends: frozenset[str]
    no_hearers: frozenset[str]
    periods: frozenset[str]
    period_starts: frozenset[str]

    that: str
    to: str
    by: str
    of: str
    as_: str = msgspec.field(name="as")
    according: str

    def is_adverb(self, token: Token) -> bool:
        """Whether a word may stand between a subject and its verb."""
        formed = token.word.endswith(self.adverb_ends) and len(token.word) > 4 and not token.capital
        return token.word in self.adverbs or (formed and token.word not in self.ly_nouns)

    def opens(self, token: Token) -> bool:
        """Whether a word stands before a subject without being part of it: "But", "Meanwhile", "Sadly"."""
        if token.word in self.openers:
            return True
        if token.word.endswith(self.adverb_ends) and len(token.word) > 5:
            return token.word not in self.ly_nouns
        return token.word in self.adverbs and token.word not in self.determiners and token.word not in self.pronouns

    def is_finite(self, line: Line, at: int) -> bool:
        """Whether the word at `at` looks like a verb that has a subject."""
        token = line[at]
        if token.kind != "word":
            return False
        if token.tag:
            return token.tag in FINITE
        if token.word in self.finite_auxiliaries or token.word in self.irregular_pasts:
            return not token.capital or at == 0
        if not token.word.endswith(self.past_ends) or len(token.word) < 5 or token.capital:
            return False
        before = line[at - 1].word if at else ""
        return before not in self.determiners and before not in self.prepositions and before not in self.be


@cache
def load_grammar(language: str) -> Grammar:
    """The word lists of a language. Raises RuleError where the file is missing."""
    tables = read_words(language, "grammar")
    words = msgspec.convert(tables["words"], dict[str, list[str]])
    markers = msgspec.convert(tables["markers"], dict[str, str])
    return msgspec.convert({**words, **markers}, Grammar)


def read_lines(
    report: Report, seen: Mentions, quotations: Sequence[Quotation], speech: frozenset[str]
) -> list[list[Token]]:
    """The lines of the report's prose, none over two paragraphs; `speech` are verbs that may follow a quotation."""
    sentences = {sentence.span.start for sentence in seen.sentences}
    lines: list[list[Token]] = []
    for tokens in read_tokens(report, seen, quotations):
        line: list[Token] = []
        for at, token in enumerate(tokens):
            if line and line[-1].kind == "quote":
                cut = _ends_line(report.text, tokens, at - 1, speech)
            else:
                stopped = token.kind == "quote" and bool(line) and line[-1].word in _STOPS
                cut = bool(line) and (stopped or (token.start in sentences and token.word not in _CLOSES))
            if cut:
                lines.append(line)
                line = []
            line.append(token)
        lines.append(line)
    return lines


def read_tokens(report: Report, seen: Mentions, quotations: Sequence[Quotation]) -> Iterator[list[Token]]:
    """The tokens of each paragraph that has any; an outermost quotation is one token."""
    outer = [each.span for each in quotations if each.level == 0 and not _TURN.match(report.text, each.inner.start)]
    openings = [span.start for span in outer]
    starts = [word.span.start for word in seen.words]
    for number, part in enumerate(report.parts):
        if part.kind not in ("headline", "body", "caption"):
            continue
        tokens: list[Token] = []
        index = bisect_left(starts, part.span.start)
        while index < len(starts) and starts[index] < part.span.end:
            at = bisect_right(openings, starts[index]) - 1
            if at >= 0 and starts[index] < outer[at].end:
                tokens.append(Token('"', outer[at].start, outer[at].end, "quote", False, number))
                index = bisect_left(starts, outer[at].end)
                continue
            span = seen.words[index].span
            text = report.text[span.start : span.end]
            kind: Literal["word", "mark"] = "word" if any(map(str.isalnum, text)) else "mark"
            tag = seen.words[index].tag or ""
            tokens.append(Token(text.lower(), span.start, span.end, kind, text[:1].isupper(), number, tag))
            index += 1
        if tokens:
            yield tokens


def _ends_line(text: str, tokens: Sequence[Token], at: int, speech: frozenset[str]) -> bool:
    """Whether the quotation `tokens[at]` ends a sentence: by its last mark, and by what follows."""
    inner = text[tokens[at].start : tokens[at].end].rstrip("\"'”’»` ")
    after = tokens[at + 1]
    if not inner.endswith((".", "!", "?", "…")):
        return after.kind == "quote" and not inner.endswith(",")
    if after.kind != "word":
        return after.kind == "quote"
    if inner.endswith(".") and after.capital:
        return True
    for index in range(at + 1, min(at + 9, len(tokens))):
        token = tokens[index]
        if token.word in speech:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            return following is not None and (following.kind == "quote" or following.word == ":")
        if token.kind != "word" and token.word not in (".", "-"):
            break
    return after.capital


def trim_end(line: Line, end: int) -> int:
    """`end` without the points and dashes before it."""
    while end and line[end - 1].kind == "mark" and line[end - 1].word in (".", ",", ";", "—", "–", "--", ":"):
        end -= 1
    return end
