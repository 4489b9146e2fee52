import re

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.storage import attempts, classes, quizzes
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import DOES_NOT_HOLD, add_each_type, add_quiz, body, the_quiz
from tests.web.conftest import HIS_CLASS


@pytest.fixture
def quiz(db):
    """Two questions, a year and a judgement, in the class that Amal learns in."""
    add_bank(db)
    add_question(
        db, "year", **body("numeric", answers=[{"value": 1901, "tolerance": 0}]), stem="When was it opened?"
    )
    add_question(db, "opened", citations=DOES_NOT_HOLD)
    return add_quiz(db, HIS_CLASS, ["year", "opened"])


@pytest.fixture
def attempt(db, quiz, clock):
    return start_attempt(db, quiz, person_id="amal", now=clock())


def page_of(attempt, position=1):
    return f"/attempt/{attempt.id}/question/{position}"


def hidden(page):
    """Return the hidden fields of the page's first form with an operation."""
    found = dict(re.findall(r'<input type="hidden" name="(operation|revision)" value="([^"]*)"', page.text))
    assert set(found) == {"operation", "revision"}
    return found


def stored(db, attempt, position=1):
    return attempts.select_attempt_slot_or_none(db, attempt, position)


# -- before the start ----------------------------------------------------------------------------------------


def test_the_start_page_tells_what_to_expect(amal, quiz):
    page = amal.get(f"/quiz/{quiz.id}/start").text

    assert "2, one on a page" in page
    assert "they do not count in your score" in page
    assert "What is recorded" in page
    assert "Start the quiz" in page


def test_the_instructors_reason_for_scoring_unverified_questions_is_shown(amal, db, quiz):
    quizzes.update_quiz(
        db, quiz, QuizRules(quiz.title, policy="scored", policy_reason="We read <it> in class.")
    )

    assert "We read &lt;it&gt; in class." in amal.get(f"/quiz/{quiz.id}/start").text


def test_starting_leads_to_the_first_question_however_often_it_is_pressed(amal, db, quiz):
    first, again = (amal.post(f"/quiz/{quiz.id}/start") for _ in range(2))

    assert first.status_code == 303
    assert first.location == again.location
    assert first.location.endswith("/question/1")


@pytest.mark.parametrize(("state", "said"), [("draft", "not open yet"), ("closed", "This quiz is closed")])
def test_a_quiz_that_is_not_open_says_so_and_does_not_start(amal, db, quiz, clock, state, said):
    quizzes.update_quiz_state(db, quiz, state, clock())

    page, refused = amal.get(f"/quiz/{quiz.id}/start"), amal.post(f"/quiz/{quiz.id}/start")

    assert said in page.text
    assert "Start the quiz" not in page.text
    assert refused.status_code == 409
    assert attempts.select_attempts_at_quiz(db, quiz.class_id, quiz.id) == []


def test_without_attempts_left_there_are_results_and_no_start(amal, db, quiz, attempt, clock):
    quizzes.update_quiz(db, quiz, QuizRules(quiz.title, attempts_allowed=1))
    submit_attempt(db, attempt, now=clock())

    page = amal.get(f"/quiz/{quiz.id}/start").text

    assert "all the attempts that this quiz allows" in page
    assert f"/attempt/{attempt.id}/result" in page
    assert amal.post(f"/quiz/{quiz.id}/start").status_code == 409


def test_what_was_started_is_continued_at_the_first_blank_question(amal, quiz, attempt):
    amal.post(page_of(attempt), data={"answer": "1901"})

    assert f'href="/attempt/{attempt.id}"' in amal.get(f"/quiz/{quiz.id}/start").text
    assert amal.get(f"/attempt/{attempt.id}").location == page_of(attempt, 2)


def test_a_quiz_of_another_class_does_not_exist(dina, quiz):
    assert dina.get(f"/quiz/{quiz.id}/start").status_code == 404
    assert dina.post(f"/quiz/{quiz.id}/start").status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_not_told_what_exists(client, quiz):
    known, unknown = client.get(f"/quiz/{quiz.id}/start"), client.get("/quiz/nothing/start")

    assert known.location == f"/sign-in?next=/quiz/{quiz.id}/start"
    assert unknown.location == "/sign-in?next=/quiz/nothing/start"


