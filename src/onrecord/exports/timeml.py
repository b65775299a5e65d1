"""The times of a record as TimeML: the text with its TIMEX3, and the day that the report speaks from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from onrecord.record import Record, TimeExpression

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def timeml(record: Record) -> str:
    """A TimeML document. Of times that overlap, which XML cannot hold, the first and longer is kept.

    Characters that XML has no place for become U+FFFD; nothing else of the text is changed.
    """
    report = record.report
    dated = ""
    if report.dating:
        value = quoteattr(report.dating.value)
        dated = (
            f'<DCT><TIMEX3 tid="t0" type="DATE" value={value} temporalFunction="false" '
            f'functionInDocument="CREATION_TIME">{escape(report.dating.value)}</TIMEX3></DCT>\n'
        )
    title = f"<TITLE>{_text(report.headline)}</TITLE>\n" if report.headline else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">\n'
        f"<DOCID>{_text(report.uri)}</DOCID>\n{dated}{title}<TEXT>{''.join(_marked(record))}</TEXT>\n</TimeML>\n"
    )


def _marked(record: Record) -> Iterator[str]:
    text = record.report.text
    at = 0
    for time in sorted(record.times or (), key=lambda time: (time.span.start, -time.span.end)):
        if time.span.start < at:
            continue
        yield _text(text[at : time.span.start])
        yield f"<TIMEX3{''.join(_attributes(time))}>{_text(time.span.of(text))}</TIMEX3>"
        at = time.span.end
    yield _text(text[at:])


def _attributes(time: TimeExpression) -> Iterator[str]:
    # TimeML's schema wants a value; "" says, as in TempEval's own files, that the words give none.
    given = {
        "tid": time.id,
        "type": time.type,
        "value": time.value or "",
        "mod": time.mod,
        "quant": time.quant,
        "freq": time.freq,
        "anchorTimeID": time.anchor if time.anchor and time.anchor.startswith("t") else "t0" if time.anchor else None,
        "functionInDocument": time.function,
    }
    return (f" {name}={quoteattr(value)}" for name, value in given.items() if value is not None)


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text)).replace("\r", "&#13;")
