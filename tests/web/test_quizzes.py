from __future__ import annotations

import re

import pytest

from quiz.core import join_codes
from quiz.storage import classes, quizzes
from quiz.storage.attempts import select_attempt_or_none
from quiz.storage.quizzes import Draw
from quiz.workflows.retire_question import retire_question
from tests.small_quizzes import add_guest, add_questions, add_quiz, take, the_quiz
from tests.web.conftest import HIS_CLASS

PAGES = ["", "/rules", "/preview", "/close", "/delete"]
DEEDS = [
    "/rules",
    "/questions",
    "/draws",
    "/slots/slot-1/move",
    "/slots/slot-1/remove",
    "/points",
    "/open",
    "/close",
    "/delete",
]
TYPED = {
    "title": "Mine",
    "question": "holds-2",
    "bank": "towns",
    "count": "1",
    "points": "1",
    "position": "2",
    "points-slot-1": "9",
    "policy": "unscored",
}


@pytest.fixture(autouse=True)
def bank(db):
    """A bank of three questions, one of them doubtful."""
    add_questions(db, "holds-1", "holds-2", "doubtful-1")


@pytest.fixture
def draft(db):
    """Bilal's draft of one question."""
    return add_quiz(db, "holds-1", owner=HIS_CLASS, is_open=False)


@pytest.fixture
def sample(db, clock):
    """A quiz of the public class."""
    classes.insert_class(
        db, id="samples", title="Samples", join_code="SAMPLESS", created_by=None, now=clock(), is_public=True
    )
    return add_quiz(db, "holds-1", owner="samples", quiz_id="sample", title="A sample", guests_allowed=True)


def state_of(db):
    return the_quiz(db), quizzes.select_slots(db, the_quiz(db))


# -- who may -------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_quiz_are_for_the_instructors_of_its_class(draft, bilal, celeste, amal, client, page):
    address = f"/quizzes/{draft.id}{page}"

    assert bilal.get(address).status_code == 200
    assert celeste.get(address).status_code == 404
    assert amal.get(address).status_code == 403
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_may_change_a_quiz(draft, celeste, amal, client, db, deed):
    before = state_of(db)

    assert celeste.post(f"/quizzes/{draft.id}{deed}", data=TYPED).status_code == 404
    assert amal.post(f"/quizzes/{draft.id}{deed}", data=TYPED).status_code == 403
    assert client.post(f"/quizzes/{draft.id}{deed}", data=TYPED).status_code == 401
    assert state_of(db) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_changes_a_sample(sample, bilal, db, deed):
    before = (the_quiz(db, "sample"), quizzes.select_slots(db, sample))

    assert bilal.post(f"/quizzes/sample{deed}", data=TYPED).status_code == 404
    assert (the_quiz(db, "sample"), quizzes.select_slots(db, sample)) == before


def test_a_sample_leads_to_its_preview(sample, celeste):
    page = celeste.get("/quizzes/sample", follow_redirects=True)

    assert page.request.path == "/quizzes/sample/preview"
    assert "cannot be changed" in page.text
    assert "Back to the quiz" not in page.text


def test_a_guest_may_open_none_of_it(draft, db, sign_in_as, cast):
    guest = sign_in_as(type(cast.amal)(add_guest(db), "guest", "Zaki", None))

    assert guest.get("/quizzes").status_code == 403
    assert guest.get(f"/quizzes/{draft.id}").status_code == 403


# -- the list -------------------------------------------------------


def test_the_list_has_ones_own_quizzes_then_the_samples(draft, sample, bilal, celeste):
    page = bilal.get("/quizzes").text
    assert page.index("The old bridge") < page.index("Sample quizzes") < page.index("A sample")

    hers = celeste.get("/quizzes").text
    assert "The old bridge" not in hers
    assert "You have not built a quiz yet" in hers
    assert "A sample" in hers


def test_who_has_no_class_is_led_to_make_one(celeste, db, clock):
    classes.update_class_archived(db, "celestes-class", clock())

    assert "you have none yet" in celeste.get("/quizzes").text
    assert celeste.get("/quizzes/new").location == "/classes/new"


# -- rules -------------------------------------------------------


def typed_rules(**changes: str) -> dict[str, str]:
    return {"title": "New", "policy": "unscored", "class_id": HIS_CLASS} | changes


def test_a_quiz_is_made_once_however_often_its_form_is_sent(bilal, db):
    made_with = re.search(r'name="new_id" value="([^"]+)"', bilal.get("/quizzes/new").text)
    assert made_with
    for _ in range(2):
        answer = bilal.post("/quizzes/new", data=typed_rules(new_id=made_with[1]))
        assert answer.status_code == 303

    assert [quiz.title for quiz in quizzes.select_quizzes_of_class(db, HIS_CLASS)] == ["New"]
    assert "The quiz has no questions yet" in bilal.get(answer.location).text


