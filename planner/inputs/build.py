"""Makes a `District` of checked rows: defaults filled in, whole seconds, one kind of venue."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.district import (
    Area,
    CalendarEntry,
    DepotSite,
    District,
    Neighbourhood,
    Office,
    Rates,
    SpeedBand,
    Speeds,
    Vehicle,
    Venue,
)
from planner.inputs.hours import WeeklyHours, day_number, parse_hours, parse_shift
from planner.inputs.places import rw_borders
from planner.inputs.rows import AreaRow, PlaceRow, VanRow
from planner.inputs.settings import EVERY_DAY, Settings, to_seconds
from planner.inputs.validate import ValidRows
from planner.units import MINUTE_S
from planner.venues import VenueType


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
        depots=tuple(DepotSite(**dict(entry.row)) for entry in rows.depots),
        vehicles=tuple(_vehicle(entry.row, settings, service_days) for entry in rows.vans),
        calendar=tuple(CalendarEntry(**dict(entry.row)) for entry in rows.calendar),
        roads=roads,
        seed=settings.solver.seed,
        time_limit_s=settings.solver.time_limit_s,
        solver_params=settings.solver.params,
        sources=sources,
        settings=_without_empty_parts(settings.model_dump(mode="json")),
    )


def _without_empty_parts(parts: dict[str, dict[str, object]]) -> dict[str, object]:
    if not parts["solver"]["params"]:
        del parts["solver"]["params"]
    return {name: part for name, part in parts.items() if part}


def _rates(settings: Settings) -> Rates:
    rates = settings.rates
    return Rates(
        setup_s=to_seconds(rates.setup_min),
        packup_s=to_seconds(rates.packup_min),
        min_people=rates.min_people,
        walk_m=rates.walk_m,
        walk_ratio=rates.walk_ratio,
        worth_s=rates.worth_min * MINUTE_S or None,
    )


def _speeds(settings: Settings) -> Speeds:
    roads = settings.roads
    return Speeds(
        factor=roads.factor,
        by_highway_kmh=roads.speeds_kmh,
        snap_m=roads.snap_m,
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
            shape=row.polygon,
            rw=row.rw,
            kecamatan=names.get(row.kecamatan_code, ""),
        )
        for row in rows
    )


def _neighbourhoods(rows: ValidRows) -> tuple[Neighbourhood, ...]:
    inside = {key: shape.representative_point() for key, shape in rw_borders(rows.areas).items()}
    homes = []
    for row in (entry.row for entry in rows.rt):
        fields = row.model_dump(exclude={"kelurahan"})
        if row.lat is None:
            point = inside[row.code, row.rw]
            fields |= {"lat": point.y, "lon": point.x}
        homes.append(Neighbourhood(**fields))
    return tuple(homes)


def _venues(rows: ValidRows, service_days: tuple[int, ...]) -> tuple[Venue, ...]:
    """Places of each type, in the order of its table."""
    classes = tuple(dict.fromkeys(entry.row.van_class for entry in rows.vans))
    return tuple(
        _venue(entry.row, venue_type, hours, classes)
        for venue_type, entries in rows.venues_by_type.items()
        for hours in [parse_hours(venue_type.hours, service_days)]
        for entry in entries
    )


def _venue(
    row: PlaceRow, venue_type: VenueType, usual: WeeklyHours, classes: tuple[str, ...]
) -> Venue:
    turnout, minutes = getattr(row, "turnout", None), getattr(row, "minutes_per_person", None)
    return Venue(
        id=row.id,
        type=venue_type,
        name=row.name,
        category=row.kind,
        lat=row.lat,
        lon=row.lon,
        permission=row.permission,
        hours=usual if row.hours is None else row.hours,
        classes=row.classes or classes,
        turnout=venue_type.turnout if turnout is None else turnout,
        seconds_per_person=(
            venue_type.seconds_per_person if minutes is None else to_seconds(minutes)
        ),
        backlog=row.backlog,
        counted_in_rt=row.counted_in_rt,
        address=row.address,
        contact=row.contact,
        note=row.note,
        weight=row.weight,
        network=getattr(row, "network", None),
        power=getattr(row, "power", None),
    )


def _vehicle(row: VanRow, settings: Settings, service_days: tuple[int, ...]) -> Vehicle:
    usual = parse_shift(settings.hours.van, service_days)
    return Vehicle(
        id=row.id,
        plate=row.plate,
        van_class=row.van_class,
        kits=row.kits,
        start=row.depot,
        end=row.end_depot or row.depot,
        shifts=usual if row.shift is None else row.shift,
        crew_break=row.crew_break,
        max_people=row.cards,
        max_stops=row.max_stops,
        crew=row.crew,
        cost_per_km=row.cost_per_km,
        cost_per_h=row.cost_per_h,
    )
