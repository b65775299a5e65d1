"""The site opened from its files in a real browser: it is walked by links and keys, and asks for nothing but files."""

import shutil
from pathlib import Path

import pytest

import onrecord
from onrecord.intake import open_reports
from onrecord.store import Store
from onrecord.web.site import write_site

sync = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
EXAMPLES = Path(__file__).parents[2] / "examples" / "yemen-exchange"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
    pytest.mark.filterwarnings("default"),  # of the browser's driver, not of ours
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The example reports as files; the address of the first page."""
    folder = tmp_path_factory.mktemp("stick")
    with Store(folder / "desk.onrecord") as store:
        for file in sorted(EXAMPLES.glob("*.txt")):
            for report in open_reports(file):
                store.add(onrecord.read(report), file.read_bytes())
    write_site(folder / "desk.onrecord", folder / "site")
    return (folder / "site" / "index.html").as_uri()


@pytest.fixture
def open_page(browser, site):
    """The first page in a fresh browser; at the end, only files of the site may have been asked for, none in vain."""
    contexts, asked, failed, complaints = [], [], [], []

    def opened(**settings):
        context = browser.new_context(offline=True, **settings)
        context.set_default_timeout(20000)
        context.on("request", lambda request: asked.append(request.url))
        context.on("requestfailed", lambda request: failed.append(request.url))
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        contexts.append(context)
        page = context.new_page()
        page.goto(site)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert asked
    assert all(url.startswith(site.removesuffix("index.html")) for url in asked)
    assert not failed
    assert not complaints


def into_story(page):
    page.locator(".topbar a", has_text="Stories").click()
    page.locator("main td a").first.click()
    page.wait_for_url("**/story/**")


def test_a_reader_goes_from_a_story_by_a_figure_to_its_words(open_page):
    page = open_page()
    into_story(page)
    page.locator("svg.plot a.point").first.click()
    page.wait_for_url("**/report/**#at-*")
    words = page.locator(":target")
    assert words.is_visible()
    assert any(sign.isdigit() for sign in words.inner_text())
    lit = page.evaluate("getComputedStyle(document.querySelector(':target')).backgroundColor")
    assert lit not in ("rgba(0, 0, 0, 0)", "transparent"), "the words asked for are lit"
    page.locator(".band a").first.click()
    page.wait_for_url("**/story/**")


def test_lists_stand_in_for_the_search(open_page):
    page = open_page()
    assert page.locator("input[type=search]").count() == 0
    page.locator(".topbar a", has_text="Actors").click()
    page.locator(".letters a", has_text="G").click()
    page.locator("main td a", has_text="Griffiths").first.click()
    page.wait_for_url("**/actor/**")
    assert "Griffiths" in page.locator("h1").inner_text()
    page.locator(".topbar a", has_text="Quotations").click()
    page.locator(".days a").nth(1).click()
    page.locator(".hits > li > a").first.click()
    page.wait_for_url("**/report/**#at-*")
    assert page.locator(":target").is_visible()


def test_the_pages_are_styled_and_keys_work_from_files(open_page):
    page = open_page()
    assert "rgb(255, 254, 251)" in page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    page.keyboard.press("g")
    page.wait_for_url("**/index.html")


def test_without_script_every_way_is_open(open_page):
    page = open_page(java_script_enabled=False)
    into_story(page)
    page.locator("#timeline a.words").first.click()
    page.wait_for_url("**/report/**#at-*")
    assert page.locator(":target").is_visible()
    page.locator("a", has_text="JSON").click()
    page.wait_for_url("**.json")
