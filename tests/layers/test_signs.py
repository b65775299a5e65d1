"""Signs of somebody's part in talks: what the words beside a name and its place in the sentence tell."""

import pytest

import onrecord
from onrecord.layers.signs import side_words
from onrecord.layers.worths import ALWAYS, load_worths

TEXT = """{0} -- Peru and Chile ended a round of talks on fishing on Friday without agreement.

Bishop Ana Ruiz, who chaired the meeting, had urged both sides to sign a draft that she put forward.

Peru rejected the draft. Chile accepted it. The pact would be guaranteed by the European Union,
whose observers are to monitor the truce."""


@pytest.fixture(scope="module")
def talks():
    record = onrecord.read(TEXT.format("LIMA"), date="2020-05-04")
    (found,) = record.talks
    return {part: [record[id].name for id in getattr(found, part)] for part in ("parties", "mediators", "guarantors")}


def test_who_meets_and_makes_moves_is_a_side(talks):
    assert talks["parties"] == ["Peru", "Chile"]


def test_who_chairs_and_urges_is_a_mediator_and_no_side(talks):
    assert talks["mediators"] == ["Ana Ruiz"]


def test_who_monitors_a_deal_is_a_guarantor(talks):
    assert [name for name in talks["guarantors"] if "European Union" in name]


def test_a_sign_that_is_worth_something_names_a_class_that_there_is():
    words, learnt = side_words("en"), load_worths("en")
    classes = {"any", *words.verbs, *words.nouns, *words.roles}
    led = ("does ", "is ", "of ", "title ", "described ", "named ", "role ", "appos ", "between ", "with ", "by ")
    for part in ("parties", "mediators", "guarantors"):
        worth = learnt.worth[part]
        assert ALWAYS in worth, part
        for sign in worth:
            if sign.startswith(led) and sign not in ("is party", "of party"):
                assert sign.split()[-1] in classes, (part, sign)
