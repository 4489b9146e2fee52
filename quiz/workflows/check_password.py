"""Hash passwords with argon2id, and check them, taking as long for an account that does not exist."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's smaller profile: 19 MiB, about 25 ms. A thousand sign in within half a minute of one core.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
# More at once would only share the same cores, and take 19 MiB each.
_at_once = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """Return the hash to store, with its salt and settings."""
    with _at_once:
        return _hasher.hash(password)


def check_password(stored: str | None, password: str) -> bool:
    """Tell whether it is the password. stored: None if there is no account, which takes as long."""
    with _at_once:
        try:
            return _hasher.verify(stored or _nobodys_hash(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Tell whether the hash was made with other settings than today's."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
