"""Records in other forms, each read back by a reader of its own standard where one is installed."""

import csv
import io
import json
import re
import sys
import xml.etree.ElementTree as ET

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.exports.brat import brat
from onrecord.exports.brief import brief
from onrecord.exports.calendar import WIDTH, _escape, _fold, calendar
from onrecord.exports.geojson import geojson
from onrecord.exports.plover import plover
from onrecord.exports.tables import columns, csv_table, parquet_table, rows, write_csv, write_parquet
from onrecord.exports.timeml import timeml
from onrecord.exports.web_annotation import annotate, collection
from onrecord.intake import reports_in, text_report
from onrecord.record import (
    LAYERS,
    Actor,
    Attribution,
    Basis,
    Dating,
    Event,
    Figure,
    Interval,
    Place,
    Record,
    Source,
    Span,
    Talks,
    TimeExpression,
    schema,
)

TEXT = (
    "Ms Vega 😀 said “we will not sign,” and warned, “the harbour\nstays shut.” At least 12 people were killed in "
    "Lima on March 5 & after. Talks will open in Lima on March 9; 2019 if <all> agree."
)
BASIS = Basis(by="rule", name="made")


@pytest.fixture
def record() -> Record:
    report = text_report(TEXT, uri="news/a b.txt")
    report = msgspec.structs.replace(
        report, headline="No truce, yet", language="en", dating=Dating(value="2019-03-06", origin="option")
    )

    def at(words: str, nth: int = 0) -> Span:
        start = [match.start() for match in re.finditer(re.escape(words), report.text)][nth]
        return Span(start, start + len(words))

    return Record(
        report=report,
        actors=(Actor(id="w1", name="Ana Vega", mentions=(at("Ms Vega"),), basis=BASIS, country="PER", sector="GOV"),),
        attributions=(
            Attribution(
                id="a1",
                source=Source(spans=(at("Ms Vega"),), actor="w1", kind="named"),
                cue=(at("said"),),
                content=(at("we will not sign"), at("the harbour\nstays shut")),
                quote="direct",
                basis=BASIS,
                stance="says",
            ),
        ),
        times=(
            TimeExpression(
                id="t1", span=at("March 5"), basis=BASIS, type="DATE", value="2019-03-05", anchor="2019-03-06",
                interval=Interval(start="2019-03-05", end="2019-03-06"),
            ),
            TimeExpression(
                id="t2", span=at("March 9"), basis=BASIS, type="DATE", value="2019-03-09",
                interval=Interval(start="2019-03-09", end="2019-03-10"),
            ),
        ),
        places=(
            Place(
                id="p1", name="Lima", mentions=(at("Lima"), at("Lima", 1)), basis=BASIS, geonameid=3936456,
                country="PE", feature="P.PPLC", lat=-12.04, lon=-77.03,
            ),
            Place(id="p2", name="harbour", mentions=(at("harbour"),), basis=BASIS),
        ),
        figures=(
            Figure(
                id="f1", span=at("At least 12 people"), basis=Basis(by="model", name="h", score=0.5), low=12,
                of=at("people"), outcome="killed", outcome_span=at("killed"), place="p1", attribution="a1",
            ),
        ),
        events=(
            Event(
                id="e1", type="ASSAULT", mentions=(at("killed"),), basis=BASIS, status="happened", recipients=("w1",),
                times=("t1",), places=("p1",), figures=("f1",),
            ),
            Event(
                id="e2", type="CONSULT", mode="meet", mentions=(at("Talks"),), basis=BASIS, status="conditional",
                actors=("w1",), times=("t2",), places=("p1",), condition=at("if <all> agree"), attribution="a1",
            ),
        ),
        talks=(Talks(id="k1", span=at("Talks"), basis=BASIS, parties=("w1",), venue=("p1",)),),
    )  # fmt: skip


@pytest.fixture
def unread() -> Record:
    return Record(report=text_report("Rien.", uri="rien.txt"))


