"""Makes a `District` of checked rows: defaults filled in, whole seconds, one kind of venue."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from planner.district import (
    Area,
    CalendarEntry,
    CampaignRates,
    DepotSite,
    District,
    Neighbourhood,
    Office,
    Rates,
    RegisterCount,
    RegisterLimits,
    SpeedBand,
    Speeds,
    Turning17,
    Vehicle,
    Venue,
)
from planner.inputs.cell_values import to_seconds
from planner.inputs.homes import place_homes
from planner.inputs.hours import day_number, parse_hours, parse_shift
from planner.inputs.rows import AreaRow
from planner.inputs.setting_types import EVERY_DAY
from planner.inputs.settings import Settings
from planner.inputs.validate import ValidRows
from planner.model import Interval
from planner.units import MINUTE_S

T = TypeVar("T", Neighbourhood, Venue, DepotSite, Vehicle, CalendarEntry, Rates, CampaignRates)


def build_district(
    folder: Path,
    settings: Settings,
    rows: ValidRows,
    roads: Path | None,
    sources: Mapping[str, str],
) -> District:
    """The district of a folder without problems; warnings are left to the caller."""
    service_days = tuple(sorted(map(day_number, settings.office.service_days)))
    return District(
        folder=folder,
        office=Office(**dict(settings.office) | {"service_days": service_days}),
        rates=_rates(settings),
        speeds=_speeds(settings),
        areas=_areas([entry.row for entry in rows.areas]),
        neighbourhoods=_neighbourhoods(rows),
        venues=_venues(rows, service_days),
        venue_types=tuple(rows.venues_by_type),
        services=settings.services_offered(),
        depots=tuple(_fill(DepotSite, entry.row) for entry in rows.depots),
        vehicles=_vehicles(rows, parse_shift(settings.hours.van, service_days)),
        turning_17=tuple(Turning17(**dict(entry.row)) for entry in rows.turning_17),
        register=tuple(RegisterCount(**dict(entry.row)) for entry in rows.register),
        register_limits=RegisterLimits(**dict(settings.look_here)),
        calendar=tuple(_fill(CalendarEntry, entry.row) for entry in rows.calendar),
        roads=roads,
        seed=settings.solver.seed,
        time_limit_s=settings.solver.time_limit_s,
        solver_params=settings.solver.params,
        keep_versions=settings.plans.keep_versions,
        ledger_url=settings.ledger.url,
        campaign=_fill(CampaignRates, settings.campaign),
        ways=settings.ways_of_office(),
        van_hour_cost=settings.ways.van_hour,
        sources=sources,
        settings=_without_empty_parts(settings.model_dump(mode="json")),
    )


def _without_empty_parts(parts: dict[str, dict[str, object]]) -> dict[str, object]:
    if not parts["solver"]["params"]:
        del parts["solver"]["params"]
    return {name: part for name, part in parts.items() if part}


def _fill(kind: type[T], source: BaseModel, **defaults: Any) -> T:
    """An object of what a source says of its fields, and else of the defaults."""
    values = {field.name: getattr(source, field.name, None) for field in fields(kind)}
    return kind(**defaults | {name: value for name, value in values.items() if value is not None})


def _rates(settings: Settings) -> Rates:
    rates = settings.rates
    return _fill(
        Rates,
        rates,
        setup_s=to_seconds(rates.setup_min),
        packup_s=to_seconds(rates.packup_min),
        min_stay_s=to_seconds(rates.min_stay_min),
        worth_s=rates.worth_min * MINUTE_S or None,
    )


def _speeds(settings: Settings) -> Speeds:
    roads = settings.roads
    return Speeds(
        factor=roads.factor,
        by_highway_kmh=roads.speeds_kmh,
        snap_m=roads.snap_m,
        ferries=roads.ferries,
        straight_kmh=roads.straight_kmh,
        straight_ratio=roads.straight_ratio,
        bands=tuple(
            SpeedBand(
                hours=parse_hours(band.hours, EVERY_DAY),
                factor=band.factor,
                by_highway_kmh=band.speeds_kmh,
            )
            for band in roads.bands
        ),
    )


def _areas(rows: Sequence[AreaRow]) -> tuple[Area, ...]:
    """All borders; a kecamatan has the name that any row of it gives."""
    names = {row.kecamatan_code: row.kecamatan for row in rows if row.kecamatan}
    return tuple(
        Area(
            code=row.code if row.rw is None else f"{row.code}/RW {row.rw}",
            name=row.name,
            shape=row.shape,
            rw=row.rw,
            kecamatan=names.get(row.kecamatan_code, ""),
        )
        for row in rows
    )


def _neighbourhoods(rows: ValidRows) -> tuple[Neighbourhood, ...]:
    homes = [entry.row for entry in rows.rt]
    places = place_homes(homes, rows.areas, [entry.row for entry in rows.population])
    return tuple(
        replace(_fill(Neighbourhood, row, rt=None, **where), rw=row.part)
        for row, where in zip(homes, places, strict=True)
    )


def _venues(rows: ValidRows, service_days: tuple[int, ...]) -> tuple[Venue, ...]:
    """Places of each type, in the order of its table."""
    classes = tuple(dict.fromkeys(entry.row.van_class for entry in rows.vans))
    return tuple(
        _fill(
            Venue,
            entry.row,
            type=venue_type,
            hours=hours,
            hours_if_approved={} if entry.row.hours else approved,
            classes=classes,
            turnout=venue_type.turnout,
            seconds_per_person=venue_type.seconds_per_person,
            public=venue_type.public,
        )
        for venue_type, entries in rows.venues_by_type.items()
        for hours in [parse_hours(venue_type.hours, service_days)]
        for approved in [parse_hours(venue_type.hours_if_approved or "tutup", service_days)]
        for entry in entries
    )


def _vehicles(rows: ValidRows, shifts: Mapping[int, Interval]) -> tuple[Vehicle, ...]:
    return tuple(
        _fill(Vehicle, entry.row, end=entry.row.start, shifts=shifts) for entry in rows.vans
    )
