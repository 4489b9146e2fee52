"""Settings: defaults, then ``QUIZ_…`` variables, then what create_app was given."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

COOKIE_NAME = "footnote"

# TRUSTED_HOSTS: the names under which the site may be asked for; None for any. PROXIES: how many proxies
# stand before the server and tell it where requests come from; with 0 nobody's word is taken for it.
DEFAULTS: Mapping[str, Any] = {
    "DATABASE": "sqlite:///footnote.db",
    "HOST": "127.0.0.1",
    "PORT": 5000,
    "WORKERS": 1,
    "PROXIES": 0,
    "TRUSTED_HOSTS": None,
    "MAX_CONTENT_LENGTH": 1_000_000,
    "MAX_FORM_PARTS": 2_000,
    "SESSION_COOKIE_NAME": COOKIE_NAME,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_SECURE": False,
    # As long as the longest session; the database decides which of them still count.
    "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
    "SESSION_REFRESH_EACH_REQUEST": False,
    # A page may stay open for hours before its answer is sent; the token is bound to the session anyway.
    "WTF_CSRF_TIME_LIMIT": None,
    "BABEL_DEFAULT_LOCALE": "en",
}

NUMBERS = ("PORT", "WORKERS", "PROXIES", "MAX_CONTENT_LENGTH", "MAX_FORM_PARTS")
FLAGS = ("SESSION_COOKIE_SECURE",)
LISTS = ("TRUSTED_HOSTS",)


def settings_from(environment: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all settings. Raises ValueError if a variable that should be a number is none."""
    found = dict(DEFAULTS)
    for name, text in environment.items():
        if name.startswith("QUIZ_"):
            found[name.removeprefix("QUIZ_")] = _value(name.removeprefix("QUIZ_"), text)
    found |= given
    found["DATABASE"] = database_url(found["DATABASE"])
    if found["SESSION_COOKIE_SECURE"] and found["SESSION_COOKIE_NAME"] == COOKIE_NAME:
        # Browsers take such a name only over TLS and from this very host: no neighbour can plant one.
        found["SESSION_COOKIE_NAME"] = f"__Host-{COOKIE_NAME}"
    if not found.get("SECRET_KEY"):
        found["SECRET_KEY"] = _secret_beside(found["DATABASE"])
    return found


def database_url(text: str) -> str:
    """Return the database as a URL; a plain path means a SQLite file."""
    return text if "://" in text else f"sqlite:///{text}"


def _value(name: str, text: str) -> Any:
    if name in NUMBERS:
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"QUIZ_{name} must be a whole number, not {text!r}") from None
    if name in FLAGS:
        return text.strip().lower() in ("1", "true", "yes", "on")
    if name in LISTS:
        return [part.strip() for part in text.split(",") if part.strip()] or None
    return text


def _secret_beside(url: str) -> str:
    """Return the key that signs cookies, from a file beside the SQLite database; made at the first start.

    It must outlive a restart, or everybody would be signed out by one.
    """
    if not url.startswith("sqlite:///"):
        raise ValueError(
            "set QUIZ_SECRET_KEY to a long random text: all nodes of one PostgreSQL must share it"
        )
    path = Path(url.removeprefix("sqlite:///") + ".secret")
    key = _written(path)
    if not key:
        _write_whole(path, secrets.token_urlsafe(48))
        key = _written(path)
    return key


def _written(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _write_whole(path: Path, text: str) -> None:
    """Give the file its text in one step: another process sees all of it, or no file; the first one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        if not _written(path):
            os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
