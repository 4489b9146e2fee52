"""Bytes to text: what encodings are read, what is refused, and how long a text may be."""

from __future__ import annotations

import codecs

from quiz.core.interchange import NotThisFormat

LARGEST_TEXT_FILE = 64 * 1024 * 1024
"""Bytes of one text file."""

LONGEST_TEXT = 1_000_000
"""Characters of one question, or of one cell of a table."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_text(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 or UTF-32 with its mark; line ends become "\\n".

    Raises NotThisFormat with the line where another encoding shows, and for a file that is no text at all.
    """
    if len(data) > LARGEST_TEXT_FILE:
        raise NotThisFormat(f"the file has {len(data):,} bytes; at most {LARGEST_TEXT_FILE:,} are read")
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotThisFormat(
            f"not {encoding.upper()} at line {line} (byte {data[len(mark) + error.start]:#04x}); "
            f"save the file as UTF-8"
        ) from None
    if "\0" in text:
        raise NotThisFormat("not a text file: it holds zero bytes")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def beginning(data: bytes, *, characters: int = 4000) -> str:
    """Return the first characters as well as they can be read, for a look at what the file may be."""
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    text = data[len(mark) : len(mark) + 4 * characters].decode(encoding, "ignore")
    return text[:characters].replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str, *, at_most: int = 60) -> str:
    """Return the beginning of the text in one line, for naming a question in a remark."""
    line = " ".join(text[: 4 * at_most].split())
    return line if len(line) <= at_most else line[: at_most - 1].rstrip() + "…"
