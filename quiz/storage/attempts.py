"""Attempts: what each learner was asked, what happened step by step, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from quiz.core.attempts import AttemptState, Score
from quiz.core.behaviours import Marking, marking_of_extra
from quiz.core.quiz_rules import Behaviour, Navigation
from quiz.core.standing import Policy, Standing, standing_from_plain, standing_to_plain
from quiz.core.timing import Overrun
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

StepKind = Literal[
    "start", "save", "flag", "check", "reach", "section", "pause", "resume", "submit", "abandon", "reopen", "accept",
    "mark", "extra",
]  # fmt: skip
BLANK = "null"


@dataclass(frozen=True)
class Attempt:
    """One learner's run through a quiz. number: from 1. receipt, score: None until it is submitted.

    deadline_at: None without one; a break that goes on (paused_at) will move it. grace: as in core.timing.TimeRules.
    most_tries, penalty: of interactive questions. reached: the place that is open, 0 for the first, where there is no
    way back. is_in_parts: its parts are passed one after the other (storage/attempt_parts.py). unmarked: how many
    answers wait for somebody to mark them.
    """

    id: str
    class_id: str
    quiz_id: str
    quiz_title: str
    quiz_is_closed: bool
    person_id: str
    person_name: str
    number: int
    state: AttemptState
    policy: Policy
    policy_reason: str
    started_at: datetime
    submitted_at: datetime | None
    receipt: str | None
    earned: float | None
    possible: float | None
    deadline_at: datetime | None = None
    overrun: Overrun = "submit"
    grace: timedelta = timedelta(0)
    paused_s: int = 0
    paused_at: datetime | None = None
    behaviour: Behaviour = "deferred"
    most_tries: int = 1
    penalty: float = 0.0
    navigation: Navigation = "free"
    reached: int = 0
    unmarked: int = 0
    is_in_parts: bool = False

    @property
    def marking(self) -> Marking:
        """Return how its answers become marks."""
        return Marking(self.behaviour, self.most_tries, self.penalty)

    def marking_of(self, slot: AttemptSlot) -> Marking:
        """Return how the answer at that place becomes a mark."""
        return marking_of_extra(self.marking) if slot.is_extra else self.marking


@dataclass(frozen=True)
class AttemptSlot:
    """One place of an attempt. response: as the type reads it, None if blank.

    fraction: what it earns, 0 to 1, by certainty -2 to 1; None until it is marked, 0 so far while tries are left.
    correctness: how right the answer is, 0 to 1, before tries and certainty cost anything; None until it is marked.
    tries: how often the answer was checked. certainty: 1 to 3, None if it was not said. finished_at: since when nothing
    can be changed here while the attempt goes on, None if it can. extra_of: the place that this one is like, if the
    learner asked for another; it never counts.
    """

    position: int
    question_id: str
    version_id: str
    seed: str
    points: float
    standing: Standing
    is_counted: bool
    response: Any | None = None
    revision: int = 0
    saved_at: datetime | None = None
    is_flagged: bool = False
    seconds_spent: int = 0
    fraction: float | None = None
    tries: int = 0
    certainty: int | None = None
    finished_at: datetime | None = None
    correctness: float | None = None
    extra_of: int | None = None

    @property
    def is_extra(self) -> bool:
        return self.extra_of is not None

    @property
    def is_answered(self) -> bool:
        """Tell whether nothing is left to be answered: it was, or nothing is asked."""
        return self.response is not None or not self.standing.asks


@dataclass(frozen=True)
class SlotMark:
    """What a place came to, as of AttemptSlot."""

    fraction: float | None
    correctness: float | None
    tries: int
    finished_at: datetime | None = None


@dataclass(frozen=True)
class Step:
    """What happened. position: 0 for what concerns the whole attempt."""

    sequence: int
    operation_id: str
    position: int
    kind: StepKind
    content: Mapping[str, Any]
    at: datetime


def insert_attempt(db: Database, attempt: Attempt, slots: Sequence[AttemptSlot]) -> None:
    """Insert an open attempt with its slots. Raises Conflict if the learner has one of this number."""
    with db.atomic():
        db.run(
            sql.insert_attempt, class_id=attempt.class_id, id=attempt.id, quiz_id=attempt.quiz_id,
            person_id=attempt.person_id, number=attempt.number, policy=attempt.policy,
            policy_reason=attempt.policy_reason, started_at=time_text(attempt.started_at),
            deadline_at=_time_text_or_none(attempt.deadline_at), overrun=attempt.overrun,
            grace_s=round(attempt.grace.total_seconds()), behaviour=attempt.behaviour,
            most_tries=attempt.most_tries, penalty=attempt.penalty, navigation=attempt.navigation,
            is_in_parts=attempt.is_in_parts,
        )  # fmt: skip
        db.run_many(sql.insert_attempt_slot, [_slot_row(attempt, slot) for slot in slots])


def select_attempt_or_none(db: Database, attempt_id: str) -> Attempt | None:
    row = db.one_or_none(sql.select_attempt, id=attempt_id)
    return _attempt(row) if row else None


def select_attempts_of_person_at_quiz(
    db: Database, class_id: str, quiz_id: str, person_id: str
) -> list[Attempt]:
    """Return the person's attempts at the quiz, first one first."""
    rows = db.all(
        sql.select_attempts_of_person_at_quiz, class_id=class_id, quiz_id=quiz_id, person_id=person_id
    )
    return [_attempt(row) for row in rows]


