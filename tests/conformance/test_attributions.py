"""The first report's "Who says so" table, from the report itself, which stays outside the repository."""

from pathlib import Path

import pytest

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.actors import find_actors
from onrecord.layers.attributions import find_attributions

SEED = Path(__file__).parents[3] / "shared" / "seed" / "report.txt"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="the seed report lies beside the repository, not in it"),
]


@pytest.fixture(scope="module")
def report():
    return text_report(SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def actors(report):
    return find_actors(report, cut(report))


@pytest.fixture(scope="module")
def body(report, actors):
    """The attributions of the body: the caption says the first two as well."""
    spans = [part.span for part in report.parts if part.kind == "body"]
    found = find_attributions(report, cut(report), actors)
    return [each for each in found if any(each.cue[0] in span for span in spans)]


def words(report, spans):
    return [report.words(span) for span in spans]


def test_the_body_has_four_attributions_and_no_other(report, body):
    assert [words(report, each.cue) for each in body] == [["told"], ["said"], ["said"], ["according to"]]
    assert [each.via for each in body] == [None] * 4


def test_the_official_who_told_the_agency_is_unnamed_and_quoted_in_part(report, body):
    told = body[0]
    assert words(report, told.source.spans)[0].startswith("an Israeli government official")
    assert (told.source.kind, told.quote, told.stance, report.words(told.to)) == ("unnamed", "mixed", "says", "Xinhua")
    (content,) = words(report, told.content)
    assert content.startswith("Israel will send a delegation")
    assert content.endswith('"soften its stance,"')


def test_the_official_s_terms_are_kept(report, body):
    said = body[1]
    assert words(report, said.source.conditions) == ["who requires anonymity"]
    assert words(report, said.source.spans)[0].startswith("The official")
    assert (said.source.kind, said.quote) == ("unnamed", "indirect")
    (content,) = words(report, said.content)
    assert content.startswith("that Israel has yet to decide")
    assert content.endswith("Qatar and Egypt")


def test_what_the_official_said_runs_past_its_marks(report, body):
    said = body[2]
    assert words(report, said.source.spans) == ["the official"]
    assert (said.source.kind, said.quote) == ("unnamed", "mixed")
    (content,) = words(report, said.content)
    assert content.startswith("\"Hamas hasn't yet shown flexibility")
    assert content.endswith('" under a deal')


def test_the_figures_vouch_for_the_toll_alone(report, body):
    toll = body[3]
    assert words(report, toll.source.spans) == ["figures released by both sides"]
    assert toll.source.kind == "document"
    assert words(report, toll.content) == ["has so far killed more than 29,000 Palestinians"]


def test_the_three_mentions_of_the_official_are_one_actor(body, actors):
    (official,) = {each.source.actor for each in body[:3]}
    assert {actor.id: actor.name for actor in actors}[official] == "an Israeli government official"


def test_both_sides_that_released_the_figures_are_the_two_at_war(body, actors):
    names = {actor.id: actor.name for actor in actors}
    assert {names[issuer] for issuer in body[3].source.issuers} == {"Israel", "Hamas"}
