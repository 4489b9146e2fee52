"""Copies of a bank's questions: new ids, the same wordings, keys, citations and tags, and where each came from."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_text, new_id, time_text
from quiz.storage.heads import upsert_heads
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

AT_ONCE = 500


def copy_questions(db: Database, from_bank: str, to_bank: str, *, by: str, now: datetime) -> int:
    """Copy what is not retired; return how many questions that is. Belongs inside atomic().

    Of each question the newest version is copied, and before it the newest that is ready, if that is another.
    """
    copied, after = 0, ""
    while rows := db.all(sql.select_questions_to_copy, bank_id=from_bank, after=after, limit=AT_ONCE):
        questions = {row["id"]: new_id(now) for row in rows}
        numbers = {version_id: n for row in rows for n, version_id in enumerate(_versions(row), start=1)}
        versions = {version_id: new_id(now) for version_id in numbers}
        tables = {"questions": json_text(questions), "versions": json_text(versions)}
        made = {"created_by": by, "created_at": time_text(now)}
        db.run(sql.insert_questions, questions=tables["questions"], bank_id=to_bank, **made)
        db.run(sql.insert_versions, **tables, numbers=json_text(numbers), **made)
        for statement in (sql.insert_keys, sql.insert_citations):
            db.run(statement, versions=tables["versions"])
        for statement in (sql.insert_tags, sql.insert_ignores):
            db.run(statement, questions=tables["questions"])
        upsert_heads(db, questions.values())
        copied, after = copied + len(rows), rows[-1]["id"]
    return copied


def select_copied_from_or_none(db: Database, question_id: str) -> str | None:
    """Return the question that this one is a copy of, None if it is none."""
    row = db.one_or_none(sql.select_copied_from, question_id=question_id)
    return row["copied_from"] if row else None


def _versions(row: Row) -> list[str]:
    return [version_id for version_id in dict.fromkeys((row["ready_id"], row["newest_id"])) if version_id]
