"""Opens pages in the system's Chromium, without a network."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Chromium asks for nothing by itself."""

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; where it is missing, tests that need it are skipped."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        reason = "no Chromium on this machine; install chromium to test pages"
        if os.environ.get("PLANNER_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def screen(browser: Browser, tmp_path: Path) -> Iterator[Screen]:
    """Opens pages; all windows close after the test."""
    yield Screen(browser, tmp_path)
    for context in browser.contexts:
        context.close()
