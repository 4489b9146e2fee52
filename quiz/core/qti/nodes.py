"""A plain tree of elements that QTI 2 and QTI 3 have in common: local names, QTI 3's dashes undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from quiz.core.interchange import NotThisFormat

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Some tools write their elements through an HTML library, which makes all names small.
_WRITTEN_SMALL = {
    name.lower(): name
    for name in (
        "assessmentItem", "itemBody", "responseDeclaration", "outcomeDeclaration", "correctResponse",
        "mapEntry",
        "defaultValue", "responseProcessing", "responseCondition", "responseIf", "responseElse",
        "responseElseIf",
        "setOutcomeValue", "baseValue", "mapResponse", "choiceInteraction", "simpleChoice",
        "textEntryInteraction",
        "extendedTextInteraction", "inlineChoiceInteraction", "inlineChoice", "matchInteraction",
        "simpleMatchSet",
        "simpleAssociableChoice", "orderInteraction", "associateInteraction", "gapMatchInteraction",
        "gapText",
        "hottextInteraction", "sliderInteraction", "modalFeedback", "feedbackInline", "feedbackBlock",
        "responseIdentifier", "maxChoices", "matchMax", "mapKey", "mappedValue", "baseType",
        "outcomeIdentifier",
        "showHide", "caseSensitive", "lowerBound", "upperBound",
    )
}  # fmt: skip
_MOST_ATTRIBUTES = 500
_DASH = re.compile(r"-([a-z0-9])")
_CAPITAL = re.compile(r"[A-Z]")


@dataclass
class Node:
    """name: without namespace, as QTI 2 writes it. line: in the file, from 1; None if unknown."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    line: int | None = None

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def elements(self, *names: str) -> list[Node]:
        """Return the child elements of these names, of all names if none is given."""
        return [c for c in self.children if isinstance(c, Node) and (not names or c.name in names)]

    def first(self, name: str) -> Node | None:
        return next((c for c in self.children if isinstance(c, Node) and c.name == name), None)

    def walk(self) -> Iterator[Node]:
        """Yield the node and all elements within, in the order of the file."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def copy(self) -> Node:
        """Return a tree of its own, with the same in it."""
        children = [child if isinstance(child, str) else child.copy() for child in self.children]
        return Node(self.name, dict(self.attributes), children, self.line)

    def find_all(self, *names: str) -> list[Node]:
        return [node for node in self.walk() if node.name in names]

    def text(self) -> str:
        """Return all text within, as it stands."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


def tree_from(element: Any, *, at_most: int = 100_000) -> Node:
    """Return the tree of an element of lxml or of the standard library's ElementTree.

    Comments and processing instructions are left out. Raises NotThisFormat if there are more elements than
    ``at_most``, or an element has attributes without end: both are made to wear a reader out.
    """
    for count, one in enumerate(element.iter(), 1):
        if count > at_most:
            raise NotThisFormat(f"The file has more than {at_most} elements. Split it.")
        if len(one.attrib) > _MOST_ATTRIBUTES:
            raise NotThisFormat(f"An element of the file has {len(one.attrib)} attributes: refused.")
    return node_from(element)


def tree_of_items(element: Any) -> Node:
    """Return the tree of a file of QTI 2 or 3. Raises NotThisFormat as tree_from does, and for QTI 1.2."""
    if str(element.tag).rpartition("}")[2] == "questestinterop":
        raise NotThisFormat("This is QTI 1.2, as Canvas and older systems write it. Choose that format.")
    return tree_from(element)


def node_from(element: Any) -> Node:
    """Return the tree of an element, however large it is."""
    namespace, _, name = element.tag.rpartition("}")
    dashed = name.startswith("qti-")
    node = Node(
        camel_case(name[4:]) if dashed else _WRITTEN_SMALL.get(name, name),
        {_attribute_name(str(key), dashed=dashed): str(value) for key, value in element.attrib.items()},
        line=getattr(element, "sourceline", None),
    )
    if element.text:
        node.children.append(str(element.text))
    for child in element:
        if isinstance(child.tag, str):
            node.children.append(node_from(child))
        if child.tail:
            node.children.append(str(child.tail))
    return node


def _attribute_name(key: str, *, dashed: bool) -> str:
    if key == XML_LANG:
        return "xml:lang"
    name = key.rpartition("}")[2]
    # Only QTI 3's own attributes are dashed; data-… and aria-… are so in every version.
    if dashed and not name.startswith(("data-", "aria-")):
        return camel_case(name)
    return _WRITTEN_SMALL.get(name, name)


def camel_case(dashed: str) -> str:
    """Return a name of QTI 3, without its ``qti-``, as QTI 2 writes it."""
    return _DASH.sub(lambda found: found[1].upper(), dashed)


def dashed(name: str) -> str:
    """Return a name of QTI 2 as QTI 3 writes it, still without ``qti-``."""
    return _CAPITAL.sub(lambda found: "-" + found[0].lower(), name)


def node(name: str, *children: Node | str, **attributes: str) -> Node:
    """Build an element. A trailing underscore of a keyword is left out, so that ``class_`` can be said."""
    return Node(name, {key.rstrip("_"): value for key, value in attributes.items()}, list(children))


def nodes_in(children: Iterable[Node | str]) -> list[Node]:
    return [child for child in children if isinstance(child, Node)]
