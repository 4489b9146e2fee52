from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.storage import classes, quizzes
from quiz.workflows.find_code import UnknownCode, find_code
from quiz.workflows.limit_rate import TooManyTries

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def db(sqlite_db):
    classes.insert_class(sqlite_db, id="c", title="History", join_code="ABCDEFGH", created_by=None, now=NOON)
    quizzes.insert_quiz(
        sqlite_db, QuizRules("Quiz"), id="q", class_id="c", join_code="JKMNPQRS", created_by=None, now=NOON
    )
    return sqlite_db


def find(db, typed, *, visitor="v", now=NOON):
    return find_code(db, typed, visitor=visitor, now=now)


def open_the_quiz(db, state="open"):
    quizzes.update_quiz_state(db, quizzes.select_quiz_or_none(db, "q"), state, NOON)


@pytest.mark.parametrize("typed", ["ABCDEFGH", "abcd-efgh", " ABCD EFGH ", "ａｂｃｄ‑efgh"])
def test_case_spaces_and_dashes_do_not_matter(db, typed):
    assert find(db, typed).title == "History"


def test_a_code_opens_a_quiz_while_the_quiz_is_open(db):
    open_the_quiz(db)
    assert find(db, "JKMN-PQRS").title == "Quiz"


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_quiz_that_is_not_open_is_told_like_a_code_that_never_was(db, state):
    open_the_quiz(db)
    quizzes.update_quiz_state(db, quizzes.select_quiz_or_none(db, "q"), state, NOON)
    with pytest.raises(UnknownCode) as not_open:
        find(db, "JKMNPQRS")
    with pytest.raises(UnknownCode) as never:
        find(db, "ZZZZZZZZ")

    assert not_open.value.sentence == never.value.sentence


def test_the_code_is_told_as_people_read_it(db):
    with pytest.raises(UnknownCode, match="for ZZZZ-ZZZZ. Check the code"):
        find(db, "zzzzzzzz")


def test_guessing_is_slowed_down_by_browser(db):
    for n in range(10):
        with pytest.raises(UnknownCode):
            find(db, f"ZZZ{n % 8 + 2}ZZZZ")

    with pytest.raises(TooManyTries):
        find(db, "ABCDEFGH")
    assert find(db, "ABCDEFGH", visitor="another").title == "History"
    assert find(db, "ABCDEFGH", now=NOON + timedelta(seconds=6)).title == "History"


def test_guessing_is_slowed_down_by_the_codes_first_letters(db):
    for n in range(300):
        with pytest.raises(UnknownCode):
            find(db, "ABCDZZZZ", visitor=f"v{n}")

    with pytest.raises(TooManyTries):
        find(db, "ABCDEFGH", visitor="another")


def test_a_thousand_may_join_at_once(db):
    assert {find(db, "ABCDEFGH").title for _ in range(100)} == {"History"}
