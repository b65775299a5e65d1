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
from onrecord.record.story import Change, Copy, Relation
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
    "Event",
    "Figure",
    "Interval",
    "Issue",
    "Item",
    "Link",
    "Mention",
    "Mentions",
    "Move",
    "Part",
    "PartKind",
    "Piece",
    "Place",
    "Record",
    "Relation",
    "Report",
    "Round",
    "Sentence",
    "Source",
    "Span",
    "Status",
    "Talks",
    "Term",
    "TimeExpression",
    "Word",
    "schema",
]
