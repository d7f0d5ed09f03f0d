"""Compiles hot loops with numba."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from numba import njit
from numba.core.dispatcher import Dispatcher

Function = TypeVar("Function", bound=Callable[..., object])


def jit(function: Function) -> Function:
    """The function, compiled at its first call and kept on disk."""
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))


def jit_finite(function: Function) -> Function:
    """The same for arithmetic that never meets NaN and does not part 0 from -0, which is faster."""
    made = njit(cache=True, nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})(function)
    return cast(Function, made)


def is_cached(function: Function) -> bool:
    """Whether what `jit` or `jit_finite` made is kept on disk, newer than its source."""
    assert isinstance(function, Dispatcher)
    code = function.py_func.__code__
    entries = Path(str(function.stats.cache_path)).glob(f"*.{code.co_name}-*.nbi")
    changed_s = Path(code.co_filename).stat().st_mtime
    return any(entry.stat().st_mtime >= changed_s for entry in entries)
