"""The first report to read, as READING.md has it under "The page"."""

from pathlib import Path

import pytest

from onrecord.intake import open_reports

SEED = Path(__file__).parents[3] / "shared" / "seed" / "report.txt"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="needs ../shared, which is not part of the repository"),
]


@pytest.fixture(scope="module")
def report():
    (found,) = open_reports(SEED)
    return found


def parts(report, kind):
    return [part for part in report.parts if part.kind == kind]


def test_the_caption_is_the_first_paragraph_and_its_copy_is_folded_into_it_and_said_to_be_one(report):
    (caption,) = report.captions
    paragraphs = [line for line in report.text.split("\n") if line.strip()]
    (copy,) = caption.repeats
    assert report.words(caption.span) == report.words(copy)
    assert paragraphs[0] == paragraphs[-1]
    assert paragraphs[0].startswith(report.words(caption.span))
    assert caption.span.start == 0
    assert copy.start > len(report.text) - len(paragraphs[-1]) - 1
    assert [part.of for part in parts(report, "repeat") if part.span == copy] == [caption.span]


def test_the_sentences_of_the_caption_that_repeat_the_body_are_read_in_the_body_only(report):
    (own,) = parts(report, "caption")
    repeated = [
        part for part in parts(report, "repeat") if own.span.end < part.span.start < report.captions[0].span.end
    ]
    assert len(repeated) == 3
    body = parts(report, "body")
    for part in repeated:
        assert report.words(part.of) == report.words(part.span)
        assert any(part.of in told.span for told in body)


def test_the_credit_names_photographer_agency_and_who_passed_it_on(report):
    credit = report.captions[0].credit
    assert report.words(credit.span) == "(Tomer Neuberg/JINI via Xinhua)"
    assert (credit.photographer, credit.agency, credit.via) == ("Tomer Neuberg", "JINI", "Xinhua")


def test_the_dateline_gives_place_day_and_provider(report):
    line = report.dateline
    assert report.words(line.span) == "JERUSALEM, Feb. 21 (Xinhua) --"
    assert [report.words(place) for place in line.places] == ["JERUSALEM"]
    assert (report.words(line.date), report.words(line.provider)) == ("Feb. 21", "Xinhua")
    assert report.provider == "Xinhua"


def test_the_year_comes_from_the_caption_and_the_weekday_agrees(report):
    dating = report.dating
    assert (dating.value, dating.origin, dating.year_origin) == ("2024-02-21", "dateline", "caption")
    assert dating.weekday is True


def test_the_end_mark_is_furniture(report):
    assert [report.words(part.span) for part in parts(report, "end")] == ["■"]


def test_the_text_is_the_file_and_each_part_leads_back_to_its_bytes(report):
    data = SEED.read_bytes()
    assert report.text == data.decode("utf-8")
    for part in report.parts:
        start, end = report.source_of(part.span)
        assert data[start:end].decode("utf-8") == report.words(part.span)
