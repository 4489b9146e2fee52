# ruff: noqa: F811
"""Until an attempt is submitted, no byte that its learner is sent holds a key, a feedback or a correction."""

from __future__ import annotations

import re

import pytest

from quiz.core.visibility import PRESETS, Visibility
from quiz.question_types import QUESTION_TYPES
from quiz.workflows.open_attempt import place_of
from quiz.workflows.open_question import open_keyed
from quiz.workflows.start_attempt import start_attempt
from tests.taken_quizzes import BODIES, CANARY, KEPT_FROM_LEARNERS, add_each_type, add_quiz

# The application and the cast are fixtures there.
from tests.web.conftest import (  # noqa: F401
    HIS_CLASS,
    amal,
    app,
    cast,
    clock,
    db,
    inhabited_file,
    settings,
    sign_in_as,
)

TYPES = pytest.mark.parametrize("position", range(1, len(BODIES) + 1), ids=list(BODIES))
ANSWERED = pytest.mark.parametrize(
    "position",
    [
        pytest.param(position, id=name)
        for position, name in enumerate(BODIES, start=1)
        if QUESTION_TYPES[name].marking != "none"
    ],
)


@pytest.fixture
def attempt(db, clock):
    return start_attempt(db, add_quiz(db, HIS_CLASS, add_each_type(db)), person_id="amal", now=clock())


@pytest.fixture
def place(db, attempt):
    return lambda position: place_of(db, attempt, position)


def everything_in(reply):
    return f"{reply.headers}\n{reply.get_data(as_text=True)}"


def leaks(*replies):
    return [secret for secret in KEPT_FROM_LEARNERS for reply in replies if secret in everything_in(reply)]


def answers_to(place):
    """Return two forms or more that the question's type can read."""
    question_type = QUESTION_TYPES[place.question.type]
    ask, seed = place.question.ask, place.slot.seed
    shown = question_type.present(ask, seed)
    match place.question.type:
        case "true_false":
            return [{"answer": ["true"]}, {"answer": ["false"]}]
        case "single_choice" | "multiple_choice":
            return [{"answer": [option.token]} for option in shown]
        case "short_text":
            return [{"answer": ["wood"]}, {"answer": ["bridge"]}]
        case "numeric":
            return [{"answer": ["1"]}, {"answer": ["2"]}]
        case "date":
            return [
                {"answer-day": ["1"], "answer-month": ["2"], "answer-year": [year]}
                for year in ("1900", "1901")
            ]
        case "matching":
            return [
                {f"answer-{left.token}": [right.token] for left in shown.lefts} for right in shown.rights[:2]
            ]
        case "ordering":
            return [
                {f"answer-{step.token}": [str(n)] for n, step in enumerate(order, 1)}
                for order in (shown, shown[::-1])
            ]
        case "cloze":
            return [{"answer-1": ["1"], "answer-2": [word]} for word in ("king", "queen")]
        case "claim_check":
            return [{"answer-verdict": [verdict]} for verdict in ("holds", "wrong")]
        case "essay":
            return [{"answer": ["By ferry."]}, {"answer": ["By boat."]}]
        case "information":
            return [{}]
    raise AssertionError(f"no answers to {place.question.type} are known here; add some")


def test_every_type_is_tried():
    assert set(BODIES) == set(QUESTION_TYPES)


def test_the_pages_around_the_questions_hold_nothing(amal, attempt):
    pages = [
        amal.get(address)
        for address in (
            "/quiz/bridges/start",
            f"/attempt/{attempt.id}/review",
            f"/attempt/{attempt.id}/question/1/problem",
            "/",
            "/account",
        )
    ]

    assert leaks(*pages) == []


@TYPES
def test_a_question_holds_nothing_blank_or_answered(amal, attempt, place, position):
    address = f"/attempt/{attempt.id}/question/{position}"
    pages = [amal.get(address)]
    for form in answers_to(place(position)):
        sent = amal.post(address, data=form)
        assert sent.status_code == 303
        pages += [sent, amal.get(address), amal.get(f"/attempt/{attempt.id}/review")]

    assert leaks(*pages) == []


