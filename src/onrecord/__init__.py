"""Read news reports and keep the record of what they say.

>>> import onrecord
>>> record = onrecord.read("“We will not sign,” Ms Vega told reporters in Lima on Tuesday.", date="2019-03-06")
>>> [record.report.words(time.span) for time in record.times or ()]
['Tuesday']
"""

from onrecord.errors import InputError, ModelError, OnrecordError, RuleError, StoreError
from onrecord.intake import open_reports
from onrecord.read import pipe, read
from onrecord.record import (
    Actor,
    Attribution,
    Basis,
    Event,
    Figure,
    Place,
    Record,
    Report,
    Span,
    Talks,
    TimeExpression,
)

__all__ = [
    "Actor",
    "Attribution",
    "Basis",
    "Event",
    "Figure",
    "InputError",
    "ModelError",
    "OnrecordError",
    "Place",
    "Record",
    "Report",
    "RuleError",
    "Span",
    "StoreError",
    "Talks",
    "TimeExpression",
    "open_reports",
    "pipe",
    "read",
]
