import pytest

from quiz.storage import attempts
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import add_quiz, body
from tests.web.conftest import HIS_CLASS


@pytest.fixture
def attempt(db, clock):
    add_bank(db)
    add_question(db, "year", **body("numeric", answers=[{"value": 1901, "tolerance": 0}]))
    return start_attempt(db, add_quiz(db, HIS_CLASS, ["year"]), person_id="amal", now=clock())


def message(answer="1901", **changes):
    return {
        "operation": "0123456789abcdef",
        "position": 1,
        "revision": 0,
        "fields": {"answer": [answer]},
    } | changes


def save(browser, attempt, content):
    return browser.post(f"/attempt/{attempt.id}/save", json=content)


def stored(db, attempt):
    return attempts.select_attempt_slot_or_none(db, attempt, 1)


def test_an_answer_is_acknowledged_with_its_time_and_revision(amal, db, attempt):
    reply = save(amal, attempt, message())

    assert reply.json == {"saved_at": "2026-11-23T12:00:00.000Z", "revision": 1, "answered": True}
    assert stored(db, attempt).response == "1901"


def test_a_repeated_message_gets_the_same_reply_and_makes_one_step(amal, db, attempt):
    first, again = (save(amal, attempt, message()) for _ in range(2))

    assert first.json == again.json
    assert len(attempts.select_steps(db, attempt)) == 1


def test_the_form_after_an_acknowledged_message_makes_no_second_step(amal, db, attempt):
    save(amal, attempt, message())

    amal.post(
        f"/attempt/{attempt.id}/question/1",
        data={"answer": "1901", "operation": "0123456789abcdef", "revision": "1"},
    )

    assert len(attempts.select_steps(db, attempt)) == 1


def test_a_blank_answer_is_saved_as_not_answered(amal, attempt):
    assert save(amal, attempt, message("")).json["answered"] is False


def test_what_cant_be_read_is_told_in_a_sentence_and_not_stored(amal, db, attempt):
    reply = save(amal, attempt, message("hot"))

    assert reply.status_code == 422
    assert "hot" in reply.json["unreadable"]
    assert stored(db, attempt).revision == 0


def test_an_answer_that_was_changed_elsewhere_is_a_conflict(amal, db, attempt):
    save(amal, attempt, message())

    reply = save(amal, attempt, message("1950", operation="fedcba9876543210"))

    assert (reply.status_code, "changed in another tab" in reply.json["conflict"]) == (409, True)
    assert stored(db, attempt).response == "1901"


def test_after_submission_the_reply_leads_to_the_result(amal, db, attempt, clock):
    submit_attempt(db, attempt, now=clock())

    reply = save(amal, attempt, message())

    assert reply.status_code == 409
    assert reply.json["result"] == f"/attempt/{attempt.id}/result"


def test_a_flag_is_saved(amal, db, attempt):
    reply = save(amal, attempt, {"operation": "0123456789abcdef", "position": 1, "flagged": True})

    assert reply.json == {"flagged": True}
    assert stored(db, attempt).is_flagged


@pytest.mark.parametrize(
    "content", [None, [], "x", {}, message(position="1"), message(fields={"answer": "1901"})]
)
def test_what_is_no_message_is_refused(amal, db, attempt, content):
    assert save(amal, attempt, content).status_code == 400
    assert attempts.select_steps(db, attempt) == []


def test_what_is_no_json_is_refused(amal, attempt):
    assert amal.post(f"/attempt/{attempt.id}/save", data="{").status_code == 400
    assert (
        amal.post(f"/attempt/{attempt.id}/save", data="{", content_type="application/json").status_code == 400
    )


def test_other_peoples_attempts_and_other_places_are_not_found(amal, dina, db, attempt):
    assert save(dina, attempt, message()).status_code == 404
    assert save(amal, attempt, message(position=2)).status_code == 404
    assert attempts.select_steps(db, attempt) == []


def test_whoever_is_signed_out_is_told_so(client, attempt):
    reply = save(client, attempt, message())

    assert (reply.status_code, reply.json) == (401, {"signed_out": True})


def test_a_message_without_its_token_is_refused(app, amal, db, attempt):
    app.config["WTF_CSRF_ENABLED"] = True

    reply = save(amal, attempt, message())

    assert (reply.status_code, reply.json) == (400, {"expired": True})
    assert attempts.select_steps(db, attempt) == []
