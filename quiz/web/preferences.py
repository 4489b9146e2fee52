"""How somebody wants to see the site: choices that their browser keeps, with or without an account."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from werkzeug.wrappers import Response

from quiz.web.pages import LANGUAGES, THEMES

A_YEAR_S = 365 * 24 * 3600
# What may stand in a preference, by the name of its cookie and its field.
PREFERENCES = {
    "locale": tuple(LANGUAGES),
    "theme": THEMES,
    "shortcuts": ("on", "off"),
    "timer": ("shown", "hidden"),
}


def keep_preferences(response: Response, chosen: Mapping[str, str]) -> Response:
    """Give the browser those of the choices that are known; return the response."""
    for name, choices in PREFERENCES.items():
        if chosen.get(name) in choices:
            response.set_cookie(
                name, chosen[name], max_age=A_YEAR_S, samesite="Lax", httponly=True,
                secure=current_app.config["SESSION_COOKIE_SECURE"],
            )  # fmt: skip
    return response
