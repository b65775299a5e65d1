"""Build a story from the records of its reports: timeline, series, disputes, who says what, how talks stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.link.copies import FOLDED
from onrecord.link.disputes import find_disputes
from onrecord.link.series import CountWords, find_series, report_day
from onrecord.link.statements import find_speakers
from onrecord.link.talks import find_talks
from onrecord.link.timelines import find_tellings, make_timeline
from onrecord.record import Record, Span
from onrecord.record.story import Copy, Story


def build_story(
    id: str,
    records: Sequence[Record],
    sentences: Mapping[str, Sequence[Span]],
    *,
    copies: Sequence[Copy] = (),
    families: Mapping[str, str] | None = None,
    words: CountWords | None = None,
    days: int = 20,
    lines: int = 2,
) -> Story:
    """The story that some records tell together, whatever the order in which they are given.

    `sentences` are those of each report, by uri; `copies` and `families` what `CopyIndex` said of them. A copy or an
    excerpt gives no points and no statements of its own; a version does, for its numbers may be others.
    """
    ordered = sorted(records, key=lambda record: (report_day(record.report) or "", record.report.uri))
    uris = {record.report.uri for record in ordered}
    repeats = {
        copy.uri for copy in copies if copy.relation in FOLDED and copy.relation != "version" and copy.of in uris
    }
    own = [record for record in ordered if record.report.uri not in repeats]
    tellings = [
        telling for record in ordered for telling in find_tellings(record, sentences.get(record.report.uri, ()))
    ]
    counts = find_series(own, words, sentences=sentences, least=1)
    return Story(
        id=id,
        title=_title(ordered, sentences),
        reports=tuple(record.report.uri for record in ordered),
        copies=tuple(copy for copy in copies if copy.uri in uris and copy.of in uris),
        moments=make_timeline(tellings, days=days, lines=lines, families=families),
        series=tuple(one for one in counts if len({point.uri for point in one.points}) > 1),
        disputes=find_disputes(counts),
        speakers=find_speakers(own),
        talks=find_talks(own, sentences, families=families),
    )


def _title(records: Sequence[Record], sentences: Mapping[str, Sequence[Span]]) -> str:
    """The headline of the first report that has one, else the first sentence of the first report."""
    for record in records:
        if record.report.headline:
            return record.report.headline
    for record in records:
        for span in sentences.get(record.report.uri, ())[:1]:
            return record.report.words(span)
    return ""
