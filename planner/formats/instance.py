"""``planner-instance/1`` and ``/2``: the bare problem of one weekend."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import (
    AfterValidator,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from planner.catchments import PERSON
from planner.errors import InputError, Mistake, Problem
from planner.formats.matrix import NpyFile, Rows, matrix_of
from planner.formats.strict import NonNegativeInt, Row, json_bytes, read_json, validate
from planner.i18n.messages import say
from planner.model import MAX_COUNT, Break, Depot, Instance, Interval, Site, Van

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Hours = tuple[NonNegativeInt, NonNegativeInt]


def _check_draw(draw: float) -> float:
    """A draw as it is, if it has no more than three decimals and is no slip of the pen."""
    if draw > MAX_COUNT:
        raise Mistake(
            say("'{value}' is above {most}", value=draw, most=MAX_COUNT),
            say("use {most} or less", most=MAX_COUNT),
        )
    if draw != round(draw * PERSON) / PERSON:
        raise Mistake.of(draw, say("has more than three decimals"), say("round it to three"))
    return draw


SHARED_KEYS = ("draws", "min_service_s")
"""Of a site, only in ``planner-instance/2``."""

Draw = Annotated[float, Field(gt=0, allow_inf_nan=False), AfterValidator(_check_draw)]


class DepotRow(Row):
    """A place where vans start and end."""

    id: str
    place: NonNegativeInt


class SiteRow(Row):
    """A place where people can be recorded."""

    id: str
    place: NonNegativeInt
    expected: NonNegativeInt
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    seconds_per_person: NonNegativeInt
    setup_s: NonNegativeInt
    packup_s: NonNegativeInt
    min_people: NonNegativeInt = 5
    classes: list[str]
    windows: dict[date, list[Hours]]


class SharedSiteRow(SiteRow):
    """The same with people who may come to other sites too, and with a shortest service."""

    draws: dict[str, Draw] = Field(
        default={},
        description="By group, the most of its people who would come; at most three decimals.",
    )
    min_service_s: NonNegativeInt = 0

    @model_serializer(mode="wrap")
    def _without_defaults(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        row = write(self)
        return {key: value for key, value in row.items() if key not in SHARED_KEYS or value}


class BreakRow(Row):
    """The lunch-and-prayer break of a crew."""

    earliest_s: NonNegativeInt
    latest_s: NonNegativeInt
    length_s: NonNegativeInt


class VanRow(Row):
    """A van with its crew and kits."""

    id: str
    van_class: str = Field(validation_alias="class", serialization_alias="class")
    kits: Annotated[int, Field(ge=1)]
    start: str
    end: str
    shifts: dict[date, Hours]
    crew_break: BreakRow | None = Field(
        default=None, validation_alias="break", serialization_alias="break"
    )
    max_people: NonNegativeInt | None = None
    max_stops: NonNegativeInt | None = None


class _AnyInstanceFile(Row):
    """The bare problem of one weekend; times are seconds after local midnight of their date."""

    format: str
    worth_s: Positive | None
    drive_s: Rows | NpyFile
    drive_m: Rows | NpyFile | None = None
    depots: list[DepotRow]
    sites: Sequence[SiteRow]
    vans: list[VanRow]


class InstanceFile(_AnyInstanceFile):
    """The bare problem of one weekend; times are seconds after local midnight of their date."""

    format: Literal["planner-instance/1"]
    sites: list[SiteRow]


class SharedInstanceFile(_AnyInstanceFile):
    """The same with people who may come to more than one site."""

    format: Literal["planner-instance/2"]
    sites: list[SharedSiteRow]


_REMEDIES = dict.fromkeys(SHARED_KEYS, say("remove it, or set format to planner-instance/2"))


def read_instance(path: Path) -> Instance:
    """The instance in a ``.json`` or ``.json.gz`` file.

    Raises
    ------
    InputError
        With every problem found; where the file cannot be read at all, with that one.
    """
    raw = read_json(path)
    matrices = {name: raw[name] for name in ("drive_s", "drive_m") if raw.get(name) is not None}
    # Validating millions of numbers one by one takes minutes; NumPy does it in bulk below.
    model = SharedInstanceFile if raw.get("format") == "planner-instance/2" else InstanceFile
    row = validate(model, raw | {name: [] for name in matrices}, path, _REMEDIES)
    arrays = {name: matrix_of(value, path, name) for name, value in matrices.items()}
    problems: list[Problem] = []
    depots = tuple(Depot(**depot.model_dump()) for depot in row.depots)
    sites = tuple(sound_site(site, problems) for site in row.sites)
    vans = tuple(sound_van(van, problems) for van in row.vans)
    try:
        instance = Instance(
            worth_s=row.worth_s,
            drive_s=arrays["drive_s"],
            drive_m=arrays.get("drive_m"),
            depots=depots,
            sites=sites,
            vans=vans,
        )
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(in_file(path, problems))
    return instance


def instance_files(instance: Instance) -> dict[str, bytes]:
    """``instance.json`` and the ``.npy`` files it names, by file name."""
    files = {}
    for name, matrix in (("drive_s", instance.drive_s), ("drive_m", instance.drive_m)):
        if matrix is not None:
            buffer = io.BytesIO()
            np.save(buffer, matrix)
            files[f"{name}.npy"] = buffer.getvalue()
    parts: dict[str, Any] = {
        "worth_s": instance.worth_s,
        "drive_s": NpyFile(npy="drive_s.npy"),
        "drive_m": None if instance.drive_m is None else NpyFile(npy="drive_m.npy"),
        "depots": [DepotRow(**asdict(depot)) for depot in instance.depots],
        "sites": [site_row(site) for site in instance.sites],
        "vans": [van_row(van) for van in instance.vans],
    }
    row: Row
    if any(site.draws or site.min_service_s for site in instance.sites):
        row = SharedInstanceFile(format="planner-instance/2", **parts)
    else:
        row = InstanceFile(format="planner-instance/1", **parts)
    return {"instance.json": json_bytes(row)} | files


def _site_of(row: SiteRow) -> Site:
    windows = {day: tuple(hours) for day, hours in row.windows.items()}
    fields = row.model_dump(exclude={"windows", "classes", "draws"})
    draws = row.draws if isinstance(row, SharedSiteRow) else {}
    return Site(
        **fields,
        classes=tuple(row.classes),
        windows=windows,
        draws={group: round(draw * PERSON) for group, draw in draws.items()},
    )


def _van_of(row: VanRow) -> Van:
    try:
        crew_break = None if row.crew_break is None else Break(**row.crew_break.model_dump())
    except InputError as error:
        raise InputError(
            replace(problem, where=f"van {row.id} {problem.where}") for problem in error.problems
        ) from None
    shifts: dict[date, Interval] = dict(row.shifts)
    return Van(
        **row.model_dump(exclude={"crew_break", "shifts"}), crew_break=crew_break, shifts=shifts
    )


def site_row(site: Site) -> SharedSiteRow:
    """A site as a file is to have it."""
    fields = asdict(site)
    del fields["recorded"]
    windows = {day: list(hours) for day, hours in sorted(site.windows.items())}
    draws = {group: draw / PERSON for group, draw in sorted(site.draws.items())}
    changes = {"classes": list(site.classes), "windows": windows, "draws": draws}
    return SharedSiteRow(**fields | changes)


def van_row(van: Van) -> VanRow:
    """A van as a file is to have it."""
    crew_break = van.crew_break and BreakRow(**asdict(van.crew_break))
    shifts = dict(sorted(van.shifts.items()))
    return VanRow(**asdict(van) | {"shifts": shifts, "crew_break": crew_break})


def sound_site(row: SiteRow, problems: list[Problem]) -> Site:
    """The site; where it is refused, its problems and one at the same place that nobody expects."""
    try:
        return _site_of(row)
    except InputError as error:
        problems += error.problems
        return Site(
            id=row.id,
            place=row.place,
            expected=0,
            seconds_per_person=0,
            setup_s=0,
            packup_s=0,
            classes=(),
            windows={},
        )


def sound_van(row: VanRow, problems: list[Problem]) -> Van:
    """The van; where it is refused, its problems, and it without its break, or without shifts."""
    no_break: dict[str, object] = {"crew_break": None}
    at_home = no_break | {"kits": 1, "max_people": None, "max_stops": None, "shifts": {}}
    for changes in ({}, no_break, at_home):
        try:
            return _van_of(row.model_copy(update=changes))
        except InputError as error:
            problems += (problem for problem in error.problems if problem not in problems)
    raise AssertionError("a van without limits and shifts breaks no rule")


def in_file(path: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems with the file's name before where they are."""
    return (replace(problem, where=f"{path} {problem.where}") for problem in problems)
