"""One of our items written as Canvas writes its questions in QTI 1.2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote, unquote

from quiz.core.html_text import text_as
from quiz.core.interchange import Remark
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Item,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    TextFormat,
    Write,
)
from quiz.core.losses import lost_remarks, name_of, not_carried
from quiz.core.qti.files import MARK
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.writing import plain_number

LABEL = "Canvas QTI 1.2"
CARRIED = frozenset(
    {Choose, Judge, EnterText, EnterNumber, EnterDate, Match, Arrange, Fill, CheckClaim, Write, Inform}
)
_CARRIES = (
    "the id", "the title", "the category", "the tags", "the points", "the general feedback",
    "the feedback to single answers", "the files", "all-or-nothing marking", "the fixed order of options",
)  # fmt: skip
_ADDRESS = re.compile(re.escape(MARK) + r"""([^"'\s<>)]*)""")
VERDICTS = {
    "holds": "The claim holds",
    "out_of_date": "The claim is out of date",
    "wrong": "The claim is wrong",
    "cannot_be_known": "It cannot be known",
}


@dataclass
class ItemWriter:
    """media: all files of the package by name, added to. says: idents of the feedback that there is."""

    item: Item
    ident: str
    media: dict[str, bytes]
    remarks: list[Remark]
    meta: dict[str, str] = field(default_factory=dict)
    responses: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)

    def say(self, text: str, severity: str = "warning") -> None:
        self.remarks.append(Remark(text, severity, None, name_of(self.item)))  # type: ignore[arg-type]

    def html(self, text: str, given: TextFormat | None = None) -> str:
        html = text_as(writable(text), given or self.item.prompt_format, "html")[0]
        return _ADDRESS.sub(lambda found: self._address(unquote(found[1])), html)

    def _address(self, name: str) -> str:
        file = next((file for file in self.item.files if file.name == name), None)
        if file is None:
            self.say(f"The file “{name}” of its text is not there.")
            return MARK + quote(name)
        kept = name if self.media.setdefault(name, file.data) == file.data else f"{self.ident}/{name}"
        self.media[kept] = file.data
        return f"$IMS-CC-FILEBASE$/{quote(kept)}"

    def say_feedback(self, ident: str, text: str) -> bool:
        """Add a feedback; return whether there is one."""
        if text:
            self.feedback[ident] = self.html(text, self.item.feedback_format)
        return bool(text)


def material(html: str) -> Node:
    return node("material", node("mattext", html, texttype="text/html"))


def plain_material(text: str) -> Node:
    return node("material", node("mattext", writable(text), texttype="text/plain"))


def write_item(writer: ItemWriter) -> Node | None:
    """Return the item's element, None if it can't be written; the remarks say why."""
    item = writer.item
    try:
        prompt = _write_interaction(writer)
    except _NotWritable as error:
        writer.remarks.append(not_carried(item, LABEL, str(error)))
        return None
    whole = {"general_fb": item.general_feedback, "correct_fb": item.feedback_right}
    whole["general_incorrect_fb"] = item.feedback_wrong
    for ident, text in whole.items():
        writer.say_feedback(ident, text)
    if item.feedback_partial:
        writer.say(f"{LABEL} has no feedback to answers that are partly right; it was left out.")
    carried = [*_CARRIES, "the feedback to the whole response", *_also_carried(item)]
    if isinstance(item.interaction, Match):
        carried.remove("the fixed order of options")
    writer.remarks += lost_remarks(item, LABEL, carried=carried)
    return _element(writer, prompt)


def _write_interaction(writer: ItemWriter) -> str:
    """Put the question into the writer; return what it asks. Raises _NotWritable."""
    match writer.item.interaction:
        case Choose() as choose:
            _choose(writer, choose)
        case Judge() as judge:
            _judge(writer, judge)
        case EnterText() as text:
            _enter_text(writer, text)
        case EnterNumber() as numbers:
            _enter_number(writer, numbers)
        case EnterDate() as date:
            _enter_date(writer, date)
        case Match() as match:
            _match(writer, match)
        case Arrange() as arrange:
            _arrange(writer, arrange)
        case Fill() as fill:
            return _fill(writer, fill)
        case CheckClaim() as claim:
            return _check_claim(writer, claim)
        case Write() as free:
            _write(writer, free)
        case Inform():
            writer.meta["question_type"] = "text_only_question"
    return writer.item.prompt


