"""axe-core finds nothing wrong on any kind of page, in the light and in the dark theme."""

from pathlib import Path

import pytest

import onrecord
from onrecord.intake import open_reports
from onrecord.store import Store

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
EXAMPLES = Path(__file__).parents[2] / "examples" / "yemen-exchange"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}

pytestmark = pytest.mark.filterwarnings("default")  # of the browser's driver, not of ours


@pytest.fixture(scope="module")
def desk(tmp_path_factory, serve):
    """A server over the example reports, some of whose items were checked; its address."""
    path = tmp_path_factory.mktemp("axe") / "desk.onrecord"
    with Store(path) as store:
        for file in sorted(EXAMPLES.glob("*.txt")):
            for report in open_reports(file):
                store.add(onrecord.read(report), file.read_bytes())
        for record in store.records():
            for item, verdict in zip(record.figures or (), ("rejected", "confirmed"), strict=False):
                store.correct(record, item.id, verdict, by="Ana Ruiz", note="see the original")
    with serve(path) as address:
        yield address


def kinds(page):
    """An address of each kind of page."""
    page.goto("/")
    report = page.locator("main td a").first.get_attribute("href")
    page.goto("/stories")
    story = page.locator("main td a").first.get_attribute("href")
    page.goto("/search?q=prisoners")
    place = page.locator("aside details", has_text="Place").locator("a").first.get_attribute("href")
    number = place.rsplit("place=", 1)[1]
    return {
        "front": "/",
        "stories": "/stories",
        "story": story,
        "report": report,
        "marked": f"{report}?at=0-120#words-at",
        "correct": f"{report}/correct/a1",
        "search": "/search?q=prisoners",
        "said": "/search?q=prisoners&by=Griffiths",
        "place": f"/place/{number}",
        "actor": "/actor/Martin%20Griffiths",
        "said of an actor": "/actor/Martin%20Griffiths?part=of",
        "said for an actor's side": "/actor/Martin%20Griffiths?part=side",
        "actors": "/actors",
        "collection": "/collection",
        "places": "/places",
        "quotations": "/quotations",
        "error": "/report/none",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(browser, desk, scheme):
    context = browser.new_context(base_url=desk, color_scheme=scheme)
    context.set_default_timeout(60_000)
    page = context.new_page()
    found = {}
    for kind, address in kinds(page).items():
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        results = axe.Axe().run(page, options=RULES)
        assert results.response["passes"], f"axe looked at nothing on {kind}"
        wrong = [
            (rule["id"], node["html"][:200], node["failureSummary"])
            for rule in results.response["violations"]
            for node in rule["nodes"][:3]
        ]
        if wrong:
            found[kind] = wrong
    context.close()
    assert found == {}
