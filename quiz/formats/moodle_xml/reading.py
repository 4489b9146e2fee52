"""Reading Moodle XML: categories and questions in the order of the file, each for itself."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from quiz.core.cloze_text import has_gap, split_prompt
from quiz.core.interchange import NotThisFormat, Reading, Remark, reading_of
from quiz.core.items import Fill, Hint, Inform, Interaction, Item
from quiz.core.text_bytes import one_line
from quiz.formats.moodle_xml.kinds import KINDS, Settings
from quiz.formats.moodle_xml.texts import Texts, Unusable, value_of
from quiz.formats.moodle_xml.values import is_true, number_in
from quiz.xml_reading import child, children, line_of, local_name, read_xml

_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What the kinds read themselves, or what says nothing once it has been read.
_KNOWN = frozenset(
    (
        "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "idnumber", "tags",
        "coursetags", "hint", "answer", "hidden", "image", "image_base64", "single",
        "shuffleanswers", "usecase", "units", "unit", "unitgradingtype", "unitpenalty", "unitsleft",
        "showunits", "subquestion", "responsetemplate", "graderinfo", "minwordlimit",
        "maxwordlimit", "attachments", "selectoption", "dragbox", "selecttype", "selectcount",
        "gradingtype", "layouttype", "logical", "studentsee", "correctfeedback",
        "partiallycorrectfeedback", "incorrectfeedback", "category",
    )
)  # fmt: skip
_USUAL = {
    "answernumbering": ("abc", ""),
    "showstandardinstruction": ("0", "1", ""),
    "shownumcorrect": (),
    "responseformat": ("editor", ""),
    "responserequired": ("1", ""),
    "responsefieldlines": ("15", "10", ""),
    "attachmentsrequired": ("0", ""),
    "filetypeslist": ("",),
    "maxbytes": ("0", ""),
    "showgrading": ("1", "SHOW", ""),
    "numberingstyle": ("none", ""),
    "instructions": ("",),
    "showmisplaced": ("0", ""),
    "externallink": ("",),
}
_UNREAD = (
    "Footnote has no question of the type {type!r}; the question is left out. Rewrite it as one of "
    + ", ".join(sorted({name for name in KINDS if name not in ("match", "multianswer")}))
)


def read_moodle_xml(data: bytes) -> Reading:
    """Read a file of Moodle's. Raises NotThisFormat if it is no XML, or its root is not <quiz>."""
    root = read_xml(data)
    if local_name(root) != "quiz":
        raise NotThisFormat(f"the root element is <{local_name(root)}>; in Moodle XML it is <quiz>")
    items: list[Item] = []
    remarks: list[Remark] = []
    category = ""
    for element in children(root):
        kind = element.get("type") or ""
        if local_name(element) != "question":
            remarks.append(
                _remark(f"<{local_name(element)}> is no <question> and is left out", element, "", "error")
            )
        elif kind == "category":
            category = _category(element, remarks)
        else:
            item = _read_question(element, kind, remarks)
            items += [replace(item, category=category, line=line_of(element))] if item else []
    return reading_of(items, remarks)


def _category(element: etree._Element, remarks: list[Remark]) -> str:
    category = value_of(element, "category")
    if value_of(element, "info"):
        remarks.append(_remark("the description of the category is not kept", element, category, "note"))
    return category


def _read_question(element: etree._Element, kind: str, remarks: list[Remark]) -> Item | None:
    where = one_line(value_of(element, "name") or value_of(element, "questiontext")) or kind
    texts = Texts()
    item = None
    try:
        if kind not in KINDS:
            raise Unusable(
                _UNREAD.format(type=kind) if kind else "a <question> needs a type", line_of(element)
            )
        item = _item(element, kind, texts)
    except Unusable as problem:
        remarks.append(Remark(str(problem), "error", problem.line or line_of(element), where))
    remarks += [_remark(told, element, where, "warning") for told in dict.fromkeys(texts.told)]
    return item


