from __future__ import annotations

import re
from functools import wraps

import pytest

from app import create_app
from quiz.web.request_tools import own_path_or
from quiz.web.security import CONTENT_SECURITY_POLICY

STRICT = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.format(ancestors="'none'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.fixture
def guarded(settings):
    """The application as it is served, with CSRF."""
    app = create_app(settings | {"WTF_CSRF_ENABLED": True})
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    app.extensions["footnote"].db.close()


def addresses(app, methods):
    """Give an address for each route that takes one of the methods, with things that nobody has."""
    for rule in app.url_map.iter_rules():
        if rule.methods & methods:
            address = re.sub(r"<int:[^>]*>", "1", rule.rule)
            yield sorted(rule.methods & methods)[0], re.sub(r"<[^>]*>", "nothing", address)


def test_no_form_is_taken_without_its_token(guarded):
    reached = []
    for endpoint, view in guarded.view_functions.items():
        guarded.view_functions[endpoint] = noting(view, reached)
    client = guarded.test_client()
    walked = list(addresses(guarded, {"POST", "PUT", "PATCH", "DELETE"}))

    statuses = {address: client.open(address, method=method).status_code for method, address in walked}

    assert len(statuses) > 8
    assert reached == []
    # Where a page can be shown again with all that was typed, being nobody comes first: 401, or 404.
    assert set(statuses.values()) <= {400, 401, 404}
    assert statuses["/sign-in"] == statuses["/preferences"] == 400


def noting(view, reached):
    """Return a view in the view's place that only notes that it was reached."""

    @wraps(view)
    def stand_in(**_):
        reached.append(view.__name__)
        return "reached"

    return stand_in


def test_a_form_with_its_token_is_taken(guarded):
    client = guarded.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]

    page = client.post(
        "/sign-in",
        data={"csrf_token": token, "email": "amal@example.org", "password": "correct otter walks quietly"},
    )

    assert page.status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_form_is_taken_from_another_site(app, site):
    client = app.test_client()
    walked = list(addresses(app, {"POST", "PUT", "PATCH", "DELETE"}))

    headers = {"Sec-Fetch-Site": site}
    statuses = {
        client.open(address, method=method, headers=headers).status_code for method, address in walked
    }

    assert statuses == {403}


def test_a_request_of_another_site_is_told_why_it_was_refused(client):
    page = client.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 403
    assert "came from another site" in page.text


@pytest.mark.parametrize("send", [{"data": {"name": "a\0b"}}, {"query_string": {"next": "/a\0b"}}])
def test_what_no_database_can_store_is_refused(client, send):
    assert client.post("/sign-up", **send).status_code == 400


@pytest.mark.parametrize("who", ["client", "amal", "bilal"])
def test_every_page_carries_the_headers_that_guard_it(app, who, request):
    browser = request.getfixturevalue(who)

    for _, address in addresses(app, {"GET"}):
        if address.startswith("/static/"):
            continue
        headers = browser.get(address).headers
        missing = {name: headers.get(name) for name, value in STRICT.items() if headers.get(name) != value}
        # A preview is shown in the editor's own frame.
        assert missing.keys() <= ({"Content-Security-Policy"} if "preview" in address else set()), address


def test_no_page_carries_a_script_or_a_style_of_its_own(app, client, amal, bilal):
    for browser in (client, amal, bilal):
        for _, address in addresses(app, {"GET"}):
            page = browser.get(address)
            if page.mimetype == "text/html":
                assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", page.text), (
                    address
                )


def test_static_files_are_kept_for_good_by_their_digest_and_only_then(client):
    kept = {}
    for name in ("app.css?v=1", "app.css", "missing.css?v=1"):
        with client.get(f"/static/{name}") as response:
            kept[name] = response.headers["Cache-Control"]

    assert kept == {
        "app.css?v=1": "public, max-age=31536000, immutable",
        "app.css": "no-cache",
        "missing.css?v=1": "no-store",
    }


def test_nothing_is_said_about_tls_until_there_is_tls(client):
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert (
        "max-age=31536000"
        in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    )


def test_every_cookie_is_out_of_reach_of_scripts_and_of_other_sites(app, client):
    cookies = client.post("/preferences", data={"theme": "dark"}).headers.getlist("Set-Cookie")
    cookies += client.get("/sign-in").headers.getlist("Set-Cookie")

    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie for cookie in cookies)


def test_behind_tls_cookies_travel_by_tls_only(settings):
    client = create_app(settings | {"SESSION_COOKIE_SECURE": True, "WTF_CSRF_ENABLED": True}).test_client()

    cookies = client.get("/sign-in", base_url="https://localhost").headers.getlist("Set-Cookie")

    assert cookies[0].startswith("__Host-footnote=")
    assert "Secure" in cookies[0]


def test_a_host_that_is_not_trusted_gets_no_page(settings):
    client = create_app(settings | {"TRUSTED_HOSTS": ["quiz.example.org"]}).test_client()

    assert client.get("/help", base_url="http://quiz.example.org").status_code == 200
    assert client.get("/help", base_url="http://evil.example").status_code == 400


def test_forwarded_headers_count_only_with_a_proxy(settings):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "quiz.example.org"}
    open_to_all, behind_one = (create_app(settings | {"PROXIES": n}).test_client() for n in (0, 1))

    assert "Strict-Transport-Security" not in open_to_all.get("/help", headers=forwarded).headers
    assert "Strict-Transport-Security" in behind_one.get("/help", headers=forwarded).headers


@pytest.mark.parametrize(
    "target",
    [
        "", None, "http://evil.example", "https:evil.example", "//evil.example", "///evil.example",
        "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
        "/\r/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)", "data:text/html,x",
        "evil.example", "@evil.example", "?next=//evil.example", "/ok\\..\\evil", "/\x00/evil.example",
        "/\u2028/evil.example", "http:///evil.example", "%2f%2fevil.example", "#",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(target):
    assert own_path_or(target, "/home") == "/home"


@pytest.mark.parametrize("target", ["/", "/join/ABCDEFGH", "/questions?q=a%20b&tag=x", "/sources/المصدر"])
def test_a_path_of_this_site_is_followed(target):
    assert own_path_or(target, "/home") == target
