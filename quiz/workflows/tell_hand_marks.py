"""Tell what people gave for the answers of an attempt: to its learner only what is decided, to staff all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.core.hand_marking import GivenMark, Outcome, outcome_of
from quiz.core.items import Criterion, Level
from quiz.core.rubrics import HandKey, Rubric, level_given
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.hand_marks import HandAnswer, select_hand_answers_of_attempt, select_marks_of_attempt
from quiz.workflows.open_question import open_keyed_many
from quiz.workflows.tell_visibility import Shown


@dataclass(frozen=True)
class ToldCriterion:
    """What was given in one criterion. level: None where it has none. points: None where nothing was given."""

    criterion: Criterion
    level: Level | None
    points: float | None


@dataclass(frozen=True)
class ToldMark:
    """A mark with its rubric. criteria: empty where only the points of the whole were given."""

    mark: GivenMark
    criteria: tuple[ToldCriterion, ...]


@dataclass(frozen=True)
class HandResult:
    """What people made of one answer. key: what they went by. decided: the marks that made the result, none before.

    all: every mark there is, for staff alone.
    """

    answer: HandAnswer
    key: HandKey
    outcome: Outcome
    decided: tuple[ToldMark, ...]
    all: tuple[ToldMark, ...]


def tell_hand_marks(db: Database, class_id: str, attempt_id: str) -> Mapping[int, HandResult]:
    """Return what people gave, by position; places that no person marks, or that were left blank, are missing."""
    answers = select_hand_answers_of_attempt(db, class_id, attempt_id)
    if not answers:
        return {}
    marks = select_marks_of_attempt(db, class_id, attempt_id)
    keys = open_keyed_many(db, [answer.version_id for answer in answers])
    return {
        answer.position: _result(answer, keys[answer.version_id][1].key, marks.get(answer.token, []))
        for answer in answers
    }


@dataclass(frozen=True)
class ShownHandMark:
    """What a learner may see of what people gave. is_waiting: nothing is decided yet.

    is_mean: two people marked it, and the mean counts. criteria: of each mark that decided. What is hidden is empty.
    """

    is_waiting: bool
    is_mean: bool = False
    criteria: tuple[tuple[ToldCriterion, ...], ...] = ()
    comments: tuple[str, ...] = ()
    model_answer: str = ""


def hand_marks_shown(db: Database, attempt: Attempt, shown: Shown) -> Mapping[int, ShownHandMark]:
    """Return what the attempt's learner may see now, by position, of the answers that people mark."""
    results = tell_hand_marks(db, attempt.class_id, attempt.id)
    return {position: _shown(result, shown) for position, result in results.items()}


def _shown(result: HandResult, shown: Shown) -> ShownHandMark:
    decided = result.decided if shown.correctness else ()
    return ShownHandMark(
        is_waiting=not result.answer.is_decided,
        is_mean=shown.marks and bool(decided) and result.outcome.how == "mean",
        criteria=tuple(told.criteria for told in decided if told.criteria) if shown.marks else (),
        comments=tuple(t.mark.comment for t in decided if t.mark.comment) if shown.feedback else (),
        model_answer=result.key.model_answer if shown.key else "",
    )


def told(mark: GivenMark, rubric: Rubric) -> ToldMark:
    """Return the mark beside the rubric that it was given by."""
    if not mark.given:
        return ToldMark(mark, ())
    criteria = (
        ToldCriterion(criterion, level_given(criterion, mark.given), mark.given.get(criterion.id))
        for criterion in rubric
    )
    return ToldMark(mark, tuple(criteria))


def _result(answer: HandAnswer, key: object, marks: list[GivenMark]) -> HandResult:
    hand_key = key if isinstance(key, HandKey) else HandKey()
    outcome = outcome_of(marks, markers=answer.markers)
    by = outcome.by if outcome.fraction is not None else ()
    return HandResult(
        answer=answer,
        key=hand_key,
        outcome=outcome,
        decided=tuple(told(mark, hand_key.rubric) for mark in by),
        all=tuple(told(mark, hand_key.rubric) for mark in marks),
    )
