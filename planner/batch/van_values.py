"""What a district would gain by one more van on a date, and lose by one less, with its proof."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from planner.analysis.gain import compute_gain
from planner.batch.job import Answer, LentVan, Request
from planner.batch.use_cases import identify
from planner.district import District
from planner.model import Instance, Van
from planner.office.district_folder import read_district
from planner.office.listener import SILENT
from planner.office.week_plan import open_horizon
from planner.plan import Plan, Result
from planner.solvers import solve
from planner.whatif.marginal_questions import with_van_day


def value_vans(folder: Path, request: Request) -> Answer:
    """The plan as it is, and for each date the worth of one van more and of one less."""
    district, instance = _open(folder, request)
    base = _solve(instance, district, request)
    dates = {}
    for day in instance.dates:
        own = [van for van in instance.vans if day in van.shifts]
        if not own:
            continue
        idle = min(own, key=lambda van: _people(base.plan, van, day))
        more = _solve(with_lent(instance, own[0], day), district, request, base.plan)
        less = _solve(without(instance, idle, day), district, request)
        dates[day.isoformat()] = {
            "more": _worth(base, more),
            "less": _worth(less, base),
            "van": idle.id,
            "kits": idle.kits,
            "shift": idle.shifts[day],
        }
    return Answer(
        figures={
            **identify(district),
            **_figures(base),
            "worth_s": instance.worth_s,
            "dates": dates,
        }
    )


def plan_with_loans(folder: Path, request: Request) -> Answer:
    """The plan with the vans lent and borrowed; nothing is written."""
    district, instance = _open(folder, request)
    for lent in request.loans:
        day = date.fromisoformat(lent.day)
        if lent.is_borrowed:
            like = next(van for van in instance.vans if day in van.shifts)
            instance = with_lent(instance, like, day, lent)
        else:
            instance = without(instance, instance.vans[instance.van_index[lent.van]], day)
    return Answer(figures=_figures(_solve(instance, district, request)))


def with_lent(instance: Instance, like: Van, day: date, lent: LentVan | None = None) -> Instance:
    """The instance with one more van on a date, from the depot of one of its own."""
    if lent is not None:
        like = replace(like, kits=lent.kits, shifts={day: lent.shift})
    return with_van_day(instance, like, day)


def without(instance: Instance, van: Van, day: date) -> Instance:
    """The instance without a van on a date."""
    shifts = {other: shift for other, shift in van.shifts.items() if other != day}
    return instance.with_van(replace(van, shifts=shifts))


def _open(folder: Path, request: Request) -> tuple[District, Instance]:
    district = read_district(folder)
    return district, open_horizon(district, request.week).instance


def _solve(
    instance: Instance, district: District, request: Request, start: Plan | None = None
) -> Result:
    search = request.search.arguments(district.time_limit_s, SILENT, district)
    return solve(instance, start=start, **search)


def _people(plan: Plan, van: Van, day: date) -> int:
    routes = [route for route in plan.routes if (route.van_id, route.date) == (van.id, day)]
    return sum(stop.people for route in routes for stop in route.stops)


def _worth(without: Result, having: Result) -> dict[str, Any]:
    gain = compute_gain(without, having)
    return {
        "people": gain.people,
        "worth": gain.worth,
        "worth_least": gain.lower_bound,
        "worth_most": gain.upper_bound,
    }


def _figures(result: Result) -> dict[str, Any]:
    return {"people": result.people, "objective": result.objective, "bound": result.bound}
