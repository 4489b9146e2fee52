from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from quiz.core.replaying import replay
from quiz.storage import attempts
from quiz.storage.late_answers import select_late_answers
from quiz.workflows.check_response import CertaintyMissing, NoCheckHere, NothingToCheck
from quiz.workflows.decide_late_answer import decide_late_answer
from quiz.workflows.save_response import AnswerLate, AttemptClosed, ChangedElsewhere, PlaceFinished
from quiz.workflows.submit_attempt import submit_attempt
from tests.checked import THIRD, check, checking, kinds, place, save
from tests.conftest import NOW
from tests.taken_quizzes import started

MANY = 50


def test_a_wrong_try_leaves_tries_and_tells_how_right_it_was(db):
    attempt = checking(db)

    checked = check(db, attempt, "wood")

    assert (checked.tried.correctness, checked.is_finished, checked.is_try) == (0.0, False, True)
    assert (place(db, attempt).tries, place(db, attempt).fraction) == (1, 0.0)


def test_the_second_try_earns_less_the_penalty_and_ends_it(db):
    attempt = checking(db)
    check(db, attempt, "wood")

    assert check(db, attempt, "steel").is_finished
    assert place(db, attempt).fraction == pytest.approx(1 - THIRD)
    assert (place(db, attempt).correctness, place(db, attempt).finished_at) == (1.0, NOW)


def test_only_what_a_try_improves_is_credited(db):
    attempt = checking(db)
    check(db, attempt, "iron")
    check(db, attempt, "wood")

    assert place(db, attempt).fraction == 0.5


def test_the_last_try_ends_it_right_or_wrong(db):
    attempt = checking(db, tries=2)
    check(db, attempt, "wood")
    check(db, attempt, "stone")

    assert place(db, attempt).finished_at == NOW


def test_the_answer_is_saved_before_it_is_checked(db):
    attempt = checking(db)
    check(db, attempt, "wood")

    assert (place(db, attempt).response, place(db, attempt).revision) == ("wood", 1)
    assert kinds(db, attempt) == ["save", "check"]


def test_what_was_saved_already_is_not_saved_again(db):
    attempt = checking(db)
    save(db, attempt, "wood", operation="the-operation")
    check(db, attempt, "wood", operation="the-operation", based_on=1)

    assert kinds(db, attempt) == ["save", "check"]


def test_a_repeated_check_is_done_once(db):
    attempt = checking(db)
    check(db, attempt, "wood")

    again = check(db, attempt, "wood")

    assert (again.is_try, again.tried.correctness, place(db, attempt).tries) == (False, 0.0, 1)


def test_the_same_answer_once_more_is_no_try(db):
    attempt = checking(db)
    check(db, attempt, "wood")
    check(db, attempt, "stone")

    assert not check(db, attempt, "wood", operation="another-operation").is_try
    assert (place(db, attempt).tries, place(db, attempt).response) == (2, "wood")


def test_what_is_sent_once_more_does_not_undo_what_was_answered_since(db):
    attempt = checking(db, tries=4)
    check(db, attempt, "wood")
    check(db, attempt, "stone")
    check(db, attempt, "wood", operation="no-try")
    check(db, attempt, "iron", operation="since")

    assert not check(db, attempt, "wood", operation="no-try").is_try
    assert place(db, attempt).response == "iron"


@pytest.mark.parametrize("is_one_operation", [True, False], ids=["one operation", "operations of their own"])
def test_many_at_once_are_one_try(db, is_one_operation):
    attempt = checking(db)

    def press(n):
        return check(db, attempt, "wood", operation="operation" if is_one_operation else f"operation-{n}")

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(press, range(MANY)))

    assert sum(checked.is_try for checked in outcomes) == 1
    assert (place(db, attempt).tries, kinds(db, attempt).count("check")) == (1, 1)


def test_an_old_page_with_a_used_operation_makes_a_new_try(db):
    attempt = checking(db)
    check(db, attempt, "wood", operation="operation")

    assert check(db, attempt, "stone", operation="operation", based_on=1).is_try
    assert place(db, attempt).tries == 2


def test_an_old_page_does_not_check_over_a_newer_answer(db):
    attempt = checking(db)
    save(db, attempt, "stone")

    with pytest.raises(ChangedElsewhere):
        check(db, attempt, "wood", based_on=0)

    assert place(db, attempt).tries == 0


def test_a_blank_answer_costs_nothing(db):
    attempt = checking(db)

    with pytest.raises(NothingToCheck):
        check(db, attempt, None)

    assert kinds(db, attempt) == []


def test_after_finishing_another_answer_is_refused_and_the_checked_one_stays(db):
    attempt = checking(db)
    check(db, attempt, "steel")

    for refused in (save, check):
        with pytest.raises(PlaceFinished):
            refused(db, attempt, "wood", operation=f"after-{refused.__name__}")

    assert place(db, attempt).response == "steel"


