from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.accounts import UnusableAccount
from quiz.storage import people
from quiz.workflows.make_setup_link import first_setup_link, invite_instructor
from quiz.workflows.set_up_instructor import (
    LinkIsOver,
    UnknownLink,
    promote_learner,
    require_good_link,
    set_up_instructor,
)
from quiz.workflows.sign_up import sign_up

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSWORD = "correct otter walks quietly"


@pytest.fixture
def setup_file(tmp_path):
    return tmp_path / "footnote.db.setup"


def set_up(db, token, *, email="bilal@example.org", now=NOON, **more):
    return set_up_instructor(db, token, name="Bilal", email=email, password=PASSWORD, now=now, **more)


def test_every_start_gives_the_same_link_until_it_is_used(sqlite_db, setup_file):
    first = first_setup_link(sqlite_db, file=setup_file, now=NOON)

    assert first_setup_link(sqlite_db, file=setup_file, now=NOON + timedelta(days=40)) == first
    assert stat.S_IMODE(setup_file.stat().st_mode) == 0o600


def test_the_link_makes_the_first_instructor_and_then_is_gone(sqlite_db, setup_file):
    token = first_setup_link(sqlite_db, file=setup_file, now=NOON)

    signed_in = set_up(sqlite_db, token, setup_file=setup_file)

    assert signed_in.person.role == "instructor"
    assert not setup_file.exists()
    assert first_setup_link(sqlite_db, file=setup_file, now=NOON) is None
    with pytest.raises(LinkIsOver):
        set_up(sqlite_db, token, email="eve@example.org")


def test_a_link_survives_a_form_with_mistakes(sqlite_db, setup_file):
    token = first_setup_link(sqlite_db, file=setup_file, now=NOON)

    with pytest.raises(UnusableAccount):
        set_up(sqlite_db, token, email="nothing")

    assert set_up(sqlite_db, token).person.name == "Bilal"


def test_an_invented_link_is_unknown(sqlite_db):
    with pytest.raises(UnknownLink):
        set_up(sqlite_db, "invented")


def test_the_first_instructor_shuts_the_door_for_all_other_first_links(db):
    # A database that is no file forgets the token, so each start makes a new link.
    first, second = (first_setup_link(db, file=None, now=NOON) for _ in range(2))

    set_up(db, second)

    with pytest.raises(UnknownLink):
        require_good_link(db, first, now=NOON)


def test_an_instructor_can_invite_another_within_two_weeks(sqlite_db):
    bilal = set_up(sqlite_db, first_setup_link(sqlite_db, file=None, now=NOON)).person
    soon, late = (invite_instructor(sqlite_db, bilal, now=NOON) for _ in range(2))

    celeste = set_up(sqlite_db, soon, email="celeste@example.org", now=NOON + timedelta(days=13))

    assert celeste.person.role == "instructor"
    with pytest.raises(LinkIsOver):
        require_good_link(sqlite_db, late, now=NOON + timedelta(days=15))


def test_a_learner_becomes_an_instructor_with_the_account_they_have(sqlite_db):
    amal = sign_up(
        sqlite_db, name="Amal", email="amal@example.org", password=PASSWORD, visitor="a", now=NOON
    ).person

    promoted = promote_learner(
        sqlite_db, first_setup_link(sqlite_db, file=None, now=NOON), amal, now=NOON
    ).person

    assert people.select_person_or_none(sqlite_db, amal.id) == promoted
    assert promoted.role == "instructor"
