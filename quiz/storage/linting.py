"""What lint looks at in a bank, and the reasons that authors gave for leaving what it found, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from quiz.core.lint import Ignore
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


def select_versions_to_lint(db: Database, bank_id: str) -> dict[str, str]:
    """Return the newest version of each question of the bank, drafts too, by question id; no retired ones."""
    return {row["question_id"]: row["id"] for row in db.all(sql.select_versions_to_lint, bank_id=bank_id)}


def select_ignores(db: Database, question_id: str) -> tuple[Ignore, ...]:
    """Return what is ignored in the question, by rule."""
    rows = db.all(sql.select_ignores, question_id=question_id)
    return tuple(sorted((Ignore(row["rule"], row["reason"]) for row in rows), key=lambda ignore: ignore.rule))


def select_ignores_of_bank(db: Database, bank_id: str) -> dict[str, tuple[Ignore, ...]]:
    """Return what is ignored in the bank's questions, by question id."""
    ignores: dict[str, list[Ignore]] = {}
    for row in db.all(sql.select_ignores_of_bank, bank_id=bank_id):
        ignores.setdefault(row["question_id"], []).append(Ignore(row["rule"], row["reason"]))
    # Sorted here, since the two databases sort underscores by different rules.
    return {
        question: tuple(sorted(found, key=lambda ignore: ignore.rule)) for question, found in ignores.items()
    }


def upsert_ignore(db: Database, question_id: str, ignore: Ignore, *, by: str | None, now: datetime) -> None:
    """Keep the reason; one that there was for the same rule is replaced."""
    row = {"question_id": question_id, "rule": ignore.rule, "reason": ignore.reason}
    db.run(sql.upsert_ignore, **row, ignored_by=by, ignored_at=time_text(now))


def delete_ignore(db: Database, question_id: str, rule: str) -> None:
    """Forget the reason, if there is one."""
    db.run(sql.delete_ignore, question_id=question_id, rule=rule)


def replace_ignores(
    db: Database, question_id: str, ignores: Iterable[Ignore], *, by: str | None, now: datetime
) -> None:
    """Ignore these rules and no others. A reason that stays the same keeps who gave it, and when."""
    before = {ignore.rule: ignore for ignore in select_ignores(db, question_id)}
    after = {ignore.rule: ignore for ignore in ignores}
    for rule in before.keys() - after.keys():
        delete_ignore(db, question_id, rule)
    for rule, ignore in after.items():
        if before.get(rule) != ignore:
            upsert_ignore(db, question_id, ignore, by=by, now=now)


def select_language(db: Database, question_id: str) -> str:
    """Return the language of the bank that the question is in.

    Raises RowCountError if there is no such question.
    """
    language: str = db.one(sql.select_language_of_question, question_id=question_id)["language"]
    return language