def _item(element: etree._Element, kind: str, texts: Texts) -> Item:
    prompt_element = child(element, "questiontext")
    if prompt_element is None:
        raise Unusable("there is no <questiontext>", line_of(element))
    texts.default = texts.format_of(prompt_element)
    prompt = texts.at(element, "questiontext") + _old_picture(element, texts)
    settings = _leftovers(element, texts)
    interaction = KINDS[kind](element, texts, settings)
    if isinstance(interaction, Fill):
        prompt, template = split_prompt(interaction.template)
        interaction = replace(interaction, template=template)
    elif has_gap(prompt):
        texts.told.append(
            f"the text has Cloze gaps, but the type is {kind}; they stay text. The type should be cloze"
        )
    combined = [texts.at(element, name) for name in _COMBINED]
    item = Item(
        prompt=prompt,
        interaction=interaction,
        id=value_of(element, "idnumber"),
        title=_title(element, texts),
        prompt_format=texts.default,
        points=_points(element, interaction, texts),
        general_feedback=texts.at(element, "generalfeedback"),
        tags=_tags(element),
        penalty=_penalty(element, texts),
        hints=tuple(_hint(hint, texts) for hint in children(element, "hint")),
        feedback_right=combined[0],
        feedback_partial=combined[1],
        feedback_wrong=combined[2],
        settings=tuple(settings.items()),
    )
    for name in texts.missing_files(_all_texts(element)):
        texts.told.append(f"the file {name!r} is referred to, but not there; add it to the question")
    return replace(item, files=tuple(texts.files.values()))


def _title(element: etree._Element, texts: Texts) -> str:
    name = child(element, "name")
    if name is None:
        texts.told.append("the question has no <name>; it is read without a title")
        return ""
    # Written by us for a question without a title, since Moodle insists on a name.
    return "" if name.get("generated") else texts.of(name)


def _points(element: etree._Element, interaction: Interaction, texts: Texts) -> float:
    if isinstance(interaction, Inform):
        return 0.0
    usual = (
        sum(interaction.weights or (1.0,) * len(interaction.gaps)) if isinstance(interaction, Fill) else 1.0
    )
    is_words = isinstance(interaction, Fill) and element.get("type") in ("gapselect", "ddwtos")
    points = number_in(element, "defaultgrade", 1.0 if is_words else usual, texts)
    if points < 0:
        texts.told.append(f"<defaultgrade> is below zero ({points:g}) and read as 1")
        return 1.0
    return points


def _penalty(element: etree._Element, texts: Texts) -> float | None:
    if child(element, "penalty") is None:
        return None
    penalty = number_in(element, "penalty", 0.3333333, texts)
    if not 0 <= penalty <= 1:
        texts.told.append(f"<penalty> lies between 0 and 1, not at {penalty:g}; it is read as 0.3333333")
        return 0.3333333
    return 0.3333333 if abs(penalty - 0.3333333) < 0.005 else penalty


def _tags(element: etree._Element) -> tuple[str, ...]:
    holders = children(element, "tags", "coursetags")
    tags = [value_of(tag, "text") for holder in holders for tag in children(holder, "tag")]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _hint(element: etree._Element, texts: Texts) -> Hint:
    options = value_of(element, "options")
    if options:
        texts.told.append(f"the option {options!r} of a hint is not kept")
    content = child(element, "hintcontent")
    return Hint(
        texts.like_prompt(element if content is None else content),
        show_number_right=child(element, "shownumcorrect") is not None
        or is_true(value_of(element, "statenumberofcorrectresponses")),
        clear_wrong=child(element, "clearwrong") is not None
        or is_true(value_of(element, "clearincorrectresponses")),
    )


def _leftovers(element: etree._Element, texts: Texts) -> Settings:
    """Return what no part of Footnote reads, so that it goes back as it came; what can't be kept is told."""
    settings: Settings = {}
    for part in children(element):
        name = local_name(part)
        if name in _KNOWN:
            continue
        value = value_of(element, name)
        if name in _USUAL:
            if value not in _USUAL[name] or not _USUAL[name]:
                settings[f"moodle.{name}"] = value
        elif children(part) and local_name(children(part)[0]) != "text":
            texts.told.append(f"<{name}> is unknown and not kept")
        elif value:
            settings[f"moodle.{name}"] = value
    return settings


def _old_picture(element: etree._Element, texts: Texts) -> str:
    """Return the tag for the picture of a file from before Moodle 2, "" if there is none."""
    name, data = value_of(element, "image"), child(element, "image_base64")
    if not name or data is None:
        return ""
    flat = name.replace("/", "_")
    holder = etree.Element("file", name=flat, encoding="base64")
    holder.text = data.text
    return texts.with_files(f' <img src="@@PLUGINFILE@@/{flat}" alt="">', [holder])


def _all_texts(element: etree._Element) -> list[str]:
    return [str(text) for text in element.itertext() if "@@PLUGINFILE@@" in str(text)]


def _remark(text: str, element: etree._Element, where: str, severity: str) -> Remark:
    return Remark(text, severity, line_of(element), where)  # type: ignore[arg-type]
