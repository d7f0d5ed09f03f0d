"""The map of progress, as a head of office opens it."""

from datetime import date
from pathlib import Path

import pytest

from planner.office.district_folder import read_district
from planner.office.progress import read_progress
from planner.render.progress_map import draw_progress
from tests.browser.screen import Screen

KOTA = Path(__file__).parents[2] / "examples" / "kota-contoh"


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_it_fits_a_window_and_a_phone_without_internet(
    screen: Screen, size: tuple[int, int]
) -> None:
    """Nothing stands beyond its edge, nothing is asked for, and who waits for a card is told."""
    district = read_district(KOTA)
    opened = screen.open(draw_progress(district, read_progress(district, date(2026, 11, 30))), size)
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert "Terekam, belum cetak" in opened.page.inner_text("body")
    assert (opened.requests, opened.complaints) == ([], [])
