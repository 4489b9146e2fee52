"""One of our items written as Canvas writes its questions in QTI 1.2."""

from __future__ import annotations

from decimal import Decimal

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
    Write,
)
from quiz.core.losses import lost_remarks, not_carried
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.writing import plain_number
from quiz.formats.canvas_qti.choice_writing import (
    write_choose,
    write_enter_date,
    write_enter_number,
    write_enter_text,
    write_essay,
    write_judge,
)
from quiz.formats.canvas_qti.item_parts import (
    LABEL,
    ItemWriter,
    NotWritable,
    condition,
    display,
    material,
)
from quiz.formats.canvas_qti.part_writing import (
    write_arrange,
    write_check_claim,
    write_fill,
    write_match,
)

CARRIED = frozenset(
    {Choose, Judge, EnterText, EnterNumber, EnterDate, Match, Arrange, Fill, CheckClaim, Write, Inform}
)
_CARRIES = (
    "the id", "the title", "the category", "the tags", "the points", "the general feedback",
    "the feedback to single answers", "the files", "all-or-nothing marking", "the fixed order of options",
)  # fmt: skip


def write_item(writer: ItemWriter) -> Node | None:
    """Return the item's element, None if it can't be written; the remarks say why."""
    item = writer.item
    try:
        prompt = _write_interaction(writer)
    except NotWritable as error:
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
    """Put the question into the writer; return what it asks. Raises NotWritable."""
    match writer.item.interaction:
        case Choose() as choose:
            write_choose(writer, choose)
        case Judge() as judge:
            write_judge(writer, judge)
        case EnterText() as text:
            write_enter_text(writer, text)
        case EnterNumber() as numbers:
            write_enter_number(writer, numbers)
        case EnterDate() as date:
            write_enter_date(writer, date)
        case Match() as match:
            write_match(writer, match)
        case Arrange() as arrange:
            write_arrange(writer, arrange)
        case Fill() as fill:
            return write_fill(writer, fill)
        case CheckClaim() as claim:
            return write_check_claim(writer, claim)
        case Write() as free:
            write_essay(writer, free)
        case Inform():
            writer.meta["question_type"] = "text_only_question"
    return writer.item.prompt


def _also_carried(item: Item) -> list[str]:
    is_arranged = isinstance(item.interaction, Arrange) and item.interaction.grading == "all_or_nothing"
    return ["the way of marking the order"] if is_arranged else []


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
