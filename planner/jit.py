"""Compiles hot loops with numba."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def jit(function: Function) -> Function:
    """The function, compiled at its first call and kept on disk."""
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))


def jit_finite(function: Function) -> Function:
    """The same for arithmetic that never meets NaN and does not part 0 from -0, which is faster."""
    made = njit(cache=True, nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})(function)
    return cast(Function, made)
