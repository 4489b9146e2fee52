from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.core.timing import Accommodation
from quiz.core.visibility import ASPECTS, CELLS, PRESETS, preset_of, shows
from quiz.storage import quizzes
from quiz.storage.attempts import select_attempt_or_none
from quiz.workflows.close_quiz import close_quiz
from quiz.workflows.commit_regrade import commit_regrade
from quiz.workflows.keep_late_answer import keep_late_answer
from quiz.workflows.plan_regrade import Wanted
from quiz.workflows.set_accommodation import set_accommodation
from tests.small_quizzes import add_questions, add_quiz, take, the_quiz
from tests.web.conftest import HIS_CLASS, NOON

DAY = timedelta(days=1)
CLOSING = NOON + 2 * DAY


@pytest.fixture
def quiz(db):
    """An exam of Bilal's that closes the day after tomorrow."""
    add_questions(db, "holds-1", "holds-2")
    return add_quiz(
        db, "holds-1", "holds-2", owner=HIS_CLASS, visibility=PRESETS["exam"], closes_at=CLOSING,
        behaviour="deferred",
    )  # fmt: skip


@pytest.fixture
def attempt(db, quiz):
    """Amal's: one of two right."""
    return take(db, quiz, "amal", {"holds-1": False, "holds-2": True}, at=NOON)


def show(db, visibility, **rules):
    quizzes.update_quiz(db, the_quiz(db), replace(the_quiz(db), visibility=visibility, **rules))


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" :", ":")


def result_of(browser, attempt):
    return words_of(browser.get(f"/attempt/{attempt.id}/result").text)


def names(cells):
    return [f"{aspect}-{moment}" for aspect, moment in cells]


