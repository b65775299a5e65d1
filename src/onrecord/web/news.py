"""What is new in a story: its latest day against all before it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from onrecord.link.news import Earlier, find_news, words_of
from onrecord.web.told import Source, Words, words_at

_EARLIER = 60  # reports looked back on: a page must not wait longer than about a second to cut them into sentences
_LATEST = 20  # reports of the latest day that are read for what is new


class NewLine(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that nothing before it says, or one that gives other numbers, with what was said then."""

    kind: str
    passage: Words
    was: Words | None = None


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What is new on `day` against `earlier` reports, of which the last is of the day `since`."""

    day: str | None
    since: str | None
    earlier: int
    lines: list[NewLine]


def latest_news(sources: Mapping[str, Source], repeats: set[str]) -> News:
    """What the reports of the latest day say that none before does; reports in `repeats` say nothing of their own."""
    dated = sorted((s for s in sources.values() if s.day and s.uri not in repeats), key=lambda s: (s.day or "", s.uri))
    day = dated[-1].day if dated else None
    earlier = [source for source in dated if source.day != day]
    latest = [source for source in dated if source.day == day][:_LATEST]
    if not earlier:
        return News(day=day, since=None, earlier=0, lines=[])
    sentences = [span.of(source.text) for source in latest for span in source.sentences]
    before = Earlier(frozenset(word for sentence in sentences for word in words_of(sentence)))
    for source in earlier[-_EARLIER:]:
        before.add(source.uri, source.text, source.sentences)
    lines: list[NewLine] = []
    for source in latest:
        for one in find_news(source.uri, source.text, source.sentences, before):
            passage = words_at(sources, one.passage)
            was = words_at(sources, one.like) if one.like and one.kind == "figures" else None
            lines += [NewLine(kind=one.kind, passage=passage, was=was)] if passage else []
        before.add(source.uri, source.text, source.sentences)
    return News(day=day, since=earlier[-1].day, earlier=min(len(earlier), _EARLIER), lines=lines)
