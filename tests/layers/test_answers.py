"""Answers of a table of talks: what is proposed, which signs it has, what is told of it; cues put in by hand."""

import msgspec
import pytest

from onrecord.encode import default_encoder
from onrecord.errors import RuleError
from onrecord.intake import text_report
from onrecord.lang import load_rules
from onrecord.layers import worths
from onrecord.layers.answers import Answer, pick, set_ground
from onrecord.layers.courses import add_courses
from onrecord.layers.matters import matters, venues
from onrecord.layers.moves import is_one_move, moves
from onrecord.layers.parties import find_sides
from onrecord.layers.rounds import is_one_round, rounds
from onrecord.layers.scene import TalksRule, find_hits, set_scene
from onrecord.layers.worths import Worths, load_worths
from onrecord.record import CUE, Actor, Basis, Mention, Place, Span

RULE = Basis(by="rule", name="by hand")
LEAD = "Talks between Tarsa and Olmen went into their third day in Geneva on Friday.\n\n"


def ground_of(sentence, *cues):
    """The ground of a sentence behind one on talks, the encoder's own cues replaced by some (kind, words, chance)."""
    text = LEAD + sentence
    report = text_report(text, date="2020-05-04")
    seen = default_encoder().read(report)
    own = [one for one in seen.spans if not one.kind.startswith(CUE)]
    own += [Mention(kind=f"{CUE}{kind}", spans=(span_of(words, text),), score=chance) for kind, words, chance in cues]
    seen = msgspec.structs.replace(seen, spans=tuple(own), links=())
    actors = tuple(
        Actor(id=name, name=name, mentions=tuple(spans_of(name, text)), basis=RULE)
        for name in ("Tarsa", "Olmen", "Lea Holm")
        if name in text
    )
    place = Place(id="p1", name="Geneva", mentions=(span_of("Geneva", text),), basis=RULE)
    hits = find_hits(text, seen, load_rules("en", "talks", TalksRule).rules)
    scene = add_courses(set_scene(text, seen, "en", None, hits, (actors, (), (), (place,), ())))
    sides = msgspec.structs.replace(find_sides(scene), parties=("Tarsa", "Olmen"), mediators=())
    return set_ground(scene, sides)


def span_of(words, text):
    at = text.rindex(words)
    return Span(at, at + len(words))


def spans_of(words, text):
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def told(answers, ground):
    """Slot and words of each answer, with its signs."""
    return {(one.slot, one.span.of(ground.scene.text)): one.signs for one in answers}


def test_a_cue_proposes_the_phrase_that_its_word_heads_with_its_chance():
    ground = ground_of("The envoy put six prisoners on the list.", ("precedent", "prisoners", 0.3))
    signs = told(matters(ground), ground)["precedents", "six prisoners"]
    assert signs["cue precedent"] == 0.3
    assert "by the encoder" in signs
    assert "by a rule" not in signs


def test_what_a_rule_and_a_cue_propose_is_one_answer():
    ground = ground_of("The two sides discussed the future of the port.", ("issue", "future", 0.6))
    (signs,) = [signs for (slot, _), signs in told(matters(ground), ground).items() if slot == "issues"]
    assert {"by a rule", "by the encoder", "twice"} <= signs.keys()


def test_a_move_may_be_that_of_the_subject_or_of_anybody_beside_it_but_each_knows_how_he_stands():
    ground = ground_of("Tarsa rejected the plan of Olmen.")
    by = {one.actor: one.signs for one in moves(ground) if one.code == "reject"}
    assert "by subject" in by["Tarsa"]
    assert "subject told, by nearest behind" in by["Olmen"]
    assert "his part party" in by["Olmen"]


def test_a_venue_is_a_place_with_the_chances_of_all_its_cues():
    ground = ground_of("Ships came in.", ("venue", "Geneva", 0.4))
    (venue,) = [one for one in venues(ground) if one.actor == "p1"]
    assert venue.signs["cue venue"] == 0.4
    assert venue.signs["first"] == 1.0


def test_a_meeting_knows_in_which_sentence_it_is_told_and_that_its_state_was_told_before():
    ground = ground_of("A further round is planned for the spring.\n\nAnother round is planned for the autumn.")
    planned = [one for one in rounds(ground) if one.code == "planned"]
    assert ["told before" in one.signs for one in planned] == [False, True]
    assert all("top planned" in one.signs for one in planned)


def test_signs_say_how_many_sides_a_sentence_names():
    ground = ground_of("Tarsa and Olmen met on Friday.\n\nLea Holm spoke to reporters.")
    assert "sides 2" in ground.shared[1]
    assert "sides 0" in ground.shared[2]


def answer(start, end, *, code="demand", actor="a", sentence=0, signs=()):
    return Answer(
        slot="moves", span=Span(start, end), sentence=sentence, code=code, actor=actor, signs=dict.fromkeys(signs, 1.0)
    )


def test_the_likeliest_answers_are_told_in_the_order_of_the_text():
    weighed = [(0.5, answer(20, 25)), (2.0, answer(40, 45)), (-1.0, answer(0, 5)), (0.1, answer(60, 65))]
    assert [one.span.start for one in pick(weighed, 0.0, 2, lambda first, second: False)] == [20, 40]


def test_one_move_is_laid_to_one_side_unless_both_do_it():
    tarsa, olmen = answer(0, 5, actor="Tarsa"), answer(0, 5, actor="Olmen")
    assert pick([(2.0, tarsa), (1.0, olmen)], 0.0, 6, is_one_move) == (tarsa,)
    both = [answer(0, 5, actor=name, signs=["by subject"]) for name in ("Olmen", "Tarsa")]
    assert pick([(2.0, both[1]), (1.0, both[0])], 0.0, 6, is_one_move) == tuple(both)


def test_a_meeting_has_one_state():
    ground = ground_of(
        "Talks on the border that were to open in May were called off on Friday.", ("round:postponed", "called", 0.5)
    )
    states = [one for one in rounds(ground) if one.sentence == 1]
    assert len({one.code for one in states}) > 1
    assert len(pick([(1.0, one) for one in states], 0.0, 6, is_one_round)) < len(states)


def test_every_slot_has_worths_and_a_least_sum():
    learnt = load_worths("en")
    assert learnt.least.keys() == learnt.worth.keys()
    assert {"parties", "mediators", "moves", "rounds", "issues", "subject"} <= learnt.worth.keys()


def test_nothing_is_told_of_what_was_not_learnt():
    assert Worths(least={}, worth={}).sum("moves", {"by subject": 1.0}) < -1e9


def test_worths_that_are_no_json_are_refused_by_name(monkeypatch, tmp_path):
    folder = tmp_path / "lang" / "xx"
    folder.mkdir(parents=True)
    (folder / "worths.json").write_text('{"least": 3}')
    monkeypatch.setattr(worths, "files", lambda package: tmp_path)
    with pytest.raises(RuleError, match=r"lang/xx/worths.json"):
        load_worths("xx")


def test_words_that_end_on_an_auxiliary_reach_over_the_verb_that_it_helps():
    ground = ground_of("Tarsa said that Olmen must open its ports.")
    (move,) = {one.hits[0].span: one for one in moves(ground) if one.span.of(ground.scene.text) == "must"}.values()
    assert ground.scene.reach(move.hits[0]).of(ground.scene.text) == "must open its ports"


def test_the_verb_of_a_sentence_is_no_matter():
    ground = ground_of("Under the deal Tarsa would free ten men, an official said.", ("term", "said", 0.9))
    assert not [words for (slot, words) in told(matters(ground), ground) if words == "said"]
