from __future__ import annotations

import re

import pytest

from quiz.storage import classes
from quiz.storage.audit import select_entries_about
from quiz.storage.problem_reports import select_problems_of_quiz
from quiz.workflows.start_attempt import start_attempt
from tests.regraded import add_taken, scores
from tests.small_quizzes import add_quiz
from tests.web.conftest import HIS_CLASS, NOON

APPEAL = {
    "kind": "appeal", "words": "It was moved.", "address": "https://example.org/moved", "source_date": "2020-05",
    "operation": "operation-1",
}  # fmt: skip


@pytest.fixture
def taken(db):
    classes.insert_member(db, HIS_CLASS, "dina", "learner", NOON)
    return add_taken(db, owner=HIS_CLASS)


@pytest.fixture
def address(taken):
    """Where Amal reports the question that was marked wrong."""
    return f"/attempt/{taken.amal.id}/question/1/problem"


@pytest.fixture
def problem(db, taken, amal, address):
    amal.post(address, data=APPEAL)
    (sent,) = select_problems_of_quiz(db, taken.quiz)
    return sent


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def decide(browser, problem, decision="accepted", answer="You are right."):
    return browser.post(f"/quizzes/quiz/problems/{problem.id}", data={"state": decision, "answer": answer})


# -- reporting ---------------------------------------------------------------------------------------------


def test_an_attempt_is_reported_on_by_nobody_but_its_learner(address, bilal, celeste, dina, client):
    for browser, status in ((bilal, 404), (celeste, 404), (dina, 404)):
        assert browser.get(address).status_code == status
        assert browser.post(address, data=APPEAL).status_code == status
    assert client.get(address).status_code == 302
    assert client.post(address, data=APPEAL).status_code == 401


def test_each_question_of_a_result_can_be_reported(taken, amal, address):
    page = amal.get(f"/attempt/{taken.amal.id}/result").text

    assert f'href="{address}"' in page
    assert page.count("/problem") == 2


def test_a_report_goes_back_to_where_it_came_from(taken, amal, address):
    sent = amal.post(address, data=APPEAL)

    assert sent.location == f"/attempt/{taken.amal.id}/result#question-1"


def test_during_an_attempt_the_answer_is_saved_and_the_place_is_kept(db, taken, amal, clock):
    clock.pass_time(hours=1)
    attempt = start_attempt(db, taken.quiz, person_id="amal", now=clock())
    question = f"/attempt/{attempt.id}/question/2"
    assert 'value="report"' in amal.get(question).text

    to_report = amal.post(question, data={"answer": "true", "go": "report"})
    sent = amal.post(to_report.location, data={"kind": "unclear", "words": "Which bridge?"})

    assert to_report.location == f"{question}/problem"
    assert sent.location == question
    assert "checked" in amal.get(question).text


def test_before_submission_there_is_nothing_to_appeal_against(db, taken, amal, clock):
    clock.pass_time(hours=1)
    attempt = start_attempt(db, taken.quiz, person_id="amal", now=clock())
    address = f"/attempt/{attempt.id}/question/1/problem"

    assert "I appeal" not in amal.get(address).text
    assert amal.post(address, data=APPEAL).status_code == 422


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Choose what is wrong"),
        ({"words": ""}, "Say what is wrong"),
        ({"address": ""}, "An appeal needs the address"),
        ({"address": "javascript:alert(1)"}, "starts with https://"),
        ({"source_date": ""}, "An appeal needs the date"),
    ],
)
def test_a_report_that_lacks_something_comes_back_with_what_was_typed(
    db, taken, amal, address, changes, sentence
):
    page = amal.post(address, data=APPEAL | changes)

    assert page.status_code == 422
    assert sentence in page.text
    assert select_problems_of_quiz(db, taken.quiz) == []
    assert "words" in changes or "It was moved." in page.text


def test_a_report_sent_twice_is_one(db, taken, amal, address):
    for _ in range(2):
        amal.post(address, data=APPEAL)

    assert len(select_problems_of_quiz(db, taken.quiz)) == 1


