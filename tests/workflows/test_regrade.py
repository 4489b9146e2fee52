from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.core.regrading import CannotRegrade
from quiz.storage import attempts
from quiz.storage.audit import select_entries_about
from quiz.storage.regrades import select_regrades_of_quiz, update_slot_mark
from quiz.workflows.answers_given import answers_given
from quiz.workflows.commit_regrade import PlanChanged, commit_regrade
from quiz.workflows.plan_regrade import Wanted, plan_regrade
from quiz.workflows.regrades_of_attempt import positions_dropped, regrades_of_attempt
from quiz.workflows.save_question import save_version
from quiz.workflows.undo_regrade import RegradedSince, undo_regrade
from tests.conftest import TODAY
from tests.regraded import LATER, add_taken, add_version_keyed_false, full_marks, make_claim_dated, scores
from tests.small_content import wording
from tests.small_quizzes import add_class, add_people, add_quiz, take
from tests.taken_quizzes import body


@pytest.fixture
def taken(db):
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    return add_taken(db)


def commit(db, taken, wanted, **changes):
    how = {"reason": "The key was wrong.", "operation_id": "operation-1", "by": "bilal", "now": LATER}
    return commit_regrade(db, taken.quiz, wanted, **(how | changes))


def plan(db, taken, wanted):
    return plan_regrade(db, taken.quiz, wanted, today=TODAY)


def everything(db, *taken):
    """Return all that marking decides of the attempts."""
    return [
        (
            scores(db, attempt),
            [(s.fraction, s.is_counted) for s in attempts.select_attempt_slots(db, attempt)],
        )
        for attempt in taken
    ]


# -- planning ----------------------------------------------------------------------------------------------


def test_a_dry_run_shows_every_learner_and_writes_nothing(db, taken):
    before = everything(db, taken.amal, taken.dina)

    planned = plan(db, taken, Wanted("full", "holds-1"))

    assert [(p.attempt.name, p.change.old.earned, p.change.new.earned) for p in planned.attempts] == [
        ("Amal", 1.0, 2.0),
        ("Dina", 2.0, 2.0),
    ]
    assert [p.attempt.name for p in planned.changed] == ["Amal"]
    assert everything(db, taken.amal, taken.dina) == before


def test_another_versions_key_turns_right_and_wrong_around(db, taken):
    version = add_version_keyed_false(db)

    planned = plan(db, taken, Wanted("other_key", "holds-1", version_id=version))

    assert [p.change.new.earned for p in planned.attempts] == [2.0, 1.0]
    assert (planned.count("higher"), planned.count("lower")) == (1, 1)


def test_only_if_higher_leaves_those_who_would_fall(db, taken):
    version = add_version_keyed_false(db)

    planned = plan(db, taken, Wanted("other_key", "holds-1", version_id=version, only_if_higher=True))

    assert [p.attempt.name for p in planned.changed] == ["Amal"]
    assert planned.held_back == 1


def test_a_version_with_other_options_is_refused(db, taken):
    version = save_version(
        db, "holds-1", wording(**body("single_choice")), state="ready", by="bilal", now=LATER
    )

    with pytest.raises(CannotRegrade):
        plan(db, taken, Wanted("other_key", "holds-1", version_id=version))


def test_a_version_of_another_question_is_refused(db, taken):
    version = attempts.select_attempt_slots(db, taken.amal)[1].version_id

    with pytest.raises(CannotRegrade):
        plan(db, taken, Wanted("other_key", "holds-1", version_id=version))


def test_attempts_that_are_open_are_left_alone(db, taken):
    take(db, taken.quiz, "bilal", {"holds-1": False}, submits=False)

    assert [p.attempt.name for p in plan(db, taken, Wanted("full", "holds-1")).attempts] == ["Amal", "Dina"]


def test_what_nobody_was_asked_can_not_be_regraded(db, taken):
    with pytest.raises(CannotRegrade):
        plan(db, taken, Wanted("full", "never-asked"))


def test_answers_are_grouped_with_how_often_they_were_given(db, taken):
    given = answers_given(db, taken.quiz, "holds-1")

    assert sorted((a.response, a.times, a.fraction) for a in given) == [(False, 1, 0.0), (True, 1, 1.0)]


# -- committing --------------------------------------------------------------------------------------------


def test_a_commit_changes_marks_and_scores_and_keeps_both(db, taken):
    made = commit(db, taken, Wanted("accept", "holds-1", accepted=(False,)))

    slots = attempts.select_attempt_slots(db, taken.amal)
    (restated,) = regrades_of_attempt(db, "bridges", taken.amal.id, slots)
    assert scores(db, taken.amal, taken.dina) == [(2.0, 2.0), (2.0, 2.0)]
    assert (made.number, restated.old.earned, restated.new.earned) == (1, 1.0, 2.0)
    assert restated.regrade.reason == "The key was wrong."


def test_a_commit_appends_a_step_for_each_mark_that_changed(db, taken):
    made = commit(db, taken, Wanted("full", "holds-1"))

    steps = attempts.select_steps(db, taken.amal)
    assert (steps[-1].kind, steps[-1].position) == ("mark", 1)
    assert steps[-1].content == {"regrade": made.id, "fraction": 1.0, "is_counted": True}
    assert attempts.select_steps(db, taken.dina)[-1].kind == "submit"


