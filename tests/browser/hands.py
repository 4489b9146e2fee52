"""Two ways to use a page: with a pointer, or by keyboard alone. A journey is written once and done both ways."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

MOST_TABS = 400


class Pointer:
    """Clicks and types, as somebody with a mouse or a finger."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Press the first button (or link) whose name has these words; see the page that follows."""
        self.activate(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]

    def fill(self, label: str, text: str) -> None:
        self.type_into(self.page.get_by_label(label).first, text)

    def activate(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()

    def type_into(self, control: Locator, text: str) -> None:
        control.fill(text)

    def choose(self, option: Locator) -> None:
        """Choose a radio button or tick a box."""
        option.check()

    def select(self, control: Locator, index: int) -> None:
        """Select the option at the index in a drop-down."""
        control.select_option(index=index)


class Keyboard(Pointer):
    """Never clicks: goes to each control by Tab, as far as it takes, and sees that the focus is visible there."""

    def activate(self, control: Locator) -> None:
        self._go_to(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type_into(self, control: Locator, text: str) -> None:
        self._go_to(control)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, option: Locator) -> None:
        # Tab enters a group of radio buttons once; the arrows go on within it.
        self._go_to(
            option.locator("xpath=ancestor-or-self::input")
            if option.get_attribute("type") != "radio"
            else option
        )
        self.page.keyboard.press("Space")

    def select(self, control: Locator, index: int) -> None:
        self._go_to(control)
        for _ in range(index):
            self.page.keyboard.press("ArrowDown")

    def _go_to(self, control: Locator) -> None:
        for _ in range(MOST_TABS):
            if control.evaluate("control => control === document.activeElement"):
                self._see_focus(control)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {control}")

    def _see_focus(self, control: Locator) -> None:
        seen = control.evaluate(
            """control => {
              const outlined = element => element && getComputedStyle(element).outlineStyle !== "none";
              const box = (control.closest("label") ?? control).getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const parts = [control, control.closest("label")];
              const isOnTop = !top || top.contains(control) || parts.some((part) => part?.contains(top));
              return [outlined(control) || outlined(control.closest("label")), isOnTop];
            }"""
        )
        assert seen == [True, True], f"the focus is hidden or covered on {control}: {seen}"
