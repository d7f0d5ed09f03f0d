"""A district in the middle of being changed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Self

from planner.district import CalendarEntry, District, Vehicle, Venue
from planner.errors import Mistake
from planner.horizon import Horizon, build_horizon, service_dates
from planner.i18n.messages import say
from planner.inputs import read_district
from planner.inputs.lookup import find_kelurahan, find_van, find_venue, venues_in
from planner.model import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The fewest people that are to be recorded at some places together.

    Attributes
    ----------
    name
        As a person wrote it.
    """

    name: str
    venue_ids: frozenset[str]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A district with the changes made so far; each method makes a changed copy.

    Attributes
    ----------
    dates
        To be planned for, ascending.
    added_dates
        Those of `dates` that are there by a change.
    settings
        Replaced so far, by their key.
    required
        Ids of places at which a van must stop.
    floors
        The fewest people at some places.
    vans_per_place
        At most so many vans at a place on one date; None = as many as there are.
    """

    week: str
    district: District
    dates: tuple[date, ...]
    added_dates: tuple[date, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    floors: tuple[Floor, ...] = ()
    vans_per_place: int | None = None

    @classmethod
    def begin(cls, district: District, week: str, weeks: int = 1) -> Self:
        """The district as it is, on the service days of a week and of those after it."""
        dates = service_dates(week, district.office.service_days)
        after = (timedelta(weeks=number) for number in range(weeks))
        return cls(
            week=week,
            district=district,
            dates=tuple(day + later for later in after for day in dates),
        )

    def with_setting(self, key: str, value: object) -> Self:
        """The district read again with one setting replaced; only settings outlast this."""
        settings = {**self.settings, key: value}
        read = read_district(self.district.folder, settings)
        before = self.district
        permissions = {venue.id: venue.permission for venue in before.venues}
        district = replace(
            read,
            venues=tuple(
                replace(venue, permission=permissions.get(venue.id, venue.permission))
                for venue in read.venues
            ),
            outcomes=before.outcomes,
            agreements=before.agreements,
            learned=before.learned,
            cards=before.cards,
            counted_on=before.counted_on,
        )
        return replace(self, district=district, settings=settings)

    def vehicles(self, target: str | None) -> tuple[Vehicle, ...]:
        """All vans, or the one with an id."""
        vehicles = self.district.vehicles
        return vehicles if target is None else (find_van(vehicles, target),)

    def with_vehicles(self, vehicles: Iterable[Vehicle]) -> Self:
        """Other vans."""
        return replace(self, district=replace(self.district, vehicles=tuple(vehicles)))

    def with_venues(self, target: str | None, change: Callable[[Venue], Venue]) -> Self:
        """Places changed: all, those of a kind or in a kelurahan, or the one with an id or name."""
        chosen = self.chosen(target)
        changed = (change(venue) if venue.id in chosen else venue for venue in self.district.venues)
        return replace(self, district=replace(self.district, venues=tuple(changed)))

    def chosen(self, target: str | None) -> set[str]:
        """Ids of the places that are meant."""
        venues, kinds = self.district.venues, {kind.key for kind in self.district.venue_types}
        if target is None or target in kinds:
            return {venue.id for venue in venues if target in {None, venue.type.key}}
        try:
            names = {area.name for area in self.district.kelurahan}
            return {find_venue(self.district, target, {*kinds, *names}).id}
        except Mistake:
            code = find_kelurahan(self.district, target)
            if code is None:
                raise
            return {venue.id for venue in venues_in(self.district, code)}

    def with_hours(self, scope: str, hours: tuple[Interval, ...], days: Iterable[date]) -> Self:
        """Other hours of a place, or another shift of a van, on some dates; none = closed."""
        entries = (CalendarEntry(date=day, scope=scope, hours=hours, reason="") for day in days)
        calendar = (*self.district.calendar, *entries)
        return replace(self, district=replace(self.district, calendar=calendar))

    def reopened(self, venue_ids: Collection[str], before: District) -> Self:
        """The district with places as open and permitted as before."""
        permissions = {venue.id: venue.permission for venue in before.venues}
        venues = (
            replace(venue, permission=permissions[venue.id]) if venue.id in venue_ids else venue
            for venue in self.district.venues
        )
        calendar = (
            entry
            for entry in self.district.calendar
            if entry.scope not in venue_ids or entry in before.calendar
        )
        district = replace(self.district, venues=tuple(venues), calendar=tuple(calendar))
        return replace(self, district=district)

    def planned_days(self, day: date | None) -> tuple[date, ...]:
        """The one date, or all dates for None.

        Raises
        ------
        Mistake
            Where the date is not planned for.
        """
        if day is None:
            return self.dates
        if day not in self.dates:
            planned = ", ".join(other.isoformat() for other in self.dates)
            raise Mistake(
                say("{day} is not planned for", day=day.isoformat()),
                say("use one of: {names}", names=planned),
            )
        return (day,)

    def build_horizon(self, cache: Path | None = None) -> Horizon:
        """The weekend of the changed district; prepared roads are kept in a folder."""
        return build_horizon(self.district, self.week, dates=self.dates, cache=cache)
