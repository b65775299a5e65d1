"""Stories of reports as they come, on reports of our own."""

from itertools import permutations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.sketches import Frequencies, cosine, sketch
from onrecord.link.stories import StoryIndex, cluster
from onrecord.record import Part, Report, Span

FERRY = [
    "A ferry carrying pilgrims capsized off Port Elland on Tuesday and at least six people drowned.\n"
    "The Elland coast guard pulled survivors from the water. The ferry, the Lady Moon, had left Norvik at dawn.",
    "Divers searched the wreck of the ferry Lady Moon off Port Elland for pilgrims still missing.\n"
    "Nine bodies have been found since the ferry capsized, the Elland coast guard said. The master was held in Norvik.",
    "The master of the Lady Moon was charged over the ferry disaster off Port Elland.\n"
    "Prosecutors in Norvik said he had taken on more pilgrims than the ferry could carry, against the coast guard.",
]
BUDGET = [
    "Parliament in Gdeja rejected the budget of Prime Minister Sarti on Monday by four votes.\n"
    "The finance minister, Ugo Brandt, offered to resign. The opposition wants the fuel tax dropped from the budget.",
    "Prime Minister Sarti will put a new budget to parliament in Gdeja without the fuel tax.\n"
    "Finance minister Ugo Brandt stays, the prime minister said. Four members who had voted no said they were content.",
    "The budget passed in Gdeja after Prime Minister Sarti gave up the fuel tax.\n"
    "Ugo Brandt, the finance minister, told parliament that a third of the hole would be filled by loans.",
]
SPORT = "Cape Morrow won the cup for the first time, two goals to nil, before a crowd that sang through the rain."


def make(uri: str, text: str, date: str | None = None) -> Report:
    parts, at = [], 0
    for line in text.split("\n"):
        parts.append(Part(kind="body", span=Span(at, at + len(line))))
        at += len(line) + 1
    return Report(uri=uri, digest=uri, text=text, pieces=(), parts=tuple(parts), version_created=date)


REPORTS = [
    *(make(f"ferry{number}", text) for number, text in enumerate(FERRY)),
    *(make(f"budget{number}", text) for number, text in enumerate(BUDGET)),
]


@pytest.mark.parametrize("order", list(permutations(range(6)))[::97])
def test_two_stories_are_told_apart_in_any_order(order: tuple[int, ...]) -> None:
    index = StoryIndex()
    for at in order:
        index.add(REPORTS[at])
    groups = {frozenset(held) for held in index.groups().values()}
    assert groups == {frozenset(f"{name}{n}" for n in range(3)) for name in ("ferry", "budget")}


def test_a_report_of_its_own_opens_a_story_under_its_own_name() -> None:
    index = StoryIndex()
    for report in REPORTS:
        index.add(report)
    placed = index.add(make("cup", SPORT))
    assert placed.story == "cup"
    assert placed.moved == {}


def test_a_story_keeps_the_name_of_its_first_report_as_others_join() -> None:
    index = StoryIndex()
    assert [index.add(report).story for report in REPORTS[:3]] == ["ferry0"] * 3


def test_adding_a_report_again_changes_nothing() -> None:
    index = StoryIndex()
    for report in REPORTS:
        index.add(report)
    before = msgspec.json.encode(index)
    assert index.add(REPORTS[1]).story == "ferry0"
    assert msgspec.json.encode(index) == before


def test_an_index_comes_back_from_json_and_goes_on_as_it_would_have() -> None:
    index = StoryIndex()
    for report in REPORTS[:4]:
        index.add(report)
    again = msgspec.json.decode(msgspec.json.encode(index), type=StoryIndex)
    for report in REPORTS[4:]:
        assert again.add(report) == index.add(report)
    assert again.groups() == index.groups()
    assert again.standing == index.standing


def test_reports_years_apart_need_more_than_like_words_to_be_one_story() -> None:
    first = FERRY[0]
    second = (
        "Two tourists drowned when a small boat capsized in the bay of Port Elland on Sunday.\n"
        "Others were pulled from the water by the coast guard. The boat, the Anna Berg, had come from Gdeja."
    )
    index = StoryIndex()
    index.add(make("a", first, "2021-03-02"))
    near = index.add(make("b", second, "2021-03-02")).story
    index = StoryIndex()
    index.add(make("a", first, "2021-03-02"))
    far = index.add(make("b", second, "2024-07-21")).story
    assert (near, far) == ("a", "b")


def test_every_report_stands_in_exactly_one_story() -> None:
    index = StoryIndex()
    for report in REPORTS:
        index.add(report)
    held = [uri for members in index.groups().values() for uri in members]
    assert sorted(held) == sorted(report.uri for report in REPORTS)
    assert {name: len(members) for name, members in index.groups().items()} == {
        name: standing.size for name, standing in index.standing.items()
    }


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    seen = sketch(make("a", "Ferries sank. Boats from Norvik came, said Brandt."), Frequencies())
    assert set(seen.names) == {"norvik", "brandt"}


def test_a_vector_is_as_like_itself_as_can_be() -> None:
    seen = sketch(REPORTS[0], Frequencies())
    assert cosine(seen.words, seen.words) == pytest.approx(1, abs=1e-3)


def test_average_linkage_joins_pairs_but_not_a_chain() -> None:
    away = -9.0
    table = np.array([[away, 3, away, away], [3, away, 1, away], [away, 1, away, 3], [away, away, 3, away]])
    np.fill_diagonal(table, -np.inf)
    assert cluster(table, np.full((4, 4), np.nan), [1, 1, 1, 1], 0.0) == [[0, 1], [2, 3]]


@given(st.lists(st.text(max_size=60), max_size=6))
def test_odd_texts_are_placed_and_never_raise(texts: list[str]) -> None:
    index = StoryIndex()
    for number, text in enumerate(texts):
        index.add(make(f"r{number}", text))
    assert set(index.numbers) == {f"r{number}" for number in range(len(texts))}
    assert set(index.story) == set(index.numbers.values())
