from __future__ import annotations

import re

import pytest

from quiz.core.visibility import PRESETS, Visibility
from quiz.storage import attempts
from quiz.workflows.start_attempt import start_attempt
from tests.checked import HINTS, THIRD, add_made_of
from tests.small_content import add_bank
from tests.taken_quizzes import CANARY, add_quiz
from tests.web.conftest import HIS_CLASS

PRACTICE = PRESETS["practice"]


@pytest.fixture
def begin(db, clock):
    """Return a function that starts an attempt of Amal's at a quiz of two questions on the bridge."""

    def start(behaviour="interactive", *, questions=2, **rules):
        add_bank(db)
        ids = [add_made_of(db, f"made-of-{n}") for n in range(1, questions + 1)]
        how = {"visibility": PRACTICE, "tries": 3, "penalty": THIRD} | rules
        quiz = add_quiz(db, HIS_CLASS, ids, behaviour=behaviour, **how)
        return start_attempt(db, quiz, person_id="amal", now=clock())

    return start


def address(attempt, position=1):
    return f"/attempt/{attempt.id}/question/{position}"


def token_of(page, text):
    """Return the value of the option with that text."""
    found = re.search(
        rf'value="([^"]+)"[^>]*>\s*<span class="option-key"[^>]*>\d+</span>\s*<span[^>]*>{text}<', page
    )
    assert found, text
    return found[1]


def send(browser, attempt, text, *, go="check", position=1, **more):
    page = browser.get(address(attempt, position)).get_data(as_text=True)
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    form = {"answer": token_of(page, text), "go": go, "revision": revision} | more
    return browser.post(address(attempt, position), data=form, follow_redirects=True)


def text_of(reply):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", reply.get_data(as_text=True)))


def slot(db, attempt, position=1):
    return attempts.select_attempt_slot_or_none(db, attempt, position)


def test_a_wrong_try_tells_what_is_left_and_gives_a_hint_and_no_key(amal, begin):
    attempt = begin()

    page = send(amal, attempt, "Of wood")

    assert page.status_code == 200
    for told in ("Not right", "2 tries left", "worth 67 per cent", "Wood was tried before.", "It came by"):
        assert told in text_of(page)
    assert HINTS[1] not in text_of(page)
    assert CANARY not in page.get_data(as_text=True)


def test_hints_come_one_by_one(amal, begin):
    attempt = begin()
    send(amal, attempt, "Of wood")

    page = send(amal, attempt, "Of stone")

    assert "It came by" in text_of(page) and "It can rust." in text_of(page)
    assert "1 try left" in text_of(page)


def test_at_the_end_the_key_and_its_reasons_are_told(amal, begin):
    attempt = begin()
    send(amal, attempt, "Of wood")

    page = send(amal, attempt, "Of steel")

    assert "Right" in text_of(page) and "0.67 of 1 point" in text_of(page)
    assert f"{CANARY} because" in text_of(page)
    assert "The bridge was opened in 1901." in text_of(page)
    assert 'name="go" value="check"' not in page.get_data(as_text=True)


def test_focus_goes_to_what_the_check_came_to(amal, begin):
    page = send(amal, begin(), "Of wood").get_data(as_text=True)

    assert re.search(r'id="told" role="status" tabindex="-1" data-focus', page)


def test_the_same_answer_again_costs_nothing_and_says_so(amal, begin, db):
    attempt = begin()
    send(amal, attempt, "Of wood")

    assert "You tried this answer before" in text_of(send(amal, attempt, "Of wood"))
    assert slot(db, attempt).tries == 1


def test_what_cannot_be_read_costs_nothing(amal, begin, db):
    attempt = begin()

    page = amal.post(address(attempt), data={"answer": "nonsense", "go": "check"})

    assert page.status_code == 422
    assert "Choose one of the options" in text_of(page)
    assert slot(db, attempt).tries == 0


def test_a_blank_answer_is_not_checked(amal, begin):
    page = amal.post(address(begin()), data={"go": "check"})

    assert (page.status_code, "Give an answer first" in text_of(page)) == (422, True)


def test_a_finished_question_is_shown_with_its_answer_and_goes_on(amal, begin):
    attempt = begin("immediate")
    page = send(amal, attempt, "Of wood").get_data(as_text=True)
    assert "disabled" in page and "checked" in page

    onward = amal.post(address(attempt), data={"go": "next"})

    assert (onward.status_code, onward.location) == (303, address(attempt, 2))


def test_an_old_page_cannot_change_a_finished_question(amal, begin, db):
    attempt = begin("immediate")
    old = token_of(amal.get(address(attempt)).get_data(as_text=True), "Of stone")
    send(amal, attempt, "Of wood")

    page = amal.post(address(attempt), data={"answer": old, "go": "next"})

    assert page.status_code == 409
    assert "was checked and is finished" in text_of(page)
    assert slot(db, attempt).response == "wood"


