"""Files of every format, broken at random: nothing crashes a reader, and what was read can be written and read again.

QUIZ_FUZZ_ROUNDS=20000 is the full form; CI does a few hundred rounds.
"""

from __future__ import annotations

import json
import os
import random

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.core.item_json import item_from_plain, item_to_plain
from quiz.formats import FORMATS
from tests.exchanged_items import ONE_OF_EACH

ROUNDS = int(os.environ.get("QUIZ_FUZZ_ROUNDS", "300"))
A_WRITER = [
    exchange_format for exchange_format in FORMATS.values() if exchange_format.write(ONE_OF_EACH).data
]
PIECES = (
    b"{", b"}", b"=", b"~", b"#", b"%50%", b"%", b"->", b"\\", b"\n\n", b"\n", b"::", b"####", b"[html]", b"{#", b"..",
    b":", b"<text>", b"</text>", b"&amp;", b'"', b";", b",", b"\x00", b"\xff", b"*", b"[[1]]", b"ANSWER: B", b"a) ",
    b"GROUP", b"1. ", b"_____", b"{1:SA:=", b"1e999", b"-", b"\xd8\xa7", b"COMMENT", b"\x1f", b"]]>",
    b'<answer fraction="1e9">', b"nan", b"inf", b"9" * 30, b"[[question]]", b"'''", b"<simpleChoice/>",
)  # fmt: skip


def broken(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few pieces put in, taken out, changed, repeated, or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(5):
            case 0:
                out[at:at] = chance.choice(PIECES)
            case 1:
                del out[at : at + chance.randint(1, 30)]
            case 2 if at < len(out):
                out[at] = chance.randrange(256)
            case 3:
                out[at:at] = out[at : at + chance.randint(1, 60)] * chance.randint(1, 3)
            case _:
                out = out[:at] if chance.random() < 0.2 else out
    return bytes(out)


@pytest.mark.parametrize("exchange_format", A_WRITER, ids=lambda f: f.name)
def test_a_broken_file_is_refused_or_read_and_what_was_read_is_whole(exchange_format):
    chance = random.Random(20261123)
    whole = exchange_format.write(ONE_OF_EACH).data
    for _ in range(max(1, ROUNDS // len(A_WRITER))):
        data = broken(whole, chance)
        try:
            reading = exchange_format.read(data)
        except NotThisFormat:
            continue
        for item in reading.items:
            assert item_from_plain(json.loads(json.dumps(item_to_plain(item)))) == item
        writing = exchange_format.write(reading.items)
        lost = sum(remark.severity == "error" for remark in writing.remarks)
        if len(reading.items) > lost:
            assert len(exchange_format.read(writing.data).items) == len(reading.items) - lost, data
