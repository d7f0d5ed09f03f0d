"""Which places vans can visit, and why not the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shapely import Point, STRtree

from planner.demand import Opening, opening_on
from planner.district import District, Permission, Venue
from planner.horizon.dates import WEEKDAYS
from planner.horizon.horizon import LeftOut, LeftOutReason
from planner.i18n.messages import Message, join_messages, say, say_n
from planner.model import Interval
from planner.travel.interface import Travel
from planner.units import MINUTE_S, service_s

Windows = Mapping[date, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleVenue:
    """A venue that some van reaches and fits; `classes` are those of such vans."""

    venue: Venue
    windows: Windows
    place: int
    classes: tuple[str, ...]


def open_venues(
    district: District, dates: Sequence[date], days_off: Mapping[date, str]
) -> tuple[list[tuple[Venue, Windows]], list[LeftOut]]:
    """Venues that may be visited with their windows, and the others."""
    kelurahan = _kelurahan_of(district)
    opened: list[tuple[Venue, Windows]] = []
    left_out: list[LeftOut] = []
    for venue in district.venues:
        openings = {
            day: opening_on(venue, kelurahan(venue), day, district.calendar, days_off)
            for day in dates
        }
        windows = {day: opening.hours for day, opening in openings.items() if opening.hours}
        if venue.permission is Permission.REFUSED:
            left_out.append(LeftOut(venue=venue, reason=LeftOutReason.REFUSED))
        elif not windows:
            left_out.append(
                LeftOut(
                    venue=venue,
                    reason=LeftOutReason.CLOSED,
                    detail=_closing_reasons(openings),
                )
            )
        else:
            opened.append((venue, windows))
    return opened, left_out


def eligible_venues(
    district: District, opened: Sequence[tuple[Venue, Windows]], travel: Travel
) -> tuple[list[EligibleVenue], list[LeftOut]]:
    """Venues some van reaches, fits and has time for, and the others."""
    eligible: list[EligibleVenue] = []
    unfit: list[LeftOut] = []
    for place, (venue, windows) in enumerate(opened, start=len(district.depots)):
        unreached = travel.unreached.get(place, {})
        fit = {v.van_class for v in district.vehicles} & {*venue.classes}
        reaching = tuple(sorted(fit - {*unreached}))
        if not fit:
            detail = say("accepts only {names}", names=", ".join(venue.classes))
            unfit.append(LeftOut(venue=venue, reason=LeftOutReason.NO_VAN, detail=detail))
        elif not reaching:
            nearest = min(unreached.values(), key=lambda item: item.distance_m)
            unfit.append(
                LeftOut(
                    venue=venue,
                    reason=LeftOutReason.NO_ROAD,
                    detail=nearest.message,
                    remedy=nearest.remedy,
                )
            )
        elif (lacking_s := _shortest_stop_s(district, venue) - _longest_s(windows)) > 0:
            minutes = -(-lacking_s // MINUTE_S)
            detail = say_n("{n} minute is missing", "{n} minutes are missing", minutes)
            unfit.append(LeftOut(venue=venue, reason=LeftOutReason.TOO_SHORT, detail=detail))
        else:
            eligible.append(
                EligibleVenue(venue=venue, windows=windows, place=place, classes=reaching)
            )
    return eligible, unfit


def _closing_reasons(openings: Mapping[date, Opening]) -> str:
    """What closes each date; a reason that closes all of them stands alone."""
    days_by_reason: dict[str, list[date]] = {}
    for day, opening in openings.items():
        days_by_reason.setdefault(opening.reason, []).append(day)
    return join_messages(
        reason
        if reason and len(days_by_reason) == 1
        else _closed_on(reason, join_messages(WEEKDAYS[day.weekday()] for day in days))
        for reason, days in days_by_reason.items()
    )


def _closed_on(reason: str, days: str) -> Message:
    if not reason:
        return say("not open on {days}", days=days)
    return say("{days}: {reason}", days=days, reason=reason)


def _kelurahan_of(district: District) -> Callable[[Venue], str]:
    """A function that answers the code of the kelurahan a venue lies in, or ``""``."""
    areas = district.kelurahan
    tree = STRtree([area.shape for area in areas])

    def code(venue: Venue) -> str:
        containing = tree.query(Point(venue.lon, venue.lat), predicate="intersects")
        return areas[min(containing)].code if len(containing) else ""

    return code


def _longest_s(windows: Windows) -> int:
    return max(closing - opens for hours in windows.values() for opens, closing in hours)


def _shortest_stop_s(district: District, venue: Venue) -> int:
    """Seconds of a stop that records a single person with the most kits."""
    kits = max(vehicle.kits for vehicle in district.vehicles)
    rates = district.rates
    serve_s = max(rates.min_stay_s, service_s(1, venue.seconds_per_person, kits))
    setup_s = rates.setup_s if venue.setup_s is None else venue.setup_s
    return setup_s + serve_s + rates.packup_s
