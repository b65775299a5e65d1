"""The pages as files: every link leads, nothing asks for more than the files, a second run changes nothing."""

import asyncio
import csv
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main
from onrecord.intake import Original, open_reports, read_original
from onrecord.store import Store
from onrecord.web.filenames import slug, target_of
from onrecord.web.site import MANIFEST, write_site

EXAMPLES = Path(__file__).parents[2] / "examples" / "yemen-exchange"
ODD = (
    "<b>Rebels</b> kill at least 12 people in Lima\n\n"
    "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n\n"
    '"We will not <img src="/x"> sign any <a href="/search?q=1">truce</a>," Ruiz told reporters on Wednesday in Lima.\n'
)


def fill(path):
    with Store(path) as store:
        for file in sorted(EXAMPLES.glob("*.txt")):
            for report in open_reports(file):
                store.add(onrecord.read(report), file.read_bytes())
        original = Original(uri="=odd 'name' <i>&\"?#é.txt", data=ODD.encode())
        for report in read_original(original):
            store.add(onrecord.read(report), original.data)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("site") / "desk.onrecord")


@pytest.fixture(scope="module")
def site(path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files") / "site"
    done = write_site(path, folder)
    assert not done.dead
    return folder


def pages(site):
    return sorted(site.rglob("*.html"))


def test_every_link_of_every_page_leads_to_a_file_and_to_an_anchor_in_it(site):
    ids = {page: set(re.findall(r' id="([^"]+)"', page.read_text())) for page in pages(site)}
    followed = 0
    for page in pages(site):
        for link in re.findall(r' (?:href|src)="([^"]*)"', page.read_text()):
            parts = urlsplit(unescape(link))
            assert not parts.scheme, link
            assert not link.startswith("/"), link
            to = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert to.is_file(), f"{page}: {link}"
            if parts.fragment:
                assert parts.fragment in ids[to], f"{page}: {link}"
            followed += 1
    assert followed > 500


def test_the_words_of_a_passage_stand_at_its_anchor(site):
    story = json.loads(next(file for file in site.glob("story/*/*.json") if "Yemen" in file.read_text()).read_text())
    line = story["timeline"][0]["passage"]
    file, _, anchor = line["address"].partition("#")
    page = (next(site.glob("story/*/*.json")).parent / file).resolve().read_text()
    assert anchor == f"at-{line['start']}-{line['end']}"
    inside = page.split(f'id="{anchor}">')[1]
    shown = unescape(re.sub(r"<sup.*?</sup>|<[^>]+>", "", inside))
    assert " ".join(shown.split()).startswith(line["words"])


def test_json_and_tables_stand_beside_each_page_and_lead_to_files(site):
    for page in pages(site):
        if page.parent.parent.name in ("report", "story", "place", "actor"):
            assert page.with_suffix(".json").is_file()
            assert page.with_suffix(".csv").is_file()
    table = next(file for file in site.glob("story/*/*.csv") if "timeline" in file.read_text())
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert all((table.parent / row["at"].split("#")[0]).is_file() for row in rows if row["at"])


def test_there_is_no_form_and_no_search(site):
    for page in pages(site):
        text = page.read_text()
        assert 'role="search"' not in text
        assert not re.search(r'<form (?!class="layers")', text)
        assert not list(site.glob("search*"))


def test_what_a_report_says_is_text_in_the_files_too(site):
    page = next(page for page in site.glob("report/*/*.html") if "Ruiz" in page.read_text()).read_text()
    assert "&lt;img src=&quot;/x&quot;&gt;" in page
    assert "&lt;b&gt;Rebels" in page
    assert not re.search(r"<(b|img|i)[ >](?=Rebels|src|&)", page.split("<aside")[0])
    assert "script-src 'self' file:" in page


def test_originals_are_the_very_bytes_and_can_be_left_out(site, path, tmp_path):
    assert any(file.read_bytes() == ODD.encode() for file in site.glob("original/*/*.bin"))
    write_site(path, tmp_path, originals=False)
    assert not (tmp_path / "original").exists()
    assert "the original" not in next(tmp_path.glob("report/*/*.html")).read_text()


def test_a_second_run_writes_nothing(site, path):
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.name != MANIFEST}
    done = write_site(path, site)
    assert (done.changed, done.removed) == (0, 0)
    assert before == {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.name != MANIFEST}


def test_a_run_that_was_broken_off_is_taken_up_by_the_next(site, path, tmp_path):
    def stop(count):
        if count > 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(path, tmp_path, told=stop)
    here = {file for file in tmp_path.rglob("*") if file.is_file()}
    assert 1 < len(here) < 100
    done = write_site(path, tmp_path)
    assert done.changed == done.files - len(here) + 1  # less the manifest
    assert {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()} == {
        str(file.relative_to(site)) for file in site.rglob("*") if file.is_file()
    }


def test_what_is_gone_from_the_store_goes_from_the_site_and_other_files_stay(path, tmp_path):
    mine = tmp_path / "desk.onrecord"
    shutil.copy(path, mine)
    folder = tmp_path / "site"
    write_site(mine, folder)
    (folder / ".htaccess").write_text("mine")
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text() + "../desk.onrecord\n")
    gone = next(page for page in folder.glob("report/*/*.html") if "Ruiz" in page.read_text())
    with Store(mine) as store:
        store.remove(gone.stem)
    done = write_site(mine, folder)
    assert done.removed > 3
    assert not gone.exists()
    assert (folder / ".htaccess").exists()
    assert mine.exists(), "a line of the list that leads out of the folder takes nothing away"


def test_a_folder_that_holds_something_else_is_refused_and_left_as_it_is(path, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    answer = CliRunner().invoke(main, ["site", str(path), str(tmp_path)])
    assert answer.exit_code == 1
    assert "holds something other than a site" in answer.output
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_addresses_have_their_files():
    assert target_of("/").file == "index.html"
    assert target_of("/front.csv?start=50").file == "index-start-50.csv"
    report = target_of("/report/ab12?n=3&at=5-9#words-at")
    assert (report.address, report.anchor, report.passage) == ("/report/ab12?n=3", "at-5-9", onrecord.Span(5, 9))
    assert report.file.endswith("/ab12-n-3.html")
    assert target_of("/search?q=truce") is None
    assert target_of("/search?by=Ana+Ruiz") == target_of("/actor/Ana%20Ruiz")
    assert target_of("/search?by=Ana+Ruiz&q=truce") is None
    odd = {target_of(f"/actor/{name}").file for name in ("..", "%2F", "CON", "a%00", "السيد", "x" * 3000)}
    assert len(odd) == 6
    for file in odd:
        assert re.fullmatch(r"actor/[0-9a-f]{2}/[a-z0-9-]{10,60}\.html", file)
    assert slug("Łódź & Škoda") == "odz-skoda"


def test_a_site_is_written_where_a_loop_runs_already(path, site, tmp_path):
    async def written():
        return write_site(path, tmp_path / "again")

    with ThreadPoolExecutor(1) as aside:  # a thread without the loop of a browser's driver
        done = aside.submit(lambda: asyncio.run(written())).result()
    assert done.files == sum(1 for file in site.rglob("*") if file.is_file() and file.name != MANIFEST)
