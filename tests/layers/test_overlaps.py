"""What lies across a span is found as by looking at everything."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.layers.overlaps import Overlaps
from onrecord.record import Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 9)).map(lambda pair: Span(pair[0], sum(pair)))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_all_that_share_a_character_are_found_in_order(spans, asked):
    placed = list(zip(spans, range(len(spans)), strict=True))
    found = Overlaps(placed).of(asked)
    assert sorted(found) == sorted(pair for pair in placed if pair[0] & asked)
    assert [span for span, _ in found] == sorted(span for span, _ in found)
