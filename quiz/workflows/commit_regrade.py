"""Commit a regrade: change the marks, add up the scores again, and keep what was before; all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.core.regrading import CannotRegrade, check_reason
from quiz.storage import problem_reports, regrades
from quiz.storage.database import Database, RowCountError
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import Regrade
from quiz.workflows.plan_regrade import Plan, Wanted, plan_regrade
from quiz.workflows.record_audit import record_audit
from quiz.workflows.write_regraded import write_regraded


class PlanChanged(Explained):
    """The results are no longer those that the dry run showed. Nothing was written."""


def commit_regrade(
    db: Database, quiz: Quiz, wanted: Wanted, *, reason: str, operation_id: str, by: str, now: datetime,
    seen: str | None = None, problem_id: str | None = None,
) -> Regrade:  # fmt: skip
    """Return the regrade as it was made; the same one if the operation was done before.

    seen: the digest of the plan that was looked at, None not to ask. problem_id: the report that led to it.
    Raises CannotRegrade, or PlanChanged.
    """
    reason = check_reason(reason)
    with db.atomic():
        regrades.hold_quiz(db, quiz)
        if done := regrades.select_regrade_by_operation_or_none(db, quiz, operation_id):
            return done
        plan = plan_regrade(db, quiz, wanted, today=now.date())
        if seen is not None and seen != plan.digest:
            raise PlanChanged(N_("The results have changed since you looked. Look at the new table first."))
        if not plan.changed:
            raise CannotRegrade(N_("This would change nothing"))
        regrade_id = new_id(now)
        regrades.insert_regrade(
            db, quiz, id=regrade_id, question_id=wanted.question_id, kind=wanted.kind, content=wanted.content,
            only_if_higher=wanted.only_if_higher, reason=reason, by=by, operation_id=operation_id, now=now,
        )  # fmt: skip
        for planned in plan.changed:
            write_regraded(db, quiz.class_id, regrade_id, planned.attempt.id, planned.change, now=now)
        if problem_id:
            problem_reports.update_regrade(db, quiz.class_id, problem_id, regrade_id)
        _note(db, quiz, regrade_id, plan, by=by, now=now)
        made = regrades.select_regrade_or_none(db, quiz, regrade_id)
    if made is None:
        raise RowCountError(f"regrade {regrade_id} is gone")
    return made


def _note(db: Database, quiz: Quiz, regrade_id: str, plan: Plan, *, by: str, now: datetime) -> None:
    record_audit(
        db, actor_id=by, action="regrade", subject=f"quiz {quiz.id}", now=now, regrade_id=regrade_id,
        kind=plan.wanted.kind, question_id=plan.wanted.question_id, attempts=len(plan.changed),
        higher=plan.count("higher"), lower=plan.count("lower"), held_back=plan.held_back,
    )  # fmt: skip
