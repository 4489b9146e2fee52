"""Plan a regrade: what every learner's result would become, and why. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from quiz.core.messages import N_
from quiz.core.questions import PublicQuestion
from quiz.core.regrading import (
    Adjustment,
    AttemptChange,
    CannotRegrade,
    Kind,
    accepting,
    dropped,
    is_compatible,
    marked_by,
    recounted,
    regrade,
    with_full_marks,
)
from quiz.core.standing import counts_towards_score
from quiz.storage.database import Database
from quiz.storage.encoding import json_from, json_text
from quiz.storage.questions import select_versions
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import MarkedAttempt, Regrade, select_marked_attempts
from quiz.workflows.open_question import open_keyed, open_public_many, type_called
from quiz.workflows.question_standing import standings_of


@dataclass(frozen=True)
class Wanted:
    """What to regrade. question_id: None for all questions, which a recount alone may name.

    version_id: whose key to mark by, of an other_key. accepted: responses to accept, of an accept.
    """

    kind: Kind
    question_id: str | None
    version_id: str = ""
    accepted: tuple[Any, ...] = ()
    only_if_higher: bool = False

    @property
    def content(self) -> dict[str, Any]:
        """Return what a stored regrade of this kind remembers."""
        if self.kind == "other_key":
            return {"version_id": self.version_id}
        return {"accepted": list(self.accepted)} if self.kind == "accept" else {}

    @classmethod
    def stored(cls, made: Regrade) -> Wanted:
        """Return what a regrade that was made did want."""
        content = made.content
        return cls(
            made.kind, made.question_id, content.get("version_id", ""), tuple(content.get("accepted", ())),
            made.only_if_higher,
        )  # fmt: skip


@dataclass(frozen=True)
class PlannedAttempt:
    """One learner's attempt, before and after."""

    attempt: MarkedAttempt
    change: AttemptChange


@dataclass(frozen=True)
class Plan:
    """What a regrade would do. attempts: all that were submitted and asked the question."""

    wanted: Wanted
    attempts: tuple[PlannedAttempt, ...]

    @property
    def changed(self) -> tuple[PlannedAttempt, ...]:
        return tuple(planned for planned in self.attempts if planned.change.changes)

    @property
    def held_back(self) -> int:
        return sum(planned.change.is_held_back for planned in self.attempts)

    def count(self, direction: str) -> int:
        """Return how many changed attempts go "higher", "lower", or stay the "same"."""
        return sum(planned.change.direction == direction for planned in self.changed)

    @property
    def digest(self) -> str:
        """Return a short text that differs for every other outcome, so that a commit can tell what was seen."""
        plain = [
            [p.attempt.id, [[c.position, c.old_fraction, c.new_fraction, c.new_counted] for c in p.change.changes]]
            for p in self.attempts
        ]  # fmt: skip
        return sha256(json_text(plain).encode()).hexdigest()[:16]


def plan_regrade(db: Database, quiz: Quiz, wanted: Wanted, *, today: date) -> Plan:
    """Return what the regrade would come to today. Raises CannotRegrade."""
    attempts = [
        attempt
        for attempt in select_marked_attempts(db, quiz)
        if any(wanted.question_id in (None, slot.question_id) for slot in attempt.slots)
    ]
    if not attempts:
        raise CannotRegrade(N_("Nobody has submitted an answer to this question yet"))
    if wanted.question_id is None and wanted.kind != "recount":
        raise CannotRegrade(N_("Choose a question"))
    adjustment_of = adjuster(db, wanted, attempts, today)
    planned = (
        PlannedAttempt(
            attempt,
            regrade(
                attempt.slots,
                adjustment_of(attempt),
                question_id=wanted.question_id,
                only_if_higher=wanted.only_if_higher,
            ),
        )
        for attempt in attempts
    )
    return Plan(wanted, tuple(planned))


def compatible_versions(db: Database, question_id: str, asked: Iterable[str]) -> dict[str, bool]:
    """Return by version id, newest first, whether answers to one of the asked versions fit its key.

    Drafts are left out.
    """
    versions = [v for v in select_versions(db, question_id) if v.state != "draft"]
    public = open_public_many(db, [v.id for v in versions] + list(asked))
    return {v.id: any(fits(public[a], public[v.id]) for a in asked) for v in versions}


def fits(asked: PublicQuestion, other: PublicQuestion) -> bool:
    """Tell whether an answer to the version that was asked can be marked by the other version's key."""
    if asked.type != other.type or asked.question_id != other.question_id:
        return False
    written = type_called(asked.type).ask_to_json
    return is_compatible(*(json_from(json_text(written(question.ask))) for question in (asked, other)))


def adjuster(
    db: Database, wanted: Wanted, attempts: list[MarkedAttempt], today: date
) -> Callable[[MarkedAttempt], Adjustment]:
    """Return what gives the adjustment for each attempt: they may differ in their policy."""
    match wanted.kind:
        case "full":
            return lambda attempt: with_full_marks
        case "drop":
            return lambda attempt: dropped
        case "accept":
            if not wanted.accepted:
                raise CannotRegrade(N_("Choose at least one answer to accept"))
            return lambda attempt: accepting(wanted.accepted)
        case "other_key":
            by_version = _marked_by_version(db, wanted, attempts)
            return lambda attempt: by_version
        case "recount":
            asked = {slot.version_id for attempt in attempts for slot in attempt.slots}
            standings = standings_of(db, asked, today=today)
            return lambda attempt: recounted(
                {v: counts_towards_score(standing, attempt.policy) for v, standing in standings.items()}
            )


def _marked_by_version(db: Database, wanted: Wanted, attempts: list[MarkedAttempt]) -> Adjustment:
    asked = {
        slot.version_id
        for attempt in attempts
        for slot in attempt.slots
        if slot.question_id == wanted.question_id
    }
    if not compatible_versions(db, wanted.question_id or "", asked).get(wanted.version_id):
        raise CannotRegrade(
            N_("That version does not fit the answers that were given: it has other options, parts or units")
        )
    public = open_public_many(db, asked)
    other, key = open_keyed(db, wanted.version_id)
    grade = type_called(other.type).grade
    fitting = {version_id for version_id, question in public.items() if fits(question, other)}

    def how_right(response: Any) -> float:
        mark = grade(other.ask, key.key, response)
        if mark is None:
            raise CannotRegrade(N_("No key marks this question: a person does"))
        return mark.fraction

    marked = marked_by(how_right)
    return lambda slot: marked(slot) if slot.version_id in fitting else slot
