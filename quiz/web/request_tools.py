"""What every view needs: the database, the time, who is asking, and how to say no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from flask_babel import format_datetime, gettext
from werkzeug.wrappers import Response

from quiz.core.messages import Explained
from quiz.storage.database import Database
from quiz.storage.people import Person

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Footnote:
    """What an application stands on, kept in ``app.extensions["footnote"]``."""

    db: Database
    clock: Callable[[], datetime]

    def now(self) -> datetime:
        """Return the time by the application's clock, aware, in UTC."""
        return self.clock()


def footnote() -> Footnote:
    """Return what the running application stands on."""
    found: Footnote = current_app.extensions["footnote"]
    return found


def db() -> Database:
    """Return the application's database."""
    return footnote().db


def now() -> datetime:
    """Return the time of this request: one moment for all that it does."""
    if "now" not in g:
        g.now = footnote().now()
    moment: datetime = g.now
    return moment


def today() -> date:
    """Return the day, in UTC, on which standing is computed."""
    return now().date()


def person() -> Person | None:
    """Return who is signed in (a guest counts), or None."""
    found: Person | None = g.get("person")
    return found


def explain(problem: Explained) -> str:
    """Return the problem's sentence in the reader's language."""
    values = {name: _in_words(value) for name, value in problem.values.items()}
    return str(gettext(problem.sentence)).format(**values)


def _in_words(value: Any) -> Any:
    """Return a time as templates show it (see pages.moment), anything else unchanged."""
    return f"{format_datetime(value, 'd MMMM y, HH:mm')} UTC" if isinstance(value, datetime) else value


def signed_in(view: View) -> View:
    """Let the view be used by whoever is signed in, guests included; send others to sign in first."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if person() else to_sign_in()

    return guarded  # type: ignore[return-value]


def for_instructors(view: View) -> View:
    """Let the view be used by instructors only: 403 for others who are signed in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        asking = person()
        if asking is None:
            return to_sign_in()
        if asking.role != "instructor":
            abort(403)
        return view(*args, **kwargs)

    return guarded  # type: ignore[return-value]


def to_sign_in() -> Response:
    """Return the way to the sign-in page and back to this one.

    Something that was sent is not thrown away: the page for 401 shows it and offers to sign in.
    """
    if request.method not in ("GET", "HEAD"):
        abort(401)
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))


def me() -> Person:
    """Return who is signed in, in a view that only they can reach."""
    found = person()
    if found is None:
        abort(401)
    return found


def not_found() -> NoReturn:
    """Answer 404, also for what exists but is not theirs: an address must not tell which."""
    abort(404)


def wants_json() -> bool:
    """Tell whether a script asks, and not a browser that would show the answer as a page."""
    return request.accept_mimetypes.accept_json and not request.accept_mimetypes.accept_html


def own_path_or(target: str | None, fallback: str) -> str:
    """Return the target if it is a path of this site, else the fallback. Nobody is redirected elsewhere."""
    # Browsers read a backslash as a slash, and leave out tabs and line ends before they look for two slashes.
    if not target or not target.startswith("/") or target.startswith("//"):
        return fallback
    return target if target.isprintable() and "\\" not in target else fallback
