"""Find who acts and speaks in a report, with role, country and sector, all mentions of one folded together.

Folded: a full name and the surname after it, a country's names, an organisation and its abbreviation, "the official"
and the last one named so, a phrase said again in the same words, "he" and the last person. What could be two stays two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.lang import has_language
from onrecord.layers.lexicon import Lexicon, load_lexicon
from onrecord.layers.nounphrases import read_phrases
from onrecord.layers.phrases import actor_of
from onrecord.layers.placewords import vocabulary
from onrecord.layers.reading import Phrase
from onrecord.record import Actor, Basis, Mentions, Report, Sentence, Span

__all__ = ["actor_of", "country_of_demonym", "find_actors"]

# After a member's name in American reports: "D-Ohio".
_PARTY_AND_STATE = re.compile(r"[A-Z]-[A-Z][\w. ]*")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? $")
# Sentences back that "he" and "the official" look for whom they mean.
REACH = 3


class Found(msgspec.Struct, kw_only=True):
    """An actor being gathered: its phrases, and the words that it is known by."""

    phrases: list[Phrase]
    spans: list[Span]
    keys: set[str]


def find_actors(report: Report, seen: Mentions) -> tuple[Actor, ...] | None:
    """Who acts or speaks in `report`, in the order of their first mention; None without words for its language."""
    language = report.language or "en"
    if not has_language(language, "actors"):
        return None
    lexicon = load_lexicon(language)
    phrases: list[Phrase] = []
    for number, sentence in enumerate(seen.sentences):
        found = read_phrases(report.text, seen, sentence, number, lexicon)
        phrases += sorted(
            [*found, *_marked(report.text, seen, sentence, number, found, lexicon)], key=lambda one: one.span
        )
    folded = _fold(report.text, phrases)
    _add_surnames(report.text, folded, seen, language)
    return tuple(_actor(report.text, found, number) for number, found in enumerate(_in_order(folded), start=1))


def _marked(
    text: str, seen: Mentions, sentence: Sentence, number: int, found: Sequence[Phrase], lexicon: Lexicon
) -> Iterator[Phrase]:
    """The people and organisations that the encoder marked where no rule found anyone; a weekday is no one."""
    no_name = lexicon.words["no_name"]
    for mention in seen.of_kind("person", "organization"):
        span = mention.span
        if len(mention.spans) > 1 or span not in sentence.span or any(span & phrase.span for phrase in found):
            continue
        words = span.of(text)
        if words.lower() in no_name or _PARTY_AND_STATE.fullmatch(words):
            continue
        person = mention.kind == "person"
        yield Phrase(
            span=span,
            kind="person" if person else "org",
            head="" if person else words,
            text=words.lower(),
            described=actor_of(words),
            name=tuple(words.split()) if person else (words,),
            sentence=number,
            score=mention.score,
        )


def country_of_demonym(word: str, language: str = "en") -> str | None:
    """The country that `word` speaks of, where it is the name of a people or its adjective."""
    entries = load_lexicon(language).exact.get(word.split()[0] if word else "", ())
    return next((entry.country for entry in entries if entry.kind == "people" and " ".join(entry.words) == word), None)


# --- folding ----------------------------------------------------------------------------------------------------


def _fold(text: str, phrases: Sequence[Phrase]) -> list[Found]:
    found: list[Found] = []
    for phrase in phrases:
        actor = _same(text, phrase, found)
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


def _same(text: str, phrase: Phrase, found: Sequence[Found]) -> Found | None:
    """The actor that the phrase means, among those found before it."""
    if phrase.kind == "pronoun":
        return _salient_person(phrase, found)
    keys = _keys(text, phrase)
    for actor in reversed(found):
        if actor.keys & keys and not (phrase.kind == "org" and _is_foreign(phrase, actor)):
            return actor
    beside = _in_apposition(text, phrase, found)
    if beside is not None:
        return beside
    if phrase.article == "definite" and phrase.kind in ("group", "body") and phrase.bare:
        return _last_with_head(phrase, found)
    return None


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
        return {f"person {name}" for name in full | {names[-1]}} if names else set()
    if phrase.kind == "country":
        return {f"country {phrase.head} {phrase.described.sector or ''}"}
    if phrase.kind == "org":
        short = re.match(r"\s*\(([A-Z][A-Za-z.&-]{1,9})\)", text[phrase.span.end : phrase.span.end + 14])
        return {f"org {name}" for name in (*phrase.name, *((short[1],) if short else ()))}
    if phrase.article == "indefinite" and not _is_telling(phrase):
        return set()
    told = phrase.several or phrase.kind == "body" or not phrase.bare
    return {f"words {phrase.text} {phrase.several}"} if told else set()


def _is_telling(phrase: Phrase) -> bool:
    """Whether an indefinite phrase is so particular that the same words again mean the same person."""
    return len(phrase.text.split()) >= 3 and phrase.described.country is not None


def _last_with_head(phrase: Phrase, found: Sequence[Found]) -> Found | None:
    """The last actor that has the same noun: "the official" after "an Israeli government official"."""
    best: tuple[int, Found] | None = None
    for actor in found:
        for earlier in actor.phrases:
            if earlier.kind == "pronoun" or phrase.sentence - earlier.sentence > REACH * 4:
                continue
            same_noun = earlier.head and earlier.head.split()[-1] == phrase.head.split()[-1]
            if same_noun and earlier.several == phrase.several and (best is None or earlier.span.start > best[0]):
                best = (earlier.span.start, actor)
    return best[1] if best else None


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


def _salient_person(phrase: Phrase, found: Sequence[Found]) -> Found | None:
    """The one person of the last sentences that "he" can mean; none where two are as near."""
    people: dict[int, list[Found]] = {}
    for actor in found:
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


def _add_surnames(text: str, found: Iterable[Found], seen: Mentions, language: str) -> None:
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


# --- what they are ----------------------------------------------------------------------------------------------


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda actor: min(actor.spans))


def _actor(text: str, found: Found, number: int) -> Actor:
    named = [phrase for phrase in found.phrases if phrase.kind != "pronoun"]
    fullest = max(named, key=_fullness)
    described = [fullest.described, *(phrase.described for phrase in named if phrase is not fullest)]
    words = " ".join(fullest.span.of(text).split())
    name = _personal(words, fullest) if fullest.kind == "person" else _without_article(words, fullest)
    return Actor(
        id=f"w{number}",
        name=name,
        mentions=tuple(sorted(set(found.spans))),
        basis=_basis(fullest),
        role=next((one.role for one in described if one.role), None),
        country=next((one.country for one in described if one.country), None),
        sector=next((one.sector for one in described if one.sector), None),
    )


def _basis(fullest: Phrase) -> Basis:
    if fullest.score is None:
        return Basis(by="rule", name=f"{fullest.kind} phrase")
    return Basis(by="model", name="entities", score=fullest.score)


def _fullness(phrase: Phrase) -> tuple[bool, int, bool, int]:
    """How full a way to name someone it is: a name, a noun rather than an adjective, more words."""
    if phrase.kind == "country":
        return False, 0, country_of_demonym(phrase.text.title()) is None, len(phrase.text)
    return bool(phrase.name), len(phrase.name), not phrase.bare, len(phrase.text)


def _personal(words: str, phrase: Phrase) -> str:
    """The name at the end of the words, without the title before it."""
    name = "".join(phrase.name)
    starts = (match.start() for match in re.finditer(r"\S+", words))
    return next((words[at:] for at in starts if words[at:].replace(" ", "") == name), words)


def _without_article(words: str, phrase: Phrase) -> str:
    """The words, without "the" before a name or a country."""
    return re.sub(r"^[Tt]he ", "", words) if phrase.kind in ("org", "country") else words
