"""What maps/kota-contoh shows is what the planner draws."""

from pathlib import Path

import numpy as np
import pytest
from make_maps import GALLERY, ROOT, draw_gallery, photograph, read_gallery
from PIL import Image
from playwright.sync_api import Browser

from planner.plan import Plan
from planner.store.atomic import write_files

REFRESH = "run python examples/make_maps.py and look at what it draws"

BLOCK_PX = 16
NOTICED = 10.0
"""Levels of 255 between the mean colours of a block: more than another smoothing of letters makes,
less than a line of a route, 4 px wide, that crosses the block."""

TOLERANCE = 0.005
"""Share of blocks that may differ noticeably. Letters placed to whole pixels, as other browsers do,
change 0.3 % of them; the shortest route, if it is missing, 1 % on the phone, 3 % on the desktop."""


def differing_share(one: Path, other: Path) -> float:
    """Share of blocks of two pictures whose mean colours differ noticeably; 1 for two sizes."""
    first, second = _block_means(one), _block_means(other)
    if first.shape != second.shape:
        return 1.0
    return float((np.abs(first - second).max(axis=2) > NOTICED).mean())


def _block_means(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Mean colour of each whole block, of shape ``(rows, columns, 3)``."""
    pixels = np.asarray(Image.open(path).convert("RGB"), dtype=float)
    rows, columns = pixels.shape[0] // BLOCK_PX, pixels.shape[1] // BLOCK_PX
    whole = pixels[: rows * BLOCK_PX, : columns * BLOCK_PX]
    blocks = whole.reshape(rows, BLOCK_PX, columns, BLOCK_PX, 3)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float64)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the gallery drawn again, save photographs."""
    folder = tmp_path_factory.mktemp("gallery")
    write_files(folder, draw_gallery(read_gallery()))
    return folder


def test_pages_and_tables_are_drawn_to_the_same_byte(gallery: Path) -> None:
    """map.html and schedule.csv, from the plan that lies beside them."""
    for path in (*gallery.glob("*.html"), *gallery.glob("*.csv")):
        kept = GALLERY / path.name
        assert kept.read_bytes() == path.read_bytes(), f"{kept}: has changed; {REFRESH}"


@pytest.mark.slow
def test_pictures_show_what_is_drawn(gallery: Path, browser: Browser) -> None:
    """Sheets, posters and photographs of the page, block by block."""
    write_files(gallery, dict(photograph(browser, gallery / "map.html")))
    for path in gallery.glob("*.png"):
        kept = GALLERY / path.name
        assert kept.exists(), f"{kept}: is missing; {REFRESH}"
        assert differing_share(kept, path) <= TOLERANCE, f"{kept}: has changed; {REFRESH}"


@pytest.mark.slow
def test_a_picture_without_one_route_is_another_picture(tmp_path: Path, browser: Browser) -> None:
    """The shortest of the first day, which phones show: two stops and 12 km."""
    plan = read_gallery()
    itinerary = plan.itinerary
    first_day = (r for r in itinerary.routes if r.date == itinerary.routes[0].date)
    shortest = min(first_day, key=lambda route: sum(leg.drive_m for leg in itinerary.legs(route)))
    rest = tuple(route for route in plan.plan.routes if route is not shortest)
    page = draw_gallery(plan.with_plan(Plan(routes=rest)))["map.html"]
    write_files(tmp_path, {"map.html": page})
    write_files(tmp_path, dict(photograph(browser, tmp_path / "map.html")))
    for path in tmp_path.glob("*.png"):
        assert differing_share(GALLERY / path.name, path) > TOLERANCE


def test_the_gallery_has_nothing_else() -> None:
    """But the plan it is drawn from; the README shows pictures that are there."""
    pictures = {path.name for path in GALLERY.glob("*.png")}
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert pictures == {name for name in pictures if f"maps/kota-contoh/{name}" in shown}
    assert {path.name for path in GALLERY.iterdir()} - pictures == {
        "map.html",
        "plan.json",
        "schedule.csv",
    }