def test_one_question_takes_five_reports_of_a_learner(db, taken, amal, address):
    replies = [amal.post(address, data=APPEAL | {"operation": f"operation-{n}"}) for n in range(6)]

    assert [reply.status_code for reply in replies] == [303] * 5 + [422]


# -- deciding ----------------------------------------------------------------------------------------------


def test_reports_are_for_the_instructors_of_the_class(problem, bilal, celeste, amal, dina, client):
    for address in ("/quizzes/quiz/problems", f"/quizzes/quiz/problems/{problem.id}"):
        assert bilal.get(address).status_code == 200
        assert celeste.get(address).status_code == 404
        assert amal.get(address).status_code == 403
        assert dina.get(address).status_code == 403
        assert client.get(address).status_code == 302
    assert decide(celeste, problem).status_code == 404
    assert decide(amal, problem).status_code == 403


def test_an_instructor_sees_the_reports_of_all_their_classes_and_of_no_other(problem, bilal, celeste, amal):
    assert "It was moved." in bilal.get("/problems").text
    assert "No learner has reported a problem" in celeste.get("/problems").text
    assert amal.get("/problems").status_code == 403


def test_a_report_is_not_found_under_another_quiz(db, problem, bilal):
    add_quiz(db, "holds-1", owner=HIS_CLASS, quiz_id="other")

    assert bilal.get(f"/quizzes/other/problems/{problem.id}").status_code == 404


def test_an_appeal_is_shown_with_its_evidence_and_its_date(problem, bilal):
    page = words_of(bilal.get(f"/quizzes/quiz/problems/{problem.id}").text)

    assert "Report by Amal" in page
    assert "example.org , May 2020" in page


def test_a_learner_sees_the_decision_and_the_answer(taken, problem, amal, bilal):
    waiting = amal.get(f"/attempt/{taken.amal.id}/result").text
    decide(bilal, problem, "refused", "The records say otherwise.")

    page = amal.get(f"/attempt/{taken.amal.id}/result").text

    assert "Waiting for an answer" in waiting
    assert "Refused" in page
    assert "The records say otherwise." in page


@pytest.mark.parametrize(("decision", "answer"), [("", "Yes."), ("nonsense", "Yes."), ("accepted", " ")])
def test_a_decision_needs_an_answer_and_a_side(db, taken, problem, bilal, decision, answer):
    assert decide(bilal, problem, decision, answer).status_code == 422
    assert select_problems_of_quiz(db, taken.quiz)[0].state == "open"


def test_a_decision_is_noted(db, problem, bilal):
    decide(bilal, problem)

    entry = select_entries_about(db, "quiz quiz")[-1]
    assert (entry.actor_id, entry.action, entry.details["decision"]) == (
        "bilal",
        "decide_problem",
        "accepted",
    )


def test_accepting_leads_to_a_regrade_with_the_learners_answer_ticked_and_the_answer_as_its_reason(
    db, taken, problem, bilal, amal
):
    to_regrade = decide(bilal, problem).location
    page = bilal.get(to_regrade).text
    token = re.search(r'value="(\w{16})" checked', page)
    assert token
    plan = bilal.get(
        f"/quizzes/quiz/regrades/plan?kind=accept&question=holds-1&problem={problem.id}&accept={token[1]}"
    )
    assert 'value="You are right."' in plan.text
    form = plan.text.split('action="/quizzes/quiz/regrades"')[1]
    data = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)) | {
        "reason": "You are right."
    }

    bilal.post("/quizzes/quiz/regrades", data=data)

    assert scores(db, taken.amal) == [(2.0, 2.0)]
    assert select_problems_of_quiz(db, taken.quiz)[0].regrade_id
    assert "The score was changed" in amal.get(f"/attempt/{taken.amal.id}/result").text


def test_refusing_leads_back_to_the_list(problem, bilal):
    assert decide(bilal, problem, "refused").location == "/quizzes/quiz/problems"


def test_what_learners_type_is_never_html(taken, amal, bilal, address):
    amal.post(address, data=APPEAL | {"words": "<script>alert(1)</script>"})

    for page in (bilal.get("/problems"), amal.get(f"/attempt/{taken.amal.id}/result")):
        assert "<script>alert" not in page.text
