from __future__ import annotations

import re
from datetime import timedelta

import pytest

from quiz.storage import classes
from quiz.storage.regrades import select_regrades_of_quiz
from quiz.workflows.answers_given import answers_given
from tests.regraded import LATER, add_taken, add_version_keyed_false, full_marks, scores
from tests.small_quizzes import add_questions, add_quiz, take
from tests.web.conftest import HIS_CLASS, NOON


@pytest.fixture
def taken(db):
    classes.insert_member(db, HIS_CLASS, "dina", "learner", NOON)
    return add_taken(db, owner=HIS_CLASS)


def hidden(page: str) -> dict[str, list[str]]:
    """Return the hidden fields of the form that commits."""
    form = page.split('method="post" action="/quizzes/quiz/regrades"')[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def commit(browser, query: str, reason: str = "The key was wrong."):
    """Look at the dry run and press its button."""
    page = browser.get(f"/quizzes/quiz/regrades/plan?{query}").text
    return browser.post("/quizzes/quiz/regrades", data=hidden(page) | {"reason": reason})


# -- who may -----------------------------------------------------------------------------------------------


def test_regrading_is_for_the_instructors_of_the_class(db, taken, bilal, celeste, amal, client):
    made = full_marks(db, taken.quiz)
    for address in (
        "/quizzes/quiz/regrades",
        "/quizzes/quiz/regrades/new?question=holds-1",
        "/quizzes/quiz/regrades/plan?question=holds-1&kind=drop",
        f"/quizzes/quiz/regrades/{made.id}",
        f"/quizzes/quiz/regrades/{made.id}/undo",
    ):
        assert bilal.get(address).status_code == 200, address
        assert celeste.get(address).status_code == 404, address
        assert amal.get(address).status_code == 403, address
        assert client.get(address).status_code == 302, address


def test_nobody_else_commits_or_undoes(db, taken, celeste, amal, client):
    made = full_marks(db, taken.quiz)
    data = {"kind": "drop", "question": "holds-2", "reason": "Because."}
    for browser, status in ((celeste, 404), (amal, 403), (client, 401)):
        assert browser.post("/quizzes/quiz/regrades", data=data).status_code == status
        assert browser.post(f"/quizzes/quiz/regrades/{made.id}/undo").status_code == status

    (stands,) = select_regrades_of_quiz(db, taken.quiz)
    assert stands.undone_at is None


def test_samples_are_regraded_by_nobody(db, taken, celeste, clock):
    classes.insert_class(
        db, id="samples", title="S", join_code="SAMPLESS", created_by=None, now=clock(), is_public=True
    )
    add_quiz(db, "holds-1", owner="samples", quiz_id="sample")

    assert celeste.get("/quizzes/sample/regrades").status_code == 404
    assert "/quizzes/sample/regrades" not in celeste.get("/quizzes/sample/results").text


@pytest.mark.parametrize(
    "query", ["kind=nonsense&question=holds-1", "kind=drop&question=never-asked", "question=holds-1"]
)
def test_what_is_no_regrade_is_not_found(taken, bilal, query):
    assert bilal.get(f"/quizzes/quiz/regrades/plan?{query}").status_code == 404


# -- from the results to the commit ------------------------------------------------------------------------


def test_the_results_lead_to_regrading_and_it_to_each_question(taken, bilal):
    assert 'href="/quizzes/quiz/regrades"' in bilal.get("/quizzes/quiz/results").text

    page = bilal.get("/quizzes/quiz/regrades").text

    assert "/quizzes/quiz/regrades/new?question=holds-1" in page
    assert "/quizzes/quiz/regrades/new?question=holds-2" in page


def test_a_quiz_that_nobody_submitted_says_so(db, bilal):
    add_questions(db, "holds-1")
    add_quiz(db, "holds-1", owner=HIS_CLASS)

    assert "there is nothing to regrade" in bilal.get("/quizzes/quiz/regrades").text


def test_answers_are_offered_in_words_with_how_often_they_were_given(taken, bilal):
    page = words_of(bilal.get("/quizzes/quiz/regrades/new?question=holds-1").text)

    assert "False (given 1 time, earned 0 % )" in page
    assert "True (given 1 time, earned 100 % )" in page


def test_a_dry_run_is_a_table_of_every_learner_and_writes_nothing(db, taken, bilal):
    page = words_of(bilal.get("/quizzes/quiz/regrades/plan?question=holds-1&kind=full").text)

    assert "Nothing is written yet. 1 result would change: 1 higher, 0 lower" in page
    assert "Amal 1 1 / 2 (50 %) 2 / 2 (100 %) higher Question 1: mark 0 % → becomes 100 %" in page
    assert "Dina 1 2 / 2 (100 %) unchanged" in page
    assert scores(db, taken.amal) == [(1.0, 2.0)]


def test_accepting_an_answer_changes_the_result_of_whoever_gave_it(db, taken, bilal):
    token = next(a.token for a in answers_given(db, taken.quiz, "holds-1") if a.response is False)

    done = commit(bilal, f"question=holds-1&kind=accept&accept={token}")

    assert done.status_code == 303
    assert scores(db, taken.amal, taken.dina) == [(2.0, 2.0), (2.0, 2.0)]
    assert "2 / 2" in bilal.get("/quizzes/quiz/scores").text
    assert "The key was wrong." in bilal.get(done.location).text


def test_only_higher_scores_can_be_wanted(db, taken, bilal):
    version = add_version_keyed_false(db)
    query = f"question=holds-1&kind=other_key&version={version}&higher=1"
    assert "1 would fall and is left as it is" in words_of(
        bilal.get(f"/quizzes/quiz/regrades/plan?{query}").text
    )

    commit(bilal, query)

    assert scores(db, taken.amal, taken.dina) == [(2.0, 2.0), (2.0, 2.0)]


def test_a_commit_without_a_reason_shows_the_table_again(db, taken, bilal):
    refused = commit(bilal, "question=holds-1&kind=full", reason=" ")

    assert refused.status_code == 422
    assert "Enter the reason; learners will read it" in refused.text
    assert scores(db, taken.amal) == [(1.0, 2.0)]


def test_a_commit_after_the_results_changed_shows_the_new_table(db, taken, bilal):
    seen = hidden(bilal.get("/quizzes/quiz/regrades/plan?question=holds-1&kind=full").text)
    take(db, taken.quiz, "amal", {"holds-1": False}, at=NOON + timedelta(hours=1))

    refused = bilal.post("/quizzes/quiz/regrades", data=seen | {"reason": "Unclear."})

    assert refused.status_code == 409
    assert "The results have changed since you looked" in refused.text
    assert "2 results would change" in words_of(refused.text)


def test_a_commit_sent_twice_makes_one_regrade(db, taken, bilal):
    data = hidden(bilal.get("/quizzes/quiz/regrades/plan?question=holds-1&kind=full").text) | {
        "reason": "Unclear."
    }
    first, second = (bilal.post("/quizzes/quiz/regrades", data=data) for _ in range(2))

    assert first.location == second.location
    assert len(select_regrades_of_quiz(db, taken.quiz)) == 1


def test_a_version_with_other_options_is_not_offered_and_not_taken(taken, bilal):
    page = bilal.get("/quizzes/quiz/regrades/plan?question=holds-1&kind=other_key&version=nonsense").text

    assert "does not fit the answers that were given" in page


# -- undo --------------------------------------------------------------------------------------------------


def test_a_regrade_is_undone_from_its_page(db, taken, bilal):
    made = full_marks(db, taken.quiz)
    assert "/undo" in bilal.get(f"/quizzes/quiz/regrades/{made.id}").text

    bilal.post(f"/quizzes/quiz/regrades/{made.id}/undo")

    assert scores(db, taken.amal) == [(1.0, 2.0)]
    assert "undone" in bilal.get("/quizzes/quiz/regrades").text
    assert "/undo" not in bilal.get(f"/quizzes/quiz/regrades/{made.id}").text


def test_what_was_regraded_again_says_what_to_undo_first(db, taken, bilal):
    made = full_marks(db, taken.quiz)
    commit(bilal, "question=holds-1&kind=drop")

    page = bilal.post(f"/quizzes/quiz/regrades/{made.id}/undo", follow_redirects=True).text

    assert "Undo them first, the newest one first: 2" in page
    assert scores(db, taken.amal) == [(1.0, 1.0)]


def test_attempts_submitted_since_can_be_treated_alike(db, taken, bilal):
    made = full_marks(db, taken.quiz)
    late = take(db, taken.quiz, "amal", {"holds-1": False}, at=LATER + timedelta(hours=1))
    again = re.search(
        r'href="([^"]*/regrades/plan[^"]*)"', bilal.get(f"/quizzes/quiz/regrades/{made.id}").text
    )
    assert again

    commit(bilal, again[1].replace("&amp;", "&").split("?")[1])

    assert scores(db, late) == [(1.0, 2.0)]


def test_the_dry_run_reads_from_right_to_left_in_arabic(db, taken, bilal):
    page = bilal.get(
        "/quizzes/quiz/regrades/plan?kind=full&question=holds-1", headers={"Accept-Language": "ar"}
    )

    assert '<html lang="ar" dir="rtl"' in page.text


# -- what the learner sees ---------------------------------------------------------------------------------


def test_a_learner_sees_both_scores_when_and_why(db, taken, amal):
    before = amal.get(f"/attempt/{taken.amal.id}/result").text
    full_marks(db, taken.quiz)

    page = words_of(amal.get(f"/attempt/{taken.amal.id}/result").text)

    assert "The score was changed" not in before
    assert "The score was changed" in page
    assert "When it was submitted, 23 November 2026, 12:01 UTC: 1 of 2 points" in page
    assert "Regraded 23 November 2026, 15:00 UTC: 2 of 2 points" in page
    assert "Reason: It was unclear." in page
    assert "Everybody who was asked this question gets full marks for it." in page


def test_a_learner_whose_result_did_not_change_is_told_nothing(db, taken, dina):
    full_marks(db, taken.quiz)

    assert "The score was changed" not in dina.get(f"/attempt/{taken.dina.id}/result").text


def test_a_learner_sees_the_key_by_which_the_answer_was_marked_anew(db, taken, bilal, amal):
    version = add_version_keyed_false(db)
    commit(bilal, f"question=holds-1&kind=other_key&version={version}")

    page = words_of(amal.get(f"/attempt/{taken.amal.id}/result").text)

    assert "Right answer by version 2: False" in page


def test_a_learner_sees_that_a_regrade_was_taken_back(db, taken, bilal, amal):
    made = full_marks(db, taken.quiz)
    bilal.post(f"/quizzes/quiz/regrades/{made.id}/undo")

    page = words_of(amal.get(f"/attempt/{taken.amal.id}/result").text)

    assert "Taken back" in page
    assert "You earned 1 of the 2 points that count" in page


def test_a_dropped_question_is_not_called_unverified(taken, bilal, amal):
    commit(bilal, "question=holds-1&kind=drop")

    page = words_of(amal.get(f"/attempt/{taken.amal.id}/result").text)

    assert "The question was dropped: it does not count any more." in page
    assert "because its answer is unverified" not in page


def test_the_instructors_page_of_an_attempt_tells_it_too(db, taken, bilal):
    full_marks(db, taken.quiz)

    assert "The score was changed" in bilal.get(f"/quizzes/quiz/results/{taken.amal.id}").text


def test_a_mark_that_was_changed_leads_to_the_reason(db, taken, amal):
    full_marks(db, taken.quiz)

    page = amal.get(f"/attempt/{taken.amal.id}/result").text

    assert page.count('href="#restated"') == 1
