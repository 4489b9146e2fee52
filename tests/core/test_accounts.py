from __future__ import annotations

import pytest

from quiz.core.accounts import UnusableAccount, require_good_password, usable_email, usable_name


def test_white_space_in_a_name_is_collapsed():
    assert usable_name("  Amal\t al-Sayed \n") == "Amal al-Sayed"


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x07", "a" * 81])
def test_a_name_has_one_to_eighty_characters(typed):
    with pytest.raises(UnusableAccount) as problem:
        usable_name(typed)

    assert problem.value.field == "name"


def test_addresses_that_mean_the_same_are_stored_alike():
    assert usable_email(" Amal@Example.ORG ") == "amal@example.org"
    assert usable_email("ａｍａｌ@example.org") == "amal@example.org"


@pytest.mark.parametrize(
    "typed", ["", "amal", "amal@", "@example.org", "a b@example.org", "a@b@c", "a@b\x00", "a@" + "b" * 260]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(UnusableAccount) as problem:
        usable_email(typed)

    assert problem.value.field == "email"


@pytest.mark.parametrize(
    "password",
    [
        "correct otter walks quietly", " leading and trailing ", "ثلاث كلمات غريبة",
        "🦦🦦🐻🦊🐸🦉🐢🦀🐙🐝🦋🐌", "x7$Kq9!mZp2@", "ab" * 3 + "q" * 250, "\t\x00\u200bodd but long enough",
    ],
)  # fmt: skip
def test_any_characters_make_a_good_password(password):
    require_good_password(password, name="Amal", email="amal@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "", "elevenchars", "a" * 257, "aaaaaaaaaaaa", "abcabcabcabc", "123456789012", "abcdefghijkl",
        "987654321098", "password1234", "PASSWORD!!!!!", "Footnote2026!", "qwertyuiop[]", "amal@example.org",
        "AmalAmal2009", "Amal-Sayed-1999",
    ],
)  # fmt: skip
def test_passwords_that_a_stranger_would_try_are_refused(password):
    with pytest.raises(UnusableAccount) as problem:
        require_good_password(password, name="Amal Sayed", email="amal@example.org")

    assert problem.value.field == "password"
