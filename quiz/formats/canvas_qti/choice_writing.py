"""Choices and typed answers as Canvas writes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quiz.core.items import (
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.writing import plain_number
from quiz.formats.canvas_qti.item_parts import (
    ItemWriter,
    NotWritable,
    condition,
    equal,
    material,
)


def _label(writer: ItemWriter, ident: str, option: Option) -> Node:
    return node("response_label", material(writer.html(option.text, option.text_format)), ident=ident)


def _choice(writer: ItemWriter, options: Sequence[Option], *, several: bool, shuffle: bool) -> list[str]:
    idents = [f"choice_{n}" for n in range(1, len(options) + 1)]
    labels = [_label(writer, ident, option) for ident, option in zip(idents, options, strict=True)]
    render = node("render_choice", *labels, shuffle="Yes" if shuffle else "No")
    cardinality = "Multiple" if several else "Single"
    writer.responses.append(node("response_lid", render, ident="response1", rcardinality=cardinality))
    for ident, option in zip(idents, options, strict=True):
        if writer.say_feedback(f"{ident}_fb", option.feedback):
            writer.conditions.append(condition(equal("response1", ident), None, f"{ident}_fb"))
    return idents


def write_choose(writer: ItemWriter, choose: Choose) -> None:
    idents = _choice(writer, choose.options, several=choose.several, shuffle=choose.shuffle)
    right = [i for i, option in zip(idents, choose.options, strict=True) if option.fraction > 0]
    if not choose.several:
        writer.meta["question_type"] = "multiple_choice_question"
        if any(option.fraction not in (0, 1) for option in choose.options):
            writer.say(
                "Canvas counts only the right option; the shares of the others are written, but it "
                "ignores them."
            )
        for ident, option in zip(idents, choose.options, strict=True):
            if option.fraction:
                score = plain_number(Decimal(repr(float(option.fraction))) * 100)
                writer.conditions.append(condition(equal("response1", ident), score))
        return
    writer.meta["question_type"] = "multiple_answers_question"
    if not choose.all_or_nothing:
        writer.say(
            "Its options have shares of the mark; in Canvas all right options and no other earn the mark."
        )
    tests = [equal("response1", i) if i in right else node("not", equal("response1", i)) for i in idents]
    writer.conditions.append(condition(node("and", *tests), "100"))


def write_judge(writer: ItemWriter, judge: Judge) -> None:
    told = {judge.answer: judge.feedback_right, (not judge.answer): judge.feedback_wrong}
    options = [Option(str(t), float(t == judge.answer), told[t], "plain") for t in (True, False)]
    idents = _choice(writer, options, several=False, shuffle=False)
    writer.meta["question_type"] = "true_false_question"
    writer.conditions.append(condition(equal("response1", idents[0 if judge.answer else 1]), "100"))


def _field(writer: ItemWriter, **attributes: str) -> None:
    render = node("render_fib", node("response_label", ident="answer1"), **attributes)
    writer.responses.append(node("response_str", render, ident="response1", rcardinality="Single"))


def accepted_words(writer: ItemWriter, entry: EnterText) -> list[TextAnswer]:
    """Return the answers that Canvas can take: right ones, without wildcards."""
    wild = [a for a in entry.answers if "*" in a.text.replace("\\*", "") and a.fraction > 0]
    if wild:
        writer.say(f"Canvas has no wildcards: the answer “{wild[0].text}” was left out.")
    partial = [a for a in entry.answers if 0 < a.fraction < 1]
    if partial:
        writer.say(f"In Canvas every answer earns the whole mark: “{partial[0].text}” was left out.")
    kept = [a for a in entry.answers if a.fraction == 1 and a not in wild]
    if not kept:
        raise NotWritable("Canvas needs an answer without wildcards that earns the whole mark")
    return kept


def literal_words(answer: TextAnswer) -> str:
    return answer.text.replace("\\*", "*")


def write_enter_text(writer: ItemWriter, entry: EnterText) -> None:
    writer.meta["question_type"] = "short_answer_question"
    _field(writer)
    answers = accepted_words(writer, entry)
    for n, answer in enumerate(answers, 1):
        if writer.say_feedback(f"answer_{n}_fb", answer.feedback):
            writer.conditions.append(
                condition(equal("response1", literal_words(answer)), None, f"answer_{n}_fb")
            )
    case = {"case": "Yes"} if entry.case_sensitive else {}
    tests = [equal("response1", literal_words(answer), **case) for answer in answers]
    writer.conditions.append(condition(tests, "100"))


def write_enter_number(writer: ItemWriter, entry: EnterNumber) -> None:
    writer.meta["question_type"] = "numerical_question"
    _field(writer, fibtype="Decimal")
    kept = [a for a in entry.answers if a.fraction == 1 and a.value != "*"]
    if len(kept) < len(entry.answers):
        writer.say("In Canvas every number earns the whole mark: answers that earn less were left out.")
    if not kept:
        raise NotWritable("Canvas needs a number that earns the whole mark")
    for n, answer in enumerate(kept, 1):
        told = f"answer_{n}_fb" if writer.say_feedback(f"answer_{n}_fb", answer.feedback) else ""
        writer.conditions.append(condition(_number_test(answer), "100", told))


def _number_test(answer: NumberAnswer) -> Node:
    value, tolerance = Decimal(answer.value), Decimal(answer.tolerance)
    width, margin = tolerance, {}
    if answer.tolerance_type == "relative":
        width = abs(value) * tolerance
        margin = {"margintype": "percent", "margin": plain_number(tolerance * 100)}
    low, high = value - width, value + width
    if answer.tolerance_type == "geometric" and tolerance:
        low, high = sorted([value / (1 + tolerance), value * (1 + tolerance)])
    bounds = node(
        "and",
        node("vargte", plain_number(low), respident="response1"),
        node("varlte", plain_number(high), respident="response1"),
    )
    return node("or", equal("response1", answer.value, **margin), bounds)


def write_enter_date(writer: ItemWriter, date: EnterDate) -> None:
    writer.say(f"Canvas has no dates: there the answer has to be typed as {date.answer}.")
    writer.meta["footnote_date"] = date.precision
    write_enter_text(writer, EnterText((TextAnswer(date.answer),)))


def write_essay(writer: ItemWriter, free: Write) -> None:
    writer.meta["question_type"] = "file_upload_question" if free.files else "essay_question"
    if not free.files:
        render = node("render_fib", node("response_label", ident="answer1"))
        writer.responses.append(node("response_str", render, ident="response1", rcardinality="Single"))
