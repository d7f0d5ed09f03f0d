"""What a plan comes to, in numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.analysis.look_here import people_of_odd_units
from planner.analysis.origins import (
    Reached,
    Uncovered,
    people_at_nearest,
    reached_by_kelurahan,
    uncovered_by_rw,
)
from planner.district import KindRates
from planner.horizon import Horizon, learned_before
from planner.plan import Diversions, Result
from planner.units import HOUR_S, KM_M
from planner.venues import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a plan comes to.

    Attributes
    ----------
    people
        People recorded.
    services
        People served otherwise, by key of the service.
    left
        Unrecorded people who can be reached and remain after the plan.
    drive_h, van_h
        Hours driven, and hours from leaving a depot to returning, over all routes.
    places
        Places with a stop.
    cost
        Rupiah for kilometres driven and hours from leaving a depot to returning; None where the
        table of vans has no costs of some van with stops.
    gap, people_gap
        Proven shares by which a better plan can at most be better; None = not proven.
    drafts
        Names of the places whose permission is not confirmed.
    left_out
        Places without a stop, by reason.
    by_decay
        People whom the same stops record under other decays, where somebody asked for it.
    learned
        By kind of place, the rates that were learned from tallies instead of assumed.
    at_ends
        People whom the same stops record at the low and the high end of what was learned.
    at_nearest
        People recorded where everybody simply goes to the nearest stop.
    reached
        Residents with a stop to go to, by kelurahan.
    uncovered
        Unrecorded people with no place within reach, by RW.
    straight
        Whether travel is an estimate along straight lines.
    assumes_permission
        Whether it is a draft that counts on all hosts who have not refused.
    of_odd_units
        People recorded who live where the numbers of the register are odd.
    """

    week: str
    people: int
    left: int
    routes: int
    stops: int
    km: float
    drive_h: float
    van_h: float
    places: int
    cost: float | None
    gap: float | None
    people_gap: float | None
    status: str
    solver: str
    drafts: tuple[str, ...]
    left_out: Mapping[str, int]
    at_nearest: int
    reached: tuple[Reached, ...]
    uncovered: tuple[Uncovered, ...]
    straight: bool
    of_odd_units: int = 0
    assumes_permission: bool = False
    services: Mapping[str, int] = field(default_factory=dict)
    by_decay: Mapping[str, int] = field(default_factory=dict)
    learned: Mapping[str, KindRates] = field(default_factory=dict)
    at_ends: tuple[int, int] | None = None

    @property
    def recordings_per_van_h(self) -> float:
        """People recorded per hour of a van; 0 where none drives."""
        return self.people / self.van_h if self.van_h else 0.0

    @property
    def cost_per_recording(self) -> float | None:
        """Rupiah for each person recorded; None where it is not known, or nobody is."""
        return self.cost / self.people if self.cost is not None and self.people else None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {
            "recordings_per_van_h": round(self.recordings_per_van_h, 2),
            "cost_per_recording": self.cost_per_recording,
        }


def summarise_plan(
    horizon: Horizon, result: Result, diversions: Diversions | None = None
) -> Summary:
    """What a plan of this weekend comes to.

    Parameters
    ----------
    diversions
        Of vans that were sent elsewhere on their way, whose detours are driven too.
    """
    itinerary = Itinerary(horizon, result.plan, diversions=diversions or {})
    routes = itinerary.routes
    legs = [leg for route in routes for leg in itinerary.legs(route)]
    learned = learned_before(horizon.district, horizon.first_date)
    recordings = horizon.recordings(result.plan)
    people = recordings.served().total()
    reasons = Counter(item.reason.value for item in itinerary.left_out)
    return Summary(
        week=horizon.week,
        people=people,
        assumes_permission=horizon.district.assumes_permission,
        services=horizon.served_otherwise(result.plan),
        left=horizon.backlog - people,
        routes=len(routes),
        stops=sum(len(route.stops) for route in routes),
        km=round(sum(leg.drive_m for leg in legs) / KM_M, 1),
        drive_h=round(sum(leg.drive_s for leg in legs) / HOUR_S, 2),
        van_h=round(sum(route.return_s - route.leave_s for route in routes) / HOUR_S, 2),
        places=len({*map(place_of, itinerary.plan.served())}),
        cost=_cost(itinerary),
        gap=result.gap,
        people_gap=result.people_gap,
        status=result.status.value,
        solver=result.solver,
        drafts=tuple(venue.name for venue in horizon.drafts(result.plan)),
        left_out=dict(reasons),
        at_nearest=people_at_nearest(horizon.instance, recordings),
        reached=reached_by_kelurahan(horizon, itinerary.plan),
        uncovered=uncovered_by_rw(horizon),
        straight=horizon.travel.straight,
        of_odd_units=people_of_odd_units(horizon, result.plan),
        learned=learned.kinds if learned else {},
    )


def _cost(itinerary: Itinerary) -> float | None:
    """Rupiah of all routes, rounded to whole ones."""
    total = 0.0
    for route in itinerary.routes:
        van = itinerary.vehicles[route.van_id]
        if van.cost_per_km is None and van.cost_per_h is None:
            return None
        km = sum(leg.drive_m for leg in itinerary.legs(route)) / KM_M
        hours = (route.return_s - route.leave_s) / HOUR_S
        total += km * (van.cost_per_km or 0) + hours * (van.cost_per_h or 0)
    return round(total)
