"""Elements of Moodle XML as text: escaped, with the files that they refer to."""

from __future__ import annotations

import base64
import re
from html import escape
from urllib.parse import quote

from quiz.core.items import (
    Item,
    ItemFile,
    TextFormat,
)
from quiz.core.losses import texts_of
from quiz.core.weights import percent

_FORMATS = {"html": "html", "moodle": "moodle_auto_format", "plain": "plain_text", "markdown": "markdown"}


def answer_element(
    item: Item, text: str, text_format: TextFormat, fraction: float, feedback: str, extra: str = ""
) -> str:
    said = ""
    if feedback:
        feedback_format = item.feedback_format or item.prompt_format
        text_held = held(feedback, item)
        said = f"      <feedback {format_of(feedback_format)}>\n        {text_held}\n      </feedback>\n"
    return (
        f'    <answer fraction="{percent(fraction)}" {format_of(text_format)}>\n'
        f"      {held(text, item)}\n{said}{extra}    </answer>\n"
    )


def formatted(name: str, text: str, text_format: TextFormat, item: Item) -> str:
    return f"    <{name} {format_of(text_format)}>\n      {held(text, item)}\n    </{name}>\n" if text else ""


def held(text: str, item: Item) -> str:
    """Return the text with the files that it refers to: Moodle looks for them in the same element."""
    return text_element(text) + "".join(_file(file) for file in item.files if _reference(file) in text)


def unreferred_files(item: Item) -> str:
    texts = "\n".join(texts_of(item))
    return "".join(_file(file) for file in item.files if _reference(file) not in texts)


def _reference(file: ItemFile) -> str:
    return f"@@PLUGINFILE@@/{quote(file.name)}"


def _file(file: ItemFile) -> str:
    folder, _, name = file.name.rpartition("/")
    path = escape(f"/{folder}/" if folder else "/")
    data = base64.b64encode(file.data).decode()
    return f'\n<file name="{escape(name)}" path="{path}" encoding="base64">{data}</file>'


def format_of(text_format: TextFormat) -> str:
    return f'format="{_FORMATS[text_format]}"'


def text_element(text: str) -> str:
    if not re.search(r"[<>&\"\r]", text):
        return f"<text>{text}</text>"
    return "<text><![CDATA[" + text.replace("\r", "").replace("]]>", "]]]]><![CDATA[>") + "]]></text>"


def truth(value: bool) -> str:
    return "true" if value else "false"


def number_text(value: float) -> str:
    return f"{value:.12g}"
