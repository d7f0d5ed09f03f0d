"""Settings of all tests, and the one browser that tests share."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from make_maps import find_chromium, open_chromium
from playwright.sync_api import Browser

from planner.cli import language
from planner.store.user_cache import user_cache
from tests.builders.person_numbers import files_with_numbers
from tests.builders.postgresql import find_programs, running_server

# The first example of a compiled loop waits for the compiler.
settings.register_profile("planner", deadline=None, derandomize=True)
settings.load_profile("planner")


@pytest.fixture(scope="session", autouse=True)
def no_number_of_a_person_is_written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """After all tests no file that the planner wrote holds a number that a test put in.

    Each worker looks into its own folder, and into what all of them share: the cache of the user,
    the working folder, and what lies about in the folder of temporary files.
    """
    begun = time.time() - 1
    yield
    shared = [path for path in Path(tempfile.gettempdir()).glob("*planner*") if path.is_dir()]
    here = [path for path in Path.cwd().iterdir() if path.name not in {".git", "tests"}]
    places = [tmp_path_factory.getbasetemp(), user_cache(), *shared, *here]
    leaks = [path for place in places for path in files_with_numbers(place, begun)]
    assert not leaks, leaks


@pytest.fixture(autouse=True)
def a_language_ends_with_its_test() -> Iterator[None]:
    """The language that a command chose in one test does not reach the next."""
    spoken, asked = language._language.get(), language._asked.get()
    yield
    language._language.set(spoken)
    language._asked.set(asked)


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


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """A PostgreSQL server; where there are no programs for it, tests that need it are skipped."""
    programs = find_programs()
    if programs is None:
        reason = "no PostgreSQL on this machine; install postgresql to test ledgers by URL"
        if os.environ.get("PLANNER_REQUIRE_POSTGRESQL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with running_server(programs) as folder:
        yield folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that open a page, by what they ask for, and those of the gate as slow."""
    for item in items:
        if item.get_closest_marker("gate"):
            item.add_marker(pytest.mark.slow)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
