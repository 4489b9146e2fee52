"""What a QTI file holds: one item, several, or a package with tests, shared texts and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from quiz.core.interchange import NotThisFormat, Reading, Remark
from quiz.core.items import Inform, Item
from quiz.core.packages import Package, looks_like_package, open_package
from quiz.core.qti.files import Found
from quiz.core.qti.interactions import read_interactions
from quiz.core.qti.nodes import Node
from quiz.core.qti.reading import Source, read_item

Parse = Callable[[bytes], Node]

MANIFEST = "imsmanifest.xml"
CATEGORY_SOURCE = "Footnote category"
_LARGEST_ITEM = 5_000_000
_DEEPEST_REFERENCE = 10


@dataclass
class _Place:
    """Where an item stands in a test. weight: what its score is multiplied by."""

    category: str = ""
    weight: float = 1.0


@dataclass
class _About:
    """What a manifest says of one resource. category: as Footnote wrote it; "" where it wrote none."""

    tags: tuple[str, ...] = ()
    identifier: str = ""
    category: str = ""


@dataclass
class _Reading:
    parse: Parse
    package: Package | None = None
    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    trees: dict[str, Node | None] = field(default_factory=dict)
    places: dict[str, _Place] = field(default_factory=dict)
    about: dict[str, _About] = field(default_factory=dict)

    def say(self, text: str, severity: str = "warning", where: str = "") -> None:
        self.remarks.append(Remark(text, severity, None, where))  # type: ignore[arg-type]

    def tree(self, name: str) -> Node | None:
        """Return the file's tree, None if it can't be read, which is remarked upon once."""
        if name not in self.trees and self.package is not None:
            self.trees[name] = None
            try:
                self.trees[name] = self.parse(self.package.read(name, at_most=_LARGEST_ITEM))
            except NotThisFormat as error:
                self.say(f"The file can't be read: {error}", "error", name)
        return self.trees.get(name)


def read_qti(data: bytes, parse: Parse) -> Reading:
    """Read a package or a single file. Raises NotThisFormat."""
    if looks_like_package(data):
        return _read_package(open_package(data), parse)
    reading = _Reading(parse)
    root = parse(data)
    found = root.find_all("assessmentItem")
    if not found and root.find_all("assessmentTest", "assessmentSection", "assessmentItemRef"):
        raise NotThisFormat("This is a test without its questions. Upload the whole package (the zip).")
    if not found:
        raise NotThisFormat(f"The root element <{root.name}> is no QTI item, test or package.")
    for item in found:
        _read_one(reading, item, _name_of(item), "")
    return Reading(with_own_ids(reading.items, reading.remarks), reading.remarks)


def with_own_ids(items: Iterable[Item], remarks: list[Remark]) -> list[Item]:
    """Return the items, each with an id of its own; a second one of the same id is remarked upon."""
    taken: set[str] = set()
    out = []
    for item in items:
        new, number = item.id, 1
        while new in taken:
            number += 1
            new = f"{item.id}-{number}"
        if new != item.id:
            remarks.append(
                Remark(
                    f"Its id “{item.id}” is there twice; this one became “{new}”.", "warning", None, item.id
                )
            )
        taken |= {new} if new else set()
        out.append(item if new == item.id else replace(item, id=new))
    return out


def _name_of(item: Node) -> str:
    return item.get("identifier") or item.get("title") or "item"


def _read_one(reading: _Reading, root: Node, where: str, name: str) -> None:
    folder = posixpath.dirname(name)

    def find(address: str) -> Found | None:
        package = reading.package
        path = package.find(address, folder) if package is not None else None
        return None if path is None or package is None else Found(path, package.read(path))

    def stimulus(address: str) -> Node | None:
        path = reading.package.find(address, folder) if reading.package is not None else None
        tree = reading.tree(path) if path is not None else None
        body = next(iter(tree.find_all("stimulusBody")), None) if tree is not None else None
        return _moved(body, posixpath.dirname(path or ""), folder) if body is not None else None

    source = Source(root, where, find, stimulus)
    item = read_item(source, read_interactions)
    reading.remarks += source.remarks
    if item is not None:
        place, about = reading.places.get(name, _Place()), reading.about.get(name, _About())
        points = item.points if isinstance(item.interaction, Inform) else item.points * place.weight
        reading.items.append(
            replace(
                item,
                id=about.identifier if source.is_own and name in reading.about else item.id,
                category=about.category if source.is_own else place.category,
                points=points,
                tags=about.tags,
            )
        )


def _moved(body: Node, there: str, here: str) -> Node:
    """Return a shared text whose addresses are told from the folder of the item that uses it."""
    if there != here:
        for node in body.walk():
            for name in ("src", "data", "href"):
                address = node.get(name)
                if address and ":" not in address and not address.startswith(("#", "/")):
                    node.attributes[name] = posixpath.relpath(
                        posixpath.join("/", there, address), posixpath.join("/", here)
                    )
    return body


# -- packages --------------------------------------------------------------------------------------
def _read_package(package: Package, parse: Parse) -> Reading:
    reading = _Reading(parse, package)
    names = _items_and_tests(reading)
    tests = [name for name in names if _is(reading, name, "assessmentTest")]
    order: list[str] = []
    for name in tests:
        tree = reading.tree(name)
        if tree is not None:
            order += _read_test(reading, tree, name)
    for name in dict.fromkeys([*order, *names]):
        tree = reading.tree(name)
        for item in [] if tree is None else tree.find_all("assessmentItem"):
            _read_one(reading, item, name, name)
    if not reading.items and not reading.remarks:
        raise NotThisFormat("The package has no QTI items in it.")
    return Reading(with_own_ids(reading.items, reading.remarks), reading.remarks)


def _is(reading: _Reading, name: str, root: str) -> bool:
    tree = reading.tree(name)
    return tree is not None and tree.name == root


def _items_and_tests(reading: _Reading) -> list[str]:
    """Return the files that may hold items or tests: as the manifest lists them, or all there are."""
    package = reading.package
    assert package is not None
    manifests = sorted(
        (n for n in package.names if posixpath.basename(n).lower() == MANIFEST),
        key=lambda n: (n.count("/"), n),
    )
    found: list[str] = []
    for name in manifests:
        tree = reading.tree(name)
        if tree is not None:
            found += _listed(reading, tree, posixpath.dirname(name))
    if not manifests:
        reading.say(f"The package has no {MANIFEST}; every XML file in it was looked at.")
    loose = [
        n
        for n in package.names
        if n.lower().endswith((".xml", ".qti")) and n not in found and n not in manifests
    ]
    others = [n for n in loose if _holds_item(reading, n)]
    if manifests and others:
        reading.say(
            "The manifest does not list these questions, which were read all the same: " + ", ".join(others)
        )
    return [*found, *others]


def _holds_item(reading: _Reading, name: str) -> bool:
    package = reading.package
    assert package is not None
    if package.size(name) > _LARGEST_ITEM:
        return False
    data = package.read(name)
    if b"assessmentItem" not in data and b"assessment-item" not in data and b"assessmentTest" not in data:
        return False
    tree = reading.tree(name)
    return tree is not None and tree.name in ("assessmentItem", "assessmentTest")


def _listed(reading: _Reading, manifest: Node, folder: str) -> list[str]:
    """Return the manifest's items and tests; what it says of them is kept."""
    package = reading.package
    assert package is not None
    found = []
    for resource in manifest.find_all("resource"):
        address = resource.get("href") or next((f.get("href") for f in resource.elements("file")), "")
        kind = resource.get("type").lower()
        if "qti" not in kind or not address or "stimulus" in kind:
            continue
        name = package.find(address, folder)
        if name is None:
            reading.say(f"The manifest lists “{address}”, which is not in the package.", "error", address)
        elif name.lower().endswith((".xml", ".qti")) and name not in found:
            found.append(name)
            reading.about[name] = _about(resource)
    return found


