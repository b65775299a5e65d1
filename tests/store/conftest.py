"""Made records to fill stores with, and stores of the first schema."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.record import Actor, Attribution, Basis, Dating, Event, Figure, Place, Record, Report, Source, Span
from onrecord.store import opening

FIRST = Path(__file__).with_name("first.sql")
TABLES = ["original", "report", "other_name", "actor", "attribution", "time", "place", "figure", "event", "talk"]
BASIS = Basis(by="rule", name="made")
TEXT = (
    "Mr Vega said “we will not sign the truce,” and warned, “the harbour stays shut.” "
    "At least 12 people were killed in Lima on Tuesday."
)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def make_record(text: str = TEXT, uri: str = "a.txt", day: str | None = "2019-03-06") -> tuple[Record, bytes]:
    """A record of TEXT, or a bare one of another text, and the bytes that it was read from."""
    data = text.encode("utf-8", "surrogatepass")
    report = Report(
        uri=uri,
        digest=hashlib.sha256(data).hexdigest(),
        text=text,
        pieces=((0, len(text), 0, len(data)),),
        language="en",
        headline="No truce in sight",
        dating=Dating(value=day, origin="option") if day else None,
        metadata={"slug": "TRUCE"},
    )
    if not text.startswith(TEXT):
        return Record(report=report, actors=(), attributions=()), data
    return Record(
        report=report,
        actors=(Actor(id="w1", name="Ana Vega", mentions=(_span(text, "Mr Vega"),), basis=BASIS, country="PER"),),
        attributions=(
            Attribution(
                id="a1",
                source=Source(spans=(_span(text, "Mr Vega"),), actor="w1", kind="named"),
                cue=(_span(text, "said"),),
                content=(_span(text, "we will not sign the truce"), _span(text, "the harbour stays shut")),
                quote="direct",
                basis=BASIS,
            ),
        ),
        places=(Place(id="p1", name="Lima", mentions=(_span(text, "Lima"),), basis=BASIS, country="PE"),),
        figures=(
            Figure(id="f1", span=_span(text, "At least 12 people"), basis=BASIS, low=12, of=_span(text, "people")),
        ),
        events=(
            Event(
                id="e1",
                type="ASSAULT",
                mentions=(_span(text, "killed"),),
                basis=BASIS,
                status="happened",
                recipients=("w1",),
                places=("p1",),
                figures=("f1",),
            ),
        ),
    ), data


@pytest.fixture(scope="session")
def made() -> Callable[..., tuple[Record, bytes]]:
    """`make_record`."""
    return make_record


def write_first(path: Path, now: Path) -> None:
    """Write to `path` the originals, reports and layers of the store `now` as the first schema kept them."""
    old = sqlite3.connect(path)
    old.executescript(FIRST.read_text(encoding="utf-8"))
    old.execute("ATTACH ? AS now", (str(now),))
    for table in TABLES:
        names = ", ".join(name for (name,) in old.execute("SELECT name FROM main.pragma_table_info(?)", (table,)))
        old.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
    for index in ("text_index", "said_index"):
        old.execute(f"INSERT INTO main.{index}({index}) VALUES ('rebuild')")
    old.commit()
    old.execute("DETACH now")
    old.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    old.close()


@pytest.fixture(scope="session")
def make_first() -> Callable[[Path, Path], None]:
    """`write_first`."""
    return write_first
