"""Information: something to read between the questions; nothing is asked, and nothing is earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.core.items import Inform, Item
from quiz.core.messages import N_
from quiz.core.question_type import AnswerLine, Body, MarkedBy, Response, ReviewLine, Sample, Submitted
from quiz.core.written import refuse_strangers


@dataclass(frozen=True)
class InformationAsk:
    """The stem says it all; there is nothing else to show."""


@dataclass(frozen=True)
class InformationKey:
    """Nothing is asked, so there is no key."""


BODY = Body(InformationAsk(), InformationKey())


class InformationType:
    name = "information"
    label = N_("Information")
    marking: MarkedBy = "none"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ())
        return BODY

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        return {}

    def ask_to_json(self, ask: InformationAsk) -> dict[str, Any]:
        return {}

    def ask_from_json(self, stored: Mapping[str, Any]) -> InformationAsk:
        return BODY.ask

    def key_to_json(self, key: InformationKey) -> dict[str, Any]:
        return {}

    def key_from_json(self, stored: Mapping[str, Any]) -> InformationKey:
        return BODY.key

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {}

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        return BODY

    def form_from_body(self, body: Body) -> dict[str, Any]:
        return {}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: InformationAsk, seed: str) -> None:
        return None

    def read_response(self, ask: InformationAsk, submitted: Submitted, seed: str) -> None:
        return None

    def submitted_from(self, ask: InformationAsk, response: Response, seed: str) -> Submitted:
        return {}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: InformationAsk, key: InformationKey, response: Response) -> None:
        return None

    def answer_lines(self, ask: InformationAsk, response: Response) -> tuple[AnswerLine, ...]:
        return ()

    def review_lines(
        self, ask: InformationAsk, key: InformationKey, response: Response | None
    ) -> tuple[ReviewLine, ...]:
        return ()

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        return Item(prompt, Inform(), points=0.0)

    def from_item(self, item: Item) -> Body | None:
        return BODY if isinstance(item.interaction, Inform) else None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        yield Sample(BODY, None, None)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        return ()

    def twins(self) -> tuple[Body, Body]:
        return BODY, BODY


question_type = InformationType()
