"""Our interactions, each written as QTI's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Judge,
    Match,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.writing import (
    SHARE_DIGITS,
    ItemWriter,
    as_flow,
    number,
    plain_number,
    set_outcome,
    variable,
    when,
)
from quiz.core.qti.writing_gaps import write_fill
from quiz.core.qti.writing_orders import order_rules
from quiz.core.qti.writing_parts import declaration, exact, mapping, number_part, text_part

RESPONSE, FEEDBACK = "RESPONSE", "FEEDBACK"
VERDICTS = {
    "holds": "The claim holds",
    "out_of_date": "The claim is out of date",
    "wrong": "The claim is wrong",
    "cannot_be_known": "It cannot be known",
}
CARRIED = frozenset(
    {Choose, Judge, EnterText, EnterNumber, EnterDate, Match, Arrange, Fill, CheckClaim, Write, Inform}
)


def write_interaction(writer: ItemWriter) -> None:
    """Put the item's question into the writer."""
    item = writer.item
    if not isinstance(item.interaction, Fill):
        writer.body.append(writer.block(item.prompt))
    match item.interaction:
        case Choose() as choose:
            _choose(writer, choose)
        case Judge() as judge:
            _judge(writer, judge)
        case EnterText() as entry:
            _enter_text(writer, entry)
        case EnterNumber() as entry:
            _enter_number(writer, entry)
        case EnterDate() as date:
            _enter_date(writer, date)
        case Match() as match:
            _match(writer, match)
        case Arrange() as arrange:
            _arrange(writer, arrange)
        case Fill() as fill:
            write_fill(writer, fill)
        case CheckClaim() as claim:
            _check_claim(writer, claim)
        case Write() as free:
            _write(writer, free)
        case Inform():
            pass


# -- choices ---------------------------------------------------------------------------------------
def _choose(writer: ItemWriter, choose: Choose) -> None:
    ids = [f"choice_{n}" for n in range(1, len(choose.options) + 1)]
    texts = [as_flow(writer.text(option.text, option.text_format)) for option in choose.options]
    if not choose.several:
        _choose_one(writer, ids, texts, choose.options, shuffle=choose.shuffle)
        return
    pinned = _pinned(ids, choose.options)
    right = [i for i, option in zip(ids, choose.options, strict=True) if option.fraction > 0]
    _choice_body(writer, ids, texts, pinned, shuffle=choose.shuffle, most=0)
    _option_feedback(writer, ids, choose.options)
    if choose.all_or_nothing:
        writer.declarations.append(declaration(RESPONSE, "multiple", "identifier", right))
        _score_match(writer)
    else:
        earned = [(i, exact(o.fraction) * writer.points) for i, o in zip(ids, choose.options, strict=True)]
        mapped = mapping(earned, lowerBound="0", upperBound=plain_number(writer.points))
        writer.declarations.append(declaration(RESPONSE, "multiple", "identifier", right, mapped))
        _score_mapping(writer)


def _choose_one(
    writer: ItemWriter,
    ids: list[str],
    texts: list[list[Node | str]],
    options: Sequence[Option],
    *,
    shuffle: bool,
) -> None:
    _choice_body(writer, ids, texts, _pinned(ids, options), shuffle=shuffle, most=1)
    _option_feedback(writer, ids, options)
    right = [i for i, option in zip(ids, options, strict=True) if option.fraction == 1]
    if len(right) == 1 and all(option.fraction in (0, 1) for option in options):
        writer.declarations.append(declaration(RESPONSE, "single", "identifier", right))
        _score_match(writer)
        return
    earned = [(i, exact(o.fraction) * writer.points) for i, o in zip(ids, options, strict=True)]
    writer.declarations.append(declaration(RESPONSE, "single", "identifier", right[:1], mapping(earned)))
    _score_mapping(writer)


def _pinned(ids: list[str], options: Sequence[Option]) -> set[str]:
    return {i for i, option in zip(ids, options, strict=True) if option.is_pinned}


def _choice_body(
    writer: ItemWriter,
    ids: list[str],
    texts: list[list[Node | str]],
    pinned: set[str],
    *,
    shuffle: bool,
    most: int,
) -> None:
    choices = [
        Node("simpleChoice", {"identifier": i} | ({"fixed": "true"} if i in pinned else {}), text)
        for i, text in zip(ids, texts, strict=True)
    ]
    writer.body.append(
        node(
            "choiceInteraction",
            *choices,
            responseIdentifier=RESPONSE,
            shuffle=str(shuffle).lower(),
            maxChoices=str(most),
        )  # fmt: skip
    )


