from __future__ import annotations

from datetime import timedelta

from quiz.core.score_rows import (
    LONG_COLUMNS,
    AnswerWords,
    Learner,
    class_columns,
    class_rows,
    class_rows_without_attempts,
    long_rows,
    not_started_rows,
    wide_columns,
    wide_rows,
)
from quiz.core.scores import Answer, AttemptHead
from quiz.core.standing import NO_SOURCE, OVERDUE, Reason, Standing
from tests.conftest import NOW

CHECKED = Standing(is_verified=True, as_of="2026-11-22")
DOUBTED = Standing(is_verified=False, reasons=(Reason(NO_SOURCE), Reason(OVERDUE, since="2026-01-01")))


def head(person: str = "amal", number: int = 1, **changes: object) -> AttemptHead:
    plain = {
        "id": f"{person}-{number}",
        "class_id": "c",
        "quiz_id": "q",
        "quiz_title": "Quiz",
        "person_id": person,
        "name": person.title(),
        "email": f"{person}@example.org",
        "number": number,
        "state": "submitted",
        "started_at": NOW,
        "submitted_at": NOW + timedelta(minutes=3),
        "receipt": "AAAA-BBBB",
        "earned": 1.0,
        "possible": 2.0,
    }
    return AttemptHead(**(plain | changes))


def answer(question: str = "q1", **changes: object) -> Answer:
    plain = {
        "position": 1,
        "question_id": question,
        "version_id": "v",
        "version": 3,
        "type": "true_false",
        "basis": "world",
        "stem": "So?",
        "response": True,
        "fraction": 0.5,
        "points": 2.0,
        "is_counted": True,
        "standing": CHECKED,
        "seconds_spent": 12,
        "saved_at": NOW,
    }
    return Answer(**(plain | changes))


def as_dicts(columns, rows) -> list[dict[str, object]]:
    return [dict(zip([column.name for column in columns], row, strict=True)) for row in rows]


def test_a_wide_row_holds_the_attempt_that_counts_and_how_many_there_were():
    poor, good = head(number=1, earned=0.0), head(number=2, earned=2.0)
    asked = [(poor, answer()), (good, answer(fraction=1.0)), (head("dina"), answer())]

    amal, dina = as_dicts(wide_columns(["q1"]), wide_rows(asked, ["q1"]))

    assert (amal["name"], amal["attempt"], amal["attempts_made"], amal["percent"]) == ("Amal", 2, 2, 100.0)
    assert (dina["attempt"], dina["attempts_made"]) == (1, 1)


def test_a_wide_row_has_score_standing_version_and_time_of_each_question_under_its_id():
    asked = [
        (head(), answer("q2")),
        (head(), answer("q9", fraction=None, standing=DOUBTED, is_counted=False)),
    ]

    (row,) = as_dicts(wide_columns(["q2", "q5", "q9"]), wide_rows(asked, ["q2", "q5", "q9"]))

    assert [row[f"q2 {name}"] for name in ("earned", "standing", "version", "seconds")] == [
        1.0,
        "checked",
        3,
        12,
    ]
    assert [row[f"q5 {name}"] for name in ("earned", "standing", "version", "seconds")] == [None] * 4
    assert (row["q9 earned"], row["q9 standing"]) == (None, "unverified")
    assert (row["seconds_spent"], row["uncounted"]) == (24, 1)


def test_an_attempt_that_began_after_the_columns_were_fixed_is_not_in_a_wide_file():
    asked = [(head(), answer("q1")), (head("dina"), answer("new"))]

    assert [row["name"] for row in as_dicts(wide_columns(["q1"]), wide_rows(asked, ["q1"]))] == ["Amal"]


def test_learners_who_did_not_start_have_a_wide_row_that_says_so():
    columns = wide_columns(["q1"])
    rows = not_started_rows([Learner("fadi", "Fadi", None)], quiz="Quiz", quiz_id="q", columns=len(columns))

    (row,) = as_dicts(columns, rows)

    assert (row["name"], row["email"], row["attempts_made"], row["state"]) == ("Fadi", None, 0, "not_started")
    assert (row["earned"], row["q1 standing"]) == (None, None)


def test_a_long_row_holds_one_answer_of_one_attempt_with_all_that_was_shown():
    asked = [
        (head(), answer()),
        (head(number=2, state="open"), answer("q2", standing=DOUBTED, is_counted=False)),
    ]

    first, second = as_dicts(LONG_COLUMNS, long_rows(asked, lambda _: AnswerWords("Yes", "No")))

    assert (
        first | {"response": "Yes", "right": "No", "version": 3, "earned": 1.0, "seconds_spent": 12} == first
    )
    assert (first["standing"], first["standing_as_of"], first["standing_reasons"]) == (
        "checked",
        "2026-11-22",
        "",
    )
    assert (second["attempt"], second["state"], second["counted"]) == (2, "open", False)
    assert second["standing_reasons"] == "no source; due for a new check since 2026-01-01"


def test_a_class_row_holds_the_best_result_in_each_quiz():
    columns = class_columns([("q", "First"), ("r", "Second")])
    attempts = [head(number=1, earned=0.0), head(number=2), head("dina", quiz_id="r", earned=2.0)]

    amal, dina = as_dicts(columns, class_rows(attempts, ["q", "r"]))

    assert (amal["First (q) percent"], amal["First (q) attempts"], amal["Second (r) percent"]) == (
        50.0,
        2,
        None,
    )
    assert (dina["First (q) percent"], dina["Second (r) percent"]) == (None, 100.0)


def test_a_quiz_that_was_made_after_the_columns_were_fixed_is_not_in_a_class_file():
    (row,) = class_rows([head(), head(quiz_id="new")], ["q"])

    assert len(row) == len(class_columns([("q", "First")]))


def test_learners_who_started_nothing_have_a_class_row():
    columns = class_columns([("q", "First")])

    (row,) = class_rows_without_attempts([Learner("fadi", "Fadi", None)], columns=len(columns))

    assert row == ["Fadi", None, "fadi", None, None, None, None, None]
