"""The bare files ``planner-instance/1`` and ``planner-plan/1``: read strictly, written alike."""

import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from planner.errors import InputError, Problem, input_error, reason
from planner.messages import Message, say
from planner.model import NO_ROAD, Break, Depot, Instance, Interval, Matrix, Site, Van
from planner.plan import Plan, Result, Route, Status, Stop

Whole = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Hours = tuple[Whole, Whole]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class NpyFile(_Row):
    """An int32 ``.npy`` file beside the instance; -1 = no road."""

    npy: str


Rows = list[list[Whole | None]]


class DepotRow(_Row):
    """A place where vans start and end."""

    id: str
    place: Whole


class SiteRow(_Row):
    """A place where people can be recorded."""

    id: str
    place: Whole
    expected: Whole
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    seconds_per_person: Whole
    setup_s: Whole
    packup_s: Whole
    min_people: Whole = 5
    classes: list[str]
    windows: dict[date, list[Hours]]


class BreakRow(_Row):
    """The lunch-and-prayer break of a crew."""

    earliest_s: Whole
    latest_s: Whole
    length_s: Whole


class VanRow(_Row):
    """A van with its crew and kits."""

    id: str
    van_class: str = Field(validation_alias="class", serialization_alias="class")
    kits: Annotated[int, Field(ge=1)]
    start: str
    end: str
    shifts: dict[date, Hours]
    rest: BreakRow | None = Field(
        default=None, validation_alias="break", serialization_alias="break"
    )
    max_people: Whole | None = None
    max_stops: Whole | None = None


class InstanceFile(_Row):
    """The bare problem of one weekend; times are seconds after local midnight of their date."""

    format: Literal["planner-instance/1"]
    worth_s: Positive | None
    drive_s: Rows | NpyFile
    drive_m: Rows | NpyFile | None = None
    depots: list[DepotRow]
    sites: list[SiteRow]
    vans: list[VanRow]


class StopRow(_Row):
    """The timed halt of one van at one site."""

    site: str
    arrive_s: Whole
    setup_s: Whole
    serve_s: Whole
    packup_s: Whole
    depart_s: Whole
    people: Whole


class RouteRow(_Row):
    """One van's stops on one date, depot to depot."""

    van: str
    date: date
    leave_s: Whole
    return_s: Whole
    break_start_s: Whole | None = None
    stops: list[StopRow]


class PlanFile(_Row):
    """A plan, what it is worth, and what was proven about it."""

    format: Literal["planner-plan/1"]
    routes: list[RouteRow]
    people: Whole
    objective: Finite
    bound: Finite | None = None
    people_bound: int | Finite | None = None
    gap: Finite | None = None
    status: Status
    seed: int
    solve_s: Finite | None = None
    solver: str


class ChangedFile(_Row):
    """Sites and vans that are not as the tables say any more, whole; places stay as they are."""

    format: Literal["planner-changed/1"]
    sites: list[SiteRow]
    vans: list[VanRow]


_Model = TypeVar("_Model", bound=_Row)


def json_schemas() -> Mapping[str, Mapping[str, Any]]:
    """JSON Schema of each format, by file name."""
    return {
        "planner-instance-1.schema.json": InstanceFile.model_json_schema(),
        "planner-plan-1.schema.json": PlanFile.model_json_schema(),
        "planner-changed-1.schema.json": ChangedFile.model_json_schema(),
    }


def read_instance(path: Path) -> Instance:
    """The instance in a ``.json`` or ``.json.gz`` file.

    Raises
    ------
    InputError
        With every problem found; where the file cannot be read at all, with that one.
    """
    raw = _read_json(path)
    matrices = {name: raw[name] for name in ("drive_s", "drive_m") if raw.get(name) is not None}
    # Validating millions of numbers one by one takes minutes; NumPy does it in bulk below.
    row = _validated(InstanceFile, raw | {name: [] for name in matrices}, path)
    arrays = {name: _matrix(value, path, name) for name, value in matrices.items()}
    try:
        return Instance(
            worth_s=row.worth_s,
            drive_s=arrays["drive_s"],
            drive_m=arrays.get("drive_m"),
            depots=tuple(Depot(id=depot.id, place=depot.place) for depot in row.depots),
            sites=tuple(_site(site) for site in row.sites),
            vans=tuple(_van(van) for van in row.vans),
        )
    except InputError as error:
        raise InputError(_in_file(path, error.problems)) from None


