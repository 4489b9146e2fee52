"""The kinds of question in Moodle XML: what each type's elements come to as an interaction."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from quiz.core.cloze_text import BadGap, read_cloze
from quiz.core.html_text import plain_from_html
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Interaction,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.key_numbers import BadNumber, read_margin, read_value
from quiz.core.orderings import GRADINGS, Grading
from quiz.core.weights import percent
from quiz.formats.moodle_xml.texts import Texts, Unusable, value_of
from quiz.formats.moodle_xml.values import is_true, need_full_mark, number_in, weight_of
from quiz.xml_reading import child, children, line_of

Settings = dict[str, str]
Kind = Callable[[etree._Element, Texts, Settings], Interaction]

_UNIT_GRADINGS = {"0": "none", "1": "outof_mark", "2": "outof_max"}
_SHORT_GRADINGS: dict[str, Grading] = {
    "ABSOLUTE": "absolute_position", "ABS": "absolute_position", "0": "absolute_position",
    "-1": "all_or_nothing",
    "RELATIVE": "relative_next_exclude_last", "REL": "relative_next_exclude_last",
    "1": "relative_next_exclude_last",
    "2": "relative_next_include_last", "3": "relative_one_previous_and_next",
    "4": "relative_all_previous_and_next", "5": "longest_ordered_subset", "6": "longest_contiguous_subset",
    "7": "relative_to_correct",
}  # fmt: skip
_PLACE = re.compile(r"\[\[([1-9][0-9]{0,2})\]\]")


def choice(question: etree._Element, texts: Texts, settings: Settings) -> Choose:
    several = not is_true(value_of(question, "single", "true"))
    options = []
    for answer in children(question, "answer"):
        text, own_format = texts.of(answer), texts.format_of(answer)
        if not text:
            texts.told.append("an option without text is left out")
            continue
        fraction = weight_of(answer, texts)
        options.append(
            Option(
                text,
                fraction,
                texts.at(answer, "feedback"),
                None if own_format == texts.default else own_format,
            )
        )
    if len(options) < 2:
        raise Unusable("a choice needs at least two <answer> elements with text", line_of(question))
    gained = sum(option.fraction for option in options if option.fraction > 0)
    if not gained or (not several and all(option.fraction < 1 for option in options)):
        texts.told.append('no option earns the full mark; give the right one fraction="100"')
    elif several and abs(gained - 1) > 0.01:
        texts.told.append(f"the weights of the right options add up to {percent(gained)} %, not to 100 %")
    return Choose(tuple(options), several, shuffle=is_true(value_of(question, "shuffleanswers", "false")))


def true_or_false(question: etree._Element, texts: Texts, settings: Settings) -> Judge:
    answers = children(question, "answer")
    if len(answers) != 2:
        raise Unusable(
            f"a true-or-false question has two <answer> elements, not {len(answers)}", line_of(question)
        )
    said = [plain_from_html(texts.of(answer)).strip().lower() for answer in answers]
    if sorted(said) != ["false", "true"]:
        texts.told.append(
            f"the answers must be “true” and “false”, not {said[0]!r} and {said[1]!r}; "
            "the first is taken for true, the second for false"
        )
        said = ["true", "false"]
    right = [weight_of(answer, texts) == 1 for answer in answers]
    if right[0] == right[1]:
        raise Unusable('exactly one of true and false must have fraction="100"', line_of(question))
    feedback = dict(zip(right, (texts.at(answer, "feedback") for answer in answers), strict=True))
    return Judge(said[right.index(True)] == "true", feedback[True], feedback[False])


def short_answer(question: etree._Element, texts: Texts, settings: Settings) -> EnterText:
    answers = []
    for element in children(question, "answer"):
        text = texts.of(element)
        if text:
            answers.append(TextAnswer(text, weight_of(element, texts), texts.at(element, "feedback")))
        else:
            texts.told.append("an answer without text is left out")
    if not answers:
        raise Unusable("a short answer needs at least one <answer> with text", line_of(question))
    need_full_mark([answer.fraction for answer in answers], texts)
    usecase = value_of(question, "usecase", "0")
    if usecase not in ("0", "1", ""):
        texts.told.append(f"<usecase> must be 0 or 1, not {usecase!r}; it is read as {int(is_true(usecase))}")
    return EnterText(tuple(answers), case_sensitive=is_true(usecase))


def numerical(question: etree._Element, texts: Texts, settings: Settings) -> EnterNumber:
    answers, beside = [], set[str]()
    for element in children(question, "answer"):
        written = texts.of(element)
        if not written:
            texts.told.append(
                "an answer without a number is left out (Moodle would take every number for right)"
            )
            continue
        try:
            value, unit = read_value(written, texts.told)
            margin = read_margin(value_of(element, "tolerance", "0"), texts.told)
        except BadNumber as error:
            raise Unusable(str(error), line_of(element)) from None
        beside |= {unit} if unit else set()
        answers.append(NumberAnswer(value, margin, weight_of(element, texts), texts.at(element, "feedback")))
    if not answers:
        raise Unusable("a numerical question needs at least one <answer> with a number", line_of(question))
    need_full_mark([answer.fraction for answer in answers], texts)
    if answers[0].value == "*" and answers[0].fraction > 0:
        texts.told.append("the answer * takes every number for right; write the number instead")
    return _with_units(question, answers, beside, texts, settings)


def _with_units(
    question: etree._Element, answers: list[NumberAnswer], beside: set[str], texts: Texts, settings: Settings
) -> EnterNumber:
    units = []
    for unit in (u for holder in children(question, "units") for u in children(holder, "unit")):
        name, factor = value_of(unit, "unit_name"), number_in(unit, "multiplier", 1.0, texts)
        if name and factor > 0:
            units.append((name, factor))
        else:
            texts.told.append(f"the unit {name!r} with the multiplier {factor:g} is left out")
    shown = value_of(question, "showunits", "0" if units else "3")
    grading = _UNIT_GRADINGS.get(value_of(question, "unitgradingtype", "0"), "none")
    if shown == "3" and len(units) == 1 and units[0][1] == 1:
        return EnterNumber(tuple(answers), unit=units[0][0])
    if shown != ("0" if units else "3"):
        settings["moodle.showunits"] = shown
    return EnterNumber(
        tuple(answers),
        unit="" if units or len(beside) != 1 else beside.pop(),
        units=tuple(units),
        units_before=is_true(value_of(question, "unitsleft", "0")) and bool(units),
        unit_grading=grading if units else "none",  # type: ignore[arg-type]
        unit_penalty=number_in(question, "unitpenalty", 0.1, texts) if units else 0.1,
    )


def matching(question: etree._Element, texts: Texts, settings: Settings) -> Match:
    pairs, distractors = [], []
    for element in children(question, "subquestion"):
        left = texts.like_prompt(element)
        answer = child(element, "answer")
        right = "" if answer is None else texts.of(answer)
        if left and not right:
            texts.told.append(f"{left[:40]!r} has nothing on its right side and is left out")
        elif left:
            pairs.append((left, right))
        elif right:
            distractors.append(right)
    if len(pairs) < 2:
        raise Unusable(
            "a matching question needs at least two <subquestion> elements with an answer", line_of(question)
        )
    return Match(tuple(pairs), tuple(distractors), shuffle=is_true(value_of(question, "shuffleanswers", "1")))


def essay(question: etree._Element, texts: Texts, settings: Settings) -> Write:
    files = number_in(question, "attachments", 0, texts)
    template, notes = child(question, "responsetemplate"), child(question, "graderinfo")
    return Write(
        min_words=int(number_in(question, "minwordlimit", 0, texts)) or None,
        max_words=int(number_in(question, "maxwordlimit", 0, texts)) or None,
        template="" if template is None else texts.of(template),
        notes="" if notes is None else texts.like_prompt(notes),
        files=max(int(files), 0),
    )


def description(question: etree._Element, texts: Texts, settings: Settings) -> Inform:
    return Inform()


def cloze(question: etree._Element, texts: Texts, settings: Settings) -> Fill:
    try:
        found = read_cloze(texts.at(question, "questiontext"))
    except BadGap as error:
        raise Unusable(str(error), line_of(question)) from None
    texts.told += found.remarks
    if found.fill is None:
        raise Unusable("there is no gap in the text; write {1:SHORTANSWER:=Berlin}", line_of(question))
    settings.update(found.settings)
    return found.fill


def ordering(question: etree._Element, texts: Texts, settings: Settings) -> Arrange:
    steps = []
    for answer in children(question, "answer"):
        text = texts.like_prompt(answer)
        if text:
            steps.append(text)
        else:
            texts.told.append("a step without text is left out")
        if texts.at(answer, "feedback"):
            texts.told.append("feedback to a single step is left out; steps have none")
    if len(steps) < 2:
        raise Unusable("an ordering question needs at least two <answer> elements", line_of(question))
    named = value_of(question, "gradingtype", "RELATIVE").strip()
    grading = _SHORT_GRADINGS.get(named.upper()) or (named.lower() if named.lower() in GRADINGS else None)
    if grading is None:
        texts.told.append(f"the way of marking {named!r} is unknown and read as RELATIVE_NEXT_EXCLUDE_LAST")
    _ordering_settings(question, len(steps), texts, settings)
    return Arrange(tuple(steps), grading or "relative_next_exclude_last")  # type: ignore[arg-type]


def _ordering_settings(question: etree._Element, count: int, texts: Texts, settings: Settings) -> None:
    select = value_of(question, "selecttype") or value_of(question, "logical") or "ALL"
    shown = int(number_in(question, "selectcount", 0, texts) or number_in(question, "studentsee", 0, texts))
    if select.upper() not in ("ALL", "EXACT", "0") and 2 <= shown < count:
        texts.told.append(f"Moodle would show {shown} of the {count} steps; here all of them are shown")
        settings |= {"moodle.selecttype": select.upper(), "moodle.selectcount": str(shown)}
    if value_of(question, "layouttype").upper() in ("HORIZONTAL", "1"):
        settings["moodle.layouttype"] = "HORIZONTAL"


def select_words(question: etree._Element, texts: Texts, settings: Settings) -> Fill:
    """Return gaps filled from lists, or by dragging words: ``[[3]]`` is the third choice of all."""
    choices = children(question, "selectoption", "dragbox")
    words = [texts.of(element) for element in choices]
    groups = [value_of(element, "group", "1") or "1" for element in choices]
    text = texts.at(question, "questiontext")
    gaps: list[Choose] = []

    def place(found: re.Match[str]) -> str:
        right = int(found[1]) - 1
        if right >= len(words):
            raise Unusable(
                f"the text has a gap {found[0]}, but there are only {len(words)} choices", line_of(question)
            )
        offered = [n for n in range(len(words)) if groups[n] == groups[right]]
        # Choices of the same text stand for each other.
        options = tuple(Option(words[n], float(words[n] == words[right])) for n in offered)
        gaps.append(Choose(options, shuffle=is_true(value_of(question, "shuffleanswers", "1"))))
        return f"[[{len(gaps)}]]"

    template = _PLACE.sub(place, text)
    if not gaps:
        raise Unusable("there is no gap like [[1]] in the text", line_of(question))
    settings["moodle.type"] = question.get("type") or ""
    if any(child(element, "infinite") is not None for element in choices):
        settings["moodle.infinite"] = "1"
    return Fill(template, tuple(gaps))


KINDS: dict[str, Kind] = {
    "multichoice": choice,
    "truefalse": true_or_false,
    "shortanswer": short_answer,
    "numerical": numerical,
    "matching": matching,
    "match": matching,
    "essay": essay,
    "description": description,
    "cloze": cloze,
    "multianswer": cloze,
    "ordering": ordering,
    "gapselect": select_words,
    "ddwtos": select_words,
}
