from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters

from quiz.core.accounts import UnusableAccount
from quiz.storage import audit, people, sessions
from quiz.storage.people import Person
from quiz.workflows.change_password import change_password
from quiz.workflows.change_profile import change_profile
from quiz.workflows.check_password import check_password, hash_password
from quiz.workflows.continue_as_guest import continue_as_guest
from quiz.workflows.limit_rate import TooManyTries
from quiz.workflows.resume_session import resume_session
from quiz.workflows.secret_tokens import hash_of
from quiz.workflows.sign_in import NotSignedIn, sign_in
from quiz.workflows.sign_out import sign_out, sign_out_elsewhere
from quiz.workflows.sign_up import sign_up

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSWORD = "correct otter walks quietly"


@pytest.fixture
def amal(sqlite_db):
    return sign_up(
        sqlite_db,
        name="Amal",
        email="amal@example.org",
        password=PASSWORD,
        visitor="amal's browser",
        now=NOON,
    )


def signs_in(db, *, email="amal@example.org", password=PASSWORD, visitor="a browser", now=NOON, **more):
    return sign_in(db, email=email, password=password, visitor=visitor, now=now, **more)


def test_the_right_password_opens_a_session(sqlite_db, amal):
    signed_in = signs_in(sqlite_db, email=" AMAL@example.org ")

    assert signed_in.person == amal.person
    assert resume_session(sqlite_db, signed_in.token, now=NOON).person == amal.person


def test_the_database_never_holds_the_token(sqlite_db, amal):
    stored = sessions.select_sessions_of_person(sqlite_db, amal.person.id, NOON)

    assert [session.token_hash for session in stored] == [hash_of(amal.token)]
    assert amal.token not in str(stored)


def test_a_sign_in_ends_the_session_the_browser_had(sqlite_db, amal):
    signed_in = signs_in(sqlite_db, replacing=amal.token)

    assert signed_in.token != amal.token
    assert resume_session(sqlite_db, amal.token, now=NOON) is None


def test_wrong_password_and_unknown_address_are_told_alike(sqlite_db, amal):
    with pytest.raises(NotSignedIn) as wrong:
        signs_in(sqlite_db, password=PASSWORD + " ")
    with pytest.raises(NotSignedIn) as unknown:
        signs_in(sqlite_db, email="nobody@example.org")
    with pytest.raises(NotSignedIn) as unreadable:
        signs_in(sqlite_db, email="not an address")

    assert str(wrong.value) == str(unknown.value) == str(unreadable.value)


def test_an_unknown_address_takes_as_long_as_a_wrong_password():
    stored = hash_password(PASSWORD)
    check_password(None, "warms up")

    def seconds(stored):
        began = time.process_time()
        check_password(stored, "wrong")
        return time.process_time() - began

    known, unknown = median(seconds(stored) for _ in range(9)), median(seconds(None) for _ in range(9))

    assert 0.4 < known / unknown < 2.5


