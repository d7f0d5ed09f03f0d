"""Which share of each known route the LP optimum over routes drives, and what people are worth.

The linear relaxation over routes of Dantzig and Wolfe, restricted to routes found so far and
tightened by cuts that integral solutions keep.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Float64s
from planner.solvers.columns.master_rows import BranchRow, CutRow, MasterRow, cut_coefficients
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.routes import Column
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import MasterParams
from planner.solvers.programme import Programme

DRIVEN = 1e-9
"""Columns of a lower LP value are not driven at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duals:
    """What one more person at each site, van-day of each class and unit of each row is worth.

    Attributes
    ----------
    draws
        Of those who may come to more than one site, by draw.
    stops
        What stops are worth beside their people: see `Master.worth_of_stops`.
    value
        Of the LP optimum; not a bound before all routes are known.
    """

    sites: Float64s
    draws: Float64s
    stops: Float64s
    classes: Float64s
    rows: Float64s
    value: float

    def towards(self, other: "Duals", share: float) -> "Duals":
        """These, moved towards others by a share of the way; new rows from nothing."""
        rows = np.append(self.rows, np.zeros(len(other.rows) - len(self.rows)))
        return Duals(
            sites=self.sites + share * (other.sites - self.sites),
            draws=self.draws + share * (other.draws - self.draws),
            stops=self.stops + share * (other.stops - self.stops),
            classes=self.classes + share * (other.classes - self.classes),
            rows=rows + share * (other.rows - rows),
            value=self.value,
        )


