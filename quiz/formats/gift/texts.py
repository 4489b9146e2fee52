"""GIFT's texts: the seven escapes, the format in square brackets, and how both are written.

While a question is cut into its parts, an escaped sign is kept as a character that no text can hold, so
that it parts nothing.
"""

from __future__ import annotations

import re
from typing import cast

from quiz.core.items import TextFormat

_SIGNS = ":#={}~"
_KEPT = {sign: chr(0xFDD0 + n) for n, sign in enumerate(_SIGNS)} | {"n": chr(0xFDD0 + len(_SIGNS))}
_SIGN_OF = str.maketrans({kept: "\n" if sign == "n" else sign for sign, kept in _KEPT.items()})
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_STRANGERS = re.compile("[\ufdd0-\ufdef]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": None} | {sign: f"\\{sign}" for sign in _SIGNS})

_FORMATS = ("moodle", "html", "plain", "markdown")
_FORMAT = re.compile(rf"\[({'|'.join(_FORMATS)})\]")


def keep_escapes(text: str) -> str:
    """Return the text with every escaped sign out of the way of those that part it."""
    if not text.isascii():
        text = _STRANGERS.sub("\ufffd", text)
    return (
        text
        if "\\" not in text
        else _ESCAPE.sub(lambda escape: "\\" if escape[1] == "\\" else _KEPT[escape[1]], text)
    )


def shown(text: str) -> str:
    """Return a part as it is meant, its escaped signs back and no blanks around it."""
    # Most texts have no escapes, and looking through them letter by letter is what takes the time.
    return (text if text.isascii() else text.translate(_SIGN_OF)).strip()


def text_and_format(text: str, default: TextFormat) -> tuple[str, TextFormat]:
    """Return the text without the format before it, and that format, or the default."""
    text = text.strip()
    tag = _FORMAT.match(text)
    if tag is None:
        return shown(text), default
    return shown(text[tag.end() :]), cast(TextFormat, tag[1])


def escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def written(text: str, text_format: TextFormat, default: TextFormat) -> str:
    """Return the text escaped, with its format before it where it is not the default, or could be misread."""
    tagged = text and (text_format != default or text.startswith("["))
    return (f"[{text_format}]" if tagged else "") + escaped(text)
