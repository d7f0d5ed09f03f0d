"""A window of a browser, and what can be seen in it."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the window."""

DESKTOP, PHONE = (1400, 900), (390, 844)


@dataclass
class Opened:
    """A page and all that happened in it.

    Attributes
    ----------
    requests
        Addresses asked for after the page itself.
    complaints
        Errors and warnings on the console, and dialogs that opened.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Screen:
    """Opens HTML in new offline windows."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder

    def open(self, html: str, size: tuple[int, int] = DESKTOP) -> Opened:
        """The page once it says that it is ready."""
        path = self._folder / "page.html"
        path.write_text(html, encoding="utf-8")
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True
        )
        context.set_default_timeout(10_000)
        opened = Opened(page=context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on(
            "console", lambda message: opened.complaints.append(f"{message.type}: {message.text}")
        )
        opened.page.on("dialog", lambda dialog: opened.complaints.append(dialog.message))
        opened.page.goto(path.as_uri())
        opened.page.wait_for_selector("html[data-ready]")
        opened.requests.remove(path.as_uri())
        return opened


def boxes(opened: Opened, selector: str) -> list[Box]:
    """Where all elements are that a selector finds."""
    found: list[Box] = opened.page.eval_on_selector_all(
        selector,
        """all => all.map((one) => one.getBoundingClientRect())
            .map((box) => [box.left, box.top, box.right, box.bottom])""",
    )
    return found


def inside(inner: Box, outer: Box) -> bool:
    """Whether no part of a box sticks out of another."""
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )
