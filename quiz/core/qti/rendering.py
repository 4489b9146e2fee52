"""Trees written as XML, for QTI 2 as they are and for QTI 3 with its dashed names."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from quiz.core.qti.nodes import Node, dashed

# QTI's elements of one word; the others have a capital letter, which no HTML element has.
_ONE_WORD = frozenset({
    "prompt", "value", "mapping", "variable", "correct", "match", "equal", "sum", "product", "divide",
    "and", "or",
    "not", "gap", "gte", "lte", "gt", "lt", "index", "multiple", "ordered", "null", "hottext",
    "weight", "subtract",
    "member", "selection", "ordering",
})  # fmt: skip
_WITH_CONTENT_BODY = frozenset({"modalFeedback", "feedbackBlock", "rubricBlock"})
_MATH = "http://www.w3.org/1998/Math/MathML"


def render(root: Node, *, dashed_names: bool) -> bytes:
    """Return the document, UTF-8; dashed_names: as QTI 3 writes it."""
    text = _rendered(root, dashed_names=dashed_names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _rendered(node: Node, *, dashed_names: bool) -> str:
    is_qti = node.name in _ONE_WORD or node.name.lower() != node.name
    rename = dashed_names and is_qti and ":" not in node.name
    name = f"qti-{dashed(node.name)}" if rename else node.name
    attributes = dict(node.attributes)
    if node.name == "math":
        attributes = {"xmlns": _MATH, **attributes}
    written = "".join(
        f" {_attribute(key) if rename else key}={quoteattr(value)}" for key, value in attributes.items()
    )
    children = node.children
    if rename and node.name in _WITH_CONTENT_BODY:
        children = [Node("contentBody", {}, children)]
    inner = "".join(
        escape(child) if isinstance(child, str) else _rendered(child, dashed_names=dashed_names)
        for child in children
    )
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _attribute(key: str) -> str:
    return key if ":" in key or key == "xmlns" or key.startswith("data-") else dashed(key)
