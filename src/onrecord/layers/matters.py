"""What talks are about: aims, issues, earlier deals; the place where they are held; what is given under a deal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.layers.answers import Answer, Ground, choose
from onrecord.layers.parties import voice_of
from onrecord.layers.scene import Hit, Scene, TalksRule, phrase_of
from onrecord.layers.terms import find_given
from onrecord.layers.worths import Signs
from onrecord.record import CUE, Issue, Span, Term

# A reader's table has at most so many of each.
MOST_MATTERS = {"aims": 2, "issues": 6, "precedents": 2, "terms": 6, "venue": 1}
# What the encoder's cues tell of.
_SLOTS: Mapping[str, str] = {
    "aim": "aims", "issue": "issues", "sticking": "issues", "precedent": "precedents", "term": "terms",
}  # fmt: skip
# Words of a phrase, by number, and how often a word that says no more is counted again.
_LENGTHS = ((2, "1"), (4, "2-3"), (8, "4-7"))
_AGAIN = 4
# Tags of verbs that are what a sentence says, not a thing.
_FINITE = ("VBD", "VBZ", "VBP")

Phrases = dict[Span, tuple[int, list[Hit], Signs]]
"""Phrases that an answer might have: sentence, what tells of each, and signs of that."""


class Matters(msgspec.Struct, frozen=True, kw_only=True):
    """The answers that phrases make."""

    aims: tuple[Span, ...]
    issues: tuple[Issue, ...]
    precedents: tuple[Span, ...]
    terms: tuple[Term, ...]


def find_matters(ground: Ground) -> Matters:
    """What the talks are about, each matter once."""
    answers = list(matters(ground))
    scene = ground.scene

    def of(slot: str) -> tuple[Answer, ...]:
        mine = (one for one in answers if one.slot == slot)
        return choose(scene, slot, mine, MOST_MATTERS[slot], shuts_out)

    def shuts_out(first: Answer, second: Answer) -> bool:
        return is_one_matter(scene, first.span, second.span)

    return Matters(
        aims=tuple(one.span for one in of("aims")),
        issues=tuple(
            Issue(span=one.span, sticking=sticks(scene, one), attribution=scene.word(one.span)) for one in of("issues")
        ),
        precedents=tuple(one.span for one in of("precedents")),
        terms=_terms(scene, of("terms")),
    )


def matters(ground: Ground) -> Iterator[Answer]:
    """Every phrase that might be an answer, with its signs."""
    scene = ground.scene
    found: dict[str, Phrases] = {slot: {} for slot in ("aims", "issues", "precedents", "terms")}
    for slot, field in (("aims", "aims"), ("issues", "issues"), ("precedents", "precedents"), ("terms", "offers")):
        for hit in scene.of(field):
            for order, span in enumerate(_of_hit(scene, hit)):
                signs = {"joined": 1.0} if order else {}
                if hit.right.value == "sticking":
                    signs["rule sticking"] = 1.0
                _add(scene, found[slot], hit.sentence, span, hit, signs)
    starts = [sentence.span.start for sentence in scene.sentences]
    for given in find_given(scene):
        signs = {f"given {given.kind}": 1.0}
        signs |= {name: 1.0 for name in ("giver", "receiver") if getattr(given, name)}
        _add(scene, found["terms"], bisect_right(starts, given.what.start) - 1, given.what, None, signs)
    for number, cues in enumerate(scene.cues):
        tree = scene.trees[number]
        for cue in cues if tree is not None else ():
            about = _SLOTS.get(cue.kind.removeprefix(CUE))
            at = tree.top(cue.span) if tree is not None and about else None
            if tree is not None and about is not None and at is not None:
                hit = Hit(right=TalksRule(field=about), name=cue.kind, span=cue.span, sentence=number, groups={})
                _add(scene, found[about], number, phrase_of(tree, at), hit, {})
    for slot, phrases in found.items():
        for span, (number, hits, signs) in phrases.items():
            whole = ground.signs(number, span, hits) | signs | _of_phrase(scene, number, span)
            whole |= {f"also {other}": 1.0 for other in found if other != slot and _holds(found[other], span)}
            yield Answer(slot=slot, span=span, sentence=number, hits=tuple(hits), signs=whole)


def _of_hit(scene: Scene, hit: Hit) -> tuple[Span, ...]:
    """The phrases that a match tells of: those behind it, the words in its groups `what`, or the match."""
    if hit.right.phrase:
        return scene.phrases(hit)
    named = tuple(span for name, span in hit.groups.items() if name.startswith("what"))
    return named or ((hit.span,) if hit.right.field in ("precedents", "offers") else ())


def _add(scene: Scene, phrases: Phrases, number: int, span: Span, hit: Hit | None, signs: Signs) -> None:
    """Note a phrase, or what more tells of one that is noted already in other words."""
    if not scene.tells(span) or scene.is_headed(number) or _is_bare_verb(scene, number, span):
        return  # what a headline says the body says again
    alike = (one for one in phrases if one == span or (one & span and _head(scene, one) == _head(scene, span)))
    known = next(alike, span)
    _, hits, noted = phrases.setdefault(known, (number, [], {}))
    hits += [hit] if hit is not None else []
    noted |= signs


def _is_bare_verb(scene: Scene, number: int, span: Span) -> bool:
    """Whether words are only the verb of a sentence: "said" is no matter."""
    tree = scene.trees[number]
    at = tree.top(span) if tree is not None else None
    return tree is not None and at is not None and tree.words[at].span == span and tree.words[at].tag in _FINITE


def _holds(phrases: Iterable[Span], span: Span) -> bool:
    return any(one & span for one in phrases)


def _head(scene: Scene, span: Span) -> Span:
    """The word that governs a phrase."""
    number = scene.number(span.start)
    tree = scene.trees[number]
    at = tree.top(span) if tree is not None else None
    return tree.words[at].span if tree is not None and at is not None else span


def _of_phrase(scene: Scene, number: int, span: Span) -> Signs:
    """What a phrase looks like: how long, how it stands, whether its head is said again."""
    text = span.of(scene.text)
    length = len(text.split())
    found = {f"words {next((name for until, name in _LENGTHS if length < until), 'more')}": 1.0}
    if text[:1].isupper():
        found["capital"] = 1.0
    if any(letter.isdigit() for letter in text):
        found["number"] = 1.0
    tree = scene.trees[number]
    at = tree.top(span) if tree is not None else None
    if tree is not None and at is not None:
        word = tree.words[at]
        found |= {f"is {word.pos}": 1.0, f"as {(word.relation or '').partition(':')[0]}": 1.0}
        above = tree.above(at)
        if above is not None:
            found[f"under {tree.words[above].pos}"] = 1.0
        found["again"] = min(scene.text.casefold().count(tree.word(at)) - 1, _AGAIN) / 2
    return found


def sticks(scene: Scene, issue: Answer) -> bool:
    """Whether an issue is said to divide."""
    return bool(choose(scene, "sticking", [issue], 1, lambda first, second: False))


def is_one_matter(scene: Scene, first: Span, second: Span) -> bool:
    """Whether two phrases mean one matter: they share words, or one's words are all among the other's."""
    if first & second:
        return True
    one, other = ({*_key(scene, span)} for span in (first, second))
    return one <= other or other <= one


def _key(scene: Scene, span: Span) -> list[str]:
    """The words of a phrase without articles."""
    return [word for word in span.of(scene.text).casefold().split() if word not in scene.words.behind]


def _terms(scene: Scene, answers: Iterable[Answer]) -> tuple[Term, ...]:
    """What is given under a deal, with who gives it to whom where the syntax or a rule says so."""
    given = list(find_given(scene))
    found: list[Term] = []
    for answer in answers:
        hit = next((one for one in answer.hits if not one.name.startswith(CUE)), None)
        told = [one for one in given if one.what & answer.span]
        per = hit.groups.get("to") if hit else None
        giver = next((voice_of(scene, id) for id in scene.who(hit) if id in scene.actors), None) if hit else None
        found.append(
            Term(
                span=Span(hit.span.start, max(hit.span.end, answer.span.end)) if hit and per else answer.span,
                giver=giver or next((one.giver for one in told if one.giver), None),
                receiver=next(iter(scene.actors_in([per] if per else [])), None)
                or next((one.receiver for one in told if one.receiver), None),
                what=answer.span,
                figure=next((figure.id for figure in scene.figures if figure.span & answer.span), None),
                per=per,
                attribution=scene.word(hit.span if hit else answer.span, of_deal=True),
            )
        )
    return tuple(found)


def venues(ground: Ground) -> Iterator[Answer]:
    """Every place that might be where the talks are held; the `actor` of each is the place's id."""
    scene = ground.scene
    told: dict[str, list[tuple[Hit, Span]]] = {}
    for hit in scene.of("venue"):
        if "where" in hit.groups:
            for id in scene.places_in([hit.groups["where"]])[:1]:
                told.setdefault(id, []).append((hit, hit.groups["where"]))
    for number, cues in enumerate(scene.cues):
        for cue in (one for one in cues if one.kind == f"{CUE}venue"):
            hit = Hit(right=TalksRule(field="venue"), name=cue.kind, span=cue.span, sentence=number, groups={})
            for id in scene.places_in([cue.span])[:1]:
                told.setdefault(id, []).append((hit, cue.span))
    mentions = {place.id: len(place.mentions) for place in scene.places}
    order = sorted(told, key=lambda id: told[id][0][1].start)
    for id in order:
        first_hit, where = min(told[id], key=lambda one: one[1].start)
        chances = [ground.cues(hit.sentence, span, "cue").get("cue venue", 0.0) for hit, span in told[id]]
        shared = ground.shared[first_hit.sentence]
        signs = {name: much for name, much in shared.items() if name.startswith(("at ", "kind "))}
        signs |= {f"rule {hit.name}": 1.0 for hit, _ in told[id] if not hit.name.startswith(CUE)}
        signs |= {
            "by a rule": float(any(not hit.name.startswith(CUE) for hit, _ in told[id])),
            "cue venue": max(chances),
            "cues": min(sum(chances), 3.0),
            "first": float(id == order[0]),
            "mentions": min(mentions.get(id, 1), 4) / 2,
        }
        for hit, span in told[id]:
            signs |= _of_ground(ground, hit.sentence, span)
        yield Answer(slot="venue", span=where, sentence=first_hit.sentence, actor=id, hits=(first_hit,), signs=signs)


def _of_ground(ground: Ground, number: int, where: Span) -> Signs:
    """How a place stands in its sentence: behind which word, under what."""
    tree = ground.scene.trees[number]
    at = tree.top(where) if tree is not None else None
    if tree is None or at is None:
        return {}
    found: Signs = {f"behind {tree.preposition(at) or 'nothing'}": 1.0, f"as {tree.words[at].relation}": 1.0}
    above = tree.above(at)
    if above is not None:
        found[f"under {tree.words[above].pos}"] = 1.0
        found |= ground.cues(number, tree.words[above].span, "under")
    return found


def find_venue(ground: Ground) -> tuple[str, ...]:
    """The place of the talks, the likeliest."""
    found = choose(ground.scene, "venue", venues(ground), MOST_MATTERS["venue"], lambda first, second: False)
    return tuple(one.actor for one in found if one.actor)
