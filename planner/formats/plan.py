"""``planner-plan/1``: a plan, what it is worth, and what was proven about it."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from planner.formats.strict import NonNegativeInt, Row, json_bytes, read_json, validate
from planner.plan import Plan, Result, Route, Status, Stop

Finite = Annotated[float, Field(allow_inf_nan=False)]


class StopRow(Row):
    """The timed halt of one van at one site."""

    site: str
    arrive_s: NonNegativeInt
    setup_s: NonNegativeInt
    serve_s: NonNegativeInt
    packup_s: NonNegativeInt
    depart_s: NonNegativeInt
    people: NonNegativeInt


class RouteRow(Row):
    """One van's stops on one date, depot to depot."""

    van: str
    date: date
    leave_s: NonNegativeInt
    return_s: NonNegativeInt
    break_start_s: NonNegativeInt | None = None
    stops: list[StopRow]


class PlanFile(Row):
    """A plan, what it is worth, and what was proven about it."""

    format: Literal["planner-plan/1"]
    routes: list[RouteRow]
    people: NonNegativeInt
    objective: Finite
    bound: Finite | None = None
    people_bound: int | Finite | None = None
    gap: Finite | None = None
    status: Status
    seed: int
    solve_s: Finite | None = None
    solver: str


def read_result(path: Path) -> tuple[Result, float | None]:
    """The plan in a file with all it says of itself, and the gap it states.

    Raises
    ------
    InputError
        With every problem found.
    """
    row = validate(PlanFile, read_json(path), path)
    result = Result(
        plan=Plan(routes=tuple(_route(route) for route in row.routes)),
        people=row.people,
        objective=row.objective,
        bound=row.bound,
        people_bound=row.people_bound,
        status=row.status,
        seed=row.seed,
        solve_s=row.solve_s,
        solver=row.solver,
    )
    return result, row.gap


def plan_bytes(result: Result) -> bytes:
    """A result as ``planner-plan/1``; the same result gives the same bytes."""
    return json_bytes(
        PlanFile(
            format="planner-plan/1",
            routes=[_route_row(route) for route in result.plan.routes],
            people=result.people,
            objective=result.objective,
            bound=result.bound,
            people_bound=result.people_bound,
            gap=result.gap,
            status=result.status,
            seed=result.seed,
            solve_s=result.solve_s,
            solver=result.solver,
        )
    )


def _route(row: RouteRow) -> Route:
    return Route(
        van_id=row.van,
        date=row.date,
        leave_s=row.leave_s,
        return_s=row.return_s,
        break_start_s=row.break_start_s,
        stops=tuple(
            Stop(site_id=stop.site, **stop.model_dump(exclude={"site"})) for stop in row.stops
        ),
    )


def _route_row(route: Route) -> RouteRow:
    return RouteRow(
        van=route.van_id,
        date=route.date,
        leave_s=route.leave_s,
        return_s=route.return_s,
        break_start_s=route.break_start_s,
        stops=[
            StopRow(
                site=stop.site_id,
                arrive_s=stop.arrive_s,
                setup_s=stop.setup_s,
                serve_s=stop.serve_s,
                packup_s=stop.packup_s,
                depart_s=stop.depart_s,
                people=stop.people,
            )
            for stop in route.stops
        ],
    )
