"""The registry of changes: options, scenario files and docs follow from it."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from planner.i18n.messages import say
from planner.scenarios import CHANGES, Change, Variant, register
from tests.builders.folders import sound_folder

DOCS = Path(__file__).parents[3] / "docs" / "whatif.md"


def row(kind: type[Change]) -> str:
    """The row of a change in docs/whatif.md."""
    examples = " ".join(f"`{text}`" for text in kind.examples)
    return f"| `{kind.option()}` | {examples} | {kind.help} |"


def test_the_table_of_the_docs_is_the_registry() -> None:
    """A row for each option, in the order of the help page."""
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    start = lines.index("| option | examples | meaning |") + 2
    assert lines[start : start + len(CHANGES)] == [row(kind) for kind in CHANGES.values()]
    assert lines[start + len(CHANGES)] == ""


@pytest.mark.parametrize("kind", CHANGES.values(), ids=CHANGES)
def test_a_change_is_read_back_from_its_text(kind: type[Change]) -> None:
    """Each example of the docs."""
    for example in kind.examples:
        change = kind.parse(example)
        assert kind.parse(change.text) == change


@pytest.fixture
def packup() -> Iterator[None]:
    """A change that is nowhere but here: packing up takes so many minutes."""

    @register("packup", "MINUTES", say("Minutes"), examples=("20",))
    @dataclass(frozen=True, kw_only=True)
    class ChangePackup(Change):
        minutes: int

        @classmethod
        def parse(cls, text: str) -> Self:
            return cls(minutes=int(text))

        @property
        def text(self) -> str:
            return str(self.minutes)

        def apply(self, variant: Variant) -> Variant:
            rates = replace(variant.district.rates, packup_s=60 * self.minutes)
            return replace(variant, district=replace(variant.district, rates=rates))

    # The command makes its options when it is loaded.
    sys.modules.pop("planner.cli.whatif", None)
    yield
    sys.modules.pop("planner.cli.whatif", None)
    del CHANGES["packup"]


@pytest.mark.slow
@pytest.mark.usefixtures("packup")
def test_a_new_change_is_an_option_and_a_key_of_scenario_files(tmp_path: Path) -> None:
    """A class with a line of registry: packing up for four hours leaves no time for people."""
    sound_folder(tmp_path)
    scenarios = tmp_path / "s.toml"
    scenarios.write_text("[grid]\npackup = [200, 240]\n", encoding="utf-8")
    command = ["whatif", tmp_path, "--week", "2026-W48", "--iterations", 1, "--processes", 1]
    more = ["--packup", 10, "--scenarios", scenarios, "--json"]
    told = CliRunner().invoke(app, list(map(str, [*command, *more])))
    assert told.exit_code == 0, told.output
    people = {case["name"]: case["people"] for case in json.loads(told.stdout)}
    assert list(people) == ["", "packup 10", "packup 200", "packup 240"]
    assert people["packup 10"] > people["packup 240"]
    page = CliRunner().invoke(app, ["--lang", "en", "whatif", "--help"])
    assert "--packup MINUTES" in page.stdout
