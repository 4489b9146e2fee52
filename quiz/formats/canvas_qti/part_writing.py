"""Questions of several parts as Canvas writes them: pairs, orders, gaps, a judged claim."""

from __future__ import annotations

import re

from quiz.core.html_text import text_as
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Match,
    Option,
)
from quiz.core.qti.nodes import node
from quiz.formats.canvas_qti.choice_writing import accepted_words, literal_words
from quiz.formats.canvas_qti.item_parts import (
    ItemWriter,
    NotWritable,
    condition,
    equal,
    material,
    plain_material,
)

VERDICTS = {
    "holds": "The claim holds",
    "out_of_date": "The claim is out of date",
    "wrong": "The claim is wrong",
    "cannot_be_known": "It cannot be known",
}


def _shares(count: int) -> list[str]:
    """Return a hundred in equal parts with two decimals, as Canvas writes them."""
    return [f"{100 / count:.2f}"] * count


def write_match(writer: ItemWriter, match: Match) -> None:
    writer.meta["question_type"] = "matching_question"
    rights = list(dict.fromkeys([right for _, right in match.pairs] + list(match.distractors)))
    idents = {right: f"right_{n}" for n, right in enumerate(rights, 1)}
    for n, ((left, right), share) in enumerate(zip(match.pairs, _shares(len(match.pairs)), strict=True), 1):
        labels = [node("response_label", material(writer.html(r)), ident=idents[r]) for r in rights]
        response = f"response_left_{n}"
        writer.responses.append(
            node("response_lid", material(writer.html(left)), node("render_choice", *labels), ident=response)
        )
        writer.conditions.append(condition(equal(response, idents[right]), share, action="Add"))


def write_arrange(writer: ItemWriter, arrange: Arrange) -> None:
    writer.meta["question_type"] = "ordering_question"
    writer.say(
        "Only Canvas's New Quizzes put things in order; classic quizzes leave the question out.", "note"
    )
    if arrange.grading != "all_or_nothing":
        writer.say(
            "In Canvas only the whole order right earns the mark; one that is partly right earns nothing."
        )
    idents = {step: f"step_{n}" for n, step in enumerate(sorted(arrange.steps), 1)}
    labels = [
        node("response_label", material(writer.html(s)), ident=idents[s]) for s in sorted(arrange.steps)
    ]
    extension = node("render_extension", node("ims_render_object", node("flow_label", *labels), shuffle="No"))
    writer.responses.append(node("response_lid", extension, ident="response1", rcardinality="Ordered"))
    writer.conditions.append(condition([equal("response1", idents[step]) for step in arrange.steps], "100"))


def write_fill(writer: ItemWriter, fill: Fill) -> str:
    kinds = {type(gap) for gap in fill.gaps}
    if len(kinds) > 1 or kinds == {EnterNumber}:
        raise NotWritable(
            "In Canvas all gaps of a question are lists to choose from, or all are words to type"
        )
    if fill.weights:
        writer.say("In Canvas all gaps weigh the same.")
    is_choice = kinds == {Choose}
    writer.meta["question_type"] = (
        "multiple_dropdowns_question" if is_choice else "fill_in_multiple_blanks_question"
    )
    for n, (gap, share) in enumerate(zip(fill.gaps, _shares(len(fill.gaps)), strict=True), 1):
        options = _gap_options(writer, gap)
        labels = []
        for m, (text, feedback) in enumerate(options, 1):
            ident = f"gap_{n}_answer_{m}"
            labels.append(node("response_label", plain_material(text), ident=ident))
            if writer.say_feedback(f"{ident}_fb", feedback):
                writer.conditions.append(condition(equal(f"response_gap{n}", ident), None, f"{ident}_fb"))
        right = _right_option(gap)
        name = plain_material(f"gap{n}")
        writer.responses.append(
            node("response_lid", name, node("render_choice", *labels), ident=f"response_gap{n}")
        )
        ident = f"gap_{n}_answer_{right}"
        writer.conditions.append(condition(equal(f"response_gap{n}", ident), share, action="Add"))
    template = fill.template
    if writer.item.prompt:
        writer.meta["footnote_prompt"] = writer.item.prompt
        template = f"{writer.item.prompt}\n\n{template}"
    return re.sub(r"\[\[(\d+)\]\]", r"[gap\1]", template)


def _gap_options(writer: ItemWriter, gap: object) -> list[tuple[str, str]]:
    if isinstance(gap, Choose):
        if any(option.fraction not in (0, 1) for option in gap.options):
            writer.say("In Canvas an option of a gap is right or wrong; shares of the mark are left out.")
        given = writer.item.prompt_format
        return [(text_as(o.text, o.text_format or given, "plain")[0], o.feedback) for o in gap.options]
    assert isinstance(gap, EnterText)
    return [(literal_words(answer), answer.feedback) for answer in accepted_words(writer, gap)]


def _right_option(gap: object) -> int:
    """Return which of a gap's options is right, from 1; of words to type the first is named."""
    if not isinstance(gap, Choose):
        return 1
    right = [n for n, option in enumerate(gap.options, 1) if option.fraction == 1]
    if not right:
        raise NotWritable("A gap has no option that earns its whole part")
    return right[0]


def write_check_claim(writer: ItemWriter, claim: CheckClaim) -> str:
    verdict = Choose(
        tuple(Option(text, float(key == claim.verdict)) for key, text in VERDICTS.items()), shuffle=False
    )
    gaps: list[Choose | EnterText | EnterNumber] = [verdict]
    if claim.corrections:
        gaps.append(Choose(tuple(Option(text, float(right)) for text, right in claim.corrections)))
    writer.meta["footnote_kind"] = "check_claim"
    template = "\n\n".join(f"[[{n}]]" for n in range(1, len(gaps) + 1))
    writer.say("A claim to be checked is written as lists to choose from.", "note")
    return write_fill(writer, Fill(template, tuple(gaps)))