def test_a_quiz_cannot_be_made_for_another_instructors_class(bilal, db):
    answer = bilal.post("/quizzes/new", data=typed_rules(class_id="celestes-class"))

    assert answer.status_code == 422
    assert quizzes.select_all_quizzes(db) == []


def test_scoring_unverified_questions_without_a_reason_is_sent_back_with_what_was_typed(bilal, db):
    answer = bilal.post("/quizzes/new", data=typed_rules(policy="scored", description="Open book."))

    assert answer.status_code == 422
    assert answer.text.count("Enter why unverified questions count") == 2
    assert "Open book." in answer.text
    assert 'value="scored" checked' in answer.text


def test_rules_are_shown_as_they_are_and_saved_as_they_were_typed(bilal, db, draft):
    typed = typed_rules(
        title="Newer", policy="scored", policy_reason="Practice.", attempts_allowed="3", guests_allowed="y"
    )
    bilal.post(f"/quizzes/{draft.id}/rules", data=typed)

    quiz = the_quiz(db)
    assert (quiz.title, quiz.policy, quiz.policy_reason) == ("Newer", "scored", "Practice.")
    assert (quiz.attempts_allowed, quiz.guests_allowed) == (3, True)
    page = bilal.get(f"/quizzes/{draft.id}/rules").text
    assert 'value="Practice."' in page
    assert 'value="scored" checked' in page


@pytest.mark.parametrize("typed", ["0", "many", "-1"])
def test_a_number_of_attempts_that_is_none_is_sent_back(bilal, draft, typed):
    assert (
        bilal.post(f"/quizzes/{draft.id}/rules", data=typed_rules(attempts_allowed=typed)).status_code == 422
    )


# -- building -------------------------------------------------------


def test_the_builder_shows_each_place_with_its_standing_and_the_code(bilal, draft):
    page = bilal.get(f"/quizzes/{draft.id}").text

    assert "Is holds-1 so?" in page
    assert "Checked, as of" in page
    assert join_codes.shown(draft.join_code) in page
    assert f"http://localhost/join/{draft.join_code}" in page
    assert "Nothing stands in its way" in page


def test_questions_are_found_in_the_builder_and_added_and_the_search_stays(bilal, db, draft):
    found = bilal.get(f"/quizzes/{draft.id}?words=doubtful&in_bank=towns&with_tag=").text
    assert "Is doubtful-1 so?" in found
    assert "Is holds-2 so?" not in found

    typed = {"question": "doubtful-1", "words": "doubtful", "in_bank": "towns", "with_tag": ""}
    answer = bilal.post(f"/quizzes/{draft.id}/questions", data=typed)

    assert "words=doubtful" in answer.location
    page = bilal.get(answer.location).text
    assert "The question is added" in page
    assert "in the quiz" in page
    assert "1 chosen question" in page
    assert [slot.question_id for slot in quizzes.select_slots(db, draft)] == ["holds-1", "doubtful-1"]


def test_an_empty_search_shows_all_and_one_that_finds_nothing_the_way_out(bilal, draft):
    assert "Is holds-2 so?" in bilal.get(f"/quizzes/{draft.id}?words=").text
    assert "No question fits all of this" in bilal.get(f"/quizzes/{draft.id}?words=zebra").text


def test_a_question_that_is_no_more_is_told(bilal, draft):
    page = bilal.post(
        f"/quizzes/{draft.id}/questions", data={"question": "no-such"}, follow_redirects=True
    ).text

    assert "There is no question no-such" in page


def test_the_builder_counts_what_a_draw_would_take_from(bilal, draft):
    page = bilal.get(f"/quizzes/{draft.id}?bank=towns&tag=bridges").text

    assert "3 questions match." in page
    assert "1 of them is unverified today." in page


def test_a_draw_is_added_once_however_often_its_form_is_sent(bilal, db, draft):
    made_with = re.search(
        r'name="new_id" value="([^"]+)"', bilal.get(f"/quizzes/{draft.id}?bank=towns&tag=").text
    )
    assert made_with
    for _ in range(2):
        typed = {"bank": "towns", "tag": "", "count": "2", "points": "1.5", "new_id": made_with[1]}
        assert bilal.post(f"/quizzes/{draft.id}/draws", data=typed).status_code == 303

    _, drawn = quizzes.select_slots(db, draft)
    assert (drawn.draw, drawn.points) == (Draw("towns", "", 2), 1.5)
    assert "2 at random from “Towns”" in bilal.get(f"/quizzes/{draft.id}").text


