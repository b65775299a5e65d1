"""Find who acts and speaks in a report, with role, country and sector, all mentions of one folded together.

Phrases are found sentence by sentence (`nounphrases`), described (`phrases`) and folded over it (`coreference`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.lang import has_language
from onrecord.layers.coreference import Found, add_surnames, fold
from onrecord.layers.lexicon import Lexicon, load_lexicon
from onrecord.layers.nounphrases import read_phrases
from onrecord.layers.phrases import actor_of
from onrecord.layers.reading import Phrase
from onrecord.record import Actor, Basis, Mentions, Report, Sentence

__all__ = ["actor_of", "country_of_demonym", "find_actors"]

# After a member's name in American reports: "D-Ohio".
_PARTY_AND_STATE = re.compile(r"[A-Z]-[A-Z][\w. ]*")


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
    folded = fold(report.text, phrases, lexicon)
    add_surnames(report.text, folded, seen, language)
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
        role=None if fullest.kind == "org" else next((one.role for one in described if one.role), None),
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
