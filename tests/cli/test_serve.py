from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from quiz.cli.serve import _absolute, _parser, _port_problem, serve
from tests.ports import free_port

PATIENCE_S = 60
APP = Path(__file__).parents[2] / "app.py"


@contextmanager
def served(folder: Path, port: int, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the server as people do; give its process and what it printed before it served."""
    command = [sys.executable, str(APP), "--port", str(port), *options]
    with (folder / "stderr").open("a") as remarks:
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=remarks, text=True, start_new_session=True
        )
    printed = ""
    try:
        for line in process.stdout:
            printed += line
            if "Ctrl-C" in line:
                break
        yield process, printed
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=PATIENCE_S)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def ready_database(tmp_path_factory) -> Path:
    """A database that has all that ships, so that a start has nothing to remark."""
    folder = tmp_path_factory.mktemp("ready")
    with served(folder, free_port()):
        pass
    return folder / "footnote.db"


def get(address: str) -> tuple[int, str]:
    give_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at {address}")


def test_one_command_makes_serves_and_stops(tmp_path):
    port = free_port()

    with served(tmp_path, port) as (process, printed):
        link = re.search(r"http://127\.0\.0\.1:\d+/setup/\S+", printed)[0]
        home, setup = get(f"http://127.0.0.1:{port}/"), get(link)

    assert f"http://127.0.0.1:{port}\n" in printed
    assert home[0] == setup[0] == 200
    assert "Become an instructor" in setup[1]
    assert home[1].count('class="card"') >= 4
    assert process.returncode == 0
    assert (tmp_path / "footnote.db").stat().st_mode & 0o077 == 0


def test_a_second_start_changes_nothing_and_prints_the_same_link(tmp_path):
    with served(tmp_path, free_port(), "--database", "here.db") as (_, first):
        pass
    before = (tmp_path / "here.db").read_bytes()
    (tmp_path / "stderr").write_text("")
    with served(tmp_path, free_port(), "--database", "here.db") as (_, second):
        pass

    assert first.split("/setup/")[1] == second.split("/setup/")[1]
    assert (tmp_path / "here.db").read_bytes() == before
    assert (tmp_path / "stderr").read_text() == ""


# The server takes Ctrl-C for itself some moments after the line was printed: before, amid, and after that. A terminal
# sends it to the workers, too.
@pytest.mark.parametrize("send", [os.kill, os.killpg])
@pytest.mark.parametrize("seconds_later", [0.0, 0.06, 0.3])
def test_ctrl_c_right_after_the_start_stops_quietly(ready_database, tmp_path, seconds_later, send):
    with served(tmp_path, free_port(), "--database", str(ready_database)) as (process, _):
        time.sleep(seconds_later)
        send(process.pid, signal.SIGINT)
        process.wait(timeout=PATIENCE_S)

    assert process.returncode == 0
    assert (tmp_path / "stderr").read_text() == ""


def test_a_port_that_is_taken_is_told_in_one_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status = serve(["--port", str(taken.getsockname()[1])])

    told = capsys.readouterr().err
    assert status == 1
    assert "choose another with --port" in told
    assert told.count("\n") == 1


def test_a_folder_that_is_not_there_is_told(capsys, tmp_path):
    status = serve(["--port", str(free_port()), "--database", f"{tmp_path}/nowhere/a.db"])

    assert status == 1
    assert "there is no folder" in capsys.readouterr().err


def test_a_host_that_is_nobodys_is_told():
    assert "no address 'nobody.invalid'" in _port_problem("nobody.invalid", 5000)


def test_options_are_over_variables_and_those_over_defaults():
    parser = _parser({"QUIZ_PORT": "8000", "QUIZ_WORKERS": "2"})

    options = parser.parse_args(["--workers", "3"])

    assert (options.host, options.port, options.workers, options.database) == (
        "127.0.0.1",
        8000,
        3,
        "footnote.db",
    )


@pytest.mark.parametrize(
    "environment, arguments",
    [
        ({}, ["--port", "http"]),
        ({}, ["--port", "99999"]),
        ({"QUIZ_PORT": "http"}, []),
        ({}, ["--workers", "0"]),
    ],
)
def test_a_number_that_is_none_is_named(environment, arguments, capsys):
    with pytest.raises(SystemExit):
        _parser(environment).parse_args(arguments)

    assert re.search("argument --(port|workers): ", capsys.readouterr().err)


def test_help_names_every_option_and_ends_with_examples(capsys):
    with pytest.raises(SystemExit):
        serve(["--help"])

    told = capsys.readouterr().out
    assert all(option in told for option in ("--host", "--port", "--database", "--workers", "QUIZ_HOST"))
    assert "python app.py --port 8000" in told


def test_a_database_means_the_same_file_from_whatever_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert _absolute("a.db") == _absolute("sqlite:///a.db") == f"sqlite:///{tmp_path}/a.db"
    assert _absolute("postgresql://db/quiz") == "postgresql://db/quiz"
