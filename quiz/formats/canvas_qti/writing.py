"""Items written as a package that Canvas imports: an assessment for each category, with its pictures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import quote, unquote

from quiz.core.interchange import Remark, Writing
from quiz.core.items import Item
from quiz.core.packages import write_package
from quiz.core.qti.comparing import differences
from quiz.core.qti.files import Find, Found
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.rendering import render
from quiz.core.qti.writing import identifier_from
from quiz.formats.canvas_qti.item_parts import LABEL, ItemWriter
from quiz.formats.canvas_qti.item_reading import read_item
from quiz.formats.canvas_qti.item_writing import CARRIED, write_item
from quiz.formats.canvas_qti.reading import WITHOUT_CATEGORY

__all__ = ["CARRIED", "write_canvas"]

_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_META = "http://canvas.instructure.com/xsd/cccv1p0"


def write_canvas(items: Iterable[Item]) -> Writing:
    remarks: list[Remark] = []
    media: dict[str, bytes] = {}
    taken: set[str] = set()
    members: dict[str, bytes] = {}
    folders: list[str] = []
    for n, (category, group) in enumerate(groupby(items, key=lambda item: item.category), 1):
        written = []
        for item in group:
            ident = identifier_from(item.id, taken, f"question_{len(taken) + 1}")
            writer = ItemWriter(item, ident, media, [])
            tree = write_item(writer)
            remarks += writer.remarks
            if tree is not None:
                written.append(tree)
                back = read_item(tree, "", _finder(media), [])
                remarks += differences(item, back, LABEL, writer.remarks)
        folder = f"quiz_{n:04}"
        folders.append(folder)
        members[f"{folder}/{folder}.xml"] = render(_assessment(folder, category, written), dashed_names=False)
        members[f"{folder}/assessment_meta.xml"] = render(_meta(folder, category), dashed_names=False)
    members["imsmanifest.xml"] = render(_manifest(folders, media), dashed_names=False)
    members |= {f"web_resources/{name}": data for name, data in media.items()}
    return Writing(write_package(members.items()), remarks)


def _finder(media: dict[str, bytes]) -> Find:
    def find(address: str) -> Found | None:
        name = unquote(address)
        return Found(name, media[name]) if name in media else None

    return find


def _assessment(folder: str, category: str, items: list[Node]) -> Node:
    ident = folder if category else WITHOUT_CATEGORY
    section = node("section", *items, ident="root_section")
    title = writable(category) or "Questions"
    return Node(
        "questestinterop", {"xmlns": _NAMESPACE}, [node("assessment", section, ident=ident, title=title)]
    )


def _meta(folder: str, category: str) -> Node:
    return Node(
        "quiz",
        {"xmlns": _META, "identifier": folder},
        [node("title", writable(category) or "Questions"), node("quiz_type", "assignment")],
    )


def _manifest(folders: list[str], media: dict[str, bytes]) -> Node:
    resources: list[Node | str] = []
    for folder in folders:
        resources.append(
            node(
                "resource", node("file", href=f"{folder}/{folder}.xml"),
                node("dependency", identifierref=f"{folder}_meta"),
                identifier=folder, type="imsqti_xmlv1p2",
            )
        )  # fmt: skip
        address = f"{folder}/assessment_meta.xml"
        kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
        resources.append(
            node("resource", node("file", href=address), identifier=f"{folder}_meta", type=kind, href=address)
        )
    for n, name in enumerate(sorted(media), 1):
        address = f"web_resources/{quote(name)}"
        resources.append(
            node(
                "resource",
                node("file", href=address),
                identifier=f"media_{n}",
                type="webcontent",
                href=address,
            )
        )
    return Node(
        "manifest",
        {"xmlns": _MANIFEST, "identifier": "manifest"},
        [
            node("metadata", node("schema", "IMS Content"), node("schemaversion", "1.1.3")),
            node("organizations"),
            Node("resources", {}, resources),
        ],
    )