@ANSWERED
def test_neither_do_conflicts(amal, attempt, place, position):
    address = f"/attempt/{attempt.id}/question/{position}"
    one, other = answers_to(place(position))[:2]
    amal.post(address, data=one)

    conflict = amal.post(address, data=other | {"revision": "0"})

    assert (conflict.status_code, leaks(conflict)) == (409, [])


@ANSWERED
def test_neither_do_the_replies_to_the_script(amal, attempt, place, position):
    def save(operation, fields):
        return amal.post(
            f"/attempt/{attempt.id}/save",
            json={"operation": operation, "position": position, "revision": 0, "fields": fields},
        )

    one, other = answers_to(place(position))[:2]
    nonsense = {name: ["nonsense"] for name in one}
    replies = [
        save("first-operation", one),
        save("other-operation", other),
        save("third-operation", nonsense),
    ]

    assert [reply.status_code for reply in replies[:2]] == [200, 409]
    assert leaks(*replies) == []


@TYPES
def test_neither_do_pages_that_tell_of_an_unreadable_answer(amal, attempt, place, position):
    address = f"/attempt/{attempt.id}/question/{position}"
    nonsense = {name: ["nonsense", "twice"] for name in answers_to(place(position))[0]}

    assert leaks(amal.post(address, data=nonsense)) == []


# -- while tries are left ----------------------------------------------------------------------------------


@pytest.fixture
def half_tried(db, clock):
    """Return a function that starts an attempt with tries to spare, in which so much is shown meanwhile."""

    def start(visibility):
        quiz = add_quiz(
            db,
            HIS_CLASS,
            add_each_type(db),
            behaviour="interactive",
            tries=9,
            penalty=0.1,
            visibility=visibility,
        )
        return start_attempt(db, quiz, person_id="amal", now=clock())

    return start


def wrong_answers(db, place):
    """Return forms that are not wholly right, each with what the key says to it."""
    question_type = QUESTION_TYPES[place.question.type]
    ask, key = open_keyed(db, place.slot.version_id)[0].ask, open_keyed(db, place.slot.version_id)[1].key
    for form in answers_to(place):
        mark = question_type.grade(ask, key, question_type.read_response(ask, form, place.slot.seed))
        if mark is not None and not mark.is_right:
            yield form, mark.feedback


@TYPES
def test_a_half_tried_question_holds_nothing_where_only_right_and_wrong_are_shown(
    amal, db, half_tried, position
):
    attempt = half_tried(Visibility(PRESETS["homework"].shown | {("correctness", "during")}))
    address, place = f"/attempt/{attempt.id}/question/{position}", place_of(db, attempt, position)
    pages = []
    for form, _ in wrong_answers(db, place):
        checked = amal.post(address, data=form | {"go": "check"})
        assert checked.status_code == 303
        pages += [checked, amal.get(checked.location), amal.get(f"/attempt/{attempt.id}/review")]

    assert leaks(*pages) == []


@TYPES
def test_a_half_tried_question_tells_what_was_chosen_and_not_the_key(amal, db, half_tried, position):
    attempt = half_tried(PRESETS["practice"])
    address, place = f"/attempt/{attempt.id}/question/{position}", place_of(db, attempt, position)
    every_canary = re.findall(rf"{CANARY} \w+", str(BODIES)) + [f"{CANARY} because"]
    for form, feedback in wrong_answers(db, place):
        page = amal.post(address, data=form | {"go": "check"}, follow_redirects=True).get_data(as_text=True)

        assert [secret for secret in KEPT_FROM_LEARNERS if secret in page and secret != CANARY] == []
        assert [told for told in every_canary if told in page and told not in feedback] == []


def test_what_was_kept_back_is_told_after_submission(amal, attempt):
    amal.post(f"/attempt/{attempt.id}/submit")

    page = amal.get(f"/attempt/{attempt.id}/result").get_data(as_text=True)

    assert [secret for secret in KEPT_FROM_LEARNERS if secret not in page] == []
