"""Events: who did what to whom, how it stands, and what is told twice; on hand-written actors, without a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.events import find_events
from onrecord.ontology import read_codes
from onrecord.record import Actor, Attribution, Basis, Source, Span

RULE = Basis(by="rule", name="by hand")


def _spans(text, words):
    at, found = text.find(words), []
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return tuple(found)


def _events(text, *names, attributions=()):
    report = text_report(text, date="2020-05-04")
    actors = tuple(
        Actor(id=name, name=name, mentions=_spans(report.text, name), basis=RULE) for name in names if name in text
    )
    return find_events(report, cut(report), attributions, actors, (), (), ())


def _one(text, *names):
    found = _events(text, *names)
    assert len(found) == 1, [(event.type, event.mode) for event in found]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Tarsa lost the war, which killed dozens of villagers.",
        "The minister spoke of blasts in Olmen and Tarsa, which killed dozens of villagers.",
        "The minister spoke of the blast in Tarsa, which killed dozens of villagers.",
    ],
)
def test_a_pronoun_that_takes_up_a_happening_names_nobody_who_acted(text):
    killing = next(
        event for event in _events(text, "Tarsa", "Olmen") if text[event.mentions[-1].start :].startswith("killed")
    )
    assert killing.actors == ()


def test_a_place_set_off_before_a_name_is_no_second_actor():
    event = _one("The negotiator in Tarsa, Ana Ruiz, rejected the plan.", "Tarsa", "Ana Ruiz")
    assert event.actors == ("Ana Ruiz",)


def test_who_says_so_behind_the_words_is_not_acted_on():
    text = "The union rejected the plan on Monday, Olmen said."
    said = Attribution(
        id="a1",
        source=Source(spans=_spans(text, "Olmen"), actor="Olmen"),
        cue=_spans(text, "said"),
        content=(Span(0, text.index(", Olmen")),),
        quote="indirect",
        basis=RULE,
    )
    assert "Olmen" in _events(text, "Olmen")[0].recipients
    assert _events(text, "Olmen", attributions=(said,))[0].recipients == ()


@pytest.mark.parametrize(
    ("text", "type", "mode", "actors", "recipients"),
    [
        ("Gunmen kidnapped Engineers near the mine on Monday.", "ASSAULT", "abduct", ("Gunmen",), ("Engineers",)),
        ("Engineers were kidnapped by Gunmen near the mine.", "ASSAULT", "abduct", ("Gunmen",), ("Engineers",)),
        ("Tarsa rejected an offer from Olmen on Friday.", "REJECT", None, ("Tarsa",), ("Olmen",)),
        ("Tarsa refused to lift the curfew in the valley.", "REJECT", "yield", ("Tarsa",), ()),
        ("Tarsa and Olmen signed a peace treaty in the spring.", "SUPPORT", None, ("Tarsa", "Olmen"), ()),
        ("Tarsa threatened to bomb Olmen at night.", "THREATEN", "violence", ("Tarsa",), ("Olmen",)),
        ("Envoys of Tarsa met with Olmen in the old town.", "CONSULT", None, ("Envoys", "Olmen"), ()),
        ("Teachers went on strike in the capital.", "PROTEST", "strike", ("Teachers",), ()),
        ("Olmen's attack on Tarsa lasted all night.", "ASSAULT", None, ("Olmen",), ("Tarsa",)),
    ],
)
def test_an_event_has_its_type_and_its_sides(text, type, mode, actors, recipients):
    names = ("Gunmen", "Engineers", "Envoys", "Teachers", "Tarsa", "Olmen")
    event = _events(text, *names)[0]
    assert (event.type, event.mode) == (type, mode)
    assert event.actors == actors
    assert event.recipients == recipients


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels attacked the town on Monday.", "happened"),
        ("Rebels are shelling the town.", "ongoing"),
        ("Rebels have been killed in the town.", "happened"),
        ("Rebels will release four prisoners on Monday.", "planned"),
        ("Rebels may attack the town.", "possible"),
        ("The convoy turns back if Rebels attack the town.", "possible"),
        ("Rebels did not attack the town.", "denied"),
        ("Rebels have yet to release four prisoners.", "not-yet"),
        ("Rebels should release four prisoners.", "called-for"),
        ("Rebels will release four prisoners only if the road is opened.", "conditional"),
    ],
)
def test_an_event_says_how_it_stands(text, status):
    assert _one(text, "Rebels").status == status


def test_the_condition_is_the_words_that_the_event_hangs_on():
    text = "Rebels will release four prisoners only if the road is opened, the mayor said."
    event = _one(text, "Rebels")
    assert event.condition.of(text) == "the road is opened"


def test_a_future_meeting_is_a_promise_and_a_future_release_a_concession():
    assert _one("The envoys will meet with the rebels on Monday.").type == "AGREE"
    assert _one("Rebels will release four prisoners on Monday.").type == "CONCEDE"


def test_what_is_asked_for_gives_the_request_its_mode():
    event = _events("The mayor called on Rebels to release four prisoners.", "Rebels")[0]
    assert (event.type, event.mode) == ("REQUEST", "yield")


def test_what_is_asked_for_is_told_beside_the_request_as_called_for_and_not_of_who_asks():
    record = onrecord.read("Kenya called on both sides to withdraw their troops on Friday.")
    call, wanted = record.events
    assert (call.type, call.status) == ("REQUEST", "happened")
    assert (wanted.type, wanted.status, wanted.actors) == ("RETREAT", "called-for", ())


def test_a_word_alone_tells_of_an_event_only_in_what_a_predicate_takes_in():
    assert [event.type for event in onrecord.read("Kenya called for a truce on Friday.").events] == [
        "REQUEST",
        "RETREAT",
    ]
    assert onrecord.read("A truce is a fine thing, the poet wrote.").events == ()


def test_what_an_event_hangs_on_is_told_as_possible():
    record = onrecord.read("Rebels will release four prisoners if Kenya withdraws its troops.")
    will, hung = record.events
    assert (will.type, will.status) == ("RETREAT", "conditional")
    assert (hung.type, hung.status) == ("RETREAT", "possible")


def test_what_a_denial_holds_is_denied():
    text = "The army attacked the town, rebels said, which the army denies."
    content = Span(0, text.index(", rebels"))
    denial = Attribution(
        id="a1", source=Source(), cue=(), content=(content,), quote="indirect", basis=RULE, stance="denies"
    )
    event = _events(text, attributions=(denial,))[0]
    assert (event.status, event.attribution) == ("denied", "a1")


def test_an_event_told_twice_is_one_event_with_two_mentions():
    text = "Gunmen kidnapped two engineers on Monday.\n\nThe Gunmen kidnapped them at the mine."
    event = _one(text, "Gunmen")
    assert [mention.of(text) for mention in event.mentions] == ["kidnapped", "kidnapped"]


@pytest.mark.parametrize(
    "text",
    [
        "The museum opens its doors at nine.",
        "The striker scored twice and the visitors went home.",
        "Shares in the company rose four percent in early trading.",
        "Rain is expected in the north of the country.",
    ],
)
def test_where_nothing_of_the_kind_happens_no_event_is_claimed(text):
    assert _events(text) == ()


def test_every_event_rule_has_codes_of_the_ontology():
    from onrecord.lang import load_rules
    from onrecord.layers.events import EventRule

    codes = read_codes("plover")
    for rule in load_rules("en", "events", EventRule).rules:
        assert rule.right.type is None or rule.right.type in codes
        assert rule.right.mode is None or f"{rule.right.type}:{rule.right.mode}" in codes, rule.name


def test_a_language_without_rules_is_not_read():
    import msgspec

    report = msgspec.structs.replace(text_report("Text."), language="xx")
    assert find_events(report, cut(report), (), (), (), (), ()) is None


@given(st.text(alphabet=st.sampled_from("Rebels attacked “will” . , only if\n\n😀é "), max_size=120))
def test_any_text_gives_events_whose_words_stand_in_it(text):
    report = text_report(text + " x")
    for event in find_events(report, cut(report), (), (), (), (), ()) or ():
        assert all(mention.end <= len(report.text) and len(mention) for mention in event.mentions)
