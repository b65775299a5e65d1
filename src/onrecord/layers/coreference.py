"""Which phrases mean the same actor, as a reader takes them in the order of the text.

By the words alone: a name told again in full or in part ("Mobutu" and "Mobutu Sese Seko", "APL" and "APL Limited"), an
abbreviation, a country, the same phrase, a description of someone named before ("the premier" and "Prime Minister Ana
Ruiz"), "he" for the one person it can be. What could be two stays two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from onrecord.layers.lexicon import Lexicon
from onrecord.layers.placewords import vocabulary
from onrecord.layers.reading import Phrase
from onrecord.record import Mentions, Span

_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? $")

REACH = 3
"""Sentences back that "he" looks for whom it means."""

FAR = 4 * REACH
"""Sentences back that "the official" does, where the one it means has no name."""


class Found(msgspec.Struct, kw_only=True):
    """An actor being gathered: its phrases, and the words that it is known by."""

    phrases: list[Phrase]
    spans: list[Span]
    keys: set[str]


def fold(text: str, phrases: Sequence[Phrase], lexicon: Lexicon) -> list[Found]:
    """The actors of a report's phrases, which come in the order of the text."""
    found: list[Found] = []
    for phrase in phrases:
        actor = _same(text, phrase, found, lexicon)
        if actor is None:
            if phrase.kind == "pronoun" or _is_empty(phrase):
                continue
            actor = Found(phrases=[], spans=[], keys=set())
            found.append(actor)
        actor.phrases.append(phrase)
        actor.spans.append(phrase.span)
        actor.keys |= _keys(text, phrase)
    return found


def _is_empty(phrase: Phrase) -> bool:
    """Whether the phrase says nothing of whom it means, and no earlier one did: "the head", "the group"."""
    return phrase.bare and phrase.described.sector in (None, "SOC") and phrase.described.country is None


def _same(text: str, phrase: Phrase, found: Sequence[Found], lexicon: Lexicon) -> Found | None:
    """The actor that the phrase means, among those found before it."""
    if phrase.kind == "pronoun":
        return _salient_person(phrase, found)
    keys = _keys(text, phrase)
    for actor in reversed(found):
        if actor.keys & keys and not _is_another(phrase, actor):
            return actor
    beside = _in_apposition(text, phrase, found) or _ranks(text, phrase, found)
    if beside is not None:
        return beside
    if phrase.kind == "person":
        return _only(found, lambda actor: any(_is_part(phrase.name, one.name) for one in _of_kind(actor, "person")))
    if phrase.kind == "org":
        return _only(found, lambda actor: any(_is_shortened(phrase, one) for one in _of_kind(actor, "org")))
    if phrase.article == "definite" and phrase.kind in ("group", "body") and phrase.bare:
        return _last_described(phrase, found, lexicon)
    return None


def _of_kind(actor: Found, kind: str) -> Iterator[Phrase]:
    return (phrase for phrase in actor.phrases if phrase.kind == kind)


def _only(found: Sequence[Found], means: Callable[[Found], bool]) -> Found | None:
    """The one actor of whom it holds; none where there are two."""
    held = [actor for actor in found if means(actor)]
    return held[0] if len(held) == 1 else None


