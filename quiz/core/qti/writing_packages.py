"""Items written as a package: a file each, a test with their order and categories, the media."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote

from quiz.core.interchange import Remark, Writing
from quiz.core.items import EnterNumber, Item, Write
from quiz.core.losses import lost_remarks, not_carried
from quiz.core.packages import write_package
from quiz.core.qti.comparing import differences
from quiz.core.qti.files import Found
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.interactions import read_interactions
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.reading import Source, read_item
from quiz.core.qti.reading_packages import CATEGORY_SOURCE
from quiz.core.qti.rendering import render
from quiz.core.qti.writing import ItemWriter, finish, identifier_from
from quiz.core.qti.writing_interactions import CARRIED, write_interaction

_CARRIES = (
    "the id", "the title", "the category", "the tags", "the points", "the general feedback",
    "the feedback to the whole response", "the feedback to single answers", "the files",
    "the fixed order of options", "the place of single options",
    "the case of letters", "the way of marking the order", "the limits and notes of free writing",
    "all-or-nothing marking",
)  # fmt: skip


@dataclass(frozen=True)
class Dialect:
    """What tells the versions apart. templates: the address of a response processing template, with a {}."""

    label: str
    dashed_names: bool
    items: str
    templates: str
    manifests: str
    schema: tuple[str, str]
    types: tuple[str, str]
    metadata: str
    keyword: tuple[str, str]


@dataclass
class _Written:
    item: Item
    identifier: str
    tree: Node
    media: list[str] = field(default_factory=list)


def write_qti(items: Iterable[Item], dialect: Dialect) -> Writing:
    remarks: list[Remark] = []
    taken: set[str] = {"assessment", "test", "manifest"}
    media: dict[str, bytes] = {}
    written: list[_Written] = []
    for number, item in enumerate(items, 1):
        if type(item.interaction) not in CARRIED:
            remarks.append(not_carried(item, dialect.label))
            continue
        identifier = identifier_from(item.id, taken, f"item_{number}")
        written.append(_write_one(item, identifier, dialect, media, remarks))
    members = {
        f"items/{one.identifier}.xml": render(one.tree, dashed_names=dialect.dashed_names) for one in written
    }
    members["assessment.xml"] = render(_test(written, dialect), dashed_names=dialect.dashed_names)
    members["imsmanifest.xml"] = render(_manifest(written, media, dialect), dashed_names=False)
    members |= {f"media/{name}": data for name, data in media.items()}
    return Writing(write_package(members.items()), remarks)


def _write_one(
    item: Item, identifier: str, dialect: Dialect, media: dict[str, bytes], remarks: list[Remark]
) -> _Written:
    names = {file.name: _media_name(file.name, file.data, identifier, media) for file in item.files}
    writer = ItemWriter(item, identifier, dialect.label, file_names=lambda name: names[name])
    write_interaction(writer)
    tree = finish(writer)
    tree.attributes = {"xmlns": dialect.items, **tree.attributes}
    for processing in tree.elements("responseProcessing"):
        if processing.get("template"):
            processing.attributes["template"] = dialect.templates.format(processing.get("template"))
    told = [*lost_remarks(item, dialect.label, carried=_carried(item)), *writer.remarks]
    remarks += [*told, *differences(item, _read_back(item, tree, names), dialect.label, told)]
    return _Written(item, identifier, tree, [names[name] for name in dict.fromkeys(writer.used_files)])


def _read_back(item: Item, tree: Node, names: dict[str, str]) -> Item | None:
    """Return the item as a reader of what was written would have it."""
    files = {f"../media/{quote(names[file.name])}": Found(file.name, file.data) for file in item.files}
    # A copy, since reading puts our names for the files into the feedback.
    return read_item(Source(tree.copy(), "", files.get), read_interactions)


def _carried(item: Item) -> list[str]:
    unit_only = isinstance(item.interaction, EnterNumber) and not item.interaction.units
    return [*_CARRIES, "the units"] if unit_only or isinstance(item.interaction, Write) else [*_CARRIES]


def _media_name(name: str, data: bytes, identifier: str, media: dict[str, bytes]) -> str:
    """Return the name that the file has in the package; the same file is there once."""
    safe = name.replace("\\", "/").rpartition("/")[2].lstrip(".") or "file"
    for candidate in (safe, f"{identifier}/{safe}"):
        if media.setdefault(candidate, data) == data:
            return candidate
    number = 2
    while media.setdefault(f"{identifier}/{number}/{safe}", data) != data:
        number += 1
    return f"{identifier}/{number}/{safe}"


def _test(written: list[_Written], dialect: Dialect) -> Node:
    sections = []
    for n, (category, group) in enumerate(groupby(written, key=lambda one: one.item.category), 1):
        references = [
            node("assessmentItemRef", identifier=one.identifier, href=f"items/{one.identifier}.xml")
            for one in group
        ]
        title = category.rpartition("/")[2] or "Questions"
        attributes = {"identifier": f"section_{n}", "title": writable(title), "visible": "true"}
        sections.append(Node("assessmentSection", attributes, [*references]))
    part = node(
        "testPart", *sections, identifier="part_1", navigationMode="nonlinear", submissionMode="individual"
    )
    return Node(
        "assessmentTest", {"xmlns": dialect.items, "identifier": "assessment", "title": "Questions"}, [part]
    )


def _manifest(written: list[_Written], media: dict[str, bytes], dialect: Dialect) -> Node:
    item_type, test_type = dialect.types
    resources = [
        _resource("test", test_type, "assessment.xml", depends=[f"r_{one.identifier}" for one in written])
    ]
    files = {name: f"m_{n}" for n, name in enumerate(sorted(media), 1)}
    for one in written:
        address = f"items/{one.identifier}.xml"
        resource = _resource(
            f"r_{one.identifier}", item_type, address, depends=[files[name] for name in one.media]
        )
        resource.children.insert(0, _metadata(one, dialect))
        resources.append(resource)
    resources += [_resource(i, "webcontent", f"media/{quote(name)}") for name, i in files.items()]
    schema, version = dialect.schema
    return Node(
        "manifest",
        {"xmlns": dialect.manifests, "xmlns:md": dialect.metadata, "identifier": "manifest"},
        [
            node("metadata", node("schema", schema), node("schemaversion", version)),
            node("organizations"),
            Node("resources", {}, [*resources]),
        ],
    )


def _resource(identifier: str, kind: str, address: str, *, depends: Iterable[str] = ()) -> Node:
    return node(
        "resource",
        node("file", href=address),
        *(node("dependency", identifierref=other) for other in depends),
        identifier=identifier, type=kind, href=address,
    )  # fmt: skip


def _metadata(one: _Written, dialect: Dialect) -> Node:
    keyword, text = dialect.keyword
    general = [Node("md:identifier", {}, _identifier(one.item.id, dialect))] if one.item.id else []
    general += [Node("md:title", {}, [Node(text, {}, [writable(one.item.title)])])] if one.item.title else []
    general += [Node(keyword, {}, [Node(text, {}, [writable(tag)])]) for tag in one.item.tags]
    parts = [Node("md:general", {}, [*general])]
    if one.item.category:
        # The test's sections have titles only; here the category stands whole.
        taxon = Node("md:taxon", {}, [Node("md:entry", {}, [Node(text, {}, [writable(one.item.category)])])])
        source = Node("md:source", {}, [Node(text, {}, [CATEGORY_SOURCE])])
        parts.append(Node("md:classification", {}, [Node("md:taxonPath", {}, [source, taxon])]))
    return node("metadata", Node("md:lom", {}, [*parts]))


def _identifier(identifier: str, dialect: Dialect) -> list[Node | str]:
    return [Node("md:entry", {}, [writable(identifier)])] if dialect.dashed_names else [writable(identifier)]
