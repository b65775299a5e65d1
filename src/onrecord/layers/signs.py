"""What tells of each actor's part in talks: who governs his name and as what, which words stand beside it, what he is.

A sign is told by its name: "does mediate" (he is the subject of a verb of the class `mediate`), "is urge" (its object),
"with table" (behind "with" under a noun of the class `table`), "of stance" (his offer, his demand), "title clergy" (a
word before his name), "described chair" (in the clause behind it), "named rebels" (in his name), "rule mediators" (a
rule of `talks.toml` says so). "cue party": the encoder takes the name for one, its chance. Classes of words are
in `lang/<language>/sides.toml`, what each sign is worth in `worths.json`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from onrecord.lang import read_words
from onrecord.layers.scene import Scene
from onrecord.layers.syntax import Tree
from onrecord.record import CUE, Actor, Span

Signs = dict[str, dict[str, float]]
"""By an actor's id, how often there is each sign of him."""

MOST = 2.0
"""A sign that is there more often tells no more."""

OF_NAME = ("kind", "sector", "country", "named")
"""Beginnings of the signs that say only what somebody is called."""

# Relations of a name to the noun that it belongs to: "Tarsan demand", "Portline's offer".
_OWNED = ("nmod:poss", "compound", "amod", "nmod:desc", "flat")
_OBLIQUE = ("obl", "nmod", "obl:agent")
# Rules whose actors they name, whatever part they play.
_RULES = ("parties", "positions", "mediators", "hosts", "guarantors", "attendance", "seats", "offers")
# How far a title reaches back, in characters and words; how far behind a name what describes it goes.
_BEFORE, _TITLE = 45, 4
_TITLED = re.compile(r"[^,;:“”\"()]*$")
_DESCRIBED = re.compile(r"\s*(?:\([^)]*\))?,\s(?:[^,;.]|\.(?=\S)){0,80}|\s+(?:who|which)\b(?:[^,;.]|\.(?=\S)){0,60}")
# How a name that is no fixed one begins.
_NEW = re.compile(r"(?:an?|one|two|three|four|five|some|several|\d[\d,]*)\s", re.IGNORECASE)


class SideWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of `lang/<language>/sides.toml`: classes of verbs, nouns, words beside names."""

    verbs: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    roles: dict[str, frozenset[str]]


@cache
def side_words(language: str) -> SideWords:
    """The words on sides of a language. Raises RuleError where its file is missing."""
    return msgspec.convert(dict(read_words(language, "sides")), SideWords)


@cache
def _classes_by_word(language: str, kind: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, words in getattr(side_words(language), kind).items():
        for word in words:
            found[word] += (name,)
    return dict(found)


@cache
def _roles(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for each class of words beside names."""
    found = []
    for name, words in side_words(language).roles.items():
        listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        found.append((name, re.compile(rf"(?<![\w-])(?:{listed})(?!\w)", re.IGNORECASE)))
    return tuple(found)


def find_signs(scene: Scene) -> Signs:
    """The signs of each actor of the report."""
    counted: dict[str, dict[str, float]] = {id: defaultdict(float) for id in dict.fromkeys(id for _, id in scene.named)}
    for id, sign in (*_in_sentences(scene), *_of_rules(scene), *_of_actors(scene)):
        if id in counted:
            counted[id][sign] = min(counted[id][sign] + 1, MOST)
    for id, sign, chance in _by_encoder(scene):
        if id in counted:
            counted[id][sign] = max(counted[id][sign], chance)
    return {id: dict(found) for id, found in counted.items()}


def _by_encoder(scene: Scene) -> Iterator[tuple[str, str, float]]:
    """What the encoder takes the names of each actor for, with its chance where it is surest."""
    for sentence, cues in zip(scene.sentences, scene.cues, strict=True):
        for mention, id in scene.named if cues else ():
            if mention not in sentence.span:
                continue
            for cue in cues:
                if cue.span in mention:
                    yield id, f"cue {cue.kind.removeprefix(CUE)}", cue.score


def _in_sentences(scene: Scene) -> Iterator[tuple[str, str]]:
    for number, (sentence, tree) in enumerate(zip(scene.sentences, scene.trees, strict=True)):
        heads: dict[int, list[str]] = defaultdict(list)
        start = sentence.span.start
        for mention, id in scene.named:
            if mention not in sentence.span:
                continue
            yield from ((id, sign) for sign in _beside(scene, mention, start))
            start = max(start, mention.end)
            at = tree.top(mention) if tree is not None else None
            if tree is not None and at is not None:
                heads[at].append(id)
                yield from ((id, sign) for sign in _governed(scene, tree, at))
        if tree is not None:
            yield from _taking_part(scene, tree, number, heads)


