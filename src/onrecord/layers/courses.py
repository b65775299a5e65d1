"""What becomes of the things of talks (a meeting, a text, a truce): told by the words beside them in the syntax."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from onrecord.errors import RuleError
from onrecord.lang import has_language, read_words
from onrecord.layers.hanging import condition_of
from onrecord.layers.scene import Hit, Scene, TalksRule
from onrecord.layers.setting import Setting, stands
from onrecord.layers.standing import DEPTH, setting_of
from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree
from onrecord.record import Span, Status

Role = Literal["does", "done", "link", "of", "with", "alone", "verbs"]

_ROLES: tuple[Role, ...] = ("does", "done", "link", "of", "with", "alone", "verbs")
# How far up what a thing is joined to or measured by is followed.
_RISES = 4
# Words between a thing and what it stands with that are shown as one stretch.
_NEAR = 8


class Course(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One [[course]] of `lang/<language>/courses.toml`, whose head says what each field is."""

    name: str
    field: str
    thing: str = ""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = msgspec.field(default=(), name="not")
    value: str | None = None
    going: str | None = None
    open: str | None = None
    hoped: str | None = None
    denied: str | None = None
    on_condition: str | None = None
    not_yet: str | None = None
    outcome: str | None = None
    does: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")
    verbs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    who: Literal["subject", "object"] | None = None
    alone: bool = False
    weak: bool = False

    def code(self, status: Status) -> str | None:
        """The code for what stands so; None where that tells of nothing."""
        match status:
            case "happened":
                return self.value
            case "ongoing":
                return self.going or self.value
            case "planned":
                return self.open
            case "conditional":
                return self.on_condition or self.open
            case "not-yet":
                return self.not_yet or self.hoped
            case "possible" | "called-for":
                return self.hoped
            case "denied":
                return self.denied


class Courses(NamedTuple):
    """The courses of a language: its things by noun, and what tells of each by thing, role and words, in order."""

    things: Mapping[str, frozenset[str]]
    measures: frozenset[str]
    links: frozenset[str]
    others: frozenset[str]
    told: Mapping[tuple[str, Role, str], tuple[tuple[int, Course], ...]]


class Neighbour(NamedTuple):
    """A word that a thing stands with: where, in what role, and by what preposition.

    `aside`: it counts only where nothing else tells of the thing ("talks planned for May were called off").
    """

    at: int
    role: Role
    link: str = ""
    aside: bool = False


@cache
def load_courses(language: str) -> Courses | None:
    """The courses of a language; None where it has none. Raises RuleError, naming the course, where one is wrong."""
    if not has_language(language, "courses"):
        return None
    tables = read_words(language, "courses")
    things: dict[str, set[str]] = {}
    for thing, nouns in msgspec.convert(tables["things"], dict[str, list[str]]).items():
        for noun in nouns:
            things.setdefault(noun, set()).add(thing)
    told: dict[tuple[str, Role, str], list[tuple[int, Course]]] = {}
    for order, table in enumerate(msgspec.convert(tables["course"], list[dict[str, object]])):
        try:
            course = msgspec.convert(table, Course)
        except msgspec.ValidationError as error:
            raise RuleError(f"lang/{language}/courses.toml", f"course {table.get('name')!r}", str(error)) from error
        for role in _ROLES:
            listed = ("",) if role == "alone" else getattr(course, "with_" if role == "with" else role)
            for words in listed if role != "alone" or course.alone else ():
                told.setdefault((course.thing, role, words), []).append((order, course))
    words = msgspec.convert(tables["words"], dict[str, frozenset[str]])
    return Courses(
        things={noun: frozenset(found) for noun, found in things.items()},
        measures=words["measures"],
        links=words["links"],
        others=words["others"],
        told={key: tuple(found) for key, found in told.items()},
    )


def find_courses(tree: Tree, number: int, courses: Courses, lists: StatusWords) -> Iterator[Hit]:
    """What a sentence tells of the things in it, and of what is done without one being named ("they met")."""
    setting = setting_of(tree, lists)
    seen: set[tuple[int, str]] = set()
    for at in range(tree.first, tree.last):
        if tree.is_verb(at):
            bare = tree.words[at].tag == "VBG" and not tree.below(at, "aux", "mark")
            if bare or tree.words[at].relation in ("amod", "compound") or tree.is_passive(at):
                continue
            yield from _told(tree, number, courses, setting, "", at, [Neighbour(at, "verbs")])
            continue
        for thing in courses.things.get(tree.word(at), ()):
            top = _risen(tree, at, courses)
            if {tree.word(one) for one in tree.below(at, "amod", "compound")} & courses.others:
                continue
            if (top, thing) not in seen:
                seen.add((top, thing))
                yield from _told(tree, number, courses, setting, thing, top, words_beside(tree, top))


