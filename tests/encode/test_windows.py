"""Windows cover every word, share what they should, and end with sentences."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.outputs import speakers
from onrecord.encode.windows import Window, spread


@given(st.lists(st.integers(1, 12), min_size=1, max_size=200), st.data())
def test_windows_cover_all_words_in_order_and_fit(costs: list[int], data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(costs) - 1), max_size=20))
    found = spread(costs, starts, limit=32, overlap=10)
    assert found[0][0] == 0
    assert found[-1][1] == len(costs)
    for (a, b), (c, d) in pairwise(found):
        assert a < c <= b < d
    for first, last in found:
        assert sum(costs[first:last]) <= 30 or last - first == 1


@given(st.lists(st.integers(1, 12), min_size=1, max_size=200), st.data())
def test_windows_in_order_speak_for_sentences_in_order(costs: list[int], data: st.DataObject) -> None:
    starts = sorted({0, *data.draw(st.lists(st.integers(0, len(costs) - 1), max_size=20))})
    units = [(a, z) for a, z in pairwise([*starts, len(costs)]) if sum(costs[a:z]) <= 29]
    windows = [Window(a, z, [], [], [], [], []) for a, z in spread(costs, starts, limit=32, overlap=10)]
    found = speakers(units, windows)
    assert found == sorted(found)


def test_windows_end_with_sentences_and_share_them() -> None:
    assert spread([1] * 40, list(range(0, 40, 5)), limit=22, overlap=8) == [(0, 20), (10, 30), (20, 40)]


def test_without_overlap_each_word_is_in_one_window() -> None:
    assert spread([1] * 30, [0, 10, 20], limit=22, overlap=0, first_limit=12) == [(0, 10), (10, 30)]


def test_the_window_with_most_text_around_a_sentence_speaks_for_it() -> None:
    windows = [Window(a, z, [], [], [], [], []) for a, z in ((0, 20), (10, 30), (20, 40))]
    units = [(n, n + 5) for n in range(0, 40, 5)]
    assert speakers(units, windows) == [0, 0, 0, 1, 1, 2, 2, 2]
