"""Pages for those who use a keyboard, a screen reader, large letters or a small phone."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from planner import inputs, solvers
from planner.analysis.itinerary import Itinerary
from planner.horizon import build_horizon
from planner.render.change_map import draw_changes
from planner.render.comparison_page import draw_comparison
from planner.render.plan_map import draw_map
from planner.solvers import Limits
from tests.browser.screen import Opened, Screen, boxes, inside
from tests.browser.test_change_map import page as draw_small_changes
from tests.builders.comparisons import compare_scenarios

EXAMPLE = Path(__file__).parents[2] / "examples" / "kota-contoh"

SIZES = {"320": (320, 568), "390": (390, 844), "1280": (1280, 800), "across": (640, 360)}


def gate(value: str) -> Any:
    """A case that is tried in the gate alone."""
    return pytest.param(value, marks=pytest.mark.gate)


POPUP = ".leaflet-popup-content"

ACTIVE = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"


@pytest.fixture(scope="module")
def itinerary() -> Itinerary:
    """The example weekend."""
    horizon = build_horizon(inputs.read_district(EXAMPLE), "2026-W48")
    limits = Limits(iterations=1)
    return Itinerary(horizon, solvers.solve(horizon.instance, solver="greedy", limits=limits).plan)


@pytest.fixture(scope="module")
def draw(itinerary: Itinerary) -> Callable[[str], str]:
    """Each page by its name, drawn once."""
    pages: dict[str, Callable[[], str]] = {
        "map": lambda: draw_map(itinerary),
        "changes": lambda: draw_changes(itinerary, itinerary),
        "small changes": draw_small_changes,
        "comparison": lambda: draw_comparison(*compare_scenarios()),
    }
    drawn: dict[str, str] = {}

    def of(name: str) -> str:
        if name not in drawn:
            drawn[name] = pages[name]()
        return drawn[name]

    return of


def serious(opened: Opened) -> list[tuple[str, str]]:
    """What axe-core holds for serious or critical, with the element."""
    found = Axe().run(opened.page).response["violations"]
    return [
        (violation["id"], node["html"])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("name", ["map", "small changes", "comparison", gate("changes")])
@pytest.mark.parametrize("size", ["320", gate("390"), gate("1280"), gate("across")])
def test_axe_finds_nothing_serious(
    screen: Screen, draw: Callable[[str], str], name: str, size: str
) -> None:
    """On opening, and with a popup open."""
    sign = "h1" if name == "comparison" else "html[data-ready]"
    opened = screen.open(draw(name), SIZES[size], sign=sign)
    assert serious(opened) == []
    if name != "comparison":
        opened.page.click("#found button >> nth=0")
        opened.page.wait_for_timeout(400)  # Until it has faded in: axe takes pale letters for pale.
        assert serious(opened) == []


@pytest.mark.parametrize("name", ["small changes", gate("map")])
@pytest.mark.parametrize("size", ["320", "1280", gate("390"), gate("across")])
def test_a_keyboard_reaches_and_closes_every_stop(
    screen: Screen, draw: Callable[[str], str], name: str, size: str
) -> None:
    """Two steps to the first one, an arrow to the next; the focus goes in, and comes back."""
    opened = screen.open(draw(name), SIZES[size])
    page = opened.page
    count = page.locator("#found button").count()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    reached = set()
    for number in range(count):
        if number:
            page.keyboard.press("ArrowDown")
        label = page.evaluate(ACTIVE)
        page.keyboard.press("Enter")
        assert page.evaluate(f"document.activeElement.matches({POPUP!r})")
        assert page.locator("#found [aria-current]").inner_text() == label
        if number % 2:
            page.keyboard.press("Tab")
            assert page.evaluate(ACTIVE).startswith("Tutup: ")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Escape")
        page.wait_for_selector(".leaflet-popup", state="detached")
        assert page.evaluate(ACTIVE) == label
        reached.add(label)
    assert len(reached) == count >= 3
    assert opened.complaints == []


@pytest.mark.parametrize("size", ["320", "across", gate("390"), gate("1280")])
def test_popups_fit_and_scroll(screen: Screen, draw: Callable[[str], str], size: str) -> None:
    """Each lies within the map, right of its buttons; the last of its lines can be scrolled to."""
    opened = screen.open(draw("map"), SIZES[size])
    page = opened.page
    buttons = page.locator("#found button")
    for number in range(buttons.count()):
        buttons.nth(number).click()
        page.wait_for_timeout(350)
        (frame,), popup = boxes(opened, ".folium-map"), boxes(opened, ".leaflet-popup")[-1]
        assert inside(popup, frame)
        assert popup[0] >= boxes(opened, ".leaflet-bar")[0][2]
        page.keyboard.press("End")
        page.wait_for_timeout(250)
        (last, content) = boxes(opened, f"{POPUP} dd")[-1], boxes(opened, POPUP)[-1]
        assert last[3] <= content[3] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("name", ["map", gate("changes")])
def test_what_takes_the_focus_has_a_name_of_its_own(
    screen: Screen, draw: Callable[[str], str], name: str
) -> None:
    """As Chromium tells it to a screen reader, also with a popup open."""
    opened = screen.open(draw(name), SIZES["1280"])
    for step in range(2):
        session = opened.page.context.new_cdp_session(opened.page)
        nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
        names = [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in nodes
            if any(item["name"] == "focusable" for item in node.get("properties", []))
            and node["role"]["value"] not in {"RootWebArea", "option", "MenuListOption"}
        ]
        assert [name for name, count in Counter(names).items() if count > 1] == []
        assert [role for role, name in names if not name.strip()] == []
        if step == 0:
            opened.page.click("#found button >> nth=0")


@pytest.mark.parametrize("name", ["map", "changes", "comparison"])
def test_pages_can_be_zoomed(draw: Callable[[str], str], name: str) -> None:
    """Nothing forbids two fingers."""
    page = draw(name)
    assert page.count('name="viewport"') == 1
    assert "user-scalable" not in page
    assert "maximum-scale" not in page


def test_a_mark_opens_and_closes_without_the_list(
    screen: Screen, draw: Callable[[str], str]
) -> None:
    """By mouse; the focus is in the popup, then on the map."""
    opened = screen.open(draw("map"), SIZES["1280"])
    opened.page.locator(".leaflet-container .stop").first.click()
    assert opened.page.evaluate(f"document.activeElement.matches({POPUP!r})")
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate(ACTIVE) == "Peta"
