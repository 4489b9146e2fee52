"""One item of QTI 1.2, as Canvas and older systems write it, read into the neutral vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from quiz.core.interchange import Remark
from quiz.core.items import EnterDate, EnterText, Fill, Inform, Interaction, Item, TextFormat, Write
from quiz.core.qti.feedback import OVERALL
from quiz.core.qti.files import FileShelf, Find
from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import Feedback, NoKey
from quiz.core.qti.values import NotUnderstood, number_from
from quiz.formats.canvas_qti.choice_reading import (
    read_categories,
    read_match,
    read_one,
    read_order,
    read_several,
)
from quiz.formats.canvas_qti.entry_reading import (
    claim_from,
    read_blanks,
    read_drop_downs,
    read_fields,
    read_number,
    read_short_answer,
)
from quiz.formats.canvas_qti.presentation import (
    FORMATS,
    Presentation,
    Response,
    Tell,
    Text,
    joined,
    material_text,
    own_teller,
    read_presentation,
    teller,
)
from quiz.formats.canvas_qti.processing import Processing
from quiz.formats.canvas_qti.reader import Reader, Refused, name_of, prompt

_LARGEST_ITEM = 20_000
_REFUSED = {
    "calculated_question": "values drawn by chance and a formula",
    "hot_spot_question": "places on a picture",
    "hotspot_question": "places on a picture",
    "formula_question": "values drawn by chance and a formula",
}
PRECISIONS: dict[str, Literal["day", "month", "year"]] = {"day": "day", "month": "month", "year": "year"}
_OVERALL = {
    "general_fb": "general", "general_correct_fb": "right", "correct_fb": "right",
    "general_incorrect_fb": "wrong", "incorrect_fb": "wrong", "wrong_fb": "wrong",
}  # fmt: skip
_KINDS = {
    "cc.multiple_choice.v0p1": "multiple_choice_question",
    "cc.multiple_response.v0p1": "multiple_answers_question",
    "cc.true_false.v0p1": "true_false_question",
    "cc.essay.v0p1": "essay_question",
    "cc.fib.v0p1": "short_answer_question",
    "cc.pattern_match.v0p1": "short_answer_question",
}


def read_item(item: Node, where: str, find: Find, remarks: list[Remark]) -> Item | None:
    """Return the item, None if it could not be read; the remarks say why."""
    if sum(1 for _ in item.walk()) > _LARGEST_ITEM:
        told = f"The question is left out: it has more than {_LARGEST_ITEM} elements."
        remarks.append(Remark(told, "error", item.line, where))
        return None
    shelf = FileShelf(find)
    meta = read_metadata(item)
    shown = read_presentation(item, shelf)
    processing = Processing(item, {r.ident: r.cardinality for r in shown.responses})
    feedback, texts = _feedback(item, shelf)
    text_format, tell = _format_of(meta) or teller(_asking_texts(shown))
    reader = Reader(item, where, meta, shown, processing, feedback, texts, text_format, tell, remarks)
    try:
        asked, interaction = _own(reader, *_read(reader, kind_of(meta)))
        if not isinstance(interaction, Write | Inform) and not reader.sorted.general:
            _sort_overall(reader)
        return _assemble(reader, asked, interaction, shelf)
    except Refused as error:
        reader.say(f"The question is left out: {error}.", "error")
    except NotUnderstood as error:
        reader.say(f"The question is left out: we can't read {error}.", "error")
    except NoKey:
        reader.say("The question is left out: nothing says which answer is right.", "error")
    return None


def _format_of(meta: dict[str, str]) -> tuple[TextFormat, Tell] | None:
    """Return the format that Footnote noted, and how to tell texts in it; None in files of others."""
    own = FORMATS.get(meta.get("footnote_format", ""))
    return None if own is None else (own, own_teller(own))


def read_metadata(item: Node) -> dict[str, str]:
    """Return the metadata's fields by their labels, in lower case."""
    meta = {}
    for entry in item.find_all("qtimetadatafield"):
        labels, values = entry.elements("fieldlabel"), entry.elements("fieldentry")
        if labels and values:
            meta[labels[0].text().strip().lower()] = values[0].text().strip()
    for old in item.find_all("qmd_itemtype", "qmd_questiontype", "qmd_weighting", "qmd_maximumscore"):
        meta.setdefault(old.name, old.text().strip())
    return meta


