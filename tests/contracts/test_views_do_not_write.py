"""Views may read storage directly; only workflows write."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

VIEWS = sorted((Path(__file__).parents[2] / "quiz" / "web").glob("*.py"))
WRITES = ("insert_", "update_", "delete_", "upsert_", "replace_")


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_no_view_calls_a_storage_function_that_writes(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert [name for name in storage_functions_used(tree) if name.startswith(WRITES)] == []


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_no_view_runs_sql_of_its_own(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.attr for node in ast.walk(tree) if is_call_of_attribute(node)}

    assert not called & {"atomic", "run_many", "one_or_none"}
    assert "load_queries" not in storage_functions_used(tree)


def storage_functions_used(tree: ast.Module) -> list[str]:
    """Return the names that come from quiz.storage, imported one by one or reached through a module."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {
        alias.asname or alias.name
        for node in imports
        if node.module == "quiz.storage"
        for alias in node.names
    }
    names = [
        alias.name
        for node in imports
        if (node.module or "").startswith("quiz.storage.")
        for alias in node.names
    ]
    reached = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
    ]
    return names + reached


def is_call_of_attribute(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
