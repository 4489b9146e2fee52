from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quiz.storage import people, sessions, setup_links
from quiz.storage.database import Conflict, RowCountError
from quiz.storage.people import Person

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AMAL = Person("amal", "learner", "Amal", "amal@example.org")


def test_a_person_comes_back_as_they_were_stored(db):
    people.insert_person(db, AMAL, password_hash="$argon2id$…", now=NOON)

    assert people.select_person_or_none(db, "amal") == AMAL
    assert people.select_person_by_email_or_none(db, "amal@example.org") == AMAL
    assert people.select_password_hash_or_none(db, "amal") == "$argon2id$…"


def test_an_address_belongs_to_one_person(db):
    people.insert_person(db, AMAL, password_hash="x", now=NOON)

    with pytest.raises(Conflict):
        people.insert_person(
            db, Person("other", "learner", "Other", "amal@example.org"), password_hash="y", now=NOON
        )


def test_guests_have_no_address_and_there_may_be_many(db):
    people.insert_person(db, Person("g1", "guest", "Guest", None), password_hash=None, now=NOON)
    people.insert_person(db, Person("g2", "guest", "Guest", None), password_hash=None, now=NOON)

    assert people.select_password_hash_or_none(db, "g1") is None


def test_only_a_guest_can_be_given_an_account(db):
    people.insert_person(db, AMAL, password_hash="x", now=NOON)

    with pytest.raises(RowCountError):
        people.update_guest_account(db, AMAL, password_hash="y")


def test_it_is_known_whether_there_is_an_instructor(db):
    people.insert_person(db, AMAL, password_hash="x", now=NOON)
    before = people.has_instructor(db)
    people.update_role(db, "amal", "instructor")

    assert (before, people.has_instructor(db)) == (False, True)


def test_an_expired_session_opens_nothing(db):
    people.insert_person(db, AMAL, password_hash="x", now=NOON)
    sessions.insert_session(
        db, token_hash="h", person_id="amal", now=NOON, expires_at=NOON + timedelta(hours=1)
    )

    assert sessions.select_session_or_none(db, "h", NOON + timedelta(minutes=59)) is not None
    assert sessions.select_session_or_none(db, "h", NOON + timedelta(hours=1)) is None


def test_all_sessions_but_one_can_be_ended(db):
    people.insert_person(db, AMAL, password_hash="x", now=NOON)
    for name in ("h1", "h2", "h3"):
        sessions.insert_session(
            db, token_hash=name, person_id="amal", now=NOON, expires_at=NOON + timedelta(hours=1)
        )

    assert sessions.delete_other_sessions(db, "amal", "h2") == 2
    assert [session.token_hash for session in sessions.select_sessions_of_person(db, "amal", NOON)] == ["h2"]


def test_a_setup_link_is_used_once(db):
    people.insert_person(db, AMAL, password_hash="x", now=NOON)
    setup_links.insert_setup_link(db, "h", NOON)

    assert setup_links.update_setup_link_used(db, "h", used_by="amal", now=NOON) is True
    assert setup_links.update_setup_link_used(db, "h", used_by="amal", now=NOON) is False
    assert setup_links.select_setup_link_or_none(db, "h").is_used
