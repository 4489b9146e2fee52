"""Writing a bank file from questions of any origin, with every loss told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quiz.core.claims import ROLES, Citation
from quiz.core.interchange import Remark, Writing
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Hint,
    Inform,
    Item,
    Judge,
    Match,
    Write,
)
from quiz.core.losses import lost_remarks, name_of, not_carried, setting
from quiz.core.markdown_items import in_markdown
from quiz.core.row_ids import Plain, with_ids
from quiz.core.toml_text import dump_toml
from quiz.core.travelling import CATEGORY_TAG, Grounding, taken_in
from quiz.formats.footnote_toml.body_writing import body_of
from quiz.formats.footnote_toml.pictures import each_once, without_pictures

CARRIES: frozenset[type] = frozenset(
    (Choose, Judge, EnterText, EnterNumber, EnterDate, Match, Arrange, Fill, CheckClaim, Write, Inform)
)
_LABEL = "A bank file"
_KEPT = (
    "the id", "the category", "the tags", "the general feedback", "the feedback to single answers",
    "the fixed order of options", "the place of single options", "the case of letters",
    "the way of marking the order", "the limits and notes of free writing", "the rubric", "the model answer",
    "the language", "the reasons for what lint found",
)  # fmt: skip
_IGNORE = "footnote.ignore."


def write_bank(items: Iterable[Item]) -> Writing:
    """Write the questions that a bank can hold; each of the others becomes an error remark."""
    remarks: list[Remark] = []
    pictures: list[Plain] = []
    rows = [row for item in items if (row := _row(item, remarks, pictures)) is not None]
    content = {"question": rows, "picture": each_once(pictures)}
    text = dump_toml({name: value for name, value in content.items() if value})
    return Writing(text.encode("utf-8", "replace"), remarks)


def _row(given: Item, remarks: list[Remark], pictures: list[Plain]) -> Plain | None:
    given, shown = without_pictures(given)
    pictures += shown
    if type(given.interaction) not in CARRIES:
        remarks.append(not_carried(given, _LABEL))
        return None
    if isinstance(given.interaction, Write) and given.interaction.files:
        remarks.append(not_carried(given, _LABEL, f"{_LABEL} has no answers that are handed in as files"))
        return None
    marked, lossy = in_markdown(given)
    item, grounding, _ = taken_in(marked)
    type_name, body = body_of(item.interaction)
    fields = {
        "id": item.id,
        "type": type_name,
        "basis": grounding.basis if grounding else "",
        "language": item.language,
        "stem": item.prompt,
        "tags": [tag.lower() for tag in item.tags],
        **_cited(grounding),
        "feedback": item.general_feedback,
        "hints": [hint.text for hint in item.hints],
        "body": with_ids(body, setting(item, "footnote.ids").split()),
        "ignore": _ignores(item),
    }
    remarks += lost_remarks(given, _LABEL, carried=_carried(given))
    told = ["some of its formatting is lost: a bank holds Markdown"] if lossy else []
    told += [f"{tag!r} is written in lower case, as all tags are" for tag in item.tags if tag != tag.lower()]
    if given.category and f"{CATEGORY_TAG}{given.category}" not in item.tags:
        told.append("its category becomes a tag, in lower case")
    remarks += [Remark(text, where=name_of(given)) for text in told]
    return {name: value for name, value in fields.items() if value or name == "body"}


def _cited(grounding: Grounding | None) -> dict[str, Any]:
    if grounding is None:
        return {}
    by_role: dict[str, Any] = {
        role: [_named(c) for c in grounding.citations if c.role == role] for role in ROLES
    }
    return {"difficulty": grounding.difficulty, **by_role}


def _named(citation: Citation) -> str:
    return f"{citation.source}#{citation.claim}" if citation.source else citation.claim


def _ignores(item: Item) -> list[dict[str, str]]:
    return [
        {"rule": name.removeprefix(_IGNORE), "reason": reason}
        for name, reason in item.settings
        if name.startswith(_IGNORE)
    ]


def _carried(item: Item) -> list[str]:
    kept = list(_KEPT)
    if all(hint == Hint(hint.text) for hint in item.hints):
        kept.append("the hints")
    match item.interaction:
        case EnterNumber(units=()):
            kept.append("the units")
        case Choose(several=True):
            kept.append("all-or-nothing marking")
    return kept
