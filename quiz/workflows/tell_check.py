"""Tell a learner what the checks of one place came to: never more than may be shown at this moment.

While tries are left that is how right the last one was, what the key says to that very answer, and a hint for each
wrong try; the key, the reasons and the sources come once the place is finished. What may not be told is not in the
value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from quiz.core.behaviours import Marking, Outcome, Try, outcome_of
from quiz.core.certainty import CERTAINTIES, MOST_MARK, Certainty
from quiz.core.question_type import AnswerLine, ReviewLine
from quiz.core.questions import PublicQuestion, QuestionKey
from quiz.core.replaying import replay
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.storage.sources import select_cited, select_cited_passages
from quiz.workflows.mark_place import own_tries
from quiz.workflows.open_question import open_keyed, open_public_many, type_called
from quiz.workflows.review_attempt import Note
from quiz.workflows.tell_visibility import Shown, shown_of


@dataclass(frozen=True)
class ToldTry:
    """One try in words. outcome: None where right and wrong may not be shown.

    worth: what a right answer earned then, 0 to 1.
    """

    number: int
    lines: tuple[AnswerLine, ...]
    outcome: Outcome | None
    worth: float
    certainty: Certainty | None


@dataclass(frozen=True)
class Told:
    """What the learner is told about one place.

    can_check: the answer can be checked now. asks_certainty: the learner is to say how sure they are. tries: those
    made, first one first. earned: so far, of points; None if it may not be shown. mark: by certainty, -6 to 3.
    feedback: to the last answer that was checked. hints: one for each wrong try, while tries are left. lines,
    explanation, notes: the key, why, and the sources; nothing before the place is finished.
    """

    question: PublicQuestion
    marking: Marking
    can_check: bool
    asks_certainty: bool
    is_finished: bool
    tries: tuple[ToldTry, ...] = ()
    points: float = 0.0
    earned: float | None = None
    mark: float | None = None
    feedback: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    lines: tuple[ReviewLine, ...] = ()
    explanation: str = ""
    notes: tuple[Note, ...] = ()
    shows_reasons: bool = False

    @property
    def outcome(self) -> Outcome | None:
        """Return how right the last answer was that was checked; None if it may not be shown, or there is none."""
        return self.tries[-1].outcome if self.tries else None

    @property
    def tries_left(self) -> int:
        return 0 if self.is_finished else self.marking.tries - len(self.tries)

    @property
    def next_worth(self) -> float:
        """Return what a right answer earns now, 0 to 1."""
        return self.marking.worth(len(self.tries) + 1)


def tell_check(
    db: Database, attempt: Attempt, slot: AttemptSlot, question: PublicQuestion, *, now: datetime
) -> Told:
    """Return what the place's learner is told now."""
    marking = attempt.marking_of(slot)
    is_keyed = type_called(question.type).marking == "by_key"
    is_finished = slot.finished_at is not None
    can_check = marking.has_check and is_keyed and not is_finished
    asks_certainty = marking.asks_certainty and is_keyed and not is_finished
    tries = own_tries(db, attempt, slot)
    if not tries:
        return Told(question, marking, can_check, asks_certainty, is_finished)
    shown = shown_of(db, attempt, now=now)
    key = open_keyed(db, slot.version_id)[1]
    return Told(
        question,
        marking,
        can_check,
        asks_certainty,
        is_finished,
        tries=tuple(_told(marking, question, t, n, shown) for n, t in enumerate(tries, start=1)),
        points=slot.points,
        earned=slot.points * (slot.fraction or 0.0) if shown.marks else None,
        mark=_mark(marking, slot) if shown.marks else None,
        feedback=_feedback(question, key, tries[-1]) if shown.feedback else (),
        hints=key.hints[: len(tries)] if shown.feedback and not is_finished else (),
        lines=_beside_key(question, key, slot, shown) if shown.key and is_finished else (),
        explanation=key.feedback if shown.explanation and is_finished else "",
        notes=_notes(db, slot) if shown.source and is_finished else (),
        shows_reasons=shown.reasons and is_finished,
    )


def tries_of_attempt(db: Database, attempt: Attempt, shown: Shown) -> dict[int, tuple[ToldTry, ...]]:
    """Return what was tried at each place with more than one try, as it was marked then, as far as it is shown.

    What was saved and marked at the end without a check is among them.
    """
    slots = [slot for slot in attempts.select_attempt_slots(db, attempt) if slot.tries > 1]
    if not slots or not (shown.correctness or shown.response):
        return {}
    questions = open_public_many(db, [slot.version_id for slot in slots])
    steps = attempts.select_steps(db, attempt)
    told = {}
    for slot in slots:
        marking, question = attempt.marking_of(slot), questions[slot.version_id]
        made = replay(marking, (step for step in steps if step.position == slot.position)).tries
        told[slot.position] = tuple(
            _told(marking, question, t, number, shown) for number, t in enumerate(made, start=1)
        )
    return told


def _told(marking: Marking, question: PublicQuestion, made: Try, number: int, shown: Shown) -> ToldTry:
    lines = type_called(question.type).answer_lines(question.ask, made.response) if shown.response else ()
    return ToldTry(
        number,
        tuple(lines),
        outcome_of(made.correctness) if shown.correctness else None,
        marking.worth(number),
        CERTAINTIES[made.certainty] if made.certainty else None,
    )


def _mark(marking: Marking, slot: AttemptSlot) -> float | None:
    return MOST_MARK * (slot.fraction or 0.0) if marking.asks_certainty else None


def _feedback(question: PublicQuestion, key: QuestionKey, last: Try) -> tuple[str, ...]:
    mark = type_called(question.type).grade(question.ask, key.key, last.response)
    return mark.feedback if mark else ()


def _beside_key(
    question: PublicQuestion, key: QuestionKey, slot: AttemptSlot, shown: Shown
) -> tuple[ReviewLine, ...]:
    lines = type_called(question.type).review_lines(question.ask, key.key, slot.response)
    return tuple(lines if shown.feedback else (replace(line, feedback="") for line in lines))


def _notes(db: Database, slot: AttemptSlot) -> tuple[Note, ...]:
    passages = select_cited_passages(db, [slot.version_id])
    cited = select_cited(db, [slot.version_id]).get(slot.version_id, [])
    return tuple(
        Note(number, c, passages[c.citation.source, c.claim.passage]) for number, c in enumerate(cited, 1)
    )
