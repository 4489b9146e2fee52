"""A running Footnote for measurements: ``python app.py`` on a folder of its own, and a quiz made for saving."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quiz.core.quiz_rules import QuizRules
from quiz.storage import classes, quizzes
from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.storage.quizzes import Slot
from quiz.workflows.open_sample_quizzes import SAMPLE_CLASS
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
QUIZ = "bench"
CODE = "BENCHKKK"
PLACES = 5


class BenchSite:
    """A server that can be killed and started again on the same database. workers: processes that serve."""

    def __init__(self, folder: Path, *, workers: int = 2) -> None:
        self.folder = folder
        self.workers = workers
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start the server; return the seconds until it listened."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [
                sys.executable, "app.py", "--port", str(self.port), "--database", f"{self.folder}/footnote.db",
                "--workers", str(self.workers),
            ],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=os.environ,
        )  # fmt: skip
        while time.monotonic() - began < 60:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return time.monotonic() - began
            time.sleep(0.01)
        raise RuntimeError("the server did not start within a minute")

    def kill(self) -> None:
        """End the server and all its workers at once, as a power switch would: no signal that could be handled."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def database(self) -> Database:
        return open_database(f"sqlite:///{self.folder}/footnote.db")

    def make_quiz(self, quiz_id: str = QUIZ, join_code: str = CODE, **rules: Any) -> None:
        """Open a quiz of five short-text questions that guests may take."""
        db, now = self.database(), datetime.now(UTC)
        quizzes.insert_quiz(
            db, QuizRules("Bench", guests_allowed=True, **rules), id=quiz_id, class_id=SAMPLE_CLASS,
            join_code=join_code, created_by=None, now=now,
        )  # fmt: skip
        quiz = quizzes.select_quiz_or_none(db, quiz_id)
        assert quiz is not None and classes.select_class_or_none(db, SAMPLE_CLASS) is not None
        for place, question_id in enumerate(_short_text_questions(db), start=1):
            quizzes.insert_slot(db, quiz, Slot(f"s{place}", place, 1.0, question_id, None))
        quizzes.update_quiz_state(db, quiz, "open", now)
        db.close()


def _short_text_questions(db: Database) -> list[str]:
    from quiz.storage.search import search_questions

    found = search_questions(db, words="", type="short_text", limit=PLACES)
    return [question.question_id for question in found]
