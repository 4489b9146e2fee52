from __future__ import annotations

from quiz.core.import_parts import parts_in, parts_of
from quiz.core.interchange import Reading, Remark
from quiz.core.items import Inform, Item
from quiz.formats import FORMATS


def test_each_remark_finds_its_question_by_line_or_by_name():
    items = [Item("One?", Inform(), line=1), Item("Two?", Inform(), line=5)]
    remarks = [Remark("a", line=5), Remark("b", where="One?"), Remark("c", "error", 3), Remark("d", line=9)]

    parts = list(parts_of(Reading(items, remarks)))

    assert [(part.line, [remark.text for remark in part.remarks]) for part in parts] == [
        (1, ["b"]), (3, ["c"]), (5, ["a"]), (9, ["d"]),
    ]  # fmt: skip


def test_a_name_that_two_questions_have_finds_none():
    items = [Item("Same?", Inform()), Item("Same?", Inform())]

    assert [len(part.remarks) for part in parts_of(Reading(items, [Remark("a", where="Same?")]))] == [0, 0, 1]


def test_files_of_a_package_are_named_as_their_questions():
    parts = list(
        parts_of(Reading([Item("?", Inform(), id="q1")], [Remark("a", where="items/q1.xml", line=2)]))
    )

    assert len(parts) == 1


def test_gift_gives_the_same_part_by_part_as_at_once():
    gift = FORMATS["gift"]
    data = b"One? {=a ~b}\n\n::T::Two? {#x}\n\n$CATEGORY: here\nThree? {T}\n\nFour? {~%33%a ~%67%b}\n"

    reading = gift.read(data)
    parts = list(parts_in(gift, data))

    assert [part.item for part in parts if part.item] == reading.items
    assert sorted(str(r) for part in parts for r in part.remarks) == sorted(map(str, reading.remarks))
    assert [part.line for part in parts if part.item] == [1, 5, 8]