def instance_files(instance: Instance) -> dict[str, bytes]:
    """``instance.json`` and the ``.npy`` files it names, by file name."""
    files = {}
    for name, matrix in (("drive_s", instance.drive_s), ("drive_m", instance.drive_m)):
        if matrix is not None:
            buffer = io.BytesIO()
            np.save(buffer, matrix)
            files[f"{name}.npy"] = buffer.getvalue()
    row = InstanceFile(
        format="planner-instance/1",
        worth_s=instance.worth_s,
        drive_s=NpyFile(npy="drive_s.npy"),
        drive_m=None if instance.drive_m is None else NpyFile(npy="drive_m.npy"),
        depots=[DepotRow(id=depot.id, place=depot.place) for depot in instance.depots],
        sites=[_site_row(site) for site in instance.sites],
        vans=[_van_row(van) for van in instance.vans],
    )
    return {"instance.json": _written(row)} | files


def changed_bytes(before: Instance, after: Instance, earlier: Path) -> bytes:
    """What is different in an instance, and what the file ``earlier`` names if it is there."""
    known = _read_changed(earlier)
    sites = {row.id for row in known.sites}
    vans = {row.id for row in known.vans}
    return _written(
        ChangedFile(
            format="planner-changed/1",
            sites=[
                _site_row(site)
                for was, site in zip(before.sites, after.sites, strict=True)
                if site != was or site.id in sites
            ],
            vans=[
                _van_row(van)
                for was, van in zip(before.vans, after.vans, strict=True)
                if van != was or van.id in vans
            ],
        )
    )


def with_changes(instance: Instance, path: Path) -> Instance:
    """The instance as a ``planner-changed/1`` file says; where there is none, as it is.

    Raises
    ------
    InputError
        Where the file cannot be read, or names what the instance does not have.
    """
    row = _read_changed(path)
    sites = {site.id: _site(site) for site in row.sites}
    vans = {van.id: _van(van) for van in row.vans}
    gone = [name for name in sites if name not in instance.site_index]
    gone += [name for name in vans if name not in instance.van_index]
    if gone:
        raise InputError(
            Problem(
                where=str(path),
                what=say("{name} is not in the district folder any more", name=name),
                remedy=say("plan again"),
            )
            for name in gone
        )
    return replace(
        instance,
        sites=tuple(
            replace(sites[site.id], place=site.place) if site.id in sites else site
            for site in instance.sites
        ),
        vans=tuple(vans.get(van.id, van) for van in instance.vans),
    )


def _read_changed(path: Path) -> ChangedFile:
    if not path.exists():
        return ChangedFile(format="planner-changed/1", sites=[], vans=[])
    return _validated(ChangedFile, _read_json(path), path)


def read_result(path: Path) -> tuple[Result, float | None]:
    """The plan in a file with all it says of itself, and the gap it states.

    Raises
    ------
    InputError
        With every problem found.
    """
    row = _validated(PlanFile, _read_json(path), path)
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
    return _written(
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


def _read_json(path: Path) -> dict[str, Any]:
    try:
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
        data = json.loads(raw)
    except (OSError, EOFError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise input_error(
            str(path), say("cannot be read: {reason}", reason=why), say("name a readable file")
        ) from None
    except ValueError as error:
        raise input_error(
            str(path), say("is not JSON: {reason}", reason=error), say("mend it there")
        ) from None
    if not isinstance(data, dict):
        raise input_error(str(path), say("is not a JSON object"), say("see docs/schema"))
    return data


def _validated(model: type[_Model], data: dict[str, Any], path: Path) -> _Model:
    try:
        # Strict JSON mode reads dates from text, which strict Python mode does not.
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise InputError(_validation_problems(error, path)) from None


def _validation_problems(error: ValidationError, path: Path) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        where = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]
        )
        what, remedy = _told(detail)
        yield Problem(where=f"{path} {where.lstrip('.')}", what=what, remedy=remedy)


def _told(detail: ErrorDetails) -> tuple[Message, Message]:
    """What is wrong with a value, and what to do."""
    if detail["type"] == "extra_forbidden":
        return say("is not a key of this format"), say("remove it")
    if detail["type"] == "missing":
        return say("is missing"), say("add it")
    fault = _fault(detail["type"], detail.get("ctx", {}))
    given = detail["input"]
    if isinstance(given, dict | list):
        return fault, say("mend the value")
    return say("{what} (given: {given!r})", what=fault, given=given), say("mend the value")


