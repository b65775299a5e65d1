"""What the pages of stories show: their list, and one story whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.exports.board import Board, Line, boards
from onrecord.exports.maps import Spot
from onrecord.exports.plots import OWN
from onrecord.exports.values import bounds, count_words_of
from onrecord.gather import tell
from onrecord.link.copies import FOLDED
from onrecord.record import Span, count_words, counts
from onrecord.record.story import Copy, Dispute, Moment, Point, Series, Speaker, Story
from onrecord.store import Store, story_digest
from onrecord.web.addresses import report_address
from onrecord.web.mapping import address_of, spots_of_story
from onrecord.web.news import News, latest_news
from onrecord.web.talks import TalksBoard, talks_board, talks_rows
from onrecord.web.told import Source, Words, sources_of, words_at, words_in
from onrecord.web.verdicts import Counts, Remark, Verdicts, summed, verdicts_on

PAGE = 50
"""Stories on a page of the list."""

_SPEAKERS = 24  # shown of a story; the table has them all
_BOARDS = 12  # reports whose talks are drawn as boards, the latest first: each is a screen

Row = dict[str, object]
Keep = Callable[[Path, Story], None]

PARTS = ("new", "timeline", "figures", "disputes", "said", "talks", "places", "reports")
"""The parts of a story that a table may be of."""

COLUMNS = (
    "part",
    "day",
    "what",
    "source",
    "value",
    "low",
    "best",
    "high",
    "step",
    "words",
    "verdict",
    "report",
    "start",
    "end",
    "at",
)


class StoryList(msgspec.Struct, frozen=True, kw_only=True):
    """The stories, those of most reports first. `unplaced` counts the reports added since they were put together."""

    rows: list[Row]
    total: int
    start: int
    unplaced: int

    def table(self) -> list[Row]:
        """A row a story, for CSV."""
        return self.rows


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline: who told it first, how many independent reports tell it, and their words."""

    day: str
    passage: Words
    first: Words | None
    independent: int
    told: list[Words]
    types: tuple[str, ...]
    verdicts: Counts = {}


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of one report, with the words that it stands in."""

    point: Point
    value: str
    source: str
    passage: Words
    said: Remark | None = None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """The same count over time."""

    title: str
    series: Series
    marks: list[Mark]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What sources answer otherwise on one day."""

    title: str
    day: str | None
    sides: list[Mark]


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor said in one report; `was` is what the same actor said before, where the position changed."""

    passages: list[Words]
    day: str | None
    stance: str | None
    was: Words | None = None
    was_stance: str | None = None
    said: Remark | None = None


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """An actor of a story with what it said, in order."""

    name: str
    country: str | None
    said: list[Saying]
    shifts: int


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """The boards of one report."""

    report: Words
    boards: list[Board]
    digest: str


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """A report of a story with those that repeat it folded under it."""

    uri: str
    day: str | None
    title: str
    provider: str | None
    address: str
    relation: str | None = None
    taken: float | None = None
    under: list[Leaf] = []


class StoryView(msgspec.Struct, frozen=True, kw_only=True):
    """A story whole. `part` names the part that its table is of, None for all."""

    id: str
    digest: str
    title: str
    first: str | None
    last: str | None
    total: int
    news: News
    timeline: list[Telling]
    counts: list[Count]
    disputes: list[Question]
    voices: list[Voice]
    more_voices: int
    board: TalksBoard | None
    talks: list[Seat]
    more_talks: int
    reports: list[Leaf]
    spots: list[Spot]
    items: Counts
    part: str | None = None

    def table(self) -> list[Row]:
        """A row a line of the story, for CSV."""
        rows = ({name: row.get(name) for name in COLUMNS} for row in _rows(self))
        return [row for row in rows if self.part in (None, row["part"])]


def story_list(store: Store, start: int) -> StoryList:
    """The stories of the store from the `start`-th on."""
    rows = []
    for row in store.stories(PAGE, start):
        told = store.told(str(row["id"]))  # it says more where it was told before: a list waits for no telling
        rows.append(
            {
                **row,
                "first": row["began"],
                "last": row["latest"],
                "disputes": len(told.disputes) if told else None,
                "figures": len(told.series) if told else None,
                "digest": story_digest(str(row["id"])),
            }
        )
    return StoryList(rows=rows, total=store.count_stories(), start=start, unplaced=store.unplaced())


def story_view(store: Store, digest: str, part: str | None, keep: Keep | None = None) -> StoryView:
    """The story of that digest. Raises KeyError where there is none. `keep` keeps what had to be told for it."""
    story = find_story(store, digest, keep)
    sources = sources_of(store, story.id)
    held = verdicts_on(store, {source.digest for source in sources.values()})
    days = sorted(source.day for source in sources.values() if source.day)
    repeats = {copy.uri for copy in story.copies if copy.relation in FOLDED and copy.relation != "version"}
    seats = _seats(store, story, sources)
    voices = [_voice(sources, held, speaker) for speaker in story.speakers]
    return StoryView(
        id=story.id,
        digest=digest,
        title=" ".join(story.title.split()) or story.id,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        total=len(sources),
        news=latest_news(sources, repeats),
        timeline=[line for moment in story.moments if (line := _telling(sources, held, moment))],
        counts=[count for series in story.series if (count := _count(sources, held, series)).marks],
        disputes=[question for dispute in story.disputes if (question := _question(sources, held, dispute)).sides],
        voices=voices if part else voices[:_SPEAKERS],
        more_voices=max(0, len(voices) - _SPEAKERS),
        board=talks_board(story.talks, sources),
        talks=[_seat(store, sources[uri]) for uri in (seats if part else seats[:_BOARDS])],
        more_talks=max(0, len(seats) - _BOARDS),
        reports=_leaves(story, sources),
        spots=spots_of_story(store, story.id),
        items=_items(store, story.id, held),
        part=part if part != "all" else None,
    )


def first_of(view: StoryView) -> StoryView:
    """A story as its page shows it: those who say most and the latest talks; its table has them all."""
    if view.part is not None:
        return view
    return msgspec.structs.replace(view, voices=view.voices[:_SPEAKERS], talks=view.talks[:_BOARDS])


def part_of_story(view: StoryView, part: str | None) -> StoryView:
    """A whole story whose table is of a part of it, or of all."""
    return msgspec.structs.replace(view, part=part if part != "all" else None)


def find_story(store: Store, digest: str, keep: Keep | None = None) -> Story:
    """The story of that digest. Raises KeyError where there is none."""
    return tell(store, store.story_id(digest), keep)


def _items(store: Store, id: str, held: Verdicts) -> Counts:
    """How many items of the layers that a story is made of its reports have, and how many verdicts of each kind."""
    said = counts(held.all())
    found = {}
    for layer, row in store.story_items(id).items():
        found[layer] = {"items": row, **said.get(layer, {})}
    return found


def _telling(sources: Mapping[str, Source], held: Verdicts, moment: Moment) -> Telling | None:
    passage = words_at(sources, moment.passage)
    if passage is None:
        return None
    told = [words for one in moment.told if (words := words_at(sources, one))]
    return Telling(
        day=moment.day,
        passage=passage,
        first=next((words for words in told if words.report == moment.first), None),
        independent=moment.independent,
        told=told,
        types=moment.types,
        verdicts=held.counts(sources[moment.passage.uri].digest, moment.passage.uri, moment.passage.span),
    )


def _marks(sources: Mapping[str, Source], held: Verdicts, points: Iterable[Point]) -> list[Mark]:
    return [
        Mark(
            point=point,
            value=bounds(point),
            source=point.source or OWN,
            passage=words,
            said=held.at(sources[point.uri].digest, point.uri, "figures", point.passage.span),
        )
        for point in points
        if (words := words_at(sources, point.passage))
    ]


def _count(sources: Mapping[str, Source], held: Verdicts, series: Series) -> Count:
    return Count(title=count_words_of(series), series=series, marks=_marks(sources, held, series.points))


def _question(sources: Mapping[str, Source], held: Verdicts, dispute: Dispute) -> Question:
    return Question(title=count_words_of(dispute), day=dispute.day, sides=_marks(sources, held, dispute.sides))


def _voice(sources: Mapping[str, Source], held: Verdicts, speaker: Speaker) -> Voice:
    before = {(shift.after.uri, shift.after.attribution): shift.before for shift in speaker.shifts}
    said = []
    for statement in speaker.statements:
        passages = [words for one in statement.content if (words := words_at(sources, one))]
        was = before.get((statement.uri, statement.attribution))
        earlier = [words for one in was.content if (words := words_at(sources, one))] if was else []
        if passages:
            said.append(
                Saying(
                    passages=passages,
                    day=statement.day,
                    stance=statement.stance,
                    was=earlier[0] if earlier else None,
                    was_stance=was.stance if was else None,
                    said=held.at(
                        sources[statement.uri].digest, statement.uri, "attributions", statement.content[0].span
                    ),
                )
            )
    return Voice(name=speaker.name, country=speaker.country, said=said, shifts=len(speaker.shifts))


def _seats(store: Store, story: Story, sources: Mapping[str, Source]) -> list[str]:
    """The reports of a story that tell of talks, the latest first."""
    found = store.select(
        "SELECT DISTINCT k.report FROM stories s JOIN talks k ON k.report = s.report WHERE s.story = ?", (story.id,)
    )
    uris = [uri for row in found if (uri := str(row["report"])) in sources]
    return sorted(uris, key=lambda uri: (sources[uri].day or "", uri), reverse=True)


def _seat(store: Store, source: Source) -> Seat:
    drawn = boards(store.get(source.uri))
    span = drawn[0].span if drawn else Span(0, 0)
    return Seat(report=words_in(source, span), boards=drawn, digest=source.digest)


def _leaves(story: Story, sources: Mapping[str, Source]) -> list[Leaf]:
    """The reports of a story, the latest first, each repeat under the report that it repeats in the end."""
    repeats = {copy.uri: copy for copy in story.copies if copy.relation in FOLDED and copy.of in sources}
    under: dict[str, list[Copy]] = {}
    for copy in repeats.values():
        root, seen = copy.of, {copy.uri}
        while root in repeats and root not in seen:
            seen.add(root)
            root = repeats[root].of
        under.setdefault(root, []).append(copy)
    folded = {copy.uri for copies in under.values() for copy in copies}
    return [
        _leaf(source, under=[_leaf(sources[copy.uri], copy) for copy in under.get(uri, ()) if copy.uri in sources])
        for uri, source in reversed(list(sources.items()))
        if uri not in folded
    ]


def _leaf(source: Source, copy: Copy | None = None, under: Iterable[Leaf] = ()) -> Leaf:
    return Leaf(
        uri=source.uri,
        day=source.day,
        title=source.title,
        provider=source.provider,
        address=report_address(source.digest, source.uri),
        relation=copy.relation if copy else None,
        taken=copy.taken if copy else None,
        under=list(under),
    )


def _rows(view: StoryView) -> Iterator[Row]:
    """The lines of every part of a story, with the columns that each has."""
    for new in view.news.lines:
        yield {"part": "new", "day": new.passage.day, "what": new.kind, "source": new.passage.name, **new.passage.row()}
    for line in view.timeline:
        first = line.first.name if line.first else None
        row = {"part": "timeline", "day": line.day, "value": line.independent, "source": first}
        yield {**row, "verdict": count_words(summed(line.verdicts)) or None, **line.passage.row()}
    for count in view.counts:
        yield from (_mark_row("figures", count.title, mark) for mark in count.marks)
    for question in view.disputes:
        yield from (_mark_row("disputes", question.title, mark) for mark in question.sides)
    for voice in view.voices:
        for saying in voice.said:
            for words in saying.passages:
                row = {"part": "said", "day": saying.day, "what": saying.stance, "source": voice.name}
                row["verdict"] = saying.said.words if saying.said else None
                yield {**row, **words.row()}
    if view.board:
        yield from talks_rows(view.board)
    for seat in () if view.board else view.talks:
        yield from (_line_row(seat, name, line) for board in seat.boards for name, line in lines_of(board))
    for spot in view.spots:
        row = {"part": "places", "what": spot.country, "value": spot.reports, "words": spot.name}
        yield {**row, "low": spot.lat, "high": spot.lon, "at": address_of(spot)}
    for leaf in view.reports:
        for one in (leaf, *leaf.under):
            row = {"part": "reports", "day": one.day, "what": one.relation, "source": one.provider, "words": one.title}
            yield {**row, "report": one.uri, "at": one.address}


def lines_of(board: Board) -> Iterator[tuple[str, Line]]:
    """Every line of a board with the name of its group."""
    for name in ("rounds", "attendance", "issues", "positions", "terms"):
        yield from ((name, line) for line in getattr(board, name))


def _mark_row(part: str, title: str, mark: Mark) -> Row:
    point: dict[str, Any] = {name: getattr(mark.point, name) for name in ("low", "best", "high", "step")}
    row = {"part": part, "day": mark.point.day, "what": title, "source": mark.source, "value": mark.value}
    row["verdict"] = mark.said.words if mark.said else None
    return {**row, **point, **mark.passage.row()}


def _line_row(seat: Seat, name: str, line: Line) -> Row:
    source = line.who or line.source
    return {
        "part": "talks",
        "day": seat.report.day,
        "what": f"{name}: {line.what}",
        "source": source,
        "words": line.words,
        "report": seat.report.report,
        "start": line.span.start,
        "end": line.span.end,
        "at": report_address(seat.digest, seat.report.report, line.span),
    }
