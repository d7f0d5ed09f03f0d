"""Compiles hot loops with numba."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache
from numba.core.dispatcher import Dispatcher

Function = TypeVar("Function", bound=Callable[..., object])


FINITE = {"nnan", "nsz"}
"""Arithmetic that never meets NaN and does not part 0 from -0."""


def jit(function: Function) -> Function:
    """The function, compiled at its first call and kept on disk where that can be."""
    return _keep_compiled(function, fastmath=False)


def jit_finite(function: Function) -> Function:
    """The same for `FINITE` arithmetic, which is faster."""
    return _keep_compiled(function, fastmath=FINITE)


def jit_inner(function: Function) -> Function:
    """As `jit_finite`, for what compiled functions alone call: compiled sooner, kept in these."""
    return cast(Function, _compile(function, fastmath=FINITE, no_cpython_wrapper=True))


class _Cache(FunctionCache):
    """Does without what cannot be kept or read, as on a full disk."""

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        with suppress(OSError):
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        return None

    def is_empty(self) -> bool:
        """Whether nothing is kept of the function as its source is now."""
        with suppress(OSError):
            return not self._cache_file._load_index()  # type: ignore[no-untyped-call]
        return True


def _keep_compiled(function: Function, **options: Any) -> Function:
    made = _compile(function, **options)
    # Numba raises it where neither the package nor the user has a folder that can be written.
    with suppress(RuntimeError):
        made._cache = _Cache(function)  # type: ignore[no-untyped-call]
    return cast(Function, made)


def _compile(function: Function, **options: Any) -> Any:
    # The stubs of numba know fewer options than it has.
    make: Any = njit
    return make(nogil=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)


def is_cached(function: Function) -> bool:
    """Whether what `jit` or `jit_finite` made of this source is kept on disk."""
    assert isinstance(function, Dispatcher)
    cache = getattr(function, "_cache", None)
    return isinstance(cache, _Cache) and not cache.is_empty()