def select_attempts_of_person(db: Database, person_id: str) -> list[Attempt]:
    """Return all attempts of the person, newest first."""
    return [_attempt(row) for row in db.all(sql.select_attempts_of_person, person_id=person_id)]


def select_open_attempts_of_person(db: Database, person_id: str) -> list[Attempt]:
    return [_attempt(row) for row in db.all(sql.select_open_attempts_of_person, person_id=person_id)]


def select_open_attempts_at_quiz(db: Database, class_id: str, quiz_id: str) -> list[Attempt]:
    rows = db.all(sql.select_open_attempts_at_quiz, class_id=class_id, quiz_id=quiz_id)
    return [_attempt(row) for row in rows]


def select_attempts_at_quiz(db: Database, class_id: str, quiz_id: str) -> list[Attempt]:
    """Return everybody's attempts at the quiz, in the order in which they were started."""
    return [_attempt(row) for row in db.all(sql.select_attempts_at_quiz, class_id=class_id, quiz_id=quiz_id)]


def select_attempt_slots(db: Database, attempt: Attempt) -> list[AttemptSlot]:
    rows = db.all(sql.select_attempt_slots, class_id=attempt.class_id, attempt_id=attempt.id)
    return [_slot(row) for row in rows]


def select_attempt_slot_or_none(db: Database, attempt: Attempt, position: int) -> AttemptSlot | None:
    row = db.one_or_none(
        sql.select_attempt_slot, class_id=attempt.class_id, attempt_id=attempt.id, position=position
    )
    return _slot(row) if row else None


def count_times_asked(db: Database, person_id: str, bank_id: str) -> dict[str, int]:
    """Return how often the person was asked each question of the bank, by question id; 0 is missing."""
    rows = db.all(sql.count_times_asked, person_id=person_id, bank_id=bank_id)
    return {row["question_id"]: row["times"] for row in rows}


def take_step_number_or_none(db: Database, attempt: Attempt) -> int | None:
    """Return the number of the attempt's next step, or None if the attempt is not open any more.

    Belongs inside atomic(), before anything of the attempt is read that the step depends on: until the commit,
    nobody else takes a step in this attempt.
    """
    row = db.one_or_none(sql.take_step_number, class_id=attempt.class_id, id=attempt.id)
    return row["step_count"] if row else None


def take_step_number_of_any(db: Database, attempt: Attempt) -> int:
    """Return the number of the attempt's next step, whatever its state: for what staff do to it afterwards."""
    number: int = db.one(sql.take_step_number_of_any, class_id=attempt.class_id, id=attempt.id)["step_count"]
    return number


def insert_step(
    db: Database, attempt: Attempt, sequence: int, *, operation_id: str, position: int, kind: StepKind,
    content: Mapping[str, Any], now: datetime,
) -> None:  # fmt: skip
    """Append a step under the number taken for it. Raises Conflict if the operation was done before."""
    db.run(
        sql.insert_step, class_id=attempt.class_id, attempt_id=attempt.id, sequence=sequence,
        operation_id=operation_id, position=position, kind=kind, content=json_text(content), at=time_text(now),
    )  # fmt: skip


