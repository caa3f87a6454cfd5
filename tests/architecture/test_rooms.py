"""The rooms and their one direction."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "kb").rglob("*.py")) + sorted((ROOT / "config").rglob("*.py"))
CODE = [path for path in SOURCES if "migrations" not in path.parts]


def lint_imports(folder: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_every_room_imports_only_what_stands_above_it():
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_room_the_contract_does_not_know_fails(tmp_path):
    (tmp_path / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
    house = tmp_path / "kb"
    house.mkdir()
    (house / "__init__.py").touch()
    rooms = ["text", "models", "search", "pages", "services", "importing", "exporting"]
    rooms += ["admin", "web", "accounts", "management"]
    for room in [*rooms, "apps", "checks", "urls", "migrations"]:
        (house / room).mkdir()
        (house / room / "__init__.py").touch()
    assert lint_imports(tmp_path).returncode == 0
    (house / "basement").mkdir()
    (house / "basement" / "__init__.py").touch()
    result = lint_imports(tmp_path)
    assert result.returncode != 0
    assert "basement" in result.stdout


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_inside_a_function(path):
    if path.name == "sqlite.py" and path.parent.name == "config":
        return  # it decides which module answers to a name, so it has to import late
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if path.parts[len(ROOT.parts) :][:2] in (("kb", "text"), ("kb", "importing"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_patterns_on_imported_text_are_linear(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "re" not in imported


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_no_tracked_file_names_a_registry_host():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org"]
    named = [
        name
        for name in files
        if name and any(host in (ROOT / name).read_text(encoding="utf-8", errors="ignore") for host in hosts)
    ]
    assert named == []
