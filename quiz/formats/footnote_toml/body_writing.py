"""Interactions as the bodies of a bank file, in the words of the question types."""

from __future__ import annotations

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
    Judge,
    Match,
    Write,
)
from quiz.core.number_answers import write_number_answers
from quiz.core.row_ids import Plain
from quiz.core.rows import new_ids
from quiz.core.rubrics import with_ids, write_rubric
from quiz.core.text_answers import write_text_answers
from quiz.formats.footnote_toml.body_reading import USUAL_GRADING, right_minus_wrong

_ALL_OR_NOTHING = "all_or_nothing"


def body_of(interaction: Interaction) -> tuple[str, Plain]:
    """Return the type's name and the body. Raises ValueError for an interaction that no type here asks."""
    match interaction:
        case Choose(several=False):
            return "single_choice", _chosen(interaction)
        case Choose():
            return "multiple_choice", _chosen(interaction)
        case Judge(answer, right, wrong):
            told = {"feedback_right": right, "feedback_wrong": wrong}
            return "true_false", {"answer": answer} | {name: text for name, text in told.items() if text}
        case EnterText() | EnterNumber():
            return _TYPED[type(interaction)], _typed(interaction)
        case EnterDate(answer, precision):
            return "date", {"answer": answer, "precision": precision}
        case Match(pairs, distractors):
            ids = new_ids([left for left, _ in pairs], "p")
            rows = [{"id": i, "left": a, "right": b} for i, (a, b) in zip(ids, pairs, strict=True)]
            body = {"pairs": rows} | ({"distractors": list(distractors)} if distractors else {})
            return "matching", body | ({} if interaction.shuffle else {"shuffle": False})
        case Arrange(steps, grading):
            rows = [{"id": i, "text": text} for i, text in zip(new_ids(steps, "s"), steps, strict=True)]
            return "ordering", {"steps": rows} | ({} if grading == USUAL_GRADING else {"grading": grading})
        case Fill():
            return "cloze", _filled(interaction)
        case CheckClaim(verdict, corrections):
            return "claim_check", {"verdict": verdict} | _corrections(corrections)
        case Write():
            return "essay", _written(interaction)
        case Inform():
            return "information", {}
    raise ValueError(f"no question type asks {type(interaction).__name__}")


_TYPED = {EnterText: "short_text", EnterNumber: "numeric"}


def _written(write: Write) -> Plain:
    names = ("min_words", "max_words", "lines", "template", "notes", "model_answer", "shows_rubric")
    body: Plain = {name: getattr(write, name) for name in names if getattr(write, name)}
    return body | ({"rubric": write_rubric(with_ids(write.rubric))} if write.rubric else {})


def _chosen(choose: Choose) -> Plain:
    ids = new_ids([option.text for option in choose.options], "o")
    flags = [option.fraction > 0 for option in choose.options]
    fractions = [option.fraction for option in choose.options]
    shared = choose.several and not choose.all_or_nothing
    by_flags = fractions == (right_minus_wrong(flags) if shared and any(flags) else [float(f) for f in flags])
    rows = []
    for option_id, option, is_right in zip(ids, choose.options, flags, strict=True):
        row: Plain = {"id": option_id, "text": option.text}
        if by_flags:
            row |= {"right": True} if is_right else {}
        elif option.fraction == 1 and not choose.several:
            row["right"] = True
        elif option.fraction:
            row["fraction"] = option.fraction
        row |= {"feedback": option.feedback} if option.feedback else {}
        rows.append(row | ({"pinned": True} if option.is_pinned else {}))
    body: Plain = {"options": rows}
    body |= {"grading": _ALL_OR_NOTHING} if choose.several and choose.all_or_nothing else {}
    return body | ({} if choose.shuffle else {"shuffle": False})


def _typed(typed: EnterText | EnterNumber) -> Plain:
    if isinstance(typed, EnterText):
        body: Plain = {"answers": write_text_answers(typed.answers)}
        return body | ({"case_sensitive": True} if typed.case_sensitive else {})
    return {"answers": write_number_answers(typed.answers)} | ({"unit": typed.unit} if typed.unit else {})


def _filled(fill: Fill) -> Plain:
    weights = fill.weights or (1.0,) * len(fill.gaps)
    gaps = []
    for n, (gap, weight) in enumerate(zip(fill.gaps, weights, strict=True), start=1):
        kind, body = _GAP_KINDS[type(gap)], _chosen(gap) if isinstance(gap, Choose) else _typed(gap)
        gaps.append({"id": str(n), "kind": kind} | ({} if weight == 1 else {"weight": weight}) | body)
    return {"text": fill.template, "gaps": gaps}


_GAP_KINDS = {Choose: "choose", EnterText: "enter_text", EnterNumber: "enter_number"}


def _corrections(corrections: tuple[tuple[str, bool], ...]) -> Plain:
    ids = new_ids([text for text, _ in corrections], "c")
    rows = [
        {"id": i, "text": text} | ({"right": True} if is_right else {})
        for i, (text, is_right) in zip(ids, corrections, strict=True)
    ]
    return {"corrections": rows} if rows else {}
