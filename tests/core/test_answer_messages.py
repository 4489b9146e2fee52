import pytest

from quiz.core.answer_messages import (
    AnswerMessage,
    FlagMessage,
    MalformedMessage,
    is_operation_id,
    read_message,
)

ANSWER = {
    "operation": "0123456789abcdef",
    "position": 3,
    "revision": 0,
    "fields": {"answer": ["red", "blue"]},
}


def test_an_answer_is_read():
    assert read_message(ANSWER) == AnswerMessage("0123456789abcdef", 3, 0, {"answer": ["red", "blue"]})


def test_a_flag_is_read():
    flag = {"operation": "0123456789abcdef", "position": 3, "flagged": False}

    assert read_message(flag) == FlagMessage("0123456789abcdef", 3, False)


@pytest.mark.parametrize(
    "change",
    [
        {"operation": 7}, {"operation": "short"}, {"operation": "with spaces in it"}, {"operation": "x" * 65},
        {"position": "3"}, {"position": True}, {"position": 0}, {"position": 3.0}, {"position": None},
        {"position": 2**31},
        {"revision": -1}, {"revision": "0"}, {"revision": False}, {"revision": None},
        {"fields": None}, {"fields": ["answer"]}, {"fields": {"answer": "red"}}, {"fields": {"answer": [1]}},
        {"fields": {"answer": [None]}},
        {"fields": {"answer": ["x" * 100_001]}}, {"fields": {"answer": ["\ud800"]}},
        {"fields": {f"answer-{n}": [] for n in range(501)}}, {"fields": {"answer": [""] * 501}},
        {"more": 1}, {"flagged": True},
    ],
    ids=lambda change: str(change)[:40],
)  # fmt: skip
def test_anything_else_is_refused(change):
    with pytest.raises(MalformedMessage):
        read_message(ANSWER | change)


@pytest.mark.parametrize(
    "plain", [None, [], "answer", 3, {}, {"operation": "0123456789abcdef", "position": 1, "flagged": 1}]
)
def test_what_is_no_message_at_all_is_refused(plain):
    with pytest.raises(MalformedMessage):
        read_message(plain)


def test_an_operation_id_is_letters_digits_and_dashes():
    assert is_operation_id("01m834k39yaq0h3dx0186dwtve-flag")
    assert not is_operation_id("drop table;")
