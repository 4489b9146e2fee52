"""What is typed in QTI 1.2: words, numbers, and texts with several gaps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Literal

from quiz.core.items import (
    CheckClaim,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Interaction,
    NumberAnswer,
    Option,
    TextAnswer,
)
from quiz.core.qti.feedback import Probe
from quiz.core.qti.key_choices import fraction_of
from quiz.core.qti.key_entries import NumberHint, exact_hint, key_from_hints
from quiz.core.qti.nodes import Node
from quiz.core.qti.patterns import read_patterns
from quiz.core.qti.probing import NoKey
from quiz.core.qti.values import NotUnderstood, number_from
from quiz.formats.canvas_qti.presentation import Label, Response, Text
from quiz.formats.canvas_qti.processing import texts_compared
from quiz.formats.canvas_qti.reader import NOBODY_TYPES, Reader, Refused, name_of, only, prompt

Given = dict[str, Sequence[str]]
VERDICTS: tuple[Literal["holds", "out_of_date", "wrong", "cannot_be_known"], ...] = (
    "holds", "out_of_date", "wrong", "cannot_be_known",
)  # fmt: skip
Gap = Choose | EnterText | EnterNumber


def read_short_answer(reader: Reader) -> tuple[str, Interaction]:
    response = only(reader)
    if reader.item.find_all("vargte", "vargt", "varlte", "varlt"):
        return read_number(reader)
    entry, _ = _text_key(reader, response, {})
    return prompt(reader), entry


def _text_key(reader: Reader, response: Response, others: Given) -> tuple[EnterText, Decimal]:
    """Return the words that the response takes, and what the best of them earn.

    others: what is given elsewhere in the item meanwhile.
    """

    def given(text: str) -> Given:
        return {**others, response.ident: [text]}

    compared = texts_compared(reader.processing.conditions, response.ident)
    texts = list(dict.fromkeys(node.text().strip() for node in compared if node.text().strip()))
    nothing = reader.score(given(NOBODY_TYPES))
    scores = {text: reader.score(given(text)) - nothing for text in texts}
    best = max(scores.values(), default=Decimal(0))
    if best <= 0:
        raise NoKey
    probes = [
        Probe(frozenset([t]), max(0.0, fraction_of(s, best)), reader.seen(given(t)))
        for t, s in scores.items()
    ]
    probes.append(Probe(frozenset("*"), 0.0, reader.seen(given(NOBODY_TYPES))))
    reader.sort(probes, _answer_names(reader, texts) | {"*": "*"})
    part = {node.text().strip() for node in compared if node.name == "varsubstring"}
    answers = [
        TextAnswer(_pattern(t, within=t in part), max(0.0, fraction_of(s, best)), reader.text_of(t))
        for t, s in scores.items()
        if s > 0 or reader.text_of(t)
    ]
    if reader.text_of("*"):
        answers.append(TextAnswer("*", 0.0, reader.text_of("*")))
    sensitive = [node.get("case").strip().lower() == "yes" for node in compared]
    if len(set(sensitive)) > 1:
        reader.say("Case matters in some of its answers only; here it matters in all.")
    return EnterText(tuple(answers), any(sensitive)), best


def _answer_names(reader: Reader, texts: list[str]) -> dict[str, str]:
    """Return the ident that the feedback to each answer is called by."""
    names = {text: text for text in texts}
    for condition in reader.processing.conditions:
        compared = [found.text().strip() for found in condition.find_all("varequal")]
        links = [
            link.get("linkrefid").strip().removesuffix("_fb")
            for link in condition.elements("displayfeedback")
        ]
        if len(compared) == 1 and compared[0] in names and len(links) == 1:
            names[compared[0]] = links[0]
    return names


def _pattern(text: str, *, within: bool) -> str:
    literal = text.replace("*", "\\*")
    return f"*{literal}*" if within else literal


# -- numbers ---------------------------------------------------------------------------------------
def read_number(reader: Reader) -> tuple[str, Interaction]:
    entry, _ = _number_key(reader, only(reader), {})
    return prompt(reader), entry


def _number_key(reader: Reader, response: Response, others: Given) -> tuple[EnterNumber, Decimal]:
    """Return the numbers that the response takes, and what the best of them earn."""
    nothing = reader.score({**others, response.ident: []})

    def earned(number: Decimal) -> tuple[Decimal, frozenset[int]]:
        # The sign tells the processing that this is a number, and no word of digits.
        given = {**others, response.ident: [f"#{number}"]}
        return reader.score(given) - nothing, reader.seen(given)

    key = key_from_hints(_hints(reader, response), earned)
    if key.open_bounds:
        reader.say("A range there leaves one of its bounds out; here it counts as within it.", "note")
    names = {str(n): str(n) for n in range(len(key.ranges))}
    probes = [
        Probe(frozenset([str(n)]), max(0.0, fraction_of(r.score, key.best)), r.feedback)
        for n, r in enumerate(key.ranges)
    ]
    reader.sort([*probes, Probe(frozenset("*"), 0.0, key.otherwise)], names | {"*": "*"})
    answers = [
        NumberAnswer(
            r.value,
            r.tolerance,
            max(0.0, fraction_of(r.score, key.best)),
            reader.text_of(str(n)),
            r.tolerance_type,
        )
        for n, r in enumerate(key.ranges)
    ]
    if reader.text_of("*"):
        answers.append(NumberAnswer("*", "0", 0.0, reader.text_of("*")))
    return EnterNumber(tuple(answers)), key.best


def _hints(reader: Reader, response: Response) -> list[NumberHint]:
    hints: list[NumberHint | None] = []
    for condition in reader.processing.conditions:
        for parts in condition.walk():
            own = [part for part in parts.elements() if part.get("respident") == response.ident]
            exact = [part for part in own if part.name == "varequal"]
            hints += [exact_hint(part.text()) for part in own]
            low, high = _bounds(parts)
            if low is not None and high is not None:
                middle = (low + high) / 2
                hints.append(
                    NumberHint(
                        low, high, f"{middle.normalize():f}", f"{((high - low) / 2).normalize():f}", "nominal"
                    )
                )
            hints += [_around(part, parts) for part in exact]
    return [hint for hint in hints if hint is not None]


def _bounds(parts: Node) -> tuple[Decimal | None, Decimal | None]:
    lows = [number_from(part.text()) for part in parts.elements("vargte", "vargt")]
    highs = [number_from(part.text()) for part in parts.elements("varlte", "varlt")]
    return (lows[0], highs[0]) if len(lows) == len(highs) == 1 else (None, None)


def _around(exact: Node, parts: Node) -> NumberHint | None:
    """Return the range that stands beside an exact number and has it in its middle."""
    value = number_from(exact.text())
    for beside in parts.elements("and"):
        low, high = _bounds(beside)
        if value is None or low is None or high is None or high - value != value - low:
            continue
        written = exact.text().strip()
        margin = number_from(exact.get("margin"))
        if exact.get("margintype").lower() == "percent" and margin is not None and value:
            share = margin / 100
            if abs(value) * share == high - value:
                return NumberHint(low, high, written, f"{share.normalize():f}", "relative")
        return NumberHint(low, high, written, f"{(high - value).normalize():f}", "nominal")
    return None


# -- gaps ------------------------------------------------------------------------------------------
def read_blanks(reader: Reader) -> tuple[str, Interaction]:
    """Read Canvas's blanks in brackets: every answer listed is right, except in a list to choose from."""
    gaps: list[Gap] = []
    for response in reader.shown.responses:
        kinds = {label.attributes.get("answer_type", "").lower() for label in response.labels}
        if kinds & {"dropdown", "wordbank"}:
            gaps.append(_choice_gap(reader, response)[0])
        else:
            gaps.append(_typed_gap(reader, response))
    return "", Fill(_template(reader), tuple(gaps))


