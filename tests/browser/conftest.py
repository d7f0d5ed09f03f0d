"""Opens pages in the system's Chromium, without a network."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.screen import Screen

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Chromium asks for nothing by itself."""


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
