"""``python app.py``: bring the database up to date, load what ships, say where to go, and serve."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quiz.cli.orphans import hear_parent_alone
from quiz.storage.connect import UnknownDatabase, open_database
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate
from quiz.storage.setup_file import setup_file_beside
from quiz.workflows.load_banks import load_banks
from quiz.workflows.load_sources import load_sources
from quiz.workflows.make_setup_link import first_setup_link
from quiz.workflows.open_sample_quizzes import open_sample_quizzes

ROOT = Path(__file__).parents[2]
# A save waits for the disk, not for a core: threads decide how many saves share one flush.
THREADS_A_WORKER = 32
# A worker that has not ended by then is killed: what was acknowledged is committed, whatever it still does.
LONGEST_STOP_S = 30

EXAMPLES = """\
examples:
  python app.py
  python app.py --port 8000 --database /srv/footnote/footnote.db
  QUIZ_HOST=0.0.0.0 QUIZ_WORKERS=2 python app.py

Each option can be given as a variable, too: QUIZ_HOST, QUIZ_PORT, QUIZ_DATABASE, QUIZ_WORKERS. Behind a proxy
that speaks TLS also set QUIZ_SESSION_COOKIE_SECURE=1, QUIZ_PROXIES=1 and QUIZ_TRUSTED_HOSTS=quiz.example.org.
"""


def serve(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C; return the exit status: 0, or 1 if it could not start."""
    options = _parser(os.environ).parse_args(arguments)
    try:
        return _serve(options)
    except KeyboardInterrupt:
        # Once it serves, the server takes Ctrl-C for itself and lets requests finish. Before, there are none.
        print("Stopped.")
        return 0


def _serve(options: argparse.Namespace) -> int:
    if problem := _port_problem(options.host, options.port):
        print(problem, file=sys.stderr)
        return 1
    url = _absolute(options.database)
    # What is written beside the database, and the database itself, holds people's data: for its owner alone.
    os.umask(0o077)
    try:
        link = _made_ready(url)
    except (UnknownDatabase, ValueError) as problem:
        print(f"Footnote did not start: {problem}", file=sys.stderr)
        return 1
    _announce(options.host, options.port, link)
    # The workers are processes of their own: variables are how they learn of the options.
    os.environ |= {"QUIZ_DATABASE": url, "QUIZ_HOST": options.host, "QUIZ_PORT": str(options.port)}
    os.register_at_fork(after_in_child=hear_parent_alone)
    _server(options.host, options.port, options.workers).serve()
    print("Stopped.")
    return 0


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py",
        description="Serve Footnote. The first start makes the database; every start brings it up to date.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )

    def option(name: str, read: Callable[[str], object], default: str, help_text: str) -> None:
        # argparse reads a default that is text as if it were typed, so a bad variable gets the same message.
        chosen = environment.get(f"QUIZ_{name.upper()}", default)
        parser.add_argument(f"--{name}", type=read, default=chosen, metavar=name.upper(), help=help_text)

    option(
        "host",
        str,
        "127.0.0.1",
        "address to listen on (127.0.0.1: this machine alone; 0.0.0.0: every network)",
    )
    option("port", _port, "5000", "port to listen on (5000)")
    option("database", str, "footnote.db", "a SQLite file, or postgresql://… (footnote.db)")
    option("workers", _workers, "1", "processes that serve; as many as there are cores (1)")
    return parser


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return port


def _workers(text: str) -> int:
    workers = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= workers <= 256:
        raise argparse.ArgumentTypeError(f"write how many processes, from 1 to 256, not {text!r}")
    return workers


def _absolute(database: str) -> str:
    """Return the database's URL, meaning the same from whatever folder."""
    path = database.removeprefix("sqlite:///")
    return database if "://" in path else f"sqlite:///{Path(path).expanduser().resolve()}"


def _port_problem(host: str, port: int) -> str | None:
    """Say why the port can't be listened on, or return None.

    The server itself would share the port with whoever has it, and each would get some of the requests.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # A port that a server has just left is free, though the system still waits for stragglers.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return f"There is no address {host!r} on this machine. Take 127.0.0.1, or 0.0.0.0 for every network."
    except OSError as error:
        reason = f"Port {port} of {host} can't be used ({error.strerror})."
        return f"{reason} Stop what uses it, or choose another with --port."
    return None


def _made_ready(url: str) -> str | None:
    """Migrate the database and load what ships; return the setup link's token, or None once it was used."""
    folder = Path(url.removeprefix("sqlite:///")).parent
    if url.startswith("sqlite:///") and not folder.is_dir():
        raise ValueError(f"there is no folder {folder}")
    now = datetime.now(UTC)
    db = open_database(url)
    try:
        migrate(db, now=time_text(now))
        for remark in _load_what_ships(db, now):
            print(remark, file=sys.stderr)
        return first_setup_link(db, file=setup_file_beside(url), now=now)
    finally:
        # The workers are forked from here, and an open connection must not be.
        db.close()


def _load_what_ships(db: Database, now: datetime) -> Iterator[str]:
    """Load the seeds, the banks and the sample quizzes; give a sentence for each thing worth knowing."""
    sources = load_sources(db, ROOT / "seeds")
    banks = load_banks(db, ROOT / "questions", now=now)
    for mistake in (*sources.mistakes, *banks.mistakes):
        yield f"Not loaded: {mistake}"
    for source in sources.sources:
        if source.state != "unchanged":
            yield f"Loaded the source {source.id} ({source.state})."
        yield from _kept(f"source {source.id}", source.kept)
    for bank in banks.banks:
        if bank.new or bank.changed:
            yield f"Loaded the bank {bank.id}: {len(bank.new)} new questions, {len(bank.changed)} changed."
        yield from _kept(f"bank {bank.id}", bank.kept)
    for title in open_sample_quizzes(db, bank_ids={bank.id for bank in banks.banks}, now=now):
        yield f"Opened the sample quiz “{title}”."


def _kept(where: str, ids: Sequence[str]) -> Iterator[str]:
    if ids:
        yield f"Kept as edited in the pages, though the file of the {where} differs: {', '.join(ids)}."


def _announce(host: str, port: int, link: str | None) -> None:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    print(f"Footnote is at http://{shown}:{port}")
    if link:
        print(f"Make the first instructor, once: http://{shown}:{port}/setup/{link}")
    print("Stop it with Ctrl-C.", flush=True)


def _server(host: str, port: int, workers: int) -> Any:
    # Every command imports this file; those that don't serve need no server.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        target="app:create_served_app",
        factory=True,
        working_dir=ROOT,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_A_WORKER,
        workers_kill_timeout=LONGEST_STOP_S,
        # Its warnings doubt the number of threads, which is meant.
        log_level=LogLevels.error,
    )
