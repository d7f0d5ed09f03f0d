"""How many people are behind each place."""

from collections.abc import Sequence
from math import floor

from planner.district import District, Venue
from planner.geo import Walks


def people_by_venue(
    district: District,
    venues: Sequence[Venue],
    points: Sequence[Venue],
    walks: Walks,
) -> tuple[dict[str, int], int]:
    """Unrecorded people behind each venue, and those no venue is near enough for.

    Pupils who stand in an RT row too are counted at their school, where recording is faster, if
    that is open; as nobody knows their RT, they are taken off all of them in proportion.

    Parameters
    ----------
    walks
        From neighbourhoods to `points`.
    """
    homes = district.neighbourhoods
    residents = sum(home.backlog for home in homes)
    counted_twice = sum(venue.counted_in_rt for venue in venues)
    share = max(0.0, 1 - counted_twice / residents) if residents else 0.0
    catchment = dict.fromkeys((venue.id for venue in venues), 0.0)
    nearest = walks.nearest()
    for home, point in zip(nearest.home, nearest.point, strict=True):
        catchment[points[point].id] += homes[home].backlog * share
    covered = {*nearest.home.tolist()}
    uncovered = sum(home.backlog for index, home in enumerate(homes) if index not in covered)
    people = {venue.id: floor(catchment[venue.id] + 1e-9) + venue.backlog for venue in venues}
    return people, uncovered


def backlog_of(district: District) -> int:
    """Unrecorded people of the whole district who can be reached, each counted once."""
    residents = sum(home.backlog for home in district.neighbourhoods)
    elsewhere = sum(venue.backlog - venue.counted_in_rt for venue in district.venues)
    return residents + elsewhere