def add_courses(scene: Scene) -> Scene:
    """A scene whose matches are also those that its sentences' syntax tells, where they were parsed."""
    courses = load_courses(scene.language)
    if courses is None:
        return scene
    hits = {field: list(found) for field, found in scene.hits.items()}
    for number, tree in enumerate(scene.trees):
        for hit in find_courses(tree, number, courses, scene.status_words) if tree is not None else ():
            hits.setdefault(hit.right.field, []).append(hit)
    return msgspec.structs.replace(scene, hits={field: tuple(found) for field, found in hits.items()})


def _told(
    tree: Tree,
    number: int,
    courses: Courses,
    setting: Setting,
    thing: str,
    noun: int,
    neighbours: Sequence[Neighbour],
) -> Iterator[Hit]:
    """What the words beside a thing tell: of each field what the first course has for each word."""
    told: set[str] = set()
    for beside in neighbours:
        keys = _keys(tree, beside)
        found = [one for key in keys for one in courses.told.get((thing, beside.role, key), ())]
        bare = beside.role == "link" and (thing, "link", beside.link) in courses.told
        status = stands(setting, beside.at, DEPTH) if found and not bare else "happened"
        if status == "happened" and tree.words[beside.at].tag in ("VBZ", "VBP") and beside.role in ("does", "verbs"):
            status = "planned"  # "the talks resume on Friday"
        fields: set[str] = set()
        for _, course in sorted(found, key=lambda one: one[0]):
            if course.field in fields or (beside.aside and course.field in told):
                continue
            if _lacks(tree, beside.at, course) or _takes(tree, beside.at, course.unless):
                continue
            fields.add(course.field)
            code = course.code(status)
            if code is not None:
                yield Hit(
                    right=TalksRule(
                        field=course.field, value=code, outcome=course.outcome, who=course.who and "subject"
                    ),
                    name=course.name,
                    span=_span(tree, noun, beside.at),
                    sentence=number,
                    groups=_groups(setting, beside.at, course, status),
                    code=code,
                    weak=course.weak or _is_aside(tree, beside) or (beside.aside and thing == "text"),
                )
        told |= fields


def _groups(setting: Setting, at: int, course: Course, status: Status) -> dict[str, Span]:
    """Where those stand to whom something is done, and what it hangs on."""
    tree, found = setting.tree, {}
    taken = [] if course.who != "object" else tree.subjects(at) if tree.is_passive(at) else tree.objects(at)
    for order, one in enumerate(taken):
        found[f"who{order}"] = tree.stretch(one)
    condition = condition_of(setting, at) if status == "conditional" and course.who else None
    return found | ({"condition": condition} if condition is not None else {})


def _is_aside(tree: Tree, beside: Neighbour) -> bool:
    """Whether a verb only names what is done: "holding the talks in May could help"."""
    return tree.words[beside.at].tag == "VBG" and not tree.below(beside.at, "aux", "mark")


def _lacks(tree: Tree, at: int, course: Course) -> bool:
    """Whether a verb is without what a course asks for: who does it, what it takes, the verb of a clause behind it."""
    if course.by and not any(tree.word(one) in course.by for one in [*tree.subjects(at), *tree.agents(at)]):
        return True
    if course.clause and any(tree.forms(one) & set(course.clause) for one in tree.clauses(at)):
        return False
    return bool(course.needs or course.clause) and not _takes(tree, at, course.needs)


def _takes(tree: Tree, at: int, nouns: Sequence[str]) -> bool:
    """Whether one of some nouns is what a verb takes, or for how long: "met the deadline", "talked for hours"."""
    taken = [*tree.objects(at), *tree.below(at, "obl", "obl:unmarked", "advmod", "compound:prt")] if nouns else []
    return any(tree.word(one) in nouns or tree.lemmas(one) & set(nouns) for one in taken)


