"""A window of a browser, and what can be seen in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route

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
    """Opens HTML in new windows; their only network is what a test answers itself."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder

    def open(
        self, html: str, size: tuple[int, int] = DESKTOP, sign: str = "html[data-ready]"
    ) -> Opened:
        """A page from a file, offline, once it says that it is ready by some element."""
        path = self._folder / "page.html"
        path.write_text(html, encoding="utf-8")
        return self._opened(self._window(size, offline=True), path.as_uri(), sign)

    def visit(self, address: str, host: str, answer: Callable[[Route], None]) -> Opened:
        """A page of a server on this computer, once it is ready; a test plays another host."""
        window = self._window(DESKTOP, offline=False)
        window.route("**/*", lambda route: route.abort())
        window.route(f"{address}**", lambda route: route.continue_())
        window.route(f"{host}/**", answer)
        return self._opened(window, address)

    def _window(self, size: tuple[int, int], *, offline: bool) -> BrowserContext:
        width, height = size
        window = self._browser.new_context(
            viewport={"width": width, "height": height}, offline=offline
        )
        window.set_default_timeout(10_000)
        return window

    def _opened(
        self, window: BrowserContext, address: str, sign: str = "html[data-ready]"
    ) -> Opened:
        opened = Opened(page=window.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on(
            "console", lambda message: opened.complaints.append(f"{message.type}: {message.text}")
        )
        opened.page.on("dialog", lambda dialog: opened.complaints.append(dialog.message))
        opened.page.goto(address)
        opened.page.wait_for_selector(sign)
        opened.requests.remove(address)
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
