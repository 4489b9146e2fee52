"""Which questions a change to many is about: those that were ticked, or all that match the list's filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quiz.storage.database import Database
from quiz.storage.search import ListedQuestion, select_listed, select_places
from quiz.workflows.bank_access import visible_question_ids
from quiz.workflows.list_questions import Filters, matching_question_ids

MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class Selection:
    """ticked: ids. filters: None if only what was ticked is meant."""

    ticked: tuple[str, ...] = ()
    filters: Filters | None = None


@dataclass(frozen=True)
class Selected:
    """The questions that are meant, the newest first. is_cut: there are more than can be changed at once."""

    questions: tuple[ListedQuestion, ...]
    is_cut: bool = False

    @property
    def ids(self) -> list[str]:
        return [question.question_id for question in self.questions]


def select_many(db: Database, selection: Selection, *, by: str, today: date) -> Selected:
    """Return the questions, ten thousand at most; those that the instructor may not see are left out."""
    if selection.filters is None:
        wanted = visible_question_ids(db, by, selection.ticked[: MOST_AT_ONCE + 1])
    else:
        wanted = matching_question_ids(db, selection.filters, by=by, today=today, limit=MOST_AT_ONCE + 1)
    questions = select_listed(db, select_places(db, wanted[:MOST_AT_ONCE]))
    return Selected(tuple(questions), is_cut=len(wanted) > MOST_AT_ONCE)