# -- JSON


def test_a_record_holds_to_its_own_schema(record, unread):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema())
    for one in (record, unread):
        validator.validate(json.loads(one.to_json()))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"report": {"uri": 1}})


# -- tables


def test_a_csv_reads_back_with_words_beside_their_offsets(record, unread):
    read = {layer: list(csv.DictReader(io.StringIO(csv_table([record, unread], layer)))) for layer in LAYERS}
    (said,) = read["attributions"]
    assert said["content"] == "we will not sign … the harbour\nstays shut"
    spans = [tuple(map(int, place.split("-"))) for place in said["content_spans"].split()]
    assert [TEXT[a:b] for a, b in spans] == ["we will not sign", "the harbour\nstays shut"]
    assert (said["source_spans"], said["source_actor"], said["source_actor_name"]) == ("Ms Vega", "w1", "Ana Vega")
    (figure,) = read["figures"]
    assert (figure["low"], figure["best"], figure["approximate"], figure["of"]) == ("12", "", "false", "people")
    assert TEXT.encode()[int(figure["original_start"]) : int(figure["original_end"])].decode() == "At least 12 people"
    assert (figure["attribution_name"], figure["basis"], figure["score"]) == ("Ms Vega", "model: h", "0.5")
    assert read["events"][1]["condition"] == "if <all> agree"
    assert read["events"][1]["places_name"] == "Lima"
    assert read["times"][0]["interval_start"] == "2019-03-05"


@pytest.mark.parametrize("layer", LAYERS)
def test_each_row_has_a_cell_for_each_column_and_no_column_comes_twice(record, layer):
    names = [column.name for column in columns(layer)]
    assert len(set(names)) == len(names)
    for row in rows(record, layer):
        assert len(row) == len(names)
        for cell, column in zip(row, columns(layer), strict=True):
            assert cell is None or isinstance(cell, column.kind) or (column.kind is float and isinstance(cell, int))


def test_files_are_written_one_a_layer(record, tmp_path):
    files = write_csv([record], tmp_path / "out")
    assert [file.name for file in files] == [f"{layer}.csv" for layer in LAYERS]
    assert all(file.read_bytes().startswith(b"report,dated,id,") for file in files)