def test_a_commit_is_noted_with_who_did_it(db, taken):
    commit(db, taken, Wanted("full", "holds-1"))

    entry = select_entries_about(db, "quiz quiz")[-1]
    assert (entry.actor_id, entry.action, entry.details["attempts"]) == ("bilal", "regrade", 1)


def test_a_commit_sent_twice_regrades_once(db, taken):
    one = commit(db, taken, Wanted("full", "holds-1"))
    other = commit(db, taken, Wanted("drop", "holds-1"))

    assert one == other
    assert len(select_regrades_of_quiz(db, taken.quiz)) == 1


def test_a_commit_of_what_has_changed_since_it_was_seen_writes_nothing(db, taken):
    seen = plan(db, taken, Wanted("full", "holds-1")).digest
    take(db, taken.quiz, "bilal", {"holds-1": False})
    before = everything(db, taken.amal)

    with pytest.raises(PlanChanged):
        commit(db, taken, Wanted("full", "holds-1"), seen=seen)

    assert everything(db, taken.amal) == before
    assert select_regrades_of_quiz(db, taken.quiz) == []


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_a_commit_without_a_usable_reason_writes_nothing(db, taken, reason):
    with pytest.raises(CannotRegrade):
        commit(db, taken, Wanted("full", "holds-1"), reason=reason)

    assert scores(db, taken.amal) == [(1.0, 2.0)]


def test_a_commit_that_would_change_nothing_is_refused(db, taken):
    commit(db, taken, Wanted("full", "holds-1"))

    with pytest.raises(CannotRegrade):
        commit(db, taken, Wanted("full", "holds-1"), operation_id="operation-2")


def test_a_dropped_question_is_told_apart_from_an_unverified_one(db, taken):
    commit(db, taken, Wanted("drop", "holds-1"))

    slots = attempts.select_attempt_slots(db, taken.amal)
    assert positions_dropped(regrades_of_attempt(db, "bridges", taken.amal.id, slots)) == {1}
    assert scores(db, taken.amal) == [(1.0, 1.0)]


def test_a_changed_verdict_takes_questions_out_of_the_score_once_somebody_says_so(db, taken):
    make_claim_dated(db)
    untouched = scores(db, taken.amal)

    commit(db, taken, Wanted("recount", None))

    assert (untouched, scores(db, taken.amal)) == ([(1.0, 2.0)], [(0.0, 0.0)])


def test_a_quiz_that_scores_unverified_questions_is_not_recounted(db, taken):
    quiz = add_quiz(db, "holds-1", quiz_id="scored", policy="scored", policy_reason="Practice.")
    take(db, quiz, "amal", {"holds-1": True})
    make_claim_dated(db)

    assert plan_regrade(db, quiz, Wanted("recount", None), today=TODAY).changed == ()


# -- undoing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("full", "holds-1"),
        Wanted("drop", "holds-1"),
        Wanted("accept", "holds-1", accepted=(False,)),
    ],
)
def test_undo_restores_exactly_what_was(db, taken, wanted):
    before = everything(db, taken.amal, taken.dina)
    made = commit(db, taken, wanted)

    undo_regrade(db, taken.quiz, made, by="bilal", now=LATER + timedelta(hours=1))

    assert everything(db, taken.amal, taken.dina) == before
    assert select_regrades_of_quiz(db, taken.quiz)[0].undone_at == LATER + timedelta(hours=1)
    assert attempts.select_steps(db, taken.amal)[-1].content["undone"] == made.id


def test_undo_is_harmless_to_repeat(db, taken):
    made = full_marks(db, taken.quiz)
    for _ in range(2):
        undo_regrade(db, taken.quiz, made, by="bilal", now=LATER)

    assert len([e for e in select_entries_about(db, "quiz quiz") if e.action == "undo_regrade"]) == 1


def test_undo_is_refused_where_a_later_regrade_touched_the_same_marks(db, taken):
    first = full_marks(db, taken.quiz)
    second = commit(db, taken, Wanted("drop", "holds-1"), operation_id="operation-2")

    with pytest.raises(RegradedSince) as refused:
        undo_regrade(db, taken.quiz, first, by="bilal", now=LATER)
    undo_regrade(db, taken.quiz, second, by="bilal", now=LATER)
    undo_regrade(db, taken.quiz, first, by="bilal", now=LATER)

    assert refused.value.values["numbers"] == "2"
    assert scores(db, taken.amal) == [(1.0, 2.0)]


def test_undo_is_refused_where_a_mark_was_changed_in_another_way(db, taken):
    made = full_marks(db, taken.quiz)
    update_slot_mark(db, "bridges", taken.amal.id, 1, 0.5, True)

    with pytest.raises(RegradedSince):
        undo_regrade(db, taken.quiz, made, by="bilal", now=LATER)

    assert attempts.select_attempt_slots(db, taken.amal)[0].fraction == 0.5


def test_undo_leaves_later_regrades_of_other_questions_standing(db, taken):
    first = full_marks(db, taken.quiz)
    commit(db, taken, Wanted("drop", "holds-2"), operation_id="operation-2")

    undo_regrade(db, taken.quiz, first, by="bilal", now=LATER)

    assert scores(db, taken.amal) == [(0.0, 1.0)]


def test_a_question_dropped_and_taken_back_may_be_recounted(db, taken):
    make_claim_dated(db)
    made = commit(db, taken, Wanted("drop", "holds-1"))
    undo_regrade(db, taken.quiz, made, by="bilal", now=LATER)

    planned = plan(db, taken, Wanted("recount", "holds-1"))

    assert len(planned.changed) == 2
