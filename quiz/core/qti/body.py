"""An item's body, made ready: feedback taken out, pictures as images, only what a learner sees left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import Feedback

_FEEDBACK = {"feedbackInline", "feedbackBlock"}
_DROPPED = {
    "stylesheet", "infoControl", "catalogInfo", "script", "style", "include", "companionMaterialsInfo",
    "endAttemptInteraction",
}  # fmt: skip
_UNWRAPPED = {"contentBody", "templateInline", "templateBlock", "stimulusBody"}
_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp")


@dataclass
class Body:
    """root: the item body. interactions: in it, in order. scoring: rubrics for those who mark."""

    root: Node
    interactions: list[Node] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    scoring: list[Node] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def prepare_body(item: Node, shown_at_first: Iterable[tuple[str, str]]) -> Body:
    """Return the item's body, with its stimulus and its rubrics for learners in place.

    shown_at_first: outcomes and identifiers whose feedback is to be seen before any answer.
    """
    found = item.first("itemBody")
    body = Body(found.copy() if found is not None else Node("itemBody"))
    at_first = set(shown_at_first)
    _clean(body.root, body, at_first)
    for modal in item.elements("modalFeedback"):
        if modal.find_all("feedbackInline", "feedbackBlock") == []:
            _keep_feedback(modal, body)
    body.interactions = [node for node in body.root.walk() if node.name.endswith("Interaction")]
    return body


def _clean(parent: Node, body: Body, at_first: set[tuple[str, str]]) -> None:
    children: list[Node | str] = []
    for child in parent.children:
        if isinstance(child, str):
            children.append(child)
            continue
        _clean(child, body, at_first)
        children += _cleaned(child, body, at_first)
    parent.children = children


def _cleaned(node: Node, body: Body, at_first: set[tuple[str, str]]) -> list[Node | str]:
    if node.name in _FEEDBACK:
        if _has_interaction(node) or (node.get("outcomeIdentifier"), node.get("identifier")) in at_first:
            return node.children
        _keep_feedback(node, body)
        return []
    if node.name in _DROPPED:
        if node.name == "endAttemptInteraction":
            body.ignored.append("the button “" + (node.get("title") or "hint") + "” (endAttemptInteraction)")
        return []
    if node.name == "rubricBlock":
        return _rubric(node, body)
    if node.name in _UNWRAPPED:
        return node.children
    if node.name == "mediaInteraction":
        body.ignored.append("that the medium has to be played (mediaInteraction)")
        return [Node("div", {}, node.children)]
    if node.name in ("object", "figure", "picture"):
        return [_picture(node)]
    _plain_attributes(node)
    return [node]


def _has_interaction(node: Node) -> bool:
    return any(found.name.endswith("Interaction") for found in node.walk())


def _keep_feedback(node: Node, body: Body) -> None:
    kept = Node("div", {}, node.children)
    for inner in kept.find_all("contentBody"):
        inner.name = "div"
    body.feedback.append(
        Feedback(
            node.get("outcomeIdentifier"), node.get("identifier").strip(), node.get("showHide", "show"), kept
        )
    )


def _rubric(node: Node, body: Body) -> list[Node | str]:
    views = node.get("view", "candidate").split()
    if "candidate" in views or "testConstructor" in views and len(views) > 3:
        return [Node("div", {}, node.children)]
    if "scorer" in views:
        body.scoring.append(Node("div", {}, node.children))
    else:
        body.ignored.append(f"a rubric for {', '.join(views)}")
    return []


def _picture(node: Node) -> Node:
    address, kind = node.get("data"), node.get("type")
    is_picture = kind.startswith("image/") or (not kind and address.lower().endswith(_SUFFIXES))
    if node.name != "object" or not is_picture:
        return node
    sizes = [name for name in ("width", "height") if name in node.attributes]
    kept: dict[str, str] = {name: node.attributes[name] for name in sizes}
    alternative = " ".join(node.text().split()) or node.get("aria-label")
    return Node("img", {"src": address, "alt": alternative, **kept}, [], node.line)


def _plain_attributes(node: Node) -> None:
    if node.name in ("img", "audio", "video", "source", "a"):
        for name in [
            n for n in node.attributes if n not in ("src", "href", "alt", "title", "width", "height", "type")
        ]:
            del node.attributes[name]
