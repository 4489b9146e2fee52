"""Join codes: eight characters without look-alikes, shown as ABCD-EFGH."""

from __future__ import annotations

import unicodedata

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8


def code_from(randomness: bytes) -> str:
    """Return a code from at least eight random bytes."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in randomness[:LENGTH])


def shown(code: str) -> str:
    """Return the code as people read it."""
    return f"{code[:4]}-{code[4:]}"


def as_typed(text: str) -> str:
    """Return the code behind what somebody typed: case, spaces, dashes and Arabic digits don't matter."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (str(unicodedata.digit(c)) if c.isdigit() else c.upper() for c in plain if c.isalnum())
    return "".join(kept)
