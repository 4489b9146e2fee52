import pytest

from quiz.workflows.open_attempt import NoSuchAttempt, attempt_of, place_of
from tests.taken_quizzes import started


def test_an_attempt_opens_for_the_one_who_takes_it(db):
    attempt = started(db)

    assert attempt_of(db, "amal", attempt.id).quiz_title == "Bridges"


def test_for_others_it_is_as_if_it_did_not_exist(db):
    attempt = started(db)

    for person_id, attempt_id in (("dina", attempt.id), ("amal", "no-such-attempt")):
        with pytest.raises(NoSuchAttempt):
            attempt_of(db, person_id, attempt_id)


def test_a_place_knows_its_question_and_its_neighbours(db):
    place = place_of(db, started(db), 2)

    assert (place.slot.position, place.is_last, len(place.slots), place.question.question_id) == (
        2,
        True,
        2,
        "painted",
    )


@pytest.mark.parametrize("position", [0, 3, 2**40])
def test_there_are_no_other_places(db, position):
    attempt = started(db)

    with pytest.raises(NoSuchAttempt):
        place_of(db, attempt, position)
