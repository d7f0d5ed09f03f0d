"""Draws the gallery: what the planner makes of one plan for the example district.

    python examples/make_maps.py [FOLDER]

Without a folder it renews ``maps/kota-contoh``, from the ``plan.json`` that lies there; where the
tables of the district have changed so that the plan breaks a rule, plan first:

    python examples/make_maps.py --plan

Needs what the tests need. Pictures of the page are taken with Chromium; without it they stay as
they are.
"""

import shutil
import sys
from argparse import ArgumentParser
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import planner
from planner.render.typesetting import FONTS

ROOT = Path(__file__).parents[1]
DISTRICT, GALLERY = ROOT / "examples" / "kota-contoh", ROOT / "maps" / "kota-contoh"
WEEK = "2026-W48"
SCREENS = {"map": (1400, 900), "map-phone": (390, 844)}
"""Width and height of each picture of the page."""

ROUNDS = 300
"""Of the solver: half a minute."""

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Chromium asks for nothing by itself."""

SHEET_PIXELS_PER_INCH = 100.0

LETTERS = "* { font-family: Letters !important }" + "".join(
    f"@font-face {{ font-family: Letters; font-weight: {weight}; src: url(data:font/ttf;base64,"
    f"{b64encode((FONTS / f'NotoSans-{name}.ttf').read_bytes()).decode()}) }}"
    for name, weight in (("Regular", 400), ("Bold", 700))
)


def draw_gallery(plan: planner.WeekPlan) -> dict[str, bytes]:
    """Page, schedule, the sheet of the first route, and posters, by file name."""
    first = plan.with_plan(planner.Plan(routes=plan.itinerary.routes[:1]))
    sheet = planner.picture_sheets(first, SHEET_PIXELS_PER_INCH)
    return {
        "map.html": planner.draw(plan).encode(),
        "schedule.csv": planner.plan_files(plan)["schedule.csv"],
        **{f"sheet-{number}.png": picture for number, picture in enumerate(sheet, 1)},
        **{
            name: picture
            for name, picture in planner.publish(plan).items()
            if name.startswith("poster-1080")
        },
    }


def photograph(browser: Browser, page: Path) -> Iterator[tuple[str, bytes]]:
    """Pictures of a page on a desktop and on a phone, by file name.

    Letters are those of the planner's own font, so that every machine takes the same pictures.
    """
    for name, (width, height) in SCREENS.items():
        window = browser.new_page(viewport={"width": width, "height": height})
        window.goto(page.as_uri())
        window.add_style_tag(content=LETTERS)
        window.evaluate("document.fonts.ready")
        window.evaluate("window.dispatchEvent(new Event('resize'))")
        window.wait_for_selector("html[data-ready]")
        yield f"{name}.png", window.screenshot()
        window.close()


@contextmanager
def open_chromium(path: str) -> Iterator[Browser]:
    """A browser that asks the network for nothing by itself."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


def find_chromium() -> str | None:
    """The system's Chromium, or None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def read_gallery() -> planner.WeekPlan:
    """The example district with the plan that lies in the gallery."""
    horizon = planner.open_horizon(planner.read_district(DISTRICT), WEEK)
    result, _ = planner.read_result(GALLERY / "plan.json")
    return planner.WeekPlan(horizon=horizon, result=result)


def main() -> None:
    """Plan where asked to, then draw."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=GALLERY)
    parser.add_argument("--plan", action="store_true")
    asked = parser.parse_args()
    if asked.plan:
        # By seed and rounds alone it does not depend on the speed of the machine.
        search = planner.Search(seed=0, iterations=ROUNDS)
        found = planner.plan_week(planner.read_district(DISTRICT), WEEK, search=search)
        planner.save_result(found.result, GALLERY / "plan.json")
    plan = read_gallery()
    if broken := planner.violations(plan.horizon.instance, plan.plan):
        sys.exit(f"{broken[0]}; plan again with --plan")
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, content in draw_gallery(plan).items():
        (asked.folder / name).write_bytes(content)
    chromium = find_chromium()
    if chromium is None:
        sys.exit("no Chromium on this machine: pictures of the page were not made")
    with open_chromium(chromium) as browser:
        for name, picture in photograph(browser, asked.folder.resolve() / "map.html"):
            (asked.folder / name).write_bytes(picture)


if __name__ == "__main__":
    main()
