"""Claim check: the learner judges a claim of a source, then picks the correction.

The verdict is the whole mark where no corrections are offered. Where they are, verdict and correction are
half of it each, and the correction counts only with the right verdict: beside a wrong one it is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast, get_args

from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice

from quiz.core.choices import ShownOption, show_options
from quiz.core.items import CheckClaim, Item
from quiz.core.marks import FULL, ZERO, Mark
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
from quiz.core.questions import ClaimVerdict
from quiz.core.rows import new_ids, read_rows, typed_rows
from quiz.core.written import distinct, flag_in, one_of, refuse_strangers, text_in

VERDICTS: tuple[ClaimVerdict, ...] = get_args(ClaimVerdict)

# In this order on every page, so that the order says nothing and nobody has to look for it.
VERDICT_LABELS: dict[ClaimVerdict, str] = {
    "holds": N_("It holds"),
    "out_of_date": N_("It is out of date"),
    "wrong": N_("It is wrong"),
    "cannot_be_known": N_("It cannot be known from here"),
}
CORRECTABLE: tuple[ClaimVerdict, ...] = ("out_of_date", "wrong")

NO_CORRECTION = N_("No correction is needed or possible")
NO_CORRECTION_VALUE = "none"

JUDGED = N_("The claim")
CORRECTED = N_("The correction")
COUNTS_ONLY_TOGETHER = N_("The correction counts only together with the right verdict.")


@dataclass(frozen=True)
class ClaimCheckAsk:
    """corrections: text by id, in the author's order; empty if the verdict alone is asked for."""

    corrections: Mapping[str, str]


@dataclass(frozen=True)
class ClaimCheckKey:
    """right: id of the right correction, "" if none is needed or possible."""

    verdict: ClaimVerdict
    right: str = ""


class ShownVerdict(NamedTuple):
    """label: marked for translation."""

    value: str
    label: str


class Shown(NamedTuple):
    """corrections: in the seed's order; the page adds, last of all, that none is needed or possible."""

    verdicts: tuple[ShownVerdict, ...]
    corrections: tuple[ShownOption, ...]


class _Correction(NamedTuple):
    id: str
    text: str
    right: bool


class CorrectionForm(Form):
    id = HiddenField()
    text = StringField(N_("Correction"))
    right = BooleanField(N_("Right correction"))