class Master:
    """The linear programme over all routes added; solving it again starts where it ended.

    Parameters
    ----------
    remaining
        People that may be recorded.

    Attributes
    ----------
    columns, rows
        All added, in order.
    counts
        Routes of each class there may be.
    remaining
        As given.
    limits_draws
        Whether no more of a group come to a site than its stops let come.
    """

    def __init__(
        self,
        day_classes: Sequence[VanDayClass],
        counts: Sequence[int],
        remaining: RemainingPeople,
        params: MasterParams,
    ) -> None:
        self.columns: list[Column] = []
        self.rows: list[MasterRow] = []
        self.counts, self.params = counts, params
        self._day_classes, self.remaining = day_classes, remaining
        self._left_people = remaining
        self._room = self._left = remaining.everywhere()
        self._values: Float64s = np.zeros(0)
        self._prices: Float64s = np.zeros(len(self._room))
        self._first_amount = np.concatenate([[0], np.cumsum(remaining.most + 1)])
        self._forbidden: dict[tuple[int, int], int] = {}
        self._active: set[int] = set()
        self._fixed: Counter[Column] = Counter()
        self._allows_overcoverage = True
        self.limits_draws = False
        self._scales = remaining.are_shared or sum(counts) <= params.scaled_van_days
        self._build()

    def _build(self) -> None:
        """An empty programme: no columns, no rows."""
        self._numbers: dict[Column, int] = {}
        self._index: dict[MasterRow, int] = {}
        self._rows_at: dict[tuple[int, int], list[int]] = {}
        self._row_coefficients: list[Float64s] = []
        self._columns_at: dict[tuple[int, int], list[int]] = {}
        self._columns_of_class: list[list[int]] = [[] for _ in self.counts]
        self._programme = Programme(scale=self._scales)
        self._sites = self.remaining.add_site_rows(
            self._programme, range(len(self._room)), by_stops=self.limits_draws
        )
        self._class_rows = [self._programme.add_row(upper=float(count)) for count in self.counts]
        self._row_numbers: list[int] = []
        self._penalties: list[float] = []
        self._variables: list[int] = []
        self._unserved: list[int] = []
        sites = self._day_classes[0].instance.sites
        for number, site in enumerate(sites):
            row = self._sites.people[number]
            # Until there are cuts a route may record fewer people than its column says: that
            # keeps what people are worth within their weight, and so from jumping about.
            # Where people are shared nobody is taken off the routes that stay.
            stays = self.remaining.are_shared and self.remaining.recorded[number]
            upper = math.inf if self._allows_overcoverage and not stays else 0.0
            unserved = self._programme.add_variable(-site.weight, upper=upper)
            self._programme.set_coefficient(row, unserved, -1.0)
            self._unserved.append(unserved)

    def _rebuild(self) -> None:
        """The same programme, scaled, forgetting where the simplex ended."""
        self._scales = True
        columns, rows, active = self.columns, self.rows, self._active
        self.columns, self.rows, self._active = [], [], set()
        self._build()
        self.add_rows(*rows)
        self.add_columns(columns)
        for index in self._active - active:
            self._programme.set_upper(self._row_numbers[index], math.inf)
        self._active = active

    def add_columns(self, columns: Iterable[Column]) -> int:
        """Take in those columns not yet known; how many these are."""
        before = len(self.columns)
        for column in columns:
            if column in self._numbers:
                continue
            number, class_index = len(self.columns), column.class_index
            self._numbers[column] = number
            self._columns_of_class[class_index].append(number)
            for site, _ in column.visits:
                self._columns_at.setdefault((class_index, site), []).append(number)
            self.columns.append(column)
            fixed = float(self._fixed[column])
            upper = fixed or self._upper_bound(column)
            variable = self._programme.add_variable(column.value, lower=fixed, upper=upper)
            self._variables.append(variable)
            self._programme.set_coefficient(self._class_rows[class_index], variable, 1.0)
            for site, people in column.visits:
                for row, counted in self._sites.coefficients(site, people):
                    self._programme.set_coefficient(row, variable, counted)
            for index, counted in self._counts(column).items():
                self._programme.set_coefficient(self._row_numbers[index], variable, counted)
        return len(self.columns) - before

    def _counts(self, column: Column) -> dict[int, float]:
        """What a column counts in each row, by the index of the row."""
        counts: dict[int, float] = {}
        for site, people in column.visits:
            for index in self._rows_at.get((column.class_index, site), ()):
                counted = self._row_coefficients[index].item(people)
                counts[index] = counts.get(index, 0.0) + counted
        return counts

    def separate_cuts(self) -> int:
        """Add cuts that the LP solution last solved breaks; how many these are."""
        stops: dict[int, list[tuple[int, float]]] = {}
        for column, value in zip(self.columns, self.values(), strict=True):
            for site, people in column.visits if value > DRIVEN else ():
                stops.setdefault(site, []).append((people, float(value)))
        sets: dict[tuple[int, ...], int] = {(s,): int(self._room[s]) for s in sorted(stops)}
        if self.remaining.are_shared:
            priced = self.remaining.priced_sets(self._prices)
            sets |= {part.sites: part.capacity for part in priced}
            recorded = np.zeros(len(self._room))
            for site, recorded_there in stops.items():
                recorded[site] = sum(people * value for people, value in recorded_there)
            sets |= self.remaining.crowded_sets(recorded, self.params.cut_sites)
        cuts = [
            cut
            for sites, capacity in sets.items()
            for cut in _violated_cuts(sites, capacity, _stops_at(sites, stops), self.params)
            if cut not in self._index and (cut.width > 1 or self.remaining.are_shared)
        ]
        self.add_rows(*cuts)
        return len(cuts)

    def add_rows(self, *rows: MasterRow) -> None:
        """Let the LP solution keep rows."""
        if any(isinstance(row, CutRow) for row in rows):
            self.forbid_overcoverage()
        for row in rows:
            number = self._programme.add_row(upper=row.limit)
            if row.penalty is not None:
                excess = self._programme.add_variable(-row.penalty)
                self._programme.set_coefficient(number, excess, -1.0)
            if isinstance(row, BranchRow):
                self._active.add(len(self.rows))
            self._index[row] = len(self.rows)
            self.rows.append(row)
            self._row_numbers.append(number)
            self._penalties.append(np.inf if row.penalty is None else row.penalty)
            most = int(self.remaining.most[list(row.sites)].max())
            self._row_coefficients.append(row.coefficients(np.arange(most + 1)))
            indices: set[int] = set()
            for class_index in range(len(self.counts)) if row.classes is None else row.classes:
                for site in row.sites:
                    self._rows_at.setdefault((class_index, site), []).append(len(self.rows) - 1)
                    indices.update(self._columns_at.get((class_index, site), ()))
            for index in sorted(indices):
                counted = self._counts(self.columns[index])[len(self.rows) - 1]
                self._programme.set_coefficient(number, self._variables[index], counted)

    def forbid_overcoverage(self) -> bool:
        """Let routes record the people that they say; whether they could have recorded fewer."""
        if not self._allows_overcoverage:
            return False
        self._allows_overcoverage = False
        for unserved in self._unserved:
            self._programme.set_bounds(unserved, 0.0, 0.0)
        return True

    def limit_draws(self) -> None:
        """Let no more of a group come to a site than its stops let come."""
        self.limits_draws = True
        for of_site in self._sites.draws.values():
            for _, row, _ in of_site:
                self._programme.set_upper(row, 0.0)

    def set_branches(self, branches: Iterable[BranchRow]) -> None:
        """Let the LP solution keep these branches, and no others."""
        branches = tuple(branches)
        before, self._forbidden = self._forbidden, {}
        for branch in branches:
            for class_index in branch.classes if branch.forbids_stop else ():
                ceiling = self._forbidden.get((class_index, branch.site), branch.people)
                self._forbidden[class_index, branch.site] = min(ceiling, branch.people)
        wanted = [branch for branch in branches if not branch.forbids_stop]
        self.add_rows(*(branch for branch in wanted if branch not in self._index))
        active = {self._index[branch] for branch in wanted}
        for index in self._active - active:
            self._programme.set_upper(self._row_numbers[index], math.inf)
        for index in active - self._active:
            self._programme.set_upper(self._row_numbers[index], self.rows[index].limit)
        self._active = active
        for stop in before.keys() | self._forbidden.keys():
            if before.get(stop) != self._forbidden.get(stop):
                for index in self._columns_at.get(stop, ()):
                    upper = self._upper_bound(self.columns[index])
                    self._programme.set_bounds(self._variables[index], 0.0, upper)

    def fix(self, columns: Sequence[Column]) -> None:
        """Fix the value of these columns to one, beside others for the people that they leave."""
        self._fixed = Counter(columns)
        self._left_people = self.remaining.without(columns)
        self._left = self._left_people.everywhere()
        for column, variable in zip(self.columns, self._variables, strict=True):
            fixed = float(self._fixed[column])
            upper = fixed or self._upper_bound(column)
            self._programme.set_bounds(variable, fixed, upper)

    def open_classes(self) -> list[int]:
        """Classes that may have more routes than those fixed."""
        fixed = Counter(column.class_index for column in self._fixed.elements())
        return [index for index, count in enumerate(self.counts) if count > fixed[index]]

    def _upper_bound(self, column: Column) -> float:
        """How much of a column may be driven."""
        forbidden = any(
            people >= self._forbidden.get((column.class_index, site), math.inf)
            for site, people in column.visits
        )
        fits = all(people <= self._left[site] for site, people in column.visits)
        return math.inf if fits and not forbidden else 0.0

    def solve_value(self) -> float:
        """What the LP optimum over the known routes is worth."""
        value = self._programme.maximise()
        if value is None:
            # From where it ended the simplex may get lost; it does not from the beginning.
            self._rebuild()
            value = self._programme.maximise()
        if value is None:
            raise RuntimeError("the linear programme over routes has no optimum")
        return value

    def solve(self) -> Duals:
        """The worth of people, van-days and rows in the LP optimum over the known routes."""
        value = self.solve_value()
        self._values = self._programme.values(self._variables)
        self._prices = self._duals([*self._sites.people.values()])
        flow = self.remaining.flow
        draws = np.zeros(0 if flow is None else len(flow.draw))
        for site, of_site in self._sites.draws.items():
            worth = self._duals([row for _, row, _ in of_site])
            # What is above the price of a person there makes no one cheaper, but stops dearer.
            draws[[draw for draw, _, _ in of_site]] = np.minimum(worth, self._prices[site])
        rows = np.minimum(self._duals(self._row_numbers), self._penalties)
        duals = Duals(
            sites=self._prices,
            draws=draws,
            stops=self.worth_of_stops(draws, rows),
            classes=self._duals(self._class_rows),
            rows=rows,
            value=value,
        )
        for index in sorted(self._active):
            self._lower_dual(index, duals)
        return duals

    def worth_of_stops(self, draws: Float64s, rows: Float64s) -> Float64s:
        """By site, for 0 people up to all: for whom a stop lets come, less what rows charge.

        Of rows those that count routes of all classes alike.

        Parameters
        ----------
        draws, rows
            Prices, as in `Duals`.
        """
        worth = self.remaining.worth_of_stops(draws)
        for index in np.flatnonzero(rows > 0).tolist():
            if self.rows[index].classes is None:
                for site in self.rows[index].sites:
                    values = worth[self._first_amount[site] : self._first_amount[site + 1]]
                    values -= rows[index] * self._row_coefficients[index][: len(values)]
        return worth

    def _duals(self, rows: Sequence[int]) -> Float64s:
        return np.maximum(0.0, self._programme.duals(rows))

    def _lower_dual(self, index: int, duals: Duals) -> None:
        """Take off the price of a stop that all routes of a class must make what it need not be.

        Such a price and that of the van-day may rise together without end: the value stays. But
        routes that stop there again and again would look the better for it.
        """
        branch, price = self.rows[index], float(duals.rows[index])
        if price <= 0 or not isinstance(branch, BranchRow) or not self._binds_all_routes(branch):
            return
        (class_index,) = branch.classes
        others = (
            self.reduced_profit(self.columns[index], duals)
            for index in self._columns_of_class[class_index]
            if dict(self.columns[index].visits).get(branch.site, -1) < branch.people
        )
        least = max([0.0, *(float(duals.classes[class_index]) + profit for profit in others)])
        margin = self.params.branch_margin * least
        less = min(price, float(duals.classes[class_index]) - margin - least)
        if less > 0:
            duals.rows[index] -= less
            duals.classes[class_index] -= less

    def _binds_all_routes(self, branch: BranchRow) -> bool:
        """Whether all routes of the one class of a branch must stop at its site."""
        counts = sum(self.counts[class_index] for class_index in branch.classes)
        return branch.at_least and len(branch.classes) == 1 and branch.stops == counts

    def number(self, column: Column) -> int:
        """Where a column that was added stands among all."""
        return self._numbers[column]

    def values(self) -> Float64s:
        """How much of each column the LP solution last solved drives; none of those added since."""
        return np.append(self._values, np.zeros(len(self.columns) - len(self._values)))

    def pricing_profits(self, class_index: int, duals: Duals) -> PricedProfits:
        """What people are worth to routes of a class, beyond what they cost at these duals."""
        day_class = self._day_classes[class_index]
        sites = day_class.sites
        price_of_people = day_class.weight - duals.sites[sites]
        charges: list[tuple[int, MasterRow, float]] = []
        ceilings: list[tuple[int, int]] = []
        for index, price in self._priced_rows(class_index, duals):
            positions = day_class.positions_of(self.rows[index].sites)
            charges += [(position, self.rows[index], price) for position in positions.tolist()]
        for (index, site), people in self._forbidden.items():
            if index == class_index and site in sites:
                ceilings.append((int(np.searchsorted(sites, site)), people))
        return PricedProfits.of(
            price_of_people,
            self._left[sites],
            charges,
            ceilings,
            self._left_people.shared,
            (self._first_amount[sites], duals.stops),
        )

    def _priced_rows(self, class_index: int, duals: Duals) -> Iterator[tuple[int, float]]:
        """Rows of some classes, this among them, and their prices."""
        for index in np.flatnonzero(duals.rows > 0).tolist():
            classes = self.rows[index].classes
            if classes is not None and class_index in classes:
                yield index, float(duals.rows[index])

    def bound(self, duals: Duals, most: Iterable[float]) -> float:
        """What no plan exceeds, if no route of each class earns more than ``most`` at the profits.

        The dual bound of Lagrange: it holds for any duals that are not negative, and exceed no
        penalty.
        """
        limits = np.array([row.limit for row in self.rows], dtype=np.float64)
        rows = np.append(duals.rows, np.zeros(len(limits) - len(duals.rows)))
        routes = sum(
            count * max(0.0, value) for count, value in zip(self.counts, most, strict=True)
        )
        return float(self.remaining.worth(duals.sites, duals.draws) + rows @ limits + routes)

    def reduced_profit(self, column: Column, duals: Duals) -> float:
        """What a column earns beyond what its people and its van-day cost."""
        value = column.value - float(duals.classes[column.class_index])
        for site, people in column.visits:
            value -= people * float(duals.sites[site])
            value += float(duals.stops[self._first_amount[site] + people])
        for index, price in self._priced_rows(column.class_index, duals):
            of_row = self._row_coefficients[index]
            value -= price * sum(
                float(of_row[people])
                for site, people in column.visits
                if site in self.rows[index].sites
            )
        return value


def _stops_at(
    sites: Iterable[int], stops: Mapping[int, list[tuple[int, float]]]
) -> list[tuple[int, float]]:
    return [stop for site in sites for stop in stops.get(site, ())]


def _violated_cuts(
    sites: tuple[int, ...], capacity: int, stops: Sequence[tuple[int, float]], params: MasterParams
) -> Iterator[CutRow]:
    """Cuts that stops, given by people and LP value, break: of each kind the one broken most.

    A width of 1 is the capacity itself, of which sites that share people may exceed the last part
    of a person.
    """
    people = np.array([amount for amount, _ in stops])
    values = np.array([value for _, value in stops])
    if values @ people - capacity > params.cut_violation:
        yield CutRow(sites, capacity, 1)
    widths = np.arange(capacity // params.cut_parts + 1, capacity)
    widths = widths[capacity % widths > 0]
    if len(widths):
        counted = cut_coefficients(capacity, widths, people[:, None])
        excess = values @ counted - capacity // widths
        best = int(np.argmax(excess))
        if excess[best] > params.cut_violation:
            yield CutRow(sites, capacity, int(widths[best]))