def _option_feedback(writer: ItemWriter, ids: list[str], options: Sequence[Option]) -> None:
    for identifier, option in zip(ids, options, strict=True):
        writer.say_feedback(FEEDBACK, identifier, option.feedback)


def _judge(writer: ItemWriter, judge: Judge) -> None:
    told = {judge.answer: judge.feedback_right, (not judge.answer): judge.feedback_wrong}
    options = [Option(str(truth), float(truth == judge.answer), told[truth]) for truth in (True, False)]
    _choose_one(writer, ["true", "false"], [["True"], ["False"]], options, shuffle=False)


def _score_match(writer: ItemWriter) -> None:
    """Give all points for the right answer and none for another."""
    if writer.points == 1 and not writer.has_feedback:
        writer.template = "match_correct"
        return
    is_right = node("match", variable(RESPONSE), node("correct", identifier=RESPONSE))
    writer.rules.append(when(is_right, set_outcome("SCORE", number(writer.points))))
    _show_chosen(writer)


def _score_mapping(writer: ItemWriter) -> None:
    if not writer.has_feedback:
        writer.template = "map_response"
        return
    writer.rules.append(set_outcome("SCORE", node("mapResponse", identifier=RESPONSE)))
    _show_chosen(writer)


def _show_chosen(writer: ItemWriter) -> None:
    if any(modal.get("outcomeIdentifier") == FEEDBACK for modal in writer.modals):
        writer.rules.append(set_outcome(FEEDBACK, node("multiple", variable(RESPONSE))))


# -- typed -----------------------------------------------------------------------------------------
def _entry_field(class_: str = "", after: list[Node | str] | None = None) -> Node:
    attributes = {"class": class_} if class_ else {}
    entry = Node("textEntryInteraction", {"responseIdentifier": RESPONSE, **attributes})
    return Node("p", {}, [entry, *(after or [])])


def _enter_text(writer: ItemWriter, entry: EnterText) -> None:
    writer.body.append(_entry_field())
    for n, answer in enumerate(entry.answers, 1):
        writer.say_feedback(FEEDBACK, f"answer_{n}", answer.feedback)
    declared, rules = text_part(entry, RESPONSE, "SCORE", writer.points, FEEDBACK)
    writer.declarations.append(declared)
    if declared.first("mapping") is not None and not writer.has_feedback:
        writer.template = "map_response"
    elif declared.first("mapping") is not None:
        writer.rules.append(set_outcome("SCORE", node("mapResponse", identifier=RESPONSE)))
    else:
        writer.rules += rules


def _enter_number(writer: ItemWriter, entry: EnterNumber) -> None:
    unit: list[Node | str] = []
    if entry.unit:
        unit = [" ", Node("span", {"class": "unit"}, [writable(entry.unit)])]
    writer.body.append(_entry_field(after=unit))
    for n, answer in enumerate(entry.answers, 1):
        writer.say_feedback(FEEDBACK, f"answer_{n}", answer.feedback)
    declared, rules = number_part(entry, RESPONSE, "SCORE", writer.points, FEEDBACK)
    writer.declarations.append(declared)
    writer.rules += rules
    if any(answer.tolerance_type == "geometric" for answer in entry.answers):
        writer.say("A tolerance by factors is written as the range that it gives.", "note")


def _enter_date(writer: ItemWriter, date: EnterDate) -> None:
    writer.body.append(_entry_field(class_=f"date date-{date.precision}"))
    entry = EnterText((TextAnswer(date.answer),))
    declared, _ = text_part(entry, RESPONSE, "SCORE", writer.points, FEEDBACK)
    writer.declarations.append(declared)
    _score_mapping(writer)
    writer.say(f"{writer.label} has no dates: elsewhere the answer has to be typed as {date.answer}.")


