import pytest

from quiz.storage.people import Person
from quiz.workflows.enter_quiz import (
    AccountNeeded,
    JoinFirst,
    NoSuchQuiz,
    may_try_again,
    outlook_of,
    quiz_for,
)
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import add_class, add_quiz, started, the_quiz

AMAL = Person("amal", "learner", "Amal", None)
DINA = Person("dina", "learner", "Dina", None)
GUEST = Person("guest", "guest", "Somebody", None)


@pytest.fixture
def make(db):
    def made(*, is_public=False, **settings):
        add_bank(db)
        add_question(db, "opened")
        return add_quiz(db, add_class(db, is_public=is_public), ["opened"], **settings)

    return made


def test_members_may_take_a_quiz_of_their_class(db, make):
    assert quiz_for(db, AMAL, make().id).title == "Bridges"


@pytest.mark.parametrize("person", [DINA, GUEST, None])
def test_to_others_a_quiz_of_a_class_does_not_exist(db, make, person):
    quiz = make()

    with pytest.raises(NoSuchQuiz):
        quiz_for(db, person, quiz.id)


def test_a_quiz_of_a_public_class_is_for_everybody(db, make):
    assert quiz_for(db, DINA, make(is_public=True).id)


def test_a_quiz_that_takes_guests_is_for_whoever_has_its_address(db, make):
    quiz = make(guests_allowed=True)

    assert quiz_for(db, GUEST, quiz.id) == quiz_for(db, DINA, quiz.id)


def test_a_visitor_is_led_to_the_door(db, make):
    quiz = make(guests_allowed=True)

    with pytest.raises(JoinFirst) as led:
        quiz_for(db, None, quiz.id)

    assert led.value.join_code == quiz.join_code


def test_a_guest_needs_an_account_where_guests_are_not_taken(db, make):
    quiz = make(is_public=True)

    with pytest.raises(AccountNeeded):
        quiz_for(db, GUEST, quiz.id)


def test_a_draft_is_for_its_class_alone(db, make):
    quiz = make(guests_allowed=True, state="draft")

    assert quiz_for(db, AMAL, quiz.id)
    with pytest.raises(NoSuchQuiz):
        quiz_for(db, DINA, quiz.id)


def test_an_outlook_tells_what_a_start_would_come_to(db, make):
    outlook = outlook_of(db, make(attempts_allowed=2), "amal", now=NOW)

    assert (outlook.questions, outlook.points, outlook.attempts_left, outlook.refusal) == (1, 1.0, 2, None)


def test_an_outlook_knows_what_is_in_progress_and_what_is_done(db, make):
    quiz = make()
    first = submit_attempt(db, start_attempt(db, quiz, person_id="amal", now=NOW), now=NOW)
    second = start_attempt(db, quiz, person_id="amal", now=NOW)

    outlook = outlook_of(db, quiz, "amal", now=NOW)

    assert (outlook.in_progress.id, [a.id for a in outlook.earlier]) == (second.id, [first.id])


def test_looking_at_a_quiz_starts_nothing(db, make):
    outlook_of(db, make(), "amal", now=NOW)

    assert outlook_of(db, the_quiz(db, "bridges"), "amal", now=NOW).in_progress is None


@pytest.mark.parametrize(("allowed", "may"), [(None, True), (2, True), (1, False)])
def test_trying_again_is_offered_as_long_as_it_is_allowed(db, allowed, may):
    attempt = submit_attempt(db, started(db, attempts_allowed=allowed), now=NOW)

    assert may_try_again(db, attempt, now=NOW) is may
