"""The picture of the house shows the floors that import-linter holds."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_picture_has_the_floors_of_the_contract() -> None:
    """docs/house.svg names the rooms in the order of pyproject.toml; planned rooms stay out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = project["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = [room for floor in floors for room in floor.split(" | ") if not room.startswith("(")]
    picture = (ROOT / "docs" / "house.svg").read_text(encoding="utf-8")
    assert re.findall(r'class="room">(\w+)<', picture) == rooms


def test_files_that_the_page_names_exist() -> None:
    """Every ``planner/...`` in docs/*.md is a file or folder."""
    for page in sorted((ROOT / "docs").glob("**/*.md")):
        text = page.read_text(encoding="utf-8")
        for path in re.findall(r"`(planner/[\w/.-]+)`", text):
            assert (ROOT / path).exists(), f"{page.name}: {path}"
        for path in re.findall(
            r"`((?:analysis|backlog|campaign|demand|horizon|inputs|intake|ledger|office|render|scenarios"
            r"|solvers|store|travel)/[\w/]+\.py)`",
            text,
        ):
            assert (ROOT / "planner" / path).exists(), f"{page.name}: {path}"
