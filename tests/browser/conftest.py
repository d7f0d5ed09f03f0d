"""Opens pages in the system's Chromium, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.screen import Screen


@pytest.fixture
def screen(browser: Browser, tmp_path: Path) -> Iterator[Screen]:
    """Opens pages; all windows close after the test."""
    yield Screen(browser, tmp_path)
    for context in browser.contexts:
        context.close()
