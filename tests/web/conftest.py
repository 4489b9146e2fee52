"""The application on a database of its own, with the cast in it.

Amal learns in Bilal's class. Bilal teaches it. Celeste is an instructor, too: she reads reports, but Bilal's
class is not hers. Dina learns in another class, Celeste's, and may do nothing here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from quiz.storage import classes, people
from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate
from quiz.storage.people import Person
from quiz.workflows.check_password import hash_password
from quiz.workflows.open_session import open_session

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSWORD = "correct otter walks quietly"
HIS_CLASS = "bilals-class"
HIS_CODE = "ABCDEFGH"
HER_CLASS = "celestes-class"
HER_CODE = "STUVWXYZ"


class Clock:
    """The application's clock: it stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def pass_time(self, **how_much: float) -> None:
        self.time += timedelta(**how_much)


@dataclass(frozen=True)
class Cast:
    """The people; each signs in with ``<name>@example.org`` and PASSWORD."""

    amal: Person
    bilal: Person
    celeste: Person
    dina: Person


@pytest.fixture(scope="session")
def inhabited_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the cast and their two classes, made once and copied for each test."""
    path = tmp_path_factory.mktemp("inhabited") / "footnote.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database, now=time_text(NOON))
    _settle(database)
    database.close()
    return path


def _settle(db: Database) -> None:
    password_hash = hash_password(PASSWORD)
    for person in THE_CAST:
        people.insert_person(db, person, password_hash=password_hash, now=NOON)
    for class_id, title, code, teacher, learner in (
        (HIS_CLASS, "Year 11 history", HIS_CODE, "bilal", "amal"),
        (HER_CLASS, "Year 12 politics", HER_CODE, "celeste", "dina"),
    ):
        classes.insert_class(db, id=class_id, title=title, join_code=code, created_by=teacher, now=NOON)
        classes.insert_member(db, class_id, teacher, "instructor", NOON)
        classes.insert_member(db, class_id, learner, "learner", NOON)


THE_CAST = (
    Person("amal", "learner", "Amal", "amal@example.org"),
    Person("bilal", "instructor", "Bilal", "bilal@example.org"),
    Person("celeste", "instructor", "Celeste", "celeste@example.org"),
    Person("dina", "learner", "Dina", "dina@example.org"),
)


@pytest.fixture
def cast() -> Cast:
    return Cast(*THE_CAST)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path, inhabited_file: Path, clock: Clock) -> dict[str, object]:
    """What the application is made with. Forms need no CSRF token here; test_security.py sees to those."""
    path = tmp_path / "footnote.db"
    shutil.copy(inhabited_file, path)
    return {
        "TESTING": True,
        "DATABASE": f"sqlite:///{path}",
        "SECRET_KEY": "known to the tests alone",
        "CLOCK": clock,
        "WTF_CSRF_ENABLED": False,
    }


@pytest.fixture
def app(settings: dict[str, object]):
    made = create_app(settings)
    # Errors must become the pages that people see, not exceptions in the test.
    made.config["PROPAGATE_EXCEPTIONS"] = False
    yield made
    made.extensions["footnote"].db.close()


@pytest.fixture
def db(app: Flask) -> Database:
    """The application's own database."""
    return app.extensions["footnote"].db


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def sign_in_as(app: Flask, db: Database, clock: Clock) -> Callable[[Person], FlaskClient]:
    """Return a function that gives a fresh browser in which the person is signed in."""

    def sign_in(person: Person) -> FlaskClient:
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["token"] = open_session(db, person, now=clock()).token
            cookie.permanent = True
        return browser

    return sign_in


@pytest.fixture
def amal(sign_in_as: Callable[[Person], FlaskClient], cast: Cast) -> FlaskClient:
    """A learner's browser."""
    return sign_in_as(cast.amal)


@pytest.fixture
def bilal(sign_in_as: Callable[[Person], FlaskClient], cast: Cast) -> FlaskClient:
    """An instructor's browser."""
    return sign_in_as(cast.bilal)


@pytest.fixture
def celeste(sign_in_as: Callable[[Person], FlaskClient], cast: Cast) -> FlaskClient:
    """The browser of another class's instructor."""
    return sign_in_as(cast.celeste)


@pytest.fixture
def dina(sign_in_as: Callable[[Person], FlaskClient], cast: Cast) -> FlaskClient:
    """The browser of another class's learner."""
    return sign_in_as(cast.dina)
