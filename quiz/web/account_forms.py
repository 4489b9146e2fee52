"""Forms for accounts: what core.accounts says of a field, said at all fields at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError

from quiz.core.accounts import (
    SHORTEST_PASSWORD,
    UnusableAccount,
    require_good_password,
    usable_email,
    usable_name,
)
from quiz.web.request_tools import explain


def must_be(usable: Callable[[str], object]) -> Callable[[Any, Any], None]:
    """Return a validator for a field by a rule of core.accounts."""

    def validate(form: FlaskForm, field: StringField) -> None:
        try:
            usable(field.data or "")
        except UnusableAccount as problem:
            raise ValidationError(explain(problem)) from None

    return validate


def blame(form: FlaskForm, problem: UnusableAccount) -> None:
    """Show the workflow's problem at its field."""
    field = form[problem.field]
    field.errors = [*field.errors, explain(problem)]


def _password_hint() -> Any:
    return lazy_gettext(
        "%(least)s characters or more. Three or four unrelated words are easy to keep in mind.",
        least=SHORTEST_PASSWORD,
    )


class SignInForm(FlaskForm):
    """E-mail address and password; neither is judged before they are tried."""

    email = StringField(lazy_gettext("E-mail address"))
    password = PasswordField(lazy_gettext("Password"))


class GuestForm(FlaskForm):
    """A display name."""

    name = StringField(
        lazy_gettext("Your name"),
        [must_be(usable_name)],
        description=lazy_gettext(
            "The teachers of this quiz see it beside your answers and your score. Other learners do not."
        ),
    )


class SignUpForm(FlaskForm):
    """A new account."""

    name = StringField(
        lazy_gettext("Your name"),
        [must_be(usable_name)],
        description=lazy_gettext("Your teachers see it beside your results."),
    )
    email = StringField(
        lazy_gettext("E-mail address"),
        [must_be(usable_email)],
        description=lazy_gettext("To sign in with. Nothing is sent to it."),
    )
    password = PasswordField(lazy_gettext("Password"), description=_password_hint())

    def validate_password(self, field: PasswordField) -> None:
        must_be(
            lambda typed: require_good_password(typed, name=self.name.data or "", email=self.email.data or "")
        )(self, field)


class ProfileForm(FlaskForm):
    """Name and address of an account."""

    name = StringField(lazy_gettext("Your name"), [must_be(usable_name)])
    email = StringField(lazy_gettext("E-mail address"), [must_be(usable_email)])
    password = PasswordField(
        lazy_gettext("Your password"),
        description=lazy_gettext("Needed only if you change the e-mail address."),
    )


class GuestProfileForm(FlaskForm):
    """Name of somebody without an account."""

    name = StringField(lazy_gettext("Your name"), [must_be(usable_name)])


class PasswordForm(FlaskForm):
    """The old password and the new one."""

    password = PasswordField(lazy_gettext("Your password now"))
    new_password = PasswordField(lazy_gettext("New password"), description=_password_hint())
