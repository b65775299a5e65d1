"""Copies, versions, excerpts and reuse, on reports of our own."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.copies import CopyIndex, Print, find_copies, take_print
from onrecord.record import Part, Report, Span

LEAD = "A ferry with 214 people on board ran aground near the harbour of Port Elland on Tuesday, officials said."
BODY = [
    "The coast guard sent three boats and took 198 passengers ashore before nightfall.",
    "Rescuers found 6 bodies in the lower deck, and 10 people were still missing.",
    "The master, whose name was not given, told the harbour radio that the rudder had failed.",
    "Relatives waited in a school hall where nurses handed out blankets and hot tea.",
    "The ferry, built in Norvik in 1987, had passed an inspection in March.",
    "A commission of inquiry will begin its work next week, the transport ministry said.",
    "It is the worst accident on the route since the line was opened by the old company.",
    "Divers said that the current made it hard to reach the cabins on the far side.",
    "The island depends on the ferry for its food, its mail and most of its fuel.",
]
OTHER = [
    "Farmers in the southern plain have asked for help after a month without rain.",
    "Wells in nine villages have run dry and cattle are being sold for a third of their price.",
    "The agriculture minister promised fodder and loans without interest until the harvest.",
    "An opposition member called the plan too small and said it came too late.",
    "Prices of grain rose by a fifth on the market of the provincial capital.",
    "Weather services expect no rain before the end of the month.",
    "Schools will open an hour earlier so that children can walk before the heat.",
    "The last drought of this kind was in the year of the great fire.",
]


def make(uri: str, *sentences: str) -> Report:
    parts, at = [], 0
    for sentence in sentences:
        parts.append(Part(kind="body", span=Span(at, at + len(sentence))))
        at += len(sentence) + 1
    return Report(uri=uri, digest=uri, text="\n".join(sentences), pieces=(), parts=tuple(parts))


def first_answer(*reports: Report) -> str:
    index = CopyIndex()
    answers = [index.add(report) for report in reports]
    return answers[-1][0].relation if answers[-1] else "none"


def test_a_report_cut_from_the_end_under_another_headline_is_a_copy() -> None:
    assert first_answer(make("a", LEAD, *BODY), make("b", "Ferry aground off the island", LEAD, *BODY[:6])) == "copy"


def test_a_report_with_other_numbers_is_a_version_and_says_which_numbers_changed() -> None:
    later = [s.replace("6 bodies", "9 bodies").replace("10 people", "7 people") for s in BODY]
    index = CopyIndex()
    index.add(make("a", LEAD, *BODY))
    report = make("b", LEAD, *later)
    (found,) = index.add(report)
    assert found.relation == "version"
    assert [(report.words(change.span), change.was) for change in found.changed] == [("9", "6"), ("7", "10")]


def test_a_report_with_a_passage_added_is_a_version_and_the_passage_is_its_news() -> None:
    added = "The owner of the line was arrested at the airport on Wednesday with a ticket for a flight abroad."
    index = CopyIndex()
    index.add(make("a", LEAD, *BODY))
    report = make("b", LEAD, BODY[0], added, *BODY[1:])
    (found,) = index.add(report)
    assert found.relation == "version"
    assert [report.words(span) for span in found.new] == [added.rstrip(".")]


def test_the_opening_alone_is_an_excerpt() -> None:
    assert first_answer(make("a", LEAD, *BODY), make("b", LEAD, BODY[0])) == "excerpt"


def test_the_full_report_after_its_brief_is_a_version_of_it() -> None:
    assert first_answer(make("a", LEAD, BODY[0]), make("b", LEAD, *BODY)) == "version"


def test_a_few_sentences_taken_into_another_report_are_reuse_and_do_not_fold() -> None:
    index = CopyIndex()
    index.add(make("a", LEAD, *BODY))
    (found,) = index.add(make("b", *OTHER[:5], *BODY[2:5], *OTHER[5:]))
    assert found.relation == "reuse"
    assert index.family("b") == "b"


def test_another_report_on_the_same_template_does_not_fold() -> None:
    swap = {"Port Elland": "Cape Morrow", "Norvik": "Gdeja", "Tuesday": "Sunday", "March": "August"}
    swap |= {"214": "88", "198": "61", "6 bodies": "17 bodies", "10 people": "2 people", "1987": "2003"}
    text = "\n".join([LEAD.replace("ferry", "ferry Anna Berg"), *BODY]).replace("The master", "Captain Tor Lind")
    other = text.replace("Anna Berg", "Lady Moon").replace("Tor Lind", "Ugo Sarti")
    for was, now in swap.items():
        other = other.replace(was, now)
    index = CopyIndex()
    index.add(make("a", *text.split("\n")))
    found = index.add(make("b", *other.split("\n")))
    assert [copy.relation for copy in found] == ["reuse"]
    assert index.family("b") != index.family("a")


def test_reports_of_their_own_share_nothing() -> None:
    assert first_answer(make("a", LEAD, *BODY), make("b", *OTHER)) == "none"


def test_twenty_copies_are_one_family_with_the_first_ones_name() -> None:
    index = CopyIndex()
    for number in range(20):
        index.add(make(f"r{number:02}", f"Headline of paper {number} by its own desk", LEAD, *BODY[: 5 + number % 4]))
    assert {index.family(f"r{number:02}") for number in range(20)} == {"r00"}
    assert len(index.members["r00"]) == 20


def test_two_families_that_a_later_report_joins_keep_the_older_name() -> None:
    index = CopyIndex()
    index.add(make("brief", LEAD, BODY[0]))
    index.add(make("tail", "A new headline over it", *BODY[1:]))
    assert index.family("tail") == "tail"
    index.add(make("whole", LEAD, *BODY))
    assert {index.family(uri) for uri in ("brief", "tail", "whole")} == {"brief"}


def test_adding_a_report_again_changes_nothing() -> None:
    index = CopyIndex()
    index.add(make("a", LEAD, *BODY))
    before = msgspec.json.encode(index)
    assert index.add(make("a", LEAD, *BODY)) == ()
    assert msgspec.json.encode(index) == before


def test_a_print_is_the_same_on_every_machine() -> None:
    taken = take_print(make("a", "Officials said 12 people died."))
    assert taken.words.hex() == "84c42765d6043bef21dfdbf4266a162844755380"
    assert taken.numbers == ((2, "12"),)


def test_an_index_comes_back_from_json_as_it_was() -> None:
    index = CopyIndex()
    for uri, sentences in (("a", BODY), ("b", BODY[:6]), ("c", OTHER)):
        index.add(make(uri, *sentences))
    again = msgspec.json.decode(msgspec.json.encode(index), type=CopyIndex)
    new = make("d", *BODY[:8])
    assert again.add(new) == index.add(new)


def test_a_store_can_answer_in_place_of_the_index() -> None:
    held: dict[str, Print] = {"a": take_print(make("a", LEAD, *BODY))}
    report = make("b", LEAD, *BODY[:7])
    found = find_copies(report, take_print(report), lambda grams: ["a"] * len(grams), held.__getitem__)
    assert [(copy.of, copy.relation) for copy in found] == [("a", "copy")]


@pytest.mark.parametrize(
    "text", ["", " ", "■", "1", "one two three", "\ud800 lone surrogate", "İstanbul’da 3 kişi öldü"]
)
def test_odd_and_short_texts_share_nothing_and_never_raise(text: str) -> None:
    index = CopyIndex()
    index.add(make("a", text))
    assert index.add(make("b", text)) == ()


@given(st.lists(st.sampled_from([LEAD, *BODY, *OTHER]), min_size=1, max_size=12), st.integers(0, 9))
def test_new_passages_and_changes_always_lie_in_the_report(sentences: list[str], seed: int) -> None:
    index = CopyIndex()
    index.add(make("a", LEAD, *BODY))
    random.Random(seed).shuffle(sentences)
    report = make("b", *sentences)
    for copy in index.add(report):
        assert 0 <= copy.taken <= 1
        assert 0 <= copy.kept <= 1
        for span in (*copy.new, *(change.span for change in copy.changed)):
            assert 0 <= span.start < span.end <= len(report.text)
