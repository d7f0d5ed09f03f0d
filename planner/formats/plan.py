"""``planner-plan/1``: a plan, what it is worth, and what was proven about it."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

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
    plan = Plan(routes=tuple(_route(route) for route in row.routes))
    return Result(plan=plan, **row.model_dump(exclude={"format", "routes", "gap"})), row.gap


def plan_bytes(result: Result) -> bytes:
    """A result as ``planner-plan/1``; the same result gives the same bytes."""
    values = asdict(result)
    routes = [_route_row(route) for route in values.pop("plan")["routes"]]
    return json_bytes(PlanFile(format="planner-plan/1", routes=routes, gap=result.gap, **values))


def _route(row: RouteRow) -> Route:
    stops = (Stop(site_id=s.site, **s.model_dump(exclude={"site"})) for s in row.stops)
    values = row.model_dump(exclude={"van", "stops"})
    return Route(van_id=row.van, stops=tuple(stops), **values)


def _route_row(route: dict[str, Any]) -> RouteRow:
    stops = [StopRow(site=stop.pop("site_id"), **stop) for stop in route.pop("stops")]
    return RouteRow(van=route.pop("van_id"), stops=stops, **route)