def select_step_by_operation_or_none(db: Database, attempt: Attempt, operation_id: str) -> Step | None:
    row = db.one_or_none(
        sql.select_step_by_operation,
        class_id=attempt.class_id,
        attempt_id=attempt.id,
        operation_id=operation_id,
    )
    return _step(row) if row else None


def select_steps(db: Database, attempt: Attempt) -> list[Step]:
    """Return all that happened in the attempt, in order."""
    return [_step(row) for row in db.all(sql.select_steps, class_id=attempt.class_id, attempt_id=attempt.id)]


def select_steps_of_place(db: Database, attempt: Attempt, position: int) -> list[Step]:
    """Return what happened at one place, in order."""
    rows = db.all(
        sql.select_steps_of_place, class_id=attempt.class_id, attempt_id=attempt.id, position=position
    )
    return [_step(row) for row in rows]


def select_newest_step_time(db: Database, attempt: Attempt) -> datetime:
    """Return when something happened last in the attempt: its start, if nothing did since."""
    row = db.one_or_none(sql.select_newest_step, class_id=attempt.class_id, attempt_id=attempt.id)
    return time_from(row["at"]) if row else attempt.started_at


def update_response(
    db: Database, attempt: Attempt, position: int, response: Any | None, *, seconds: int, now: datetime,
    certainty: int | None = None,
) -> int:  # fmt: skip
    """Store the response with its certainty and add the time spent; return the slot's new revision."""
    row = db.one(
        sql.update_response, class_id=attempt.class_id, attempt_id=attempt.id, position=position,
        response=None if response is None else json_text(response), saved_at=time_text(now), seconds=seconds,
        certainty=certainty,
    )  # fmt: skip
    revision: int = row["revision"]
    return revision


def update_flag(db: Database, attempt: Attempt, position: int, is_flagged: bool) -> None:
    db.run(
        sql.update_flag,
        class_id=attempt.class_id,
        attempt_id=attempt.id,
        position=position,
        is_flagged=is_flagged,
    )


def update_attempt_submitted(
    db: Database, attempt: Attempt, *, receipt: str, score: Score, now: datetime
) -> bool:
    """Close the attempt; return False, and change nothing, if it was closed already."""
    rows = db.all(
        sql.update_attempt_submitted, class_id=attempt.class_id, id=attempt.id, submitted_at=time_text(now),
        receipt=receipt, earned=score.earned, possible=score.possible,
    )  # fmt: skip
    return bool(rows)


def update_attempt_abandoned(db: Database, attempt: Attempt, *, receipt: str, now: datetime) -> None:
    """Close an open attempt without a score, as of that time."""
    db.run(
        sql.update_attempt_abandoned,
        class_id=attempt.class_id,
        id=attempt.id,
        submitted_at=time_text(now),
        receipt=receipt,
    )


def update_attempt_reopened(db: Database, attempt: Attempt) -> None:
    """Take back that the attempt was abandoned."""
    db.run(sql.update_attempt_reopened, class_id=attempt.class_id, id=attempt.id)


def update_score(db: Database, attempt: Attempt, score: Score) -> None:
    """Write another score to an attempt that was submitted."""
    db.run(
        sql.update_score,
        class_id=attempt.class_id,
        id=attempt.id,
        earned=score.earned,
        possible=score.possible,
    )


def update_timing(
    db: Database, attempt: Attempt, *, deadline_at: datetime | None, paused_s: int, paused_at: datetime | None
) -> None:
    """Write when an open attempt ends, and what of it are breaks."""
    db.run(
        sql.update_timing, class_id=attempt.class_id, id=attempt.id, deadline_at=_time_text_or_none(deadline_at),
        paused_s=paused_s, paused_at=_time_text_or_none(paused_at),
    )  # fmt: skip


def update_reached(db: Database, attempt: Attempt, position: int) -> None:
    """Write which place is open in an attempt without a way back; one after the last once all were passed."""
    db.run(sql.update_reached, class_id=attempt.class_id, id=attempt.id, reached=position)


