"""Every page that links lead to, for whoever is signed in: one address of each view, and of each type's form."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app import create_app

# The whole source with its hundreds of claims takes axe a minute; filtered, it is the same page with fewer of them.
SHORTER = {"/sources/syria-iran-2024": "?verdict=wrong", "/sources/since-2024": "?verdict=disputed"}


def pages_from(page: Page, start: str, seen: set[object]) -> Iterator[str]:
    """Open the start and every page reachable from it, one of each view; give each address while it is open.

    seen: views that were opened before, by somebody else; those found here are added. The start is always opened.
    """
    site = urlsplit(start)
    views = create_app({"DATABASE": "unused.db", "SECRET_KEY": "crawling"}).url_map.bind(site.netloc)

    def view_of(link: str) -> tuple[str, str] | None:
        try:
            endpoint, values = views.match(urlsplit(link).path, method="GET")
        except (HTTPException, RequestRedirect):
            return None
        return endpoint, values.get("type_name", "")

    waiting = [start]
    seen |= {view_of(start), None, ("static", "")}
    while waiting:
        address = waiting.pop(0)
        address += SHORTER.get(urlsplit(address).path, "")
        if _is_file(page, address):
            continue
        yield address
        if page.url != address:
            page.goto(address)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            if urlsplit(link).netloc == site.netloc and view_of(link) not in seen:
                seen.add(view_of(link))
                waiting.append(link.split("#")[0])


def _is_file(page: Page, address: str) -> bool:
    """Open the address; tell whether it is a file to save instead of a page."""
    head = page.request.get(address)
    if not head.headers.get("content-type", "").startswith("text/html"):
        return True
    page.goto(address)
    return False
