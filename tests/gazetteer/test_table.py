"""The table of places: what it holds, how names are written in it, how small and quick it is."""

import subprocess
import sys
import zlib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import OnrecordError
from onrecord.gazetteer import Gazetteer, fold, open_gazetteer


@pytest.mark.parametrize(
    ("name", "geonameid", "country"),
    [
        ("France", 3017382, "FR"),
        ("Kosovo", 831053, "XK"),
        ("Gaza Strip", 281132, "PS"),
        ("West Bank", 285153, "PS"),
        ("Golan Heights", 173708, "SY"),
        ("Darfur", 376731, "SD"),
        ("Ohio", 5165418, "US"),
        ("Cairo", 360630, "EG"),
        ("Tel Aviv", 293397, "IL"),
        ("Black Sea", 630673, None),
        ("Kyiv", 703448, "UA"),
        ("Kiev", 703448, "UA"),
        ("São Paulo", 3448439, "BR"),
        ("St. Louis", 4407066, "US"),
    ],
)
def test_the_table_knows_places_in_the_news(name, geonameid, country):
    found = {named.entry.geonameid: named.entry for named in open_gazetteer().named(fold(name))}
    assert geonameid in found
    assert found[geonameid].country == country


def test_a_town_knows_the_divisions_it_lies_in():
    table = open_gazetteer()
    paris = next(named.entry for named in table.named("paris") if named.entry.geonameid == 4717560)
    assert table.entry(paris.first).geonameid == 4736286
    assert table.entry(paris.second).feature == "A.ADM2"
    assert paris.country3 == "USA"


def test_a_name_that_is_not_in_the_table_means_nothing():
    assert open_gazetteer().named("no such place anywhere") == ()
    assert open_gazetteer().named("") == ()


def test_every_place_lies_on_the_globe_and_in_divisions_of_its_country():
    table = open_gazetteer()
    for row in range(0, len(table), 97):
        entry = table.entry(row)
        assert entry.lat is None or (-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180)
        assert entry.first is None or table.entry(entry.first).country == entry.country


def test_the_table_is_at_most_six_megabytes_in_a_wheel():
    data = files("onrecord.gazetteer").joinpath("places.bin").read_bytes()
    assert len(zlib.compress(data, 9)) <= 6_000_000


def test_the_table_opens_within_60_ms():
    code = (
        "import time; from onrecord.gazetteer import open_gazetteer as o; t = time.process_time(); o().named('paris');"
        "print(time.process_time() - t)"
    )
    spent = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in "ab"
    )
    assert spent < 0.06


def test_a_file_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "places.bin"
    path.write_bytes(b"something else")
    with pytest.raises(OnrecordError, match=r"places\.bin"):
        Gazetteer(path)


@given(st.text())
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=40))
def test_any_name_can_be_looked_up(name):
    open_gazetteer().named(fold(name))