# -- pairs and orders ------------------------------------------------------------------------------
def _match(writer: ItemWriter, match: Match) -> None:
    rights = list(dict.fromkeys([right for _, right in match.pairs] + list(match.distractors)))
    left_ids = [f"left_{n}" for n in range(1, len(match.pairs) + 1)]
    right_ids = {right: f"right_{n}" for n, right in enumerate(sorted(rights), 1)}
    lefts = [_associable(writer, i, left, 1) for i, (left, _) in zip(left_ids, match.pairs, strict=True)]
    offered = [_associable(writer, right_ids[r], r, len(match.pairs)) for r in sorted(rights)]
    writer.body.append(
        node(
            "matchInteraction",
            node("simpleMatchSet", *lefts),
            node("simpleMatchSet", *offered),
            responseIdentifier=RESPONSE,
            shuffle=str(match.shuffle).lower(),
            maxAssociations=str(len(lefts)),
        )  # fmt: skip
    )
    correct = [f"{i} {right_ids[right]}" for i, (_, right) in zip(left_ids, match.pairs, strict=True)]
    share = writer.points / len(correct)
    is_short = round(share, SHARE_DIGITS) == share
    each = share if is_short else Decimal(1)
    mapped = mapping([(pair, each) for pair in correct])
    writer.declarations.append(declaration(RESPONSE, "multiple", "directedPair", correct, mapped))
    if is_short and not writer.has_feedback:
        writer.template = "map_response"
        return
    earned = node("mapResponse", identifier=RESPONSE)
    if not is_short:
        scaled = node("product", earned, number(writer.points))
        earned = node("divide", scaled, number(Decimal(len(correct))))
    writer.rules.append(set_outcome("SCORE", earned))


def _associable(writer: ItemWriter, identifier: str, text: str, most: int) -> Node:
    attributes = {"identifier": identifier, "matchMax": str(most)}
    return Node("simpleAssociableChoice", attributes, as_flow(writer.text(text)))


def _arrange(writer: ItemWriter, arrange: Arrange) -> None:
    ids = {step: f"step_{n}" for n, step in enumerate(sorted(arrange.steps), 1)}
    choices = [
        Node("simpleChoice", {"identifier": ids[step]}, as_flow(writer.text(step)))
        for step in sorted(arrange.steps)
    ]
    attributes = {"responseIdentifier": RESPONSE, "shuffle": "true", "data-grading": arrange.grading}
    writer.body.append(Node("orderInteraction", attributes, [*choices]))
    right = [ids[step] for step in arrange.steps]
    writer.declarations.append(declaration(RESPONSE, "ordered", "identifier", right))
    rules = order_rules(right, arrange.grading, writer.points)
    if rules is None:
        writer.say(
            f"{writer.label} can't mark “{arrange.grading}” for this many steps: elsewhere it is all "
            "or nothing."
        )
    if rules:
        writer.rules += rules
    else:
        _score_match(writer)


# -- the rest --------------------------------------------------------------------------------------
def _check_claim(writer: ItemWriter, claim: CheckClaim) -> None:
    writer.classes.append("check-claim")
    parts = [("RESPONSE_1", [(key, [text], key == claim.verdict) for key, text in VERDICTS.items()], False)]
    if claim.corrections:
        told = [
            (f"choice_{n}", writer.text(text), right) for n, (text, right) in enumerate(claim.corrections, 1)
        ]
        parts.append(("RESPONSE_2", told, True))  # type: ignore[arg-type]
    conditions = []
    for response, options, shuffle in parts:
        choices = [Node("simpleChoice", {"identifier": i}, as_flow(list(text))) for i, text, _ in options]
        writer.body.append(
            node(
                "choiceInteraction",
                *choices,
                responseIdentifier=response,
                shuffle=str(shuffle).lower(),
                maxChoices="1",
            )  # fmt: skip
        )
        correct = [i for i, _, right in options if right][:1]
        writer.declarations.append(declaration(response, "single", "identifier", correct))
        conditions.append(node("match", variable(response), node("correct", identifier=response)))
    share = number(writer.points / len(parts))
    for condition in conditions:
        writer.rules.append(when(condition, set_outcome("SCORE", node("sum", variable("SCORE"), share))))
    writer.say("A claim to be checked is written as a choice of the verdict" + (
        " and one of the correction, half the points each." if claim.corrections else "."
    ), "note")  # fmt: skip


def _write(writer: ItemWriter, free: Write) -> None:
    limits = {"data-min-words": free.min_words, "data-max-words": free.max_words}
    attributes = {name: str(words) for name, words in limits.items() if words is not None}
    if free.template:
        attributes["placeholderText"] = " ".join(writable(free.template).split())
    field_node = Node("extendedTextInteraction", {"responseIdentifier": RESPONSE, **attributes})
    writer.declarations.append(declaration(RESPONSE, "single", "string", []))
    if free.notes:
        writer.body.insert(0, Node("rubricBlock", {"view": "scorer"}, as_flow(writer.text(free.notes))))
    writer.body.append(field_node)
    for n in range(free.files):
        name = f"FILE_{n + 1}"
        writer.declarations.append(declaration(name, "single", "file", []))
        writer.body.append(node("uploadInteraction", responseIdentifier=name))
