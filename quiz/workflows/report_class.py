"""Report on a class: for each learner, the best result in each quiz."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice

from quiz.core.score_rows import Learner
from quiz.core.scores import AttemptHead, that_counts
from quiz.storage.classes import Class
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_quizzes_of_class
from quiz.storage.scores import each_attempt_in_class, select_learners_without_attempts

MOST_LEARNERS = 500
"""A page shows so many; score files hold all."""


@dataclass(frozen=True)
class LearnerResults:
    """best: the attempt that counts, by quiz id; quizzes that were not started are missing."""

    learner: Learner
    best: dict[str, AttemptHead]


@dataclass(frozen=True)
class ClassReport:
    """quizzes: those that were opened, the oldest first. is_more: whether learners were left out."""

    quizzes: list[Quiz]
    learners: list[LearnerResults]
    is_more: bool


def report_class(db: Database, reported: Class) -> ClassReport:
    """Return, by name, the results of the class's learners, and of those who left it or are guests."""
    quizzes = [quiz for quiz in reversed(select_quizzes_of_class(db, reported.id)) if quiz.state != "draft"]
    by_learner = groupby(each_attempt_in_class(db, reported.id), key=lambda head: head.person_id)
    found = [_results(list(attempts)) for _, attempts in islice(by_learner, MOST_LEARNERS + 1)]
    found += [
        LearnerResults(Learner(m.person_id, m.name, m.email), {})
        for m in select_learners_without_attempts(db, reported.id)
    ]
    shown = sorted(found[:MOST_LEARNERS], key=lambda results: results.learner.name.casefold())
    return ClassReport(quizzes, shown, is_more=len(found) > MOST_LEARNERS)


def _results(attempts: list[AttemptHead]) -> LearnerResults:
    first = attempts[0]
    best = {
        quiz_id: that_counts(of_quiz) for quiz_id, of_quiz in groupby(attempts, key=lambda head: head.quiz_id)
    }
    return LearnerResults(Learner(first.person_id, first.name, first.email), best)
