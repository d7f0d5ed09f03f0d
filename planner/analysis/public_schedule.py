"""What may be known of a plan outside the office: places, dates and hours, and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from planner.analysis.itinerary import Itinerary, StopAt
from planner.district import Venue
from planner.model import Interval
from planner.promise import ROUND_S, SHORT_S, published_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVisit:
    """A place on a date, whichever vans come.

    Attributes
    ----------
    hours
        Seconds after midnight between which people are recorded, to round minutes inside the
        planned time.
    breaks
        When nobody is recorded in these hours as the crews rest, to round minutes outside it.
    draft
        Whether the permission to stand there is still open.
    prints
        Whether cards are printed there too.
    """

    date: date
    venue: Venue
    kelurahan: str
    kecamatan: str
    hours: Interval
    breaks: tuple[Interval, ...]
    draft: bool
    prints: bool

    @property
    def address(self) -> str:
        """Street and kelurahan."""
        return ", ".join(filter(None, (self.venue.address, self.kelurahan)))


def public_visits(itinerary: Itinerary, *, drafts: bool) -> tuple[PublicVisit, ...]:
    """Visits that everybody may come to, by date and hour; unconfirmed ones only with drafts."""
    return tuple(visit for visit in _visits(itinerary, drafts=drafts) if visit.venue.public)


def restricted_visits(itinerary: Itinerary, *, drafts: bool) -> tuple[PublicVisit, ...]:
    """Visits that are only for the people of the place, likewise."""
    return tuple(visit for visit in _visits(itinerary, drafts=drafts) if not visit.venue.public)


def venue_visits(itinerary: Itinerary, stops: Sequence[StopAt]) -> tuple[PublicVisit, ...]:
    """Visits that some stops make, by date and hour."""
    ordered = sorted(stops, key=lambda at: (at.route.date, at.venue.id))
    visits = [
        PublicVisit(
            date=day,
            venue=same[0].venue,
            kelurahan=itinerary.kelurahan(same[0].venue),
            kecamatan=itinerary.kecamatan(same[0].venue),
            hours=hours,
            breaks=breaks,
            draft=same[0].draft,
            prints=any(at.prints for at in same),
        )
        for (day, _), group in groupby(ordered, key=lambda at: (at.route.date, at.venue.id))
        for same in [list(group)]
        for hours, breaks in _open_hours(same, itinerary.horizon.instance.min_stay_s)
    ]
    return tuple(sorted(visits, key=lambda visit: (visit.date, visit.hours, visit.venue.name)))


def _visits(itinerary: Itinerary, *, drafts: bool) -> tuple[PublicVisit, ...]:
    return venue_visits(itinerary, [at for at in itinerary.all_stops() if drafts or not at.draft])


def _open_hours(
    stops: Sequence[StopAt], min_stay_s: int
) -> Iterator[tuple[Interval, tuple[Interval, ...]]]:
    """Hours in which at least one of the vans serves, and when in them none records."""
    recording = _merge(hours for at in stops for hours in at.recording_hours)
    for opens, closes in _merge((at.stop.serve_s, at.stop.packup_s) for at in stops):
        within = [hours for hours in recording if opens <= hours[0] and hours[1] <= closes]
        breaks = [(end, begin) for (_, end), (begin, _) in pairwise(within)]
        hours = published_hours(within[0][0], within[-1][1], min_stay_s)
        # Between two breaks nobody is sent there for a few minutes.
        yield hours, tuple(_merge((_round_outwards(*pause) for pause in breaks), SHORT_S))


def _merge(intervals: Iterable[Interval], apart_s: int = 1) -> list[Interval]:
    """Intervals in ascending order, those less than so far apart as one."""
    merged: list[Interval] = []
    for begin, end in sorted(intervals):
        if merged and begin < merged[-1][1] + apart_s:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged


def _round_outwards(begin_s: int, end_s: int) -> Interval:
    """Nobody comes while the crews still rest."""
    return begin_s // ROUND_S * ROUND_S, -(-end_s // ROUND_S) * ROUND_S
