"""Open an answer for the one who marks it: question, rubric and text, and of other marks only what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.hand_marking import GivenMark, Outcome, is_claimed, mark_to_change, outcome_of
from quiz.core.question_type import AnswerLine
from quiz.core.questions import PublicQuestion, QuestionKey
from quiz.core.rubrics import HandKey
from quiz.storage.database import Database
from quiz.storage.hand_marks import HandAnswer, select_hand_answer_or_none, select_marks
from quiz.storage.quizzes import Quiz
from quiz.workflows.marking_queue import Standing, standing_for
from quiz.workflows.open_question import open_keyed, type_called


class NoSuchAnswer(LookupError):
    """The quiz has no such answer, or it was cleared."""


@dataclass(frozen=True)
class OpenAnswer:
    """An answer before a marker. lines: what was written. mine: the mark that they may change, None for none yet.

    seen: the number of that mark, and 0 for none. others: marks that they may look at besides: none as long as two
    people mark without knowing of each other. claimed_since: when somebody else took it, None if nobody has it.
    """

    answer: HandAnswer
    question: PublicQuestion
    key: QuestionKey
    lines: tuple[AnswerLine, ...]
    standing: Standing
    outcome: Outcome
    mine: GivenMark | None
    others: tuple[GivenMark, ...]
    newest: int
    claimed_since: datetime | None

    @property
    def hand_key(self) -> HandKey:
        """Return what markers go by; nothing but its type's word for it makes it one."""
        return self.key.key if isinstance(self.key.key, HandKey) else HandKey()

    @property
    def seen(self) -> int:
        return self.mine.number if self.mine else 0

    @property
    def can_be_marked(self) -> bool:
        """Tell whether this marker may add or change a mark here."""
        if self.outcome.how == "settlement":
            return False
        return self.answer.markers == 1 or self.outcome.state in ("waiting", "second")

    @property
    def can_be_settled(self) -> bool:
        """Tell whether both marks are in, so that anybody may decide between them."""
        return self.answer.markers == 2 and self.outcome.state in ("unsettled", "marked")


def open_for_marking(db: Database, quiz: Quiz, token: str, *, by: str, now: datetime) -> OpenAnswer:
    """Return the answer for this marker. Nothing is written. Raises NoSuchAnswer."""
    answer = select_hand_answer_or_none(db, quiz, token)
    if answer is None:
        raise NoSuchAnswer(token)
    question, key = open_keyed(db, answer.version_id)
    marks = select_marks(db, answer)
    outcome = outcome_of(marks, markers=answer.markers)
    is_claimed_now = is_claimed(answer.claimed_by, answer.claimed_at, marker_id=by, now=now)
    is_blind = answer.markers == 2 and outcome.state in ("waiting", "second")
    mine = mark_to_change(marks, by, markers=answer.markers)
    return OpenAnswer(
        answer=answer,
        question=question,
        key=key,
        lines=type_called(question.type).answer_lines(question.ask, answer.response),
        standing=standing_for(answer, marks, by=by, now=now),
        outcome=outcome,
        mine=mine,
        others=() if is_blind else tuple(mark for mark in marks if mark is not mine),
        newest=marks[-1].number if marks else 0,
        claimed_since=answer.claimed_at if is_claimed_now else None,
    )
