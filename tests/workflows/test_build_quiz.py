"""What instructors do with a quiz: its rules, its places, the check, opening and closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.quiz_rules import QuizRules, UnusableRules, UnusableSlot
from quiz.storage import attempts, quizzes
from quiz.storage.audit import select_entries_about
from quiz.storage.database import Database
from quiz.storage.quizzes import Draw, Quiz
from quiz.workflows.add_slot import add_draw, add_question
from quiz.workflows.archive_class import archive_class
from quiz.workflows.change_points import change_points
from quiz.workflows.change_quiz import change_quiz
from quiz.workflows.check_quiz import check_quiz
from quiz.workflows.close_quiz import NeverOpened, close_quiz
from quiz.workflows.create_quiz import create_quiz
from quiz.workflows.delete_quiz import NoDraft, delete_quiz
from quiz.workflows.move_slot import move_slot
from quiz.workflows.open_to_learners import CannotOpen, open_to_learners
from quiz.workflows.preview_quiz import preview_quiz
from quiz.workflows.remove_slot import remove_slot
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import create_question
from tests.conftest import NOW, TODAY
from tests.small_content import wording
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take, the_class, the_quiz

ANY_TWO = Draw("towns", "", 2)


@pytest.fixture(autouse=True)
def bank(sqlite_db: Database) -> None:
    """Bilal's class with Amal in it, and a bank of five questions, two of them doubtful."""
    add_people(sqlite_db)
    add_class(sqlite_db)
    add_questions(sqlite_db, "holds-1", "holds-2", "holds-3", "doubtful-1", "doubtful-2")


@pytest.fixture
def draft(sqlite_db: Database) -> Quiz:
    return add_quiz(sqlite_db, is_open=False)


def order_of(db: Database, quiz: Quiz) -> list[tuple[int, str | None]]:
    return [(slot.position, slot.question_id) for slot in quizzes.select_slots(db, quiz)]


def problems_of(db: Database, quiz: Quiz) -> list[str]:
    return [str(problem) for problem in check_quiz(db, quiz, today=TODAY).problems]


# -- rules -------------------------------------------------------


def test_a_new_quiz_is_a_draft_that_does_not_score_what_is_unverified(sqlite_db: Database):
    for _ in range(2):
        create_quiz(
            sqlite_db, the_class(sqlite_db), quiz_id="new", rules=QuizRules("Quiz"), by="bilal", now=NOW
        )

    quiz = the_quiz(sqlite_db, "new")
    assert (quiz.state, quiz.policy, quiz.guests_allowed, quiz.attempts_allowed) == (
        "draft",
        "unscored",
        False,
        None,
    )


def test_rules_that_cannot_be_kept_make_no_quiz(sqlite_db: Database):
    with pytest.raises(UnusableRules):
        create_quiz(
            sqlite_db,
            the_class(sqlite_db),
            quiz_id="new",
            rules=QuizRules("Quiz", policy="scored"),
            by="bilal",
            now=NOW,
        )

    assert quizzes.select_quiz_or_none(sqlite_db, "new") is None


def test_changed_rules_leave_attempts_that_were_started_alone(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "doubtful-1")
    attempt = take(sqlite_db, quiz, "amal", submits=False)

    change_quiz(sqlite_db, quiz, QuizRules("New title", policy="scored", policy_reason="Practice."), now=NOW)

    assert (the_quiz(sqlite_db).title, the_quiz(sqlite_db).policy_reason) == ("New title", "Practice.")
    kept = attempts.select_attempt_or_none(sqlite_db, attempt.id)
    assert kept is not None
    assert kept.policy == "unscored"


def test_a_draft_can_be_deleted_and_an_opened_quiz_cannot(sqlite_db: Database, draft: Quiz):
    add_question(sqlite_db, draft, "holds-1", now=NOW)
    delete_quiz(sqlite_db, draft)
    assert quizzes.select_quiz_or_none(sqlite_db, draft.id) is None

    opened = add_quiz(sqlite_db, "holds-1")
    with pytest.raises(NoDraft):
        delete_quiz(sqlite_db, opened)


