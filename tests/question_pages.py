"""Questions drawn as learners meet them, by their types' own templates and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quiz.core.pictures import without_pictures
from quiz.core.question_type import QuestionType, Submitted
from quiz.web.written_texts import pictured

SEEDS = ("amal-1", "amal-2", "bilal-1", "", "سؤال")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"pictured": pictured, "without_pictures": without_pictures}
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return environment


ENVIRONMENT = _environment()


def page_of(
    question_type: QuestionType, ask: Any, seed: str, typed: Submitted | None = None, problem: str = ""
) -> str:
    """Return what the type's ``ask`` macro draws for this learner."""
    macros = ENVIRONMENT.get_template(f"question_types/{question_type.name}.html").module
    drawn: str = macros.ask(question_type.present(ask, seed), typed or {}, "stem", problem)  # type: ignore[attr-defined]
    return str(drawn)


class Elements(HTMLParser):
    """The page's elements, in order, a tag with its attributes each. sent: what its form holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.sent: dict[str, list[str]] = {}
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.all.append((tag, attributes))
        if tag == "select":
            self._select = attributes["name"]
        elif tag == "textarea":
            self._area = attributes["name"]
        elif tag == "option" and "selected" in attributes and attributes["value"]:
            self.sent.setdefault(self._select, []).append(attributes["value"])
        elif tag == "input":
            is_box = attributes["type"] in ("radio", "checkbox")
            if "checked" in attributes if is_box else attributes["value"]:
                # Of radios with one name, a browser holds the last one that is checked.
                before = [] if attributes["type"] == "radio" else self.sent.get(attributes["name"], [])
                self.sent[attributes["name"]] = [*before, attributes["value"]]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] = [data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def controls(self) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.all if tag in ("input", "select", "textarea")]


def strings_in(plain: Any) -> set[str]:
    """Return every text in the plain data, also inside of lists and tables (not the tables' keys)."""
    match plain:
        case str():
            return {plain}
        case Mapping():
            return {text for value in plain.values() for text in strings_in(value)}
        case list() | tuple():
            return {text for value in plain for text in strings_in(value)}
    return set()


def ids_in(plain: Any) -> set[str]:
    """Return every ``id`` in the body as authors write it."""
    match plain:
        case Mapping():
            own = {plain["id"]} if "id" in plain else set()
            return own | {i for value in plain.values() for i in ids_in(value)}
        case list() | tuple():
            return {i for value in plain for i in ids_in(value)}
    return set()
