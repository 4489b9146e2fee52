"""Options to choose from: how authors write them, how a page shows them, what choosing one of them earns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quiz.core.items import Option
from quiz.core.marks import Mark
from quiz.core.messages import N_
from quiz.core.presentation import shuffled, token_for
from quiz.core.question_type import UnusableBody
from quiz.core.rows import fraction_in, new_ids, read_rows, typed_rows
from quiz.core.written import distinct, flag_in, refuse_strangers, text_in


class WrittenOption(NamedTuple):
    """One option row. fraction: what choosing it earns, -1 to 1; None if only ``right`` says it.

    is_pinned: it keeps its place where the others are shuffled.
    """

    id: str
    text: str
    right: bool
    fraction: float | None
    feedback: str
    is_pinned: bool = False


@dataclass(frozen=True)
class ShownOption:
    """What a page may know of an option."""

    token: str
    text: str


@dataclass(frozen=True)
class OneRight:
    """The key of a choice of one.

    right: id of the option that earns the full mark. partial: what others earn, -1 to 1, where it is not 0.
    feedback: what an option says to those who chose it. Both by id.
    """

    right: str
    partial: Mapping[str, float] = field(default_factory=dict)
    feedback: Mapping[str, str] = field(default_factory=dict)


def read_options(written: Mapping[str, Any], *, may_pin: bool = False) -> list[WrittenOption]:
    """Read the field ``options``: at least two, ids and texts all different. Raises UnusableBody.

    may_pin: whether a row may say ``pinned``.
    """
    options = read_rows(written, "options", _read_pinnable if may_pin else _read_option, at_least=2)
    distinct("options", [option.id for option in options])
    distinct("options", [option.text for option in options])
    return options


def _read_pinnable(row: Mapping[str, Any]) -> WrittenOption:
    if "pinned" not in row:
        return _read_option(row)
    option = _read_option({name: value for name, value in row.items() if name != "pinned"})
    return option._replace(is_pinned=flag_in(row, "pinned", default=False))


def _read_option(row: Mapping[str, Any]) -> WrittenOption:
    refuse_strangers(row, ("id", "text", "right", "fraction", "feedback"))
    right = flag_in(row, "right", default=False)
    fraction = fraction_in(row, default=0.0, lowest=-1.0) if "fraction" in row else None
    if right and fraction not in (None, 1.0):
        raise UnusableBody("fraction", N_("{field}: a right option earns 1; leave one out"), field="fraction")
    option_id, text = text_in(row, "id"), text_in(row, "text")
    if not option_id or not text:
        raise UnusableBody("text", N_("{field} is missing"), field="text" if option_id else "id")
    return WrittenOption(option_id, text, right, fraction, text_in(row, "feedback", default=""))


def write_options(
    texts: Mapping[str, str],
    right: Iterable[str],
    fractions: Mapping[str, float],
    feedback: Mapping[str, str],
    pinned: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Return the rows that read_options reads as these options, in their order."""
    rows = []
    for option_id, text in texts.items():
        row: dict[str, Any] = {"id": option_id, "text": text}
        if option_id in right:
            row["right"] = True
        if option_id in fractions:
            row["fraction"] = fractions[option_id]
        if option_id in feedback:
            row["feedback"] = feedback[option_id]
        if option_id in pinned:
            row["pinned"] = True
        rows.append(row)
    return rows


def texts_of(options: Sequence[WrittenOption]) -> dict[str, str]:
    return {option.id: option.text for option in options}


def pinned_in(options: Sequence[WrittenOption]) -> frozenset[str]:
    return frozenset(option.id for option in options if option.is_pinned)


def pinned_to_json(pinned: Collection[str]) -> dict[str, list[str]]:
    """Return what is stored of the options that keep their places: nothing where none does, as it was once."""
    return {"pinned": sorted(pinned)} if pinned else {}


def feedback_of(options: Sequence[WrittenOption]) -> dict[str, str]:
    return {option.id: option.feedback for option in options if option.feedback}


def one_right_of(options: Sequence[WrittenOption]) -> OneRight:
    """Return the key of a choice of one. Raises UnusableBody unless one option alone earns the full mark."""
    worth = {o.id: float(o.right) if o.fraction is None else o.fraction for o in options}
    right = [option_id for option_id, fraction in worth.items() if fraction == 1]
    if len(right) != 1:
        raise UnusableBody("options", N_("mark exactly one option as right, not {count}"), count=len(right))
    partial = {i: fraction for i, fraction in worth.items() if fraction not in (0, 1)}
    return OneRight(right[0], partial, feedback_of(options))


def mark_of_one(key: OneRight, chosen: str) -> Mark:
    """Return what choosing that option earns; a mark is never below zero, whatever the option takes away."""
    fraction = 1.0 if chosen == key.right else max(0.0, key.partial.get(chosen, 0.0))
    return Mark(fraction, tuple(key.feedback[i] for i in (chosen,) if i in key.feedback))


def one_right_to_json(key: OneRight) -> dict[str, Any]:
    return {"right": key.right, "partial": dict(key.partial), "feedback": dict(key.feedback)}


def one_right_from_json(stored: Mapping[str, Any]) -> OneRight:
    return OneRight(stored["right"], stored.get("partial", {}), stored.get("feedback", {}))


def show_options(
    texts: Mapping[str, str], seed: str, *, shuffle: bool = True, pinned: Collection[str] = ()
) -> tuple[ShownOption, ...]:
    """Return the options as a page shows them: tokens for ids, in the seed's order or else the author's.

    pinned: ids of those that keep the author's place, whatever the seed does to the others.
    """
    others = iter(shuffled(seed, (i for i in texts if i not in pinned)))
    order = [i if i in pinned else next(others) for i in texts] if shuffle else list(texts)
    return tuple(ShownOption(token_for(seed, i), texts[i]) for i in order)


def options_from_form(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what an author's form holds as rows for read_options; a row without a text is no option."""
    options = []
    for row in typed_rows(rows, "o"):
        fraction = row.get("fraction")
        options.append(
            {"id": row["id"], "text": row["text"], "feedback": row.get("feedback") or ""}
            | {"right": bool(row.get("right"))}
            | ({"pinned": True} if row.get("pinned") else {})
            | ({} if fraction is None else {"fraction": fraction})
        )
    return options


def options_for_form(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of write_options with every field that an author's form has."""
    return [{"right": False, "fraction": None, "feedback": "", "pinned": False} | dict(row) for row in rows]


def one_right_to_options(
    texts: Mapping[str, str], key: OneRight, pinned: Collection[str] = ()
) -> tuple[Option, ...]:
    """Return the options of a choice of one as the outside world exchanges them."""
    worth = {key.right: 1.0, **key.partial}
    return tuple(
        Option(text, worth.get(i, 0.0), key.feedback.get(i, ""), is_pinned=i in pinned)
        for i, text in texts.items()
    )


def rows_from_options(options: Sequence[Option], *, may_pin: bool = False) -> list[dict[str, Any]]:
    """Return options from outside as rows for read_options, with ids that follow from their texts."""
    ids = new_ids([option.text for option in options], "o")
    return [
        {"id": i, "text": o.text, "fraction": float(o.fraction), "feedback": o.feedback}
        | ({"pinned": True} if may_pin and o.is_pinned else {})
        for i, o in zip(ids, options, strict=True)
    ]
