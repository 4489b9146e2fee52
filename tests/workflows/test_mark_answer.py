from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.hand_marking import ReadMark
from quiz.core.standing import standing_from_plain
from quiz.storage.audit import select_entries_about
from quiz.storage.hand_marks import count_by_question, count_to_mark_by_quiz, select_marks
from quiz.storage.late_answers import LateAnswer, insert_late_answer, select_late_answers
from quiz.workflows.commit_regrade import commit_regrade
from quiz.workflows.decide_late_answer import decide_late_answer
from quiz.workflows.follow_marker_rule import answers_of_other_rule, follow_marker_rule
from quiz.workflows.mark_answer import MarkedMeanwhile, NothingLeftToMark, mark_answer
from quiz.workflows.plan_regrade import Wanted
from quiz.workflows.settle_answer import NothingToSettle, settle_answer
from quiz.workflows.tell_hand_marks import tell_hand_marks
from quiz.workflows.undo_regrade import undo_regrade
from tests.conftest import NOW
from tests.essays import (
    ESSAY,
    add_essay,
    again,
    all_hand_in,
    answer_of,
    attempt_of,
    essay_quiz,
    hand_in,
    slot_of,
)
from tests.small_content import add_bank, add_question
from tests.small_quizzes import DOUBTFUL, add_class, add_people, add_quiz
from tests.taken_quizzes import body


@pytest.fixture
def quiz(db):
    return essay_quiz(db)


@pytest.fixture
def double(db):
    return essay_quiz(db, second_marker=True)


def give(db, quiz, answer, points, *, by="bilal", seen=0, operation=None, comment="", note="", given=None):
    return mark_answer(
        db, quiz, answer, ReadMark(points, given or {}, comment, note), seen=seen, by=by, now=NOW,
        operation_id=operation or f"mark-{by}-{points}-{comment}-{seen}",
    )  # fmt: skip


def settle(db, quiz, answer, points, *, by="celeste", seen=2, operation="settle-1", reason="Read again."):
    return settle_answer(
        db,
        quiz,
        answer,
        ReadMark(points, {}),
        reason=reason,
        seen=seen,
        operation_id=operation,
        by=by,
        now=NOW,
    )


def score_of(db, answer):
    attempt = attempt_of(db, answer)
    return attempt.earned, attempt.possible, attempt.unmarked


# -- what is submitted -------------------------------------------------------------------------------------


def test_an_essay_waits_and_all_else_is_marked_at_once(db, quiz):
    attempt = hand_in(db, quiz, "amal", "By ferry.")

    answer = answer_of(db, attempt)
    assert (answer.state, answer.fraction, answer.maximum) == ("waiting", None, 4.0)
    assert score_of(db, answer) == (1.0, 5.0, 1)


def test_a_blank_essay_needs_nobody_and_earns_nothing(db, quiz):
    attempt = hand_in(db, quiz, "amal", None)

    assert attempt.unmarked == 0
    assert (attempt.earned, attempt.possible) == (1.0, 5.0)
    assert count_by_question(db, quiz, "bilal") == []


def test_a_token_says_nothing_of_its_learner(db, quiz):
    answers = all_hand_in(db, quiz)

    tokens = {answer.token for answer in answers.values()}
    assert len(tokens) == 3
    assert not any(part in token for token in tokens for part in ("amal", "dina", answers["amal"].attempt_id))


# -- marking -----------------------------------------------------------------------------------------------


def test_a_mark_carries_points_and_maximum_and_moves_the_score(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))

    give(db, quiz, answer, 3.0, given={"facts": 2.0})

    (mark,) = select_marks(db, answer)
    assert (mark.points, mark.maximum, mark.given, mark.marker_name) == (3.0, 4.0, {"facts": 2.0}, "Bilal")
    assert score_of(db, answer) == (4.0, 5.0, 0)
    assert slot_of(db, answer).fraction == 0.75


def test_a_repeated_post_adds_no_mark(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))

    first = give(db, quiz, answer, 3.0, operation="same-operation")
    repeat = give(db, quiz, answer, 3.0, operation="same-operation")
    press = give(db, quiz, answer, 3.0, operation="other-press")

    assert (first.is_new, repeat.is_new, press.is_new) == (True, False, False)
    assert len(select_marks(db, answer)) == 1


def test_a_mark_is_changed_by_another_and_none_is_lost(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))
    give(db, quiz, answer, 3.0)

    give(db, quiz, answer, 2.0, seen=1)

    assert [mark.points for mark in select_marks(db, answer)] == [3.0, 2.0]
    assert score_of(db, answer) == (3.0, 5.0, 0)


