"""A correction as a person makes it in a real browser: with a mouse, by keyboard alone, and without script."""

import json
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main
from onrecord.intake import Original, read_original
from onrecord.store import Store

TEXT = "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz said.\n"

pytestmark = pytest.mark.filterwarnings("default")  # of the browser's driver, not of ours


@pytest.fixture(scope="module")
def record():
    (report,) = read_original(Original(uri="a.txt", data=TEXT.encode()))
    return onrecord.read(report)


@pytest.fixture
def desk(tmp_path, record, serve):
    """A server over a store of one report: its address, and the store."""
    path = tmp_path / "desk.onrecord"
    with Store(path) as store:
        store.add(record, TEXT.encode())
    with serve(path) as address:
        yield address, path


@pytest.fixture
def open_page(browser, desk):
    """A page of a fresh browser; at the end, no request may have left this machine and no policy been broken."""
    contexts, asked, complaints = [], [], []

    def opened(**settings):
        context = browser.new_context(base_url=desk[0], **settings)
        context.set_default_timeout(120_000)
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert asked
    assert {urlsplit(url).hostname for url in asked} <= {"127.0.0.1", "localhost"}
    # the icon that is not there, and the form that is refused
    assert not [text for text in complaints if "403" not in text and "404" not in text]


def exported(path):
    done = CliRunner().invoke(main, ["export", "corrections", "--store", str(path)])
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("script", [True, False])
def test_a_correction_is_made_seen_in_the_counts_and_exported_with_script_and_without(open_page, desk, script):
    page = open_page(java_script_enabled=script)
    page.goto("/")
    page.locator("main td a").first.click()
    page.wait_for_url("**/report/*")
    figure = page.locator("section.figures li").first
    figure.locator("summary").click()
    figure.locator("a", has_text="correct").click()
    page.wait_for_url("**/correct/*")
    page.fill("#by", "Ana Ruiz")
    page.fill("[name='set.low']", "13")
    page.fill("#note", "the ministry's list")
    page.click("text=Keep the correction")
    page.wait_for_url("**/report/*#f1")
    said = page.locator("section.figures .verdict")
    assert "corrected by Ana Ruiz" in said.inner_text()
    assert "low 13, not 12; “the ministry's list”" in said.inner_text()
    assert "1 corrected" in page.locator("section.figures h2").inner_text().lower()
    page.goto("/")
    assert "1 corrected" in page.locator("main .facts").inner_text()
    (line,) = exported(desk[1])
    assert (line["machine"]["low"], line["person"]["low"], line["by"]) == (12, 13, "Ana Ruiz")


def test_a_verdict_is_given_and_taken_back_by_keyboard_alone(open_page, desk):
    page = open_page()
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/*")

    def tab_to(selector):
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        pytest.fail(f"{selector} cannot be reached by Tab")

    tab_to("input[name=by]")
    page.keyboard.type("Ben Ortega")
    page.keyboard.press("Enter")  # keeps the name and gives no verdict
    page.locator("input[name=by][value='Ben Ortega']").wait_for()
    assert exported(desk[1]) == []
    tab_to("section.figures summary")
    page.keyboard.press("Enter")
    tab_to("section.figures button[name=rejected]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/*#f1")
    assert "rejected by Ben Ortega" in page.locator("section.figures .verdict").inner_text()
    assert page.locator("section.figures li.rejected").count() == 1
    tab_to("section.figures summary")
    page.keyboard.press("Enter")
    tab_to("section.figures button[name=withdrawn]")
    page.keyboard.press("Enter")
    page.locator("section.figures li.rejected").wait_for(state="detached")
    assert exported(desk[1]) == []


def test_a_form_on_a_page_of_another_site_is_refused(open_page, desk, record):
    page = open_page()
    page.goto(f"/report/{record.report.digest}")
    token = page.locator("#verdicts input[name=token]").get_attribute("value")
    other = desk[0].replace("127.0.0.1", "localhost")  # another site to a browser, though the same server
    form = f'<form method=post action="{desk[0]}/report/{record.report.digest}/correct">'
    fields = "".join(
        f'<input name={name} value="{value}">'
        for name, value in {"token": token, "by": "Eve", "confirmed": "f1"}.items()
    )
    html = f"<!DOCTYPE html>{form}{fields}<button>go</button></form>"
    page.route(f"{other}/evil", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{other}/evil")
    with page.expect_navigation():
        page.click("button")
    assert "another site" in page.locator("main").inner_text()
    assert exported(desk[1]) == []
