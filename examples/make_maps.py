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
from pathlib import Path

from playwright.sync_api import sync_playwright

from planner import check, formats, inputs, solvers
from planner.analysis.itinerary import Itinerary
from planner.horizon import Horizon, build_horizon, unvisited_venues
from planner.plan import Plan, Result
from planner.render.map import draw_map
from planner.render.poster import typeset_posters
from planner.render.schedule_csv import build_schedule_csv
from planner.render.sheets import build_sheets_data
from planner.render.typesetting import FONTS, typeset_png
from planner.store.atomic import write_files

ROOT = Path(__file__).parents[1]
DISTRICT, GALLERY = ROOT / "examples" / "kota-contoh", ROOT / "maps" / "kota-contoh"
WEEK = "2026-W48"
SCREENS = {"map": (1400, 900), "map-phone": (390, 844)}
"""Width and height of each picture of the page."""

ROUNDS = 300
"""Of the solver: half a minute."""

SHEET_PIXELS_PER_INCH = 100.0

LETTERS = "* { font-family: Letters !important }" + "".join(
    f"@font-face {{ font-family: Letters; font-weight: {weight}; src: url(data:font/ttf;base64,"
    f"{b64encode((FONTS / f'NotoSans-{name}.ttf').read_bytes()).decode()}) }}"
    for name, weight in (("Regular", 400), ("Bold", 700))
)


def make_plan(horizon: Horizon) -> Result:
    """A plan that depends on seed and rounds alone, not on the speed of the machine."""
    return solvers.solve(horizon.instance, seed=0, limits=solvers.Limits(iterations=ROUNDS))


def draw_gallery(horizon: Horizon, result: Result) -> dict[str, bytes]:
    """Page, schedule, the sheet of the first route, and posters, by file name."""
    itinerary = Itinerary(horizon, result.plan)
    first = Itinerary(horizon, Plan(routes=itinerary.routes[:1]))
    sheet = typeset_png("sheet.typ", build_sheets_data(first), SHEET_PIXELS_PER_INCH)
    posters = typeset_posters(itinerary, drafts=False)
    return {
        "map.html": draw_map(horizon, result, unvisited_venues(horizon, result.plan)).encode(),
        "schedule.csv": build_schedule_csv(horizon, result),
        **{f"sheet-{number}.png": picture for number, picture in enumerate(sheet, 1)},
        **{name: content for name, content in posters.items() if name.startswith("poster-1080")},
    }


def photograph(page: Path) -> Iterator[tuple[str, bytes]]:
    """Pictures of a page on a desktop and on a phone, by file name.

    Letters are those of the planner's own font, so that every machine takes the same pictures.
    """
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        print("no Chromium on this machine: pictures of the page were not made", file=sys.stderr)
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height) in SCREENS.items():
            window = browser.new_page(viewport={"width": width, "height": height})
            window.goto(page.as_uri())
            window.add_style_tag(content=LETTERS)
            window.evaluate("document.fonts.ready")
            window.evaluate("window.dispatchEvent(new Event('resize'))")
            window.wait_for_selector("html[data-ready]")
            yield f"{name}.png", window.screenshot()
        browser.close()


def read_gallery() -> tuple[Horizon, Result]:
    """The example district, and the plan that lies in the gallery."""
    horizon = build_horizon(inputs.read_district(DISTRICT), WEEK)
    return horizon, formats.read_result(GALLERY / "plan.json")[0]


def main() -> None:
    """Plan where asked to, then draw."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=GALLERY)
    parser.add_argument("--plan", action="store_true")
    asked = parser.parse_args()
    if asked.plan:
        horizon = build_horizon(inputs.read_district(DISTRICT), WEEK)
        write_files(GALLERY, {"plan.json": formats.plan_bytes(make_plan(horizon))})
    horizon, result = read_gallery()
    if broken := check.violations(horizon.instance, result.plan):
        sys.exit(f"{broken[0]}; plan again with --plan")
    write_files(asked.folder, draw_gallery(horizon, result))
    write_files(asked.folder, dict(photograph(asked.folder.resolve() / "map.html")))


if __name__ == "__main__":
    main()