# -- places -------------------------------------------------------


def test_places_are_added_at_the_end(sqlite_db: Database, draft: Quiz):
    add_question(sqlite_db, draft, "holds-2", now=NOW)
    add_draw(sqlite_db, draft, ANY_TWO, slot_id="the-draw", points=2.0)
    add_question(sqlite_db, draft, "holds-1", points=0.5, now=NOW)

    assert order_of(sqlite_db, draft) == [(1, "holds-2"), (2, None), (3, "holds-1")]


def test_a_question_is_in_a_quiz_once(sqlite_db: Database, draft: Quiz):
    assert add_question(sqlite_db, draft, "holds-1", now=NOW)
    assert not add_question(sqlite_db, draft, "holds-1", now=NOW)

    assert order_of(sqlite_db, draft) == [(1, "holds-1")]


def test_a_draw_that_was_sent_twice_is_in_the_quiz_once(sqlite_db: Database, draft: Quiz):
    assert add_draw(sqlite_db, draft, ANY_TWO, slot_id="the-draw")
    assert not add_draw(sqlite_db, draft, ANY_TWO, slot_id="the-draw")

    assert len(quizzes.select_slots(sqlite_db, draft)) == 1


@pytest.mark.parametrize(
    "draw",
    [Draw("no-such-bank", "", 2), Draw("towns", "", 0), Draw("towns", "", 999)],
    ids=lambda draw: str(draw),
)
def test_a_draw_from_nowhere_or_of_nothing_is_refused(sqlite_db: Database, draft: Quiz, draw: Draw):
    with pytest.raises(UnusableSlot):
        add_draw(sqlite_db, draft, draw, slot_id="the-draw")

    assert quizzes.select_slots(sqlite_db, draft) == []


def test_a_question_that_does_not_exist_is_refused(sqlite_db: Database, draft: Quiz):
    with pytest.raises(UnusableSlot):
        add_question(sqlite_db, draft, "no-such", now=NOW)


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (1, ["slot-2", "slot-1", "slot-3"]),
        (3, ["slot-1", "slot-3", "slot-2"]),
        (99, ["slot-1", "slot-3", "slot-2"]),
        (-5, ["slot-2", "slot-1", "slot-3"]),
        (2, ["slot-1", "slot-2", "slot-3"]),
    ],
)
def test_a_place_can_be_moved_and_moving_it_again_changes_nothing(
    sqlite_db: Database, position: int, order: list[str]
):
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2", "holds-3", is_open=False)

    for _ in range(2):
        move_slot(sqlite_db, quiz, "slot-2", position)
        assert [slot.id for slot in quizzes.select_slots(sqlite_db, quiz)] == order
        assert [slot.position for slot in quizzes.select_slots(sqlite_db, quiz)] == [1, 2, 3]


def test_a_place_that_is_gone_is_not_moved(sqlite_db: Database, draft: Quiz):
    move_slot(sqlite_db, draft, "no-such", 1)

    assert quizzes.select_slots(sqlite_db, draft) == []


