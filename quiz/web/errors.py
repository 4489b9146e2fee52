"""Pages for what goes wrong: each says what happened and the way out, and keeps what was typed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, jsonify, make_response, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.wrappers import Response

from quiz.core.join_codes import code_from
from quiz.storage.database import Busy, Conflict, RowCountError
from quiz.web.request_tools import explain, own_path_or
from quiz.web.security import FromAnotherSite
from quiz.workflows.limit_rate import TooManyTries

# Never shown again, in any page: whoever looks over the shoulder must not read them.
SECRET_FIELDS = ("csrf_token", "password", "new_password", "token")
MOST_KEPT = 200


@dataclass(frozen=True)
class Trouble:
    """status: of HTTP. title, sentence: for people. keeps_typed: whether the page shows what was sent."""

    status: int
    title: str
    sentence: str
    keeps_typed: bool = False


def register_error_pages(app: Flask) -> None:
    """Register a page for every error that a browser may meet."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(TooManyTries, _too_many_tries)
    app.register_error_handler(RowCountError, lambda error: _page(_trouble_for(404)))
    app.register_error_handler(Conflict, lambda error: _page(_trouble_for(409)))
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(500, _our_fault)


def _trouble_for(status: int) -> Trouble:
    match status:
        case 401:
            return Trouble(
                401,
                _("You are not signed in any more"),
                _("Sign in, then go back and send it again."),
                keeps_typed=True,
            )
        case 403:
            return Trouble(
                403,
                _("You cannot open this"),
                _("It is for instructors. An instructor can make you an account."),
            )
        case 404:
            return Trouble(
                404, _("There is nothing here"),
                _("The address may be mistyped, or what was here is gone or is not yours to see."),
            )  # fmt: skip
        case 405:
            return Trouble(
                405,
                _("This cannot be opened like that"),
                _("It is a place that forms are sent to. Go back to the page before."),
            )
        case 409:
            return Trouble(
                409, _("Somebody was faster"),
                _("What you sent does not fit to what is stored by now. Go back, reload the page and look."),
                keeps_typed=True,
            )  # fmt: skip
        case 410:
            return Trouble(410, _("This is over"), _("What was here is not kept any more."))
        case 415 | 400 | 422:
            return Trouble(status, _("This could not be read"), _("Go back and try again."), keeps_typed=True)
    return Trouble(status, _("This did not work"), _("Go back and try again."), keeps_typed=True)


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    page = _page(_from_another_site() if isinstance(error, FromAnotherSite) else _trouble_for(error.code))
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            page.headers[name] = value
    return page


def _from_another_site() -> Trouble:
    return Trouble(
        403,
        _("This came from another site"),
        _(
            "A page that is not Footnote’s sent it, so nothing was done. Open Footnote itself and try it there."
        ),
    )


def _stale_form(error: CSRFError) -> Response:
    sentence = _(
        "This page was open too long or was opened elsewhere, so nothing was changed. "
        "Go back, reload the page and send it again."
    )
    return _page(Trouble(400, _("Nothing was sent"), sentence, keeps_typed=True))


def _unknown_host(error: SecurityError) -> Response:
    # No page of ours: its links would be made of the very name that is not trusted.
    return _with_status(
        make_response("This site does not answer to that name.\n"), 400, "text/plain; charset=utf-8"
    )


def _too_large(error: RequestEntityTooLarge) -> Response:
    limit, sent = request.max_content_length or 0, request.content_length
    if sent is None:
        sentence = _("What was sent is too long. The limit is %(limit)s MB.", limit=_megabytes(limit))
    elif sent <= limit:
        # All of it may be sent, but one text of the form is too long.
        limit = request.max_form_memory_size or limit
        sentence = _("A text in the form is too long. The limit is %(limit)s MB.", limit=_megabytes(limit))
    elif request.mimetype == "multipart/form-data":
        sentence = _(
            "The file is %(sent)s MB. The limit is %(limit)s MB.",
            sent=_megabytes(sent),
            limit=_megabytes(limit),
        )
    else:
        sentence = _(
            "This is %(sent)s MB. The limit is %(limit)s MB.", sent=_megabytes(sent), limit=_megabytes(limit)
        )
    return _page(Trouble(413, _("This is too large"), sentence))


def _too_many_tries(error: TooManyTries) -> Response:
    page = _page(Trouble(429, _("Too many tries"), explain(error), keeps_typed=True))
    page.headers["Retry-After"] = str(error.retry_after_s)
    return page


def _busy(error: Busy) -> Response:
    current_app.logger.warning("busy: %s", error)
    sentence = _("Nothing was lost, but nothing was saved either. Wait a moment, go back and send it again.")
    page = _page(Trouble(503, _("We cannot save right now"), sentence, keeps_typed=True))
    page.headers["Retry-After"] = "1"
    return page


def _our_fault(error: Exception) -> Response:
    code = code_from(secrets.token_bytes(8))[:6]
    cause = getattr(error, "original_exception", None) or error
    current_app.logger.error("code %s: %s %s", code, request.method, request.path, exc_info=cause)
    if _wants_json():
        return _with_status(jsonify(error=_("Something went wrong on our side."), code=code), 500)
    # It stands alone: whatever broke may break the layout, too.
    return _with_status(make_response(render_template("errors/our_fault.html", code=code)), 500)


def _page(trouble: Trouble) -> Response:
    if _wants_json():
        return _with_status(jsonify(error=trouble.sentence), trouble.status)
    typed = _typed() if trouble.keeps_typed else []
    page = render_template("errors/trouble.html", trouble=trouble, typed=typed, back=_page_before())
    return _with_status(make_response(page), trouble.status)


def _with_status(response: Response, status: int, content_type: str = "") -> Response:
    response.status_code = status
    if content_type:
        response.content_type = content_type
    return response


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted.accept_json and not accepted.accept_html


def _typed() -> list[tuple[str, str]]:
    """Return the fields that were sent and hold something, as (name, value); no secrets and no files."""
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:
        # What can't be read can't be shown; this is often why we are here.
        return []
    return [(name, value) for name, value in sent if value.strip() and not _is_secret(name)][:MOST_KEPT]


def _is_secret(name: str) -> bool:
    return any(name == secret or name.endswith(f"-{secret}") for secret in SECRET_FIELDS)


def _page_before() -> str:
    """Return where the reader came from, as far as it is a page of this site."""
    before = request.referrer or ""
    path = before.removeprefix(request.host_url.rstrip("/")) if before.startswith(request.host_url) else ""
    return own_path_or(path, url_for("front.home"))


def _megabytes(size: int) -> str:
    return str(format_decimal(round(size / 1_000_000, 1)))