@pytest.mark.parametrize(
    "typed",
    [
        {"count": "0"},
        {"count": "many"},
        {"points": "-1"},
        {"points": "nan"},
        {"bank": "no-such"},
        {"count": ""},
    ],
)
def test_a_draw_of_nothing_is_sent_back_with_the_problem(bilal, db, draft, typed):
    answer = bilal.post(
        f"/quizzes/{draft.id}/draws", data={"bank": "towns", "tag": "", "count": "2", "points": "1"} | typed
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert len(quizzes.select_slots(db, draft)) == 1


def test_places_are_moved_and_removed_by_buttons(bilal, db):
    quiz = add_quiz(db, "holds-1", "holds-2", owner=HIS_CLASS, is_open=False)

    bilal.post(f"/quizzes/{quiz.id}/slots/slot-2/move", data={"position": "1"})
    assert [slot.id for slot in quizzes.select_slots(db, quiz)] == ["slot-2", "slot-1"]

    bilal.post(f"/quizzes/{quiz.id}/slots/slot-2/remove")
    assert [slot.id for slot in quizzes.select_slots(db, quiz)] == ["slot-1"]


@pytest.mark.parametrize(
    ("typed", "points"), [("2,5", 2.5), ("3", 3.0), ("nothing", 1.0), ("-1", 1.0), ("", 1.0)]
)
def test_points_are_numbers_and_anything_else_changes_nothing(bilal, db, draft, typed, points):
    bilal.post(f"/quizzes/{draft.id}/points", data={"points-slot-1": typed})

    assert quizzes.select_slots(db, draft)[0].points == points


def test_the_builder_names_what_the_policy_does_to_unverified_questions(bilal, db):
    quiz = add_quiz(
        db,
        "doubtful-1",
        "holds-1",
        owner=HIS_CLASS,
        policy="scored",
        policy_reason="For practice.",
        is_open=False,
    )

    page = bilal.get(f"/quizzes/{quiz.id}").text

    assert "Unverified questions count like the others" in page
    assert "For practice." in page


def test_the_preview_shows_questions_as_learners_get_them_and_no_key(bilal, db):
    quiz = add_quiz(db, "holds-1", Draw("towns", "", 1), owner=HIS_CLASS, is_open=False)

    page = bilal.get(f"/quizzes/{quiz.id}/preview").text

    assert "Question 1 of 2" in page
    assert "Draw again" in page
    assert "It was opened on 1 May 1901" not in page


# -- opening and closing -------------------------------------------------------


def test_a_quiz_is_opened_from_the_builder(bilal, db, draft):
    page = bilal.post(f"/quizzes/{draft.id}/open", follow_redirects=True).text

    assert the_quiz(db).state == "open"
    assert "The quiz is open" in page
    assert "Close the quiz" in page


def test_what_stands_in_the_way_is_told_and_nothing_is_opened(bilal, db, draft, clock):
    retire_question(db, "holds-1", now=clock())

    answer = bilal.post(f"/quizzes/{draft.id}/open")

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert "Place 1 holds a question that is retired" in answer.text
    assert the_quiz(db).state == "draft"


def test_before_closing_it_says_how_many_attempts_it_will_submit(bilal, db):
    quiz = add_quiz(db, "holds-1", owner=HIS_CLASS)
    attempt = take(db, quiz, "amal", {"holds-1": True}, submits=False)

    assert (
        "1 attempt is still open. It will be submitted as it stands"
        in bilal.get(f"/quizzes/{quiz.id}/close").text
    )
    page = bilal.post(f"/quizzes/{quiz.id}/close", follow_redirects=True).text

    assert "1 open attempt was submitted as it stood" in page
    submitted = select_attempt_or_none(db, attempt.id)
    assert submitted is not None
    assert (submitted.state, submitted.earned) == ("submitted", 1.0)
    assert "Open it again" in page


def test_a_draft_is_deleted_after_it_was_asked_about(bilal, db, draft):
    assert "gone for good" in bilal.get(f"/quizzes/{draft.id}/delete").text
    bilal.post(f"/quizzes/{draft.id}/delete")

    assert quizzes.select_quiz_or_none(db, draft.id) is None


def test_an_opened_quiz_is_not_deleted(bilal, db):
    quiz = add_quiz(db, "holds-1", owner=HIS_CLASS)

    page = bilal.post(f"/quizzes/{quiz.id}/delete", follow_redirects=True).text

    assert "it is kept with its results" in page
    assert the_quiz(db)


def test_names_with_html_in_them_stay_text_on_every_page(bilal, db):
    add_quiz(db, "holds-1", owner=HIS_CLASS, title="<script>alert(1)</script>", description="<img src=x>")

    for address in (
        "/quizzes",
        "/quizzes/quiz",
        "/quizzes/quiz/preview",
        "/quizzes/quiz/close",
        f"/classes/{HIS_CLASS}",
    ):
        page = bilal.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<img src=x>" not in page
