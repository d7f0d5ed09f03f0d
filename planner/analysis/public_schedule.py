"""What the public may know of a plan: places, dates and hours, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from planner.analysis.itinerary import Itinerary, StopAt
from planner.district import Venue
from planner.model import Interval
from planner.promise import published_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVisit:
    """A place on a date, whichever vans come.

    Attributes
    ----------
    hours
        Seconds after midnight between which people are recorded without a gap, to round minutes
        inside the planned time.
    draft
        Whether the permission to stand there is still open.
    """

    date: date
    venue: Venue
    kelurahan: str
    hours: Interval
    draft: bool

    @property
    def address(self) -> str:
        """Street and kelurahan."""
        return ", ".join(filter(None, (self.venue.address, self.kelurahan)))


def public_visits(itinerary: Itinerary, *, drafts: bool) -> tuple[PublicVisit, ...]:
    """Visits by date and hour; those not confirmed only where drafts are asked for."""
    stops = [at for at in itinerary.all_stops() if drafts or not at.draft]
    stops.sort(key=lambda at: (at.route.date, at.venue.id))
    visits = [
        PublicVisit(
            date=day,
            venue=same[0].venue,
            kelurahan=itinerary.kelurahan(same[0].venue),
            hours=hours,
            draft=same[0].draft,
        )
        for (day, _), group in groupby(stops, key=lambda at: (at.route.date, at.venue.id))
        for same in [list(group)]
        for hours in _open_hours(same)
    ]
    return tuple(sorted(visits, key=lambda visit: (visit.date, visit.hours, visit.venue.name)))


def _open_hours(stops: Iterable[StopAt]) -> Iterator[Interval]:
    """Hours in which at least one of the vans records, each rounded inwards."""
    spans = sorted((at.stop.serve_s, at.stop.packup_s) for at in stops)
    opens, closes = spans[0]
    for start, end in spans[1:]:
        if start > closes:
            yield published_hours(opens, closes)
            opens, closes = start, end
        closes = max(closes, end)
    yield published_hours(opens, closes)
