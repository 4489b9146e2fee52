"""Writing rows that read_table reads back the same: what no column holds goes into the last one as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from quiz.core.interchange import Remark
from quiz.core.item_json import NotAnItem, item_to_plain
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Interaction,
    Item,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.losses import name_of, not_carried
from quiz.core.messages import N_
from quiz.core.question_table.headers import MOST_OPTIONS, read_header
from quiz.core.question_table.reading import item_in_row
from quiz.core.question_table.rows import Unusable
from quiz.core.tables import Column, Table
from quiz.core.weights import percent

CARRIES: frozenset[type] = frozenset(
    (Choose, Judge, EnterText, EnterNumber, EnterDate, Match, Arrange, Fill, CheckClaim, Write, Inform)
)
_TYPES: dict[type, str] = {
    Judge: "true_false", EnterText: "short_answer", EnterNumber: "numeric", EnterDate: "date",
    Match: "matching",
    Arrange: "ordering", Fill: "cloze", CheckClaim: "check_claim", Write: "essay", Inform: "description",
}  # fmt: skip
_FIRST = (
    Column("id", N_("Name of the question, the same at every import; may be empty")),
    Column(
        "type",
        N_("single_choice, multiple_answers, true_false, short_answer, numeric, matching, ordering, essay …"),
    ),
    Column("category", N_("Folder of the question; may be empty")),
    Column("title", N_("Short name for lists; may be empty")),
    Column("question", N_("What is asked")),
    Column("format", N_("plain, markdown or html; plain if empty")),
    Column("gap_text", N_("Text with gaps, each written as [[1]], [[2]] …")),
    Column("correct", N_("Letter, number or text of the right option; true or false; the right number")),
)
_LAST = (
    Column("points", N_("1 if empty")),
    Column("general_feedback", N_("Explanation that everybody sees afterwards")),
    Column("tags", N_("Words, separated by semicolons")),
    Column("language", N_("Language of the question, like en or ar; may be empty")),
    Column("more", N_("Settings that have no column, as JSON; may be empty")),
)
_PART_MEANINGS = {
    "option": N_("Option, accepted answer, step, or left side"),
    "match": N_("Right side of the pair"),
    "tolerance": N_("How far off a number may be"),
    "weight": N_("Share of the mark in percent, if it is neither all nor nothing"),
    "feedback": N_("Feedback to those who choose or write this"),
}
Cells = dict[str, str]


def question_table(
    items: Iterable[Item], *, label: str, longest: int | None = None
) -> tuple[Table, list[Remark]]:
    """Return the questions as a table. longest: characters that a cell holds; None for no limit.

    A question with a longer text, or of a kind that is unknown, becomes an error remark.
    """
    remarks: list[Remark] = []
    rows: list[Cells] = []
    for item in items:
        row = _row_of(item, label, longest, remarks)
        if row is not None:
            rows.append(row)
    columns = _columns(rows)
    cells = [[row.get(column.name, "") for column in columns] for row in rows]
    return Table(N_("Questions"), columns, cells), remarks


def _row_of(item: Item, label: str, longest: int | None, remarks: list[Remark]) -> Cells | None:
    if type(item.interaction) not in CARRIES:
        remarks.append(not_carried(item, label))
        return None
    if item.files:
        remarks.append(
            Remark(f"{label} has no place for the files; export as Moodle XML or QTI", where=name_of(item))
        )
    row = _row(item)
    if not _reads_back(row, item):
        row = _row(item, in_words=False)
    if not _reads_back(row, item):
        remarks.append(not_carried(item, label, f"{label} can't hold it so that it could be read back"))
        return None
    if sum(name.startswith("option_") for name in row) > MOST_OPTIONS:
        remarks.append(not_carried(item, label, f"{label} has at most {MOST_OPTIONS} options"))
        return None
    if longest is not None and any(len(text) > longest for text in row.values()):
        remarks.append(
            not_carried(item, label, f"a text has more than the {longest:,} characters that a cell holds")
        )
        return None
    return row


def example_items() -> tuple[Item, ...]:
    """Return a question of each common kind, for the template that people download."""
    return (
        _example(
            "Which sea has no outlet?", Choose((Option("The Red Sea"), Option("The Dead Sea", 1.0, "None.")))
        ),
        _example(
            "Which are rivers?",
            Choose((Option("Nile", 0.5), Option("Tigris", 0.5), Option("Etna", -1.0)), True),
        ),
        _example("The Nile flows north.", Judge(True, "Yes, into the Mediterranean.")),
        _example("The capital of Jordan?", EnterText((TextAnswer("Amman"), TextAnswer("*Amman*", 0.5)))),
        _example("At how many °C does water boil at sea level?", EnterNumber((NumberAnswer("100", "0.5"),))),
        _example("Which river is where?", Match((("Cairo", "Nile"), ("Baghdad", "Tigris")), ("Danube",))),
        _example("Put these in the order of their size.", Arrange(("Moon", "Earth", "Sun"))),
        _example("Why is the Dead Sea salty?", Write()),
    )


def _example(question: str, interaction: Interaction) -> Item:
    return Item(question, interaction, prompt_format="plain")


def _columns(rows: Sequence[Cells]) -> tuple[Column, ...]:
    used = {name for row in rows for name in row}
    numbers = range(
        1, max([4, *(int(name.rpartition("_")[2]) for name in used if name.startswith("option_"))]) + 1
    )
    parts = [
        Column(f"{part}_{number}", meaning)
        for part, meaning in _PART_MEANINGS.items()
        for number in numbers
        if part == "option" or f"{part}_{number}" in used
    ]
    beyond = sorted(
        (name for name in used if name.startswith("match_") and int(name[6:]) > numbers[-1]), key=len
    )
    parts += [Column(name, _PART_MEANINGS["match"]) for name in beyond]
    return (*_FIRST, *parts, *_LAST)


def _reads_back(row: Cells, item: Item) -> bool:
    try:
        return item_in_row(read_header(list(row)), list(row.values())) == replace(item, files=())
    except (Unusable, NotAnItem):
        return False


def _row(item: Item, *, in_words: bool = True) -> Cells:
    """Return the row of the question.

    in_words: its key stands in columns, not only as JSON in the last one.
    """
    plain = item_to_plain(item)
    interaction = plain.pop("interaction")
    row: Cells = {
        "id": plain.pop("id"),
        "type": _type_of(item),
        "category": plain.pop("category"),
        "title": plain.pop("title"),
        "question": plain.pop("prompt"),
        "format": plain.pop("prompt_format"),
        "points": f"{plain.pop('points')}",
        "general_feedback": plain.pop("general_feedback"),
        "language": plain.pop("language", ""),
    }
    plain.pop("files", None)
    tags = plain.pop("tags")
    if any(sign in tag for tag in tags for sign in ";,|") or any(
        tag != tag.strip() or not tag for tag in tags
    ):
        plain["tags"] = tags
    else:
        row["tags"] = "; ".join(tags)
    row |= _parts(item.interaction, interaction) if in_words else {}
    # A cell is read without the blanks around it; texts that begin or end with some go into the last
    # column, too.
    more = plain | _unstripped(row, item) | ({"interaction": interaction} if interaction else {})
    return row | ({"more": json.dumps(more, ensure_ascii=False)} if more else {})


def _type_of(item: Item) -> str:
    if isinstance(item.interaction, Choose):
        return "multiple_answers" if item.interaction.several else "single_choice"
    return _TYPES[type(item.interaction)]


def _unstripped(row: Cells, item: Item) -> dict[str, Any]:
    names = {
        "id": "id",
        "category": "category",
        "title": "title",
        "question": "prompt",
        "general_feedback": "general_feedback",
    }
    return {
        plain: row[name]
        for name, plain in names.items()
        if row[name] != row[name].strip() or row[name][:1] == "'"
    }


def _parts(interaction: object, plain: dict[str, Any]) -> Cells:
    """Return the cells of the interaction's parts; what they don't say stays in plain."""
    plain.pop("kind")
    match interaction:
        case Choose() | EnterText() | EnterNumber():
            return _answers(interaction, plain)
        case Judge(answer, right, wrong):
            plain.clear()
            told = {answer: right, not answer: wrong}
            return {"correct": str(answer).lower(), "feedback_1": told[True], "feedback_2": told[False]}
        case Match(pairs, distractors):
            del plain["pairs"], plain["distractors"]
            if not all(_cell_like(text) for pair in pairs for text in pair) or len(pairs) < 2:
                plain |= {"pairs": [list(pair) for pair in pairs], "distractors": list(distractors)}
            sides = [*pairs, *(("", text) for text in distractors)]
            return {f"option_{n}": left for n, (left, _) in enumerate(sides, 1)} | {
                f"match_{n}": right for n, (_, right) in enumerate(sides, 1)
            }
        case Arrange(steps):
            if all(_cell_like(step) for step in steps):
                del plain["steps"]
            return {f"option_{n}": step for n, step in enumerate(steps, 1)}
        case Fill(template):
            if _cell_like(template):
                del plain["template"]
            return {"gap_text": template}
        case EnterDate(answer):
            del plain["answer"]
            return {"correct": answer}
        case CheckClaim(verdict):
            del plain["verdict"]
            return {"correct": verdict}
    return {}


def _answers(interaction: Choose | EnterText | EnterNumber, plain: dict[str, Any]) -> Cells:
    cells: Cells = {}
    name = "options" if isinstance(interaction, Choose) else "answers"
    rows: list[dict[str, Any]] = plain[name]
    plain.pop("several", None)
    if plain.get("case_sensitive") is False:
        del plain["case_sensitive"]
    standard = {"text", "fraction", "feedback", "value", "tolerance"}
    said = all(set(row) <= standard and _cell_like(str(row.get("text", "x"))) for row in rows)
    said &= all(_exact(row["fraction"]) and row["feedback"] == row["feedback"].strip() for row in rows)
    if said and rows:
        del plain[name]
    simple = isinstance(interaction, Choose) and [row["fraction"] for row in rows if row["fraction"]] == [1]
    for n, row in enumerate(rows, start=1):
        cells[f"option_{n}"] = str(row.get("text", row.get("value")))
        if row.get("tolerance"):
            cells[f"tolerance_{n}"] = str(row["tolerance"])
        if row["feedback"]:
            cells[f"feedback_{n}"] = row["feedback"]
        if not simple and (isinstance(interaction, Choose) or row["fraction"] != 1):
            cells[f"weight_{n}"] = percent(row["fraction"])
        elif simple and row["fraction"]:
            cells["correct"] = _label(n)
    return cells


def _label(number: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number - 1] if number <= 26 else str(number)


def _exact(fraction: float) -> bool:
    return float(percent(fraction)) / 100 == fraction


def _cell_like(text: str) -> bool:
    """Tell whether a cell gives the text back as it is."""
    return bool(text) and text == text.strip() and not text.startswith("'")
