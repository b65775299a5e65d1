"""The places of the first report, from the report itself, which stays outside the repository."""

from pathlib import Path

import pytest

from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.layers.places import find_places

SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seed" / "report.txt"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="the seed report lies beside the repository, not in it"),
]


@pytest.fixture(scope="module")
def places():
    report = text_report(SEED.read_text(encoding="utf-8"))
    return {place.geonameid: place for place in find_places(report, cut(report))}


@pytest.mark.parametrize(
    ("geonameid", "country", "feature"),
    [
        (360630, "EG", "P.PPLC"),
        (293397, "IL", "P.PPLA"),
        (281184, "IL", "P.PPLA"),
        (281132, "PS", "A.ADM1"),
        (294640, "IL", "A.PCLI"),
        (289688, "QA", "A.PCLI"),
        (357994, "EG", "A.PCLI"),
        (6252001, "US", "A.PCLI"),
    ],
)
def test_the_report_names_this_place(places, geonameid, country, feature):
    assert (places[geonameid].country, places[geonameid].feature) == (country, feature)


def test_the_report_names_no_other_place(places):
    assert len(places) == 8
