"""Attempts against a simple reference of their rules: thousands of random steps must agree.

The full form has more steps: ``QUIZ_MODEL_STEPS=20000 python -m pytest tests/workflows/test_attempt_model.py``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from quiz.core.replaying import replay
from quiz.core.visibility import PRESETS
from quiz.storage import attempts, people
from quiz.storage.connect import open_database
from quiz.storage.people import Person
from quiz.workflows.check_response import CertaintyMissing, NothingToCheck, check_response
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.save_response import AttemptClosed, ChangedElsewhere, PlaceFinished, save_response
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.checked import add_made_of
from tests.conftest import NOW
from tests.small_content import add_bank
from tests.taken_quizzes import add_class, add_quiz, the_quiz

STEPS = int(os.environ.get("QUIZ_MODEL_STEPS", "2000"))
STEPS_A_RUN = 50
OPERATIONS = [f"operation-{n}" for n in range(6)]
RIGHT = {"steel": 1.0, "iron": 0.5, "wood": 0.0, "stone": 0.0}
"""How right each answer is to the questions that are asked here."""
TRIES, PENALTY = 3, 0.25
REFUSED = {
    AttemptClosed: "closed", ChangedElsewhere: "changed elsewhere", PlaceFinished: "finished",
    NothingToCheck: "nothing", CertaintyMissing: "certainty",
}  # fmt: skip


Answer = tuple[str | None, int | None]
"""What was answered, and how sure one was."""


@dataclass
class Reference:
    """The rules in their simplest form. saved, checked: what each operation did: the place and the answer."""

    behaviour: str
    answers: dict[int, Answer] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    flagged: set[int] = field(default_factory=set)
    tries: dict[int, list[Answer]] = field(default_factory=dict)
    saved: dict[str, tuple[int, Answer]] = field(default_factory=dict)
    checked: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    is_open: bool = True

    @property
    def is_sure(self) -> bool:
        return self.behaviour.startswith("cbm")

    @property
    def has_check(self) -> bool:
        return self.behaviour in ("immediate", "interactive", "cbm_immediate")

    def is_finished(self, position: int) -> bool:
        tries = self.tries.get(position, [])
        most = TRIES if self.behaviour == "interactive" else 1
        return self.has_check and bool(tries) and (RIGHT[tries[-1][0]] == 1 or len(tries) == most)

    def save(self, position: int, answer: Answer, operation: str, based_on: int | None) -> str:
        stored, revision = self.answers.get(position, (None, None)), self.revisions.get(position, 0)
        if self.saved.get(operation) == (position, answer):
            return "saved"
        if not self.is_open:
            return "closed"
        if self.is_finished(position):
            return "saved" if stored == answer else "finished"
        if based_on is not None and based_on < revision and stored[0] is not None and stored != answer:
            return "changed elsewhere"
        self.answers[position], self.revisions[position] = answer, revision + 1
        self.saved.setdefault(operation, (position, answer))
        return "saved"

    def check(self, position: int, answer: Answer, operation: str, based_on: int | None) -> str:
        if self.checked.get(operation) == (position, answer[0]):
            return "checked"
        if not self.is_open:
            return "closed"
        is_stored = self.answers.get(position, (None, None)) == answer
        if self.is_finished(position):
            return "checked" if is_stored else "finished"
        if answer[0] is None:
            return "nothing"
        if self.is_sure and answer[1] is None:
            return "certainty"
        was_tried = answer[0] in [tried for tried, _ in self.tries.get(position, [])]
        if was_tried and self.saved.get(operation) == (position, answer):
            return "checked"
        if not is_stored:
            stored, revision = self.answers.get(position, (None, None)), self.revisions.get(position, 0)
            if based_on is not None and based_on < revision and stored[0] is not None:
                return "changed elsewhere"
            self.answers[position], self.revisions[position] = answer, revision + 1
            self.saved.setdefault(operation, (position, answer))
        if not was_tried:
            self.tries.setdefault(position, []).append(answer)
            self.checked.setdefault(operation, (position, answer[0]))
        return "checked"

    def submit(self) -> None:
        self.is_open = False
        for position, (answer, certainty) in self.answers.items():
            tries = self.tries.setdefault(position, [])
            is_new = answer is not None and answer not in [tried for tried, _ in tries]
            if is_new and not self.is_finished(position):
                tries.append((answer, certainty))

    def earned(self, position: int) -> float | None:
        tries = self.tries.get(position, [])
        if not tries:
            return None
        if self.behaviour == "interactive":
            gains, best = 0.0, 0.0
            for number, (answer, _) in enumerate(tries):
                gains += max(0.0, RIGHT[answer] - best) * (1 - number * PENALTY)
                best = max(best, RIGHT[answer])
            return gains
        answer, certainty = tries[-1]
        if not self.is_sure:
            return RIGHT[answer]
        level = certainty or 1
        return RIGHT[answer] * level / 3 if RIGHT[answer] else (0.0, -2 / 3, -2.0)[level - 1]


ANSWERS = st.sampled_from(["steel", "iron", "wood", "stone", None])
BASES = st.sampled_from([None, 0, 1, 2, 99])
CERTAINTIES = st.sampled_from([None, 1, 2, 3])
QUIZZES = {"deferred": "1", "immediate": "2", "interactive": "3", "cbm": "4", "cbm_immediate": "5"}


def machine_for(db):
    class_id = add_class(db)
    add_bank(db)
    questions = [add_made_of(db, f"made-of-{n}") for n in range(1, 4)]
    for behaviour, quiz_id in QUIZZES.items():
        add_quiz(
            db, class_id, questions, quiz_id=quiz_id, behaviour=behaviour, tries=TRIES, penalty=PENALTY,
            visibility=PRESETS["practice"],
        )  # fmt: skip
    numbers = count()

    class AttemptMachine(RuleBasedStateMachine):
        @initialize(behaviour=st.sampled_from(list(QUIZZES)))
        def begin(self, behaviour):
            learner = f"learner-{next(numbers)}"
            people.insert_person(db, Person(learner, "learner", learner, None), password_hash=None, now=NOW)
            quiz = the_quiz(db, QUIZZES[behaviour])
            self.attempt = start_attempt(db, quiz, person_id=learner, now=NOW)
            self.reference = Reference(behaviour)
            self.places = len(attempts.select_attempt_slots(db, self.attempt))

        def _do(self, act: Callable[[], object], done: str) -> str:
            try:
                act()
            except tuple(REFUSED) as refused:
                return REFUSED[type(refused)]
            return done

        def _answer(self, answer, certainty):
            return (answer, certainty if self.reference.is_sure else None)

        @rule(
            place=st.integers(1, 3), answer=ANSWERS, certainty=CERTAINTIES, operation=st.sampled_from(OPERATIONS),
            based_on=BASES,
        )  # fmt: skip
        def save(self, place, answer, certainty, operation, based_on):
            given = self._answer(answer, certainty)
            expected = self.reference.save(place, given, operation, based_on)

            happened = self._do(
                lambda: save_response(
                    db, self.attempt, place, response=given[0], certainty=given[1], operation_id=operation,
                    based_on=based_on, now=NOW,
                ),
                "saved",
            )  # fmt: skip

            assert happened == expected

        @rule(
            place=st.integers(1, 3), answer=ANSWERS, certainty=CERTAINTIES, operation=st.sampled_from(OPERATIONS),
            based_on=BASES,
        )  # fmt: skip
        def check(self, place, answer, certainty, operation, based_on):
            if not self.reference.has_check:
                return
            given = self._answer(answer, certainty)
            expected = self.reference.check(place, given, operation, based_on)

            happened = self._do(
                lambda: check_response(
                    db, self.attempt, place, response=given[0], certainty=given[1], operation_id=operation,
                    based_on=based_on, now=NOW,
                ),
                "checked",
            )  # fmt: skip

            assert happened == expected

        @rule(place=st.integers(1, 3), is_flagged=st.booleans())
        def flag(self, place, is_flagged):
            try:
                flag_slot(
                    db, self.attempt, place, is_flagged=is_flagged,
                    operation_id=f"flag-operation-{next(numbers)}", now=NOW,
                )  # fmt: skip
            except AttemptClosed:
                assert not self.reference.is_open
                return
            (self.reference.flagged.add if is_flagged else self.reference.flagged.discard)(place)

        @rule(is_meant=st.integers(0, 9))
        def submit(self, is_meant):
            if is_meant == 0:
                first = submit_attempt(db, self.attempt, now=NOW)
                again = submit_attempt(db, self.attempt, now=NOW)
                if self.reference.is_open:
                    self.reference.submit()

                assert first.receipt == again.receipt
                assert first.earned == pytest.approx(
                    sum(self.reference.earned(place) or 0.0 for place in range(1, self.places + 1))
                )

        @invariant()
        def what_is_stored_is_what_the_rules_say(self):
            if not hasattr(self, "attempt"):
                return
            slots = attempts.select_attempt_slots(db, self.attempt)
            known = self.reference

            assert {s.position: (s.response, s.certainty) for s in slots if s.revision} == known.answers
            assert {s.position: s.revision for s in slots if s.revision} == known.revisions
            assert {s.position for s in slots if s.is_flagged} == known.flagged
            if known.has_check or not known.is_open:
                earned = [known.earned(s.position) for s in slots]
                assert [s.fraction for s in slots] == [
                    None if e is None else pytest.approx(e) for e in earned
                ]

        @invariant()
        def what_is_stored_is_what_its_steps_come_to(self):
            if not hasattr(self, "attempt"):
                return
            marking = self.attempt.marking
            steps = attempts.select_steps(db, self.attempt)
            for slot in attempts.select_attempt_slots(db, self.attempt):
                state = replay(marking, [step for step in steps if step.position == slot.position])

                assert (state.response, state.revision, state.certainty, state.is_flagged) == (
                    slot.response, slot.revision, slot.certainty, slot.is_flagged,
                )  # fmt: skip
                assert (len(state.tries), state.finished_at) == (slot.tries, slot.finished_at)
                if marking.has_check:
                    assert (marking.earned(state.tries), marking.correctness(state.tries)) == (
                        slot.fraction, slot.correctness,
                    )  # fmt: skip

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
