"""The pages' data are what their description says, whatever they are asked with."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from starlette.routing import Mount
from starlette.testclient import TestClient

import onrecord
from onrecord.intake import Original, read_original
from onrecord.store import Store
from onrecord.web.app import make_app
from onrecord.web.openapi import document

DOCUMENT = json.loads(json.dumps(document()))
OPERATIONS = [
    (path, method) for path, found in DOCUMENT["paths"].items() for method in found if not path.endswith("/correct")
]
TEXTS = {
    "a.txt": "LIMA, March 6, 2019 (Nordwire) -- Rebels killed at least 12 people in Lima on Tuesday, Mayor Ana Ruiz "
    "said.",
    "b.txt": "LIMA, March 7, 2019 (Meridian) -- Rebels killed 15 people in Lima on Tuesday, the police of Lima said. "
    "Talks between the rebels and the government are to open in Quito on Monday, Ana Ruiz said.",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("openapi") / "desk.onrecord"
    with Store(path) as store:
        for uri, text in TEXTS.items():
            original = Original(uri=uri, data=text.encode())
            for report in read_original(original):
                store.add(onrecord.read(report), original.data)
        store.correct("a.txt", "f1", "rejected", by="Ana")
    return TestClient(make_app(path), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def known(client):
    """What the store holds, by the name of the parameter that asks for it."""
    rows = client.get("/front.json").json()["rows"]
    stories = client.get("/stories.json").json()["rows"]
    place = client.get(f"/report/{rows[0]['digest']}.json").json()["record"]["places"][0]["geonameid"]
    return {
        "digest": [row["digest"] for row in (*rows, *stories)],
        "number": [place, 1],
        "place": [place],
        "name": ["Ana Ruiz", "rebels"],
        "id": ["f1", "a1", "w1"],
        "q": ["rebels", '"killed 15"', "reb*"],
        "by": ["Ruiz"],
        "about": ["Lima"],
        "at": ["0-10"],
        "after": ["2019", "2019-03-06"],
        "before": ["2020-01"],
    }


HARD = [
    *(
        "",
        "0",
        "-1",
        "1e9",
        "9" * 30,
        "0x10",
        "١٢",
        "null",
        "true",
        "%00",
        "\x00",
        "\u202e",
        "a/b",
        "x" * 5000,
        "../..",
    ),
    *(
        "<script>alert(1)</script>",
        "'; DROP TABLE report; --",
        "2019-02-30",
        "0000",
        "9999-12-31",
        "f1.json",
        "NEAR(a b",
    ),
]
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.sampled_from(HARD),
)


def asked(data, operation, known):
    """An address of an operation with drawn values, and whether each value is one that its schema has."""
    path, query, fits = operation["path"], {}, True
    for parameter in operation.get("parameters", ()):
        name, required = parameter["name"], parameter["required"]
        if not required and data.draw(st.booleans(), label=f"without {name}"):
            continue
        value = str(data.draw(st.one_of(st.sampled_from(known.get(name, ["1"])), HOSTILE), label=name))
        fits = fits and has(parameter["schema"], value)
        if required:
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        else:
            query[name] = value
    return path + (f"?{urlencode(query)}" if query else ""), fits


def has(schema, value):
    """Whether a schema has a value of an address: as text, or as the number that it writes."""
    values = [value, int(value)] if re.fullmatch("[0-9]{1,18}", value) else [value]
    return any(valid(schema, one) for one in values)


def valid(schema, value):
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"])).is_valid(value)


def validator(schema):
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_an_address_gives_what_its_description_says_whatever_it_is_asked_with(client, known, path, method):
    operation = {"path": path, **DOCUMENT["paths"][path][method]}

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.data())
    def conform(data):
        address, fits = asked(data, operation, known)
        answer = client.get(address)
        told = operation["responses"].get(str(answer.status_code))
        assert told, f"{address} gave {answer.status_code}, which is not described"
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in told["content"], f"{address} gave {kind}"
        if kind == "application/json":
            validator(told["content"][kind]["schema"]).validate(answer.json())
        if fits:
            assert answer.status_code in (200, 404), f"{address}: {answer.text[:200]}"
        elif answer.status_code == 400:
            assert answer.text.strip()
        assert answer.headers["x-content-type-options"] == "nosniff"

    conform()


def test_what_is_known_is_found(client, known):
    """So that the drawn addresses reach more than errors."""
    report = "/report/{digest}"
    for path in ("/place/{number}.json", "/actor/{name}.json", f"{report}.json", f"{report}/correct/{{id}}.csv"):
        address = re.sub(r"{(\w+)}", lambda found: quote(str(known[found[1]][0])), path)
        assert client.get(address).status_code == 200, address


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    form=st.dictionaries(
        st.one_of(
            st.sampled_from(["token", "by", "confirmed", "corrected", "note", "set.low", "set.of"]), st.text(max_size=9)
        ),
        st.one_of(st.sampled_from(["f1", "a1", "Ana", "people"]), HOSTILE),
        max_size=6,
    ),
    good=st.booleans(),
    raw=st.one_of(st.none(), st.binary(max_size=60)),
)
def test_no_form_makes_an_error_that_is_not_told(client, known, form, good, raw):
    page = f"/report/{known['digest'][0]}"
    if good:
        token = re.search(r'name="token" value="([^"]+)"', client.get(page).text)[1]
        form = {**form, "token": token, "by": form.get("by") or "Ana"}
    body = raw if raw is not None else urlencode(form, errors="replace").encode()
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": "http://localhost"}
    answer = client.post(f"{page}/correct", content=body, headers=headers)
    told = DOCUMENT["paths"]["/report/{digest}/correct"]["post"]["responses"]
    assert str(answer.status_code) in told


def test_each_page_of_the_server_is_described(client):
    described = {re.sub(r"\.(json|csv)$", "", path) for path in DOCUMENT["paths"]} | set(DOCUMENT["paths"]) | {"/"}
    for route in client.app.routes:
        if not isinstance(route, Mount) and not route.path.startswith("/static"):
            assert re.sub(r":\w+}", "}", route.path) in described, f"openapi.py does not describe {route.path}"


def test_the_description_is_served_and_kept_and_both_are_that_of_the_program(client, root):
    assert client.get("/openapi.json").json() == DOCUMENT
    kept = json.loads((root / "docs" / "openapi.json").read_text(encoding="utf-8"))
    kept["info"]["version"] = DOCUMENT["info"]["version"]
    assert kept == DOCUMENT, "python tools/describe_pages.py writes it anew"


def test_every_schema_is_one():
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_an_error_is_told_in_the_form_that_was_asked_for(client):
    for address, status in (("/search.json?after=soon", 400), ("/report/none.json", 404), ("/nowhere.json", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert answer.json()["status"] == status
        assert answer.json()["error"]
    assert client.get("/search.csv?after=soon").headers["content-type"].startswith("text/plain")
    assert "<html" in client.get("/search?after=soon").text


def test_what_may_not_be_done_says_what_may(client):
    answer = client.post("/front.json")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
