from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from quiz.core.behaviours import Marking
from quiz.core.replaying import PlaceState, replay

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
INTERACTIVE = Marking("interactive", most_tries=3, penalty=0.25)


@dataclass
class Happened:
    kind: str
    content: dict[str, Any] = field(default_factory=dict)
    at: datetime = AT


def saved(response, revision=1, **more):
    return Happened("save", {"response": response, "revision": revision} | more)


def checked(response, fraction=0.0, **more):
    return Happened("check", {"response": response, "fraction": fraction} | more)


def accepted(response, fraction, revision=2):
    return Happened("accept", {"response": response, "fraction": fraction, "revision": revision})


def test_without_steps_nothing_was_answered():
    assert replay(INTERACTIVE, []) == PlaceState()


def test_the_last_answer_stands_with_its_certainty():
    state = replay(Marking("cbm"), [saved("a", certainty=3), saved("b", 2)])

    assert (state.response, state.revision, state.certainty) == ("b", 2, None)


def test_a_right_try_finishes_the_place_when_it_was_made():
    state = replay(INTERACTIVE, [saved("a"), checked("a"), saved("b", 2), checked("b", 1.0)])

    assert ([t.correctness for t in state.tries], state.finished_at) == ([0.0, 1.0], AT)


def test_a_try_that_was_made_for_the_learner_finishes_nothing():
    state = replay(INTERACTIVE, [saved("a"), checked("a", 1.0, is_automatic=True)])

    assert (len(state.tries), state.own_tries, state.finished_at) == (1, (), None)


def test_an_accepted_late_answer_stands_instead_of_what_was_marked_in_its_absence():
    steps = [saved("a"), checked("a"), saved("b", 2), checked("b", is_automatic=True), accepted("c", 1.0, 3)]

    state = replay(INTERACTIVE, steps)

    assert [t.response for t in state.tries] == ["a", "c"]
    assert (state.response, state.revision) == ("c", 3)


def test_flags_go_up_and_down():
    flags = [Happened("flag", {"is_flagged": is_flagged}) for is_flagged in (True, False, True)]

    assert replay(INTERACTIVE, flags).is_flagged