_FAULTS = {
    "int": say("is no whole number"),
    "float": say("is no number"),
    "finite": say("is no number"),
    "string": say("is no text"),
    "date": say("is no date such as 2026-11-28"),
    "list": say("is no list of the right length"),
    "tuple": say("is no list of the right length"),
    "too": say("is no list of the right length"),
}
"""What pydantic finds wrong, by the first word of its code."""


def _fault(code: str, limits: Mapping[str, object]) -> Message:
    if "gt" in limits:
        return say("is not greater than {least}", least=limits["gt"])
    if "ge" in limits:
        return say("is less than {least}", least=limits["ge"])
    if "expected" in limits:
        return say("is not {expected}", expected=limits["expected"])
    return _FAULTS.get(code.partition("_")[0], say("does not fit here"))


def _matrix(value: object, path: Path, name: str) -> Matrix:
    where = f"{path} {name}"
    if isinstance(value, dict):
        return _npy_matrix(_validated(NpyFile, value, path).npy, path, name)
    if not (isinstance(value, list) and all(isinstance(row, list) for row in value)):
        raise input_error(
            where, say("is not a list of rows"), say('give rows, or {{"npy": "FILE"}}')
        )
    for i, row in enumerate(value):
        if len(row) != len(value):
            raise input_error(
                f"{where}[{i}]",
                say("has {count} entries", count=len(row)),
                say("give {count}, one per place", count=len(value)),
            )
        for j, entry in enumerate(row):
            if entry is not None and (type(entry) is not int or not 0 <= entry < 2**31):
                raise input_error(
                    f"{where}[{i}][{j}]",
                    say("'{entry}' is no whole number >= 0", entry=entry),
                    say("mend it, or null"),
                )
    rows = [[NO_ROAD if entry is None else entry for entry in row] for row in value]
    return np.array(rows, dtype=np.int32).reshape(len(rows), len(rows))


def _npy_matrix(file: str, path: Path, name: str) -> Matrix:
    where = f"{path} {name}"
    if Path(file).name != file:
        raise input_error(
            where,
            say("'{file}' is not beside the instance", file=file),
            say("give a bare file name"),
        )
    try:
        array = np.load(path.parent / file, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise input_error(
            where,
            say("'{file}' cannot be read: {reason}", file=file, reason=error),
            say("name an .npy file"),
        ) from None
    if not isinstance(array, np.ndarray) or array.dtype != np.int32:
        raise input_error(
            where, say("'{file}' does not hold int32", file=file), say("save it as int32")
        )
    return array


def _in_file(path: Path, problems: tuple[Problem, ...]) -> Iterator[Problem]:
    for problem in problems:
        yield Problem(where=f"{path} {problem.where}", what=problem.what, remedy=problem.remedy)


def _site(row: SiteRow) -> Site:
    windows = {day: tuple(hours) for day, hours in row.windows.items()}
    fields = row.model_dump(exclude={"windows", "classes"})
    return Site(**fields, classes=tuple(row.classes), windows=windows)


def _van(row: VanRow) -> Van:
    rest = None if row.rest is None else Break(**row.rest.model_dump())
    shifts: dict[date, Interval] = dict(row.shifts)
    return Van(**row.model_dump(exclude={"rest", "shifts"}), rest=rest, shifts=shifts)


def _site_row(site: Site) -> SiteRow:
    return SiteRow(
        id=site.id,
        place=site.place,
        expected=site.expected,
        weight=site.weight,
        seconds_per_person=site.seconds_per_person,
        setup_s=site.setup_s,
        packup_s=site.packup_s,
        min_people=site.min_people,
        classes=list(site.classes),
        windows={day: list(hours) for day, hours in sorted(site.windows.items())},
    )


def _van_row(van: Van) -> VanRow:
    rest = None
    if van.rest is not None:
        rest = BreakRow(
            earliest_s=van.rest.earliest_s,
            latest_s=van.rest.latest_s,
            length_s=van.rest.length_s,
        )
    return VanRow(
        id=van.id,
        van_class=van.van_class,
        kits=van.kits,
        start=van.start,
        end=van.end,
        shifts=dict(sorted(van.shifts.items())),
        rest=rest,
        max_people=van.max_people,
        max_stops=van.max_stops,
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


def _written(row: _Row) -> bytes:
    return (row.model_dump_json(by_alias=True, indent=1) + "\n").encode()
