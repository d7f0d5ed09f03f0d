"""Parts of column generation for weekends that can be solved by hand."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np

from planner.arrays import Int64s
from planner.model import Instance
from planner.solvers.columns.amount_ranges import AmountRanges
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.routes import Column, make_column
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.params import DEFAULT_PARAMS
from planner.solvers.schedule import Visit


class InlineExecutor(Executor):
    """Does everything at once, in this thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def only_class(given: Instance) -> VanDayClass:
    """The class of van-days of an instance that has just one."""
    (day_class,) = group_van_days(given)
    return day_class


def plain_profits(day_class: VanDayClass) -> PricedProfits:
    """Every person at every site is worth the weight of the site."""
    return PricedProfits.of(day_class.weight, day_class.expected)


def every_site(day_class: VanDayClass) -> Int64s:
    """Positions of all sites of a class."""
    return np.arange(len(day_class.sites))


def every_amount(day_class: VanDayClass) -> AmountRanges:
    """One range of all amounts of each site of a class."""
    return plain_profits(day_class).ranges(day_class, every_site(day_class))


def column(given: Instance, *visits: Visit, class_index: int = 0) -> Column:
    """A route of a class."""
    return make_column(class_index, group_van_days(given)[class_index], visits)


def incumbent(given: Instance, required: Sequence[int] = ()) -> Incumbent:
    """An empty plan."""
    return Incumbent(given, group_van_days(given), frozenset(required), DEFAULT_PARAMS)


def generator(given: Instance, *columns: Column, required: Sequence[int] = ()) -> ColumnGenerator:
    """A master with some routes, and pricers for more."""
    best = incumbent(given, required)
    counts = [day_class.count for day_class in best.day_classes]
    master = best.new_master(counts, best.remaining(()), best.required)
    master.add_columns(columns)
    pricers = [Pricer(day_class) for day_class in best.day_classes]
    return ColumnGenerator(master=master, pricers=pricers, executor=InlineExecutor())