def _is_part(name: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two people's names is the other in part: one word of it, or its beginning or end."""
    ours, theirs = _capitals(name), _capitals(other)
    short, long = sorted((ours, theirs), key=len)
    if not short or len(short) == len(long):
        return False
    if len(short) == 1:
        return short[0] in long or short[0] in {word.rpartition("-")[2] for word in long}
    return long[: len(short)] == short or long[-len(short) :] == short


def _capitals(name: Sequence[str]) -> list[str]:
    return [word for word in name if (word[0].isupper() or "-" in word) and len(word) > 1]


def _is_shortened(phrase: Phrase, other: Phrase) -> bool:
    """Whether one of two bodies' names starts the other: "APL" and "APL Limited"; never a body that a list knows."""
    short, long = sorted((phrase, other), key=lambda one: len(one.name[0].split()))
    words, more = short.name[0].split(), long.name[0].split()
    return short.score is not None and len(words) < len(more) and more[: len(words)] == words


def _is_another(phrase: Phrase, actor: Found) -> bool:
    """Whether a phrase means somebody else than an actor in spite of what they share."""
    if phrase.kind == "org":
        return _is_foreign(phrase, actor)
    return phrase.kind == "person" and _is_namesake(phrase, actor)


def _is_namesake(phrase: Phrase, actor: Found) -> bool:
    """Whether a full name has only its surname in common with every full name of an actor: two Castros, two Clintons.

    First names that begin alike may be one: "Yasser" and "Yasir", "J." and "John".
    """
    ours = _capitals(phrase.name)
    others = [name for one in _of_kind(actor, "person") if len(name := _capitals(one.name)) > 1]
    if len(ours) < 2 or not others:
        return False
    return not any(
        ours[-1] != name[-1] or ours[0][0] == name[0][0] or set(ours[:-1]) & set(name[:-1]) for name in others
    )


def _is_foreign(phrase: Phrase, actor: Found) -> bool:
    """Whether the phrase names a body of one country and the actor is one of another: two foreign ministries."""
    country = phrase.described.country
    others = {one.described.country for one in actor.phrases} - {None}
    return country is not None and bool(others) and country not in others


def _keys(text: str, phrase: Phrase) -> set[str]:
    """What tells that two phrases mean one actor: a name, a country, an abbreviation, the same words."""
    if phrase.kind == "person":
        names = [name for name in phrase.name if name[0].isupper() and len(name) > 1]
        full = {" ".join(names)} if len(names) > 1 else set()
        marked = {f"marked {phrase.text}"} if phrase.score is not None else set()
        return marked | {f"person {name}" for name in full | {names[-1]}} if names else set()
    if phrase.kind == "country":
        return {f"country {phrase.head} {phrase.described.sector or ''}"}
    if phrase.kind == "org":
        short = re.match(r"\s*\(([A-Z][A-Za-z.&-]{1,9})\)", text[phrase.span.end : phrase.span.end + 14])
        marked = {f"marked {phrase.text}"} if phrase.score is not None else set()
        return marked | {f"org {name}" for name in (*phrase.name, *((short[1],) if short else ()))}
    if phrase.article == "indefinite" and not _is_telling(phrase):
        return set()
    told = phrase.several or phrase.kind == "body" or not phrase.bare
    return {f"words {phrase.text} {phrase.several}"} if told else set()


def _is_telling(phrase: Phrase) -> bool:
    """Whether an indefinite phrase is so particular that the same words again mean the same person."""
    return len(phrase.text.split()) >= 3 and phrase.described.country is not None


def _last_described(phrase: Phrase, found: Sequence[Found], lexicon: Lexicon) -> Found | None:
    """The last actor of whom an earlier phrase said the same: "the official" after "an Israeli government official",
    "the premier" after "Prime Minister Ana Ruiz". Nobody who is out of office."""
    noun = _noun(phrase.head, lexicon)
    best: tuple[int, Found] | None = None
    for actor in found:
        for earlier in actor.phrases:
            near = phrase.sentence - earlier.sentence <= FAR
            told = _held(earlier, lexicon) if earlier.kind == "person" else earlier.head if near else ""
            same = told and earlier.kind != "pronoun" and _noun(told, lexicon) == noun
            same = same and earlier.several == phrase.several
            if same and (best is None or earlier.span.start > best[0]):
                best = (earlier.span.start, actor)
    return best[1] if best else None


def _held(person: Phrase, lexicon: Lexicon) -> str:
    """The office that a person's phrase gives, unless it is a former one or a second one's ("Vice President")."""
    words = person.text.split()
    barred = lexicon.words["former"] | lexicon.words["second"]
    return "" if any(word in barred or word.startswith("ex-") for word in words) else person.described.role or ""


def _noun(role: str, lexicon: Lexicon) -> str:
    """The last word of a role, or what another word for it is: "premier" is a "minister"."""
    word = role.split()[-1] if role else ""
    return lexicon.same.get(word, word)


def _in_apposition(text: str, phrase: Phrase, found: Sequence[Found]) -> Found | None:
    """The person beside whom the phrase stands: "Ana Ruiz, the mayor", "the mayor, Ana Ruiz"."""
    last = max(found, key=lambda actor: actor.spans[-1].end, default=None)
    if last is None or text[last.spans[-1].end : phrase.span.start] != ", ":
        return None
    pair = (last.phrases[-1], phrase)
    person = next((one for one in pair if one.kind == "person"), None)
    noun = next((one for one in pair if one.kind == "group" and not one.several), None)
    if person is None or noun is None or noun.described.role is None:
        return None
    return last if person.described.role is None else None


def _ranks(text: str, phrase: Phrase, found: Sequence[Found]) -> Found | None:
    """The armed body whose own people the phrase tells of: "Houthi rebels" are the Houthis."""
    last = max(found, key=lambda actor: actor.spans[-1].end, default=None)
    if last is None or not phrase.several or text[last.spans[-1].end : phrase.span.start] != " ":
        return None
    body = last.phrases[-1]
    armed = body.kind == "org" and body.described.sector in ("REB", "PRM")
    return last if armed and phrase.described.sector == body.described.sector else None


def _salient_person(phrase: Phrase, found: Sequence[Found]) -> Found | None:
    """The one person of the last sentences that "he" can mean; none where two are as near."""
    people: dict[int, list[Found]] = {}
    for actor in found:
        if any(earlier.head != phrase.head for earlier in _of_kind(actor, "pronoun")):
            continue  # told as "she" before
        for earlier in actor.phrases:
            near = 0 <= phrase.sentence - earlier.sentence <= REACH
            if near and (earlier.kind in ("person", "pronoun") or (earlier.kind == "group" and not earlier.several)):
                group = people.setdefault(earlier.sentence, [])
                if actor not in group:
                    group.append(actor)
    if not people:
        return None
    latest = people[max(people)]
    return latest[0] if len(latest) == 1 or max(people) < phrase.sentence else None


def add_surnames(text: str, found: Iterable[Found], seen: Mentions, language: str) -> None:
    """Adds the places where a person who is named in full is named by the surname alone."""
    given = vocabulary(language).given
    taken = sorted(span for actor in found for span in actor.spans)
    people: dict[str, tuple[Found, int]] = {}
    for actor in found:
        for phrase in actor.phrases:
            names = [name for name in phrase.name if name[:1].isupper() and len(name) > 2]
            if phrase.kind == "person" and names and not (len(names) == 1 and names[0] in given):
                people.setdefault(names[-1], (actor, phrase.span.end))
    if not people:
        return
    listed = "|".join(re.escape(name) for name in sorted(people, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])(?! [A-Z][a-z])")
    for sentence in seen.sentences:
        for match in pattern.finditer(text, sentence.span.start, sentence.span.end):
            actor, start = people[match[0]]
            span = Span(*match.span())
            if span.start > start and not any(span & other for other in taken):
                title = _TITLED.search(text, max(sentence.span.start, span.start - 5), span.start)
                actor.spans.append(Span(title.start(), span.end) if title else span)