def test_a_visitor_joins_a_quiz_that_takes_guests_and_takes_it(client, db, clock):
    add_bank(db)
    add_question(db, "opened")
    classes.insert_class(
        db, id="samples", title="Samples", join_code="SAMPSAMP", created_by=None, now=clock(), is_public=True
    )
    quiz = add_quiz(db, "samples", ["opened"], quiz_id="sample", guests_allowed=True)

    door = client.get(f"/quiz/{quiz.id}/start").location
    inside = client.post(door, data={"name": "Noor"}).location
    first = client.post(inside)

    assert inside == f"/quiz/{quiz.id}/start"
    assert "True" in client.get(first.location).text


# -- a question ----------------------------------------------------------------------------------------------


def test_an_answer_is_saved_and_the_next_question_shown(amal, db, attempt):
    went_on = amal.post(page_of(attempt), data={"answer": "1901", "go": "next"})

    assert (went_on.status_code, went_on.location) == (303, page_of(attempt, 2))
    assert stored(db, attempt).response == "1901"


def test_an_answer_is_there_again_on_every_device(amal, sign_in_as, cast, attempt):
    amal.post(page_of(attempt), data={"answer": "1901"})

    page = sign_in_as(cast.amal).get(page_of(attempt)).text

    assert 'value="1901"' in page
    assert "Saved 12:00 UTC" in page


def test_after_the_last_question_comes_the_look_back(amal, attempt):
    assert amal.post(page_of(attempt, 2), data={"answer": "true"}).location == f"/attempt/{attempt.id}/review"


def test_a_question_may_be_left_blank(amal, db, attempt):
    assert amal.post(page_of(attempt), data={"answer": " "}).location == page_of(attempt, 2)
    assert stored(db, attempt).response is None


def test_an_unreadable_answer_costs_nothing_and_is_kept_as_typed(amal, db, attempt):
    page = amal.post(page_of(attempt), data={"answer": "hot & cold"})

    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert page.text.count("hot &amp; cold") >= 2
    assert 'href="#stem-first"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert stored(db, attempt).revision == 0
    assert attempts.select_steps(db, attempt) == []


@pytest.mark.parametrize(("wish", "flagged"), [("flag", True), ("unflag", False)])
def test_flagging_saves_the_answer_too_and_stays(amal, db, attempt, wish, flagged):
    stayed = amal.post(page_of(attempt), data={"answer": "1901", "go": wish})

    assert stayed.location == page_of(attempt)
    assert (stored(db, attempt).response, stored(db, attempt).is_flagged) == ("1901", flagged)


def test_a_flag_is_set_even_beside_an_unreadable_answer(amal, db, attempt):
    page = amal.post(page_of(attempt), data={"answer": "hot", "go": "flag"})

    assert (page.status_code, stored(db, attempt).is_flagged) == (422, True)
    assert 'aria-pressed="true"' in page.text


def test_an_answer_can_be_cleared(amal, db, attempt):
    amal.post(page_of(attempt), data={"answer": "1901"})
    amal.post(page_of(attempt), data={"answer": "1901", "go": "clear"})

    assert stored(db, attempt).response is None


def test_the_same_form_sent_twice_is_one_step(amal, db, attempt):
    form = hidden(amal.get(page_of(attempt))) | {"answer": "1901"}

    locations = {amal.post(page_of(attempt), data=form).location for _ in range(2)}

    assert locations == {page_of(attempt, 2)}
    assert len(attempts.select_steps(db, attempt)) == 1


def test_every_page_has_an_operation_of_its_own(amal, attempt):
    assert hidden(amal.get(page_of(attempt)))["operation"] != hidden(amal.get(page_of(attempt)))["operation"]


def test_of_two_tabs_the_older_one_is_shown_both_answers(amal, db, attempt):
    older = hidden(amal.get(page_of(attempt)))
    amal.post(page_of(attempt), data=hidden(amal.get(page_of(attempt))) | {"answer": "1901"})

    page = amal.post(page_of(attempt), data=older | {"answer": "1950"})

    assert page.status_code == 409
    assert "1901" in page.text and "1950" in page.text
    assert stored(db, attempt).response == "1901"


