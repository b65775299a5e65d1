"""The pipeline across reports: records in, the stories that they tell out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from onrecord.encode.sentences import cut
from onrecord.errors import StoreError
from onrecord.lang import has_language, read_words
from onrecord.link.bearings import find_bearings
from onrecord.link.copies import CopyIndex
from onrecord.link.series import CountWords
from onrecord.link.stories import StoryIndex
from onrecord.link.story import build_story
from onrecord.record import Record, Span
from onrecord.record.story import Copy, Story
from onrecord.store import Store


def gather(records: Iterable[Record]) -> Iterator[Story]:
    """The stories of some records, in the order in which they open.

    Records are taken as they come. All are held while their stories are built; a store, which groups each report as it
    is added, gives the same stories for the same order, one at a time (`tell`).
    """
    stories, copies = StoryIndex(), CopyIndex()
    held: dict[str, Record] = {}
    found: list[Copy] = []
    for record in records:
        report = record.report
        held[report.uri] = record
        found += copies.add(report)
        stories.add(report, find_bearings(record, sentences(record)))
    for id, uris in stories.groups().items():
        records = [held[uri] for uri in uris]
        yield _build(id, records, [sentences(record) for record in records], found, copies.families)


def tell(store: Store, id: str, keep: Callable[[Path, Story], None] | None = None) -> Story:
    """The story of that id in a store: as it was told last, or told anew where its reports have changed since.

    What is told anew is kept in the store, where that can be written; with `keep`, that is called to see to it, so that
    nobody waits for another who writes. Raises KeyError where there is no such story.
    """
    told = store.told(id)
    if told is not None:
        return told
    copies, families = store.story_copies(id)
    records = list(store.story_records(id))
    cuts = store.story_sentences(id)
    story = _build(id, records, [cuts[record.report.uri] for record in records], copies, families)
    if keep is not None:
        keep(store.path, story)
    elif store.readonly:
        keep_told(store.path, story)
    else:
        with suppress(StoreError):
            store.keep_story(story)
    return story


def keep_told(path: Path, story: Story) -> None:
    """Keep a story in the store at `path`; where it cannot be written, it is told again next time: nothing is lost."""
    with suppress(StoreError), Store(path, timeout=0.2) as writer:
        writer.keep_story(story)


def _build(
    id: str,
    records: Sequence[Record],
    cuts: Sequence[Sequence[Span]],
    copies: Sequence[Copy],
    families: Mapping[str, str],
) -> Story:
    return build_story(
        id,
        records,
        {record.report.uri: spans for record, spans in zip(records, cuts, strict=True)},
        copies=copies,
        families=families,
        words=count_words(records[0].report.language or "en" if records else "en"),
    )


def sentences(record: Record) -> list[Span]:
    """The sentences of a report's prose."""
    return [sentence.span for sentence in cut(record.report).sentences]


def count_words(language: str) -> CountWords:
    """A language's words for series; none where it has no list of them."""
    if not has_language(language, "series"):
        return CountWords()
    return msgspec.convert(read_words(language, "series"), CountWords)
