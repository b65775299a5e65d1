"""What is known across reports: copies and versions, and stories with their parts."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.record.span import Span

Relation = Literal["copy", "version", "excerpt", "reuse"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A number that stands in the later report where the earlier one had another."""

    span: Span
    was: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """That the report `uri` repeats the earlier report `of`.

    copy      the same text, cut from the end or lightly edited
    version   the same report with other numbers or with something added: an update or a correction
    excerpt   its opening only, as a brief
    reuse     some passages of it in a report of its own, which is not folded into it

    `taken` is the share of this report's words that stand in the earlier one, `kept` the share of the
    earlier one's that stand here. `new` are the passages that the earlier one does not have.
    """

    uri: str
    of: str
    relation: Relation
    taken: float
    kept: float
    new: tuple[Span, ...] = ()
    changed: tuple[Change, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Words of a report: where every cell of a story leads."""

    uri: str
    span: Span


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a timeline: what is told of one day.

    `passage` is the sentence that tells it best, `told` every sentence that tells it, in the order of their reports;
    `first` the report that did so first. `independent` counts the reports behind it, copies of one report once.
    `types` are the PLOVER types of the events in the passage.
    """

    day: str
    passage: Passage
    told: tuple[Passage, ...]
    first: str
    independent: int
    types: tuple[str, ...] = ()


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One report's figure in a series, with the bounds of `Figure` and the words it stands in.

    `day` is the day of the report; `source` the words for whose figure it is, None where it is the report's own.
    `step` says how it stands to the last figure of the same source (the same provider, where the figure is its own), or
    of any where that one gave none before: `first`, `same`, `rise` (more have been counted), `revised` (the
    same source takes some back, or the words say that they correct), `below` (less than another source has said).
    """

    uri: str
    figure: str
    passage: Passage
    day: str | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    low_exclusive: bool = False
    high_exclusive: bool = False
    approximate: bool = False
    source: str | None = None
    attribution: str | None = None
    step: Literal["first", "same", "rise", "revised", "below"] = "first"


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The same count over time: what is counted (`outcome`, `of`) and where, a point for each report that gives it.

    `where` says how far: one `place`, `several` together (`place` then joins their names, or is None where the words
    only say that it is all), or `not-said`: its words name no place, though other figures of the count do. It is None
    where no figure of the count has a place.
    """

    outcome: str | None
    of: str | None
    place: str | None
    where: Literal["place", "several", "not-said"] | None = None
    unit: str | None
    points: tuple[Point, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """The same question on the same day, answered differently by different sources: a point for each side."""

    outcome: str | None
    of: str | None
    place: str | None
    day: str | None
    sides: tuple[Point, ...]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor said, in one report: the passages of its content, and how the actor stands to it."""

    uri: str
    attribution: str
    content: tuple[Passage, ...]
    day: str | None = None
    stance: str | None = None


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A change of position: two statements of one actor on the same issue, of which the later stands otherwise."""

    before: Statement
    after: Statement


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who says what over time: an actor's statements in order, copies left out, and the changes of position."""

    name: str
    country: str | None
    statements: tuple[Statement, ...]
    shifts: tuple[Shift, ...] = ()


class News(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of a report that nothing before it says.

    `kind` is `told` where no earlier passage says it, `figures` where one does with other numbers. `like` is the
    nearest earlier passage, if one comes near.
    """

    passage: Passage
    kind: Literal["told", "figures"]
    like: Passage | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one report tells of a line of the board of talks.

    `what` is what it has there: a code of `ontology/talks.toml` (a state, a move, a status), None where the line alone
    says it. `day` is the day of the report; `source` the words for on whose word it stands, None where it is the
    report's own; `condition` the words that it hangs on.
    """

    passage: Passage
    what: str | None = None
    day: str | None = None
    source: str | None = None
    condition: Passage | None = None


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Someone at the table, or who brought others there: where each report names it, the first to do so first."""

    name: str
    country: str | None
    told: tuple[Told, ...]
    first: str
    independent: int


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A round of talks, told once however many reports tell of it.

    `start` and `end` are ISO dates, half open, as the words give them: a day, a month; None where no report gives any,
    and then `after` is the day of the first report that tells of it. `state` and `outcome` are the latest told, `told`
    has each report's; `first` told of it first, and `independent` reports stand behind it, copies of one counted once.
    """

    start: str | None
    end: str | None
    after: str | None
    place: str | None
    state: str
    outcome: str | None
    told: tuple[Told, ...]
    first: str
    independent: int


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a party comes.

    `state` is the latest told; `changes` are the words with which a report tells another state than the report before.
    """

    party: str
    state: str
    told: tuple[Told, ...]
    changes: tuple[Told, ...] = ()


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What is on the table, and whether it sticks as the latest report has it (`what` of each told: sticks, open)."""

    words: Passage
    sticks: bool
    told: tuple[Told, ...]
    first: str
    independent: int


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A change of position at the table: two moves of a party on the same thing, of which the later goes otherwise."""

    before: Told
    after: Told


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A party's moves over time (`what`: offer, demand, reject, …), and its changes of position."""

    party: str
    moves: tuple[Told, ...]
    turns: tuple[Turn, ...] = ()


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A term of a deal: who gives what to whom, and how it stands.

    `what` of each told is a party's move on it that the same sentence tells, else how that report says the text
    stands; `status` is the latest of them.
    """

    words: Passage
    giver: str | None
    receiver: str | None
    status: str | None
    told: tuple[Told, ...]
    first: str
    independent: int


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """Who is waiting for what, as the latest reports have it.

    `what` is what hangs on it: a state of attendance, a move, `term`, or `planned` for a round that is still ahead on
    the day of the last report on the talks; `who` is None where it is all of them.
    """

    who: str | None
    what: str
    told: Told


class Negotiation(msgspec.Struct, frozen=True, kw_only=True):
    """The talks that reports on one story tell of, merged: the board, each line with every report's words for it.

    `rounds` stand in the order of their days, those without one by the day of the report that first tells of them;
    all else by who told it first. `truce` and `text` are how a truce and a text stand in each report that says so.
    """

    parties: tuple[Side, ...] = ()
    mediators: tuple[Side, ...] = ()
    hosts: tuple[Side, ...] = ()
    guarantors: tuple[Side, ...] = ()
    rounds: tuple[Meeting, ...] = ()
    attendance: tuple[Presence, ...] = ()
    issues: tuple[Matter, ...] = ()
    moves: tuple[Course, ...] = ()
    terms: tuple[Clause, ...] = ()
    truce: tuple[Told, ...] = ()
    text: tuple[Told, ...] = ()
    waiting: tuple[Wait, ...] = ()


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What reports on one story say together. `reports` are uris in the order in which they came."""

    id: str
    title: str
    reports: tuple[str, ...]
    copies: tuple[Copy, ...] = ()
    moments: tuple[Moment, ...] = ()
    series: tuple[Series, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    talks: Negotiation | None = None
