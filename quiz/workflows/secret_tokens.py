"""Make the secrets that sessions and links are known by, and the hashes by which the database knows them."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """Return 256 bits of chance, as text that fits into an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return the token's SHA-256, hexadecimal. No salt: nobody can try out 256 bits."""
    return sha256(token.encode()).hexdigest()
