"""Whose side somebody with an office sits on, by the phrase that names him: "the Front's leader, General X"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.layers.scene import Scene
from onrecord.layers.syntax import Tree
from onrecord.record import Actor, Span

PERSON = "person phrase"
# What a name hangs on by in the phrase that is about it.
_UP = ("appos", "flat", "compound", "nmod:desc", "list", "dep")
# What hangs on a phrase and may say whose it is.
_DOWN = (*_UP, "amod", "nmod:poss", "nmod")
_OF = ("of", "for", "from", "")


def body_of(scene: Scene, actor: Actor) -> str | None:
    """The actor that an officer is of: named in the phrases round him, or the one body that such an office has."""
    for mention in actor.mentions:
        for at, tree in _phrases(scene, mention):
            if not any(tree.word(one) in scene.words.staff for one in at):
                continue
            found = next((id for one in at if (id := _body_at(scene, tree, one, actor))), None)
            if found is not None:
                return found
    return _by_role(scene, actor)


def _phrases(scene: Scene, mention: Span) -> Iterator[tuple[list[int], Tree]]:
    """The words of the phrase that a mention stands in, without clauses."""
    for sentence, tree in zip(scene.sentences, scene.trees, strict=True):
        if tree is None or mention not in sentence.span or (top := tree.top(mention)) is None:
            continue
        for _ in range(3):
            above = tree.above(top)
            if tree.words[top].relation not in _UP or above is None or tree.is_verb(above):
                break
            top = above
        found = [top]
        for one in found:
            found += [
                below
                for below in tree.below(one, *_DOWN)
                if tree.words[below].relation != "nmod" or tree.preposition(below) in _OF
            ]
            found += _led(scene, tree, one)
        yield sorted(set(found)), tree


def _led(scene: Scene, tree: Tree, at: int) -> list[int]:
    """What somebody leads or speaks for: "X, who heads the Front's team"."""
    verbs = [one for one in tree.below(at, "acl:relcl", "acl") if tree.lemmas(one) & scene.words.leads]
    return [one for verb in verbs for one in (*tree.objects(verb), *tree.oblique(verb, _OF))]


def _body_at(scene: Scene, tree: Tree, at: int, person: Actor) -> str | None:
    """The body that a word names."""
    span = tree.words[at].span
    for mention, id in scene.named:
        if mention & span and id != person.id:
            one = scene.actors[id]
            words = one.name.casefold().split()
            own = words[0] in scene.words.several | scene.words.things  # "their union" is told by whose it is
            if one.basis.name != PERSON and one.sector != "JRN" and not own and words[-1] not in scene.words.nobody:
                return id
    part = scene.stand_ins.by_part(tree, at)
    return part[0] if part and part[0] != person.id else None


def _by_role(scene: Scene, actor: Actor) -> str | None:
    """The government of a minister without a country, the rebels of a rebel leader: the one such body there is."""
    role = (actor.role or "").casefold().split()
    if not role or actor.country is not None:
        return None
    kind = next((word for word in role if word in scene.words.camps), None)
    kind = kind or ("government" if role[-1] in scene.words.rulers else None)
    if kind is None:
        return None
    for one in scene.actors.values():
        words = one.name.casefold().split()
        if one.id != actor.id and one.basis.name != PERSON and words[-1].rstrip("s") == kind:
            return one.id
    return None
