"""What axe, a narrow window and a finger would find on every page, in both themes and both directions.

Two states see both themes, both widths and both directions between them; QUIZ_EVERY_STATE=1 asks in all five.
"""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.crawling import pages_from
from tests.browser.people import someone

EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A theme changes colours, a width changes places: each rule is asked in every state that can change its answer.
STATES = [
    ("light", 1280, {"runOnly": EVERYTHING}),
    ("dark", 1280, {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}),
    ("dark", 320, {"runOnly": EVERYTHING}),
    (
        "light",
        320,
        {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}},
    ),
]
IN_SHORT = [("en", *STATES[0]), ("ar", *STATES[2])]
IN_FULL = [*IN_SHORT, *(("en", *state) for state in STATES[1:])]

# Sideways scroll, and controls too small to hit: links in a sentence may be small (WCAG 2.5.8), others not under 24 px.
PROBLEMS_OF_SIZE = """() => {
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`sideways scroll: ${root.scrollWidth}`);
  const controls = "button, select, input:not([type=hidden]), textarea, summary, nav a";
  for (const control of document.querySelectorAll(controls)) {
    if (control.ariaHidden === "true") continue;  // presses Enter for a form; nobody can hit it
    const target = control.matches("[type=radio], [type=checkbox]") ? control.closest("label") ?? control : control;
    const box = target.getBoundingClientRect();
    if (box.width && (box.height < 24 || box.width < 24)) problems.push(`too small: ${target.outerHTML.slice(0, 120)}`);
  }
  return problems;
}"""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("language", "theme", "width", "rules"),
    IN_FULL if os.environ.get("QUIZ_EVERY_STATE") else IN_SHORT,
    ids=lambda value: value if isinstance(value, str) else str(value) if isinstance(value, int) else "",
)
def test_axe_finds_nothing_on_any_page(site, browser, language, theme, width, rules):
    found, seen = [], set()
    for who in ("instructor", "learner", "nobody"):
        context = someone(browser, site, who, language=language, theme=theme, width=width)
        page = context.new_page()
        for address in pages_from(page, site.url + "/", seen):
            violations = Axe().run(page, options=rules).response["violations"]
            found += [f"{who}: {address}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]
            found += [f"{who}: {address}: {problem}" for problem in page.evaluate(PROBLEMS_OF_SIZE)]
        context.close()

    assert found == []
