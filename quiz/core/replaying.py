"""Replaying: what the steps of one place of an attempt come to. What is stored beside them is only kept for speed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from quiz.core.behaviours import Marking, Try


class Stepped(Protocol):
    """A step, as far as it matters here."""

    @property
    def kind(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class PlaceState:
    """One place after its steps. revision: 0 if nothing was ever saved. finished_at: None while it can be changed.

    tries: what was checked, last by the learner; after the end also what was saved and never checked.
    """

    response: Any | None = None
    revision: int = 0
    certainty: int | None = None
    is_flagged: bool = False
    tries: tuple[Try, ...] = ()
    finished_at: datetime | None = None
    is_last_automatic: bool = False

    @property
    def own_tries(self) -> tuple[Try, ...]:
        """Return what the learner checked."""
        return self.tries[:-1] if self.is_last_automatic else self.tries


def replay(marking: Marking, steps: Iterable[Stepped]) -> PlaceState:
    """Return the state of one place. steps: all that concern it, in their order; others are passed over."""
    state = PlaceState()
    for step in steps:
        state = _after(marking, state, step)
    return state


def _after(marking: Marking, state: PlaceState, step: Stepped) -> PlaceState:
    match step.kind:
        case "flag":
            return replace(state, is_flagged=step.content["is_flagged"])
        case "save":
            return _answered(state, step.content)
        case "check":
            return _tried(marking, state, step)
        case "accept":
            # Accepted, a late answer stands as if it had come in time: instead of what was marked in its absence.
            late = replace(_answered(state, step.content), tries=state.own_tries, is_last_automatic=False)
            return _tried(marking, late, step, is_automatic=True) if "fraction" in step.content else late
    return state


def _answered(state: PlaceState, content: Mapping[str, Any]) -> PlaceState:
    return replace(
        state,
        response=content["response"],
        revision=content["revision"],
        certainty=content.get("certainty"),
    )


def _tried(marking: Marking, state: PlaceState, step: Stepped, *, is_automatic: bool = False) -> PlaceState:
    content = step.content
    is_automatic = is_automatic or content.get("is_automatic", False)
    tried = Try(content["response"], content["fraction"], content.get("certainty"))
    tries = (*state.tries, tried)
    is_over = not is_automatic and marking.is_finished(tries)
    return replace(
        state,
        tries=tries,
        is_last_automatic=is_automatic,
        finished_at=step.at if is_over else state.finished_at,
    )
