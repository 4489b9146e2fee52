"""One QTI item, of any version from 2.0 on, read into the neutral vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from quiz.core.html_text import markdown_from_html
from quiz.core.interchange import Remark
from quiz.core.items import Inform, Interaction, Item, TextFormat, Write
from quiz.core.qti.body import Body, prepare_body
from quiz.core.qti.feedback import Sorted
from quiz.core.qti.files import FileShelf, Find
from quiz.core.qti.html_nodes import collapse, html_from_nodes, is_block, plain_from_nodes
from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import NoKey, Prober, declared_prober, prober_of
from quiz.core.qti.processing import Processing
from quiz.core.qti.values import Declaration, NotUnderstood, number_from, read_declaration, values_of

OWN_TOOL = "Footnote"
_LARGEST_ITEM = 20_000

REFUSED = {
    "hotspotInteraction": "places on a picture",
    "selectPointInteraction": "places on a picture",
    "graphicOrderInteraction": "places on a picture",
    "graphicAssociateInteraction": "places on a picture",
    "graphicGapMatchInteraction": "labels on a picture",
    "positionObjectInteraction": "pictures on a picture",
    "positionObjectStage": "pictures on a picture",
    "drawingInteraction": "a drawing",
    "customInteraction": "a program of its own",
    "portableCustomInteraction": "a program of its own",
}


class Refused(ValueError):
    """The item can't be read. The message says what of it, and the way out."""


class NeedsHtml(ValueError):
    """A text of the item is more than plain."""


@dataclass
class Source:
    """An item's tree, and what lies around it. where: as remarks name it."""

    root: Node
    where: str
    find: Find = lambda address: None
    stimuli: Callable[[str], Node | None] = lambda address: None
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_own(self) -> bool:
        return self.root.get("toolName") == OWN_TOOL

    def say(self, text: str, severity: str = "warning", line: int | None = None) -> None:
        remark = Remark(text, severity, line or self.root.line, self.where)  # type: ignore[arg-type]
        if remark not in self.remarks:
            self.remarks.append(remark)


@dataclass
class Reader:
    """What reading one interaction needs: the ready body, the key's prober, and how texts are told."""

    source: Source
    body: Body
    responses: dict[str, Declaration]
    outcomes: dict[str, Declaration]
    prober: Prober
    tell: Callable[[Sequence[Node | str]], str]
    rules: list[Node]
    sorted: Sorted = field(default_factory=Sorted)
    best: float = 1.0
    notes: str = ""

    def declared(self, interaction: Node) -> Declaration:
        name = interaction.get("responseIdentifier").strip()
        found = self.responses.get(name)
        if found is None:
            raise Refused(
                f"<{interaction.name}> answers to “{name}”, which is not declared; add a responseDeclaration"
            )
        return found

    def feedback_text(self, numbers: Iterable[int]) -> str:
        texts = [self.tell([self.prober.feedback[n].node]) for n in numbers]
        return "\n\n".join(dict.fromkeys(text for text in texts if text))


Read = Callable[[Reader], tuple[str, Interaction]]
"""Reads the interactions of a body; returns the prompt and what it asks."""


def read_item(source: Source, read_interactions: Read) -> Item | None:
    """Return the item, None if it could not be read; the source's remarks say why."""
    try:
        return _read(source, read_interactions)
    except Refused as error:
        source.say(f"The question is left out: {error}.", "error")
    except NotUnderstood as error:
        source.say(f"The question is left out: we can't read {error}. Write its key with a mapping.", "error")
    except NoKey:
        source.say(
            "The question is left out: nothing says which answer is right. Add a correctResponse or mapping.",
            "error",
        )
    return None


def _read(source: Source, read_interactions: Read) -> Item:
    root = source.root
    if sum(1 for _ in root.walk()) > _LARGEST_ITEM:
        raise Refused(f"it has more than {_LARGEST_ITEM} elements. Split it")
    _refuse_what_changes(root)
    responses = _declarations(root.elements("responseDeclaration"))
    outcomes = _declarations(root.elements("outcomeDeclaration"))
    at_first = [(n, str(v)) for n, d in outcomes.items() for v in values_of(d.default)]
    shelf = FileShelf(source.find)
    body = prepare_body(_with_stimuli(source), at_first)
    shelf.rewrite(body.root)
    for node in [*(f.node for f in body.feedback), *body.scoring]:
        shelf.rewrite(node)
    refused = [node for node in body.interactions if node.name in REFUSED]
    if refused:
        raise Refused(f"it asks for {REFUSED[refused[0].name]} (<{refused[0].name}>), which we can't ask")
    for what in body.ignored:
        source.say(f"Left out: {what}.", "note")
    for address in shelf.missing:
        source.say(f"The file “{address}” is missing. Put it into the package, or upload the whole package.")
    reader, prompt, interaction, text_format = _with_prober(
        source, body, responses, outcomes, read_interactions
    )
    return _assemble(reader, prompt, interaction, text_format, shelf)