def form_of(page):
    """Return what the browser would send if nothing was touched."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]+)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if name and (kind is None or kind[1] not in ("radio", "checkbox") or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            sent.setdefault(name[1], []).append(value[1] if value else "")
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    return sent | {name: [text] for name, text in areas}


# -- a result that is hidden -------------------------------------------------------


def test_a_hidden_result_says_what_was_received_and_when_there_is_more(amal, db, attempt):
    page = result_of(amal, attempt)

    assert "Your answers were received" in page
    assert f"receipt {select_attempt_or_none(db, attempt.id).receipt}" in page
    assert "Results: 25 November 2026, 12:00 UTC" in page
    assert "You will see: right or wrong, points and the score, feedback, the right answers and why" in page


def test_without_a_closing_time_results_come_when_the_teacher_closes_it(amal, db, attempt):
    show(db, PRESETS["exam"], closes_at=None)

    assert "Results: when your teacher closes the quiz." in result_of(amal, attempt)


def test_past_its_closing_time_it_says_what_it_waits_for(db, quiz, attempt, clock, sign_in_as, cast):
    take(db, quiz, "dina", submits=False, at=NOON)
    set_accommodation(db, "dina", Accommodation(extra_days=1), note="", by="bilal", now=NOON)
    clock.time = CLOSING + timedelta(hours=1)

    page = result_of(sign_in_as(cast.amal), attempt)

    assert "Results: as soon as nobody can take the quiz any more." in page
    assert "26 November" not in page


def test_closing_the_quiz_shows_the_result_at_once(amal, bilal, quiz, attempt):
    bilal.post(f"/quizzes/{quiz.id}/close")

    assert "You earned 1 of the 2 points that count: 50 per cent." in result_of(amal, attempt)


def test_what_is_shown_for_two_minutes_says_until_when(amal, db, attempt):
    show(db, shows([("response", "after"), ("correctness", "after")]))

    assert "You see all of this until 12:03 UTC" in result_of(amal, attempt)


def test_a_quiz_that_never_shows_a_score_says_so(amal, db, attempt):
    show(db, shows([("response", "after"), ("response", "while_open"), ("response", "after_closing")]))

    assert "This quiz shows no score here." in result_of(amal, attempt)


@pytest.mark.parametrize("address", ["/", "/account", "/quiz/quiz/start"])
def test_lists_of_attempts_keep_a_hidden_score_to_themselves(amal, db, attempt, address):
    hidden = words_of(amal.get(address).text)
    show(db, PRESETS["homework"])
    shown = words_of(amal.get(address).text)

    score = re.compile(r"1 of 2|1/2")
    assert "not shown yet" in hidden and not score.search(hidden)
    assert "not shown yet" not in shown and score.search(shown)


def test_nobody_appeals_against_a_mark_that_they_do_not_know(amal, db, attempt):
    address = f"/attempt/{attempt.id}/question/1/problem"
    appeal = {"kind": "appeal", "words": "No.", "address": "https://example.org/x", "source_date": "2024"}

    assert "I appeal against my mark" not in amal.get(address).text
    assert amal.post(address, data=appeal).status_code == 422
    show(db, PRESETS["homework"])
    assert "I appeal against my mark" in amal.get(address).text
    assert amal.post(address, data=appeal).status_code == 303


def test_the_answer_to_a_report_waits_for_the_feedback(amal, bilal, db, quiz, attempt):
    amal.post(f"/attempt/{attempt.id}/question/1/problem", data={"kind": "unclear", "words": "Which bridge?"})
    [problem] = re.findall(r"/problems/([0-9a-z]{26})", bilal.get(f"/quizzes/{quiz.id}/problems").text)[:1]
    bilal.post(
        f"/quizzes/{quiz.id}/problems/{problem}", data={"state": "refused", "answer": "It was opened."}
    )

    hidden = result_of(amal, attempt)
    show(db, PRESETS["homework"])
    shown = result_of(amal, attempt)

    assert "Which bridge?" in hidden and "you can read the answer when you see the feedback" in hidden
    assert "It was opened." not in hidden and "Refused" not in hidden
    assert "It was opened." in shown and "Refused" in shown


def test_a_regrade_is_told_where_marks_are_and_its_reason_where_the_key_is(amal, db, quiz, attempt, clock):
    regrade(db, quiz)

    hidden = result_of(amal, attempt)
    show(db, shows((aspect, "while_open") for aspect in ("response", "correctness", "marks")))
    clock.pass_time(minutes=9)
    marks = result_of(amal, attempt)
    show(db, PRESETS["homework"])
    everything = result_of(amal, attempt)

    assert "The score was changed" not in hidden
    assert "The score was changed" in marks and "wood counts too" not in marks
    assert "wood counts too" in everything


def test_a_late_answer_is_told_whatever_is_hidden(amal, db, attempt):
    keep_late_answer(db, attempt, 1, True, operation_id="too-late", now=NOON + timedelta(minutes=3))

    assert "1 answer arrived after the end." in result_of(amal, attempt)


def test_before_submitting_nobody_is_promised_a_score_that_does_not_come(amal, db, quiz):
    attempt = take(db, quiz, "amal", submits=False, at=NOON)
    exam = words_of(amal.get(f"/attempt/{attempt.id}/review").text)
    show(db, PRESETS["homework"])
    homework = words_of(amal.get(f"/attempt/{attempt.id}/review").text)

    assert "You get a receipt; the score comes later, or not at all." in exam
    assert "You see your score at once." in homework


# -- news -------------------------------------------------------


def regrade(db, quiz):
    return commit_regrade(
        db, quiz, Wanted("full", "holds-1"), reason="Of wood counts too.", operation_id="operation-1", by="bilal",
        now=NOON + timedelta(hours=1),
    )  # fmt: skip


def test_a_changed_result_is_told_on_the_front_page_until_it_is_opened(amal, db, quiz, attempt, clock):
    show(db, PRESETS["homework"])
    result_of(amal, attempt)
    assert "New since you last looked" not in words_of(amal.get("/").text)

    clock.pass_time(hours=2)
    regrade(db, quiz)
    told = words_of(amal.get("/").text)
    result_of(amal, attempt)

    assert "your result was changed: 1 → becomes 2 of 2" in told
    assert "New since you last looked" not in words_of(amal.get("/").text)


def test_news_keep_to_what_is_shown(amal, db, quiz, attempt):
    regrade(db, quiz)

    assert "New since you last looked" not in words_of(amal.get("/").text)


def test_results_that_were_released_are_told(amal, db, quiz, attempt):
    result_of(amal, attempt)
    close_quiz(db, quiz, by="bilal", now=NOON)

    assert "The old bridge: your result is there: 1 of 2" in words_of(amal.get("/").text)


def test_nobody_hears_of_anybody_elses_result(dina, db, quiz, attempt):
    close_quiz(db, quiz, by="bilal", now=NOON)

    assert "New since you last looked" not in words_of(dina.get("/").text)


# -- told beforehand -------------------------------------------------------


def test_the_start_page_tells_what_is_shown_when(amal, db, quiz):
    page = words_of(amal.get("/quiz/quiz/start").text)

    assert "Right after submitting: the answers given." in page
    assert (
        "When nobody can take the quiz any more, on 25 November 2026, 12:00 UTC or later, also: right or wrong"
        in page
    )


def test_the_quiz_page_tells_it_too_and_what_learners_see_now(bilal, quiz):
    page = words_of(bilal.get("/quizzes/quiz").text)

    assert "Right after submitting: the answers given." in page
    assert "Learners who have submitted see now: the answers given." in page


# -- the form -------------------------------------------------------


def test_saving_an_untouched_form_changes_no_rule(bilal, db, quiz):
    odd = replace(
        the_quiz(db), visibility=shows([("response", "after")]), behaviour="cbm", tries=5, penalty=0.1,
        navigation="sequential", is_shuffled=True, second_marker=True, time_limit_s=600, overrun="grace", grace_s=120,
        wait_between_s=7200, counting="mean", attempts_allowed=4, policy="scored", policy_reason="Open book.",
        description="Bring a pen.", guests_allowed=True, opens_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    quizzes.update_quiz(db, quiz, odd)
    before = the_quiz(db)

    answer = bilal.post("/quizzes/quiz/rules", data=form_of(bilal.get("/quizzes/quiz/rules").text))

    assert answer.status_code == 303
    assert [
        f.name for f in fields(QuizRules) if getattr(the_quiz(db), f.name) != getattr(before, f.name)
    ] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_above_an_untouched_table_fills_it(bilal, db, quiz, preset):
    sent = form_of(bilal.get("/quizzes/quiz/rules").text) | {"visibility": [preset]}

    assert bilal.post("/quizzes/quiz/rules", data=sent).status_code == 303
    assert the_quiz(db).visibility == PRESETS[preset]


def test_ones_own_choice_is_what_the_table_says(bilal, db, quiz):
    chosen = [("response", "after"), ("correctness", "after_closing"), ("marks", "after_closing")]
    sent = form_of(bilal.get("/quizzes/quiz/rules").text)
    sent |= {"visibility": ["own"], "visibility-cell": names(chosen)}

    assert bilal.post("/quizzes/quiz/rules", data=sent).status_code == 303
    assert the_quiz(db).visibility == shows(chosen)


def test_a_table_that_was_changed_under_an_untouched_preset_is_ones_own_choice(bilal, db, quiz):
    sent = form_of(bilal.get("/quizzes/quiz/rules").text)
    assert sent["visibility"] == ["exam"]
    sent["visibility-cell"] = [*sent["visibility-cell"], "correctness-after"]

    bilal.post("/quizzes/quiz/rules", data=sent)

    assert the_quiz(db).visibility == shows([*PRESETS["exam"].shown, ("correctness", "after")])
    assert preset_of(the_quiz(db).visibility) is None


def test_another_preset_and_a_changed_table_are_asked_about(bilal, db, quiz):
    sent = form_of(bilal.get("/quizzes/quiz/rules").text)
    sent |= {"visibility": ["practice"], "visibility-cell": names([("response", "after")])}

    answer = bilal.post("/quizzes/quiz/rules", data=sent)

    assert answer.status_code == 422
    assert "You chose a preset and changed the table, too." in answer.text
    assert the_quiz(db).visibility == PRESETS["exam"]
    again = bilal.post("/quizzes/quiz/rules", data=form_of(answer.text))
    assert again.status_code == 422, "sent again as it is, it must be asked about again"


def test_a_contradiction_comes_back_at_its_cell_with_the_way_out(bilal, db, quiz):
    sent = form_of(bilal.get("/quizzes/quiz/rules").text)
    sent |= {"visibility": ["own"], "visibility-cell": names([("response", "after"), ("key", "after")])}

    answer = bilal.post("/quizzes/quiz/rules", data=sent)

    assert answer.status_code == 422
    assert '<a href="#visibility-key-after">Beside the right answer, learners see' in answer.text
    assert re.search(r'id="visibility-key-after"[^>]*aria-invalid="true"[^>]*-error"', answer.text)
    assert 'id="visibility-key-after-error"' in answer.text
    assert form_of(answer.text)["visibility-cell"] == names([("response", "after"), ("key", "after")])
    assert the_quiz(db).visibility == PRESETS["exam"]


def test_being_told_at_once_needs_right_and_wrong_at_once(bilal, db, quiz):
    sent = form_of(bilal.get("/quizzes/quiz/rules").text) | {"behaviour": ["immediate"]}

    answer = bilal.post("/quizzes/quiz/rules", data=sent)
    assert '<a href="#visibility-correctness-during">By the way this quiz is marked' in answer.text

    bilal.post("/quizzes/quiz/rules", data=sent | {"visibility": ["practice"]})
    assert the_quiz(db).behaviour == "immediate"


def test_cells_that_nobody_knows_are_ignored(bilal, db, quiz):
    sent = form_of(bilal.get("/quizzes/quiz/rules").text)
    sent |= {"visibility": ["own"], "visibility-cell": ["key-tomorrow", "response-after", "x"]}

    bilal.post("/quizzes/quiz/rules", data=sent)

    assert the_quiz(db).visibility == shows([("response", "after")])


def test_every_cell_is_a_labelled_checkbox(bilal, quiz):
    page = bilal.get("/quizzes/quiz/rules").text

    box = r'<label class="check"><input type="checkbox" id="visibility-([a-z_-]+)".*?<span[^>]*>([^<]+)</span></label>'
    boxes = re.findall(box, page)
    assert [name for name, _ in boxes] == [f"{a}-{m}" for a, m in CELLS if (a, m) != ("response", "during")]
    assert len({label for _, label in boxes}) == len(CELLS) - 1


# -- releasing -------------------------------------------------------


@pytest.fixture
def kept_back(db, quiz, attempt):
    """The quiz is over, and shows the answers given and nothing else."""
    show(db, shows([("response", moment) for moment in ("after", "while_open", "after_closing")]))
    close_quiz(db, the_quiz(db), by="bilal", now=NOON)


def test_results_that_were_kept_back_are_released_by_a_button(amal, bilal, attempt, kept_back):
    assert "Show results now" in bilal.get("/quizzes/quiz").text
    assert "You earned" not in result_of(amal, attempt)

    bilal.post("/quizzes/quiz/release")
    bilal.post("/quizzes/quiz/release")

    assert "You earned 1 of the 2 points that count" in result_of(amal, attempt)
    assert "Show results now" not in bilal.get("/quizzes/quiz").text


def test_nothing_is_released_while_somebody_can_take_the_quiz(amal, bilal, db, quiz, attempt):
    assert "Show results now" not in bilal.get("/quizzes/quiz").text
    page = bilal.post("/quizzes/quiz/release", follow_redirects=True).text

    assert "Somebody can still take this quiz" in page
    assert the_quiz(db).visibility == PRESETS["exam"]


def test_nobody_else_releases_anything(celeste, amal, db, kept_back):
    assert celeste.post("/quizzes/quiz/release").status_code == 404
    assert amal.post("/quizzes/quiz/release").status_code == 403
    assert the_quiz(db).visibility.at("after_closing") != set(ASPECTS)
