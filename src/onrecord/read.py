"""The pipeline: a report in, its record out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from onrecord.encode import default_encoder
from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.actors import find_actors
from onrecord.layers.attributions import find_attributions
from onrecord.layers.events import find_events
from onrecord.layers.figures import find_figures
from onrecord.layers.places import find_places
from onrecord.layers.talks import find_talks
from onrecord.layers.times import find_times
from onrecord.record import Mentions, Record, Report

if TYPE_CHECKING:
    from onrecord.encode import Encoder

Context = TypeVar("Context")

# Seconds after which a thread that waits for Python is given it. The encoder asks for it whenever numpy or ONNX Runtime
# gave it back, some hundred times: all in, a first report took 1.3 s or less at 0.5 ms and 1.5 s at Python's own 5 ms.
_TURN = 0.0001

ENCODED = ("en", None)
"""Languages that the model that ships has learnt; in others only words and sentences are cut."""


def read(report: Report | str, *, date: str | None = None, encoder: Encoder | None = None) -> Record:
    """The record of a report.

    A string is taken for the text of one; `date` (ISO 8601) is then the day that it speaks from, where the
    text does not say. `encoder` is the model that ships unless given. Odd text never raises: a layer returns less.
    """
    if isinstance(report, str):
        report = text_report(report, date=date)
    if report.language not in ENCODED:
        return _record(report, cut(report))
    if not _first.over:
        with _first.turn:
            if not _first.over:
                record = _record(report, _see_first(report, encoder))
                _first.over = True
                return record
    return _record(report, (encoder or default_encoder()).read(report))


class First:
    """The first report of a process, for which others wait.

    Two threads that load the same rules at once do it twice, and have crashed the process (`record/decoding.py`).
    """

    def __init__(self) -> None:
        self.turn = Lock()
        self.over = False


_first = First()


def _see_first(report: Report, encoder: Encoder | None) -> Mentions:
    """What the encoder sees; while its network is loaded and run, which leaves Python free, the layers are tried.

    They are given words and sentences alone, and what they find is thrown away: what takes time is to read the rules
    and to compile those that this text needs, and they keep them.
    """
    import_module("onrecord.encode.encoder")  # holds Python, and the network should be on its way soon
    bare = cut(report)
    with _short_turns(), ThreadPoolExecutor(max_workers=1) as beside:
        seen = beside.submit(lambda: (encoder or default_encoder()).read(report))
        _record(report, bare)
        return seen.result()


@contextmanager
def _short_turns() -> Iterator[None]:
    """Threads take short turns at Python meanwhile."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _record(report: Report, seen: Mentions) -> Record:
    """The layers, each on those before it."""
    actors = find_actors(report, seen)
    attributions = find_attributions(report, seen, actors)
    times = find_times(report, seen)
    places = find_places(report, seen)
    figures = find_figures(report, seen, attributions, times, places, actors)
    events = find_events(report, seen, attributions, actors, times, places, figures)
    talks = find_talks(report, seen, attributions, actors, times, places, figures)
    return Record(
        report=report,
        actors=actors,
        attributions=attributions,
        times=times,
        places=places,
        figures=figures,
        events=events,
        talks=talks,
    )


@overload
def pipe(
    reports: Iterable[Report | str], *, as_tuples: Literal[False] = False, encoder: Encoder | None = None
) -> Iterator[Record]: ...
@overload
def pipe(
    reports: Iterable[tuple[Report | str, Context]], *, as_tuples: Literal[True], encoder: Encoder | None = None
) -> Iterator[tuple[Record, Context]]: ...
def pipe(reports: Iterable[Any], *, as_tuples: bool = False, encoder: Encoder | None = None) -> Iterator[Any]:
    """The record of each report, in the order given, one in memory at a time.

    With `as_tuples`, pairs of a report and anything go in, pairs of a record and the same thing come out.
    """
    if as_tuples:
        return ((read(report, encoder=encoder), context) for report, context in reports)
    return (read(report, encoder=encoder) for report in reports)
