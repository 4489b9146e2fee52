"""What an account must be: a name, an e-mail address, and a password that nobody guesses at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from quiz.core.messages import N_, Explained

NAME_LENGTH = 80
EMAIL_LENGTH = 254
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256

# What many people take when they are asked for twelve characters. Digits and signs around these add nothing.
_COMMON = (
    "password", "passwort", "passw0rd", "letmein", "welcome", "iloveyou", "administrator", "admin",
    "qwertyuiop", "qwerty", "qwertz", "azerty", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc", "1q2w3e4r5t6y",
    "dragon", "monkey", "football", "sunshine", "princess", "correcthorsebatterystaple", "changeme", "secret",
    "student", "teacher", "footnote", "quiz",
)  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


class UnusableAccount(Explained):
    """What somebody typed makes no account. field: name, email or password."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


def usable_name(typed: str) -> str:
    """Return the name with its white space collapsed. Raises UnusableAccount if none is left, or too much."""
    name = " ".join(_without_controls(unicodedata.normalize("NFC", typed)).split())
    if not name:
        raise UnusableAccount("name", N_("Enter a name"))
    if len(name) > NAME_LENGTH:
        raise UnusableAccount("name", N_("The name must have {most} characters at most"), most=NAME_LENGTH)
    return name


def usable_email(typed: str) -> str:
    """Return the address as it is stored: one form for all that mean the same. Raises UnusableAccount."""
    email = unicodedata.normalize("NFKC", typed).strip().lower()
    if not email:
        raise UnusableAccount("email", N_("Enter an e-mail address"))
    if len(email) > EMAIL_LENGTH or not email.isprintable() or not _EMAIL.fullmatch(email):
        raise UnusableAccount("email", N_("Enter an e-mail address, like amal@example.org"))
    return email


def require_good_password(password: str, *, name: str, email: str) -> None:
    """Raise UnusableAccount if the password is too short, too long, or one that a stranger would try first.

    Any character may be in it, and it is taken as it is: nothing is trimmed.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise UnusableAccount(
            "password", N_("The password must have {least} characters or more"), least=SHORTEST_PASSWORD
        )
    if len(password) > LONGEST_PASSWORD:
        raise UnusableAccount(
            "password", N_("The password must have {most} characters at most"), most=LONGEST_PASSWORD
        )
    if _repeats_or_counts(password) or _is_mostly(password, [*_COMMON, *_words_of(name, email)]):
        raise UnusableAccount(
            "password",
            N_("This password is easily guessed. Take several words that have nothing to do with each other"),
        )


def _without_controls(text: str) -> str:
    return "".join(c if unicodedata.category(c) != "Cc" else " " for c in text)


def _repeats_or_counts(password: str) -> bool:
    """Tell whether it is a short piece over and over, or goes up or down letter by letter."""
    pieces = range(1, len(password) // 3 + 1)
    if any(password == (password[:size] * len(password))[: len(password)] for size in pieces):
        return True
    steps = {ord(b) - ord(a) for a, b in zip(password, password[1:], strict=False)}
    # 1234567890123 goes from 9 to 0 on its way.
    return steps <= {1, -9} or steps <= {-1, 9}


def _words_of(name: str, email: str) -> list[str]:
    words = [*re.split(r"\W+", name.casefold()), *re.split(r"[\W_]+", email.casefold()), email.casefold()]
    return [word for word in words if len(word) >= 3]


def _is_mostly(password: str, words: Iterable[str]) -> bool:
    """Tell whether little but digits and signs is left once the words are taken out."""
    left = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    if left == password.casefold():
        return False
    return sum(c.isalpha() for c in left) < 4