def _also_carried(item: Item) -> list[str]:
    is_arranged = isinstance(item.interaction, Arrange) and item.interaction.grading == "all_or_nothing"
    return ["the way of marking the order"] if is_arranged else []


class _NotWritable(ValueError):
    """The item can't be told in this format. The message says why."""


def _element(writer: ItemWriter, prompt: str) -> Node:
    item = writer.item
    meta = {
        "question_type": writer.meta.pop("question_type"),
        "points_possible": plain_number(Decimal(repr(float(item.points)))),
        "assessment_question_identifierref": f"{writer.ident}_ref",
        "footnote_format": item.prompt_format,
        **({"footnote_feedback": item.feedback_format} if item.feedback_format else {}),
        **({"footnote_id": item.id} if item.id != writer.ident else {}),
        **({"tags": "\n".join(item.tags)} if item.tags else {}),
        **writer.meta,
    }
    fields = [
        node("qtimetadatafield", node("fieldlabel", key), node("fieldentry", writable(value)))
        for key, value in meta.items()
    ]
    parts = [
        node("itemmetadata", node("qtimetadata", *fields)),
        node("presentation", material(writer.html(prompt)), *writer.responses),
    ]
    if writer.conditions:
        parts.append(node("resprocessing", _outcomes(), *_all_conditions(writer)))
    parts += [
        node("itemfeedback", node("flow_mat", material(html)), ident=ident)
        for ident, html in writer.feedback.items()
    ]
    return node("item", *parts, ident=writer.ident, title=writable(item.title))


def _outcomes() -> Node:
    return node("outcomes", node("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"))


def _all_conditions(writer: ItemWriter) -> list[Node]:
    """Return the conditions with those of the whole response's feedback around them."""
    out = []
    if "general_fb" in writer.feedback:
        out.append(condition(node("other"), None, "general_fb"))
    for one in writer.conditions:
        scores = one.elements("setvar")
        if scores and "correct_fb" in writer.feedback and scores[0].text() == "100":
            one.children.append(display("correct_fb"))
        out.append(one)
    if "general_incorrect_fb" in writer.feedback:
        out.append(condition(node("other"), None, "general_incorrect_fb"))
    return out


def display(ident: str) -> Node:
    return node("displayfeedback", feedbacktype="Response", linkrefid=ident)


def condition(
    test: Node | Sequence[Node], score: str | None, feedback: str = "", *, action: str = "Set"
) -> Node:
    """Return a condition; one with a score ends the processing unless it adds."""
    tests = [test] if isinstance(test, Node) else list(test)
    parts = [node("conditionvar", *tests)]
    if score is not None:
        parts.append(node("setvar", score, action=action, varname="SCORE"))
    if feedback:
        parts.append(display(feedback))
    goes_on = score is None or action == "Add"
    return Node(
        "respcondition", {} if action == "Add" else {"continue": "Yes" if goes_on else "No"}, [*parts]
    )


def equal(response: str, value: str, **attributes: str) -> Node:
    return node("varequal", writable(value), respident=response, **attributes)


# -- choices ---------------------------------------------------------------------------------------
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


def _choose(writer: ItemWriter, choose: Choose) -> None:
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


def _judge(writer: ItemWriter, judge: Judge) -> None:
    told = {judge.answer: judge.feedback_right, (not judge.answer): judge.feedback_wrong}
    options = [Option(str(t), float(t == judge.answer), told[t], "plain") for t in (True, False)]
    idents = _choice(writer, options, several=False, shuffle=False)
    writer.meta["question_type"] = "true_false_question"
    writer.conditions.append(condition(equal("response1", idents[0 if judge.answer else 1]), "100"))


# -- typed -----------------------------------------------------------------------------------------
def _field(writer: ItemWriter, **attributes: str) -> None:
    render = node("render_fib", node("response_label", ident="answer1"), **attributes)
    writer.responses.append(node("response_str", render, ident="response1", rcardinality="Single"))


