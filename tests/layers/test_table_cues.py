"""What the encoder takes for telling of talks, beside the rules: with cues put in by hand over a real parse."""

import msgspec
import pytest

from onrecord.encode import default_encoder
from onrecord.intake import text_report
from onrecord.layers.talks import find_talks
from onrecord.record import CUE, Actor, Basis, Mention, Span

RULE = Basis(by="rule", name="by hand")
TEXT = """Talks between Tarsa and Olmen went into their third day in Geneva on Friday.

The negotiations dragged on. Lea Holm carried each answer down the corridor. Tarsa put six prisoners on the list. \
{}."""

DINNER = TEXT.format("The two sides dined")


def talks_with(*cues, text=DINNER):
    """The talks of the text, the encoder's own cues replaced by some (kind, words, chance)."""
    report = text_report(text, date="2020-05-04")
    seen = default_encoder().read(report)
    own = [one for one in seen.spans if not one.kind.startswith(CUE)]
    own += [Mention(kind=f"{CUE}{kind}", spans=(span_of(words, text),), score=chance) for kind, words, chance in cues]
    names = [
        Actor(id=name, name=name, mentions=(span_of(name, text),), basis=RULE)
        for name in ("Tarsa", "Olmen", "Lea Holm")
    ]
    (found,) = find_talks(
        report, msgspec.structs.replace(seen, spans=tuple(own), links=()), (), tuple(names), (), (), ()
    )
    return found


def span_of(words, text):
    at = text.index(words)
    return Span(at, at + len(words))


def issues_of(sentence, *cues):
    text = TEXT.format(sentence.capitalize())
    return [issue.span.of(text) for issue in talks_with(*cues, text=text).issues]


@pytest.mark.parametrize(("chance", "precedents"), [(0.9, ["six prisoners"]), (0.2, [])])
def test_a_cue_tells_by_the_phrase_that_its_word_heads_if_it_is_sure_enough(chance, precedents):
    assert [span.of(DINNER) for span in talks_with(("precedent", "prisoners", chance)).precedents] == precedents


def test_cues_that_rules_tell_better_do_not_count():
    assert talks_with(("mediator", "corridor", 0.99)).mediators == talks_with().mediators


def test_an_issue_that_a_rule_matches_is_left_out_where_the_encoder_sees_none_in_it():
    seen = "the two sides discussed the future of the port"
    assert issues_of(seen) == ["future of the port"]  # no cue at all: not encoded
    assert issues_of(seen, ("host", "Holm", 0.9)) == []
    assert issues_of(seen, ("issue", "future", 0.2)) == ["future of the port"]


def test_what_is_said_to_stick_is_not_doubted():
    assert issues_of("the two sides disagreed over the future of the port", ("host", "Holm", 0.9)) == [
        "future of the port"
    ]
