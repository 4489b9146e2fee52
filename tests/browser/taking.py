"""A guest in the middle of a quiz of known questions: what the page shows, and what the server has of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from playwright.sync_api import Page

from quiz.storage import attempts, late_answers
from quiz.storage.attempts import Attempt, AttemptSlot, Step
from quiz.storage.database import Database
from quiz.storage.late_answers import LateAnswer
from tests.browser.conftest import Site
from tests.taken_quizzes import add_each_type, add_quiz

TRUE_FALSE, SINGLE_CHOICE, SHORT_TEXT, NUMERIC, ORDERING, CLAIM_CHECK = 1, 2, 4, 5, 8, 10

_numbers = count(1)


class Taking:
    """rules: of the quiz, as QuizRules names them. only: the types of its questions, all of them if none is named."""

    def __init__(
        self, site: Site, page: Page, db: Database, *, only: tuple[str, ...] = (), **rules: Any
    ) -> None:
        self.site, self.page, self.db = site, page, db
        quiz_id = f"taken{next(_numbers)}"
        of_each_type = add_each_type(db)
        questions = [f"of-{name}" for name in only] or of_each_type
        self.quiz = add_quiz(db, "samples", questions, quiz_id=quiz_id, guests_allowed=True, **rules)
        page.goto(f"{site.url}/quiz/{quiz_id}/start")
        page.get_by_label("name").fill("Amal")
        page.get_by_role("button", name="Continue as a guest").click()
        page.get_by_role("button", name="Start the quiz").click()
        page.wait_for_url("**/question/1")
        self.address = page.url.removesuffix("/question/1")
        self.id = self.address.rsplit("/", 1)[1]
        self.state = page.locator("#save-state")
        self.trouble = page.locator("#save-trouble")

    def open(self, position: int, page: Page | None = None) -> None:
        (page or self.page).goto(f"{self.address}/question/{position}")

    def slot(self, position: int) -> AttemptSlot:
        found = attempts.select_attempt_slot_or_none(self.db, self.attempt, position)
        assert found is not None
        return found

    def steps(self) -> list[Step]:
        return attempts.select_steps(self.db, self.attempt)

    def late(self) -> list[LateAnswer]:
        """Return what came after the end."""
        return late_answers.select_late_answers(self.db, self.quiz.class_id, self.id)

    @property
    def attempt(self) -> Attempt:
        found = attempts.select_attempt_or_none(self.db, self.id)
        assert found is not None
        return found

    def end_before(self, seconds: float) -> None:
        """Let the server find that the time was up so long ago: nobody has to wait for it."""
        attempt = self.attempt
        end = datetime.now(UTC) - timedelta(seconds=seconds)
        attempts.update_timing(
            self.db, attempt, deadline_at=end, paused_s=attempt.paused_s, paused_at=attempt.paused_at
        )

    def on_break_for(self, seconds: float) -> None:
        """Let the break that is on have begun so long ago, and all of the attempt's time with it."""
        attempt, earlier = self.attempt, timedelta(seconds=seconds)
        assert attempt.deadline_at and attempt.paused_at
        attempts.update_timing(
            self.db, attempt, deadline_at=attempt.deadline_at - earlier, paused_s=attempt.paused_s,
            paused_at=attempt.paused_at - earlier,
        )  # fmt: skip

    def cut(self) -> None:
        """Let no save reach the server."""
        self.page.route("**/save", lambda route: route.abort())

    def mend(self) -> None:
        self.page.unroute("**/save")
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def unsent(self) -> int:
        number: int = self.page.evaluate(
            f"JSON.parse(localStorage.getItem('footnote:unsent:{self.id}') ?? '[]').length"
        )
        return number

    def all_sent(self) -> None:
        """Wait until nothing waits on this device."""
        self.page.wait_for_function(f"!localStorage.getItem('footnote:unsent:{self.id}')")