def test_removing_a_place_closes_the_gap(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2", "holds-3", is_open=False)

    for _ in range(2):
        remove_slot(sqlite_db, quiz, "slot-2")

    assert order_of(sqlite_db, quiz) == [(1, "holds-1"), (2, "holds-3")]


def test_points_are_changed_all_or_none(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2", is_open=False)

    with pytest.raises(UnusableSlot):
        change_points(sqlite_db, quiz, {"slot-1": 3.0, "slot-2": float("nan")})
    assert [slot.points for slot in quizzes.select_slots(sqlite_db, quiz)] == [1.0, 1.0]

    change_points(sqlite_db, quiz, {"slot-2": 2.5, "no-such": 7.0})
    assert [slot.points for slot in quizzes.select_slots(sqlite_db, quiz)] == [1.0, 2.5]


def test_what_changes_in_an_open_quiz_leaves_attempts_that_were_started_alone(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2")
    attempt = take(sqlite_db, quiz, "amal", submits=False)

    remove_slot(sqlite_db, quiz, "slot-1")
    change_points(sqlite_db, quiz, {"slot-2": 9.0})

    kept = attempts.select_attempt_slots(sqlite_db, attempt)
    assert [(slot.question_id, slot.points) for slot in kept] == [("holds-1", 1.0), ("holds-2", 1.0)]


# -- the check -------------------------------------------------------


def test_the_check_adds_up_questions_and_points(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", ANY_TWO, is_open=False)
    change_points(sqlite_db, quiz, {"slot-2": 2.0})

    check = check_quiz(sqlite_db, quiz, today=TODAY)

    assert (check.questions, check.points, check.problems) == (3, 5.0, ())


def test_the_check_counts_what_is_unverified_on_that_day(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", "doubtful-1", ANY_TWO, is_open=False)

    today = check_quiz(sqlite_db, quiz, today=TODAY)
    assert (today.unverified, today.unverified_in_draws) == (1, 1)

    # By then the claim that holds is due for a new check, too.
    later = check_quiz(sqlite_db, quiz, today=TODAY.replace(year=2040))
    assert (later.unverified, later.unverified_in_draws) == (2, 3)


def test_what_the_policy_leaves_out_is_neither_asked_nor_drawn(sqlite_db: Database):
    quiz = add_quiz(
        sqlite_db, "holds-1", "doubtful-1", Draw("towns", "", 3), policy="left_out", is_open=False
    )

    check = check_quiz(sqlite_db, quiz, today=TODAY)

    assert [checked.asked for checked in check.slots] == [1, 0, 2]
    assert problems_of(sqlite_db, quiz) == ["Place 3 draws 3 questions, but only 2 can be drawn"]


def test_a_quiz_without_questions_cannot_be_opened(sqlite_db: Database, draft: Quiz):
    assert problems_of(sqlite_db, draft) == ["The quiz has no questions yet"]


def test_a_quiz_that_would_ask_nothing_today_cannot_be_opened(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "doubtful-1", policy="left_out", is_open=False)

    assert problems_of(sqlite_db, quiz) == [
        "Today nothing would be asked: every question is left out or cannot be asked"
    ]


def test_a_retired_question_and_a_draft_stand_in_the_way(sqlite_db: Database):
    create_question(sqlite_db, "towns", wording(), state="draft", by=None, now=NOW, question_id="unfinished")
    retire_question(sqlite_db, "holds-2", now=NOW)
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2", "unfinished", is_open=False)

    assert problems_of(sqlite_db, quiz) == [
        "Place 2 holds a question that is retired or still a draft",
        "Place 3 holds a question that is retired or still a draft",
    ]
    assert all(
        checked.chosen and checked.chosen.question
        for checked in check_quiz(sqlite_db, quiz, today=TODAY).slots
    )


def test_a_draw_does_not_count_chosen_questions_among_its_own(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", Draw("towns", "", 5), is_open=False)

    assert problems_of(sqlite_db, quiz) == ["Place 2 draws 5 questions, but only 4 can be drawn"]


def test_draws_that_together_take_more_than_there_is_stand_in_the_way(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, Draw("towns", "", 3), Draw("towns", "bridges", 3), is_open=False)

    assert problems_of(sqlite_db, quiz) == ["Place 2 draws 3 questions, but the draws before it leave only 2"]


def test_a_draw_with_a_tag_that_nothing_has_finds_nothing(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", Draw("towns", "no-such", 1), is_open=False)

    assert problems_of(sqlite_db, quiz) == ["Place 2 draws 1 questions, but only 0 can be drawn"]


# -- the preview -------------------------------------------------------


def test_the_preview_asks_what_the_check_promises_and_nothing_twice(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, Draw("towns", "", 2), "holds-1", Draw("towns", "", 2), is_open=False)

    places = preview_quiz(sqlite_db, quiz, today=TODAY)

    asked = [place.question.question_id for place in places]
    assert sorted(asked) == ["doubtful-1", "doubtful-2", "holds-1", "holds-2", "holds-3"]
    assert [place.is_drawn for place in places] == [True, True, False, True, True]
    assert [place.is_counted for place in places] == [place.standing.is_verified for place in places]


def test_the_preview_is_the_same_for_one_seed_and_not_for_all(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, Draw("towns", "", 2), is_open=False)

    def drawn(seed: str) -> list[str]:
        return [place.question.question_id for place in preview_quiz(sqlite_db, quiz, today=TODAY, seed=seed)]

    assert drawn("1") == drawn("1")
    assert len({tuple(drawn(str(seed))) for seed in range(20)}) > 1


def test_the_preview_leaves_out_what_the_policy_leaves_out(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "doubtful-1", Draw("towns", "", 5), policy="left_out", is_open=False)

    places = preview_quiz(sqlite_db, quiz, today=TODAY)

    assert {place.question.question_id for place in places} == {"holds-1", "holds-2", "holds-3"}


# -- opening and closing -------------------------------------------------------


def test_a_quiz_with_problems_is_not_opened_and_all_of_them_are_told(sqlite_db: Database, draft: Quiz):
    archive_class(sqlite_db, the_class(sqlite_db), by="bilal", now=NOW)

    with pytest.raises(CannotOpen) as refused:
        open_to_learners(sqlite_db, draft, by="bilal", now=NOW)

    assert len(refused.value.problems) == 2
    assert the_quiz(sqlite_db).state == "draft"


def test_opening_is_noted_once_however_often_it_is_asked_for(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", is_open=False)

    for _ in range(2):
        open_to_learners(sqlite_db, quiz, by="bilal", now=NOW)

    assert the_quiz(sqlite_db).state == "open"
    assert [entry.action for entry in select_entries_about(sqlite_db, "quiz quiz")] == ["open"]


def test_closing_submits_open_attempts_as_they_stand(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2")
    half_done = take(sqlite_db, quiz, "amal", {"holds-1": True}, submits=False)
    done = take(sqlite_db, quiz, "dina", {"holds-1": True, "holds-2": True})
    later = NOW + timedelta(hours=1)

    assert close_quiz(sqlite_db, quiz, by="bilal", now=later) == 1

    submitted = attempts.select_attempt_or_none(sqlite_db, half_done.id)
    assert submitted is not None
    assert (submitted.state, submitted.submitted_at, submitted.earned, submitted.possible) == (
        "submitted",
        later,
        1.0,
        2.0,
    )
    assert attempts.select_attempt_or_none(sqlite_db, done.id) == replace(done, quiz_is_closed=True)
    assert the_quiz(sqlite_db).state == "closed"


def test_closing_again_submits_what_a_first_close_left_and_nothing_twice(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1")
    attempt = take(sqlite_db, quiz, "amal", submits=False)
    quizzes.update_quiz_state(sqlite_db, quiz, "closed", NOW)

    assert close_quiz(sqlite_db, the_quiz(sqlite_db), by="bilal", now=NOW) == 1
    assert close_quiz(sqlite_db, the_quiz(sqlite_db), by="bilal", now=NOW) == 0

    assert [step.kind for step in attempts.select_steps(sqlite_db, attempt)].count("submit") == 1


def test_a_closed_quiz_can_be_opened_again(sqlite_db: Database):
    quiz = add_quiz(sqlite_db, "holds-1")
    close_quiz(sqlite_db, quiz, by="bilal", now=NOW)

    open_to_learners(sqlite_db, the_quiz(sqlite_db), by="bilal", now=NOW)

    assert the_quiz(sqlite_db).state == "open"


def test_a_draft_cannot_be_closed(sqlite_db: Database, draft: Quiz):
    with pytest.raises(NeverOpened):
        close_quiz(sqlite_db, draft, by="bilal", now=NOW)
