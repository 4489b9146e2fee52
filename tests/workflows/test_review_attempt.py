from datetime import date

import pytest

from quiz.storage import attempts
from quiz.workflows.review_attempt import NotReleased, answers_so_far, review_attempt
from quiz.workflows.save_response import save_response
from quiz.workflows.submit_attempt import submit_attempt
from quiz.workflows.tell_visibility import EVERYTHING, Shown
from tests.conftest import NOW, TODAY
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import CANARY, DOES_NOT_HOLD, KEPT_FROM_LEARNERS, add_each_type, started


@pytest.fixture
def attempt(db):
    add_bank(db)
    add_question(db, "holds")
    add_question(db, "doubtful", citations=DOES_NOT_HOLD)
    attempt = started(db, ["holds", "doubtful"])
    save_response(db, attempt, 1, response=False, operation_id="operation-1", based_on=0, now=NOW)
    return attempt


def reviewed(db, attempt, *, today=TODAY, shown=EVERYTHING):
    return review_attempt(db, submit_attempt(db, attempt, now=NOW), shown=shown, today=today)


def showing(*aspects):
    return Shown("while_open", frozenset(aspects))


def test_nothing_of_a_key_is_told_before_submission(db, attempt):
    with pytest.raises(NotReleased):
        review_attempt(db, attempt, shown=EVERYTHING, today=TODAY)


def test_a_look_back_holds_answers_in_words_and_no_key(db):
    attempt = started(db, add_each_type(db))
    save_response(db, attempt, 1, response=False, operation_id="operation-1", based_on=0, now=NOW)

    places = answers_so_far(db, attempt)

    assert [place.lines[0].given for place in places if place.lines] == ["False"]
    assert CANARY not in repr(places)


def test_an_answer_stands_beside_the_right_one(db, attempt):
    answered, blank = reviewed(db, attempt).places

    assert (answered.lines[0].given, answered.lines[0].right) == ("False", "True")
    assert (answered.outcome, answered.earned) == ("wrong", 0.0)
    assert (blank.lines[0].given, blank.lines[0].right, blank.outcome) == ("", "True", "blank")


def test_footnotes_are_numbered_through_and_lead_to_claim_and_passage(db, attempt):
    notes = [note for place in reviewed(db, attempt).places for note in place.notes]

    assert [(note.number, note.cited.claim.id, note.passage.key) for note in notes] == [
        (1, "a01-1", "a01"),
        (2, "a02-1", "a02"),
    ]


def test_what_was_not_counted_is_told_apart(db, attempt):
    review = reviewed(db, attempt)

    assert [place.slot.question_id for place in review.uncounted] == ["doubtful"]
    assert (review.score.possible, review.score.uncounted) == (1.0, 1)


def test_a_standing_that_changed_since_is_told_beside_the_one_that_was_shown(db, attempt):
    today, later = reviewed(db, attempt).places[0], reviewed(db, attempt, today=date(2040, 1, 1)).places[0]

    assert not today.is_standing_changed
    assert later.is_standing_changed
    assert (later.slot.standing.is_verified, later.standing_now.is_verified) == (True, False)


def test_a_remark_is_said_once(db):
    attempt = started(db, add_each_type(db))
    save_response(db, attempt, 1, response=False, operation_id="operation-1", based_on=0, now=NOW)

    place = reviewed(db, attempt).places[0]

    assert [*place.remarks, *(line.feedback for line in place.lines)] == [f"{CANARY} no"]


def test_every_type_can_be_reviewed_blank(db):
    attempt = started(db, add_each_type(db))

    review = reviewed(db, attempt)

    asked = [place for place in review.places if place.slot.standing.asks]
    assert all(place.lines and place.outcome == "blank" for place in asked)
    assert attempts.select_attempt_or_none(db, attempt.id).earned == 0


# -- what is hidden is not there -------------------------------------------------------


def test_without_right_and_wrong_there_are_answers_and_no_more(db):
    attempt = started(db, add_each_type(db))
    save_response(db, attempt, 1, response=False, operation_id="operation-1", based_on=0, now=NOW)

    review = reviewed(db, attempt, shown=showing("response"))

    assert review.places[0].lines[0].given == "False"
    assert [(p.outcome, p.earned, p.slot.fraction, p.slot.correctness) for p in review.places] == [
        (None, None, None, None)
    ] * len(review.places)
    assert (review.score, review.attempt.earned, review.attempt.possible) == (None, None, None)
    assert not any(secret in repr(review) for secret in KEPT_FROM_LEARNERS)


def test_right_and_wrong_may_be_told_without_the_points(db, attempt):
    review = reviewed(db, attempt, shown=showing("response", "correctness"))

    place = review.places[0]
    assert (place.outcome, place.earned, place.slot.fraction) == ("wrong", None, None)
    assert (place.lines[0].given, place.lines[0].right) == ("False", None)
    assert (review.score, review.uncounted) == (None, ())


def test_an_explanation_comes_with_the_key_and_not_with_feedback_alone(db, attempt):
    alone = reviewed(db, attempt, shown=showing("correctness", "feedback")).places[0]
    beside_the_key = reviewed(db, attempt, shown=showing("correctness", "feedback", "key")).places[0]

    assert (alone.explanation, beside_the_key.explanation) == ("", "It was opened on 1 May 1901.")


def test_a_badge_stays_and_keeps_its_date_and_its_reasons_to_itself(db, attempt):
    holds, doubtful = (p.slot.standing for p in reviewed(db, attempt, shown=showing("response")).places)

    assert (holds.is_verified, doubtful.is_verified) == (True, False)
    assert (holds.as_of, doubtful.reasons) == ("", ())


def test_an_answer_that_is_hidden_leaves_the_word_for_it(db, attempt):
    answered, blank = reviewed(db, attempt, shown=showing("correctness")).places

    assert (answered.slot.response, answered.lines[0].given, answered.outcome) == (None, None, "wrong")
    assert (blank.lines[0].given, blank.outcome) == (None, "blank")


def test_where_nothing_is_shown_there_are_no_places(db, attempt):
    assert reviewed(db, attempt, shown=showing()).places == ()
