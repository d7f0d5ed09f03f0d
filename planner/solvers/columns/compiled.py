"""Compiles the hot loops of pricing."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function, compiled at its first call and kept on disk."""
    made = njit(cache=True, nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})(function)
    return cast(Function, made)
