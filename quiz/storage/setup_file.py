"""The file beside a SQLite database that remembers the setup link, so that a restart prints the same one."""

from __future__ import annotations

import os
from pathlib import Path


def setup_file_beside(database_url: str) -> Path | None:
    """Return where the link's token is kept, or None for a database that is no file."""
    return (
        Path(database_url.removeprefix("sqlite:///") + ".setup")
        if database_url.startswith("sqlite:///")
        else None
    )


def read_token(file: Path | None) -> str | None:
    """Return the token, or None if there is none."""
    try:
        return (file.read_text(encoding="ascii").strip() or None) if file else None
    except FileNotFoundError:
        return None


def keep_token(file: Path | None, token: str) -> None:
    """Write the token where only its owner can read it."""
    if file:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(token)


def forget_token(file: Path | None) -> None:
    """Remove the file, if it is there."""
    if file:
        file.unlink(missing_ok=True)
