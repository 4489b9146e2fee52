"""What reading one item of QTI 1.2 needs, whatever it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quiz.core.interchange import Remark
from quiz.core.items import TextFormat
from quiz.core.qti.feedback import Probe, Sorted, sort_feedback
from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import Feedback
from quiz.formats.canvas_qti.presentation import (
    FORMATS,
    Presentation,
    Response,
    Tell,
    Text,
    joined,
    own_teller,
    teller,
)
from quiz.formats.canvas_qti.processing import Processing

_MOST_CHOICES = 200
NOBODY_TYPES = "\u2042 q7"


class Refused(ValueError):
    """The item can't be read. The message says what of it, and the way out."""


@dataclass
class Reader:
    """What reading one item needs; where: as remarks name it."""

    item: Node
    where: str
    meta: dict[str, str]
    shown: Presentation
    processing: Processing
    feedback: list[Feedback]
    feedback_texts: list[Text]
    text_format: TextFormat
    tell: Tell
    remarks: list[Remark]
    sorted: Sorted = field(default_factory=Sorted)
    told: set[int] = field(default_factory=set)

    def say(self, text: str, severity: str = "warning") -> None:
        remark = Remark(text, severity, self.item.line, self.where)  # type: ignore[arg-type]
        if remark not in self.remarks:
            self.remarks.append(remark)

    def score(self, given: Mapping[str, Sequence[str]]) -> Decimal:
        return self.processing.run(given).score

    def seen(self, given: Mapping[str, Sequence[str]]) -> frozenset[int]:
        shown = self.processing.run(given).feedback
        return frozenset(n for n, one in enumerate(self.feedback) if one.node.get("ident").strip() in shown)

    def feedback_text(self, numbers: Sequence[int]) -> str:
        self.told |= set(numbers)
        texts = [self.feedback_texts[n] for n in numbers]
        if not texts:
            return ""
        return "\n\n".join(dict.fromkeys(self._feedback_teller()[1](text) for text in texts))

    @property
    def feedback_format(self) -> TextFormat:
        return self._feedback_teller()[0]

    @property
    def is_own(self) -> bool:
        """Whether Footnote wrote the item."""
        return self.meta.get("footnote_format", "") in FORMATS

    def _feedback_teller(self) -> tuple[TextFormat, Tell]:
        own = self.meta.get("footnote_feedback") or self.meta.get("footnote_format", "")
        return (FORMATS[own], own_teller(FORMATS[own])) if own in FORMATS else teller(self.feedback_texts)

    def sort(self, probes: list[Probe], names: dict[str, str]) -> None:
        self.sorted = sort_feedback(self.feedback, probes, names, parts_first=True)

    def text_of(self, numbers_of: str) -> str:
        return self.feedback_text(self.sorted.of_part.get(numbers_of, []))


def only(reader: Reader) -> Response:
    return reader.shown.responses[0]


def prompt(reader: Reader) -> str:
    return reader.tell(reader.shown.prompt())


def with_label(reader: Reader, response: Response) -> str:
    texts = [text for text in (reader.shown.prompt(), response.label) if text.text]
    return reader.tell(joined(texts))


def idents(response: Response) -> list[str]:
    ids = [label.ident for label in response.labels]
    if not 2 <= len(ids) <= _MOST_CHOICES:
        raise Refused(f"it has {len(ids)} choices; from 2 to {_MOST_CHOICES} can be asked")
    if len(set(ids)) < len(ids):
        raise Refused("two of its choices have the same ident")
    return ids


def name_of(response: Response) -> str:
    return response.ident.removeprefix("response_")
