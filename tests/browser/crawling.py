"""Every page that links lead to, for whoever is signed in: one address of each shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

# Links that don't lead to a page: files to save.
NOT_PAGES = re.compile(r"/(scores|results)\b.*\.(csv|xlsx|json|ndjson)|[?&]format=|/export")
MOST_PAGES = 120


def pages_from(page: Page, start: str) -> Iterator[str]:
    """Open the start and every page reachable from it, one of each shape; give each address while it is open."""
    site = urlsplit(start).netloc
    waiting, seen = [start], {shape_of(start)}
    while waiting and len(seen) <= MOST_PAGES:
        address = waiting.pop(0)
        response = page.goto(address)
        if response is None or "text/html" not in (response.headers.get("content-type") or ""):
            continue
        yield address
        if page.url != address:
            page.goto(address)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            shape = shape_of(link)
            if urlsplit(link).netloc == site and shape not in seen and not NOT_PAGES.search(link):
                seen.add(shape)
                waiting.append(link.split("#")[0])


def shape_of(address: str) -> str:
    """Return the address with ids and numbers taken out, so that two pages of one kind have one shape."""
    path = urlsplit(address).path
    return re.sub(r"/[^/]*(?:\d|[^/]{21,})[^/]*", "/*", path)
