from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.storage import attempts, quizzes
from quiz.storage.quizzes import Draw, Slot
from quiz.workflows.ask_another import MOST_EXTRAS, NoneLike, ask_another, may_ask_another
from quiz.workflows.check_response import check_response
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from quiz.workflows.tell_visibility import shown_of
from tests.checked import add_made_of, check, checking, place
from tests.conftest import NOW
from tests.small_content import add_bank
from tests.taken_quizzes import add_class, add_quiz


def another(db, attempt, position=1, operation="operation-1"):
    return ask_another(db, attempt, position, operation_id=operation, now=NOW)


def test_it_is_one_more_place_at_the_end_that_never_counts(db):
    attempt = checking(db, "immediate", questions=1)
    add_made_of(db, "another")
    check(db, attempt, "wood")

    extra = place(db, attempt, another(db, attempt))

    assert (extra.position, extra.question_id, extra.extra_of, extra.is_counted) == (2, "another", 1, False)
    check(db, attempt, "steel", position=2)
    submitted = submit_attempt(db, attempt, now=NOW)
    assert (submitted.earned, submitted.possible) == (0.0, 1.0)


def test_pressing_many_times_at_once_adds_one(db):
    attempt = checking(db, "immediate", questions=1)
    for n in range(5):
        add_made_of(db, f"another-{n}")

    with ThreadPoolExecutor(8) as pool:
        added = set(pool.map(lambda _: another(db, attempt), range(16)))

    assert added == {2}
    assert len(attempts.select_attempt_slots(db, attempt)) == 2


def test_a_question_like_it_shares_a_tag_in_its_bank(db):
    attempt = checking(db, "immediate", questions=1)
    add_made_of(db, "of-something-else", tags=("rivers",))

    with pytest.raises(NoneLike):
        another(db, attempt)


def test_a_drawn_question_comes_from_the_pools_of_its_draw(db):
    add_bank(db)
    for n in range(3):
        add_made_of(db, f"drawn-{n}", tags=("bridges",))
    add_made_of(db, "outside", tags=("rivers",))
    quiz = add_quiz(db, add_class(db), [], behaviour="immediate")
    quizzes.insert_slot(db, quiz, Slot("slot-1", 1, 1.0, None, Draw("towns", "bridges", 1)))
    attempt = start_attempt(db, quiz, person_id="amal", now=NOW)

    got = {place(db, attempt, another(db, attempt, operation=f"operation-{n}")).question_id for n in range(2)}

    assert len(got) == 2 and "outside" not in got
    with pytest.raises(NoneLike):
        another(db, attempt, operation="operation-9")


def test_what_was_asked_in_other_attempts_comes_last(db):
    attempt = checking(db, "immediate", questions=1)
    add_made_of(db, "met-before")
    add_made_of(db, "never-met")
    other = add_quiz(db, attempt.class_id, ["met-before"], quiz_id="other")
    start_attempt(db, other, person_id="amal", now=NOW)

    assert place(db, attempt, another(db, attempt)).question_id == "never-met"


def test_there_is_an_end_to_it(db):
    attempt = checking(db, "immediate", questions=1)
    for n in range(MOST_EXTRAS + 1):
        add_made_of(db, f"another-{n}")
    for n in range(MOST_EXTRAS):
        another(db, attempt, operation=f"operation-{n}")

    with pytest.raises(NoneLike, match="Start the quiz again"):
        another(db, attempt, operation="one-too-many")


def test_a_question_of_a_deferred_quiz_is_checked_once_when_it_is_extra(db):
    attempt = checking(db, "deferred", questions=1)
    add_made_of(db, "another")
    submit_attempt(db, attempt, now=NOW)
    position = another(db, attempt)

    checked = check_response(
        db, attempt, position, response="wood", certainty=None, operation_id="check-1", based_on=0, now=NOW
    )

    assert checked.is_finished


def test_it_is_offered_for_what_is_finished_and_not_where_there_is_no_way_back(db):
    attempt = checking(db, "immediate", questions=1)
    shown = shown_of(db, attempt, now=NOW)
    assert not may_ask_another(db, attempt, place(db, attempt), shown)

    check(db, attempt, "wood")

    assert may_ask_another(db, attempt, place(db, attempt), shown)
    passing = add_quiz(
        db,
        attempt.class_id,
        ["made-of-1"],
        quiz_id="sequence",
        behaviour="immediate",
        navigation="sequential",
    )
    assert not may_ask_another(
        db, start_attempt(db, passing, person_id="amal", now=NOW), place(db, attempt), shown
    )