def test_parquet_reads_back_the_same_cells(record, unread, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for file, layer in zip(write_parquet([record, unread], tmp_path), LAYERS, strict=True):
        table = parquet.read_table(file)
        names = [column.name for column in columns(layer)]
        assert table.column_names == names
        assert table.to_pylist() == [dict(zip(names, row, strict=True)) for row in rows(record, layer)]


def test_parquet_without_the_extra_names_it(record, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"extra `parquet`"):
        parquet_table([record], "times")


# -- Web Annotation


def _targets(annotation):
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def test_each_selector_finds_the_words_in_the_original(record):
    data = TEXT.encode()
    found = list(annotate(record))
    assert [annotation["id"] for annotation in found] == [f"news/a b.txt#{item.id}" for item in record.items()]
    for annotation in found:
        for target in _targets(annotation):
            quote, position, bytes_ = target["selector"]
            assert quote["type"] == "TextQuoteSelector"
            assert TEXT[position["start"] : position["end"]] == quote["exact"]
            assert data[bytes_["start"] : bytes_["end"]].decode() == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
        assert json.loads(annotation["body"][1]["value"])["id"] == annotation["id"].rpartition("#")[2]


def test_a_position_in_the_text_is_given_only_where_the_original_has_the_same_places():
    for data, same in (
        ("Zürich says no to it.".encode(), True),
        ("Zürich says that it\r\nis against it all.".encode(), False),
        ("\ufeffZürich says no to it.".encode(), False),
        ("Zürich says no to it.".encode("cp1252"), True),
        (b"<html><body><p>" + b"The mayor said that nobody was hurt. " * 9 + b"</p></body></html>", False),
    ):
        (report,) = reports_in(data, uri="x")
        place = Place(id="p1", name="x", mentions=(Span(0, 6),), basis=BASIS)
        ((target,),) = (_targets(annotation) for annotation in annotate(Record(report=report, places=(place,))))
        kinds = [selector["type"] for selector in target["selector"]]
        assert ("TextPositionSelector" in kinds) is same, data


def test_a_collection_has_what_the_standard_asks_for(record):
    whole = collection([record])
    assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["type"] == "AnnotationCollection"
    assert whole["total"] == len(whole["first"]["items"]) == len(list(record.items()))
    for annotation in whole["first"]["items"]:
        assert annotation["type"] == "Annotation"
        assert annotation["target"]
        assert annotation["motivation"] in ("tagging", "describing")  # values of the standard's vocabulary
        assert {body["type"] for body in annotation["body"]} == {"TextualBody"}
    json.dumps(whole)


# -- brat


def _read_brat(text, ann):
    """As brat's own reader checks it: ids once, stretches that say their words, heads and tails that are there."""
    spans, relations, attributes, notes = {}, [], [], {}
    for line in ann.splitlines():
        id, rest, *words = line.split("\t")
        if id[0] == "T":
            label, _, places = rest.partition(" ")
            pairs = [tuple(map(int, pair.split())) for pair in places.split(";")]
            assert words == [" ".join(text[a:b] for a, b in pairs)]
            assert "\n" not in words[0]
            assert id not in spans
            spans[id] = (label, words[0])
        elif id[0] == "R":
            name, head, tail = rest.split(" ")
            relations.append((name, head.removeprefix("Arg1:"), tail.removeprefix("Arg2:")))
        elif id[0] == "A":
            assert re.fullmatch(r"\w+ T\d+ [A-Za-z0-9_<>,-]+", rest)
            attributes.append(rest.split(" "))
        else:
            notes[rest.split(" ")[1]] = words[0]
    assert {mark for _, *pair in relations for mark in pair} <= set(spans)
    assert {mark for _, mark, _ in attributes} <= set(spans)
    return spans, relations, attributes, notes


def test_brat_reads_back(record):
    spans, relations, attributes, notes = _read_brat(*brat(record))
    named = {note: spans[mark] for mark, note in notes.items()}
    assert named["a1"] == ("Attribution", "said")
    assert named["f1"] == ("Figure", "At least 12 people killed")
    assert ("Content", "we will not sign the harbour stays shut") in spans.values()
    assert {name for name, *_ in relations} == {"source", "content", "actor", "recipient", "place"}
    assert ["Status", "conditional"] in [[name, value] for name, _, value in attributes]


def test_a_record_of_nothing_is_an_empty_file(unread):
    assert brat(unread) == ("Rien.", "")


# -- TimeML


def test_timeml_is_xml_whose_text_and_times_are_the_records(record):
    root = ET.fromstring(timeml(record))
    body = root.find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == TEXT
    at = len(body.text or "")
    found = []
    for time in body:
        found.append(
            (Span(at, at + len(time.text or "")), time.get("value"), time.get("tid"), time.get("anchorTimeID"))
        )
        at += len(time.text or "") + len(time.tail or "")
    assert found == [(t.span, t.value, t.id, "t0" if t.anchor else None) for t in record.times]
    dct = root.find("DCT/TIMEX3")
    assert dct is not None
    assert (dct.get("value"), dct.get("functionInDocument")) == ("2019-03-06", "CREATION_TIME")


def test_of_times_that_overlap_the_first_and_longer_is_kept(record):
    first, second = record.times
    inner = msgspec.structs.replace(second, span=Span(first.span.start, first.span.end - 2))
    root = ET.fromstring(timeml(msgspec.structs.replace(record, times=(inner, first))))
    assert [time.get("tid") for time in root.iter("TIMEX3")] == ["t0", first.id]


@given(st.text(max_size=40))
def test_any_text_is_xml_and_keeps_its_length(text):
    report = text_report("x")
    report = msgspec.structs.replace(report, text=text.encode("utf-8", "replace").decode())
    body = ET.fromstring(timeml(Record(report=report, times=()))).find("TEXT")
    assert body is not None
    assert len("".join(body.itertext())) == len(report.text)


# -- PLOVER


def test_plover_has_the_manuals_fields(record):
    attack, talks = plover(record)
    assert attack == {
        "id": "news/a b.txt#e1",
        "date": "2019-03-05",
        "enddate": "2019-03-06",
        "actor": [],
        "recipient": [{"code": "PER", "sector": "GOV", "entity_text": "Ms Vega", "identifier_text": "Ana Vega"}],
        "event": ["ASSAULT"],
        "event_loc": {
            "geonameId": 3936456, "name": "Lima", "countryCode": "PE", "lat": -12.04, "lng": -77.03, "fcode": "PPLC",
        },
        "event_text": ["killed"],
        "text_info": {"start": TEXT.index("killed"), "end": TEXT.index("killed") + 6},
        "size": {"dead": 12},
        "cite_info": {"citation": "news/a b.txt", "title": "No truce, yet", "language": "en", "coder": "onrecord"},
        "status": "happened",
        "onrecord": "e1",
    }  # fmt: skip
    assert talks["context"] == ["hypothetical"]
    assert (talks["mode"], talks["attributed_to"]) == (["meet"], "Ms Vega")


# -- GeoJSON


def test_geojson_is_a_collection_of_points_longitude_first(record):
    found = json.loads(json.dumps(geojson([record])))
    assert found["type"] == "FeatureCollection"
    kinds = [(feature["properties"]["kind"], feature["id"]) for feature in found["features"]]
    uri = "news/a b.txt"
    assert kinds == [("place", f"{uri}#p1"), ("event", f"{uri}#e1@p1"), ("event", f"{uri}#e2@p1")]
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"] == {"type": "Point", "coordinates": [-77.03, -12.04]}
        assert len(set(feature["properties"])) > 3


# -- iCalendar


def test_a_calendar_holds_the_events_to_come_with_a_day(record):
    icalendar = pytest.importorskip("icalendar")
    (event,) = icalendar.Calendar.from_ical(calendar([record])).walk("VEVENT")
    assert str(event["SUMMARY"]) == "CONSULT: Ana Vega"
    assert event["STATUS"] == "TENTATIVE"
    assert (event.decoded("DTSTART").isoformat(), event.decoded("DTEND").isoformat()) == ("2019-03-09", "2019-03-10")
    assert str(event["LOCATION"]) == "Lima"
    assert "If: if <all> agree" in str(event["DESCRIPTION"])
    assert "news/a b.txt#e2" in str(event["DESCRIPTION"])
    assert event.decoded("DTSTAMP").isoformat().startswith("2019-03-06")


def test_the_same_records_give_the_same_calendar(record, unread):
    assert calendar([record]) == calendar([record])
    assert calendar([unread]).split("\r\n")[0] == "BEGIN:VCALENDAR"


@given(st.text(max_size=120))
@settings(max_examples=50)
def test_lines_are_folded_within_their_width_and_unfold_to_what_they_were(text):
    line = "SUMMARY:" + _escape(text.encode("utf-8", "replace").decode())
    folded = list(_fold(line))
    assert all(len(part.encode()) <= WIDTH for part in folded)
    assert folded[0] + "".join(part[1:] for part in folded[1:]) == line
    assert "\n" not in line


# -- brief


def test_a_brief_says_each_item_with_its_words(record, unread):
    text = brief([record, unread])
    assert text.startswith("# No truce, yet\n")
    assert "“we will not sign … the harbour stays shut”" in text
    assert "\\<all\\>" in text
    assert "`f1`" in text
    assert "*When: not read (no rules for this language).*" in text
