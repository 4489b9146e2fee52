"""What a QTI 1.2 file holds: items in assessments, sections and banks, alone or in a package."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace

from quiz.core.interchange import NotThisFormat, Reading, Remark
from quiz.core.items import Item
from quiz.core.packages import Package, looks_like_package, open_package
from quiz.core.qti.files import Found
from quiz.core.qti.nodes import Node, tree_from
from quiz.core.qti.reading_packages import with_own_ids
from quiz.core.qti.recognising import qti_version
from quiz.formats.canvas_qti.item_reading import read_item, read_metadata
from quiz.xml_reading import read_xml

WITHOUT_CATEGORY = "questions_without_category"
_MOST_ELEMENTS = 500_000
_LARGEST_FILE = 20_000_000
_NO_SECTIONS = {"root_section", "main", "section", ""}


@dataclass
class _Reading:
    """found: references to banks and questions in other files."""

    package: Package | None = None
    name: str = ""
    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def say(self, text: str, severity: str = "warning", where: str = "", line: int | None = None) -> None:
        self.remarks.append(Remark(text, severity, line, where or self.name))  # type: ignore[arg-type]

    def find(self, address: str) -> Found | None:
        if self.package is None:
            return None
        path = self.package.find(address, posixpath.dirname(self.name))
        return None if path is None else Found(path, self.package.read(path))


def read_canvas(data: bytes) -> Reading:
    """Read a package or a single file. Raises NotThisFormat."""
    if not looks_like_package(data):
        reading = _Reading()
        _read_tree(reading, _tree(reading, data))
        return _finished(reading)
    package = open_package(data)
    reading = _Reading(package)
    names = _assessments(package)
    if not names:
        raise NotThisFormat("The package has no QTI 1.2 in it (no file with <questestinterop>).")
    for name in names:
        reading.name = name
        try:
            _read_tree(reading, _tree(reading, package.read(name, at_most=_LARGEST_FILE)))
        except NotThisFormat as error:
            reading.say(f"The file can't be read: {error}", "error")
    return _finished(reading)


def _tree(reading: _Reading, data: bytes) -> Node:
    try:
        root = read_xml(data)
    except NotThisFormat as error:
        if "not well-formed" not in str(error):
            raise
        root = read_xml(data, recover=True)
        reading.say(f"The XML was mended, since it is {error}. Check that nothing is missing.")
    tree = tree_from(root, at_most=_MOST_ELEMENTS)
    if tree.name != "questestinterop" and not tree.find_all("questestinterop"):
        if tree.name in ("item", "assessment", "section", "objectbank") and tree.find_all("presentation"):
            return Node("questestinterop", {}, [tree], tree.line)
        raise NotThisFormat(f"The root element <{tree.name}> is not that of QTI 1.2 (questestinterop).")
    return tree


def _assessments(package: Package) -> list[str]:
    """Return the files with questions, each assessment once: Canvas's own copy if there is one."""
    found = [
        name
        for name in package.names
        if name.lower().endswith((".xml", ".qti", ".dat")) and qti_version(package.read(name)[:65_536]) == 1
    ]
    found = [name for name in found if posixpath.basename(name).lower() != "imsmanifest.xml"]
    own = {
        posixpath.basename(name).partition(".")[0] for name in found if name.startswith("non_cc_assessments/")
    }
    return [
        name for name in found if name.startswith("non_cc_assessments/") or posixpath.dirname(name) not in own
    ]


def _read_tree(reading: _Reading, root: Node) -> None:
    for node in root.elements():
        match node.name:
            case "assessment":
                title = node.get("title").strip()
                _read_group(reading, node, "" if node.get("ident") == WITHOUT_CATEGORY else title)
            case "objectbank":
                title = read_metadata(Node("", {}, [*node.elements("qtimetadata")])).get("bank_title", "")
                _read_group(reading, node, title or node.get("title").strip())
            case "section":
                _read_section(reading, node, "")
            case "item":
                _read_one(reading, node, "")
            case "questestinterop":
                _read_tree(reading, node)


def _read_group(reading: _Reading, group: Node, category: str) -> None:
    for node in group.elements():
        if node.name == "section":
            _read_section(reading, node, category)
        elif node.name == "item":
            _read_one(reading, node, category)
        elif node.name == "bankentry_item":
            _say_elsewhere(reading, node)


def _read_section(reading: _Reading, section: Node, category: str) -> None:
    title = section.get("title").strip()
    if section.get("ident").lower() in _NO_SECTIONS or title.lower() in _NO_SECTIONS:
        title = ""
    inner = "/".join(part for part in (category, title.replace("/", " ")) if part)
    for selection in section.find_all("selection") if section.first("selection_ordering") else ():
        _say_selection(reading, section, selection)
    _read_group(reading, section, inner)


def _say_selection(reading: _Reading, section: Node, selection: Node) -> None:
    count = "".join(node.text().strip() for node in selection.elements("selection_number"))
    bank = "".join(node.text().strip() for node in selection.elements("sourcebank_ref"))
    points = "".join(node.text().strip() for node in selection.find_all("points_per_item"))
    held = len(section.elements("item", "bankentry_item", "section"))
    from_where = f"the bank “{bank}”" if bank else f"{held} questions"
    told = f"The group “{section.get('title')}” draws {count or 'some'} of {from_where}"
    told += f", {points} points each" if points else ""
    if bank and not held:
        reading.say(f"{told}; export that bank too, since its questions are not here.", line=section.line)
    else:
        reading.say(f"{told}; all were read. Build a quiz that draws as many.", "note", line=section.line)


def _say_elsewhere(reading: _Reading, entry: Node) -> None:
    bank, question = entry.get("sourcebank_ref"), entry.get("item_ref")
    reading.say(
        f"A question of the bank “{bank}” ({question}) is used here, but it is not in this file; "
        "export that bank too.",
        line=entry.line,
    )


def _read_one(reading: _Reading, node: Node, category: str) -> None:
    where = node.get("title").strip() or node.get("ident").strip() or "item"
    where = f"{reading.name}: {where}" if reading.name else where
    item = read_item(node, where, reading.find, reading.remarks)
    if item is None:
        return
    parent = read_metadata(node).get("parent_stimulus_item_ident", "")
    if parent:
        reading.say(
            f"It belongs to the text “{parent}”, which is read as an item of its own.",
            "note",
            where,
            node.line,
        )
    tags = read_metadata(node).get("tags", "")
    reading.items.append(
        replace(item, category=category, tags=tuple(tag.strip() for tag in tags.split("\n") if tag.strip()))
    )


def _finished(reading: _Reading) -> Reading:
    if not reading.items and not reading.remarks:
        raise NotThisFormat("The file has no questions in it.")
    return Reading(with_own_ids(reading.items, reading.remarks), reading.remarks)
