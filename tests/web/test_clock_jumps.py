"""The server's clock is set while somebody takes a timed quiz: nothing of it reaches them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.storage.attempts import select_attempt_or_none
from quiz.workflows.start_attempt import start_attempt
from tests.machine import Machine
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import add_quiz, body
from tests.web.conftest import HIS_CLASS, NOON

HOUR = timedelta(hours=1)
JUMPS = [-HOUR, HOUR, -timedelta(days=1), timedelta(days=1)]


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def clock(machine):
    """The application's clock, as app.py makes it, on a machine whose clock can be set."""
    return machine.steady_clock()


@pytest.fixture
def attempt(db):
    """Thirty minutes of Amal's, which have just begun."""
    add_bank(db)
    add_question(db, "year", **body("numeric", answers=[{"value": 1901, "tolerance": 0}]))
    quiz = add_quiz(db, HIS_CLASS, ["year"], time_limit_s=1800)
    return start_attempt(db, quiz, person_id="amal", now=NOON)


def save(browser, attempt, answer="1901", revision=0):
    sent = {
        "operation": f"0123456789abcdef{answer}",
        "position": 1,
        "revision": revision,
        "fields": {"answer": [answer]},
    }
    return browser.post(f"/attempt/{attempt.id}/save", json=sent)


@pytest.mark.parametrize("jump", JUMPS)
def test_the_time_left_is_what_it_was(amal, attempt, machine, jump):
    machine.pass_time(minutes=10)
    machine.set_clock(jump)
    machine.pass_time(minutes=5)

    assert save(amal, attempt).json["left"] == 900


def test_it_is_that_through_several_jumps_and_back(amal, attempt, machine):
    left = []
    for revision, jump in enumerate((-HOUR, 2 * HOUR, -HOUR)):
        machine.set_clock(jump)
        machine.pass_time(minutes=1)
        left.append(save(amal, attempt, f"190{revision}", revision).json["left"])

    assert left == [1740, 1680, 1620]


@pytest.mark.parametrize("jump", JUMPS)
def test_no_deadline_is_changed(amal, db, attempt, machine, jump):
    machine.pass_time(minutes=1)
    machine.set_clock(jump)
    save(amal, attempt)
    amal.get(f"/attempt/{attempt.id}/question/1")

    found = select_attempt_or_none(db, attempt.id)
    assert (found.state, found.deadline_at) == ("open", NOON + timedelta(minutes=30))


@pytest.mark.parametrize("jump", JUMPS)
def test_the_end_comes_when_it_would_have_come(amal, db, attempt, machine, jump):
    machine.set_clock(jump)
    machine.pass_time(minutes=29, seconds=59)
    in_time = save(amal, attempt, "1900")
    machine.pass_time(seconds=30)
    too_late = save(amal, attempt, "1901", 1)

    assert (in_time.status_code, too_late.status_code) == (200, 409)
    assert "late" in too_late.json
    assert select_attempt_or_none(db, attempt.id).submitted_at == NOON + timedelta(minutes=30)