def _words(writer: ItemWriter, entry: EnterText) -> list[TextAnswer]:
    """Return the answers that Canvas can take: right ones, without wildcards."""
    wild = [a for a in entry.answers if "*" in a.text.replace("\\*", "") and a.fraction > 0]
    if wild:
        writer.say(f"Canvas has no wildcards: the answer “{wild[0].text}” was left out.")
    partial = [a for a in entry.answers if 0 < a.fraction < 1]
    if partial:
        writer.say(f"In Canvas every answer earns the whole mark: “{partial[0].text}” was left out.")
    kept = [a for a in entry.answers if a.fraction == 1 and a not in wild]
    if not kept:
        raise _NotWritable("Canvas needs an answer without wildcards that earns the whole mark")
    return kept


def _literal(answer: TextAnswer) -> str:
    return answer.text.replace("\\*", "*")


def _enter_text(writer: ItemWriter, entry: EnterText) -> None:
    writer.meta["question_type"] = "short_answer_question"
    _field(writer)
    answers = _words(writer, entry)
    for n, answer in enumerate(answers, 1):
        if writer.say_feedback(f"answer_{n}_fb", answer.feedback):
            writer.conditions.append(condition(equal("response1", _literal(answer)), None, f"answer_{n}_fb"))
    case = {"case": "Yes"} if entry.case_sensitive else {}
    tests = [equal("response1", _literal(answer), **case) for answer in answers]
    writer.conditions.append(condition(tests, "100"))


def _enter_number(writer: ItemWriter, entry: EnterNumber) -> None:
    writer.meta["question_type"] = "numerical_question"
    _field(writer, fibtype="Decimal")
    kept = [a for a in entry.answers if a.fraction == 1 and a.value != "*"]
    if len(kept) < len(entry.answers):
        writer.say("In Canvas every number earns the whole mark: answers that earn less were left out.")
    if not kept:
        raise _NotWritable("Canvas needs a number that earns the whole mark")
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


def _enter_date(writer: ItemWriter, date: EnterDate) -> None:
    writer.say(f"Canvas has no dates: there the answer has to be typed as {date.answer}.")
    writer.meta["footnote_date"] = date.precision
    _enter_text(writer, EnterText((TextAnswer(date.answer),)))


# -- pairs, orders, gaps ---------------------------------------------------------------------------
def _shares(count: int) -> list[str]:
    """Return a hundred in equal parts with two decimals, as Canvas writes them."""
    return [f"{100 / count:.2f}"] * count


def _match(writer: ItemWriter, match: Match) -> None:
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


def _arrange(writer: ItemWriter, arrange: Arrange) -> None:
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


def _fill(writer: ItemWriter, fill: Fill) -> str:
    kinds = {type(gap) for gap in fill.gaps}
    if len(kinds) > 1 or kinds == {EnterNumber}:
        raise _NotWritable(
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
    return [(_literal(answer), answer.feedback) for answer in _words(writer, gap)]


def _right_option(gap: object) -> int:
    """Return which of a gap's options is right, from 1; of words to type the first is named."""
    if not isinstance(gap, Choose):
        return 1
    right = [n for n, option in enumerate(gap.options, 1) if option.fraction == 1]
    if not right:
        raise _NotWritable("A gap has no option that earns its whole part")
    return right[0]


def _check_claim(writer: ItemWriter, claim: CheckClaim) -> str:
    verdict = Choose(
        tuple(Option(text, float(key == claim.verdict)) for key, text in VERDICTS.items()), shuffle=False
    )
    gaps: list[Choose | EnterText | EnterNumber] = [verdict]
    if claim.corrections:
        gaps.append(Choose(tuple(Option(text, float(right)) for text, right in claim.corrections)))
    writer.meta["footnote_kind"] = "check_claim"
    template = "\n\n".join(f"[[{n}]]" for n in range(1, len(gaps) + 1))
    writer.say("A claim to be checked is written as lists to choose from.", "note")
    return _fill(writer, Fill(template, tuple(gaps)))


def _write(writer: ItemWriter, free: Write) -> None:
    writer.meta["question_type"] = "file_upload_question" if free.files else "essay_question"
    if not free.files:
        render = node("render_fib", node("response_label", ident="answer1"))
        writer.responses.append(node("response_str", render, ident="response1", rcardinality="Single"))