def test_the_answer_of_the_older_tab_can_be_chosen(amal, db, attempt):
    older = hidden(amal.get(page_of(attempt)))
    amal.post(page_of(attempt), data=hidden(amal.get(page_of(attempt))) | {"answer": "1901"})
    conflict = amal.post(page_of(attempt), data=older | {"answer": "1950"})

    chosen = amal.post(page_of(attempt), data=hidden(conflict) | {"answer": "1950"})

    assert chosen.status_code == 303
    assert stored(db, attempt).response == "1950"


def test_two_tabs_with_the_same_answer_are_no_conflict(amal, attempt):
    forms = [hidden(amal.get(page_of(attempt))) | {"answer": "1901"} for _ in range(2)]

    assert [amal.post(page_of(attempt), data=form).status_code for form in forms] == [303, 303]


def test_a_form_with_nonsense_in_its_hidden_fields_is_saved_all_the_same(amal, db, attempt):
    nonsense = {"operation": "'; --", "revision": "-1", "go": "elsewhere", "answer": "1901"}

    assert amal.post(page_of(attempt), data=nonsense).status_code == 303
    assert stored(db, attempt).response == "1901"


def test_an_unverified_question_says_so_but_not_why(amal, attempt):
    page = amal.get(page_of(attempt, 2)).text

    assert "Unverified: not counted in your score" in page
    assert "A longer one opened in 1950" not in page


def test_a_claim_check_shows_no_badge(amal, db, clock):
    quiz = add_quiz(db, HIS_CLASS, add_each_type(db))
    attempt = start_attempt(db, quiz, person_id="amal", now=clock())

    page = amal.get(page_of(attempt, 10)).text

    assert "A question of the type claim_check" in page
    assert 'class="badge' not in page


def test_the_navigator_says_in_words_what_its_signs_mean(amal, attempt):
    amal.post(page_of(attempt), data={"answer": "1901", "go": "flag"})

    page = amal.get(page_of(attempt)).text

    assert "All questions (1 of 2 answered, 1 flagged)" in page
    assert re.search(
        r'aria-current="step"><span [^>]*>Question </span>1<span [^>]*>, answered, flagged<',
        page,
    )


@pytest.mark.parametrize("kind", range(1, 11))
def test_every_type_is_asked_answered_by_its_own_form_and_shown_again(amal, db, clock, kind):
    quiz = add_quiz(db, HIS_CLASS, add_each_type(db))
    attempt = start_attempt(db, quiz, person_id="amal", now=clock())

    page = amal.get(page_of(attempt, kind))

    assert page.text.count("<h1") == 1
    assert 'id="stem"' in page.text
    assert amal.post(page_of(attempt, kind), data={"go": "next"}).status_code == 303


# -- looking back and submitting -----------------------------------------------------------------------------


def test_the_look_back_lists_answers_blanks_and_flags(amal, attempt):
    amal.post(page_of(attempt), data={"answer": "1901", "go": "flag"})

    page = amal.get(f"/attempt/{attempt.id}/review").text

    assert "You have not answered 1 question." in page
    assert "You flagged 1 question" in page
    assert "When was it opened?" in page and "1901" in page
    assert '<span class="visually-hidden"> question 2</span>' in page


@pytest.mark.parametrize(
    ("show", "listed"), [("blank", "was opened in 1901"), ("flagged", "When was it opened?")]
)
def test_the_look_back_can_be_narrowed(amal, attempt, show, listed):
    amal.post(page_of(attempt), data={"answer": "1950", "go": "flag"})

    page = amal.get(f"/attempt/{attempt.id}/review?show={show}").text

    assert listed in page
    assert page.count('<th scope="row">') == 1


def test_submitting_leads_to_the_result_however_often_it_is_pressed(amal, db, attempt):
    first, again = (amal.post(f"/attempt/{attempt.id}/submit") for _ in range(2))

    assert (first.status_code, first.location) == (303, f"/attempt/{attempt.id}/result")
    assert again.location == first.location


