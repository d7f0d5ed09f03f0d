"""The loops that are compiled before the clock starts."""

from types import ModuleType

import pytest

from planner.solvers.columns import grid, kernel, profits
from planner.solvers.columns.compilation import compile_kernels


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
