"""Sentences of our own and of a corpus are read with their predicates, and a wrong line is named."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SENTENCES = {"VOA_1": "The army may withdraw from the port.", "VOA_2": "Rebels seized the bridge."}
ROW = {"sentence_id": "VOA_1", "start": 13, "end": 21, "status": "possible"}


@pytest.fixture(scope="module")
def written():
    spec = importlib.util.spec_from_file_location("loaded_written", ROOT / "training" / "written.py")
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def lines(folder, *rows):
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_line_points_at_a_predicate_of_its_sentence(written, tmp_path):
    [passage] = written.read_pointed(lines(tmp_path, ROW), SENTENCES)
    [(span, status)] = passage.places
    assert (passage.text[span.start : span.end], status) == ("withdraw", "possible")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": 20}, "line 2: 13 to 20 are no whole words of VOA_1"),
        ({"end": 90}, "line 2: 13 to 90 are no whole words of VOA_1"),
        ({"sentence_id": "VOA_9"}, "line 2: 'VOA_9'"),
        ({"status": "maybe"}, "line 2: no status 'maybe'"),
        ({}, "line 2: 13 to 21 of VOA_1 share words with a line above"),
        ({"start": "13"}, "line 2: "),
    ],
)
def test_a_wrong_line_is_named(written, tmp_path, change, said):
    with pytest.raises(SystemExit, match=said):
        list(written.read_pointed(lines(tmp_path, ROW, ROW | change), SENTENCES))


@pytest.mark.parametrize("line", ["The army [[left|gone]].", "The army [[left|happened.", "The army left."])
def test_a_passage_with_a_wrong_mark_is_named(written, tmp_path, line):
    path = tmp_path / "passages.txt"
    path.write_text(f"// ours\n{line}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 2: "):
        list(written.read_status(path))


@pytest.mark.parametrize("path", sorted((ROOT / "training/written/status").glob("*.txt")), ids=lambda path: path.name)
def test_our_passages_are_read(written, path):
    assert len(list(written.read_status(path))) > 1
