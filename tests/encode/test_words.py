"""Words are cut as the treebanks cut them, and each knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.features import CASES, QUOTES, case_of, quote_states
from onrecord.encode.lemmas import apply_script
from onrecord.encode.words import cut_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Israel's aid doesn't", "Israel|'s|aid|does|n't"),
        ("O’Brien’s it’s cannot", "O’Brien|’s|it|’s|can|not"),
        ("a 15-year non-lethal e-mail", "a|15|-|year|non-lethal|e-mail"),
        ("Mr. Hale, of the U.S., left.", "Mr.|Hale|,|of|the|U.S.|,|left|."),
        ("$1.5m or 30% by 7:30 p.m.", "$|1.5m|or|30|%|by|7:30|p.m."),
        ("“No,” he said...", "“|No|,|”|he|said|..."),
        ("officials' homes -- at www.example.com.", "officials|'|homes|--|at|www.example.com|."),
        ("desk@example.org @desk #talks", "desk@example.org|@desk|#talks"),
        ("cafe\u0301 👍🏽 e\u0301t\u0301", "cafe\u0301|👍|🏽|e\u0301t\u0301"),
    ],
)
def test_words_are_cut_as_the_treebanks_do(text: str, words: str) -> None:
    assert [text[a:b] for a, b in cut_words(text)] == words.split("|")


@given(st.text(max_size=200))
def test_words_leave_out_nothing_but_white_space_and_never_overlap(text: str) -> None:
    end = 0
    for a, b in cut_words(text):
        assert end <= a < b
        assert not text[end:a].strip()
        end = b
    assert not text[end:].strip()


def test_long_runs_are_cut_in_good_time() -> None:
    for text in ("a" * 50_000, "." * 50_000, "a." * 25_000, "+a" * 25_000, "1/" * 25_000, "'" * 50_000):
        assert cut_words(text)


def test_an_ampersand_between_capitals_stands_inside_a_name() -> None:
    text = "AT&T and V&A; R & D, Simon&Sons"
    words = [text[a:b] for a, b in cut_words(text)]
    assert words == ["AT&T", "and", "V&A", ";", "R", "&", "D", ",", "Simon", "&", "Sons"]


def test_the_case_of_a_word_is_told() -> None:
    found = [CASES[case_of(word)] for word in ("said", "Gaza", "UN", "McKay", "52nd", "—", "人")]
    assert found == ["lower", "Title", "UPPER", "miXed", "digit", "mark", "lower"]


def test_quotation_marks_open_and_close_and_a_paragraph_closes_them() -> None:
    words = ["“", "No", '"', "”", "he", '"', "so", '"', "“", "open", "next", "‘", "x", "’", "s", "’"]
    states = [QUOTES[state] for state in quote_states(words, [0, 10])]
    assert states[:4] == ["opens", "inside", "closes", "outside"]
    assert states[4:8] == ["outside", "opens", "inside", "closes"]
    assert states[8:11] == ["opens", "inside", "outside"]
    assert states[11:] == ["opens", "inside", "closes", "outside", "outside"]


def test_a_script_makes_a_lemma_and_an_odd_one_leaves_the_word() -> None:
    assert [
        apply_script("Was", "l3be"),
        apply_script("Gaza", "k0"),
        apply_script("a", "l9"),
        apply_script("a", "?"),
    ] == [
        "be",
        "Gaza",
        "a",
        "a",
    ]
