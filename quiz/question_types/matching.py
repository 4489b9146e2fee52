"""Matching: the learner finds the right side that belongs to each left side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, StringField

from quiz.core.choices import ShownOption, show_options
from quiz.core.items import Item, Match
from quiz.core.marks import FULL, Mark
from quiz.core.messages import N_
from quiz.core.presentation import id_behind, token_for
from quiz.core.question_type import (
    AnswerLine,
    Body,
    MarkedBy,
    ReviewLine,
    Sample,
    Submitted,
    UnreadableResponse,
    UnusableBody,
)
from quiz.core.rows import new_ids, read_rows, text_of, typed_rows
from quiz.core.sample_forms import SameInEveryField
from quiz.core.written import distinct, flag_in, refuse_strangers, text_in


@dataclass(frozen=True)
class MatchingAsk:
    """lefts: text by id, in the author's order. rights: all right sides, in the alphabet's order.

    shuffle: whether each learner gets an order of their own; else both sides stand as they are here.

    A right side has no id but its text: an id would tell which left side it came with, and two right sides
    that read the same are the same answer.
    """

    lefts: Mapping[str, str]
    rights: tuple[str, ...]
    shuffle: bool = True


@dataclass(frozen=True)
class MatchingKey:
    """right_of: the right side of each left side, by its id. distractors: right sides of none."""

    right_of: Mapping[str, str]
    distractors: tuple[str, ...] = ()


class Shown(NamedTuple):
    """lefts and rights, both in the order of the page."""

    lefts: tuple[ShownOption, ...]
    rights: tuple[ShownOption, ...]


class _Pair(NamedTuple):
    id: str
    left: str
    right: str


class PairForm(Form):
    id = HiddenField()
    left = StringField(N_("Left side"))
    right = StringField(N_("Right side"))


class DistractorForm(Form):
    text = StringField(N_("Extra right side"))


class MatchingType:
    name = "matching"
    label = N_("Matching")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("pairs", "distractors", "shuffle"))
        pairs = read_rows(written, "pairs", _read_pair, at_least=2)
        distinct("pairs", [pair.id for pair in pairs])
        distinct("pairs", [pair.left for pair in pairs])
        distractors = _read_distractors(written)
        right_of = {pair.id: pair.right for pair in pairs}
        distinct("distractors", [*dict.fromkeys(right_of.values()), *distractors])
        rights = tuple(sorted({*right_of.values(), *distractors}))
        if len(rights) < 2:
            raise UnusableBody("pairs", N_("there must be at least two different right sides to choose from"))
        shuffle = flag_in(written, "shuffle", default=True)
        ask = MatchingAsk({pair.id: pair.left for pair in pairs}, rights, shuffle)
        return Body(ask, MatchingKey(right_of, distractors))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        pairs = [{"id": i, "left": left, "right": key.right_of[i]} for i, left in ask.lefts.items()]
        return (
            {"pairs": pairs}
            | ({"distractors": list(key.distractors)} if key.distractors else {})
            | ({} if ask.shuffle else {"shuffle": False})
        )

    def ask_to_json(self, ask: MatchingAsk) -> dict[str, Any]:
        # A list of pairs, since stored JSON sorts its keys and the author's order would be lost.
        return {"lefts": list(ask.lefts.items()), "rights": list(ask.rights), "shuffle": ask.shuffle}

    def ask_from_json(self, stored: Mapping[str, Any]) -> MatchingAsk:
        return MatchingAsk(dict(stored["lefts"]), tuple(stored["rights"]), stored.get("shuffle", True))

    def key_to_json(self, key: MatchingKey) -> dict[str, Any]:
        return {"right_of": dict(key.right_of), "distractors": list(key.distractors)}

    def key_from_json(self, stored: Mapping[str, Any]) -> MatchingKey:
        return MatchingKey(stored["right_of"], tuple(stored["distractors"]))

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "pairs": FieldList(
                FormField(PairForm),
                label=N_("Pairs"),
                description=N_(
                    "Right sides that read the same count as the same answer. Empty rows are ignored."
                ),
                min_entries=4,
            ),
            "distractors": FieldList(
                FormField(DistractorForm),
                label=N_("Extra right sides"),
                description=N_("Right sides that belong to no left side; there may be none."),
                min_entries=2,
            ),
            "shuffle": BooleanField(
                N_("Shuffle both sides for each learner"),
                description=N_(
                    "Else the left sides keep this order, and the right ones that of the alphabet."
                ),
                default=True,
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        pairs = typed_rows(typed["pairs"], "p", named_by="left")
        if any(text_of(row, "right") and not text_of(row, "left") for row in typed["pairs"]):
            raise UnusableBody(
                "pairs", N_("a pair needs both its sides; a right side alone goes to the extra ones")
            )
        distractors = [text_of(row, "text") for row in typed["distractors"] if text_of(row, "text")]
        return self.body_from_plain(
            {"pairs": pairs, "distractors": distractors, "shuffle": bool(typed["shuffle"])}
        )

    def form_from_body(self, body: Body) -> dict[str, Any]:
        plain = self.body_to_plain(body)
        return {
            "pairs": plain["pairs"],
            "distractors": [{"text": text} for text in body.key.distractors],
            "shuffle": body.ask.shuffle,
        }

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: MatchingAsk, seed: str) -> Shown:
        return Shown(
            show_options(ask.lefts, seed, shuffle=ask.shuffle),
            show_options({text: text for text in ask.rights}, seed, shuffle=ask.shuffle),
        )

    def read_response(self, ask: MatchingAsk, submitted: Submitted, seed: str) -> dict[str, str] | None:
        response = {}
        for left_id in ask.lefts:
            tokens = [token for token in submitted.get(_name(seed, left_id), []) if token]
            if not tokens:
                continue
            right = id_behind(seed, tokens[0], ask.rights)
            if right is None or len(tokens) > 1:
                raise UnreadableResponse(N_("Choose each answer from its list on this page"))
            response[left_id] = right
        return response or None

    def submitted_from(self, ask: MatchingAsk, response: dict[str, str], seed: str) -> Submitted:
        return {_name(seed, left_id): [token_for(seed, right)] for left_id, right in response.items()}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: MatchingAsk, key: MatchingKey, response: dict[str, str]) -> Mark:
        found = sum(response.get(left_id) == right for left_id, right in key.right_of.items())
        return Mark(found / len(key.right_of))

    def answer_lines(self, ask: MatchingAsk, response: dict[str, str]) -> tuple[AnswerLine, ...]:
        return tuple(AnswerLine(left, response.get(left_id, "")) for left_id, left in ask.lefts.items())

    def review_lines(
        self, ask: MatchingAsk, key: MatchingKey, response: dict[str, str] | None
    ) -> tuple[ReviewLine, ...]:
        lines = []
        for left_id, left in ask.lefts.items():
            given, right = (response or {}).get(left_id, ""), key.right_of[left_id]
            lines.append(ReviewLine(left, given, right, float(given == right)))
        return tuple(lines)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        ask, key = body
        pairs = tuple((left, key.right_of[i]) for i, left in ask.lefts.items())
        return Item(prompt, Match(pairs, key.distractors, ask.shuffle))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Match(pairs, distractors, shuffle):
                ids = new_ids([left for left, _ in pairs], "p")
                rows = [
                    {"id": i, "left": left, "right": right}
                    for i, (left, right) in zip(ids, pairs, strict=True)
                ]
                try:
                    return self.body_from_plain(
                        {"pairs": rows, "distractors": list(distractors), "shuffle": shuffle}
                    )
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        body = self._capitals("Damascus", "Tehran")
        yield Sample(body, {"syria": "Damascus", "iran": "Tehran", "lebanon": "Beirut"}, FULL)
        yield Sample(body, {"syria": "Tehran", "iran": "Damascus", "lebanon": "Zahlé"}, Mark(0.0))
        yield Sample(body, {"syria": "Damascus"}, Mark(1 / 3))
        twice = Body(
            MatchingAsk(
                {"raisi": "Ebrahim Raisi", "abdo": "Hossein Amir-Abdollahian"},
                ("1 April", "19 May"),
                shuffle=False,
            ),
            MatchingKey({"raisi": "19 May", "abdo": "19 May"}, ("1 April",)),
        )
        yield Sample(twice, {"raisi": "19 May", "abdo": "19 May"}, FULL)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        # Names follow from the seed, so what is unreadable whatever the seed answers to every name.
        yield self._capitals("Damascus", "Tehran"), SameInEveryField("no-such-side")

    def twins(self) -> tuple[Body, Body]:
        return self._capitals("Damascus", "Tehran"), self._capitals("Tehran", "Damascus")

    def _capitals(self, syria: str, iran: str) -> Body:
        return Body(
            MatchingAsk(
                {"syria": "Syria", "iran": "Iran", "lebanon": "Lebanon"},
                ("Beirut", "Damascus", "Tehran", "Zahlé"),
            ),
            MatchingKey({"syria": syria, "iran": iran, "lebanon": "Beirut"}, ("Zahlé",)),
        )


def _read_pair(row: Mapping[str, Any]) -> _Pair:
    refuse_strangers(row, ("id", "left", "right"))
    pair = _Pair(text_in(row, "id"), text_in(row, "left"), text_in(row, "right"))
    for field, text in pair._asdict().items():
        if not text:
            raise UnusableBody(field, N_("{field} is missing"), field=field)
    return pair


def _read_distractors(written: Mapping[str, Any]) -> tuple[str, ...]:
    value = written.get("distractors", [])
    if not isinstance(value, (list, tuple)) or not all(
        isinstance(text, str) and text.strip() for text in value
    ):
        raise UnusableBody("distractors", N_("{field} must be a list of texts"), field="distractors")
    return tuple(text.strip() for text in value)


def _name(seed: str, left_id: str) -> str:
    return f"answer-{token_for(seed, left_id)}"


question_type = MatchingType()
