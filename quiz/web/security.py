"""What every response and every request must keep to: headers, CSRF, where a request may come from."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden
from werkzeug.middleware.proxy_fix import ProxyFix

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "frame-ancestors {ancestors}",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ]
)

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# An address under /static/ carries a digest of what it shows (pages.asset), so it never shows anything else.
A_YEAR_S = 31_536_000


class FromAnotherSite(Forbidden):
    """A page of another site sent this; nothing was done."""


def protect(app: Flask) -> None:
    """Guard every view of the application, whatever blueprint it is in."""
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_what_cannot_be_stored)
    CSRFProtect(app)
    app.after_request(_add_headers)


def _refuse_other_sites() -> None:
    # Browsers say where a request comes from. CSRF tokens do the same work; two locks are better than one.
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise FromAnotherSite


def _refuse_what_cannot_be_stored() -> None:
    # No browser's form can send a NUL; PostgreSQL refuses it, and SQLite's tools cut the text there.
    values = (
        value for fields in (request.args, request.form) for found in fields.listvalues() for value in found
    )
    if any("\0" in value for value in values):
        abort(400)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    # Only the preview is shown in a frame, and only by our own editor.
    ancestors = "'self'" if request.endpoint == "questions.preview" else "'none'"
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY.format(ancestors=ancestors))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR_S}; includeSubDomains")
    if request.endpoint == "pictures.picture" and response.status_code in (200, 304):
        # A picture's address is a digest of it. Private: it was shown to one signed-in person.
        headers["Cache-Control"] = f"private, max-age={A_YEAR_S}, immutable"
    elif request.endpoint == "static" and response.status_code in (200, 304):
        if "v" in request.args:
            headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    else:
        # Without it, Back after submitting shows the old form from the browser's own store.
        headers["Cache-Control"] = "no-store"
    return response