def words_beside(tree: Tree, noun: int) -> list[Neighbour]:
    """The words that a noun stands with, the one that governs it first."""
    found: list[Neighbour] = [*_above(tree, noun, _RISES)]
    behind: list[Neighbour] = []
    for verb in tree.below(noun, "acl:relcl"):
        own = tree.own_subjects(verb)
        relative = bool(own) and tree.words[own[0]].tag in ("WDT", "WP")
        behind += _subject_of(tree, verb) if relative else [Neighbour(verb, "done")]
    for verb in tree.below(noun, "acl"):
        if tree.words[verb].tag in ("VBN", "VBD") or (tree.is_passive(verb) and tree.below(verb, "mark")):
            behind.append(Neighbour(verb, "done"))
        elif not tree.below(verb, "mark", "case"):  # "talks aimed at ending", not "talks on ending", "talks to end"
            behind += _subject_of(tree, verb)
    found += [one._replace(aside=True) for one in behind]
    near = tree.below(noun, "amod", "compound", "nmod:desc", "det", "nummod")
    found += [Neighbour(one, "with", aside=True) for one in near]
    return [*found, Neighbour(noun, "alone", aside=True)]


def _above(tree: Tree, noun: int, depth: int) -> Iterator[Neighbour]:
    above, relation = tree.above(noun), tree.words[noun].relation
    if above is None or depth == 0:
        return
    if relation in ("conj", "appos") and not tree.is_verb(noun):
        yield from _above(tree, above, depth - 1)
    elif relation in ("nsubj", "nsubj:pass", "nsubj:outer"):
        passive = relation == "nsubj:pass"
        yield from [Neighbour(above, "done")] if passive else _subject_of(tree, above)
        for other in tree.below(above, "conj") if passive else ():
            if not tree.own_subjects(other):
                yield Neighbour(other, "done" if tree.is_passive(other) else "does")
    elif relation in ("obj", "obl:unmarked") and tree.is_verb(above):
        yield Neighbour(above, "done")
        for other in tree.below(above, "conj"):  # "suspended and then cancelled the talks"
            if other < noun and not tree.objects(other):
                yield Neighbour(other, "done")
    elif relation in ("obl", "nmod", "nmod:poss", "obl:agent", "compound", "iobj"):
        link = tree.preposition(noun)
        yield Neighbour(above, "link", link)
        if not tree.is_verb(above) and (link == "of" or relation in ("compound", "nmod:poss")):
            yield Neighbour(above, "of")


def _subject_of(tree: Tree, verb: int) -> list[Neighbour]:
    """What a subject does: the verb, those joined to it, and what it seems or begins to do."""
    found = [Neighbour(verb, "done" if tree.is_verb(verb) and tree.is_passive(verb) else "does")]
    for other in tree.below(verb, "xcomp"):
        found.append(Neighbour(other, "done" if tree.is_verb(other) and tree.is_passive(other) else "does"))
    for other in tree.below(verb, "conj"):
        if not tree.own_subjects(other):
            found.append(Neighbour(other, "done" if tree.is_verb(other) and tree.is_passive(other) else "does"))
    return found


def _risen(tree: Tree, noun: int, courses: Courses) -> int:
    """The noun that measures a thing stands for it: "three days of talks", "the terms of a deal"."""
    for _ in range(_RISES):
        above = tree.above(noun)
        if above is None or tree.words[noun].relation not in ("nmod", "compound"):
            break
        if tree.word(above) not in courses.measures or tree.preposition(noun) not in courses.links:
            break
        noun = above
    return noun


def _keys(tree: Tree, beside: Neighbour) -> Set[str]:
    """The words by which a course lists what a thing stands with."""
    if beside.role == "alone":
        return {""}
    forms = tree.forms(beside.at) | {tree.word(beside.at)}
    if beside.role == "link":
        return (
            forms | {f"{form} {beside.link}" for form in forms} | ({beside.link} if tree.is_verb(beside.at) else set())
        )
    return forms


def _span(tree: Tree, noun: int, at: int) -> Span:
    """The words of a thing and what it stands with where they are near each other, else those of the latter."""
    first, last = min(noun, at), max(noun, at)
    if last - first > _NEAR:
        first = last = at
    words = tree.words
    return Span(words[first].span.start, words[last].span.end)
