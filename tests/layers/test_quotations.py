"""Quotation marks are paired, nested, told from apostrophes, and followed over paragraphs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layers.quotations import find_quotations
from onrecord.record import Span


def quoted(text):
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    return [(text[q.span.start : q.span.end], q.level) for q in find_quotations(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Rain fell," he said.', [('"Rain fell,"', 0)]),
        ("“Rain fell,” he said. “Then snow.”", [("“Rain fell,”", 0), ("“Then snow.”", 0)]),
        ("``Rain fell,'' he said.", [("``Rain fell,''", 0)]),
        ("«Rain fell», he said.", [("«Rain fell»", 0)]),
        ("“He called it ‘a gift,’” she said", [("“He called it ‘a gift,’”", 0), ("‘a gift,’", 1)]),
        ("\"It's 'fine' by me,\" she said", [("\"It's 'fine' by me,\"", 0), ("'fine'", 1)]),
        ("‘We shall not go,’ he told the players’ union.", [("‘We shall not go,’", 0)]),
        ("the workers' union and the boss's office", []),
        ("the '90s were 'good'", [("'good'", 0)]),
        ('a man 6\'2" tall said "no"', [('"no"', 0)]),
        ("no marks", []),
    ],
)
def test_marks_are_paired_and_apostrophes_left_alone(text, expected):
    assert quoted(text) == expected


def test_a_quotation_that_runs_over_paragraphs_continues_where_the_next_one_opens_again():
    text = "She said: “The road is shut.\n“It will open.”\nNobody came."
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    first, second = find_quotations(text, paragraphs)
    assert (first.closed, second.closed) == (False, True)
    assert (first.continues, second.continues) == (False, True)
    assert first.span.of(text) == "“The road is shut."


def test_a_quotation_left_open_does_not_swallow_the_next_paragraph():
    assert quoted('He said "rain fell.\nThe sun rose.') == [('"rain fell.', 0)]


@given(st.text(alphabet="ab .,'\"“”‘’«»`\n", max_size=80))
def test_quotations_lie_in_the_text_and_nest(text):
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    outer = None
    for quotation in find_quotations(text, paragraphs):
        assert any(quotation.span in paragraph for paragraph in paragraphs)
        assert quotation.inner in quotation.span
        if quotation.level == 0:
            assert outer is None or not outer.span & quotation.span
            outer = quotation
        else:
            assert quotation.span in outer.span
