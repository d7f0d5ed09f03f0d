"""The library as `import planner` gives it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import planner

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "api.md"


def test_every_public_name_is_documented() -> None:
    """Each stands in docs/api.md between backticks, and nothing else of the library does."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert {name for name in planner.__all__ if f"`{name}`" not in text} == set()


def test_every_public_name_is_there() -> None:
    """As the types of the library say."""
    assert all(getattr(planner, name).__doc__ for name in planner.__all__)


def test_a_name_that_the_library_lacks_is_an_attribute_error() -> None:
    """As of any other module."""
    with pytest.raises(AttributeError, match="module 'planner' has no attribute 'sulap'"):
        planner.sulap  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.process
def test_importing_the_library_loads_none_of_it() -> None:
    """A name is loaded when it is first used."""
    code = "import planner, sys; print(*(name for name in sys.modules if 'planner' in name))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["planner"]


def run(code: str, folder: Path) -> str:
    """What a program in a folder prints."""
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, check=False, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.process
def test_a_weekend_is_planned_and_drawn_in_ten_lines(tmp_path: Path) -> None:
    """examples/plan_a_weekend.py, with rounds in place of seconds."""
    code = (ROOT / "examples" / "plan_a_weekend.py").read_text(encoding="utf-8")
    assert "time_limit_s=10" in code
    assert len([line for line in code.splitlines()[1:] if line.strip()]) <= 10
    printed = run(code.replace("time_limit_s=10", "iterations=1"), tmp_path)
    assert re.search(r"^2026-11-28; A; .*; \d+$", printed, re.MULTILINE)
    assert "people recorded; no plan records more than" in printed
    assert "</html>" in (tmp_path / "weekend.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.process
def test_the_examples_of_the_document_run(tmp_path: Path) -> None:
    """One after the other, as they are read."""
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 10
    printed = run("".join(blocks), tmp_path)
    assert "published hours kept" in printed
