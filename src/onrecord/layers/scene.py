"""A report on talks as its rules see it: what they match, who stands round a match, which phrase follows it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec

from onrecord.lang import Rule, load_rules
from onrecord.layers.aliases import find_aliases
from onrecord.layers.attributions import innermost
from onrecord.layers.participants import Asked, find_participants
from onrecord.layers.roles import Clause, ClauseWords, Named, clause_words, sides
from onrecord.layers.sources import find_conditions
from onrecord.layers.stand_ins import Pronouns, StandIns
from onrecord.layers.standing import Standing, StatusRule, find_standing, status_words
from onrecord.layers.states import capitals, countries, lands_of
from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree, arguments_of, tree_of
from onrecord.record import CUE, Actor, Attribution, Figure, Mention, Mentions, Place, Sentence, Span, TimeExpression

# Words that a phrase or a move is cut to: the longest that a reader of a table takes in.
_LONGEST = 24
# Below the word that heads a phrase, what is no part of it.
_APART = (
    "conj", "cc", "cc:preconj", "punct", "acl:relcl", "appos", "parataxis", "advcl", "case", "mark", "det",
    "nsubj", "nsubj:pass", "aux", "aux:pass", "cop", "ccomp", "discourse", "obl:unmarked", "nmod:unmarked",
    "advmod", "vocative", "det:predet",
)  # fmt: skip
_CLAUSES = ("acl:relcl", "parataxis", "advcl", "appos")
# What is told of a time so long before the report is history.
_PAST = timedelta(days=300)


class TalksRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a rule (see the head of `lang/en/talks.toml`)."""

    field: str
    value: str | None = None
    outcome: str | None = None
    open: str | None = None
    denied: str | None = None
    who: Literal["subject", "all", "speaker"] | None = None
    phrase: bool = False
    noun: bool = False
    weak: bool = False


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What tells of a field in a sentence, with its named groups as spans; `sentence` is the sentence's number.

    `name` is that of the rule that matched, or the kind of the encoder's cue; `code` is what the words come to where
    that has been settled. `weak` words tell less than others.
    """

    right: TalksRule
    name: str
    span: Span
    sentence: int
    groups: dict[str, Span]
    code: str | None = None
    weak: bool = False


class TalksWords(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of words of `lang/<language>/talks.toml` that are no sub-patterns of its rules."""

    everybody: frozenset[str]
    speakers: frozenset[str]
    own: frozenset[str]
    telling: frozenset[str]
    nobody: frozenset[str]
    empty: frozenset[str]
    staff: frozenset[str]
    behind: frozenset[str]
    offices: frozenset[str]
    things: frozenset[str]
    several: frozenset[str]
    people: frozenset[str]
    leads: frozenset[str]
    camps: frozenset[str]
    rulers: frozenset[str]
    deals: frozenset[str]
    promising: frozenset[str]
    granting: frozenset[str]
    providing: frozenset[str]
    bidding: frozenset[str]
    idle: frozenset[str]
    getting: frozenset[str]
    getting_passive: frozenset[str]
    wind: frozenset[str]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """The text, the matches of the rules by field, and the earlier layers of the report."""

    language: str
    today: date | None
    text: str
    sentences: tuple[Sentence, ...]
    trees: tuple[Tree | None, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    clause: ClauseWords
    words: TalksWords
    named: Named
    stand_ins: StandIns
    grounds: Named
    actors: Mapping[str, Actor]
    lands: Mapping[str, str]
    aliases: Mapping[str, str]
    status_rules: tuple[Rule[StatusRule], ...]
    status_words: StatusWords
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]
    cues: tuple[tuple[Mention, ...], ...]

    def of(self, *fields: str) -> list[Hit]:
        """The matches for these fields, in the order of the text."""
        return sorted((hit for field in fields for hit in self.hits.get(field, ())), key=lambda hit: hit.span)

    def number(self, at: int) -> int:
        """The number of the sentence that a character stands in."""
        return bisect_right([sentence.span.start for sentence in self.sentences], at) - 1

    def word(self, span: Span, *, of_deal: bool = False) -> str | None:
        """The id of the attribution on whose word the first of some words stands.

        Whoever demands or agrees does it at the table: that he does is not on his word. Nor is what a deal says on the
        deal's (`of_deal`).
        """
        first = Span(span.start, span.start + 1)
        over = [one for one in self.attributions if any(first in content for content in one.content)]
        told = [one for one in over if one.stance in self.words.telling]
        told = [one for one in told if not (of_deal and one.source.kind == "document")]
        return min(told, key=lambda one: sum(map(len, one.content))).id if told else None

    def speaker(self, span: Span) -> str | None:
        """The actor whose words these are."""
        held = innermost(self.attributions, Span(span.start, span.start + 1))
        return held.source.actor if held else None

    def who(self, hit: Hit) -> tuple[str, ...]:
        """Ids of the actors of a match: those in its groups `who…`, else its subject; `all` where it is all sides."""
        groups = [span for name, span in hit.groups.items() if name.startswith("who")]
        if groups:
            return self.actors_in(groups)
        if hit.right.who == "speaker":
            return tuple(filter(None, [self.speaker(hit.span)]))
        return self._subjects(hit) if hit.right.who else ()

    def _subjects(self, hit: Hit) -> tuple[str, ...]:
        tree = self.trees[hit.sentence]
        condition = hit.groups.get("condition")
        behind = condition is not None and condition.start > hit.span.start
        until = condition.start if condition is not None and behind else hit.span.end
        told_by = Span(hit.span.start, until)
        if tree is not None and (at := tree.top(told_by)) is not None:
            subjects = tree.subjects(at)
            said = {tree.word(one) for one in subjects}
            if said & self.words.everybody:
                return (ALL,)
            if said & self.words.speakers or any(self._is_own(tree, one) for one in subjects):
                return tuple(filter(None, [self.speaker(hit.span)]))
            asked = Asked(span=told_by, type="", governs=False)
            found = find_participants(tree, asked, self.named, self.grounds, self.clause)
            ids = self.acting(found.agents if found.passive else found.subjects)
            heads = tree.agents(at) if found.passive else subjects or tree.below(at, "nmod:poss")
            ids = self._stood_in(hit.sentence, heads, ids)
            if ids or found.told:
                return ids
        sentence = self.sentences[hit.sentence].span
        noun = hit.right.noun
        clause = Clause(text=self.text, span=sentence, named=self.named, places=[], until=sentence.end, noun=noun)
        return sides(clause, hit.span, self.clause).subjects

    def _stood_in(self, number: int, heads: Sequence[int], ids: tuple[str, ...]) -> tuple[str, ...]:
        """Whom the words that head a subject mean: those told by their own mentions, else whom they stand for."""
        tree = self.trees[number]
        listed = [self.stand_ins.listed(tree, one) for one in heads] if tree is not None else []
        if ids and not any(listed):
            return ids
        found = (id for one in heads for id in self.stand_ins.whom(number, one))
        return self.acting(found) or ids

    def _is_own(self, tree: Tree, at: int) -> bool:
        """Whether a noun means the side of who speaks: "her country would attend"."""
        owned = any(tree.words[one].pos == "PRON" for one in tree.below(at, "nmod:poss"))
        return owned and tree.word(at) in self.words.own

    def acting(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids that are actors here; a place's own where it is a country that the report names only as a place."""
        return tuple(dict.fromkeys(id for id in ids if id in self.actors))

    def actors_in(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Ids of the actors with a mention inside the spans, in the order of the text, each once."""
        wanted = list(spans)
        return tuple(dict.fromkeys(id for m, id in self.named if any(m in span for span in wanted)))

    def is_headline(self, hit: Hit) -> bool:
        """Whether a match stands in a headline that the body says again: the first line, with no mark at its end."""
        return self.is_headed(hit.sentence)

    def is_headed(self, number: int) -> bool:
        """Whether a sentence is a headline: at the top, with no mark at its end."""
        return number < 2 and len(self.sentences) > 2 and self.text[self.sentences[number].span.end - 1] not in '.!?"”'

    def is_old(self, time: TimeExpression) -> bool:
        """Whether a time lies well before the report; in a report without a date, whether it is a year."""
        if time.interval is None or time.interval.end is None:
            return False
        if self.today is None:
            return len(time.value or "") == 4
        return ends_before(time, self.today - _PAST)

    def standing(self, hit: Hit) -> Standing:
        """How what a match says stands."""
        sentence = self.sentences[hit.sentence].span
        tree = self.trees[hit.sentence]
        return find_standing(self.text, hit.span, sentence, self.status_rules, self.clause, tree, self.status_words)

    def does(self, hit: Hit) -> bool:
        """Whether a match is a verb that says what somebody does, not a noun, or what is to be done ("to accept")."""
        tree = self.trees[hit.sentence]
        if tree is None or hit.right.who != "subject" or hit.right.noun or (at := tree.top(hit.span)) is None:
            return True
        named = tree.words[at].pos in ("NOUN", "PROPN", "ADV") and not tree.below(at, "cop")
        return not named and not (self.is_bare(hit) and tree.below(at, "mark"))

    def is_bare(self, hit: Hit) -> bool:
        """Whether a match is an infinitive: "would accept"."""
        tree = self.trees[hit.sentence]
        at = tree.top(hit.span) if tree is not None else None
        return tree is not None and at is not None and hit.right.who == "subject" and tree.words[at].tag == "VB"

    def places_in(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Ids of the places with a mention that shares characters with the spans."""
        wanted = list(spans)
        found = sorted((m, p.id) for p in self.places for m in p.mentions if any(m & span for span in wanted))
        return tuple(dict.fromkeys(id for _, id in found))

    def reach(self, hit: Hit) -> Span:
        """A match with what its predicate takes: "rejected the draft"."""
        tree = self.trees[hit.sentence]
        at = tree.top(hit.span) if tree is not None else None
        if tree is None or at is None:
            return Span(hit.span.start, _plain_end(self.text, hit.span.end, self.sentences[hit.sentence].span.end))
        above = tree.above(at)
        if above is not None and above > at and (tree.words[at].relation or "").startswith("aux"):
            at = above  # "must" is nothing without "take steps"
        last = hit.span.end
        inside = _under(tree, at, _CLAUSES, ("conj", "parataxis", "advcl", "acl:relcl"))
        for one in range(at + 1, min(tree.last, at + _LONGEST)):
            span = tree.words[one].span
            if span.end <= hit.span.end:
                continue
            if one not in inside or tree.word(one) in _STOPS:
                break
            last = span.end
        return Span(hit.span.start, last)

    def phrases(self, hit: Hit) -> tuple[Span, ...]:
        """The phrases that begin right behind a match, those joined by "and" each on its own, without articles."""
        tree = self.trees[hit.sentence]
        end = self.sentences[hit.sentence].span.end
        if tree is None:
            start = _next_word(self.text, hit.span.end, self.words.behind)
            found = [Span(start, _plain_end(self.text, start, end))]
        else:
            found = [phrase_of(tree, at) for at in _heads(tree, hit.span.end)]
        return tuple(span for span in found if self.tells(span))

    def tells(self, span: Span) -> bool:
        """Whether a phrase names a matter: no time, not only a pronoun or an empty word."""
        if not len(span) or any(span in time.span for time in self.times):
            return False
        return span.of(self.text).casefold() not in self.words.empty


def ends_before(time: TimeExpression, day: date) -> bool:
    """Whether a time ends before a day: those before year 1 do, those that are open or behind year 9999 do not."""
    end = time.interval.end if time.interval else None
    if end is None:
        return False
    try:
        return date.fromisoformat(end[:10]) < day
    except ValueError:
        return end.startswith(("-", "0000"))


ALL = "all sides"
"""In place of an actor's id: whoever sits at the table."""

_STOPS = frozenset({"“", "”", '"', "``", "''", ";", ":", "--", "—"})
_WORD = re.compile(r"\s*(\w+)\s+")
_PLAIN = re.compile(r"""(?:[^.,;:”"]|[.,](?=\w))*""")


def _next_word(text: str, at: int, articles: frozenset[str]) -> int:
    """Where the next word that is no article starts."""
    while (found := _WORD.match(text, at)) and found[1].casefold() in articles:
        at = found.end()
    return at + len(text[at:]) - len(text[at:].lstrip())


def _plain_end(text: str, start: int, end: int) -> int:
    """Where a phrase from `start` on ends as far as marks tell."""
    found = _PLAIN.match(text, start, end)
    return start + len(found[0].rstrip()) if found else start


def _heads(tree: Tree, start: int) -> list[int]:
    """The words that head the phrases from the first word at or behind `start` on."""
    first = next((at for at in range(tree.first, tree.last) if tree.words[at].span.start >= start), None)
    if first is None:
        return []
    at = first
    for _ in range(_LONGEST):
        above = tree.above(at)
        if above is None or above <= at:
            break
        at = above
    rises = 0
    while (above := tree.above(at)) is not None and first <= above < at and rises < _LONGEST:
        at, rises = above, rises + 1
    if tree.words[at].pos in ("PUNCT", "ADP", "PRON", "DET", "SCONJ", "CCONJ", "NUM"):
        return []
    return [one for one in tree.joined(at) if one >= first]


def _under(tree: Tree, top: int, apart: Sequence[str], deeper: Sequence[str]) -> set[int]:
    """`top` and the words that it governs, without what hangs on it by `apart`, or further down by `deeper`."""
    found, front = {top}, [(top, apart)]
    for at, without in front:
        for one in tree.below(at):
            if tree.words[one].relation not in without and one not in found:
                found.add(one)
                front.append((one, deeper))
    return found


def phrase_of(tree: Tree, at: int) -> Span:
    """The unbroken stretch of words round `at` that it governs."""
    inside = _under(tree, at, _APART, ("acl:relcl", "parataxis", "advcl", "appos"))
    first = last = at
    while first - 1 in inside and tree.word(first - 1) not in _STOPS:
        first -= 1
    while last + 1 in inside and last - first < _LONGEST and tree.word(last + 1) not in (*_STOPS, ","):
        last += 1
    while last > at and tree.words[last].pos in ("PUNCT", "ADP", "DET", "CCONJ"):
        last -= 1
    while (first < at and tree.words[first].pos in ("PUNCT", "DET")) or (
        first < at and tree.words[first].relation == "nmod:poss" and tree.words[first].pos == "PRON"
    ):
        first += 1
    return Span(tree.words[first].span.start, tree.words[last].span.end)


@cache
def talks_words(language: str) -> TalksWords:
    """The word lists of a language. Raises RuleError where its file is missing or not whole."""
    listed = load_rules(language, "talks", TalksRule).words
    return msgspec.convert({name: frozenset(listed[name]) for name in TalksWords.__struct_fields__}, TalksWords)


def find_hits(text: str, seen: Mentions, rules: Sequence[Rule[TalksRule]]) -> Iterator[Hit]:
    """Every rule's matches in every sentence: a stretch may fill several fields, but each field once."""
    for number, sentence in enumerate(seen.sentences):
        taken: dict[str, list[Span]] = {}
        for rule in rules:
            if not rule.may_match(text, sentence.span.start, sentence.span.end):
                continue
            for match in rule.pattern.finditer(text, sentence.span.start, sentence.span.end):
                span = _trim(text, *match.span())
                held = taken.setdefault(rule.right.field, [])
                if not len(span) or any(span & other for other in held):
                    continue
                held.append(span)
                groups = {name: _trim(text, *match.span(name)) for name, words in match.groupdict().items() if words}
                yield Hit(right=rule.right, name=rule.name, span=span, sentence=number, groups=groups)


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def set_scene(
    text: str,
    seen: Mentions,
    language: str,
    today: date | None,
    hits: Iterable[Hit],
    layers: tuple[
        tuple[Actor, ...] | None,
        tuple[Attribution, ...] | None,
        tuple[TimeExpression, ...] | None,
        tuple[Place, ...] | None,
        tuple[Figure, ...] | None,
    ],
) -> Scene:
    """The scene of a report, from the matches of its rules and its earlier layers."""
    actors, attributions, times, places, figures = layers
    by_field: dict[str, list[Hit]] = {}
    terms = find_conditions(text, [sentence.span for sentence in seen.sentences], language)
    for hit in hits:
        if not any(hit.span & span for span in terms):  # "who asked not to be named" is no demand
            by_field.setdefault(hit.right.field, []).append(hit)
    arguments = arguments_of(seen)
    everyone = {actor.id: actor for actor in (*(actors or ()), *countries(places or (), actors or ()))}
    named = sorted((span, actor.id) for actor in everyone.values() for span in actor.mentions)
    lands = lands_of(everyone.values(), seen)
    everyone |= {actor.id: actor for actor in capitals(places or ()) if actor.id not in everyone}
    trees = tuple(tree_of(text, seen, sentence, arguments) for sentence in seen.sentences)
    words = talks_words(language)
    pronouns = Pronouns(things=words.things, several=words.several, people=words.people)
    return Scene(
        language=language,
        today=today,
        text=text,
        sentences=seen.sentences,
        trees=trees,
        hits={field: tuple(found) for field, found in by_field.items()},
        clause=clause_words(language),
        words=words,
        named=named,
        stand_ins=StandIns(trees=trees, named=named, actors=everyone, pronouns=pronouns, offices=words.offices),
        grounds=sorted((span, place.id) for place in places or () for span in place.mentions),
        actors=everyone,
        lands=lands,
        aliases=find_aliases(text, tuple(everyone.values())),
        status_rules=load_rules(language, "status", StatusRule).rules,
        status_words=status_words(language),
        attributions=attributions or (),
        times=times or (),
        places=places or (),
        figures=figures or (),
        cues=_cues(seen, terms),
    )


def _cues(seen: Mentions, terms: Sequence[Span]) -> tuple[tuple[Mention, ...], ...]:
    """What the encoder took words for in each sentence, but for those on which a source spoke."""
    starts = [sentence.span.start for sentence in seen.sentences]
    found: list[list[Mention]] = [[] for _ in starts]
    for one in seen.spans:
        if one.kind.startswith(CUE) and not any(one.span & span for span in terms):
            found[bisect_right(starts, one.span.start) - 1].append(one)
    return tuple(map(tuple, found))
