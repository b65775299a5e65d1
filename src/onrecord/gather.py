"""The pipeline across reports: records in, the stories that they tell out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.encode.sentences import cut
from onrecord.lang import has_language, read_words
from onrecord.link.copies import CopyIndex
from onrecord.link.references import find_references
from onrecord.link.series import CountWords
from onrecord.link.stories import StoryIndex
from onrecord.link.story import build_story
from onrecord.record import Record, Span
from onrecord.record.story import Copy, Story


def gather(records: Iterable[Record]) -> Iterator[Story]:
    """The stories of some records, in the order in which they open.

    Records are taken as they come: a store gives them by day. All are held while their stories are built.
    """
    stories, copies = StoryIndex(), CopyIndex()
    held: dict[str, Record] = {}
    found: list[Copy] = []
    for record in records:
        report = record.report
        held[report.uri] = record
        found += copies.add(report)
        stories.add(report, find_references(record, sentences(record)))
    for id, uris in stories.groups().items():
        group = [held[uri] for uri in uris]
        yield build_story(
            id,
            group,
            {record.report.uri: sentences(record) for record in group},
            copies=found,
            families=copies.families,
            words=count_words(group[0].report.language or "en"),
        )


def sentences(record: Record) -> list[Span]:
    """The sentences of a report's prose."""
    return [sentence.span for sentence in cut(record.report).sentences]


def count_words(language: str) -> CountWords:
    """A language's words for series; none where it has no list of them."""
    if not has_language(language, "series"):
        return CountWords()
    return msgspec.convert(read_words(language, "series"), CountWords)
