"""What a browser would send: the fields of a page's form, and the fields that an author's data makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any


def typed_form(data: Mapping[str, Any]) -> dict[str, str]:
    """Return a form's data as a browser sends it: rows numbered, boxes that are not ticked left out."""
    return dict(_typed("", data))


def _typed(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for inner, inner_value in value.items():
            yield from _typed(f"{name}-{inner}" if name else inner, inner_value)
    elif isinstance(value, list | tuple):
        for number, inner_value in enumerate(value):
            yield from _typed(f"{name}-{number}", inner_value)
    elif value is True:
        yield name, "y"
    elif value is not False:
        yield name, "" if value is None else str(value)


def form_on(page: str) -> dict[str, str]:
    """Return what the page's editor would send if nothing were changed."""
    reader = _EditorReader()
    reader.feed(page)
    return reader.fields


class _EditorReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._in_editor = False
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._in_editor = "data-editor" in given
        if not self._in_editor:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.fields[name] = value
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.fields or "selected" in given):
            self.fields[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_editor = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
