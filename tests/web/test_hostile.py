"""Hostile reports in a real browser: whatever they hold is text."""

import pytest

from onrecord.intake import Original, read_original
from onrecord.record import Record
from onrecord.store import Store

pytestmark = pytest.mark.filterwarnings("default")  # of the browser's driver, not of ours

HOSTILE = {
    "script.txt": '<script>document.title = "owned"</script> said <img src=x onerror=alert(1)> to "reporters".',
    "style.txt": "<style>body { display: none }</style> <link rel=stylesheet href=http://evil.example/x.css> it said.",
    "svg.txt": '<svg onload="alert(1)"><a href="javascript:alert(1)">here</a></svg> &lt;b&gt; <!-- -->',
    "bidi.txt": "The \u202emayor\u2066 of \u2067Lima\u202c said \u200f12\u200e people were freed \u202e.",
    "template.txt": "{{ 7 * 7 }} {% include 'base.html' %} ${7*7} </div></main></body></html> was said.",
}
"""Reports that would like to be more than text."""

PLAIN = "The mayor of Lima said on Tuesday that at least 12 people were freed by the rebels in the night."
for name, text in list(HOSTILE.items()):
    head = f"Mayor on {text[:90]}\n\nLIMA, March 6, 2019 (Nordwire) -- {PLAIN}"
    HOSTILE[name] = f"{head}\n\n{text}\n\n{PLAIN}\n"


def fill(path, texts):
    """Keep texts as reports; their digests."""
    digests = {}
    with Store(path) as store:
        for uri, text in texts.items():
            original = Original(uri=f"<script>{uri}</script>", data=text.encode())
            for report in read_original(original):
                store.add(Record(report=report, attributions=()), original.data)
                digests[uri] = report.digest
    return digests


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, serve):
    """A server over the hostile reports; its address and the digests of the reports."""
    path = tmp_path_factory.mktemp("hostile") / "desk.onrecord"
    digests = fill(path, HOSTILE)
    with serve(path) as address:
        yield address, digests


@pytest.fixture
def page(browser, hostile):
    """A page that fails the test where anything runs, opens or leaves this machine."""
    context = browser.new_context(base_url=hostile[0])
    page = context.new_page()
    happened = []
    page.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: request.url.startswith(hostile[0]) or happened.append(request.url))
    page.on("popup", lambda popup: happened.append("popup"))
    yield page
    context.close()
    assert happened == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_report_is_shown_as_text(page, hostile, name):
    page.goto(f"/report/{hostile[1][name]}")
    wanted = " ".join(HOSTILE[name].split()[-8:])
    shown = page.locator(".text").evaluate("(node) => node.textContent")
    assert wanted in " ".join(shown.split())
    assert "owned" not in page.title() or "<script>" in page.title()
    assert page.locator(".text script, .text img, .text svg, .text style, .text link").count() == 0
    assert page.locator("body").is_visible()
    assert page.locator(".forms").is_visible(), "the page goes on after the text"


def test_lists_and_searches_show_hostile_headlines_as_text(page):
    for address in ("/", "/search?q=said", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/stories"):
        page.goto(address)
        assert page.locator("main script, main img, main svg, main style").count() == 0
        assert page.locator("main").is_visible()


def test_the_signs_that_turn_text_round_do_not_reach_beyond_it(page, hostile):
    page.goto(f"/report/{hostile[1]['bidi.txt']}")
    isolated = "(node) => ['isolate', 'plaintext', 'isolate-override'].includes(getComputedStyle(node).unicodeBidi)"
    assert page.locator("h1").evaluate(isolated)
    assert page.locator(".text p").first.evaluate(isolated)
    page.goto("/")
    assert page.locator("td a").first.evaluate(isolated)


def test_a_line_of_ten_megabytes_is_shown_and_does_not_widen_the_page(browser, serve, tmp_path):
    line = f"{PLAIN}\n\n{'very long words ' * 650_000}{'x' * 10_000}."
    digests = fill(tmp_path / "long.onrecord", {"line.txt": line})
    with serve(tmp_path / "long.onrecord") as address:
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/report/{digests['line.txt']}")
        assert page.locator(".text").evaluate("(node) => node.textContent.length") >= 10_000_000
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()
