from __future__ import annotations

import csv
import io
import re

import pytest

from quiz.storage import attempts
from quiz.storage.quizzes import Draw
from quiz.workflows.start_attempt import start_attempt
from tests.essays import add_essay, all_hand_in, essay_quiz, hand_in
from tests.small_content import add_bank, add_question
from tests.small_quizzes import add_quiz
from tests.taken_quizzes import body
from tests.web.conftest import HIS_CLASS
from tests.web.test_marking import mark

LONG = "لقد عبروا النهر بالعبارة. " * 800


@pytest.fixture
def attempt(db, clock):
    """A text to read, an essay with limits, and a question with a key."""
    add_bank(db)
    add_question(db, "reading", **body("information"), stem="Read *this* first.", citations=())
    add_essay(db, "crossing", min_words=3, max_words=5)
    add_question(db, "keyed")
    quiz = add_quiz(db, "reading", "crossing", "keyed", owner=HIS_CLASS)
    return start_attempt(db, quiz, person_id="amal", now=clock())


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def save(browser, attempt, text, operation="first-operation", revision=0):
    message = {"operation": operation, "position": 2, "revision": revision, "fields": {"answer": [text]}}
    return browser.post(f"/attempt/{attempt.id}/save", json=message)


def slot_of(db, attempt, position=2):
    return attempts.select_attempt_slot_or_none(db, attempt, position)


def test_twenty_thousand_characters_are_saved_whole(db, amal, attempt):
    text = LONG[:20_000].strip()

    by_script = save(amal, attempt, text)
    stored = slot_of(db, attempt).response
    by_form = amal.post(
        f"/attempt/{attempt.id}/question/2", data={"answer": text.replace(" ", "\r\n"), "revision": "1"}
    )

    assert (by_script.status_code, stored) == (200, text)
    assert by_form.status_code == 303
    assert slot_of(db, attempt).response == text.replace(" ", "\n")


def test_what_is_far_too_long_is_told_and_not_thrown_away_unread(db, amal, attempt):
    text = "x" * 20_001

    by_script = save(amal, attempt, text)
    by_form = amal.post(f"/attempt/{attempt.id}/question/2", data={"answer": text})

    assert by_script.status_code == 422
    assert "20001 characters" in by_script.json["unreadable"]
    assert text in by_form.text and "Shorten it" in by_form.text
    assert slot_of(db, attempt).response is None


def test_too_many_words_are_kept_and_told_before_submitting(db, amal, attempt):
    save(amal, attempt, "one two three four five six")

    review = words_of(amal.get(f"/attempt/{attempt.id}/review").text)

    assert slot_of(db, attempt).response == "one two three four five six"
    assert "6 words, of 5 at most" in review


def test_information_has_no_badge_no_points_and_is_not_missing(db, amal, attempt):
    page = amal.get(f"/attempt/{attempt.id}/question/1").text
    save(amal, attempt, "one two three")
    amal.post(f"/attempt/{attempt.id}/question/3", data={"answer": "true"})
    review = words_of(amal.get(f"/attempt/{attempt.id}/review").text)
    resumed = amal.get(f"/attempt/{attempt.id}").location
    amal.post(f"/attempt/{attempt.id}/submit")
    result = amal.get(f"/attempt/{attempt.id}/result").text
    card = result.split('id="question-1"')[1].split("</article>")[0]

    assert "badge" not in page and "Clear my answer" not in page
    assert "You have answered every question." in review and "nothing to answer" in review
    assert not resumed.endswith("/question/1")
    assert "of 2 points" in words_of(result)
    assert "badge" not in card and "left blank" not in card and "Not answered" not in card
    assert "not counted" not in words_of(result)


def test_score_files_tell_what_is_not_marked_yet(db, bilal, clock):
    quiz = essay_quiz(db, owner=HIS_CLASS)
    answers = all_hand_in(db, quiz, ["amal"])
    hand_in(db, quiz, "zaki", None)

    def rows(kind):
        text = bilal.get(f"/quizzes/quiz/scores/file?format=csv&rows={kind}").get_data(as_text=True)
        return {
            (r["person_id"], r.get("question_id")): r for r in csv.DictReader(io.StringIO(text, newline=""))
        }

    wide, long = rows("wide"), rows("long")
    mark(bilal, answers["amal"], "4")
    after = rows("wide")

    assert (wide["amal", None]["unmarked"], wide["amal", None]["earned"]) == ("1", "1.0")
    assert (wide["zaki", None]["unmarked"], wide["zaki", None]["earned"]) == ("0", "1.0")
    gradings = [long[person, q]["grading"] for person in ("amal", "zaki") for q in ("crossing", "keyed")]
    assert gradings == ["waiting", "marked", "blank", "marked"]
    assert long["amal", "crossing"]["standing"] == "marked_by_a_person"
    assert (after["amal", None]["unmarked"], after["amal", None]["earned"]) == ("0", "5.0")


def test_a_long_essay_with_lines_and_formulas_survives_the_file(db, bilal):
    quiz = essay_quiz(db, owner=HIS_CLASS)
    text = "=SUM(A1)\n" + LONG[:19_000].strip()
    hand_in(db, quiz, "amal", text)

    for kind in ("csv", "xlsx", "json"):
        assert bilal.get(f"/quizzes/quiz/scores/file?format={kind}&rows=long").status_code == 200
    sent = bilal.get("/quizzes/quiz/scores/file?format=csv&rows=long").get_data(as_text=True)

    row = next(r for r in csv.DictReader(io.StringIO(sent, newline="")) if r["question_id"] == "crossing")
    assert row["response"] == "'" + text


def test_an_essay_is_written_in_the_editor_and_previewed(db, bilal):
    add_bank(db)
    data = {
        "stem": "How did people cross?", "min_words": "3", "rubric-0-title": "Facts", "rubric-0-levels-0-points": "0",
        "rubric-0-levels-0-text": "None", "rubric-0-levels-1-points": "2", "rubric-0-levels-1-text": "All",
        "rubric-1-title": "Language", "rubric-1-points": "1", "notes": "Be kind.", "model_answer": "By **ferry**.",
        "bank": "towns", "basis": "world", "difficulty": "easy", "state": "ready", "question_id": "new-essay",
    }  # fmt: skip

    preview = bilal.post("/bank/preview/essay", data=data).text
    reply = bilal.post("/bank/new/essay", data=data | {"action": "save"})
    page = bilal.get(reply.location).text

    assert "Be kind." in preview and "<strong>ferry</strong>" in preview and "Marked by a person" in preview
    assert reply.status_code == 303
    assert "Facts" in page and "All" in page and "Marked by a person" in page


def test_a_wrong_rubric_is_told_at_its_field(db, bilal):
    add_bank(db)
    data = {"stem": "How?", "rubric-0-title": "Facts", "bank": "towns", "basis": "world", "state": "ready"}

    reply = bilal.post(
        "/bank/new/essay", data=data | {"difficulty": "easy", "question_id": "new-essay", "action": "save"}
    )

    assert reply.status_code == 422
    assert "points is missing" in reply.text


def test_no_draw_gives_a_text_to_read_in_place_of_a_question(db, clock):

    add_bank(db)
    add_question(db, "reading", **body("information"), stem="Read this.", citations=())
    add_question(db, "keyed")
    quiz = add_quiz(db, Draw("towns", "", 2), owner=HIS_CLASS)

    attempt = start_attempt(db, quiz, person_id="amal", now=clock())

    assert [slot.question_id for slot in attempts.select_attempt_slots(db, attempt)] == ["keyed"]
