"""Start an attempt: draw its questions, fix their versions, order, seeds, standing and parts, once and for all."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from quiz.core.messages import N_, Explained
from quiz.core.parts import Part, time_for
from quiz.core.standing import counts_towards_score
from quiz.core.timing import Accommodation, closing_time, deadline, has_closed
from quiz.storage import attempts, quizzes
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempt_parts import insert_parts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Conflict, Database
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import Quiz
from quiz.workflows.choose_questions import ChosenPart, choose_questions
from quiz.workflows.end_overdue import end_if_over

CLOSED = N_("This quiz is closed. Ask your teacher if you still have to take it.")


class CannotStart(Explained):
    """The quiz can't be started by this person at this moment; the message says why and what next."""


@dataclass(frozen=True)
class Plan:
    """What an attempt would ask. parts: none if the quiz has no sections.

    is_in_parts: they are passed one after the other, since a section of the quiz has a time limit.
    """

    slots: tuple[AttemptSlot, ...]
    parts: tuple[Part, ...]
    is_in_parts: bool


def start_attempt(db: Database, quiz: Quiz, *, person_id: str, now: datetime) -> Attempt:
    """Return the person's open attempt at the quiz; start one if there is none. Raises CannotStart.

    Harmless to repeat, and to do twice at once: both calls return the same attempt.
    """
    earlier = attempts_made(db, quiz, person_id, now)
    if still_open := next((a for a in earlier if a.state == "open"), None):
        return still_open
    accommodation = accommodation_of(db, person_id)
    check_may_start(quiz, earlier, accommodation, now)
    plan = plan_attempt(db, quiz, person_id, accommodation, now=now)
    attempt = _new_attempt(
        quiz, person_id, accommodation, number=len(earlier) + 1, now=now, is_in_parts=plan.is_in_parts
    )
    if not plan.slots:
        raise CannotStart(N_("This quiz has no questions to ask yet. Tell your teacher."))
    try:
        with db.atomic():
            if not quizzes.hold_open(db, quiz):
                raise CannotStart(CLOSED)
            attempts.insert_attempt(db, attempt, plan.slots)
            insert_parts(db, attempt, plan.parts)
    except Conflict:
        # Somebody pressed the button twice and the other press was faster.
        return start_attempt(db, quiz, person_id=person_id, now=now)
    return attempt


def attempts_made(db: Database, quiz: Quiz, person_id: str, now: datetime) -> list[Attempt]:
    """Return the person's attempts at the quiz, first one first, those whose time is up closed."""
    made = attempts.select_attempts_of_person_at_quiz(db, quiz.class_id, quiz.id, person_id)
    return [end_if_over(db, attempt, now=now) for attempt in made]


def check_may_start(
    quiz: Quiz, earlier: Sequence[Attempt], accommodation: Accommodation, now: datetime
) -> None:
    """Raise CannotStart unless the quiz is open for the learner and another attempt is allowed now."""
    if quiz.state == "draft":
        raise CannotStart(N_("This quiz is not open yet."))
    if quiz.state == "closed":
        raise CannotStart(CLOSED)
    if quiz.opens_at is not None and now < quiz.opens_at:
        raise CannotStart(N_("This quiz opens on {moment}."), moment=quiz.opens_at)
    if has_closed(quiz.time_rules, accommodation, now):
        moment = closing_time(quiz.time_rules, accommodation)
        raise CannotStart(
            N_("This quiz closed on {moment}. Ask your teacher if you still have to take it."), moment=moment
        )
    allowed = attempts_allowed_to(quiz, accommodation)
    if allowed is not None and len(earlier) >= allowed:
        raise CannotStart(N_("You have made all the attempts that this quiz allows."))
    ended = [attempt.submitted_at for attempt in earlier if attempt.submitted_at]
    if ended and now < (again := max(ended) + timedelta(seconds=quiz.wait_between_s)):
        raise CannotStart(N_("You can start again on {moment}."), moment=again)


def attempts_allowed_to(quiz: Quiz, accommodation: Accommodation) -> int | None:
    """Return how many attempts the learner has in all; None for any number."""
    return None if quiz.attempts_allowed is None else quiz.attempts_allowed + accommodation.extra_attempts


def _new_attempt(
    quiz: Quiz, person_id: str, accommodation: Accommodation, *, number: int, now: datetime, is_in_parts: bool
) -> Attempt:
    return Attempt(
        id=new_id(now), class_id=quiz.class_id, quiz_id=quiz.id, quiz_title=quiz.title, quiz_is_closed=False,
        person_id=person_id, person_name="", number=number, state="open", policy=quiz.policy,
        policy_reason=quiz.policy_reason, started_at=now, submitted_at=None, receipt=None, earned=None,
        possible=None, deadline_at=deadline(quiz.time_rules, accommodation, started=now), overrun=quiz.overrun,
        grace=timedelta(seconds=quiz.grace_s), behaviour=quiz.behaviour,
        most_tries=quiz.tries if quiz.behaviour == "interactive" else 1, penalty=quiz.penalty,
        navigation=quiz.navigation, is_in_parts=is_in_parts,
    )  # fmt: skip


def plan_attempt(
    db: Database, quiz: Quiz, person_id: str, accommodation: Accommodation, *, now: datetime
) -> Plan:
    """Draw what an attempt that starts now would ask. Stores nothing; the next call may draw others."""
    chosen = choose_questions(
        db, quiz, seed=secrets.token_hex(16), today=now.date(),
        times_asked=partial(attempts.count_times_asked, db, person_id),
    )  # fmt: skip
    questions = [question for part in chosen for question in part.questions]
    slots = tuple(
        AttemptSlot(
            position=position, question_id=q.question_id, version_id=q.version_id, seed=secrets.token_hex(16),
            points=q.points, standing=q.standing, is_counted=counts_towards_score(q.standing, quiz.policy),
        )
        for position, q in enumerate(questions, start=1)
    )  # fmt: skip
    has_sections = any(part.section for part in chosen)
    # With one's own time for it or without: who is not timed passes the parts in the same order.
    is_in_parts = any(part.section and part.section.limit for part in chosen)
    parts = _parts(chosen, accommodation, now=now) if has_sections else ()
    return Plan(slots, parts, is_in_parts)


def _parts(chosen: Sequence[ChosenPart], accommodation: Accommodation, *, now: datetime) -> tuple[Part, ...]:
    parts: list[Part] = []
    for number, part in enumerate(chosen, start=1):
        first = parts[-1].last_position + 1 if parts else 1
        last = first + len(part.questions) - 1
        if part.section is None:
            # It has no title and no time of its own, so there is nothing to say before it: it starts at once.
            parts.append(Part(number, "", "", first, last, started_at=now))
        else:
            limit, extra = time_for(part.section.limit, accommodation)
            parts.append(Part(number, part.section.id, part.section.title, first, last, limit, extra))
    return tuple(parts)
