"""The one interface a question type has to meet, and the words it uses.

A type cuts its body in two at its own border: the *ask*, which a learner may see, and the *key*, which they
may not. They are two frozen values of two Python types, stored in two tables; a page that is handed an ask can't
give a key away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

from quiz.core.items import Item
from quiz.core.marks import Mark
from quiz.core.messages import Explained

Submitted = Mapping[str, Sequence[str]]
"""What a form sent: every field by name, with all its values, as text."""

Response = Any
"""What was answered, as plain data (str, bool, list, dict): stored as JSON, never None."""


MarkedBy = Literal["by_key", "by_hand", "none"]
"""Who says what a response earns: the key, a person, or nobody, since nothing is asked."""


class UnreadableResponse(Explained):
    """The response can't be understood, so it can't be graded. It costs nothing."""


class UnusableBody(Explained):
    """What the author wrote makes no question. field: where; the message is for the author."""

    def __init__(self, field: str, sentence: str, /, **values: Any) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class AnswerLine:
    """One part of a response in words: what was asked there ("" if the question has one part), what was given.

    remark: what is not as it was asked for, although it is kept as it is; None if all is well.
    """

    asked: str
    given: str
    remark: Explained | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ReviewLine:
    """An AnswerLine beside the key. given: "" if it was left blank. fraction: 0 to 1 for this part alone.

    right: "" where only a person can tell; fraction says nothing then.
    """

    asked: str
    given: str
    right: str
    fraction: float
    feedback: str = ""


class Body(NamedTuple):
    """A question's two halves."""

    ask: Any
    key: Any


class Sample(NamedTuple):
    """A worked example each type carries, so that it can be tested by machine.

    response: None where nothing is asked. expected: the mark that the response earns, None if no key can tell.
    """

    body: Body
    response: Response | None
    expected: Mark | None


class QuestionType(Protocol):
    """name: as stored, and the name of its file. label: for people, marked for translation."""

    name: str
    label: str
    marking: MarkedBy

    # -- model: the body as authors write it (in files and forms) and as it is stored ------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        """Read the body as it stands in a bank file. Raises UnusableBody."""
        ...

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        """Write the body as it stands in a bank file; body_from_plain reads it back the same."""
        ...

    def ask_to_json(self, ask: Any) -> dict[str, Any]: ...
    def ask_from_json(self, stored: Mapping[str, Any]) -> Any: ...
    def key_to_json(self, key: Any) -> dict[str, Any]: ...
    def key_from_json(self, stored: Mapping[str, Any]) -> Any: ...

    # -- forms: the author's ---------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        """Return the type's own WTForms fields, by name; the page mixes them into the question's form."""
        ...

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        """Read what the author's form holds (WTForms data). Raises UnusableBody; its field is a form field."""
        ...

    def form_from_body(self, body: Body) -> dict[str, Any]: ...

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: Any, seed: str) -> Any:
        """Return what the type's ``ask`` macro draws: tokens instead of ids, in the seed's order."""
        ...

    def read_response(self, ask: Any, submitted: Submitted, seed: str) -> Response | None:
        """Return what was answered, None if it was left blank. Raises UnreadableResponse."""
        ...

    def submitted_from(self, ask: Any, response: Response, seed: str) -> Submitted:
        """Return the form as it must have been sent: read_response of it is the response again."""
        ...

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: Any, key: Any, response: Response) -> Mark | None:
        """Return what the response earns; None if the type is not marked by its key."""
        ...

    def answer_lines(self, ask: Any, response: Response) -> tuple[AnswerLine, ...]:
        """Tell the response in words, without the key."""
        ...

    def review_lines(self, ask: Any, key: Any, response: Response | None) -> tuple[ReviewLine, ...]:
        """Tell the response beside the key, part by part, blank parts included."""
        ...

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item: ...
    def from_item(self, item: Item) -> Body | None:
        """Return the body, or None if the item is not of this type. Option ids may differ; nothing else."""
        ...

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        """Give responses with what they earn: at least one right, one wrong."""
        ...

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        """Give forms that must raise UnreadableResponse, whatever the seed; none if nothing can be unreadable."""
        ...

    def twins(self) -> tuple[Body, Body]:
        """Give two bodies that differ only in their key."""
        ...
