"""What is kept: frozen types, one noun a file."""

from onrecord.record.actor import Actor
from onrecord.record.attribution import Attribution, Source
from onrecord.record.event import Event, Status
from onrecord.record.figure import Figure
from onrecord.record.mentions import Link, Mention, Mentions, Sentence, Word
from onrecord.record.place import Place
from onrecord.record.record import LAYERS, Item, Record, schema
from onrecord.record.report import Caption, Credit, Dateline, Dating, Part, PartKind, Piece, Report
from onrecord.record.span import Basis, Span
from onrecord.record.story import (
    Change,
    Copy,
    Dispute,
    Moment,
    News,
    Passage,
    Point,
    Relation,
    Series,
    Shift,
    Speaker,
    Statement,
    Story,
)
from onrecord.record.talks import Attendance, Issue, Move, Round, Talks, Term
from onrecord.record.timex import Interval, TimeExpression

__all__ = [
    "LAYERS",
    "Actor",
    "Attendance",
    "Attribution",
    "Basis",
    "Caption",
    "Change",
    "Copy",
    "Credit",
    "Dateline",
    "Dating",
    "Dispute",
    "Event",
    "Figure",
    "Interval",
    "Issue",
    "Item",
    "Link",
    "Mention",
    "Mentions",
    "Moment",
    "Move",
    "News",
    "Part",
    "PartKind",
    "Passage",
    "Piece",
    "Place",
    "Point",
    "Record",
    "Relation",
    "Report",
    "Round",
    "Sentence",
    "Series",
    "Shift",
    "Source",
    "Span",
    "Speaker",
    "Statement",
    "Status",
    "Story",
    "Talks",
    "Term",
    "TimeExpression",
    "Word",
    "schema",
]
