"""What was decided: routes with their stops, and how good the plan is known to be."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.i18n.messages import msgid


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The timed halt of one van at one site; times are seconds after midnight of its date.

    Attributes
    ----------
    arrive_s
        Arrival; what lies between it and set-up is waiting.
    setup_s, serve_s, packup_s
        Start of set-up, of recording and of pack-up.
    depart_s
        End of pack-up, when the van leaves.
    people
        People to be recorded.
    """

    site_id: str
    arrive_s: int
    setup_s: int
    serve_s: int
    packup_s: int
    depart_s: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One van's stops on one date, depot to depot.

    Attributes
    ----------
    break_start_s
        Start of the break, or None where none is taken.
    """

    van_id: str
    date: date
    leave_s: int
    return_s: int
    stops: tuple[Stop, ...]
    break_start_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The routes of one horizon, in the order of `planner.model.Instance.make_plan`."""

    routes: tuple[Route, ...] = ()

    def stops(self) -> Iterator[tuple[Route, Stop]]:
        """Every stop with its route."""
        return ((route, stop) for route in self.routes for stop in route.stops)

    def served(self) -> Counter[str]:
        """People recorded at each site that has a stop, by its id."""
        served: Counter[str] = Counter()
        for _, stop in self.stops():
            served[stop.site_id] += stop.people
        return served


Diversions = Mapping[tuple[str, date, int], int]
"""Place of the instance at which a van is, or to which it drove, when it is sent elsewhere: by van,
date, and how many stops it has made by then."""


class Status(StrEnum):
    """Why a solve ended; a limit of iterations counts as one of time.

    A search that has nothing left to try ends by itself, before any limit and without a proof.
    """

    OPTIMAL = msgid("optimal")
    GAP_REACHED = msgid("gap reached")
    SEARCH_ENDED = msgid("search ended")
    TIME_LIMIT = msgid("time limit")
    INTERRUPTED = msgid("interrupted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A plan, what it is worth, and what was proven about it.

    Attributes
    ----------
    people, objective
        As `planner.check.score` counts them.
    bound, people_bound
        Proven: no plan has a higher objective, or records more people; None = not known.
    solve_s
        Wall seconds of the solve; None where an iteration limit, not the clock, ended it.
    """

    plan: Plan
    people: int
    objective: float
    status: Status
    seed: int
    solver: str
    bound: float | None = None
    people_bound: float | None = None
    solve_s: float | None = None

    @property
    def gap(self) -> float | None:
        """``(bound - objective) / |bound|``, or None where no bound is known."""
        return gap(self.bound, self.objective)

    @property
    def people_gap(self) -> float | None:
        """The same for people alone."""
        return gap(self.people_bound, self.people)


def withdraw_bounds(result: Result) -> Result:
    """The result as one that is proven nothing of, as a plan that keeps part of another is.

    A solve may have been optimal for what was left to decide; for all plans it is not known.
    """
    proven = result.status in {Status.OPTIMAL, Status.GAP_REACHED}
    status = Status.TIME_LIMIT if proven else result.status
    return replace(result, bound=None, people_bound=None, status=status)


def gap(bound: float | None, value: float) -> float | None:
    """How far a value is below a bound, as a share of it; 0 where they meet."""
    if bound is None:
        return None
    if bound <= value:
        return 0.0
    return (bound - value) / abs(bound) if bound else None
