"""A walk of a pattern's tree along a text keeps out what cannot match, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lang.test_rules import FRAGMENTS, PATTERNS, rule_of

from onrecord.lang.needs import may_match, needs_of
from onrecord.lang.patterns import compiled
from onrecord.lang.rules import find_all

TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=14).map("".join)
CLASSES = [
    r"[^\W\d_]+\d",
    r"[^\s]k",
    r"\S+ \S",
    r"\w-",
    r"\W[a-é]",
    r"\D\d\D",
    r"[^\D3]x?",
    r"[^i]\.",
    r"[\u00a0-\u3000]+m",
    r"[^\u00a0]ſ?x",
    r"[(?:ab)]{2}",
    r"\(?:ab|x\)?",
    r"(?:last|at least|the) (?:3|year)",
    r"(?:aa|a|)b",
    r"(?:ab\-c|33\.|the\ )+",
    r"ab|\u00c9|\u00c8x|\u00c9\u00df|d",
    r"mon|last year|the 3|tuesday(?: year)?",
    r"(?:at least|last year|a) (?:3|\w)",
    r"\bmay\b|\b3|k\b",
    r"(?:\b\.)?m\b",
]


@given(st.sampled_from(PATTERNS + CLASSES), TEXTS, st.booleans(), st.booleans())
def test_where_a_pattern_matches_a_walk_gets_through(source, text, ignore_case, loose):
    rule = rule_of("a", source, ignore_case=ignore_case, loose=loose)
    if rule.pattern.search(text):
        assert may_match(rule.written, text, 0, len(text))


@given(st.sampled_from(PATTERNS + CLASSES), TEXTS, st.integers(0, 9))
def test_where_a_pattern_matches_at_a_place_a_walk_gets_through_from_there(source, text, start):
    rule = rule_of("a", source)
    start = min(start, len(text))
    if rule.pattern.match(text, start):
        assert rule.may_match(text, start, len(text), anchored=True)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"two \w+ ago", "Long ago, two men met."),
        (r"on [^\W\d_]+ \d", "on May the 3rd"),
        (r"\S+-year", "one -year"),
        (r"of [a-f]{3}\b", "of fog, of ba"),
        (r"[^a-zA-Z]x", "axe"),
        (r"a{3,}", "aa"),
        (r"\bmen \w", "two women met"),
        (r"(?:the )?men\b", "the menu"),
    ],
)
def test_words_in_another_order_or_of_another_kind_do_not_match(source, text):
    rule = rule_of("a", source)
    folded = text.lower().replace("3", "0")
    assert all(any(word in folded for word in need) for need in needs_of(rule.written))
    assert not rule.may_match(text, 0, len(text))


def test_what_stands_further_on_is_not_at_the_start():
    rule = rule_of("a", "two weeks")
    assert not rule.may_match("in two weeks", 0, 12, anchored=True)
    assert rule.may_match("in two weeks", 3, 12, anchored=True)


def test_a_pattern_is_not_compiled_before_a_walk_gets_through():
    rule = rule_of("a", r"two \w+ ago")
    before = compiled.cache_info().misses
    assert not list(find_all((rule,), "Long ago, two men met two women."))
    assert compiled.cache_info().misses == before
    assert [hit.match[0] for hit in find_all((rule,), "It was two weeks ago.")] == ["two weeks ago"]
    assert compiled.cache_info().misses == before + 1


def test_a_pattern_that_is_tried_often_is_walked_no_more():
    rule = rule_of("a", r"two \w+ ago")
    text = "Long ago, two men met"
    tries = 0
    while not rule.may_match(text, 0, len(text)):
        tries += 1
        text += "."
        assert tries < 1000
    assert tries > 1
    assert not rule.pattern.search(text)


def test_a_text_that_is_tried_again_is_not_walked_again():
    rule = rule_of("a", r"two \w+ ago")
    text = "Long ago, two men met."
    assert not any(rule.may_match(text, 0, len(text)) for _ in range(1000))