def test_after_submission_questions_lead_to_the_result(amal, db, attempt, clock):
    submit_attempt(db, attempt, now=clock())

    for address in (page_of(attempt), f"/attempt/{attempt.id}/review", f"/attempt/{attempt.id}"):
        assert amal.get(address).location == f"/attempt/{attempt.id}/result"


def test_an_answer_after_submission_is_refused_with_the_way_to_the_result(amal, db, attempt, clock):
    submit_attempt(db, attempt, now=clock())

    page = amal.post(page_of(attempt), data={"answer": "1901"})

    assert page.status_code == 409
    assert "was not added" in page.text
    assert f"/attempt/{attempt.id}/result" in page.text
    assert stored(db, attempt).response is None


# -- whose it is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["dina", "bilal"])
@pytest.mark.parametrize("rest", ["", "/question/1", "/review", "/result"])
def test_other_peoples_attempts_are_not_found(who, rest, attempt, request):
    browser = request.getfixturevalue(who)

    assert browser.get(f"/attempt/{attempt.id}{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["/question/1", "/submit"])
def test_other_peoples_attempts_are_not_changed(dina, db, attempt, rest):
    assert dina.post(f"/attempt/{attempt.id}{rest}", data={"answer": "1901"}).status_code == 404
    assert attempts.select_steps(db, attempt) == []


@pytest.mark.parametrize("position", ["0", "3", "99999999999999999999"])
def test_there_are_no_other_questions(amal, attempt, position):
    assert amal.get(page_of(attempt, position)).status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_led_back(client, attempt):
    assert client.get(page_of(attempt)).location == f"/sign-in?next={page_of(attempt)}"


def test_looking_changes_nothing(amal, db, quiz, attempt):
    for address in (
        f"/quiz/{quiz.id}/start",
        page_of(attempt),
        f"/attempt/{attempt.id}/review",
        f"/attempt/{attempt.id}",
    ):
        amal.get(address)

    assert attempts.select_steps(db, attempt) == []
    assert len(attempts.select_attempts_at_quiz(db, quiz.class_id, quiz.id)) == 1


# -- a page that was open too long ---------------------------------------------------------------------------


@pytest.fixture
def guarded(app, amal):
    """Amal's browser, in front of an application that wants its tokens."""
    app.config["WTF_CSRF_ENABLED"] = True
    return amal


def token_in(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def test_a_stale_form_comes_back_filled_and_can_be_sent_again(guarded, db, attempt):
    page = guarded.post(page_of(attempt), data={"answer": "1901", "csrf_token": "stale"})
    again = guarded.post(
        page_of(attempt), data=hidden(page) | {"answer": "1901", "csrf_token": token_in(page)}
    )

    assert page.status_code == 400
    assert 'value="1901"' in page.text
    assert "Nothing was saved" in page.text
    assert (again.status_code, stored(db, attempt).response) == (303, "1901")


def test_a_stale_start_or_submission_can_be_pressed_again(guarded, db, quiz, attempt):
    start, submission = guarded.post(f"/quiz/{quiz.id}/start"), guarded.post(f"/attempt/{attempt.id}/submit")

    assert (start.status_code, submission.status_code) == (400, 400)
    assert "press the button again" in start.text and "press the button again" in submission.text
    assert attempts.select_attempt_or_none(db, attempt.id).state == "open"


def test_a_stale_form_opens_nobody_elses_attempt(app, dina, attempt, quiz):
    app.config["WTF_CSRF_ENABLED"] = True

    for address in (page_of(attempt), f"/attempt/{attempt.id}/submit", f"/quiz/{quiz.id}/start"):
        assert dina.post(address).status_code == 404


def test_a_closed_quiz_tells_visitors_that_it_is_closed(client, db, clock):
    add_bank(db)
    add_question(db, "opened")
    add_quiz(db, HIS_CLASS, ["opened"], state="closed", guests_allowed=True)

    page = client.get("/quiz/bridges/start")

    assert "This quiz is closed" in page.text
    assert the_quiz(db, "bridges").state == "closed"
