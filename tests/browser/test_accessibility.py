"""What axe, a narrow window and a finger would find on every page, in both themes and both directions."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.crawling import pages_from
from tests.browser.people import someone

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {1280: 900, 320: 640}

# Sideways scroll, and controls too small to hit: links inside a sentence may be small (WCAG 2.5.8), others not under 24 px.
PROBLEMS_OF_SIZE = """() => {
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`sideways scroll: ${root.scrollWidth} in ${root.clientWidth}`);
  for (const control of document.querySelectorAll("button, select, input:not([type=hidden]), textarea, summary, nav a")) {
    if (control.ariaHidden === "true") continue;  // presses Enter for a form; nobody can hit it
    const target = control.matches("[type=radio], [type=checkbox]") ? control.closest("label") ?? control : control;
    const box = target.getBoundingClientRect();
    if (box.width && (box.height < 24 || box.width < 24)) problems.push(`too small: ${target.outerHTML.slice(0, 120)}`);
  }
  return problems;
}"""


@pytest.mark.parametrize("who", ["nobody", "learner", "instructor"])
@pytest.mark.parametrize(("theme", "width", "language"), [
    ("light", 1280, "en"), ("dark", 1280, "en"), ("light", 320, "en"), ("dark", 320, "en"), ("dark", 320, "ar"),
])  # fmt: skip
def test_axe_finds_nothing_on_any_page(site, browser, who, theme, width, language):
    context = someone(browser, site, who, theme=theme, width=width, height=WIDTHS[width], language=language)
    page = context.new_page()
    found = []
    for address in pages_from(page, site.url + "/"):
        results = Axe().run(page, options={"runOnly": RULES})
        found += [f"{address}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in results.response["violations"]]
        found += [f"{address}: {problem}" for problem in page.evaluate(PROBLEMS_OF_SIZE)]
    context.close()

    assert found == []
