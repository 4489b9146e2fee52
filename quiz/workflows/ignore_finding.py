"""Ignore what a rule of lint finds in a question, with a reason that is kept; or look at it again."""

from __future__ import annotations

from datetime import datetime

from quiz.core.lint import RULE_NAMES, Ignore
from quiz.core.messages import N_, Explained
from quiz.storage.database import Database
from quiz.storage.linting import delete_ignore, upsert_ignore
from quiz.storage.questions import select_question, update_question_edited

LONGEST_REASON = 500


class NoReason(Explained):
    """A rule can't be ignored without a reason, or is no rule."""


def ignore_finding(
    db: Database, question_id: str, rule: str, reason: str, *, by: str | None, now: datetime
) -> None:
    """Keep the reason why what the rule finds in the question stays.

    Raises NoReason; RowCountError without a question.
    """
    reason = " ".join(reason.split())
    if rule not in RULE_NAMES:
        raise NoReason(N_("there is no rule {rule}"), rule=rule)
    if not reason:
        raise NoReason(N_("write the reason why it should stay as it is"))
    if len(reason) > LONGEST_REASON:
        raise NoReason(N_("a reason has at most {most} characters"), most=LONGEST_REASON)
    with db.atomic():
        select_question(db, question_id)
        upsert_ignore(db, question_id, Ignore(rule, reason), by=by, now=now)
        update_question_edited(db, question_id, now)


def take_back_ignore(db: Database, question_id: str, rule: str, *, now: datetime) -> None:
    """Forget the reason, so that the rule is heard again.

    Raises RowCountError if there is no such question.
    """
    with db.atomic():
        select_question(db, question_id)
        delete_ignore(db, question_id, rule)
        update_question_edited(db, question_id, now)
