from __future__ import annotations

from datetime import UTC, datetime

from quiz.storage import audit

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_entries_about_a_subject_come_back_in_order(db):
    first = audit.Entry("e1", NOON, "bilal", "invite_instructor", "person amal", {"why": "منهج"})
    second = audit.Entry("e2", NOON, None, "become_instructor", "person amal", {})
    for entry in (second, first, audit.Entry("e3", NOON, None, "sign_in", "person dina", {})):
        audit.insert_entry(db, entry)

    assert audit.select_entries_about(db, "person amal") == [first, second]
