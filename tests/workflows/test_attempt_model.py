"""Attempts against a simple reference of their rules: thousands of random steps must agree.

The full form has more steps: ``QUIZ_MODEL_STEPS=20000 python -m pytest tests/workflows/test_attempt_model.py``.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from quiz.storage import attempts, people
from quiz.storage.connect import open_database
from quiz.storage.people import Person
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.save_response import AttemptClosed, ChangedElsewhere, save_response
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.taken_quizzes import started, the_quiz

STEPS = int(os.environ.get("QUIZ_MODEL_STEPS", "2000"))
STEPS_A_RUN = 50
OPERATIONS = [f"operation-{n}" for n in range(6)]


@dataclass
class Reference:
    """The rules in their simplest form. done: what each operation did: (position, answer, revision)."""

    answers: dict[int, bool | None] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    flagged: set[int] = field(default_factory=set)
    done: dict[str, tuple[int, bool | None, int]] = field(default_factory=dict)
    is_open: bool = True

    def save(self, position: int, answer: bool | None, operation: str, based_on: int | None) -> str:
        stored, revision = self.answers.get(position), self.revisions.get(position, 0)
        if operation in self.done and self.done[operation][:2] == (position, answer):
            return "saved"
        if not self.is_open:
            return "closed"
        if based_on is not None and based_on < revision and stored not in (None, answer):
            return "changed elsewhere"
        self.answers[position], self.revisions[position] = answer, revision + 1
        self.done.setdefault(operation, (position, answer, revision + 1))
        return "saved"


def machine_for(db):
    quiz_id = started(db).quiz_id
    numbers = count()

    class AttemptMachine(RuleBasedStateMachine):
        @initialize()
        def begin(self):
            learner = f"learner-{next(numbers)}"
            people.insert_person(db, Person(learner, "learner", learner, None), password_hash=None, now=NOW)
            self.attempt = start_attempt(db, the_quiz(db, quiz_id), person_id=learner, now=NOW)
            self.reference = Reference()
            self.places = len(attempts.select_attempt_slots(db, self.attempt))

        @rule(
            place=st.integers(1, 3), answer=st.sampled_from([True, False, None]),
            operation=st.sampled_from(OPERATIONS), based_on=st.sampled_from([None, 0, 1, 2, 99]),
        )  # fmt: skip
        def save(self, place, answer, operation, based_on):
            position = min(place, self.places)
            expected = self.reference.save(position, answer, operation, based_on)
            try:
                save_response(
                    db,
                    self.attempt,
                    position,
                    response=answer,
                    operation_id=operation,
                    based_on=based_on,
                    now=NOW,
                )
                happened = "saved"
            except AttemptClosed:
                happened = "closed"
            except ChangedElsewhere:
                happened = "changed elsewhere"

            assert happened == expected

        @rule(place=st.integers(1, 3), is_flagged=st.booleans())
        def flag(self, place, is_flagged):
            position = min(place, self.places)
            try:
                flag_slot(
                    db,
                    self.attempt,
                    position,
                    is_flagged=is_flagged,
                    operation_id=f"flag-operation-{next(numbers)}",
                    now=NOW,
                )
            except AttemptClosed:
                assert not self.reference.is_open
                return
            (self.reference.flagged.add if is_flagged else self.reference.flagged.discard)(position)

        @rule(is_meant=st.integers(0, 9))
        def submit(self, is_meant):
            if is_meant == 0:
                first = submit_attempt(db, self.attempt, now=NOW)
                again = submit_attempt(db, self.attempt, now=NOW)
                self.reference.is_open = False

                assert first.receipt == again.receipt

        @invariant()
        def what_is_stored_is_what_the_rules_say(self):
            if not hasattr(self, "attempt"):
                return
            slots = attempts.select_attempt_slots(db, self.attempt)

            assert {s.position: s.response for s in slots if s.revision} == self.reference.answers
            assert {s.position: s.revision for s in slots if s.revision} == self.reference.revisions
            assert {s.position for s in slots if s.is_flagged} == self.reference.flagged

    return AttemptMachine


@pytest.fixture
def own_db(sqlite_template, tmp_path):
    database = open_database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'model.db')}")
    yield database
    database.close()


@pytest.mark.timeout(3600)
def test_random_steps_agree_with_the_reference(own_db):
    run_state_machine_as_test(
        machine_for(own_db),
        settings=settings(
            max_examples=max(1, STEPS // STEPS_A_RUN), stateful_step_count=STEPS_A_RUN, deadline=None,
            suppress_health_check=list(HealthCheck), database=None,
        ),
    )  # fmt: skip
