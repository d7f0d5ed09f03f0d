"""How many people are behind each place."""

from collections.abc import Sequence
from math import floor

from planner.arrays import Indices
from planner.district import District, Venue
from planner.geo import NO_POINT


def people_by_venue(
    district: District,
    venues: Sequence[Venue],
    points: Sequence[Venue],
    nearest: Indices,
) -> tuple[dict[str, int], int]:
    """Unrecorded people behind each venue, and those no venue is near enough for.

    Pupils who stand in an RT row too are counted at their school, where recording is faster, if
    that is open; as nobody knows their RT, they are taken off all of them in proportion.

    Parameters
    ----------
    nearest
        Index in `points` of the one that each neighbourhood walks to, or `NO_POINT`.
    """
    homes = district.neighbourhoods
    residents = sum(home.backlog for home in homes)
    counted_twice = sum(venue.counted_in_rt for venue in venues)
    share = max(0.0, 1 - counted_twice / residents) if residents else 0.0
    catchment = dict.fromkeys((venue.id for venue in venues), 0.0)
    uncovered = 0.0
    for home, point in zip(homes, nearest, strict=True):
        if point == NO_POINT:
            uncovered += home.backlog
        else:
            catchment[points[point].id] += home.backlog * share
    people = {venue.id: floor(catchment[venue.id] + 1e-9) + venue.backlog for venue in venues}
    return people, round(uncovered)


def backlog_of(district: District) -> int:
    """Unrecorded people of the whole district who can be reached, each counted once."""
    residents = sum(home.backlog for home in district.neighbourhoods)
    elsewhere = sum(venue.backlog - venue.counted_in_rt for venue in district.venues)
    return residents + elsewhere