def test_passwords_are_hashed_with_argon2id_at_the_chosen_cost():
    parameters = extract_parameters(hash_password("x"))

    assert (parameters.type.name, parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (
        "ID",
        19_456,
        2,
        1,
    )


def test_an_outdated_hash_is_renewed_when_its_owner_signs_in(sqlite_db, amal):
    people.update_password_hash(
        sqlite_db, amal.person.id, PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    )

    signs_in(sqlite_db)

    assert "m=19456,t=2,p=1" in people.select_password_hash_or_none(sqlite_db, amal.person.id)


def test_five_wrong_tries_of_one_browser_keep_nobody_else_out(sqlite_db, amal):
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            signs_in(sqlite_db, password="wrong", visitor="somebody")

    with pytest.raises(TooManyTries):
        signs_in(sqlite_db, visitor="somebody")
    assert signs_in(sqlite_db, visitor="another").person == amal.person


def test_after_thirty_tries_an_account_makes_everybody_wait_but_is_not_locked(sqlite_db, amal):
    for n in range(30):
        with pytest.raises(NotSignedIn):
            signs_in(sqlite_db, password="wrong", visitor=f"browser {n}")

    with pytest.raises(TooManyTries) as problem:
        signs_in(sqlite_db, visitor="another")
    later = NOON + timedelta(seconds=problem.value.retry_after_s)
    assert signs_in(sqlite_db, visitor="another", now=later).person == amal.person


def test_one_browser_cannot_try_many_accounts(sqlite_db):
    for n in range(10):
        with pytest.raises(NotSignedIn):
            signs_in(sqlite_db, email=f"person{n}@example.org")

    with pytest.raises(TooManyTries):
        signs_in(sqlite_db, email="person10@example.org")


def test_being_seen_prolongs_a_session_but_writes_at_most_every_five_minutes(sqlite_db, amal):
    def seen_at():
        return sessions.select_sessions_of_person(sqlite_db, amal.person.id, NOON)[0].seen_at

    assert resume_session(sqlite_db, amal.token, now=NOON + timedelta(minutes=4)).is_prolonged is False
    assert seen_at() == NOON
    assert resume_session(sqlite_db, amal.token, now=NOON + timedelta(minutes=6)).is_prolonged is True
    assert seen_at() == NOON + timedelta(minutes=6)


def test_learners_stay_for_thirty_days_instructors_for_twelve_hours(sqlite_db, amal):
    people.insert_person(
        sqlite_db,
        Person("bilal", "instructor", "Bilal", "bilal@example.org"),
        password_hash=hash_password(PASSWORD),
        now=NOON,
    )
    bilal = signs_in(sqlite_db, email="bilal@example.org")

    assert resume_session(sqlite_db, bilal.token, now=NOON + timedelta(hours=11, minutes=59)) is not None
    assert resume_session(sqlite_db, bilal.token, now=NOON + timedelta(hours=24)) is None
    assert resume_session(sqlite_db, amal.token, now=NOON + timedelta(days=29)) is not None
    assert resume_session(sqlite_db, amal.token, now=NOON + timedelta(days=59)) is None


def test_a_token_is_worth_nothing_after_signing_out(sqlite_db, amal):
    sign_out(sqlite_db, amal.token)

    assert resume_session(sqlite_db, amal.token, now=NOON) is None


def test_signing_out_elsewhere_keeps_this_session(sqlite_db, amal):
    elsewhere = signs_in(sqlite_db)

    assert sign_out_elsewhere(sqlite_db, amal.person, token=amal.token, now=NOON) == 1
    assert resume_session(sqlite_db, elsewhere.token, now=NOON) is None
    assert resume_session(sqlite_db, amal.token, now=NOON) is not None


def test_a_changed_password_ends_the_other_sessions(sqlite_db, amal):
    elsewhere = signs_in(sqlite_db)

    change_password(
        sqlite_db,
        amal.person,
        password=PASSWORD,
        new_password="seven herons in a row",
        token=amal.token,
        now=NOON,
    )

    assert resume_session(sqlite_db, elsewhere.token, now=NOON) is None
    assert resume_session(sqlite_db, amal.token, now=NOON) is not None
    assert signs_in(sqlite_db, password="seven herons in a row").person == amal.person


@pytest.mark.parametrize(
    ("password", "new_password", "field"),
    [("wrong", "seven herons in a row", "password"), (PASSWORD, "short", "new_password")],
)
def test_a_password_is_changed_only_by_its_owner_and_only_to_a_good_one(
    sqlite_db, amal, password, new_password, field
):
    with pytest.raises(UnusableAccount) as problem:
        change_password(
            sqlite_db, amal.person, password=password, new_password=new_password, token=amal.token, now=NOON
        )

    assert problem.value.field == field
    assert signs_in(sqlite_db).person == amal.person


def test_another_address_needs_the_password_another_name_does_not(sqlite_db, amal):
    renamed = change_profile(
        sqlite_db, amal.person, name="Amal S.", email="amal@example.org", password="", now=NOON
    )

    with pytest.raises(UnusableAccount):
        change_profile(sqlite_db, renamed, name="Amal S.", email="new@example.org", password="", now=NOON)
    moved = change_profile(
        sqlite_db, renamed, name="Amal S.", email="new@example.org", password=PASSWORD, now=NOON
    )
    assert people.select_person_or_none(sqlite_db, amal.person.id) == moved


def test_nobody_can_take_anothers_address(sqlite_db, amal):
    dina = sign_up(sqlite_db, name="Dina", email="dina@example.org", password=PASSWORD, visitor="d", now=NOON)

    with pytest.raises(UnusableAccount):
        change_profile(
            sqlite_db, dina.person, name="Dina", email="Amal@example.org", password=PASSWORD, now=NOON
        )
    with pytest.raises(UnusableAccount):
        sign_up(sqlite_db, name="Dina", email="AMAL@example.org", password=PASSWORD, visitor="d", now=NOON)


def test_a_guest_who_signs_up_stays_the_same_person(sqlite_db):
    guest = continue_as_guest(sqlite_db, name="Amal", visitor="a", now=NOON)

    amal = sign_up(
        sqlite_db, name="Amal", email="amal@example.org", password=PASSWORD, visitor="a", now=NOON,
        guest=guest.person, replacing=guest.token,
    )  # fmt: skip

    assert amal.person == Person(guest.person.id, "learner", "Amal", "amal@example.org")
    assert resume_session(sqlite_db, guest.token, now=NOON) is None


def test_signing_in_and_being_refused_are_written_down(sqlite_db, amal):
    with pytest.raises(NotSignedIn):
        signs_in(sqlite_db, password="wrong")
    signs_in(sqlite_db)

    entries = audit.select_entries_about(sqlite_db, f"person {amal.person.id}")
    assert sorted(entry.action for entry in entries) == ["sign_in", "sign_in_refused", "sign_up"]
    assert PASSWORD not in str(entries)
