"""Decide on a learner's report: accept or refuse it, with an answer that the learner reads."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from quiz.core.messages import N_
from quiz.core.problem_reports import UnusableReport, usable_words
from quiz.storage import problem_reports
from quiz.storage.database import Database
from quiz.storage.problem_reports import Problem
from quiz.workflows.record_audit import record_audit


def decide_problem(
    db: Database,
    problem: Problem,
    decision: Literal["accepted", "refused"],
    *,
    answer: str,
    by: str,
    now: datetime,
) -> None:
    """Store the decision; a later one replaces it, and the log keeps both. Raises UnusableReport."""
    if decision not in ("accepted", "refused"):
        raise UnusableReport("state", N_("Choose whether you accept the report"))
    answer = usable_words("answer", answer, N_("Enter an answer; the learner will read it"))
    with db.atomic():
        problem_reports.update_decision(db, problem, state=decision, answer=answer, by=by, now=now)
        record_audit(
            db, actor_id=by, action="decide_problem", subject=f"quiz {problem.quiz_id}", now=now,
            problem_id=problem.id, decision=decision, before=problem.state,
        )  # fmt: skip