def kind_of(meta: dict[str, str]) -> str:
    """Return the question type as Canvas calls it, "" where the metadata says none that is known."""
    named = meta.get("question_type", "").lower().replace(" ", "_")
    return named or _KINDS.get(meta.get("cc_profile", "").lower(), "")


def _asking_texts(shown: Presentation) -> list[Text]:
    labels = [label.text for r in shown.responses for label in r.labels if not r.is_typed]
    choices_only = len(shown.responses) == 1 and not shown.responses[0].label.text
    # The options of one choice may have a format of their own; sides and gaps may not.
    return [*shown.texts, *([] if choices_only else [*labels, *(r.label for r in shown.responses)])]


def _feedback(item: Node, shelf: FileShelf) -> tuple[list[Feedback], list[Text]]:
    feedback, texts = [], []
    for node in item.find_all("itemfeedback"):
        text = joined([material_text(m, shelf) for m in node.find_all("material")])
        ident = node.get("ident").strip()
        if not text.text.strip():
            continue
        outcome = OVERALL if ident.lower() in _OVERALL else "FEEDBACK"
        feedback.append(
            Feedback(outcome, _OVERALL.get(ident.lower(), ident.removesuffix("_fb")), "show", node)
        )
        texts.append(text)
    return feedback, texts


def _sort_overall(reader: Reader) -> None:
    """Put the feedback to everybody in its place where no answer was tried for it."""
    for number, one in enumerate(reader.feedback):
        if one.outcome == OVERALL:
            of_whole = {
                "general": reader.sorted.general,
                "right": reader.sorted.right,
                "wrong": reader.sorted.wrong,
            }
            if number not in of_whole[one.identifier]:
                of_whole[one.identifier].append(number)


def _assemble(reader: Reader, asked: str, interaction: Interaction, shelf: FileShelf) -> Item:
    found = reader.sorted
    if isinstance(interaction, Write | Inform):
        _sort_overall(reader)
    for address in dict.fromkeys(shelf.missing):
        reader.say(f"The file “{address}” is missing. Put it into the package, or upload the whole package.")
    feedback_format = reader.feedback_format if reader.feedback_texts else None
    if reader.meta.get("footnote_format") and not reader.meta.get("footnote_feedback"):
        feedback_format = None
    item = Item(
        prompt=asked,
        interaction=interaction,
        id=reader.meta.get("footnote_id", reader.item.get("ident").strip()),
        title=reader.item.get("title").strip(),
        prompt_format=reader.text_format,
        points=_points(reader, interaction),
        general_feedback=reader.feedback_text(found.general),
        feedback_right=reader.feedback_text(found.right),
        feedback_partial=reader.feedback_text(found.partial),
        feedback_wrong=reader.feedback_text(found.wrong),
        feedback_format=None if feedback_format == reader.text_format else feedback_format,
        files=tuple(shelf.files),
    )
    for number in sorted(set(range(len(reader.feedback))) - reader.told):
        text = " ".join(reader.feedback_texts[number].text.split())[:60]
        reader.say(f"Left out: the feedback “{text}”, which no single answer brings.")
    return item


def _points(reader: Reader, interaction: Interaction) -> float:
    for name in ("points_possible", "cc_weighting", "qmd_weighting", "qmd_maximumscore"):
        number = number_from(reader.meta.get(name, ""))
        if number is not None and number >= 0:
            return float(number)
    if isinstance(interaction, Inform):
        return 0.0
    maximum = reader.processing.maximum
    return float(maximum) if maximum is not None and maximum > 0 and maximum != 100 else 1.0


