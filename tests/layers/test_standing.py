"""How an event stands by the syntax of its predicate, on sentences of our own; the predicate stands in brackets."""

import pytest

from onrecord.encode import default_encoder
from onrecord.intake import text_report
from onrecord.lang import load_rules
from onrecord.layers.roles import clause_words
from onrecord.layers.standing import StatusRule, find_standing, status_words
from onrecord.layers.syntax import arguments_of, tree_of
from onrecord.record import Span

SENTENCES = [
    ("happened", "Rebels [[seized]] the bridge on Monday."),
    ("happened", "The ministry said that the rebels [[fired]] first."),
    ("happened", "The minister [[urged]] them to leave."),
    ("happened", "The front [[refused]] to lift the siege."),
    ("happened", "The union has [[signed]] the deal."),
    ("happened", "The army was [[marching]] on the town when the guns fell silent."),
    ("happened", "The rebels managed to [[cross]] the river."),
    ("happened", "Troops were accused of [[shelling]] the town."),
    ("happened", "They fled, [[leaving]] their arms behind."),
    ("ongoing", "Troops [[are shelling]] the port."),
    ("ongoing", "The rebels continue to [[hold]] the town."),
    ("ongoing", "The rebels have [[held]] the town since May."),
    ("ongoing", "Militants often [[attack]] convoys on the road."),
    ("ongoing", "The two sides have been [[negotiating]] for weeks."),
    ("planned", "The ministers [[will meet]] in May."),
    ("planned", "The ministers are [[meeting]] the king on Friday."),
    ("planned", "The rebels agreed to [[withdraw]] from the town."),
    ("planned", "The court is expected to [[rule]] on Tuesday."),
    ("planned", "The ministers said that they would [[meet]] on Friday."),
    ("planned", "The government announced plans for a [[withdrawal]]."),
    ("planned", "The two sides prepared for the upcoming [[talks]]."),
    ("conditional", "The union [[will sign]] only if pay rises."),
    ("conditional", "If the siege is lifted, the rebels will [[leave]] the town."),
    ("possible", "The army [[may withdraw]] from the town."),
    ("possible", "The rebels threatened to [[attack]] the port."),
    ("possible", "The union will sign if the strike fund is [[released]]."),
    ("possible", "The army tried to [[retake]] the town."),
    ("possible", "Officials warned of the risk of an [[attack]]."),
    ("possible", "The rebels offered to [[free]] two pilots."),
    ("possible", "It is not known whether they [[fled]]."),
    ("denied", "The front did not [[attack]] the convoy."),
    ("denied", "The government refused to [[withdraw]] its troops."),
    ("denied", "Police foiled an [[attack]] on the port."),
    ("denied", "No [[talks]] took place on Friday."),
    ("denied", "The union would not [[sign]] the deal."),
    ("called-for", "Envoys urged both sides to [[disarm]]."),
    ("called-for", "The rebels must [[leave]] the town, the minister said."),
    ("called-for", "The envoy repeated his call for a [[ceasefire]]."),
    ("called-for", "The union demanded the [[release]] of its leader."),
    ("not-yet", "The court has yet to [[rule]]."),
    ("not-yet", "The front has not yet [[replied]]."),
]


def standing_of(marked):
    text = marked.replace("[[", "").replace("]]", "")
    start = marked.index("[[")
    predicate = Span(start, marked.index("]]") - 2)
    report = text_report(text, date="2020-05-04")
    assert report.text.startswith(text)
    seen = default_encoder().read(report)
    tree = tree_of(report.text, seen, seen.sentences[0], arguments_of(seen))
    rules = load_rules("en", "status", StatusRule).rules
    sentence = seen.sentences[0].span
    return find_standing(report.text, predicate, sentence, rules, clause_words("en"), tree, status_words("en"))


@pytest.mark.parametrize(("status", "marked"), SENTENCES)
def test_an_event_stands_as_its_syntax_tells(status, marked):
    assert standing_of(marked).status == status


def test_a_condition_is_the_clause_that_the_event_hangs_on():
    text = "If the siege is lifted, the rebels will [[leave]] the town."
    assert standing_of(text).condition.of(text) == "the siege is lifted"
