"""The core is told the time; it never looks. import-linter can't see that: datetime is standard library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CORE = sorted((Path(__file__).parents[2] / "quiz" / "core").rglob("*.py"))
ASKS_THE_TIME = {"now", "today", "utcnow", "time", "monotonic", "perf_counter", "localtime", "gmtime"}
ASKS_CHANCE = {"random", "secrets", "uuid4", "urandom"}


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_the_core_neither_asks_the_time_nor_throws_dice(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert not asked & ASKS_THE_TIME
    assert not imported & {"time", "random", "secrets", "uuid"}
    assert not (asked | imported) & ASKS_CHANCE
