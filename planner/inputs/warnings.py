"""What is odd about a district without being wrong."""

from collections import defaultdict
from collections.abc import Iterator

from planner.district import VAN_CLASSES, District, Neighbourhood, Venue
from planner.errors import suggest
from planner.i18n.messages import Message, say, say_n
from planner.inputs.hours import DAY_NAMES
from planner.inputs.unusual_counts import unusual_counts, unusual_settings

PROVINCES = {
    "WIB": {*range(11, 22), *range(31, 37), 61, 62},
    "WITA": {*range(51, 54), *range(63, 66), *range(71, 77)},
    "WIT": {81, 82, *range(91, 97)},
}
"""First digits of the codes of each time zone (Keputusan Presiden 41/1987)."""


def district_warnings(district: District) -> Iterator[Message]:
    """One sentence for each, naming what it is about."""
    rows: tuple[Neighbourhood | Venue, ...] = (*district.neighbourhoods, *district.venues)
    if not any(row.backlog for row in rows):
        yield say("all counts are 0: nobody is left to record")
    if not any(venue.is_confirmed for venue in district.venues):
        yield say("no permission is 'disetujui': every stop will be a draft")
    if district.roads is None:
        yield say("there is no road file: driving is estimated along straight lines")
    if estimated := sum(home.is_estimated for home in district.neighbourhoods):
        yield say_n(
            "{n} row of rt has no coordinates: it is placed in its kelurahan, an estimate",
            "{n} rows of rt have no coordinates: they are placed in their kelurahan, an estimate",
            estimated,
        )
    yield from unusual_counts(district)
    yield from unusual_settings(district)
    yield from _wrong_zone(district)
    yield from _shared_coordinates(district)
    yield from _unusual_classes(district)
    service_days = set(district.office.service_days)
    for vehicle in district.vehicles:
        if not service_days.intersection(vehicle.shifts):
            days = ", ".join(DAY_NAMES[day] for day in sorted(service_days))
            yield say("van {id} has no shift on the service days {days}", id=vehicle.id, days=days)


def _wrong_zone(district: District) -> Iterator[Message]:
    """Clocks at the office are those of its province."""
    office = district.office
    zone = next((zone for zone, codes in PROVINCES.items() if int(office.code[:2]) in codes), None)
    if zone not in {None, office.timezone}:
        yield say(
            "planner.toml [office] timezone: '{given}', but {code} has {zone}; write {zone}",
            given=office.timezone,
            code=office.code,
            zone=zone,
        )


def _shared_coordinates(district: District) -> Iterator[Message]:
    names = defaultdict(list)
    for venue in district.venues:
        names[venue.lat, venue.lon].append(venue.id)
    for ids in names.values():
        if len(ids) > 1:
            yield say("{ids} have the same coordinates", ids=", ".join(ids))


def _unusual_classes(district: District) -> Iterator[Message]:
    """Every class other than the small one is driven as the large one, which nobody may mean."""
    for van_class in sorted({vehicle.van_class for vehicle in district.vehicles}):
        if van_class not in VAN_CLASSES:
            otherwise = say("write small if they fit into alleys")
            yield say(
                "vans of class '{van_class}' are driven as large ones, which use no alleys;"
                " {remedy}",
                van_class=van_class,
                remedy=suggest(van_class, VAN_CLASSES, otherwise),
            )
