"""What the import contracts cannot say about the house."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leaddesk"
MODULES = sorted(PACKAGE.rglob("*.py"))
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base", "stuff"}


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module an import names, at any depth of the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    """A file as tests name it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_in_one_sentence_what_it_is(path: Path) -> None:
    text = ast.get_docstring(parsed(path))
    assert text, f"{name(path)} has no docstring"
    assert path.stem not in EMPTY_NAMES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_stay_small_enough_to_have_one_purpose(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_only_tasks_makes_threads() -> None:
    makers = {"Thread", "QThread", "QThreadPool", "ThreadPoolExecutor", "ProcessPoolExecutor", "Timer"}
    users = {name(path) for path in MODULES for node in ast.walk(parsed(path)) if _called(node) in makers}
    assert users == {"leaddesk/ui/tasks.py"}


def _called(node: ast.AST) -> str:
    """The plain name of what is called, or of what a class is made of."""
    if isinstance(node, ast.ClassDef):
        return next((base.id for base in node.bases if isinstance(base, ast.Name)), "")
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_the_orm_stays_out_since_it_costs_a_quarter_of_a_second() -> None:
    users = {
        name(path) for path in MODULES if any(module.startswith("sqlalchemy.orm") for module in imported(parsed(path)))
    }
    assert not users


def test_there_is_no_network_code() -> None:
    talkers = {
        "socket",
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "PySide6.QtNetwork.QNetworkAccessManager",
        "PySide6.QtNetwork.QTcpSocket",
    }
    assert not {name(path) for path in MODULES if talkers & set(imported(parsed(path)))}


def test_rows_are_never_replaced_since_that_skips_the_delete_triggers() -> None:
    guilty = set()
    for path in (PACKAGE / "db").rglob("*.py"):
        tree = parsed(path)
        docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                words = " ".join(node.value.upper().split())
                # The search index is derived and has no triggers.
                if ("INSERT OR REPLACE" in words or words.startswith("REPLACE INTO")) and path.name != "search.py":
                    guilty.add(name(path))
    assert not guilty


def _has_docstring(node: ast.AST) -> bool:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node) is not None


def test_the_workshop_needs_only_the_standard_library() -> None:
    outside = {module.split(".")[0] for module in imported(parsed(ROOT / "dev.py"))} - set(sys.stdlib_module_names)
    assert not outside


def test_none_keeps_its_references_through_qt_calls() -> None:
    """A guard against PySide6 6.12 on Python 3.11, which loses one in every void call until it aborts."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("x")
    # From 3.12 on None is immortal and its count does not move at all.
    assert sys.getrefcount(None) > before - 1000
