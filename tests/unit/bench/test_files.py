"""Instance files are measured like weekends that are made."""

from argparse import Namespace
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench.run import Outcome
from planner.formats import instance_files
from planner.model import Instance
from tests.builders.synthetic_weekends import synthetic_weekend


def test_every_file_has_a_row_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alabama-one.json is read, and 12 sites are what the solver gets."""
    for name, content in instance_files(synthetic_weekend(12, 1)).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "instance.json").rename(tmp_path / "Alabama-one.json")

    def run(instance: Instance, *_: object) -> Outcome:
        assert len(instance.sites) == 12
        return Outcome(people=7, objective=7.0, feasible=True, spent_s=1.0)

    monkeypatch.setattr(bench, "run", run)
    options = Namespace(
        files=[tmp_path / "Alabama-one.json"], solvers=["columns"], seconds=1.0, seed=0, cores=1
    )
    (row,) = bench.measure_files(options).splitlines()[2:]
    assert row.startswith("| Alabama-one |")
