"""Results to regrade in tests: Amal and Dina took a quiz of two true/false questions whose right answer is true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from quiz.core.verdicts import TypedVerdict
from quiz.question_types import QUESTION_TYPES
from quiz.storage import attempts
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.workflows.change_verdict import change_verdict, claim_or_none
from quiz.workflows.commit_regrade import commit_regrade
from quiz.workflows.plan_regrade import Wanted
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import wording
from tests.small_quizzes import add_questions, add_quiz, take

LATER = NOW + timedelta(hours=3)


@dataclass(frozen=True)
class Taken:
    """amal: one of two right. dina: both right."""

    quiz: Quiz
    amal: Attempt
    dina: Attempt


def add_taken(db: Database, owner: str = "bridges", **rules: object) -> Taken:
    """Store the quiz with both attempts; the class and the people must be there."""
    add_questions(db, "holds-1", "holds-2")
    quiz = add_quiz(db, "holds-1", "holds-2", owner=owner, **rules)
    amal = take(db, quiz, "amal", {"holds-1": False, "holds-2": True})
    dina = take(db, quiz, "dina", {"holds-1": True, "holds-2": True})
    return Taken(quiz, amal, dina)


def scores(db: Database, *taken: Attempt) -> list[tuple[float | None, float | None]]:
    found = [attempts.select_attempt_or_none(db, attempt.id) for attempt in taken]
    return [(attempt.earned, attempt.possible) for attempt in found if attempt]


def full_marks(
    db: Database, quiz: Quiz, question_id: str = "holds-1", *, operation: str = "operation-1", now=LATER
):
    wanted = Wanted("full", question_id)
    return commit_regrade(
        db, quiz, wanted, reason="It was unclear.", operation_id=operation, by="bilal", now=now
    )


def add_version_keyed_false(db: Database, question_id: str = "holds-1") -> str:
    """Store a version of the question whose right answer is false."""
    body = QUESTION_TYPES["true_false"].body_from_plain({"answer": False})
    changed = wording(stem="Is holds-1 so, really?", ask=body.ask, key=body.key)
    return save_version(db, question_id, changed, state="ready", by="bilal", now=LATER)


OUT_OF_DATE = TypedVerdict(
    verdict="dated", reason="It was moved in 2020.", correction="It stood there until 2020.", as_of="2020",
    review_by="2027-05-31", evidence="https://example.org/moved",
)  # fmt: skip


def make_claim_dated(db: Database, claim_id: str = "a01-1") -> None:
    """Let Bilal find that the claim under both questions is out of date."""
    claim = claim_or_none(db, "bridge", claim_id)
    assert claim
    change_verdict(db, "bridge", claim, OUT_OF_DATE, by="bilal", now=LATER)
