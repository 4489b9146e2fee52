"""Choices, pairs and orders of QTI 1.2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from quiz.core.items import Arrange, Choose, Interaction, Judge, Match, Option
from quiz.core.qti.feedback import Probe
from quiz.core.qti.key_choices import fraction_of, key_of_one, key_of_order, key_of_several
from quiz.core.qti.probing import NoKey
from quiz.formats.canvas_qti.presentation import Response
from quiz.formats.canvas_qti.processing import texts_compared
from quiz.formats.canvas_qti.reader import Reader, Refused, idents, only, prompt, with_label


def read_one(reader: Reader) -> tuple[str, Interaction]:
    response = only(reader)
    ids = idents(response)
    key = key_of_one(ids, lambda chosen: reader.score({response.ident: list(chosen)}))
    probes = [
        Probe(frozenset([i]), max(0.0, f), reader.seen({response.ident: [i]}))
        for i, f in zip(ids, key.fractions, strict=True)
    ]
    reader.sort(probes, {i: i for i in ids})
    # The type decides where there is one: a choice may well be between the words True and False.
    is_choice = reader.meta.get("question_type") == "multiple_choice_question"
    judged = None if is_choice else _judge(reader, response, key.fractions)
    if judged is not None:
        return with_label(reader, response), judged
    return with_label(reader, response), Choose(
        _options(reader, response, key.fractions), False, response.shuffle
    )


def _options(reader: Reader, response: Response, fractions: Sequence[float]) -> tuple[Option, ...]:
    options = []
    for label, fraction in zip(response.labels, fractions, strict=True):
        same = reader.is_own or label.text.format == reader.text_format
        text = (reader.tell(label.text) if reader.is_own else label.text.text).strip()
        options.append(
            Option(text, fraction, reader.text_of(label.ident), None if same else label.text.format)
        )
    return tuple(options)


def _judge(reader: Reader, response: Response, fractions: Sequence[float]) -> Judge | None:
    words = [re.sub(r"<[^>]*>", "", label.text.text).strip().strip(".").lower() for label in response.labels]
    if sorted(words) != ["false", "true"] or sorted(fractions) != [0.0, 1.0]:
        return None
    right, wrong = fractions.index(1.0), fractions.index(0.0)
    told = [reader.text_of(response.labels[n].ident) for n in (right, wrong)]
    return Judge(words[right] == "true", told[0], told[1])


def read_several(reader: Reader) -> tuple[str, Interaction]:
    response = only(reader)
    empty = [label for label in response.labels if not label.text.text.strip()]
    if empty:
        reader.say(f"Left out: {len(empty)} choices without a text.", "note")
        response.labels = [label for label in response.labels if label not in empty]
    ids = idents(response)
    right = _named_right(reader, response, ids)
    key = key_of_several(ids, right, lambda chosen: reader.score({response.ident: list(chosen)}))
    if not key.exact:
        reader.say("Some sets of choices earn other marks there than here; check the marking.")
    chosen = [i for i, f in zip(ids, key.fractions, strict=True) if f > 0]
    sets = [
        [],
        chosen,
        ids,
        *([i] for i in ids),
        *([*chosen[:n], *chosen[n + 1 :]] for n in range(len(chosen))),
    ]
    probes = []
    for one in sets:
        given = {response.ident: one}
        probes.append(
            Probe(frozenset(one), max(0.0, fraction_of(reader.score(given), key.best)), reader.seen(given))
        )
    reader.sort(probes, {i: i for i in ids})
    options = _options(reader, response, key.fractions)
    return with_label(reader, response), Choose(options, True, response.shuffle, key.all_or_nothing)


def _named_right(reader: Reader, response: Response, ids: list[str]) -> list[str]:
    """Return the choices that a condition with a score asks for, outside of any ``not``."""
    refused = {
        found.text().strip()
        for condition in reader.processing.conditions
        for negated in condition.find_all("not")
        for found in negated.find_all("varequal")
    }
    named = {c.text().strip() for c in texts_compared(reader.processing.conditions, response.ident)}
    return [i for i in ids if i in named - refused]


# -- pairs and orders ------------------------------------------------------------------------------
def read_match(reader: Reader) -> tuple[str, Interaction]:
    pairs: list[tuple[str, str]] = []
    rights: list[str] = []
    scores: list[Decimal] = []
    for response in reader.shown.responses:
        right = _best_label(reader, response)
        scores.append(reader.score({response.ident: [right]}) - reader.score({}))
        texts = {label.ident: reader.tell(label.text).strip() for label in response.labels}
        left = reader.tell(response.label).strip()
        if not left:
            raise Refused("one of its left sides has no text")
        pairs.append((left, texts[right]))
        rights += [text for text in texts.values() if text not in rights]
    if len({left for left, _ in pairs}) < len(pairs):
        raise Refused("two of its left sides read the same")
    if any(abs(score - scores[0]) > abs(scores[0]) * Decimal("0.02") for score in scores):
        reader.say("Its pairs count differently there; here each right pair earns the same part of the mark.")
    _sort_matched(reader)
    partners = {right for _, right in pairs}
    return prompt(reader), Match(tuple(pairs), tuple(right for right in rights if right not in partners))


def _sort_matched(reader: Reader) -> None:
    """Find the feedback to the whole: what all right pairs bring, and what none does."""
    right = {response.ident: [_best_label(reader, response)] for response in reader.shown.responses}
    probes = [
        Probe(frozenset(["all"]), 1.0, reader.seen(right)),
        Probe(frozenset(["none"]), 0.0, reader.seen({})),
    ]
    reader.sort(probes, {})


def _best_label(reader: Reader, response: Response) -> str:
    scores = {label.ident: reader.score({response.ident: [label.ident]}) for label in response.labels}
    best = max(scores, key=lambda ident: scores[ident], default="")
    if not best or scores[best] <= reader.score({}):
        raise NoKey
    return best


def read_categories(reader: Reader) -> tuple[str, Interaction]:
    items: dict[str, str] = {}
    partner: dict[str, str] = {}
    for response in reader.shown.responses:
        category = reader.tell(response.label).strip()
        items |= {label.ident: reader.tell(label.text).strip() for label in response.labels}
        for condition in reader.processing.conditions:
            for compared in condition.find_all("varequal") if condition.elements("setvar") else ():
                if compared.get("respident") == response.ident:
                    partner[compared.text().strip()] = category
    lonely = [text for ident, text in items.items() if ident not in partner]
    if lonely:
        reader.say(f"Left out: {'; '.join(lonely)}, since they belong to no category.")
    reader.say("Each category counts as a whole there; here each thing in its category earns its part.")
    pairs = tuple((items[i], category) for i, category in partner.items() if i in items)
    if not pairs:
        raise NoKey
    used = {category for _, category in pairs}
    categories = [reader.tell(r.label).strip() for r in reader.shown.responses]
    return prompt(reader), Match(pairs, tuple(c for c in categories if c not in used))


def read_order(reader: Reader) -> tuple[str, Interaction]:
    response = only(reader)
    texts = {label.ident: reader.tell(label.text).strip() for label in response.labels}
    right = _right_order(reader, response, list(texts))
    left_out = [text for ident, text in texts.items() if ident not in right]
    if left_out:
        reader.say(f"Left out: {'; '.join(left_out)}, since they are not in the right order.")
    steps = tuple(texts[ident] for ident in right)
    if len(set(steps)) < len(steps):
        raise Refused("two of its steps read the same")
    key = key_of_order(right, lambda order: reader.score({response.ident: list(order)}))
    if not key.exact:
        reader.say(f"Orders that are partly right earn other marks there; here it is “{key.grading}”.")
    orders = [right, right[::-1], [*right[1:], right[0]]]
    shares = [max(0.0, fraction_of(reader.score({response.ident: o}), key.best)) for o in orders]
    reader.sort(
        [
            Probe(frozenset(o[:1]), s, reader.seen({response.ident: o}))
            for o, s in zip(orders, shares, strict=True)
        ],
        {},
    )
    if response.label.text:
        reader.say("The labels above and below its order became part of the text.", "note")
    return with_label(reader, response), Arrange(steps, key.grading)


def _right_order(reader: Reader, response: Response, ids: list[str]) -> list[str]:
    for condition in reader.processing.conditions:
        if not condition.elements("setvar"):
            continue
        named = [c for c in condition.find_all("varequal") if c.get("respident") == response.ident]
        named.sort(key=lambda c: int(c.get("index")) if c.get("index").isdigit() else 0)
        order = [c.text().strip() for c in named]
        if len(order) > 1 and set(order) <= set(ids) and len(set(order)) == len(order):
            return order
    raise NoKey
