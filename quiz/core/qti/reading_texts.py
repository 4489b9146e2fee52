"""What an item asks in words: its body with something else in place of its interactions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from quiz.core.qti.html_nodes import has_block, is_block
from quiz.core.qti.nodes import Node
from quiz.core.qti.reading import Reader

BLANK = "_____"
_ASKED = frozenset({
    "simpleChoice", "simpleMatchSet", "simpleAssociableChoice", "inlineChoice", "gapText", "gapImg",
})  # fmt: skip

Instead = Callable[[Node], list[Node | str]]


def replaced(root: Node, instead: Mapping[int, Instead]) -> list[Node | str]:
    """Return the tree's children with some elements, by their ``id()``, replaced; the tree stays."""
    out: list[Node | str] = []
    for child in root.children:
        if isinstance(child, str):
            out.append(child)
        elif id(child) in instead:
            out += instead[id(child)](child)
        else:
            out.append(Node(child.name, child.attributes, replaced(child, instead), child.line))
    return out


def asked_in(interaction: Node) -> list[Node | str]:
    """Return what an interaction says itself: its prompt, and a passage to pick something in."""
    out: list[Node | str] = []
    for child in interaction.children:
        if isinstance(child, str):
            out.append(child)
        elif child.name in ("prompt", "contentBody"):
            out.append(Node("div" if has_block(child.children) else "p", {}, child.children))
        elif child.name == "hottext":
            out += child.children
        elif child.name not in _ASKED:
            out.append(Node(child.name, child.attributes, asked_in(child), child.line))
    return out


def outside(reader: Reader, interactions: Iterable[Node]) -> str:
    """Return the body with each interaction's own prompt in its place."""
    instead: dict[int, Instead] = {id(node): asked_in for node in interactions}
    return reader.tell(replaced(reader.body.root, instead))


def prompt_of(reader: Reader, interaction: Node) -> str:
    return outside(reader, [interaction])


def without(reader: Reader, interaction: Node) -> str:
    """Return the body without a field to type into; a blank stands for one in the middle of a sentence."""
    block = _block_around(reader.body.root, interaction)
    rest = "".join(_text_after(block, interaction))
    blank: list[Node | str] = [BLANK] if rest.strip(" \t\r\n.?!:;,") else []
    return reader.tell(replaced(reader.body.root, {id(interaction): lambda _: blank}))


def _block_around(root: Node, sought: Node) -> Node:
    around = root
    for node in root.walk():
        if is_block(node) and any(inner is sought for inner in node.walk()):
            around = node
    return around


def _text_after(block: Node, sought: Node) -> list[str]:
    """Return the texts of the block that stand after the element."""
    texts: list[str] = []
    passed = False

    def go(node: Node) -> None:
        nonlocal passed
        for child in node.children:
            if child is sought:
                passed = True
            elif isinstance(child, Node):
                go(child)
            elif passed:
                texts.append(child)

    go(block)
    return texts