def test_a_new_comment_leaves_the_score_alone_even_after_a_regrade(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))
    give(db, quiz, answer, 3.0)
    commit_regrade(
        db,
        quiz,
        Wanted("full", "crossing"),
        reason="All of you.",
        operation_id="regrade-1",
        by="bilal",
        now=NOW,
    )

    give(db, quiz, answer, 3.0, comment="Well seen.", seen=1)

    assert slot_of(db, answer).fraction == 1.0
    assert select_marks(db, answer)[-1].comment == "Well seen."


def test_another_markers_mark_is_never_overwritten_unseen(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))
    give(db, quiz, answer, 3.0, by="celeste")

    with pytest.raises(MarkedMeanwhile) as caught:
        give(db, quiz, answer, 1.0, by="bilal")

    assert (caught.value.theirs.points, caught.value.theirs.marker_name) == (3.0, "Celeste")
    assert slot_of(db, answer).fraction == 0.75
    give(db, quiz, answer, 1.0, by="bilal", seen=1)
    assert slot_of(db, answer).fraction == 0.25


def test_of_many_at_once_one_mark_is_first_and_the_others_are_told(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))
    outcomes = []

    def press(number):
        by = "bilal" if number % 2 else "celeste"
        try:
            outcomes.append(
                give(db, quiz, answer, float(number % 4), by=by, operation=f"at-once-{number}").is_new
            )
        except MarkedMeanwhile:
            outcomes.append("told")

    threads = [threading.Thread(target=press, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count(True) == 1
    assert len(select_marks(db, answer)) == 1


def test_each_mark_is_written_down_without_a_name_or_a_word_of_the_learner(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))

    give(db, quiz, answer, 3.0, comment="Mind the year.")

    (entry,) = [e for e in select_entries_about(db, f"quiz {quiz.id}") if e.action == "mark_by_hand"]
    assert entry.actor_id == "bilal"
    assert entry.details["answer"] == answer.token
    assert not {"amal", "By ferry.", "Mind the year."} & set(map(str, entry.details.values()))


def test_colleagues_share_the_queue(db, quiz):
    answers = all_hand_in(db, quiz)
    assert count_to_mark_by_quiz(db, "bilal") == count_to_mark_by_quiz(db, "celeste") == {quiz.id: 3}

    give(db, quiz, answers["amal"], 1.0, by="celeste")

    assert count_to_mark_by_quiz(db, "bilal") == {quiz.id: 2}
    assert count_to_mark_by_quiz(db, "dina") == {}


# -- two markers -------------------------------------------------------------------------------------------


def test_one_of_two_marks_leaves_the_answer_unmarked(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))

    give(db, double, answer, 3.0)

    assert again(db, double, answer).state == "second"
    assert score_of(db, answer) == (1.0, 5.0, 1)
    assert count_to_mark_by_quiz(db, "bilal") == {}
    assert count_to_mark_by_quiz(db, "celeste") == {double.id: 1}


def test_one_person_can_not_be_both_markers(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 3.0)

    give(db, double, answer, 3.2, seen=1)

    assert again(db, double, answer).state == "second"
    assert slot_of(db, answer).fraction is None


def test_where_two_agree_within_a_tenth_the_mean_counts(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 3.0)

    done = give(db, double, answer, 3.4, by="celeste")

    assert (done.outcome.state, done.outcome.how) == ("marked", "mean")
    assert slot_of(db, answer).fraction == pytest.approx(0.8)
    assert score_of(db, answer) == (pytest.approx(4.2), 5.0, 0)


def test_where_two_differ_by_more_it_waits_to_be_settled(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 3.0)

    done = give(db, double, answer, 3.5, by="celeste")

    assert done.outcome.state == "unsettled"
    assert slot_of(db, answer).fraction is None
    assert score_of(db, answer)[2] == 1
    assert count_to_mark_by_quiz(db, "bilal") == {double.id: 1}


def test_a_third_person_has_nothing_left_to_mark(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 3.0)
    give(db, double, answer, 3.1, by="celeste")

    with pytest.raises(NothingLeftToMark):
        give(db, double, answer, 4.0, by="dina")
    with pytest.raises(NothingLeftToMark):
        give(db, double, answer, 4.0, by="bilal", seen=1)

    assert len(select_marks(db, answer)) == 2


@pytest.mark.parametrize("by", ["bilal", "celeste", "dina"])
def test_either_or_a_third_settles_it_with_a_reason(db, double, by):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 1.0)
    give(db, double, answer, 3.0, by="celeste")

    outcome = settle(db, double, answer, 2.0, by=by)
    repeat = settle(db, double, answer, 2.0, by=by)

    assert (outcome.how, outcome.fraction) == ("settlement", 0.5)
    assert repeat == outcome
    assert score_of(db, answer) == (3.0, 5.0, 0)
    assert select_marks(db, answer)[-1].reason == "Read again."


