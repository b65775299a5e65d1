"""The map: places stand where they are, the map is zoomed to most of them, and the outlines are those of the world."""

import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from onrecord.exports.maps import Spot, map_svg


def spot(name, lat, lon, reports=1, feature="P.PPL", number=None):
    return Spot(name=name, geonameid=number, lat=lat, lon=lon, reports=reports, feature=feature)


LIMA, CALLAO, OSLO = (
    spot("Lima", -12.05, -77.04, 9, number=1),
    spot("Callao", -12.06, -77.15, 4),
    spot("Oslo", 59.9, 10.7),
)


def labels(svg):
    return re.findall(r'class="name[^>]*>([^<]+)<', svg)


def test_a_map_without_places_is_nothing():
    assert map_svg([]) == ""


def test_the_map_is_zoomed_to_most_reports_and_the_rest_stands_in_the_small_world():
    svg = map_svg([LIMA, CALLAO, OSLO])
    assert "Lima" in labels(svg)
    assert "Oslo" not in labels(svg)
    assert svg.count('class="far"') == 1
    assert svg.count('class="frame"') == 1
    assert "2 places on the map, 1 further off" in svg


def test_places_over_the_date_line_stand_side_by_side():
    svg = map_svg([spot("Suva", -18.1, 178.4, 3), spot("Apia", -13.8, -171.8, 3)])
    xs = [float(x) for x in re.findall(r'cx="([\d.]+)" cy="[\d.]+" r="[\d.]+" class="town"', svg)]
    assert len(xs) == 2
    assert all(0 <= x <= 760 for x in xs)
    assert 50 < abs(xs[0] - xs[1]) < 700


def test_a_mark_is_as_large_as_its_number_and_an_area_is_a_ring():
    svg = map_svg([LIMA, CALLAO, spot("Peru", -10, -76, 9, feature="A.PCLI")])
    sizes = {kind: r for r, kind in re.findall(r'r="([\d.]+)" class="(town|area)"', svg)}
    assert float(sizes["area"]) > float(sizes["town"]) >= 4
    assert 'class="area"' in svg


def test_marks_are_links_that_say_what_they_are():
    svg = map_svg([LIMA], address=lambda one: f'/place/{one.geonameid}"<x>')
    assert 'href="/place/1&quot;&lt;x&gt;" aria-label="Lima: 9 reports"' in svg
    assert "<a " not in map_svg([LIMA])


def test_names_are_text():
    svg = map_svg([spot("<script>&\"'", 1, 1)])
    assert "<script>" not in svg

    class Closed(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open = []

        def handle_starttag(self, tag, attrs):
            self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    parser = Closed()
    parser.feed(svg)
    assert parser.open == []


@pytest.mark.parametrize(
    ("lat", "lon"), [(-12, -77), (84, 0), (-89, 170), (0, 180), (0, -180), (66, -179.9), (10, 540)], ids=str
)
def test_a_place_anywhere_has_its_map(lat, lon):
    svg = map_svg([spot("Here", lat, lon)])
    assert "nan" not in svg
    assert len(svg) < 120_000
    assert map_svg([spot("Here", lat, lon)], focus=None) == svg


def test_no_outline_runs_back_round_the_world():
    world = json.loads(files("onrecord.exports").joinpath("world.json").read_text())
    for line in (*world["land"], *world["borders"]):
        assert max(map(abs, line[2::2])) < 40 * world["grid"], "a line that crosses the date line runs on past it"


def test_the_place_in_focus_stands_in_the_middle():
    svg = map_svg([OSLO, LIMA, CALLAO], focus=1)
    x, y = re.search(r'aria-label="Lima|cx="([\d.]+)" cy="([\d.]+)" r="15', svg).groups()
    assert (round(float(x)), round(float(y))) == (380, 215)