def test_the_script_is_told_that_a_question_is_finished(amal, begin):
    attempt = begin("immediate")
    token = token_of(amal.get(address(attempt)).get_data(as_text=True), "Of stone")
    send(amal, attempt, "Of wood")

    message = {"operation": "operation-1", "position": 1, "revision": 1, "fields": {"answer": [token]}}
    reply = amal.post(f"/attempt/{attempt.id}/save", json=message)

    assert (reply.status_code, "finished" in reply.get_json()) == (409, True)


def test_a_check_pressed_twice_is_one_try(amal, begin, db):
    attempt = begin()
    form = {"answer": token_of(amal.get(address(attempt)).get_data(as_text=True), "Of wood"), "go": "check"}
    for _ in range(2):
        amal.post(address(attempt), data=form | {"operation": "operation-1"})

    assert slot(db, attempt).tries == 1


def test_where_right_and_wrong_are_hidden_meanwhile_a_check_tells_nothing(amal, begin, db):
    attempt = begin("immediate", visibility=PRESETS["homework"])

    page = send(amal, attempt, "Of wood")

    assert "Whether it is right is not shown now" in text_of(page)
    assert "Not right" not in text_of(page) and CANARY not in page.get_data(as_text=True)


def test_where_only_right_and_wrong_are_shown_there_is_no_more(amal, begin):
    shown = Visibility(PRESETS["homework"].shown | {("correctness", "during")})
    attempt = begin("immediate", visibility=shown)

    page = send(amal, attempt, "Of wood")

    assert "Not right" in text_of(page)
    assert CANARY not in page.get_data(as_text=True)
    assert "of 1 point" not in text_of(page) and "Wood was tried before" not in text_of(page)


# -- certainty ---------------------------------------------------------------------------------------------


def test_how_sure_one_is_has_to_be_said_before_a_check(amal, begin, db):
    attempt = begin("cbm_immediate")

    page = send(amal, attempt, "Of wood")

    assert page.status_code == 422
    assert 'href="#certainty-1"' in page.get_data(as_text=True)
    assert slot(db, attempt).tries == 0


def test_certainty_is_kept_with_the_answer(amal, begin, db):
    attempt = begin("cbm")
    send(amal, attempt, "Of wood", go="stay", certainty="2")

    page = amal.get(address(attempt)).get_data(as_text=True)

    assert slot(db, attempt).certainty == 2
    assert re.search(r'id="certainty-2" value="2" checked', page)


def test_the_script_saves_certainty_too(amal, begin, db):
    attempt = begin("cbm")
    token = token_of(amal.get(address(attempt)).get_data(as_text=True), "Of stone")
    fields = {"answer": [token], "certainty": ["3"]}

    message = {"operation": "operation-1", "position": 1, "revision": 0, "fields": fields}
    assert amal.post(f"/attempt/{attempt.id}/save", json=message).status_code == 200
    assert (slot(db, attempt).response, slot(db, attempt).certainty) == ("stone", 3)


def test_each_level_says_what_right_and_wrong_come_to(amal, begin):
    page = text_of(amal.get(address(begin("cbm")))).replace(" ,", ",")

    assert "right +0.33, wrong 0" in page
    assert "right +0.67, wrong −0.67" in page
    assert "right +1, wrong −2" in page


def test_a_certainty_that_does_not_exist_is_refused(amal, begin):
    attempt = begin("cbm")

    assert send(amal, attempt, "Of wood", certainty="9", go="next").status_code == 422


def test_two_tabs_with_different_certainties_see_both(amal, begin):
    attempt = begin("cbm")
    send(amal, attempt, "Of wood", go="stay", certainty="3")
    token = token_of(amal.get(address(attempt)).get_data(as_text=True), "Of wood")

    page = amal.post(
        address(attempt), data={"answer": token, "certainty": "1", "revision": "0", "go": "next"}
    )

    assert page.status_code == 409
    assert "Very sure" in text_of(page) and "Not sure" in text_of(page)
    assert 'name="certainty" value="1"' in page.get_data(as_text=True)


# -- another like this -------------------------------------------------------------------------------------


def test_another_question_can_be_asked_for_and_never_counts(amal, begin, db):
    attempt = begin("immediate", questions=1)
    add_made_of(db, "made-of-9")
    page = send(amal, attempt, "Of wood")
    assert "Another like this" in text_of(page)

    extra = amal.post(f"{address(attempt)}/another", data={"operation": "operation-9"}, follow_redirects=True)

    assert "It never counts in your score" in text_of(extra)
    assert (slot(db, attempt, 2).extra_of, slot(db, attempt, 2).is_counted) == (1, False)


def test_an_extra_question_can_be_answered_after_submission(amal, begin, db):
    attempt = begin("immediate", questions=1)
    add_made_of(db, "made-of-9")
    send(amal, attempt, "Of wood")
    amal.post(f"{address(attempt)}/another", data={"operation": "operation-9"})
    amal.post(f"/attempt/{attempt.id}/submit")

    page = send(amal, attempt, "Of steel", position=2)

    assert "Right" in text_of(page) and "Back to the result" in text_of(page)


