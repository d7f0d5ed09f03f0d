"""Settings of all tests, and the one browser that tests share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from make_maps import find_chromium, open_chromium
from playwright.sync_api import Browser

# The first example of a compiled loop waits for the compiler.
settings.register_profile("planner", deadline=None, derandomize=True)
settings.load_profile("planner")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; where it is missing, tests that need it are skipped."""
    chromium = find_chromium()
    if chromium is None:
        reason = "no Chromium on this machine; install chromium to test pages"
        if os.environ.get("PLANNER_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with open_chromium(chromium) as browser:
        yield browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that open a page, by what they ask for, and those of the gate as slow."""
    for item in items:
        if item.get_closest_marker("gate"):
            item.add_marker(pytest.mark.slow)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
