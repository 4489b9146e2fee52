"""Mark one place of an attempt: what its type says of the responses, and what its behaviour makes of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quiz.core.behaviours import Marking, Try, tried_before
from quiz.core.question_type import Response
from quiz.core.questions import PublicQuestion, QuestionKey
from quiz.core.replaying import replay
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot, SlotMark
from quiz.storage.database import Database
from quiz.workflows.open_question import open_keyed, type_called


def tried(
    question: PublicQuestion, key: QuestionKey, response: Response, certainty: int | None
) -> Try | None:
    """Return what the type makes of one response, as a try; None if no key can tell."""
    mark = type_called(question.type).grade(question.ask, key.key, response)
    return None if mark is None else Try(response, mark.fraction, certainty)


def try_content(tried: Try) -> dict[str, Any]:
    """Return what a step remembers of a try."""
    content = {"response": tried.response, "fraction": tried.correctness}
    return content if tried.certainty is None else content | {"certainty": tried.certainty}


def own_tries(db: Database, attempt: Attempt, slot: AttemptSlot) -> tuple[Try, ...]:
    """Return what the learner checked at the place, first one first; what was marked without them is left out."""
    if not slot.tries:
        return ()
    steps = attempts.select_steps_of_place(db, attempt, slot.position)
    return replay(attempt.marking_of(slot), steps).own_tries


def mark_from(marking: Marking, tries: tuple[Try, ...], *, finished_at: datetime | None) -> SlotMark:
    """Return what a place with these tries comes to."""
    return SlotMark(
        fraction=marking.earned(tries),
        correctness=marking.correctness(tries),
        tries=len(tries) if marking.has_check else 0,
        finished_at=finished_at,
    )


def mark_unchecked(db: Database, attempt: Attempt, slot: AttemptSlot) -> tuple[SlotMark, Try | None]:
    """Return what a place comes to as it stands, and the try that had to be made for its learner.

    An answer that was saved and never checked is one try more under the rules. None: there is no such answer, or only
    a person can mark it. Nothing is written.
    """
    marking = attempt.marking_of(slot)
    tries = own_tries(db, attempt, slot)
    last = _unchecked(db, slot, tries)
    if last is not None:
        tries = (*tries, last)
    return mark_from(marking, tries, finished_at=slot.finished_at), last


def _unchecked(db: Database, slot: AttemptSlot, tries: tuple[Try, ...]) -> Try | None:
    if slot.response is None or slot.finished_at is not None or tried_before(tries, slot.response):
        return None
    return tried(*open_keyed(db, slot.version_id), slot.response, slot.certainty)