def read_drop_downs(reader: Reader) -> tuple[str, Interaction]:
    found = [_choice_gap(reader, response) for response in reader.shown.responses]
    weights = [weight for _, weight in found]
    if any(abs(weight - weights[0]) > abs(weights[0]) * Decimal("0.02") for weight in weights):
        return "", Fill(_template(reader), tuple(gap for gap, _ in found), tuple(map(float, weights)))
    return "", Fill(_template(reader), tuple(gap for gap, _ in found))


def claim_from(gaps: Sequence[Gap]) -> CheckClaim:
    """Return the claim to be checked that Footnote wrote as lists to choose from.

    Raises NoKey if it is none.
    """
    lists = [gap for gap in gaps if isinstance(gap, Choose)]
    verdicts = [option.fraction == 1 for option in lists[0].options] if lists else []
    if len(verdicts) != len(VERDICTS) or True not in verdicts:
        raise NoKey
    verdict = VERDICTS[verdicts.index(True)]
    told = tuple((option.text, option.fraction == 1) for option in lists[1].options) if len(lists) > 1 else ()
    return CheckClaim(verdict, told)


def _template(reader: Reader) -> str:
    template = prompt(reader)
    for n, response in enumerate(reader.shown.responses, 1):
        name = name_of(response)
        marks = (f"[{name}]", f"[{escape(name, quote=False)}]")
        mark = next((mark for mark in marks if mark in template), "")
        if mark:
            template = template.replace(mark, f"[[{n}]]", 1)
        else:
            reader.say(f"Its text has no place [{name}]; the gap stands at the end.")
            template += f" [[{n}]]"
    return template


