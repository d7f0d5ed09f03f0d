"""The routing model of a part of a plan, for the routing library of OR-Tools.

One node for each depot and each piece. The days stand one after the other on a single axis of time,
and the break is cut out of it: with all crews at rest from a chosen second on, what comes later
moves up by the length of the break. A van might be caught driving then; the exact schedule that is
made of the answer moves the break if need be.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from planner.model import NO_ROAD, Instance, Interval
from planner.solvers.routing.parts import Part, Piece, VanDay, crew_of
from planner.units import DAY_S

UNITS = 1000
"""Units of cost for one person of weight 1."""

MAX_COST = 2**40
"""Of one drive: far more than all people are worth, while sums fit into an int64."""

CALLS_PER_POLL = 1000


def reroute(instance: Instance, part: Part, should_stop: Callable[[], bool]) -> list[list[Piece]]:
    """Pieces of each van-day in a local optimum of the model, or where it was when told to stop."""
    return _Model(instance, part).solve(should_stop)


class _Model:
    """Variables, rules and cost of one part."""

    def __init__(self, instance: Instance, part: Part) -> None:
        self.instance, self.part = instance, part
        self.first_piece = len(instance.depots)
        self.days = {day: number for number, day in enumerate(instance.dates)}
        self.horizon_s = _day_s(instance) * len(self.days)
        depots = {depot.id: node for node, depot in enumerate(instance.depots)}
        vans = [instance.vans[van_index] for van_index, _ in part.van_days]
        self.manager = pywrapcp.RoutingIndexManager(
            self.first_piece + len(part.pieces),
            len(vans),
            [depots[van.start] for van in vans],
            [depots[van.end] for van in vans],
        )
        self.model = pywrapcp.RoutingModel(self.manager)
        places = [depot.place for depot in instance.depots]
        places += [instance.sites[piece.site].place for piece in part.pieces]
        self.drive_s = instance.drive_s[np.ix_(places, places)].astype(np.int64)
        self._cost()
        self._time()
        self._windows()
        self._limits()

    def _cost(self) -> None:
        """Driving, and the people that a piece records fewer than the largest of its share."""
        worth_s = self.instance.worth_s or float(DAY_S)
        worths = [
            round(UNITS * self.instance.sites[piece.site].weight * piece.people)
            for piece in self.part.pieces
        ]
        shares = defaultdict(list)
        for number, piece in enumerate(self.part.pieces):
            shares[piece.site, piece.share].append(number)
        rate = min(UNITS / worth_s, float(MAX_COST))
        cost = np.minimum(np.rint(np.maximum(self.drive_s, 0) * rate), MAX_COST).astype(np.int64)
        for numbers in shares.values():
            most = max(worths[number] for number in numbers)
            for number in numbers:
                cost[:, self.first_piece + number] += most - worths[number]
            self.model.AddDisjunction([self._index(number) for number in numbers], most, 1)
        evaluator = self.model.RegisterTransitMatrix(cost.tolist())
        self.model.SetArcCostEvaluatorOfAllVehicles(evaluator)

    def _time(self) -> None:
        """A stop begins when the one before is done and the van has come; waiting is free."""
        work_s = np.array([0] * self.first_piece + [piece.work_s for piece in self.part.pieces])
        taken_s = self.drive_s + work_s[:, None]
        taken_s[self.drive_s == NO_ROAD] = self.horizon_s + 1
        transit = self.model.RegisterTransitMatrix(taken_s.tolist())
        self.model.AddDimension(transit, self.horizon_s, self.horizon_s, False, "time")
        self.time = self.model.GetDimensionOrDie("time")
        for vehicle, van_day in enumerate(self.part.van_days):
            shift = self._shift(van_day)
            self.time.CumulVar(self.model.Start(vehicle)).SetRange(*shift)
            self.time.CumulVar(self.model.End(vehicle)).SetRange(*shift)

    def _windows(self) -> None:
        """A piece is for vans that fit and have its crew, while it can be done before closing."""
        for number, piece in enumerate(self.part.pieces):
            site = self.instance.sites[piece.site]
            vehicles, begins = [], set()
            for vehicle, van_day in enumerate(self.part.van_days):
                van_class = self.instance.vans[van_day[0]].van_class
                if van_class in site.classes and crew_of(self.instance, van_day) == piece.crew:
                    of_vehicle = set(self._begins(van_day, piece))
                    begins |= of_vehicle
                    vehicles += [vehicle] if of_vehicle else []
            self.model.VehicleVar(self._index(number)).SetValues([-1, *vehicles])
            self._restrict(number, sorted(begins))

    def _restrict(self, number: int, begins: Sequence[Interval]) -> None:
        """Begin a piece in one of these intervals, which ascend and may overlap."""
        if not begins:
            return
        variable = self.time.CumulVar(self._index(number))
        last = begins[0][1]
        gaps = []
        for opens, closes in begins:
            if opens > last + 1:
                gaps.append((last + 1, opens - 1))
            last = max(last, closes)
        variable.SetRange(begins[0][0], last)
        if gaps:
            # RemoveInterval would keep a bit for each second of all days.
            solver = self.model.solver()
            firsts, lasts = zip(*gaps, strict=True)
            solver.Add(solver.NotMemberCt(variable, firsts, lasts))

    def _begins(self, van_day: VanDay, piece: Piece) -> Iterator[Interval]:
        """When a van-day can begin a piece: within its shift and a window, done before closing."""
        shift = self._shift(van_day)
        for window in self.instance.sites[piece.site].windows.get(van_day[1], ()):
            opening_s, closing_s = self._on_axis(van_day, window)
            first_s, last_s = max(opening_s, shift[0]), min(closing_s, shift[1]) - piece.work_s
            if first_s <= last_s:
                yield first_s, last_s

    def _limits(self) -> None:
        vans = [self.instance.vans[van_index] for van_index, _ in self.part.van_days]
        people = [piece.people for piece in self.part.pieces]
        self._capacity("people", people, [van.max_people for van in vans])
        self._capacity("stops", [1] * len(people), [van.max_stops for van in vans])

    def _capacity(self, name: str, loads: list[int], most: Sequence[int | None]) -> None:
        if all(limit is None for limit in most):
            return
        transit = self.model.RegisterUnaryTransitVector([0] * self.first_piece + loads)
        caps = [sum(loads) if limit is None else limit for limit in most]
        self.model.AddDimensionWithVehicleCapacity(transit, 0, caps, True, name)

    def _index(self, number: int) -> int:
        """The library's index of a piece."""
        index: int = self.manager.NodeToIndex(self.first_piece + number)
        return index

    def _shift(self, van_day: VanDay) -> Interval:
        van_index, day = van_day
        return self._on_axis(van_day, self.instance.vans[van_index].shifts[day])

    def _on_axis(self, van_day: VanDay, interval: Interval) -> Interval:
        """Two times of a day on the axis of all days, the break of the van cut out."""
        crew_break = self.instance.vans[van_day[0]].crew_break
        begin_s = self.days[van_day[1]] * _day_s(self.instance)
        opening_s, closing_s = interval
        if crew_break is not None:
            pause_s = self.part.pauses[crew_break]
            opening_s, closing_s = (
                time_s if time_s <= pause_s else max(pause_s, time_s - crew_break.length_s)
                for time_s in interval
            )
        return begin_s + opening_s, begin_s + closing_s

    def solve(self, should_stop: Callable[[], bool]) -> list[list[Piece]]:
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
        )
        self.model.AddSearchMonitor(self.model.solver().CustomLimit(_poll_rarely(should_stop)))
        self.model.CloseModelWithParameters(parameters)
        starts = [self._start(vehicle) for vehicle in range(len(self.part.van_days))]
        begin = self.model.ReadAssignmentFromRoutes(starts, True)
        assignment = self.model.SolveFromAssignmentWithParameters(begin, parameters)
        return [self._route(assignment, vehicle) for vehicle in range(len(starts))]

    def _start(self, vehicle: int) -> list[int]:
        """Indices of what a vehicle starts with, less what the chosen break leaves no time for."""
        van_day = self.part.van_days[vehicle]
        now_s, closing_s = self._shift(van_day)
        node = self.manager.IndexToNode(self.model.Start(vehicle))
        home = self.manager.IndexToNode(self.model.End(vehicle))
        indices = []
        for number in self.part.starts[vehicle]:
            piece, next_node = self.part.pieces[number], self.first_piece + number
            there_s, back_s = self.drive_s[node, next_node], self.drive_s[next_node, home]
            begins = [
                max(opens, now_s + there_s)
                for opens, closes in self._begins(van_day, piece)
                if now_s + there_s <= closes
            ]
            done_s = min(begins, default=self.horizon_s) + piece.work_s
            if NO_ROAD not in (there_s, back_s) and done_s + back_s <= closing_s:
                indices.append(self._index(number))
                node, now_s = next_node, done_s
        return indices

    def _route(self, assignment: pywrapcp.Assignment | None, vehicle: int) -> list[Piece]:
        """Pieces of a vehicle in the order of its route."""
        pieces = []
        index = self.model.Start(vehicle)
        while assignment is not None and not self.model.IsEnd(index):
            node = self.manager.IndexToNode(index)
            if node >= self.first_piece:
                pieces.append(self.part.pieces[node - self.first_piece])
            index = assignment.Value(self.model.NextVar(index))
        return pieces


def _day_s(instance: Instance) -> int:
    """Seconds from a day to the next on the axis of all days: until the last shift is over."""
    return 1 + max(closes for van in instance.vans for _, closes in van.shifts.values())


def _poll_rarely(should_stop: Callable[[], bool]) -> Callable[[], bool]:
    """The same question asked less often: the library asks hundreds of thousands of times a second.

    Once the answer is yes it remains so.
    """
    calls, answer = 0, False

    def ask() -> bool:
        nonlocal calls, answer
        calls += 1
        if calls % CALLS_PER_POLL == 0:
            answer = answer or should_stop()
        return answer

    return ask
