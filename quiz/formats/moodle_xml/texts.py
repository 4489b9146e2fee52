"""The texts of Moodle XML: a ``<text>`` with its format and its files, read out of their elements."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from lxml import etree

from quiz.core.html_text import text_as
from quiz.core.items import ItemFile, TextFormat
from quiz.core.media_types import media_type_of
from quiz.core.text_bytes import LONGEST_TEXT
from quiz.xml_reading import child, children, line_of, local_name, text_of

_FORMATS: dict[str, TextFormat] = {
    "html": "html",
    "moodle_auto_format": "moodle",
    "plain_text": "plain",
    "markdown": "markdown",
    "wiki_like": "moodle",
}
_REFERENCE = re.compile(r"@@PLUGINFILE@@/([^\"'\s)<>?#]+)")


class Unusable(ValueError):
    """The element makes no question. line: where; the message says what, and how to mend it."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Texts:
    """Reads the texts of one question, and gathers its files and what has to be remarked on.

    default: the format of texts that name none.
    """

    told: list[str] = field(default_factory=list)
    files: dict[str, ItemFile] = field(default_factory=dict)
    default: TextFormat = "html"
    feedback_formats: set[TextFormat] = field(default_factory=set)

    def at(self, parent: etree._Element, name: str) -> str:
        """Return the text of a child that is written like the prompt; "" if there is none."""
        found = child(parent, name)
        return "" if found is None else self.like_prompt(found)

    def like_prompt(self, element: etree._Element) -> str:
        """Return the element's text, turned into the default format where it is in another."""
        text = self.of(element)
        if text:
            text, lossy = text_as(text, self.format_of(element), self.default)
            if lossy:
                self.told.append(
                    f"the format of <{local_name(element)}> is not kept as it is: it becomes {self.default}"
                )
        return text

    def of(self, element: etree._Element) -> str:
        """Return the text in the element's ``<text>``, its files gathered. Raises Unusable for markup."""
        holder = child(element, "text")
        if holder is None:
            text = (element.text or "").strip()
            if text:
                self.told.append(
                    f"<{local_name(element)}> should hold its text in <text>; it is read all the same"
                )
        else:
            text = _pure_text(holder)
        if len(text) > LONGEST_TEXT:
            raise Unusable(
                f"<{local_name(element)}> has more than {LONGEST_TEXT:,} characters", line_of(element)
            )
        return self.with_files(text, children(element, "file"))

    def format_of(self, element: etree._Element) -> TextFormat:
        name = element.get("format")
        if name is None:
            return self.default
        if name not in _FORMATS:
            self.told.append(f"the text format {name!r} is unknown and read as html")
        return _FORMATS.get(name, "html")

    def missing_files(self, texts: Iterable[str]) -> list[str]:
        """Return the names that the texts refer to, but no file has."""
        named = (unquote(name) for text in texts for name in _REFERENCE.findall(text))
        return list(dict.fromkeys(name for name in named if name not in self.files))

    def with_files(self, text: str, elements: list[etree._Element]) -> str:
        for element in elements:
            name = (element.get("path") or "/").strip("/")
            name = f"{name}/{element.get('name') or ''}".lstrip("/")
            data = self._bytes_of(element, name)
            if data is None:
                continue
            known = self.files.get(name)
            if known and known.data != data:
                other = _free_name(name, self.files)
                text = text.replace(f"@@PLUGINFILE@@/{quote(name)}", f"@@PLUGINFILE@@/{quote(other)}")
                self.told.append(f"two different files are called {name!r}; the second becomes {other!r}")
                name = other
            self.files[name] = ItemFile(name, media_type_of(name), data)
        return text

    def _bytes_of(self, element: etree._Element, name: str) -> bytes | None:
        try:
            if not name:
                raise ValueError
            if (element.get("encoding") or "base64") != "base64":
                raise ValueError
            return base64.b64decode("".join(text_of(element).split()), validate=True)
        except (binascii.Error, ValueError):
            self.told.append(f"the file {name!r} is not readable base64 and is left out; export it again")
            return None


def value_of(parent: etree._Element, name: str, default: str = "") -> str:
    """Return the plain content of a child, or of the ``<text>`` in it."""
    found = child(parent, name)
    return default if found is None else text_of(found)


def _pure_text(holder: etree._Element) -> str:
    if children(holder):
        inner = local_name(children(holder)[0])
        raise Unusable(
            f"<text> holds the element <{inner}>; HTML has to stand in <![CDATA[ … ]]>, or with &lt; for <",
            line_of(holder),
        )
    return text_of(holder)


def _free_name(name: str, taken: dict[str, ItemFile]) -> str:
    number = 2
    while f"{number}-{name}" in taken:
        number += 1
    return f"{number}-{name}"
