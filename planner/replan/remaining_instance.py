"""What is left to decide of the weekend: where its solve starts from, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.model import ID_MARK, Instance
from planner.plan import Plan, Route, Stop
from planner.replan.remaining_route import RemainingRoute
from planner.replan.van_state import VanState
from planner.solvers.amounts import route_visits
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import is_within_limits, schedule_route


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedStop:
    """A stop that keeps promises, and who may make it.

    Attributes
    ----------
    id
        Of the site that stands for it.
    van_state
        Of the van that keeps the promises; it alone may where ``is_bound``.
    break_start_s
        Of the break that lies in the stop; None where none does.
    """

    id: str
    stop: Stop
    van_state: VanState
    is_bound: bool
    break_start_s: int | None

    @property
    def date(self) -> date:
        """Of the stop."""
        return self.van_state.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingInstance:
    """What is left to decide, and what its parts stand for.

    Attributes
    ----------
    original
        The whole instance.
    promised
        Stops that keep promises, by id of the site that stands for each.
    van_states
        By id of the van that stands for each.
    """

    original: Instance
    instance: Instance
    promised: Mapping[str, PromisedStop]
    van_states: Mapping[str, VanState]

    def start(self) -> Plan:
        """The promises kept, and as much as fits of what was planned beside them."""
        left, routes = PeopleLeft(self.instance), []
        for van_index in range(len(self.instance.vans)):
            route = self._start_route(van_index, left)
            if route is not None:
                routes.append(route)
                left.take(route_visits(self.instance, route))
        return Plan(routes=tuple(routes))

    def _start_route(self, van_index: int, left: PeopleLeft) -> Route | None:
        """The van's promises with its other planned stops, as many as fit."""
        index, van = self.instance.site_index, self.instance.vans[van_index]
        van_state = self.van_states[van.id]
        must = [
            (promised.stop.setup_s, index[promised.id], promised.stop.people)
            for promised in self.promised.values()
            if promised.van_state.van_day == van_state.van_day
        ]
        may = [
            (stop.setup_s, site, min(stop.people, left.at(site)))
            for stop in van_state.next_stops
            if (site := index.get(stop.site_id)) is not None
            and van.id in self.instance.sites[site].classes
        ]
        may = [stop for stop in may if stop[2] >= self.instance.sites[stop[1]].least_people]
        while must or may:
            visits = [(site, people) for _, site, people in sorted([*must, *may])]
            route = None
            if is_within_limits(van, visits) and left.suffice(visits):
                route = schedule_route(self.instance, van_index, van_state.date, visits)
            if route is not None or not may:
                return route
            may.remove(min(may, key=lambda stop: stop[2]))
        return None

    def planned_routes(self) -> list[Route]:
        """What each van was to do from its state on, as far as it is left to decide."""
        names = {
            (promised.stop.site_id, promised.van_state.van_day): promised.id
            for promised in self.promised.values()
        }
        routes = []
        for van_id, van_state in self.van_states.items():
            stops = tuple(
                replace(stop, site_id=names.get((stop.site_id, van_state.van_day), stop.site_id))
                for stop in van_state.next_stops
            )
            stops = tuple(stop for stop in stops if stop.site_id in self.instance.site_index)
            if van_state.planned is not None and stops:
                routes.append(replace(van_state.planned, van_id=van_id, stops=stops))
        return routes

    def read_back(
        self, plan: Plan, remaining: Sequence[RemainingRoute]
    ) -> tuple[RemainingRoute, ...]:
        """What a plan of the remaining instance means for each van-day that remains."""
        by_van = {route.van_id: route for route in plan.routes}
        return tuple(
            self._read_route(
                by_van.get(van_day_id(self.original, route.van_state)), route.van_state
            )
            for route in remaining
        )

    def _read_route(self, route: Route | None, van_state: VanState) -> RemainingRoute:
        if route is None or not route.stops:
            return RemainingRoute(
                van_state=van_state, stops=(), break_start_s=van_state.break_start_s
            )
        stops = [self._read_stop(stop) for stop in route.stops]
        place = self.original.site(stops[0].site_id).place
        arrive_s = van_state.arrive_s(self.original, place)
        if arrive_s is not None:
            stops[0] = replace(stops[0], arrive_s=arrive_s)
        return RemainingRoute(
            van_state=van_state,
            stops=tuple(stops),
            break_start_s=self._read_break(route, van_state, arrive_s),
        )

    def _read_stop(self, stop: Stop) -> Stop:
        """The stop as the original site has it."""
        promised = self.promised.get(stop.site_id)
        if promised is None:
            return stop
        return replace(promised.stop, arrive_s=stop.arrive_s, people=stop.people)

    def _read_break(self, route: Route, van_state: VanState, arrive_s: int | None) -> int | None:
        """When the van rests; at the place it drives to first rather than where it stands."""
        if van_state.break_start_s is not None:
            return van_state.break_start_s
        if route.break_start_s is not None:
            if arrive_s is not None and route.break_start_s < route.leave_s:
                return max(route.break_start_s, arrive_s)
            return route.break_start_s
        breaks = (
            self.promised[stop.site_id].break_start_s
            for stop in route.stops
            if stop.site_id in self.promised
        )
        return next((start_s for start_s in breaks if start_s is not None), None)


def van_day_id(instance: Instance, van_state: VanState) -> str:
    """Id of the van that stands for a van-day."""
    return f"{van_state.van(instance).id}{ID_MARK}{van_state.date}"