def _about(resource: Node) -> _About:
    tags: list[str] = []
    for keyword in resource.find_all("keyword"):
        texts = keyword.find_all("langstring", "string") or [keyword]
        tags += [" ".join(text.text().split()) for text in texts]
    general = resource.find_all("general")
    identifiers = general[0].elements("identifier") if general else []
    identifier = identifiers[0].text().strip() if identifiers else ""
    category = ""
    for path in resource.find_all("taxonPath", "taxonpath"):
        source = "".join(node.text() for node in path.elements("source")).strip()
        entries = [" ".join(entry.text().split()) for entry in path.find_all("entry")]
        if source == CATEGORY_SOURCE:
            category = "".join(entries)
        else:
            tags += entries
    return _About(tuple(dict.fromkeys(tag for tag in tags if tag)), identifier, category)


# -- tests -----------------------------------------------------------------------------------------
def _read_test(reading: _Reading, test: Node, name: str) -> list[str]:
    """Return the items' files in the test's order, and keep where each stands."""
    order: list[str] = []
    for part in test.elements("testPart") or [test]:
        for section in part.elements("assessmentSection", "assessmentSectionRef", "assessmentItemRef"):
            _read_section(reading, section, name, "", order, 0)
    if test.find_all("preCondition", "branchRule"):
        reading.say("Left out: rules for which question comes next (preCondition, branchRule).", where=name)
    return order


def _read_section(
    reading: _Reading, section: Node, name: str, category: str, order: list[str], depth: int
) -> None:
    package = reading.package
    assert package is not None
    if section.name == "assessmentItemRef":
        _read_reference(reading, section, name, category, order)
        return
    if section.name == "assessmentSectionRef":
        path = package.find(section.get("href"), posixpath.dirname(name))
        tree = reading.tree(path) if path is not None else None
        if tree is None or depth > _DEEPEST_REFERENCE:
            reading.say(f"The section “{section.get('href')}” is missing.", "error", name)
            return
        section, name = tree, path or name
    title = section.get("title").strip()
    inner = (
        "/".join(part for part in (category, title.replace("/", " ")) if part) if title != "-" else category
    )
    _say_selection(reading, section, name)
    for child in section.elements("assessmentSection", "assessmentSectionRef", "assessmentItemRef"):
        _read_section(reading, child, name, inner, order, depth + 1)


def _say_selection(reading: _Reading, section: Node, name: str) -> None:
    for selection in section.elements("selection"):
        count = len(section.elements("assessmentSection", "assessmentSectionRef", "assessmentItemRef"))
        reading.say(
            f"The section “{section.get('title')}” draws {selection.get('select')} of {count} "
            "questions; all were read. "
            "Build a quiz that draws as many.", "note", name,
        )  # fmt: skip
    if section.elements("rubricBlock"):
        reading.say(f"Left out: the instructions of the section “{section.get('title')}”.", "warning", name)


def _read_reference(reading: _Reading, reference: Node, name: str, category: str, order: list[str]) -> None:
    package = reading.package
    assert package is not None
    path = package.find(reference.get("href"), posixpath.dirname(name))
    if path is None:
        reading.say(
            f"The test asks for “{reference.get('href')}”, which is not in the package.", "error", name
        )
        return
    order.append(path)
    reading.places.setdefault(path, _Place(category, _weight(reference.elements("weight"))))


def _weight(weights: Iterable[Node]) -> float:
    for weight in weights:
        try:
            value = float(weight.get("value", "1"))
        except ValueError:
            continue
        if 0 < value < 1e6:
            return value
    return 1.0