def update_fractions(db: Database, attempt: Attempt, fractions: Mapping[int, float | None]) -> None:
    """Write what each slot earned, by position; None for one that was left blank."""
    keys = {"class_id": attempt.class_id, "attempt_id": attempt.id}
    db.run_many(sql.update_fraction, [keys | {"position": p, "fraction": f} for p, f in fractions.items()])


def update_mark(db: Database, attempt: Attempt, position: int, mark: SlotMark) -> None:
    """Write what a place came to by its behaviour."""
    update_marks(db, attempt, {position: mark})


def update_marks(db: Database, attempt: Attempt, marks: Mapping[int, SlotMark]) -> None:
    """Write what places came to by their behaviour, by position."""
    keys = {"class_id": attempt.class_id, "attempt_id": attempt.id}
    db.run_many(
        sql.update_mark,
        [
            keys | {"position": position, "fraction": mark.fraction, "correctness": mark.correctness,
                    "tries": mark.tries, "finished_at": _time_text_or_none(mark.finished_at)}
            for position, mark in marks.items()
        ],
    )  # fmt: skip


def insert_extra_slot(db: Database, attempt: Attempt, slot: AttemptSlot) -> None:
    """Insert a place that the learner asked for after the start."""
    db.run(sql.insert_extra_slot, extra_of=slot.extra_of, **_slot_row(attempt, slot))


def _time_text_or_none(time: datetime | None) -> str | None:
    return time_text(time) if time else None


def _slot_row(attempt: Attempt, slot: AttemptSlot) -> dict[str, Any]:
    return {
        "class_id": attempt.class_id, "attempt_id": attempt.id, "position": slot.position,
        "question_id": slot.question_id, "version_id": slot.version_id, "seed": slot.seed, "points": slot.points,
        "standing": json_text(standing_to_plain(slot.standing)), "is_counted": slot.is_counted, "is_flagged": False,
    }  # fmt: skip


def _attempt(row: Row) -> Attempt:
    return Attempt(
        id=row["id"], class_id=row["class_id"], quiz_id=row["quiz_id"], quiz_title=row["quiz_title"],
        quiz_is_closed=row["quiz_state"] == "closed", person_id=row["person_id"], person_name=row["person_name"],
        number=row["number"], state=row["state"], policy=row["policy"], policy_reason=row["policy_reason"],
        started_at=time_from(row["started_at"]), submitted_at=time_or_none(row["submitted_at"]),
        receipt=row["receipt"], earned=row["earned"], possible=row["possible"],
        deadline_at=time_or_none(row["deadline_at"]), overrun=row["overrun"], grace=timedelta(seconds=row["grace_s"]),
        paused_s=row["paused_s"], paused_at=time_or_none(row["paused_at"]), behaviour=row["behaviour"],
        most_tries=row["most_tries"], penalty=row["penalty"], navigation=row["navigation"], reached=row["reached"],
        unmarked=row["unmarked"], is_in_parts=bool(row["is_in_parts"]),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _standing(text: str) -> Standing:
    # All who were asked a question on the same day were told the same, and nothing of it can be changed.
    return standing_from_plain(json_from(text))


def _slot(row: Row) -> AttemptSlot:
    return AttemptSlot(
        position=row["position"], question_id=row["question_id"], version_id=row["version_id"], seed=row["seed"],
        points=row["points"], standing=_standing(row["standing"]),
        is_counted=bool(row["is_counted"]), response=json_from(row["response"] or BLANK), revision=row["revision"],
        saved_at=time_or_none(row["saved_at"]), is_flagged=bool(row["is_flagged"]),
        seconds_spent=row["seconds_spent"], fraction=row["fraction"], tries=row["tries"], certainty=row["certainty"],
        finished_at=time_or_none(row["finished_at"]),
        correctness=row["fraction"] if row["correctness"] is None else row["correctness"], extra_of=row["extra_of"],
    )  # fmt: skip


def _step(row: Row) -> Step:
    return Step(
        row["sequence"],
        row["operation_id"],
        row["position"],
        row["kind"],
        json_from(row["content"]),
        time_from(row["at"]),
    )
