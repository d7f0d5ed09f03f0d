"""What maps/kota-contoh shows is what the planner draws."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "maps" / "kota-contoh"
SAME_TO_THE_BYTE = {".html", ".csv"}
REFRESH = "run python examples/make_maps.py and look at what it draws"

PNG_SIZE = slice(16, 24)
"""Where a PNG says how wide and high it is."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the gallery drawn again."""
    folder = tmp_path_factory.mktemp("gallery")
    maker = [sys.executable, str(ROOT / "examples" / "make_maps.py"), str(folder)]
    paths = os.environ | {"PYTHONPATH": str(ROOT)}
    made = subprocess.run(maker, env=paths, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return folder


def test_pages_and_tables_are_drawn_to_the_same_byte(drawn: Path) -> None:
    """map.html and schedule.csv, from the plan that lies beside them."""
    for path in drawn.iterdir():
        if path.suffix in SAME_TO_THE_BYTE:
            kept = GALLERY / path.name
            assert kept.read_bytes() == path.read_bytes(), f"{kept}: has changed; {REFRESH}"


def test_pictures_are_all_there(drawn: Path) -> None:
    """As many as are drawn, as wide and as high; their dots depend on the fonts of the machine."""
    for path in drawn.glob("*.png"):
        kept = GALLERY / path.name
        assert kept.exists(), f"{kept}: is missing; {REFRESH}"
        sizes = [picture.read_bytes()[PNG_SIZE] for picture in (kept, path)]
        assert sizes[0] == sizes[1], f"{kept}: has another size; {REFRESH}"


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
