"""Ask another like this: one more question of the same pool, at the end of the attempt, for practice alone.

It never counts, so it may also be asked for and answered when the attempt is submitted, in quizzes for practice: those
that show right and wrong while learners answer. Each is checked, whatever the quiz does with its own questions.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from quiz.core.drawing import in_order_of_draw
from quiz.core.messages import N_, Explained
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.storage.questions import select_question_or_none, select_types
from quiz.storage.quizzes import Pool, Quiz, Slot, select_quiz_or_none, select_slots
from quiz.workflows.choose_questions import chosen_ids, takeable
from quiz.workflows.open_question import marking_of
from quiz.workflows.question_standing import standings_of
from quiz.workflows.tell_visibility import Shown

MOST_EXTRAS = 20


class NoneLike(Explained):
    """There is no other question to ask; the message says why."""


def may_ask_another(db: Database, attempt: Attempt, slot: AttemptSlot, shown: Shown) -> bool:
    """Tell whether the learner may have another question like the one at this place, if there is one."""
    if attempt.state == "submitted":
        return may_practise(db, attempt, shown)
    # Where there is no way back, a question at the end would be out of reach.
    is_free = attempt.state == "open" and attempt.navigation == "free"
    return is_free and slot.finished_at is not None and shown.correctness


def may_practise(db: Database, attempt: Attempt, shown: Shown) -> bool:
    """Tell whether the learner may have more questions after submitting: the quiz hides nothing from them, ever."""
    if attempt.state != "submitted" or not shown.key:
        return False
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    return quiz is not None and quiz.visibility.allows("key", "during")


def ask_another(db: Database, attempt: Attempt, position: int, *, operation_id: str, now: datetime) -> int:
    """Return the position of the question that was added; the same one if the operation was done before.

    The caller has made sure that the learner may_ask_another. Raises NoneLike, or LookupError if there is no place.
    """
    with db.atomic():
        sequence = attempts.take_step_number_of_any(db, attempt)
        if done := attempts.select_step_by_operation_or_none(db, attempt, operation_id):
            return done.position
        slots = attempts.select_attempt_slots(db, attempt)
        slot = next((s for s in slots if s.position == position), None)
        if slot is None:
            raise LookupError(f"attempt {attempt.id} has no place {position}")
        if sum(s.is_extra for s in slots) >= MOST_EXTRAS:
            raise NoneLike(
                N_("You have had {most} more questions here. Start the quiz again for more."),
                most=MOST_EXTRAS,
            )
        extra = _like(db, attempt, slot, slots, now)
        attempts.insert_step(
            db, attempt, sequence, operation_id=operation_id, position=extra.position, kind="extra",
            content={"version": extra.version_id, "like": position}, now=now,
        )  # fmt: skip
        attempts.insert_extra_slot(db, attempt, extra)
    return extra.position


def _like(
    db: Database, attempt: Attempt, slot: AttemptSlot, slots: Sequence[AttemptSlot], now: datetime
) -> AttemptSlot:
    versions = _candidates(db, attempt, slot, slots, now)
    if not versions:
        raise NoneLike(N_("There is no other question like this one that you have not had in this attempt."))
    banks = {found.bank_id for q in versions if (found := select_question_or_none(db, q))}
    times = {
        q: n for bank in banks for q, n in attempts.count_times_asked(db, attempt.person_id, bank).items()
    }
    question_id = in_order_of_draw(secrets.token_hex(16), versions, times_asked=times)[0]
    version_id = versions[question_id]
    return AttemptSlot(
        position=len(slots) + 1, question_id=question_id, version_id=version_id, seed=secrets.token_hex(16),
        points=slot.points, standing=standings_of(db, [version_id], today=now.date())[version_id],
        is_counted=False, extra_of=slot.extra_of or slot.position,
    )  # fmt: skip


def _candidates(
    db: Database, attempt: Attempt, slot: AttemptSlot, slots: Sequence[AttemptSlot], now: datetime
) -> dict[str, str]:
    """Return the versions that may be asked, by question id: marked by a key, and not in the attempt yet."""
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    if quiz is None:
        return {}
    held = select_slots(db, quiz)
    asked = frozenset(s.question_id for s in slots) | chosen_ids(held)
    found = takeable(db, quiz, _pools(db, quiz, held, slot, now), besides=asked, today=now.date())
    versions = {q: v for in_pool in found.values() for q, v in in_pool.items()}
    types = select_types(db, versions.values())
    return {q: v for q, v in versions.items() if marking_of(types[v]) == "by_key"}


def _pools(
    db: Database, quiz: Quiz, held: Sequence[Slot], slot: AttemptSlot, now: datetime
) -> Sequence[Pool]:
    """Return where questions like this one are: the pools of its draw, or its bank under each of its tags."""
    if slot.question_id not in chosen_ids(held):
        for draw in (of_quiz.draw for of_quiz in held if of_quiz.draw):
            there = takeable(db, quiz, draw.pools, besides=frozenset(), today=now.date())
            if any(slot.question_id in versions for versions in there.values()):
                return draw.pools
    question = select_question_or_none(db, slot.question_id)
    return [Pool(question.bank_id, tag) for tag in question.tags] if question else []
