"""The pages in a real browser, as a reader walks them; nothing they do may leave this machine."""

import re
import shutil
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn

import onrecord
from onrecord.intake import open_reports
from onrecord.store import Store
from onrecord.web.app import make_app

sync = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
EXAMPLES = Path(__file__).parents[2] / "examples" / "yemen-exchange"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
    pytest.mark.filterwarnings("default"),  # of the browser's driver, not of ours
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A server over the example reports; its address."""
    path = tmp_path_factory.mktemp("browser") / "desk.onrecord"
    with Store(path) as store:
        for file in sorted(EXAMPLES.glob("*.txt")):
            for report in open_reports(file):
                store.add(onrecord.read(report), file.read_bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(path), host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def open_page(browser, desk):
    """A page of a fresh browser; at the end, no request may have left this machine and no policy been broken."""
    contexts, asked, complaints = [], [], []

    def opened(**settings):
        context = browser.new_context(base_url=desk, **settings)
        context.set_default_timeout(20000)
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert asked
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert not [text for text in complaints if "favicon" not in text and "404" not in text]


def into_story(page):
    page.goto("/stories")
    page.locator("main td a").first.click()
    page.wait_for_url("**/story/*")


def test_a_reader_goes_from_a_story_by_a_figure_to_its_words(open_page):
    page = open_page()
    into_story(page)
    mark = page.locator("svg.plot a.point").first
    said = mark.get_attribute("aria-label")
    mark.click()
    words = page.locator("#words-at")
    assert words.is_visible()
    marked = "".join(page.locator(".m.asked").all_inner_texts())
    assert re.search(r"[\d,]+", marked)[0] in said
    assert page.locator(".band a", has_text="Yemen").count() == 1


def test_a_search_narrowed_is_the_same_when_its_address_is_opened_afresh(open_page):
    page = open_page()
    page.goto("/")
    page.fill("#q", "prisoners")
    page.press("#q", "Enter")
    page.locator("aside details", has_text="Place").locator("a").first.click()
    page.wait_for_url("**place=*")
    found = page.locator(".hits > li > a").all_inner_texts()
    assert found
    afresh = open_page()
    afresh.goto(page.url)
    assert afresh.locator(".hits > li > a").all_inner_texts() == found


def test_keys_alone_search_walk_open_and_help(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("prisoners")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=prisoners")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/*")
    assert page.locator("#words-at").is_visible()


def test_a_mark_of_a_plot_is_reached_and_followed_by_keyboard(open_page):
    page = open_page()
    into_story(page)
    page.locator("svg.plot a.point").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/*#words-at")


def test_without_script_every_way_is_open(open_page):
    page = open_page(java_script_enabled=False)
    into_story(page)
    page.locator("#timeline a.words").first.click()
    page.wait_for_url("**/report/*")
    assert page.locator("#words-at").is_visible()
    page.locator("label", has_text="How many").click()
    assert page.locator("#show-figures").is_checked() is False


def test_the_dark_theme_is_dark_and_the_plot_follows_it(open_page):
    def shade(scheme):
        page = open_page(color_scheme=scheme)
        into_story(page)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        mark = page.evaluate("getComputedStyle(document.querySelector('svg.plot a.point')).fill")
        return sum(map(int, paper[4:-1].split(","))), mark

    (light, light_mark), (dark, dark_mark) = shade("light"), shade("dark")
    assert dark < 150 < 600 < light
    assert light_mark != dark_mark


@pytest.mark.parametrize("width", [380, 800, 1400])
def test_no_page_is_wider_than_its_window(open_page, width):
    page = open_page(viewport={"width": width, "height": 800})
    into_story(page)
    story = page.url
    page.goto("/")
    for address in ("/", "/stories", story, "/search?q=prisoners"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
