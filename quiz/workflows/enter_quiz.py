"""Enter a quiz: who may take it, and what they can know before they start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.parts import Part
from quiz.core.timing import Accommodation, TimeAllowed, time_allowed
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import Attempt
from quiz.storage.classes import select_member_role_or_none
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.storage.quizzes import Quiz, select_quiz_or_none
from quiz.workflows.start_attempt import (
    CannotStart,
    attempts_allowed_to,
    attempts_made,
    check_may_start,
    plan_attempt,
)
from quiz.workflows.tell_visibility import with_shown_scores


class NoSuchQuiz(LookupError):
    """There is no such quiz, or it is not for this person: they must not learn which."""


class JoinFirst(Exception):
    """A visitor may take the quiz after giving a name, or after signing in, behind its join code."""

    def __init__(self, join_code: str) -> None:
        super().__init__(join_code)
        self.join_code = join_code


class AccountNeeded(Exception):
    """The quiz takes no guests, and a guest asks: with an account they may take it."""


@dataclass(frozen=True)
class Outlook:
    """What somebody can know of a quiz before they start it.

    questions, points: what a start at this moment would come to. refusal: None if they can start.
    attempts_left: None for any number. earlier: their attempts that are over, first one first, with the scores that may
    be shown. time: if they start now.
    parts, is_in_parts: as of workflows.start_attempt.Plan.
    """

    quiz: Quiz
    questions: int
    points: float
    attempts_left: int | None
    refusal: CannotStart | None
    in_progress: Attempt | None
    earlier: tuple[Attempt, ...]
    time: TimeAllowed
    accommodation: Accommodation
    parts: tuple[Part, ...] = ()
    is_in_parts: bool = False


def quiz_for(db: Database, person: Person | None, quiz_id: str) -> Quiz:
    """Return the quiz if the person may take it; a visitor (None) is told of one that is closed, too.

    The class may; so may whoever has the address, if the class is public or the quiz takes guests.
    Raises NoSuchQuiz, JoinFirst or AccountNeeded.
    """
    quiz = select_quiz_or_none(db, quiz_id)
    if quiz is None:
        raise NoSuchQuiz(quiz_id)
    is_member = person is not None and select_member_role_or_none(db, quiz.class_id, person.id) is not None
    is_for_all = quiz.state != "draft" and (quiz.is_public or quiz.guests_allowed)
    if not (is_member or is_for_all):
        raise NoSuchQuiz(quiz_id)
    if person is None and quiz.state == "open":
        raise JoinFirst(quiz.join_code)
    if person and person.role == "guest" and not quiz.guests_allowed:
        raise AccountNeeded(quiz_id)
    return quiz


def outlook_of(db: Database, quiz: Quiz, person_id: str, *, now: datetime) -> Outlook:
    """Return what the person ("" for a visitor) can know of the quiz before they start it."""
    attempts = attempts_made(db, quiz, person_id, now)
    accommodation = accommodation_of(db, person_id)
    plan = plan_attempt(db, quiz, person_id, accommodation, now=now)
    allowed = attempts_allowed_to(quiz, accommodation)
    return Outlook(
        quiz=quiz,
        questions=len(plan.slots),
        points=sum(slot.points for slot in plan.slots),
        attempts_left=None if allowed is None else max(0, allowed - len(attempts)),
        refusal=_refusal(quiz, attempts, accommodation, now),
        in_progress=next((a for a in attempts if a.state == "open"), None),
        earlier=tuple(with_shown_scores(db, [a for a in attempts if a.state != "open"], now=now)),
        time=time_allowed(quiz.time_rules, accommodation, now=now),
        accommodation=accommodation,
        parts=plan.parts,
        is_in_parts=plan.is_in_parts,
    )


def may_try_again(db: Database, attempt: Attempt, *, now: datetime) -> bool:
    """Tell whether the learner may start another attempt at the attempt's quiz now."""
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    if quiz is None:
        return False
    made = attempts_made(db, quiz, attempt.person_id, now)
    return _refusal(quiz, made, accommodation_of(db, attempt.person_id), now) is None


def _refusal(
    quiz: Quiz, made: list[Attempt], accommodation: Accommodation, now: datetime
) -> CannotStart | None:
    try:
        check_may_start(quiz, made, accommodation, now)
    except CannotStart as refusal:
        return refusal
    return None
