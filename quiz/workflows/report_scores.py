"""Report the scores at a quiz: for each learner the attempt that counts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice

from quiz.core.scores import AttemptHead, share_of, that_counts
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.storage.scores import each_attempt_at_quiz

MOST_LEARNERS = 500
"""A page shows so many; score files hold all."""


@dataclass(frozen=True)
class LearnerScore:
    """best: the attempt that counts. attempts: how many the learner started."""

    best: AttemptHead
    attempts: int


@dataclass(frozen=True)
class ScoreReport:
    """learners: by name. mean: of the shares of those who submitted, 0 to 1; None if nobody has a share.

    submitted: how many learners submitted. is_more: whether learners were left out of all this.
    """

    learners: list[LearnerScore]
    submitted: int
    mean: float | None
    is_more: bool


def report_scores(db: Database, quiz: Quiz) -> ScoreReport:
    """Return what each learner's best attempt came to."""
    by_learner = groupby(each_attempt_at_quiz(db, quiz), key=lambda head: head.person_id)
    found = [_score(list(attempts)) for _, attempts in islice(by_learner, MOST_LEARNERS + 1)]
    shown = found[:MOST_LEARNERS]
    shares = [
        share for score in shown if (share := share_of(score.best.earned, score.best.possible)) is not None
    ]
    return ScoreReport(
        learners=sorted(shown, key=lambda score: score.best.name.casefold()),
        submitted=sum(score.best.state == "submitted" for score in shown),
        mean=sum(shares) / len(shares) if shares else None,
        is_more=len(found) > MOST_LEARNERS,
    )


def _score(attempts: list[AttemptHead]) -> LearnerScore:
    return LearnerScore(that_counts(attempts), len(attempts))
