from __future__ import annotations

import pytest

from quiz.core.items import Criterion, Level
from quiz.core.question_type import UnusableBody
from quiz.core.rubrics import (
    level_given,
    most_of,
    read_rubric,
    rubric_for_form,
    rubric_from_form,
    share_given,
    with_ids,
    write_rubric,
)

FACTS = Criterion(
    "Facts", 2.0, "The year.", (Level(0.0, "None"), Level(1.0, "One"), Level(2.0, "Both")), "facts"
)
LANGUAGE = Criterion("Language", 3.0, id="language")
RUBRIC = (FACTS, LANGUAGE)


def test_a_rubric_is_read_as_it_is_written():
    assert read_rubric({"rubric": write_rubric(RUBRIC)}) == RUBRIC


def test_the_best_level_is_what_a_criterion_is_worth():
    (criterion,) = read_rubric({"rubric": [{"title": "Facts", "levels": [{"points": 4}, {"points": 1}]}]})

    assert criterion.points == 4.0
    assert most_of(RUBRIC) == 5.0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"points": 2}, "title is missing"),
        ({"title": "Facts"}, "points is missing"),
        (
            {"title": "Facts", "points": 2, "levels": [{"points": 0}, {"points": 1}]},
            "levels or points, not both",
        ),
        ({"title": "Facts", "levels": [{"points": 1}]}, "has 2 to 10 levels"),
        ({"title": "Facts", "levels": [{"points": 1}, {"points": 1}]}, "has “1” twice"),
        ({"title": "Facts", "points": -1}, "from 0 to 1000"),
        ({"title": "Facts", "points": 0}, "worth more than 0 points"),
        ({"title": "Facts", "points": 1, "level": []}, "level is not a field here"),
    ],
)
def test_a_rubric_that_can_not_be_marked_by_is_refused(row, told):
    with pytest.raises(UnusableBody) as caught:
        read_rubric({"rubric": [row]})

    assert told in str(caught.value)
    assert caught.value.field == "rubric"


def test_a_share_is_known_once_every_criterion_has_its_points():
    assert share_given(RUBRIC, {"facts": 1.0}) is None
    assert share_given(RUBRIC, {"facts": 1.0, "language": 1.5}) == 0.5
    assert share_given((), {}) is None


def test_a_level_is_known_by_its_points():
    assert level_given(FACTS, {"facts": 1.0}) == Level(1.0, "One")
    assert level_given(LANGUAGE, {"language": 1.0}) is None
    assert level_given(FACTS, {}) is None


def test_ids_outlive_a_new_title_and_new_rows_get_their_own():
    rows = rubric_for_form(RUBRIC)
    rows[0]["title"] = "Facts and dates"
    rows.append({"id": "", "title": "Style", "text": "", "points": 1.0, "levels": []})
    rows.append({"id": "", "title": "", "text": "", "points": None, "levels": [{"points": None, "text": ""}]})

    kept = rubric_from_form(rows)

    assert [row["id"] for row in kept[:2]] == ["facts", "language"]
    assert len(kept) == 3 and kept[2]["id"].startswith("c")


def test_a_row_without_a_title_is_not_dropped_in_silence():
    row = {"id": "", "title": "", "text": "", "points": None, "levels": []}
    row["levels"] = [{"points": 0.0, "text": "None"}, {"points": 2.0, "text": "Both"}]

    with pytest.raises(UnusableBody, match="title|is missing"):
        read_rubric({"rubric": rubric_from_form([row])})


def test_criteria_of_one_title_get_different_ids():
    one, other = with_ids((Criterion("Facts", 1.0), Criterion("Facts", 2.0)))

    assert one.id != other.id
