# ruff: noqa: F811
"""What a quiz hides at a moment is in no byte that its learner is sent: each aspect, each moment, each type."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quiz.core.claims import Citation
from quiz.core.visibility import ASPECTS, MOMENTS, TELLS, shows, usable_visibility
from quiz.question_types import QUESTION_TYPES
from quiz.storage import quizzes
from quiz.storage.attempts import select_attempt_slots
from quiz.workflows.check_response import check_response
from quiz.workflows.close_quiz import close_quiz
from quiz.workflows.save_response import save_response
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import HOLDS, add_quiz, body, the_quiz

# The application and the cast are fixtures there.
from tests.web.conftest import (  # noqa: F401
    HIS_CLASS,
    amal,
    app,
    bilal,
    cast,
    clock,
    db,
    inhabited_file,
    settings,
    sign_in_as,
)

TOLD, WHY, MINE, RIGHT = "feldlerche", "zaunkoenig", "rotkehlchen", "kanarienvogel"
"""Words that stand in feedback, in explanations, in wrong answers, and in keys; nowhere else."""

# By type: a body, a wrong answer to it, and the one that is right.
BODIES = {
    "true_false": ({"answer": True, "feedback_wrong": f"{TOLD} no"}, False, True),
    "single_choice": (
        {"options": [{"id": "a", "text": f"Of {RIGHT}", "right": True},
                     {"id": "b", "text": f"Of {MINE}", "feedback": f"{TOLD} b"}]},
        "b", "a",
    ),
    "multiple_choice": (
        {"options": [{"id": "a", "text": f"Red {RIGHT}", "right": True}, {"id": "c", "text": "Blue", "right": True},
                     {"id": "b", "text": f"Green {MINE}", "feedback": f"{TOLD} b"}]},
        ["b"], ["a", "c"],
    ),
    "short_text": (
        {"answers": [{"text": f"{RIGHT} bridge"}, {"text": f"{MINE} bridge", "fraction": 0, "feedback": TOLD}]},
        f"{MINE} bridge", f"{RIGHT} bridge",
    ),
    "numeric": (
        {"answers": [{"value": 777123, "tolerance": 0},
                     {"value": 888, "tolerance": 0, "fraction": 0, "feedback": TOLD}], "unit": "m"},
        "888", "777123",
    ),
    "date": ({"answer": "1777-09-23", "precision": "day"}, "1888-01-02", "1777-09-23"),
    "matching": (
        {"pairs": [{"id": "n", "left": "North", "right": f"Mill {RIGHT}"},
                   {"id": "s", "left": "South", "right": f"Market {RIGHT}"}],
         "distractors": [f"Harbour {MINE}"]},
        {"n": f"Harbour {MINE}", "s": f"Harbour {MINE}"},
        {"n": f"Mill {RIGHT}", "s": f"Market {RIGHT}"},
    ),
    "ordering": (
        {"steps": [{"id": "a", "text": "Planned"}, {"id": "b", "text": "Built"}, {"id": "c", "text": "Opened"}]},
        ["c", "b", "a"], ["a", "b", "c"],
    ),
    "cloze": (
        {"text": "It was opened by [[who]].",
         "gaps": [{"id": "who", "kind": "enter_text", "answers": [{"text": f"{RIGHT} mayor"}]}]},
        {"who": f"{MINE} king"}, {"who": f"{RIGHT} mayor"},
    ),
    "claim_check": (
        {"verdict": "out_of_date",
         "corrections": [{"id": "until", "text": f"Until {RIGHT}.", "right": True},
                         {"id": "never", "text": f"Never {MINE}."}]},
        {"verdict": "wrong", "correction": "never"}, {"verdict": "out_of_date", "correction": "until"},
    ),
}  # fmt: skip
BY_KEY = {name for name, kind in QUESTION_TYPES.items() if getattr(kind, "marking", "by_key") == "by_key"}

# By aspect: what gives it away, as patterns; and of these, what must be there where it is shown.
SIGNS = {
    "response": ([MINE, "Your answer"], [MINE]),
    "correctness": (
        ["result-(right|wrong|partly|blank)", "Not right", "Partly right", "mark-(right|wrong|partly)"], ["Not right"],
    ),
    "marks": ([r"\d of \d+ point", "per cent", "score-number", "not counted"], ["per cent", "0 of 1 point"]),
    "feedback": ([TOLD, WHY], [TOLD]),
    "key": (["Right answer", RIGHT, "777123", "1777", "as of 22 November"], ["Right answer", RIGHT, "777123", "1777"]),
    "source": (
        ["The author dates it", "A longer one opened", "It was, until 1950", "/sources/", "example.org/records"],
        ["The author dates it", "It was, until 1950"],
    ),
}  # fmt: skip


@pytest.fixture
def quiz(db):
    """A quiz of one question of each type."""
    add_bank(db)
    for name, (plain, _, _) in BODIES.items():
        cited = (Citation("bridge", "a02-1", "checks"),) if name == "claim_check" else HOLDS
        basis = "check" if name == "claim_check" else "world"
        add_question(
            db, f"of-{name}", **body(name, **plain), stem=f"A question of the type {name}.", feedback=f"{WHY} so",
            basis=basis, citations=cited,
        )  # fmt: skip
    return add_quiz(db, HIS_CLASS, [f"of-{name}" for name in BODIES])


def answered(db, quiz, clock, *, rightly=False):
    """Return Amal's attempt at it, all wrong unless said, not submitted."""
    attempt = start_attempt(db, quiz, person_id="amal", now=clock())
    for slot, (_, wrong, right) in zip(select_attempt_slots(db, attempt), BODIES.values(), strict=True):
        save_response(
            db, attempt, slot.position, response=right if rightly else wrong, operation_id=f"save-{slot.position}",
            based_on=None, now=clock(),
        )  # fmt: skip
    return attempt


