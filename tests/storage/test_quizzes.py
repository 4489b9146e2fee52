from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.storage import classes, quizzes
from quiz.storage.database import Conflict, Database
from quiz.storage.quizzes import Draw, Slot
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take, the_quiz


@pytest.fixture(autouse=True)
def his_class(db: Database) -> None:
    add_people(db)
    add_class(db)
    add_questions(db, "holds-1", "holds-2")


def test_slots_come_in_their_order_with_what_they_hold(db: Database):
    quiz = add_quiz(db, "holds-1", Draw("towns", "bridges", 2))
    first, second = quizzes.select_slots(db, quiz)

    assert (first.question_id, first.draw, first.points) == ("holds-1", None, 1.0)
    assert (second.question_id, second.draw) == (None, Draw("towns", "bridges", 2))

    quizzes.update_slots(db, quiz, [replace(first, position=2, points=3.0), replace(second, position=1)])

    assert [(slot.id, slot.points) for slot in quizzes.select_slots(db, quiz)] == [
        ("slot-2", 1.0),
        ("slot-1", 3.0),
    ]


def test_a_slot_of_a_question_that_does_not_exist_is_refused(db: Database):
    quiz = add_quiz(db)

    with pytest.raises(Conflict):
        quizzes.insert_slot(db, quiz, Slot("slot", 1, 1.0, "no-such", None))


def test_a_state_is_set_once_and_the_first_opening_is_remembered(db: Database):
    quiz = add_quiz(db, is_open=False)

    assert quizzes.update_quiz_state(db, quiz, "open", NOW)
    assert not quizzes.update_quiz_state(db, quiz, "open", NOW)
    assert the_quiz(db).opened_at == NOW


def test_a_draft_is_deleted_with_its_slots_and_an_open_quiz_is_not(db: Database):
    draft, open_quiz = add_quiz(db, "holds-1", quiz_id="draft", is_open=False), add_quiz(db, "holds-1")

    quizzes.delete_draft_quiz(db, draft)

    assert quizzes.select_quiz_or_none(db, "draft") is None
    assert quizzes.select_slots(db, draft) == []
    assert the_quiz(db) == open_quiz


def test_an_instructor_lists_the_quizzes_of_their_classes_then_those_of_public_ones(db: Database):
    classes.insert_class(
        db, id="samples", title="Samples", join_code="SAMPLESS", created_by=None, now=NOW, is_public=True
    )
    add_quiz(db, owner="samples", quiz_id="sample")
    add_quiz(db)

    assert [quiz.id for quiz in quizzes.select_quizzes_for_instructor(db, "bilal")] == ["quiz", "sample"]
    assert [quiz.id for quiz in quizzes.select_quizzes_for_instructor(db, "celeste")] == ["sample"]
    assert {quiz.id for quiz in quizzes.select_all_quizzes(db)} == {"quiz", "sample"}


def test_a_quiz_with_attempts_is_never_deleted(db: Database):
    quiz = add_quiz(db, "holds-1")
    take(db, quiz, "amal")
    quizzes.update_quiz_state(db, quiz, "draft", NOW)

    with pytest.raises(Conflict):
        quizzes.delete_draft_quiz(db, quiz)

    assert quizzes.select_slots(db, quiz)