def _refuse_what_changes(root: Node) -> None:
    if root.get("adaptive").strip() in ("true", "1"):
        raise Refused(
            "it is adaptive: what it asks depends on earlier answers. Split it into single questions"
        )
    if root.elements("templateDeclaration", "templateProcessing"):
        raise Refused("it is a template with values drawn by chance. Export it with fixed values")


def _declarations(nodes: Iterable[Node]) -> dict[str, Declaration]:
    declared = [read_declaration(node) for node in nodes]
    return {one.identifier: one for one in declared}


def _with_stimuli(source: Source) -> Node:
    """Return the item with the texts it shares with others put before its body."""
    before: list[Node | str] = []
    for reference in source.root.elements("assessmentStimulusRef"):
        stimulus = source.stimuli(reference.get("href"))
        if stimulus is None:
            source.say(f"The shared text “{reference.get('href')}” is missing. Upload the whole package.")
        else:
            before.append(Node("div", {}, stimulus.children))
    if not before:
        return source.root
    children: list[Node | str] = []
    for child in source.root.children:
        is_body = isinstance(child, Node) and child.name == "itemBody"
        children.append(
            Node("itemBody", child.attributes, [*before, *child.children], child.line)
            if is_body and isinstance(child, Node)
            else child
        )
    return Node(source.root.name, source.root.attributes, children, source.root.line)


def _with_prober(
    source: Source,
    body: Body,
    responses: dict[str, Declaration],
    outcomes: dict[str, Declaration],
    read_interactions: Read,
) -> tuple[Reader, str, Interaction, TextFormat]:
    """Read with the item's own processing; with its declarations alone where that is not understood."""
    processing = source.root.first("responseProcessing")
    before = list(source.remarks)
    try:
        prober = prober_of(processing, responses, outcomes, body.feedback)
        return _in_format(source, body, responses, outcomes, prober, read_interactions)
    except (NotUnderstood, NoKey) as error:
        prober = _fallback(responses, outcomes, body)
        source.remarks[:] = before
        has_rules = processing is not None and bool(processing.elements() or processing.get("template"))
        if isinstance(error, NotUnderstood):
            source.say(
                f"Not understood: {error}. The declared right answers and mappings were taken instead; "
                "check the key."
            )
        elif has_rules:
            source.say(
                "By its own rules no answer earns anything. The declared right answer was taken; check "
                "the key."
            )
        found = _in_format(source, body, responses, outcomes, prober, read_interactions)
        if isinstance(error, NoKey) and not has_rules and prober.processing.rules:
            source.say("The item says nothing of marking; its declared right answers were taken.", "note")
        return found


def _fallback(responses: dict[str, Declaration], outcomes: dict[str, Declaration], body: Body) -> Prober:
    try:
        return declared_prober(responses, outcomes, [])
    except NoKey:
        return Prober(Processing([], responses, outcomes), "SCORE", [])


def _in_format(
    source: Source,
    body: Body,
    responses: dict[str, Declaration],
    outcomes: dict[str, Declaration],
    prober: Prober,
    read_interactions: Read,
) -> tuple[Reader, str, Interaction, TextFormat]:
    own = _own_format(source)
    formats: list[TextFormat] = [own] if own else ["plain", "html"]
    rules = prober.processing.rules
    for text_format in formats:
        reader = Reader(source, body, responses, outcomes, prober, _tellers[text_format], rules)
        before = list(source.remarks)
        try:
            prompt, interaction = read_interactions(reader)
            for node in (one.node for one in body.feedback):
                reader.tell([node])
            reader.notes = "\n\n".join(reader.tell([node]) for node in body.scoring)
            return reader, prompt, interaction, text_format
        except NeedsHtml:
            source.remarks[:] = before
    raise Refused("its texts can't be read")