def _choice_gap(reader: Reader, response: Response) -> tuple[Choose, Decimal]:
    nothing = reader.score({})
    scores = [reader.score({response.ident: [label.ident]}) - nothing for label in response.labels]
    best = max(scores, default=Decimal(0))
    if best <= 0:
        raise NoKey
    options = tuple(
        Option(reader.tell(label.text).strip(), fraction_of(score, best), _label_feedback(reader, label))
        for label, score in zip(response.labels, scores, strict=True)
    )
    return Choose(options, False, response.shuffle), best


def _label_feedback(reader: Reader, label: Label) -> str:
    return reader.feedback_text([n for n, one in enumerate(reader.feedback) if one.identifier == label.ident])


def _typed_gap(reader: Reader, response: Response) -> EnterText:
    answers: list[TextAnswer] = []
    for label in response.labels:
        text = label.text.text.strip()
        for pattern in _accepted(reader, label, text):
            if pattern:
                answers.append(TextAnswer(pattern, 1.0, _label_feedback(reader, label)))
    if not answers:
        raise NoKey
    return EnterText(tuple(answers), _case_matters(reader, response))


def _accepted(reader: Reader, label: Label, text: str) -> list[str]:
    """Return the patterns that a blank of New Quizzes accepts; one of classic Canvas accepts its text."""
    literal = text.replace("*", "\\*")
    match label.attributes.get("scoring_algorithm", ""):
        case "TextContainsAnswer":
            return [f"*{literal}*"]
        case "TextRegex":
            try:
                return [pattern.wildcard for pattern in read_patterns(text)]
            except NotUnderstood as error:
                raise Refused(f"we can't read {error}; list the words that it accepts") from None
        case "TextCloseEnough":
            reader.say(f"“{text}” was accepted with small misspellings; here it has to be spelt so.")
    return [literal]


def _case_matters(reader: Reader, response: Response) -> bool:
    if reader.meta.get("case_sensitive", "").lower() == "true":
        return True
    return any(
        label.attributes.get("scoring_algorithm") == "TextEquivalence"
        and label.attributes.get("ignore_case", "").lower() == "false"
        for label in response.labels
    )


def read_fields(reader: Reader) -> tuple[str, Interaction]:
    """Read fields that stand within the text."""
    best: Given = {}
    for response in reader.shown.responses:
        compared = texts_compared(reader.processing.conditions, response.ident)
        if not compared:
            raise NoKey
        best[response.ident] = [compared[0].text().strip()]
    gaps: list[Gap] = []
    weights: list[Decimal] = []
    for response in reader.shown.responses:
        others = {ident: given for ident, given in best.items() if ident != response.ident}
        is_number = response.kind == "response_num"
        gap, weight = (_number_key if is_number else _text_key)(reader, response, others)
        gaps.append(gap)
        weights.append(weight)
    if (
        abs(sum(weights, Decimal(0)) + reader.score({}) - reader.score(best)) > Decimal("1e-6")
        and len(gaps) > 1
    ):
        reader.say("There the gaps only count together; here each gap earns its part of the mark.")
        weights = [Decimal(1)] * len(gaps)
    template, count = "", 0
    for part in reader.shown.parts:
        if isinstance(part, Text):
            template += reader.tell(part) if template else reader.tell(part).lstrip()
        else:
            count += 1
            template += f"[[{count}]]"
    same = all(abs(weight - weights[0]) <= abs(weights[0]) * Decimal("0.02") for weight in weights)
    return "", Fill(template.rstrip(), tuple(gaps), () if same else tuple(map(float, weights)))