def _of_rules(scene: Scene) -> Iterator[tuple[str, str]]:
    for hit in scene.of(*_RULES):
        if hit.right.field == "positions" and not scene.does(hit):
            continue
        sure = " sure" if hit.right.value == "sure" else ""
        yield from ((id, f"rule {hit.right.field}{sure}") for id in scene.who(hit))


def _classes(scene: Scene, tree: Tree, at: int) -> set[str]:
    """The classes of a verb or a noun; the model's dictionary forms may be cut short or keep a doubled letter."""
    table = _classes_by_word(scene.language, "verbs" if tree.is_verb(at) else "nouns")
    forms = tree.lemmas(at) | {tree.word(at)}
    forms |= {form.removesuffix("e") for form in forms} | {form[:-1] + "y" for form in forms if form.endswith("i")}
    forms |= {form[:-1] for form in forms if len(form) > 3 and form[-1] == form[-2]}
    particles = [tree.word(one) for one in tree.below(at, "compound:prt")]
    forms |= {f"{form} {particle}" for form in forms for particle in particles}
    return {name for form in forms for name in table.get(form, ())}


def _governed(scene: Scene, tree: Tree, at: int) -> Iterator[str]:
    """How a name hangs on what governs it, by that word's class; names joined by "and" do so as the first."""
    if tree.words[at].relation == "conj":
        yield "joined"
    while tree.words[at].relation == "conj" and (first := tree.above(at)) is not None:
        at = first
    above, relation = tree.above(at), tree.words[at].relation
    if above is None:
        yield "root"
        return
    yield f"{relation} any"
    if relation in _OWNED:
        yield from (f"of {name}" for name in _classes(scene, tree, above))
    elif relation in _OBLIQUE:
        preposition = tree.preposition(at)
        yield f"{preposition} any"
        yield from (f"{preposition} {name}" for name in _classes(scene, tree, above))
    elif relation == "appos":
        yield from (f"appos {name}" for name, pattern in _roles(scene.language) if pattern.search(tree.word(above)))


def _taking_part(scene: Scene, tree: Tree, number: int, heads: Mapping[int, list[str]]) -> Iterator[tuple[str, str]]:
    """Who stands round the verbs of a sentence, by name or by a word that stands for him, and to what they do it."""

    def meant(words: Iterable[int]) -> Iterator[str]:
        for one in words:
            yield from heads.get(one) or scene.stand_ins.whom(number, one)

    for at in range(tree.first, tree.last):
        if not tree.is_verb(at):
            continue
        classes, objects = _classes(scene, tree, at), tree.objects(at)
        passive = tree.is_passive(at)
        things = {name for one in objects if not tree.is_verb(one) for name in _classes(scene, tree, one)}
        for id in meant(tree.subjects(at)):
            yield from ((id, f"{'is' if passive else 'does'} {name}") for name in classes)
            if not passive:
                yield from ((id, f"does to {thing}") for thing in things)
        for id in meant(objects):
            yield from ((id, f"is {name}") for name in classes)


def _beside(scene: Scene, mention: Span, start: int) -> Iterator[str]:
    """The kinds of words in a name, before it as its title (from `start` on), and behind it as what describes it."""
    before = _TITLED.search(scene.text, max(start, mention.start - _BEFORE), mention.start)
    title = " ".join(before[0].split()[-_TITLE:]) if before else ""
    behind = _DESCRIBED.match(scene.text, mention.end)
    for name, pattern in _roles(scene.language):
        if pattern.search(title):
            yield f"title {name}"
        if behind and pattern.search(behind[0]):
            yield f"described {name}"
        if pattern.search(mention.of(scene.text)):
            yield f"named {name}"


def _of_actors(scene: Scene) -> Iterator[tuple[str, str]]:
    quoted: dict[str | None, int] = defaultdict(int)
    for one in scene.attributions:
        quoted[one.source.actor] += 1
    for id in dict.fromkeys(id for _, id in scene.named):
        yield from ((id, sign) for sign in _of_actor(scene, scene.actors[id], quoted[id]))


def _of_actor(scene: Scene, actor: Actor, quoted: int) -> Iterator[str]:
    """What an actor is, how early and how often he is named, how often he is quoted."""
    yield f"kind {actor.basis.name}"
    yield f"sector {actor.sector}"
    if actor.country:
        yield f"country {actor.country if actor.country in ('IGO', 'NGO') else 'any'}"
    if actor.role:
        yield from (f"role {name}" for name, pattern in _roles(scene.language) if pattern.search(actor.role))
    if _NEW.match(actor.name):
        yield "new"
    number = next((n for n, one in enumerate(scene.sentences) if one.span.end > actor.span.start), len(scene.sentences))
    yield from (f"mentions {least}" for least in (2, 3, 5) if len(actor.mentions) >= least)
    yield from (f"first {most}" for most in (1, 2, 4, 8) if number < most)
    yield from (f"quoted {least}" for least in (1, 2, 3) if quoted >= least)
