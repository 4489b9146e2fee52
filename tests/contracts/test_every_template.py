"""What every template owes: parts that need nothing of a page are made once, and others get what they need."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from app import create_app

FOLDER = Path(__file__).parents[2] / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    database = tmp_path_factory.mktemp("templates") / "a.db"
    return create_app({"DATABASE": f"sqlite:///{database}", "SECRET_KEY": "x"}).jinja_env


@cache
def needs(environment: Environment, name: str) -> frozenset[str]:
    """Return what the template, and whatever it imports with its context, takes from the page that uses it."""
    tree = environment.parse((FOLDER / name).read_text(encoding="utf-8"))
    found = meta.find_undeclared_variables(tree) - set(environment.globals) - {"caller", "varargs", "kwargs"}
    for imported, with_context in imports(environment, name):
        found |= needs(environment, imported) if with_context else frozenset()
    return frozenset(found)


@cache
def imports(environment: Environment, name: str) -> list[tuple[str, bool]]:
    """Return the names of the templates that are imported by name, each with whether it gets the context."""
    tree = environment.parse((FOLDER / name).read_text(encoding="utf-8"))
    return [
        (found.template.value, found.with_context)
        for found in tree.find_all((nodes.Import, nodes.FromImport))
        if isinstance(found.template, nodes.Const)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_needs_something_of_the_page_is_imported_with_its_context(environment, name):
    assert [
        (imported, needs(environment, imported))
        for imported, with_context in imports(environment, name)
        if not with_context and needs(environment, imported)
    ] == []


# With its context a part is made anew for each page, which took a third of a question page's time.
@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("taking/", "parts/"))])
def test_what_needs_nothing_of_a_learners_page_is_imported_without_its_context(environment, name):
    assert [
        imported
        for imported, with_context in imports(environment, name)
        if with_context and not needs(environment, imported)
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_imported_says_nothing_in_a_language_before_it_is_used(environment, name):
    """A part that is made once must not keep a sentence in the language of whoever came first."""
    for imported, with_context in imports(environment, name):
        tree = environment.parse((FOLDER / imported).read_text(encoding="utf-8"))
        assert with_context or not [node for node in tree.body if isinstance(node, nodes.Assign)], imported