class ClaimCheckType:
    name = "claim_check"
    label = N_("Claim check")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("verdict", "corrections"))
        verdict = cast(ClaimVerdict, one_of(written, "verdict", VERDICTS))
        corrections = read_rows(written, "corrections", _read_correction)
        distinct("corrections", [correction.id for correction in corrections])
        distinct("corrections", [correction.text for correction in corrections])
        right = [correction.id for correction in corrections if correction.right]
        wanted = 1 if corrections and verdict in CORRECTABLE else 0
        if len(right) != wanted:
            raise UnusableBody(
                "corrections",
                N_("with the verdict {verdict}, {wanted} corrections must be right, not {count}"),
                verdict=verdict, wanted=wanted, count=len(right),
            )  # fmt: skip
        return Body(
            ClaimCheckAsk({correction.id: correction.text for correction in corrections}),
            ClaimCheckKey(verdict, right[0] if right else ""),
        )

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        rows = [
            {"id": i, "text": text} | ({"right": True} if i == key.right else {})
            for i, text in ask.corrections.items()
        ]
        return {"verdict": key.verdict} | ({"corrections": rows} if rows else {})

    def ask_to_json(self, ask: ClaimCheckAsk) -> dict[str, Any]:
        # A list of pairs, since stored JSON sorts its keys and the author's order would be lost.
        return {"corrections": list(ask.corrections.items())}

    def ask_from_json(self, stored: Mapping[str, Any]) -> ClaimCheckAsk:
        return ClaimCheckAsk(dict(stored["corrections"]))

    def key_to_json(self, key: ClaimCheckKey) -> dict[str, Any]:
        return {"verdict": key.verdict, "right": key.right}

    def key_from_json(self, stored: Mapping[str, Any]) -> ClaimCheckKey:
        return ClaimCheckKey(stored["verdict"], stored["right"])

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "verdict": SelectField(
                N_("The claim"),
                choices=[SelectChoice(verdict, label) for verdict, label in VERDICT_LABELS.items()],
                description=N_("It must agree with the verdict of the claim that the question checks."),
            ),
            "corrections": FieldList(
                FormField(CorrectionForm),
                label=N_("Corrections"),
                description=N_(
                    "Offer some whatever the verdict is; one is right if the claim is wrong or out of date."
                ),
                min_entries=4,
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        corrections = [
            {"id": row["id"], "text": row["text"], "right": bool(row.get("right"))}
            for row in typed_rows(typed["corrections"], "c")
        ]
        return self.body_from_plain({"verdict": typed["verdict"], "corrections": corrections})

    def form_from_body(self, body: Body) -> dict[str, Any]:
        rows = self.body_to_plain(body).get("corrections", [])
        return {"verdict": body.key.verdict, "corrections": [{"right": False} | row for row in rows]}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: ClaimCheckAsk, seed: str) -> Shown:
        verdicts = tuple(ShownVerdict(verdict, label) for verdict, label in VERDICT_LABELS.items())
        return Shown(verdicts, show_options(ask.corrections, seed))

    def read_response(self, ask: ClaimCheckAsk, submitted: Submitted, seed: str) -> dict[str, str] | None:
        """Return the verdict and the id of the correction ("" for none); a part that is blank is missing."""
        response: dict[str, str] = {}
        if verdict := _only(submitted, "answer-verdict"):
            if verdict not in VERDICTS:
                raise UnreadableResponse(N_("Choose one of the four verdicts"))
            response["verdict"] = verdict
        if ask.corrections and (token := _only(submitted, "answer-correction")):
            correction = "" if token == NO_CORRECTION_VALUE else id_behind(seed, token, ask.corrections)
            if correction is None:
                raise UnreadableResponse(N_("Choose one of the corrections on this page"))
            response["correction"] = correction
        return response or None

    def submitted_from(self, ask: ClaimCheckAsk, response: dict[str, str], seed: str) -> Submitted:
        submitted = {}
        if "verdict" in response:
            submitted["answer-verdict"] = [response["verdict"]]
        if "correction" in response:
            chosen = response["correction"]
            submitted["answer-correction"] = [token_for(seed, chosen) if chosen else NO_CORRECTION_VALUE]
        return submitted

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: ClaimCheckAsk, key: ClaimCheckKey, response: dict[str, str]) -> Mark:
        lines = self.review_lines(ask, key, response)
        feedback = tuple(line.feedback for line in lines if line.feedback)
        return Mark(sum(line.fraction for line in lines) / len(lines), feedback)

    def answer_lines(self, ask: ClaimCheckAsk, response: dict[str, str]) -> tuple[AnswerLine, ...]:
        verdict, correction = _verdict_given(response), _correction_given(ask, response)
        if not ask.corrections:
            return (AnswerLine("", verdict),)
        return (AnswerLine(JUDGED, verdict), AnswerLine(CORRECTED, correction))

    def review_lines(
        self, ask: ClaimCheckAsk, key: ClaimCheckKey, response: dict[str, str] | None
    ) -> tuple[ReviewLine, ...]:
        response = response or {}
        judged = response.get("verdict") == key.verdict
        asked = JUDGED if ask.corrections else ""
        lines = [ReviewLine(asked, _verdict_given(response), VERDICT_LABELS[key.verdict], float(judged))]
        if ask.corrections:
            right = ask.corrections[key.right] if key.right else NO_CORRECTION
            found = response.get("correction") == key.right
            hint = COUNTS_ONLY_TOGETHER if found and not judged else ""
            given = _correction_given(ask, response)
            lines.append(ReviewLine(CORRECTED, given, right, float(found and judged), hint))
        return tuple(lines)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        ask, key = body
        corrections = tuple((text, i == key.right) for i, text in ask.corrections.items())
        return Item(prompt, CheckClaim(key.verdict, corrections))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case CheckClaim(verdict, corrections):
                ids = new_ids([text for text, _ in corrections], "c")
                rows = [
                    {"id": i, "text": text, "right": right}
                    for i, (text, right) in zip(ids, corrections, strict=True)
                ]
                try:
                    return self.body_from_plain({"verdict": verdict, "corrections": rows})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        dated = self._who_rules("out_of_date", "sharaa")
        yield Sample(dated, {"verdict": "out_of_date", "correction": "sharaa"}, FULL)
        yield Sample(dated, {"verdict": "out_of_date", "correction": "shara"}, Mark(0.5))
        yield Sample(dated, {"verdict": "out_of_date"}, Mark(0.5))
        yield Sample(dated, {"verdict": "wrong", "correction": "sharaa"}, Mark(0.0, (COUNTS_ONLY_TOGETHER,)))
        yield Sample(dated, {"verdict": "holds", "correction": ""}, ZERO)
        holds = self._who_rules("holds")
        yield Sample(holds, {"verdict": "holds", "correction": ""}, FULL)
        yield Sample(holds, {"verdict": "holds", "correction": "hadi"}, Mark(0.5))
        alone = Body(ClaimCheckAsk({}), ClaimCheckKey("cannot_be_known"))
        yield Sample(alone, {"verdict": "cannot_be_known"}, FULL)
        yield Sample(alone, {"verdict": "wrong"}, ZERO)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        yield self._who_rules("holds"), {"answer-verdict": ["perhaps"]}
        yield self._who_rules("holds"), {"answer-verdict": ["holds"], "answer-correction": ["no-such-one"]}
        yield self._who_rules("holds"), {"answer-verdict": ["holds", "wrong"]}

    def twins(self) -> tuple[Body, Body]:
        return self._who_rules("out_of_date", "sharaa"), self._who_rules("cannot_be_known")

    def _who_rules(self, verdict: ClaimVerdict, right: str = "") -> Body:
        texts = {
            "sharaa": "Ahmed al-Sharaa has been president since January 2025.",
            "shara": "Farouk al-Sharaa has been president since 2012.",
            "hadi": "Hadi al-Bahra has been president since 2023.",
        }
        return Body(ClaimCheckAsk(texts), ClaimCheckKey(verdict, right))


def _read_correction(row: Mapping[str, Any]) -> _Correction:
    refuse_strangers(row, ("id", "text", "right"))
    correction = _Correction(text_in(row, "id"), text_in(row, "text"), flag_in(row, "right", default=False))
    if not correction.id or not correction.text:
        field = "text" if correction.id else "id"
        raise UnusableBody(field, N_("{field} is missing"), field=field)
    return correction


def _only(submitted: Submitted, name: str) -> str:
    """Return the one value of the field, "" if it has none; of two, what can't be a value of it."""
    return " ".join(value for value in submitted.get(name, []) if value)


def _verdict_given(response: Mapping[str, str]) -> str:
    verdict = cast(ClaimVerdict | None, response.get("verdict"))
    return VERDICT_LABELS[verdict] if verdict else ""


def _correction_given(ask: ClaimCheckAsk, response: Mapping[str, str]) -> str:
    match response.get("correction"):
        case None:
            return ""
        case "":
            return NO_CORRECTION
        case chosen:
            return ask.corrections[chosen]


question_type = ClaimCheckType()