def test_after_finishing_the_same_answer_is_acknowledged(db):
    attempt = checking(db)
    check(db, attempt, "steel")

    assert save(db, attempt, "steel", operation="the-script-was-slow").is_repeat
    assert not check(db, attempt, "steel", operation="pressed-twice").is_try


def test_an_immediate_question_ends_with_its_check(db):
    attempt = checking(db, "immediate")
    check(db, attempt, "iron")

    assert (place(db, attempt).fraction, place(db, attempt).finished_at) == (0.5, NOW)


def test_where_answers_are_marked_together_there_is_no_check(db):
    with pytest.raises(NoCheckHere):
        check(db, started(db), True)


def test_certainty_is_needed_to_check_and_makes_the_mark(db):
    attempt = checking(db, "cbm_immediate")

    with pytest.raises(CertaintyMissing):
        check(db, attempt, "wood")
    check(db, attempt, "wood", certainty=3)

    assert (place(db, attempt).fraction, place(db, attempt).certainty) == (-2.0, 3)


def test_certainty_that_was_never_said_is_the_least(db):
    attempt = checking(db, "cbm", questions=3)
    save(db, attempt, "steel")
    save(db, attempt, "wood", position=2)
    save(db, attempt, "steel", position=3, certainty=3)

    submitted = submit_attempt(db, attempt, now=NOW)

    assert [place(db, attempt, n).fraction for n in (1, 2, 3)] == [pytest.approx(1 / 3), 0.0, 1.0]
    assert submitted.earned == pytest.approx(4 / 3)


def test_a_score_may_be_less_than_nothing(db):
    attempt = checking(db, "cbm")
    save(db, attempt, "wood", certainty=3)

    assert submit_attempt(db, attempt, now=NOW).earned == -2.0


def test_another_certainty_from_an_older_page_is_a_conflict(db):
    attempt = checking(db, "cbm")
    save(db, attempt, "wood", certainty=3)

    with pytest.raises(ChangedElsewhere):
        save(db, attempt, "wood", certainty=1, based_on=0)


def test_what_was_saved_and_not_checked_is_a_try_at_the_end(db):
    attempt = checking(db)
    check(db, attempt, "wood")
    save(db, attempt, "steel")

    submitted = submit_attempt(db, attempt, now=NOW)

    assert submitted.earned == pytest.approx(1 - THIRD)
    assert (place(db, attempt).tries, kinds(db, attempt)[-2:]) == (2, ["check", "submit"])


def test_what_was_tried_before_is_no_further_try_at_the_end(db):
    attempt = checking(db)
    check(db, attempt, "iron")
    check(db, attempt, "wood")
    save(db, attempt, "iron", operation="back-again")

    assert submit_attempt(db, attempt, now=NOW).earned == 0.5
    assert place(db, attempt).tries == 2


def test_clearing_the_answer_does_not_lose_what_was_earned(db):
    attempt = checking(db)
    check(db, attempt, "iron")
    save(db, attempt, None)

    assert submit_attempt(db, attempt, now=NOW).earned == 0.5


def test_when_time_runs_out_what_was_saved_is_marked(db):
    attempt = checking(db, time_limit_s=60)
    save(db, attempt, "steel")

    with pytest.raises(AnswerLate):
        check(db, attempt, "wood", now=NOW + timedelta(minutes=5))

    assert place(db, attempt).fraction == 1.0
    assert [late.response for late in select_late_answers(db, attempt.class_id, attempt.id)] == ["wood"]


def test_nothing_is_checked_after_submission(db):
    attempt = checking(db)
    submit_attempt(db, attempt, now=NOW)

    with pytest.raises(AttemptClosed):
        check(db, attempt, "steel")


def test_a_late_answer_that_is_accepted_is_the_try_instead_of_what_was_saved(db):
    attempt = checking(db, time_limit_s=60, questions=1)
    check(db, attempt, "wood")
    save(db, attempt, "stone")
    with pytest.raises(AnswerLate):
        save(db, attempt, "steel", operation="came-late", now=NOW + timedelta(minutes=5))
    ended = attempts.select_attempt_or_none(db, attempt.id)

    decide_late_answer(db, ended, "came-late", "accepted", by="amal", now=NOW + timedelta(hours=1))

    assert (place(db, attempt).tries, place(db, attempt).fraction) == (2, pytest.approx(1 - THIRD))
    assert replayed(db, attempt).tries[-1].response == "steel"


def test_a_late_answer_earns_by_its_own_certainty(db):
    attempt = checking(db, "cbm", time_limit_s=60, questions=1)
    save(db, attempt, "wood", certainty=1)
    with pytest.raises(AnswerLate):
        save(db, attempt, "steel", certainty=2, operation="came-late", now=NOW + timedelta(minutes=5))
    ended = attempts.select_attempt_or_none(db, attempt.id)

    decide_late_answer(db, ended, "came-late", "accepted", by="amal", now=NOW + timedelta(hours=1))

    assert place(db, attempt).fraction == pytest.approx(2 / 3)


def replayed(db, attempt, position=1):
    return replay(attempt.marking, attempts.select_steps_of_place(db, attempt, position))
