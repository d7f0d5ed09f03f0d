"""A choice among columns that goes on beside other work."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Self

from planner.solvers.columns.restricted_master import Choice, RestrictedMaster
from planner.solvers.columns.routes import Column

LOOK_S = 0.05
"""Between two wishes to end, of which the first may come before the solve."""


class BackgroundChoice:
    """One choice at a time in a thread of its own, ended on leaving the context."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1)
        self._running: Future[Choice] | None = None
        self._restricted: RestrictedMaster | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        while self._running is not None and self._restricted is not None:
            self._restricted.interrupt()
            self.take(LOOK_S)
        self._executor.shutdown()

    @property
    def is_running(self) -> bool:
        """Whether there is one that nobody has taken."""
        return self._running is not None

    def begin(
        self,
        restricted: RestrictedMaster,
        *,
        start: tuple[Column, ...],
        time_limit_s: float | None,
        max_nodes: int,
        seed: int,
    ) -> None:
        """Begin a choice, after the last one was taken; as `RestrictedMaster.choose`."""
        self._restricted = restricted
        self._running = self._executor.submit(
            restricted.choose,
            start=start,
            time_limit_s=time_limit_s,
            max_nodes=max_nodes,
            seed=seed,
        )

    def take(self, wait_s: float = 0.0) -> Choice | None:
        """The choice, if it ends within so many seconds; then there is none any more."""
        if self._running is None or not wait([self._running], wait_s).done:
            return None
        ended, self._running = self._running, None
        return ended.result()