def show_only(db, quiz, aspects, moment):
    visibility = usable_visibility(shows((aspect, moment) for aspect in aspects))
    quizzes.update_quiz(db, quiz, replace(the_quiz(db, quiz.id), visibility=visibility))


def come_to(moment, db, quiz, attempt, clock):
    if moment == "during":
        return
    submit_attempt(db, attempt, now=clock())
    if moment == "while_open":
        clock.pass_time(minutes=3)
    if moment == "after_closing":
        close_quiz(db, quiz, by="bilal", now=clock())


def without(hidden):
    """Return the aspects that can be shown while this one is hidden."""
    gone = {hidden}
    for telling, told in TELLS * 2:
        if told in gone:
            gone.add(telling)
    return [aspect for aspect in ASPECTS if aspect not in gone]


def pages_of(browser, attempt):
    """Return all that a learner can open of the attempt, and all that names it."""
    places = range(1, len(BODIES) + 1)
    addresses = [
        f"/attempt/{attempt.id}/result", f"/attempt/{attempt.id}/review", f"/attempt/{attempt.id}",
        *(f"/attempt/{attempt.id}/question/{place}" for place in places),
        f"/attempt/{attempt.id}/question/1/problem", "/quiz/bridges/start", "/", "/account",
    ]  # fmt: skip
    return {address: browser.get(address) for address in addresses}


def signs_of(aspect, page):
    # Among the options of a question, the right one stands like the others.
    signs = [sign for sign in SIGNS[aspect][0] if sign != RIGHT or "/question/" not in page.request.path]
    return [sign for sign in signs if re.search(sign, page.get_data(as_text=True))]


def test_every_type_that_a_key_marks_is_tried():
    assert set(BODIES) == BY_KEY


@pytest.mark.parametrize("moment", [moment for moment in MOMENTS if moment != "during"])
@pytest.mark.parametrize("hidden", ASPECTS)
def test_what_is_hidden_is_in_no_page(amal, db, quiz, clock, hidden, moment):
    shown = without(hidden)
    attempt = answered(db, quiz, clock)
    come_to(moment, db, quiz, attempt, clock)
    show_only(db, quiz, shown, moment)

    pages = pages_of(amal, attempt)

    result = pages[f"/attempt/{attempt.id}/result"]
    assert result.status_code == 200
    for aspect in set(ASPECTS) - set(shown):
        for address, page in pages.items():
            assert (address, aspect, signs_of(aspect, page)) == (address, aspect, [])
    for aspect in shown:
        assert [sign for sign in SIGNS[aspect][1] if not re.search(sign, result.text)] == []