def _own_format(source: Source) -> TextFormat | None:
    body = source.root.first("itemBody")
    classes = body.get("class").split() if body is not None and source.is_own else []
    known: dict[str, TextFormat] = {"from-plain": "plain", "from-html": "html", "from-markdown": "markdown"}
    return next((known[name] for name in classes if name in known), None)


def _tell_plain(children: Sequence[Node | str]) -> str:
    text = plain_from_nodes(collapse(children))
    if text is None:
        raise NeedsHtml
    return text


def _unwrapped(children: Sequence[Node | str]) -> list[Node | str]:
    """Return what is in the bare ``div`` elements around everything."""
    collapsed = collapse(children)
    while (
        len(collapsed) == 1
        and isinstance(collapsed[0], Node)
        and collapsed[0].name == "div"
        and not collapsed[0].attributes
    ):
        collapsed = collapse(collapsed[0].children)
    return collapsed


def _tell_html(children: Sequence[Node | str]) -> str:
    return html_from_nodes(_spliced(_unwrapped(children))).strip()


def _spliced(children: Sequence[Node | str]) -> list[Node | str]:
    """Return the trees without bare ``div`` elements that only gather blocks."""
    out: list[Node | str] = []
    for child in children:
        bare = isinstance(child, Node) and child.name == "div" and not child.attributes
        if (
            isinstance(child, Node)
            and bare
            and all(isinstance(c, Node) and is_block(c) for c in child.children)
        ):
            out += _spliced(child.children)
        else:
            out.append(child)
    return out


def _tell_markdown(children: Sequence[Node | str]) -> str:
    return markdown_from_html(_tell_html(children))[0]


_tellers: dict[TextFormat, Callable[[Sequence[Node | str]], str]] = {
    "plain": _tell_plain,
    "html": _tell_html,
    "markdown": _tell_markdown,
}


def _assemble(
    reader: Reader, prompt: str, interaction: Interaction, text_format: TextFormat, shelf: FileShelf
) -> Item:
    root, found = reader.source.root, reader.sorted
    for number in found.unsorted:
        text = " ".join(reader.prober.feedback[number].node.text().split())[:60]
        reader.source.say(f"Left out: the feedback “{text}”, shown under a condition that we can't say.")
    if isinstance(interaction, Write) and reader.notes:
        interaction = replace(interaction, notes=reader.notes)
    elif reader.notes:
        reader.source.say("Left out: the rubric for those who mark.", "note")
    identifier, title = root.get("identifier").strip(), root.get("title").strip()
    body = root.first("itemBody")
    if reader.source.is_own and body is not None and "untitled" in body.get("class").split():
        title = ""
    return Item(
        prompt=prompt,
        interaction=interaction,
        id=identifier,
        title=title,
        prompt_format=text_format,
        points=_points(reader, interaction),
        general_feedback=reader.feedback_text(found.general),
        feedback_right=reader.feedback_text(found.right),
        feedback_partial=reader.feedback_text(found.partial),
        feedback_wrong=reader.feedback_text(found.wrong),
        files=tuple(shelf.files),
        language=root.get("xml:lang").strip(),
    )


def _points(reader: Reader, interaction: Interaction) -> float:
    if isinstance(interaction, Inform):
        return 0.0
    declared = declared_maximum(reader.outcomes, reader.prober.score_name)
    if isinstance(interaction, Write):
        return 1.0 if declared is None else declared
    if declared is not None and abs(declared - reader.best) > 1e-6:
        reader.source.say(
            f"The item says that {declared:g} points can be had, but its best answer earns {reader.best:g}; "
            f"{reader.best:g} was taken.",
            "note",
        )
    return reader.best


def declared_maximum(outcomes: dict[str, Declaration], score_name: str) -> float | None:
    """Return the points that the item declares, None if it declares none."""
    maximum = outcomes.get("MAXSCORE")
    values = values_of(maximum.default) if maximum is not None else ()
    score = outcomes.get(score_name) or outcomes.get("SCORE")
    written = [str(value) for value in values] + (
        [score.node.get("normalMaximum")] if score is not None else []
    )
    numbers = [number_from(text) for text in written if text.strip()]
    positive = [float(number) for number in numbers if number is not None and number > 0]
    return positive[0] if positive else None
