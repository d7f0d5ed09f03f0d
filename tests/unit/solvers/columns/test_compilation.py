"""Kernels are compiled before they are needed, by two processes at once."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import pytest

from planner.solvers import Limits, columns, prepare, solve
from planner.solvers.columns import compiling_beside, grid, is_compiled, kernel, profits
from planner.solvers.columns.compilation import compile_kernels
from tests.builders.synthetic_weekends import synthetic_weekend


def num_versions() -> dict[str, int]:
    """For how many types of arguments each function is compiled."""
    functions = [value for module in (kernel, grid, profits) for value in vars(module).values()]
    return {
        function.__name__: len(function.signatures)
        for function in functions
        if hasattr(function, "signatures")
    }


@pytest.mark.parametrize("module", [grid, kernel, profits])
def test_every_compiled_loop_is_called(module: ModuleType) -> None:
    """Each that Python calls has been compiled for some types; those call all others."""
    compile_kernels()
    loops = {
        name: loop
        for name, loop in vars(module).items()
        if hasattr(loop, "signatures") and not (module is kernel and name.startswith("_"))
    }
    assert loops
    assert [name for name, loop in loops.items() if not loop.signatures] == []


def test_nothing_is_left_to_compile_once_a_solver_is_prepared() -> None:
    """Two vans, then two vans with few cards."""
    prepare("columns")
    before = num_versions()
    instance = synthetic_weekend(20, 2)
    with_cards = tuple(replace(van, max_people=60) for van in instance.vans)
    for given in (instance, replace(instance, vans=with_cards)):
        solve(given, limits=Limits(iterations=1))
    assert num_versions() == before


def test_no_process_is_begun_where_all_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the second run on."""
    prepare("columns")
    monkeypatch.setattr(subprocess, "Popen", None)
    assert is_compiled()
    with compiling_beside():
        pass


def test_one_process_beside_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for by who plans, and by who called; the next is begun once it is over."""
    begin = Mock()
    monkeypatch.setattr(columns, "is_compiled", lambda: False)
    monkeypatch.setattr(subprocess, "Popen", begin)
    with compiling_beside(), compiling_beside():
        assert begin.call_count == 1
    with compiling_beside():
        assert begin.call_count == 2


@pytest.mark.slow
@pytest.mark.process
def test_a_process_beside_compiles_what_is_left(tmp_path: Path) -> None:
    """All of it, where nobody else compiles."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    for command in (
        ["-m", "planner.solvers.columns.compilation"],
        ["-c", "from planner.solvers.columns import is_compiled; assert is_compiled()"],
    ):
        subprocess.run([sys.executable, *command], env=environment, check=True)