def _own(reader: Reader, asked: str, interaction: Interaction) -> tuple[str, Interaction]:
    """Return what Footnote meant where Canvas has no question of the kind."""
    precision = PRECISIONS.get(reader.meta.get("footnote_date", ""))
    match interaction:
        case EnterText(answers) if precision is not None:
            return asked, EnterDate(answers[0].text, precision)
        case Fill(template, gaps) if reader.meta.get("footnote_kind") == "check_claim":
            return template.partition("[[1]]")[0].strip(), claim_from(gaps)
        case Fill(template, gaps, weights) if reader.meta.get("footnote_prompt"):
            before, after = reader.meta["footnote_prompt"], template
            if template.startswith(before):
                return before, Fill(after.removeprefix(before).lstrip("\n"), gaps, weights)
    return asked, interaction


# -- kinds -----------------------------------------------------------------------------------------
def _read(reader: Reader, kind: str) -> tuple[str, Interaction]:
    if kind in _REFUSED:
        raise Refused(f"it is a {kind}: {_REFUSED[kind]}, which we can't ask")
    reads = _READERS.get(kind)
    responses = reader.shown.responses
    if reads is not None and (responses or kind in _WITHOUT_RESPONSES):
        return reads(reader)
    if kind and reads is None:
        reader.say(f"Its question type “{kind}” is not known; it was read by what it is made of.")
    return _by_structure(reader)


def _by_structure(reader: Reader) -> tuple[str, Interaction]:
    """Read an item whose metadata says nothing that helps."""
    responses = reader.shown.responses
    for response in responses:
        if response.node.find_all("render_hotspot") or response.kind == "response_xy":
            raise Refused("it asks for places on a picture (render_hotspot), which we can't ask")
        if response.kind in ("response_grp", "response_extension") or response.node.find_all("render_slider"):
            raise Refused(f"<{response.kind}> of this kind can't be asked here")
    if not responses:
        return _inform(reader)
    if len(responses) == 1:
        return _one_response(reader, responses[0])
    if all(response.is_typed for response in responses):
        return read_fields(reader)
    if all(f"[{name_of(r)}]" in reader.shown.prompt().text for r in responses):
        return read_blanks(reader)
    return read_match(reader)


def _one_response(reader: Reader, response: Response) -> tuple[str, Interaction]:
    if response.cardinality == "ordered":
        return read_order(reader)
    if response.is_typed:
        if not reader.processing.has_key:
            return _essay(reader)
        is_number = response.kind == "response_num" or _fib_type(response) in (
            "decimal",
            "integer",
            "scientific",
        )
        return read_number(reader) if is_number or _has_ranges(reader) else read_short_answer(reader)
    if f"[{name_of(response)}]" in reader.shown.prompt().text:
        return read_drop_downs(reader)
    if response.label.text and response.ident.startswith("response_"):
        return read_match(reader)
    return read_several(reader) if response.cardinality == "multiple" else read_one(reader)


def _fib_type(response: Response) -> str:
    return next((n.get("fibtype").lower() for n in response.node.find_all("render_fib")), "")


def _has_ranges(reader: Reader) -> bool:
    return bool(reader.item.find_all("vargte", "vargt", "varlte", "varlt"))


def _inform(reader: Reader) -> tuple[str, Interaction]:
    return prompt(reader), Inform()


def _essay(reader: Reader) -> tuple[str, Interaction]:
    return prompt(reader), Write()


def _upload(reader: Reader) -> tuple[str, Interaction]:
    return prompt(reader), Write(files=1)


# -- typed -----------------------------------------------------------------------------------------


_WITHOUT_RESPONSES = {"text_only_question", "essay_question", "file_upload_question"}
_READERS: dict[str, Callable[[Reader], tuple[str, Interaction]]] = {
    "multiple_choice_question": read_one,
    "true_false_question": read_one,
    "multiple_answers_question": read_several,
    "short_answer_question": read_short_answer,
    "fill_in_multiple_blanks_question": read_blanks,
    "multiple_dropdowns_question": read_drop_downs,
    "numerical_question": read_number,
    "matching_question": read_match,
    "categorization_question": read_categories,
    "ordering_question": read_order,
    "essay_question": _essay,
    "file_upload_question": _upload,
    "text_only_question": _inform,
}
