"""Numerals and amounts: what a number is worth, what bounds it, and what is no figure."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layers.amounts import read_amounts
from onrecord.layers.numbers import cut_tokens, load_numerals, read_numbers


def numbers(text):
    tokens = cut_tokens(text, 0, len(text))
    found = read_numbers(tokens, load_numerals("en"))
    return [
        (text[tokens[n.first].start : tokens[n.last - 1].end], n.best if n.best is not None else n.low) for n in found
    ]


def amounts(text):
    """(words, low, best, high, unit) of each amount."""
    tokens = cut_tokens(text, 0, len(text))
    return [
        (text[tokens[a.first].start : tokens[a.last - 1].end], a.low, a.best, a.high, a.unit)
        for a in read_amounts(text, tokens, "en")
    ]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("twenty-five boats", "twenty-five", 25),
        ("one hundred and twenty boats", "one hundred and twenty", 120),
        ("two million three hundred thousand", "two million three hundred thousand", 2_300_000),
        ("a hundred and ten boats", "a hundred and ten", 110),
        ("half a million boats", "half a million", 500_000),
        ("a half-dozen boats", "a half-dozen", 6),
        ("three quarters of a million", "three quarters of a million", 750_000),
        ("one and a half million", "one and a half million", 1_500_000),
        ("two-and-a-half hours", "two-and-a-half", 2.5),
        ("2.5 million boats", "2.5 million", 2_500_000),
        ("25 lakh voters", "25 lakh", 2_500_000),
        ("12,34,567 voters", "12,34,567", 1_234_567),
        ("10 1/2 miles", "10 1/2", 10.5),
        ("¾ of a cup", "¾", 0.75),
        ("dozens of boats", "dozens", 24),
        ("hundreds of thousands of boats", "hundreds of thousands", 200_000),
        ("several hundred boats", "several hundred", 300),
        ("a few dozen boats", "a few dozen", 36),
        ("a couple of hundred boats", "a couple of hundred", 200),
        ("two-thirds of the boats", "two-thirds", 2 / 3),
        ("a third of the boats", "a third", 1 / 3),
        ("TWENTY BOATS", "TWENTY", 20),
    ],
)
def test_a_numeral_is_read_whole_with_its_value(text, words, value):
    assert numbers(text) == [(words, pytest.approx(value))]


@pytest.mark.parametrize(
    "text", ["the third man", "the 12th boat", "an F-16 jet", "at 10:30", "9/11", "COVID-19", "tens of"]
)
def test_ordinals_codes_clocks_and_dates_are_no_numerals(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than 200 boats", ("more than 200", 200, None, None, None)),
        ("at least about 30 boats", ("at least about 30", 30, None, None, None)),
        ("no fewer than six boats", ("no fewer than six", 6, None, None, None)),
        ("33 or more boats", ("33 or more", 33, None, None, None)),
        ("up to $5 million", ("up to $5 million", None, None, 5e6, "USD")),
        ("no more than 40 boats", ("no more than 40", None, None, 40, None)),
        ("as many as 30 or 40 boats", ("as many as 30 or 40", None, None, 40, None)),
        ("fewer than 20 boats", ("fewer than 20", None, None, 20, None)),
        ("nearly 300 boats", ("nearly 300", None, 300, 300, None)),
        ("just over 300 boats", ("just over 300", 300, 300, None, None)),
        ("about 1,200 boats", ("about 1,200", None, 1200, None, None)),
        ("a dozen or so boats", ("a dozen or so", None, 12, None, None)),
        ("between 30 and 40 boats", ("between 30 and 40", 30, None, 40, None)),
        ("from 30 to 40 percent", ("from 30 to 40 percent", 30, None, 40, "percent")),
        ("5 to 6 million boats", ("5 to 6 million", 5e6, None, 6e6, None)),
        ("6-8 boats", ("6-8", 6, None, 8, None)),
        ("a 45-acre farm", ("45-acre", 45, 45, 45, "acre")),
        ("a 15-year-old boat", ("15-year-old", 15, 15, 15, "year of age")),
        ("98.6 degrees F outside", ("98.6 degrees F", 98.6, 98.6, 98.6, "fahrenheit")),
        ("HK$ 10 billion", ("HK$ 10 billion", 1e10, 1e10, 1e10, "HKD")),
        ("1.8M dollars", ("1.8M dollars", 1.8e6, 1.8e6, 1.8e6, "USD")),
        ("361 million pounds", ("361 million pounds", 3.61e8, 3.61e8, 3.61e8, "GBP")),
        ("a 1.8m wall", ("1.8m", 1.8, 1.8, 1.8, "metre")),
    ],
)
def test_an_amount_holds_its_bounds_and_its_unit(text, expected):
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "on Feb. 21 in 1997",
        "21 February 2024",
        "at 3 p.m. and at 1430 GMT",
        "beat the visitors 3-1",
        "under Resolution 242",
        "at 1200 block of Elm Street",
        "call 212-555-0100",
        "blamed one another",
        "the two sides met",
        "in the 1990s",
    ],
)
def test_dates_clocks_scores_names_and_idioms_are_no_amounts(text):
    assert amounts(text) == []


def test_a_change_from_one_number_to_another_is_two_amounts_and_no_range():
    assert [a[1] for a in amounts("it rose from 30 percent to 40 percent")] == [30, 40]


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_with_commas_are_worth_what_they_say(value):
    assert numbers(f"{value:,} boats") == [(f"{value:,}", value)]


@given(st.text(max_size=200))
def test_any_text_gives_amounts_in_bounds_whose_low_best_and_high_are_in_order(text):
    tokens = cut_tokens(text, 0, len(text))
    last = 0
    for amount in read_amounts(text, tokens, "en"):
        assert 0 <= amount.first < amount.last <= len(tokens)
        ordered = [v for v in (amount.low, amount.best, amount.high) if v is not None]
        assert ordered
        assert ordered == sorted(ordered)
        assert not any(math.isnan(v) for v in ordered)
        last = max(last, amount.last)
