"""Who may import whom, and how much an import costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "onrecord"

MAY_IMPORT = {
    "errors": set(),
    "record": {"errors"},
    "lang": {"errors", "record"},
    "clean": {"record", "lang", "errors"},
    "intake": {"record", "clean", "errors"},
    "encode": {"record", "lang", "errors"},
    "layers": {"record", "lang", "errors", "ontology", "gazetteer"},
    "ontology": {"errors"},
    "gazetteer": {"errors", "record"},
    "read": {"record", "encode", "layers", "intake", "errors"},
    "gather": {"record", "encode", "lang", "link", "store", "errors"},
    "link": {"record", "errors"},
    "store": {"record", "encode", "link", "errors"},
    "exports": {"record", "errors"},
    "web": {"store", "link", "exports", "intake", "read", "gather", "record", "errors"},
}


def _imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
        elif isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path}: imports are absolute")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_the_design_lets_it(folder):
    place = SOURCE / folder
    files = sorted(place.rglob("*.py")) if place.is_dir() else [SOURCE / f"{folder}.py"]
    for path in files:
        for module in _imports(path):
            if module.startswith("onrecord."):
                other = module.split(".")[1]
                assert other == folder or other in MAY_IMPORT[folder], f"{path.name} imports {module}"
            else:
                assert module != "onrecord", f"{path.name} imports the whole of onrecord"


def test_importing_onrecord_loads_no_heavy_library():
    heavy = {"numpy", "onnxruntime", "trafilatura", "lxml", "rich", "py3langid", "sqlite3"}
    code = f"import sys, onrecord; print(sorted({heavy!r} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
