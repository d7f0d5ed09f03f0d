"""OR-Tools' routing library: guided local search over offers, of which a site takes one at most."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bench.finish import Order, finish
from bench.peers.offers import NO_WAY_S, TIE_BREAK_S, Timeline, merged, offers, promising
from planner.arrays import Int64s
from planner.model import NO_ROAD, Instance, Interval
from planner.plan import Plan
from planner.units import DAY_S

MOST_SITES = 150
SHARES = (1.0, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An offer in any of its windows: a node of the model.

    Attributes
    ----------
    starts
        When set-up may start, on the line of time, ascending.
    """

    site: int
    kits: int
    people: int
    work_s: int
    starts: tuple[Interval, ...]


def plan(instance: Instance, seconds: float, seed: int) -> Plan:
    """The best plan found in so many seconds; the library knows no seed."""
    instance = promising(instance, MOST_SITES)
    if not instance.sites:
        return Plan()
    timeline = Timeline.of(instance)
    jobs = _jobs(instance, timeline)
    return finish(instance, _Model(instance, timeline, jobs).solve(seconds))


def _jobs(instance: Instance, timeline: Timeline) -> list[Job]:
    starts: dict[tuple[int, int, int, int], list[Interval]] = defaultdict(list)
    for offer in offers(instance, timeline, SHARES):
        opening_s, closing_s = offer.window
        key = (offer.site, offer.kits, offer.people, offer.work_s)
        starts[key].append((opening_s, closing_s - offer.work_s))
    return [
        Job(site=site, kits=kits, people=people, work_s=work_s, starts=tuple(merged(intervals)))
        for (site, kits, people, work_s), intervals in starts.items()
    ]


class _Model:
    """Nodes are the depots, then the jobs."""

    def __init__(self, instance: Instance, timeline: Timeline, jobs: Sequence[Job]) -> None:
        self.instance, self.timeline, self.jobs = instance, timeline, jobs
        self.vans = [instance.vans[van] for van, _ in instance.van_days]
        # A depot that no van uses would be one more place to visit.
        depot_ids = sorted({depot for van in self.vans for depot in (van.start, van.end)})
        self.first_job = len(depot_ids)
        self.manager = pywrapcp.RoutingIndexManager(
            self.first_job + len(jobs),
            len(self.vans),
            [depot_ids.index(van.start) for van in self.vans],
            [depot_ids.index(van.end) for van in self.vans],
        )
        self.model = pywrapcp.RoutingModel(self.manager)
        places = [instance.depot_places[depot] for depot in depot_ids]
        places += [instance.sites[job.site].place for job in jobs]
        drive_s = instance.drive_s[np.ix_(places, places)].astype(np.int64)
        drive_s[drive_s == NO_ROAD] = NO_WAY_S
        self._choose(drive_s)
        self._keep_time(drive_s)
        self._keep_limits()

    def solve(self, seconds: float) -> list[Order]:
        """The order of each van-day in the best solution; none where none was found."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = (
            routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        )
        parameters.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        )
        parameters.time_limit.FromMilliseconds(round(1000 * seconds))
        solution = self.model.SolveWithParameters(parameters)
        if solution is None:
            return []
        return [
            Order(van=van, day=day, sites=self._sites(solution, vehicle))
            for vehicle, (van, day) in enumerate(self.instance.van_days)
        ]

    def _choose(self, drive_s: Int64s) -> None:
        """At most one job of a site; what is not recorded of the most it could be is a cost."""
        worth_s = self.instance.worth_s or TIE_BREAK_S
        by_site: dict[int, list[int]] = defaultdict(list)
        for number, job in enumerate(self.jobs):
            by_site[job.site].append(number)
        cost = drive_s.copy()
        for site, numbers in by_site.items():
            worth = worth_s * self.instance.sites[site].weight
            most = max(self.jobs[number].people for number in numbers)
            for number in numbers:
                cost[:, self.first_job + number] += round(worth * (most - self.jobs[number].people))
            self.model.AddDisjunction(list(map(self._index, numbers)), round(worth * most))
        self.model.SetArcCostEvaluatorOfAllVehicles(self.model.RegisterTransitMatrix(cost.tolist()))

    def _keep_time(self, drive_s: Int64s) -> None:
        work_s = np.array([0] * self.first_job + [job.work_s for job in self.jobs])
        horizon_s = self.timeline.at(self.instance.dates[-1], DAY_S)
        transit = self.model.RegisterTransitMatrix((drive_s + work_s[:, None]).tolist())
        self.model.AddDimension(transit, horizon_s, horizon_s, False, "time")
        time = self.model.GetDimensionOrDie("time")
        for vehicle, (van, (_, day)) in enumerate(
            zip(self.vans, self.instance.van_days, strict=True)
        ):
            opening_s, closing_s = self.timeline.span(day, van.shifts[day])
            time.CumulVar(self.model.Start(vehicle)).SetRange(opening_s, closing_s)
            time.CumulVar(self.model.End(vehicle)).SetRange(
                opening_s, closing_s - self.timeline.lost_s(van)
            )
        for number, job in enumerate(self.jobs):
            classes = self.instance.sites[job.site].classes
            fits = [
                vehicle
                for vehicle, van in enumerate(self.vans)
                if van.kits == job.kits and van.van_class in classes
            ]
            self.model.VehicleVar(self._index(number)).SetValues([-1, *fits])
            self._keep_starts(time.CumulVar(self._index(number)), job.starts)

    def _keep_starts(self, start: pywrapcp.IntVar, starts: Sequence[Interval]) -> None:
        start.SetRange(starts[0][0], starts[-1][1])
        gaps = [(before[1] + 1, after[0] - 1) for before, after in pairwise(starts)]
        if gaps:
            solver = self.model.solver()
            solver.Add(solver.NotMemberCt(start, *map(list, zip(*gaps, strict=True))))

    def _keep_limits(self) -> None:
        people = [job.people for job in self.jobs]
        for name, loads, limits in (
            ("people", people, [van.max_people for van in self.vans]),
            ("stops", [1] * len(people), [van.max_stops for van in self.vans]),
        ):
            if any(limit is not None for limit in limits):
                transit = self.model.RegisterUnaryTransitVector([0] * self.first_job + loads)
                caps = [sum(loads) if limit is None else limit for limit in limits]
                self.model.AddDimensionWithVehicleCapacity(transit, 0, caps, True, name)

    def _sites(self, solution: pywrapcp.Assignment, vehicle: int) -> tuple[int, ...]:
        sites = []
        index = solution.Value(self.model.NextVar(self.model.Start(vehicle)))
        while not self.model.IsEnd(index):
            sites.append(self.jobs[self.manager.IndexToNode(index) - self.first_job].site)
            index = solution.Value(self.model.NextVar(index))
        return tuple(sites)

    def _index(self, number: int) -> int:
        return int(self.manager.NodeToIndex(self.first_job + number))
