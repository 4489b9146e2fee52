"""Who is asking: the cookie holds a secret, the database knows whose it is and whether it still counts."""

from __future__ import annotations

from flask import Flask, g, request, session

from quiz.web.request_tools import db, now
from quiz.workflows.open_session import SignedIn
from quiz.workflows.resume_session import resume_session

_TOKEN = "token"


def recognise_people(app: Flask) -> None:
    """Set ``g.person`` before each request that may need it."""
    app.before_request(_recognise)


def begin_session(signed_in: SignedIn) -> None:
    """Hand the session's secret to the browser. What the cookie held before is gone, its CSRF token too."""
    session.clear()
    session.permanent = True
    session[_TOKEN] = signed_in.token
    g.person = signed_in.person


def end_session() -> None:
    """Take the secret back from the browser; the workflow sign_out makes it worthless."""
    session.clear()
    g.person = None


def session_token() -> str | None:
    """Return the secret that the browser sent, if it sent any."""
    token: str | None = session.get(_TOKEN)
    return token


def visitor() -> str:
    """Return what tells this browser from others, also before anybody is signed in."""
    # A form can't be sent without the CSRF token that a page of ours has put into the cookie.
    return session_token() or session.get("csrf_token") or request.remote_addr or ""


def _recognise() -> None:
    g.person = None
    token = session_token()
    if token is None or request.endpoint == "static":
        return
    resumed = resume_session(db(), token, now=now())
    if resumed:
        g.person = resumed.person
        # Only then is the cookie sent again, with a later date: not with every page.
        session.modified = session.modified or resumed.is_prolonged
