"""The actors of the first report, from the report itself, which stays outside the repository."""

from pathlib import Path

import pytest

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.actors import find_actors

SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seed" / "report.txt"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared data lie beside the repository, not in it"),
]


@pytest.fixture(scope="module")
def report():
    return text_report(SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def actors(report):
    return {actor.name: actor for actor in find_actors(report, cut(report))}


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("Israel", "ISR", None),
        ("Hamas", "PSE", "REB"),
        ("Qatar", "QAT", None),
        ("Egypt", "EGY", None),
        ("U.S.", "USA", None),
        ("Xinhua", "CHN", "JRN"),
        ("an Israeli government official", "ISR", "GOV"),
    ],
)
def test_the_report_has_this_actor(actors, name, country, sector):
    assert (actors[name].country, actors[name].sector) == (country, sector)


def test_the_three_mentions_of_the_official_are_one_actor(report, actors):
    body = [part.span for part in report.parts if part.kind == "body"]
    spans = [span for span in actors["an Israeli government official"].mentions if any(span in part for part in body)]
    assert [report.words(span) for span in spans] == ["an Israeli government official", "The official", "the official"]