def test_what_was_settled_can_be_settled_anew_but_not_unseen(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 1.0)
    give(db, double, answer, 3.0, by="celeste")
    settle(db, double, answer, 2.0)

    with pytest.raises(MarkedMeanwhile):
        settle(db, double, answer, 4.0, seen=2, operation="settle-2")
    settle(db, double, answer, 4.0, seen=3, operation="settle-3")

    assert slot_of(db, answer).fraction == 1.0


def test_nothing_is_settled_before_two_have_marked(db, double):
    answer = answer_of(db, hand_in(db, double, "amal", "By ferry."))
    give(db, double, answer, 1.0)

    with pytest.raises(NothingToSettle):
        settle(db, double, answer, 2.0, seen=1)


def test_a_teacher_who_is_alone_can_let_one_mark_do(db, double):
    answers = all_hand_in(db, double)
    give(db, double, answers["amal"], 3.0)

    single = replace(double, second_marker=False)

    assert len(answers_of_other_rule(db, single)) == 3
    assert follow_marker_rule(db, single, by="bilal", now=NOW) == 3

    assert slot_of(db, answers["amal"]).fraction == 0.75
    assert slot_of(db, answers["dina"]).fraction is None
    assert follow_marker_rule(db, single, by="bilal", now=NOW) == 0


# -- what comes after --------------------------------------------------------------------------------------


def test_a_late_answer_that_is_accepted_is_marked_anew(db):
    quiz = essay_quiz(db, time_limit_s=1800)
    attempt = hand_in(db, quiz, "amal", "By ferry.", at=NOW)
    answer = answer_of(db, attempt)
    give(db, quiz, answer, 3.0)

    late = LateAnswer("late-operation", 1, "By ferry, until 1901.", NOW + timedelta(hours=1))
    insert_late_answer(db, attempt.class_id, attempt.id, late)
    assert len(select_late_answers(db, attempt.class_id, attempt.id)) == 1

    decide_late_answer(db, attempt_of(db, answer), "late-operation", "accepted", by="bilal", now=NOW)

    changed = again(db, quiz, answer)
    assert (changed.state, changed.round, changed.fraction) == ("waiting", 2, None)
    assert select_marks(db, changed) == []
    assert score_of(db, answer) == (1.0, 5.0, 1)


def test_full_marks_for_all_leave_nothing_to_mark_and_undone_all_waits_again(db, quiz):
    answers = all_hand_in(db, quiz)

    made = commit_regrade(
        db,
        quiz,
        Wanted("full", "crossing"),
        reason="All of you.",
        operation_id="regrade-1",
        by="bilal",
        now=NOW,
    )
    decided = score_of(db, answers["amal"])
    undo_regrade(db, quiz, made, by="bilal", now=NOW)

    assert decided == (5.0, 5.0, 0)
    assert score_of(db, answers["amal"]) == (1.0, 5.0, 1)
    assert count_to_mark_by_quiz(db, "bilal") == {quiz.id: 3}


def test_what_is_told_is_only_what_is_decided(db, double):
    attempt = hand_in(db, double, "amal", "By ferry.")
    answer = answer_of(db, attempt)
    give(db, double, answer, 3.0, comment="Good.", given={"facts": 2.0, "language": 1.0})

    before = tell_hand_marks(db, attempt.class_id, attempt.id)[1]
    give(db, double, answer, 3.2, by="celeste", comment="Fine.")
    after = tell_hand_marks(db, attempt.class_id, attempt.id)[1]

    assert before.decided == ()
    assert [told.mark.comment for told in after.decided] == ["Good.", "Fine."]
    assert [row.level.words if row.level else row.points for row in after.decided[0].criteria] == [
        "Both",
        1.0,
    ]


def test_an_essay_without_a_claim_counts_and_says_that_a_person_marks_it(db, quiz):
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))

    slot = slot_of(db, answer)
    assert (slot.standing.word, slot.is_counted) == ("marked_by_a_person", True)
    assert (
        standing_from_plain({"is_verified": True, "in_source": False, "as_of": "", "reasons": []}).about
        == "key"
    )


def test_an_essay_on_a_claim_that_does_not_hold_is_kept_out_of_the_score(db):

    add_people(db)
    add_class(db)
    add_bank(db)
    add_question(db, "crossing", **body("essay", **ESSAY), stem="How?", citations=DOUBTFUL)
    add_question(db, "keyed")
    quiz = add_quiz(db, "crossing", "keyed")

    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))

    assert slot_of(db, answer).standing.word == "unverified"
    assert score_of(db, answer) == (1.0, 1.0, 1)


def test_two_essays_wait_apart(db):

    add_people(db)
    add_class(db)
    add_bank(db)
    add_essay(db, "crossing")
    add_essay(db, "building")
    quiz = add_quiz(db, "crossing", "building")
    attempt = hand_in(db, quiz, "amal", "By ferry.", keyed="By hand.")

    assert attempt.unmarked == 2
    assert [count.question_id for count in count_by_question(db, quiz, "bilal")] == ["crossing", "building"]
