from __future__ import annotations

from quiz.storage.quizzes import select_open_public_quizzes, select_slots
from quiz.workflows.open_sample_quizzes import open_sample_quizzes
from tests.conftest import NOW
from tests.small_content import add_bank, add_question


def test_each_shipped_bank_gets_an_open_sample_that_draws_from_it(db):
    add_bank(db)
    add_question(db, "opened")

    titles = open_sample_quizzes(db, bank_ids={"towns"}, now=NOW)

    [quiz] = select_open_public_quizzes(db)
    assert titles == [quiz.title]
    assert [slot.draw.bank_id for slot in select_slots(db, quiz)] == ["towns"]


def test_opening_them_again_changes_nothing(db):
    add_bank(db)
    add_question(db, "opened")
    open_sample_quizzes(db, bank_ids={"towns"}, now=NOW)

    assert open_sample_quizzes(db, bank_ids={"towns"}, now=NOW) == []


def test_a_bank_that_does_not_ship_is_never_published(db):
    add_bank(db)
    add_question(db, "opened")

    assert open_sample_quizzes(db, bank_ids=set(), now=NOW) == []
    assert select_open_public_quizzes(db) == []