@pytest.mark.parametrize("hidden", ["marks", "feedback", "key", "source"])
def test_what_is_hidden_while_answering_is_in_no_page_of_a_checked_answer(amal, db, quiz, clock, hidden):
    shown = without(hidden)
    show_only(db, quiz, shown, "during")
    quizzes.update_quiz(db, quiz, replace(the_quiz(db, quiz.id), behaviour="immediate"))
    attempt = start_attempt(db, the_quiz(db, quiz.id), person_id="amal", now=clock())
    for position, (_, wrong, _) in enumerate(BODIES.values(), start=1):
        check_response(
            db, attempt, position, response=wrong, certainty=None, operation_id=f"check-{position}", based_on=None,
            now=clock(),
        )  # fmt: skip

    pages = pages_of(amal, attempt)

    for aspect in set(ASPECTS) - set(shown):
        for address, page in pages.items():
            assert (address, aspect, signs_of(aspect, page)) == (address, aspect, [])
    assert "Not right" in pages[f"/attempt/{attempt.id}/question/1"].text


@pytest.mark.parametrize("moment", MOMENTS)
def test_at_a_moment_that_shows_nothing_all_others_make_no_difference(amal, db, quiz, clock, moment):
    attempt = answered(db, quiz, clock)
    come_to(moment, db, quiz, attempt, clock)
    everything_else = [(aspect, other) for aspect in ASPECTS for other in MOMENTS if other != moment]
    quizzes.update_quiz(db, quiz, replace(the_quiz(db, quiz.id), visibility=shows(everything_else)))

    pages = pages_of(amal, attempt)

    for aspect in set(ASPECTS) - {"response"}:
        for address, page in pages.items():
            assert (address, aspect, signs_of(aspect, page)) == (address, aspect, [])


@pytest.mark.parametrize("name", BODIES)
def test_two_questions_that_differ_in_their_key_alone_give_the_same_result_page(amal, db, clock, name):
    add_bank(db)
    pages = []
    for number, twin in enumerate(QUESTION_TYPES[name].twins(), start=1):
        checks = name == "claim_check"
        add_question(
            db, f"twin-{number}", type=name, ask=twin.ask, key=twin.key, stem="Which?", feedback=f"{WHY} {number}",
            basis="check" if checks else "world", citations=() if checks else HOLDS,
        )  # fmt: skip
        quiz = add_quiz(db, HIS_CLASS, [f"twin-{number}"], quiz_id=f"twins-{number}")
        show_only(db, quiz, ["response"], "while_open")
        attempt = start_attempt(db, quiz, person_id="amal", now=clock())
        response = next(iter(QUESTION_TYPES[name].samples())).response if twin_reads(name, twin) else None
        if response is not None:
            save_response(
                db, attempt, 1, response=response, operation_id="save-1", based_on=None, now=clock()
            )
        submit_attempt(db, attempt, now=clock())
        clock.pass_time(minutes=3)
        page = amal.get(f"/attempt/{attempt.id}/result").text
        pages.append(without_chance(page))

    assert pages[0] == pages[1]


def without_chance(page):
    """Return the page without ids, receipts, tokens and times, which differ anyway."""
    page = re.sub(r'name="csrf_token" value="[^"]*"|, attempt 2|\s+', " ", page)
    page = re.sub(r"[0-9a-hjkmnp-z]{26}|[A-Z0-9]{4}-[A-Z0-9]{4}|\d\d:\d\d|twins-\d", "–", page)
    return page.replace(" <", "<")


def twin_reads(name, twin):
    """Tell whether the type's first sample answers this body."""
    return next(iter(QUESTION_TYPES[name].samples())).body.ask == twin.ask


def test_staff_see_everything_whatever_is_hidden(bilal, db, quiz, clock):
    attempt = answered(db, quiz, clock)
    submit_attempt(db, attempt, now=clock())
    show_only(db, quiz, [], "after")

    page = bilal.get(f"/quizzes/{quiz.id}/results/{attempt.id}").text

    assert [word for word in (MINE, RIGHT, "777123", "Not right", "0 of 1 point") if word not in page] == []


def test_right_answers_and_wrong_ones_look_the_same_without_right_and_wrong(amal, db, quiz, clock):
    show_only(db, quiz, [], "after")
    pages = []
    for rightly in (False, True):
        attempt = answered(db, quiz, clock, rightly=rightly)
        submit_attempt(db, attempt, now=clock())
        page = amal.get(f"/attempt/{attempt.id}/result").text
        pages.append(without_chance(page))

    wrong, right = pages
    assert wrong == right