def test_before_the_check_there_is_no_other_question_to_have(amal, begin, db):
    attempt = begin("immediate", questions=1)
    add_made_of(db, "made-of-9")

    assert amal.post(f"{address(attempt)}/another").status_code == 404


def test_somebody_elses_question_cannot_be_checked_or_extended(dina, begin):
    attempt = begin()

    assert dina.post(address(attempt), data={"go": "check"}).status_code == 404
    assert dina.post(f"{address(attempt)}/another").status_code == 404


def test_results_practise_too_where_nothing_is_hidden(amal, begin, db):
    attempt = begin("deferred", questions=1)
    add_made_of(db, "made-of-9")
    amal.post(f"/attempt/{attempt.id}/submit")
    assert "Another like this" in text_of(amal.get(f"/attempt/{attempt.id}/result"))
    amal.post(f"{address(attempt)}/another", data={"operation": "operation-9"})

    assert "Right" in text_of(send(amal, attempt, "Of steel", position=2))
    assert "for practice" in text_of(amal.get(f"/attempt/{attempt.id}/result"))


def test_homework_has_no_more_questions_after_submitting(amal, begin, db):
    attempt = begin("deferred", questions=1, visibility=PRESETS["homework"])
    add_made_of(db, "made-of-9")
    amal.post(f"/attempt/{attempt.id}/submit")

    assert amal.post(f"{address(attempt)}/another").status_code == 404


# -- before, after, and what staff read ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        ("deferred", "All your answers are marked together"),
        ("immediate", "You check each answer once and are told at once"),
        ("interactive", "up to 3 tries at each question. Each further try costs a third of the points"),
        ("cbm", "With each answer you say how sure you are"),
    ],
)
def test_the_start_page_says_how_answers_are_marked(amal, begin, behaviour, told):
    begin(behaviour)

    assert told in text_of(amal.get("/quiz/bridges/start"))


def test_the_look_back_tells_what_was_checked_and_how_sure_one_was(amal, begin):
    attempt = begin()
    send(amal, attempt, "Of wood")
    send(amal, attempt, "Of stone", go="stay", position=2)

    page = text_of(amal.get(f"/attempt/{attempt.id}/review"))

    assert "Not right 1 of 3 tries used" in page
    assert "2 answers can still be checked" in page


def test_the_result_tells_tries_and_what_they_cost(amal, begin, bilal):
    attempt = begin()
    send(amal, attempt, "Of wood")
    send(amal, attempt, "Of steel")
    amal.post(f"/attempt/{attempt.id}/submit")

    result = text_of(amal.get(f"/attempt/{attempt.id}/result"))
    report = text_of(bilal.get(f"/quizzes/bridges/results/{attempt.id}"))

    for page in (result, report):
        assert "2 tries. The tries before the right one cost points." in page
        assert re.search(r"Not right Of wood Right Of steel worth 67 per cent at this try", page)


def test_the_result_tells_how_well_certainty_was_judged(amal, begin, bilal):
    attempt = begin("cbm")
    send(amal, attempt, "Of wood", go="stay", certainty="3")
    send(amal, attempt, "Of steel", go="stay", certainty="2", position=2)
    amal.post(f"/attempt/{attempt.id}/submit")

    result = text_of(amal.get(f"/attempt/{attempt.id}/result"))
    report = text_of(bilal.get(f"/quizzes/bridges/results/{attempt.id}"))

    assert "−1.33 of 2 points" in result
    for page in (result, report):
        assert "Very sure (C3)" in page and "50 per cent was right" in page
        assert "Average mark −2" in page


def test_files_of_scores_cope_with_less_than_nothing(amal, begin, bilal, db):
    attempt = begin("cbm", questions=1)
    send(amal, attempt, "Of wood", go="stay", certainty="3")
    amal.post(f"/attempt/{attempt.id}/submit")

    file = bilal.get("/quizzes/bridges/scores/file?format=json&rows=long")
    row = file.get_json()[0]

    assert (row["fraction"], row["correctness"], row["certainty"], row["earned"]) == (-2, 0, 3, -2)


def test_where_there_is_no_way_back_a_checked_question_is_left_by_going_on(amal, begin, db):
    attempt = begin("immediate", navigation="sequential")
    page = send(amal, attempt, "Of wood")
    assert "Not right" in text_of(page)

    amal.post(address(attempt), data={"go": "next"})

    assert amal.get(address(attempt, 2)).status_code == 200
    assert "Of stone" not in text_of(amal.get(address(attempt)))
    assert slot(db, attempt).response == "wood"


def test_a_regrade_can_accept_what_was_only_a_first_try(amal, begin, bilal):
    attempt = begin()
    send(amal, attempt, "Of wood")
    send(amal, attempt, "Of steel")
    amal.post(f"/attempt/{attempt.id}/submit")

    page = text_of(bilal.get("/quizzes/bridges/regrades/new?question=made-of-1"))

    assert "Of wood" in page
