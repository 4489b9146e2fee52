import pytest

from quiz.storage import quizzes
from quiz.storage.database import Conflict
from quiz.storage.quizzes import Draw, Slot
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import add_class, add_quiz, started, the_quiz


@pytest.fixture
def draft(db):
    add_bank(db)
    add_question(db, "opened")
    return add_quiz(db, add_class(db), ["opened"], state="draft", attempts_allowed=2, description="All of them.")


def test_a_quiz_comes_back_as_it_was_put(db, draft):
    assert (draft.title, draft.description, draft.class_title) == ("Bridges", "All of them.", "Year 11")
    assert (draft.state, draft.policy, draft.attempts_allowed) == ("draft", "unscored", 2)
    assert quizzes.select_quiz_by_code_or_none(db, draft.join_code) == draft


def test_a_join_code_opens_one_quiz(db, draft):
    with pytest.raises(Conflict):
        quizzes.insert_quiz(
            db, id="other", class_id=draft.class_id, title="Other", join_code=draft.join_code, created_by=None, now=NOW
        )


def test_opening_again_changes_nothing(db, draft):
    first, again = (quizzes.update_quiz_state(db, draft, "open", NOW) for _ in range(2))

    assert (first, again) == (True, False)
    assert the_quiz(db, draft.id).opened_at == NOW


def test_only_open_quizzes_of_ones_own_classes_are_listed(db, draft):
    before = quizzes.select_open_quizzes_for_person(db, "amal")
    quizzes.update_quiz_state(db, draft, "open", NOW)

    assert before == []
    assert [quiz.id for quiz in quizzes.select_open_quizzes_for_person(db, "amal")] == [draft.id]
    assert quizzes.select_open_quizzes_for_person(db, "dina") == []
    assert quizzes.select_open_public_quizzes(db) == []


def test_slots_come_in_their_order(db, draft):
    quizzes.insert_slot(db, draft, Slot("draw", 2, 0.5, None, Draw("towns", "dates", 3)))
    chosen, drawn = quizzes.select_slots(db, draft)

    quizzes.update_slots(db, draft, [Slot(chosen.id, 2, 4.0, "opened", None), Slot(drawn.id, 1, 0.5, None, drawn.draw)])

    assert [(slot.id, slot.points) for slot in quizzes.select_slots(db, draft)] == [("draw", 0.5), ("slot-1", 4.0)]
    assert drawn.draw == Draw("towns", "dates", 3)


def test_a_slot_holds_a_question_that_exists(db, draft):
    with pytest.raises(Conflict):
        quizzes.insert_slot(db, draft, Slot("slot-2", 2, 1.0, "no-such-question", None))


def test_a_draft_can_be_deleted_with_its_slots(db, draft):
    quizzes.delete_draft_quiz(db, draft)

    assert quizzes.select_quiz_or_none(db, draft.id) is None


def test_a_quiz_that_somebody_took_stays(db):
    attempt = started(db)

    with pytest.raises(Conflict):
        quizzes.delete_draft_quiz(db, the_quiz(db, attempt.quiz_id))

    assert len(quizzes.select_slots(db, the_quiz(db, attempt.quiz_id))) == 2
