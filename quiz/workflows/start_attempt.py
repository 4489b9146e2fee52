"""Start an attempt: draw its questions, fix their versions, seeds and standing, once and for all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.core.drawing import in_order_of_draw
from quiz.core.messages import N_, Explained
from quiz.core.standing import Policy, Standing, counts_towards_score, is_left_out
from quiz.core.timing import Accommodation, closing_time, deadline, has_closed
from quiz.storage import attempts, quizzes
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Conflict, Database
from quiz.storage.encoding import new_id
from quiz.storage.questions import select_drawable, select_newest_ready_version_ids
from quiz.storage.quizzes import Quiz, Slot
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.question_standing import standings_of

CLOSED = N_("This quiz is closed. Ask your teacher if you still have to take it.")


class CannotStart(Explained):
    """The quiz can't be started by this person at this moment; the message says why and what next."""


@dataclass(frozen=True)
class Drawn:
    """A question that an attempt came to, with the points of the slot that it came from."""

    question_id: str
    version_id: str
    points: float


def start_attempt(db: Database, quiz: Quiz, *, person_id: str, now: datetime) -> Attempt:
    """Return the person's open attempt at the quiz; start one if there is none. Raises CannotStart.

    Harmless to repeat, and to do twice at once: both calls return the same attempt.
    """
    earlier = attempts_made(db, quiz, person_id, now)
    if still_open := next((a for a in earlier if a.state == "open"), None):
        return still_open
    accommodation = accommodation_of(db, person_id)
    check_may_start(quiz, earlier, accommodation, now)
    attempt = _new_attempt(quiz, person_id, accommodation, number=len(earlier) + 1, now=now)
    slots = questions_for(db, quiz, person_id, now)
    if not slots:
        raise CannotStart(N_("This quiz has no questions to ask yet. Tell your teacher."))
    try:
        with db.atomic():
            if not quizzes.hold_open(db, quiz):
                raise CannotStart(CLOSED)
            attempts.insert_attempt(db, attempt, slots)
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
    quiz: Quiz, person_id: str, accommodation: Accommodation, *, number: int, now: datetime
) -> Attempt:
    return Attempt(
        id=new_id(now), class_id=quiz.class_id, quiz_id=quiz.id, quiz_title=quiz.title, quiz_is_closed=False,
        person_id=person_id, person_name="", number=number, state="open", policy=quiz.policy,
        policy_reason=quiz.policy_reason, started_at=now, submitted_at=None, receipt=None, earned=None,
        possible=None, deadline_at=deadline(quiz.time_rules, accommodation, started=now), overrun=quiz.overrun,
        grace=timedelta(seconds=quiz.grace_s), behaviour=quiz.behaviour,
        most_tries=quiz.tries if quiz.behaviour == "interactive" else 1, penalty=quiz.penalty,
        navigation=quiz.navigation,
    )  # fmt: skip


def questions_for(db: Database, quiz: Quiz, person_id: str, now: datetime) -> list[AttemptSlot]:
    """Draw what an attempt that starts now would ask. Stores nothing; the next call may draw others."""
    candidates = list(_candidates(db, quiz, person_id))
    standings = standings_of(db, [c.version_id for c, _ in candidates], today=now.date())
    drawn = list(_kept(candidates, standings, quiz.policy))
    return [
        AttemptSlot(
            position=position, question_id=c.question_id, version_id=c.version_id, seed=secrets.token_hex(16),
            points=c.points, standing=standings[c.version_id],
            is_counted=counts_towards_score(standings[c.version_id], quiz.policy),
        )
        for position, c in enumerate(drawn, start=1)
    ]  # fmt: skip


def _candidates(db: Database, quiz: Quiz, person_id: str) -> Iterator[tuple[Drawn, Slot]]:
    """Give each slot's candidates in the order of taking: one for a fixed slot, all for a draw."""
    slots = quizzes.select_slots(db, quiz)
    asked = select_newest_ready_version_ids(db, [slot.question_id for slot in slots if slot.question_id])
    for slot in slots:
        if slot.question_id in asked:
            yield Drawn(slot.question_id, asked[slot.question_id], slot.points), slot
        elif slot.draw is not None:
            versions = select_drawable(db, bank_id=slot.draw.bank_id, tag=slot.draw.tag or None)
            times = attempts.count_times_asked(db, person_id, slot.draw.bank_id)
            for question_id in in_order_of_draw(secrets.token_hex(16), versions, times_asked=times):
                yield Drawn(question_id, versions[question_id], slot.points), slot


def _kept(
    candidates: list[tuple[Drawn, Slot]], standings: dict[str, Standing], policy: Policy
) -> Iterator[Drawn]:
    """Give what is asked: nothing twice, nothing that the policy leaves out, no more than each slot draws."""
    fixed = {slot.question_id for _, slot in candidates}
    asked: set[str] = set()
    from_slot: dict[str, int] = {}
    for candidate, slot in candidates:
        is_drawn_but_fixed_elsewhere = slot.draw is not None and candidate.question_id in fixed
        if candidate.question_id in asked or is_drawn_but_fixed_elsewhere:
            continue
        if is_left_out(standings[candidate.version_id], policy):
            continue
        if slot.draw is not None and from_slot.get(slot.id, 0) >= slot.draw.count:
            continue
        asked.add(candidate.question_id)
        from_slot[slot.id] = from_slot.get(slot.id, 0) + 1
        yield candidate
