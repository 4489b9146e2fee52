"""A real Chromium in front of a real server: ``python app.py`` on a database of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from quiz.storage.connect import open_database
from tests.conftest import cannot_test
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Offline and quiet: none of these pages may ask another host for anything.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PASSWORD = "correct horse battery staple"
# How long a page may take on a machine that has much else to do. Whatever is there sooner is seen sooner.
PATIENCE_S = 30
expect.set_options(timeout=PATIENCE_S * 1000)


@dataclass
class Site:
    """A running Footnote. setup: the one-time link of its first instructor. states: of those signed in, by who."""

    url: str
    setup: str
    folder: Path
    states: dict[str, Any] = field(default_factory=dict)

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``flask quiz …`` on the site's database."""
        environment = os.environ | {"QUIZ_DATABASE": f"sqlite:///{self.folder}/footnote.db"}
        command = [sys.executable, "-m", "flask", "quiz", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def find_chromium() -> str | None:
    """Return where a Chromium is, or None."""
    named = os.environ.get("QUIZ_CHROMIUM")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    path = find_chromium()
    if path is None:
        cannot_test("the pages in a browser", "install chromium, or set QUIZ_CHROMIUM")
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=CHROMIUM_ARGUMENTS
        )
        yield launched
        launched.close()


@pytest.fixture
def context(browser):
    """A window of its own, at 1280 by 900, that must not log an error of its own making."""
    opened = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en-GB"
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture(scope="session")
def site(tmp_path_factory, chromium) -> Iterator[Site]:
    """One running site for the session, with the shipped banks; tests make their own people and quizzes."""
    folder = tmp_path_factory.mktemp("site")
    process, site = start_site(folder)
    yield site
    stop_site(process)


@pytest.fixture
def taking(site, page):
    """A guest in the middle of a quiz of every type, at its first question."""
    from tests.browser.taking import Taking

    db = open_database(f"sqlite:///{site.folder}/footnote.db")
    yield Taking(site, page, db)
    db.close()


def start_site(folder: Path, port: int | None = None) -> tuple[subprocess.Popen[str], Site]:
    """Run ``python app.py`` in the background; return it when it answers."""
    port = port or free_port()
    with open(folder / "server.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port), "--database", f"{folder}/footnote.db"],
            cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    give_up_at = time.monotonic() + 4 * PATIENCE_S
    while time.monotonic() < give_up_at:
        time.sleep(0.05)
        said = (folder / "server.log").read_text(encoding="utf-8")
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped:\n{said}")
        if answers(port):
            link = re.search(r"http\S+/setup/\S+", said)
            return process, Site(f"http://127.0.0.1:{port}", link[0] if link else "", folder)
    process.kill()
    raise RuntimeError(f"the server did not answer within {4 * PATIENCE_S} s")


def stop_site(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
