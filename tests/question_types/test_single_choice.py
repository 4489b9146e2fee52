"""Single choice: one right option, half-right ones, and ids that outlive edits."""

from __future__ import annotations

import pytest

from quiz.core.items import Choose, Item, Option
from quiz.core.question_type import UnusableBody
from quiz.question_types.single_choice import question_type

SEAS = [
    {"id": "red", "text": "The Red Sea", "right": True},
    {"id": "black", "text": "The Black Sea"},
    {"id": "dead", "text": "The Dead Sea", "fraction": 0.5, "feedback": "Nearly."},
]


def test_a_half_right_option_earns_its_share():
    ask, key = question_type.body_from_plain({"options": SEAS})

    assert [question_type.grade(ask, key, i).fraction for i in ("red", "black", "dead")] == [1, 0, 0.5]


def test_an_option_that_takes_away_never_takes_below_nothing():
    ask, key = question_type.body_from_plain({"options": [*SEAS[:1], SEAS[1] | {"fraction": -1 / 3}]})

    assert question_type.grade(ask, key, "black").fraction == 0


def test_what_an_imported_option_takes_away_is_kept_for_export():
    item = Item("Where?", Choose((Option("Here", 1.0), Option("There", -0.3333333))))

    assert question_type.to_item("Where?", question_type.from_item(item)) == item


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (SEAS[:1], "options needs at least 2 entries"),
        (SEAS[1:], "mark exactly one option as right, not 0"),
        ([SEAS[0], SEAS[1] | {"right": True}], "mark exactly one option as right, not 2"),
        ([SEAS[0], SEAS[1] | {"id": "red"}], "options has “red” twice"),
        ([SEAS[0], SEAS[1] | {"text": "The Red Sea"}], "options has “The Red Sea” twice"),
        ([SEAS[0], {"text": "No id"}], "options 2: id is missing"),
        ([SEAS[0], {"id": "blank", "text": " "}], "options 2: text is missing"),
        (
            [SEAS[0] | {"fraction": 0.5}, SEAS[1]],
            "options 1: fraction: a right option earns 1; leave one out",
        ),
    ],
)
def test_options_that_make_no_question_are_refused_with_their_place(options, complaint):
    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain({"options": options})

    assert str(caught.value) == complaint
    assert caught.value.field == "options"


def test_an_option_keeps_its_id_when_the_author_moves_and_rewords_it():
    body = question_type.body_from_plain({"options": SEAS})
    form = question_type.form_from_body(body)
    form["options"] = [form["options"][1] | {"text": "The Euxine"}, form["options"][0]]

    edited = question_type.body_from_form(form)

    assert dict(edited.ask.options) == {"black": "The Euxine", "red": "The Red Sea"}
    assert edited.key.right == "red"


def test_unshuffled_options_keep_the_authors_order_for_everybody():
    ask, _ = question_type.body_from_plain({"options": SEAS, "shuffle": False})

    orders = {tuple(option.text for option in question_type.present(ask, str(seed))) for seed in range(20)}

    assert orders == {("The Red Sea", "The Black Sea", "The Dead Sea")}


def test_an_imported_item_with_two_right_options_is_left_to_another_type():
    assert question_type.from_item(Item("Which?", Choose((Option("a", 1.0), Option("b", 1.0))))) is None


def test_a_pinned_option_keeps_its_place_for_every_seed_and_the_others_do_not():
    rows = [{"id": f"o{n}", "text": f"text {n}"} for n in range(5)]
    rows[0]["right"] = True
    rows[4]["pinned"] = True
    ask = question_type.body_from_plain({"options": rows}).ask

    orders = {tuple(o.text for o in question_type.present(ask, f"seed-{n}")) for n in range(30)}

    assert {order[4] for order in orders} == {"text 4"}
    assert len({order[0] for order in orders}) > 1


def test_what_was_stored_before_options_could_be_pinned_is_still_read_and_still_written_so():
    stored = {"options": [["a", "A"], ["b", "B"]], "shuffle": True}

    ask = question_type.ask_from_json(stored)

    assert ask.pinned == frozenset()
    assert "pinned" not in question_type.ask_to_json(ask)
