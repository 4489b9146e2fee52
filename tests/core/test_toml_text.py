from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.toml_text import dump_toml, load_toml

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SCALAR = TEXT | st.booleans() | st.integers(-(2**62), 2**62) | st.dates() | st.decimals(-999, 999, places=3)
ROW = st.dictionaries(TEXT, SCALAR | st.lists(TEXT, max_size=3), max_size=4)
FILE = st.fixed_dictionaries(
    {"id": TEXT, "tags": st.lists(TEXT, max_size=4)},
    optional={
        "question": st.lists(
            ROW | st.fixed_dictionaries({"body": st.dictionaries(TEXT, SCALAR | st.lists(ROW))}), min_size=1
        )
    },
)


@settings(max_examples=60, deadline=None)
@given(FILE)
def test_whatever_is_written_reads_back_the_same(content: dict[str, object]) -> None:
    assert load_toml(dump_toml(content).encode()) == content


def test_a_file_looks_as_people_write_it() -> None:
    options = [{"id": "red", "text": "Red", "right": True}, {"id": "blue", "text": "Blue"}]
    row = {
        "id": "sky",
        "tags": ["a", "b"],
        "on": date(2026, 11, 22),
        "share": Decimal("0.10"),
        "body": {"options": options},
    }

    assert dump_toml({"id": "bank", "question": [row]}) == (
        'id = "bank"\n'
        "\n"
        "[[question]]\n"
        'id = "sky"\n'
        'tags = ["a", "b"]\n'
        "on = 2026-11-22\n"
        "share = 0.10\n"
        "\n"
        "[question.body]\n"
        "options = [\n"
        '    {id = "red", text = "Red", right = true},\n'
        '    {id = "blue", text = "Blue"},\n'
        "]\n"
    )
