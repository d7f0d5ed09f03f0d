"""Spreads people of whom only the kelurahan is known, and moves them to its streets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planner.district import District, Neighbourhood
from planner.travel.factory import find_places_along_streets
from planner.travel.interface import StageListener


def spread_over_spots(district: District) -> District:
    """The district with the people of a whole kelurahan at its spots; each part keeps its id."""
    homes = (part for home in district.neighbourhoods for part in _parts(home))
    return replace(district, neighbourhoods=tuple(homes))


def _parts(home: Neighbourhood) -> Iterator[Neighbourhood]:
    if not home.spots:
        yield home
    for index, (lat, lon) in enumerate(home.spots):

        def share(people: int, index: int = index) -> int:
            return people * (index + 1) // len(home.spots) - people * index // len(home.spots)

        unreachable = share(home.unreachable)
        yield replace(
            home,
            lat=lat,
            lon=lon,
            spots=(),
            spot=index + 1,
            unrecorded=share(home.backlog) + unreachable,
            unreachable=unreachable,
            eligible=None if home.eligible is None else share(home.eligible),
            not_printed=None if home.not_printed is None else share(home.not_printed),
        )


def move_to_streets(district: District, cache: Path | None, on_stage: StageListener) -> District:
    """The district with its estimated neighbourhoods along the streets of their kelurahan.

    Where there is no road file, or an area has no streets, they stay where they are; so do those
    placed by a population layer.

    Parameters
    ----------
    cache
        Folder in which prepared roads are kept.
    """
    counts = Counter(home.code for home in district.neighbourhoods if _is_moved(home))
    areas = {area.code: area.shape for area in district.kelurahan if area.code in counts}
    if district.roads is None or not areas:
        return district
    places = find_places_along_streets(
        [(shape, counts[code]) for code, shape in areas.items()],
        district.roads,
        cache=cache,
        on_stage=on_stage,
    )
    streets = {code: iter(spots) for code, spots in zip(areas, places, strict=True) if spots}
    homes = []
    for home in district.neighbourhoods:
        if _is_moved(home) and home.code in streets:
            lat, lon = next(streets[home.code])
            home = replace(home, lat=lat, lon=lon)  # noqa: PLW2901 - the same home, elsewhere
        homes.append(home)
    return replace(district, neighbourhoods=tuple(homes))


def _is_moved(home: Neighbourhood) -> bool:
    return home.is_estimated and not home.is_populated
