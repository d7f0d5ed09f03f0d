"""Finds what a person means by a name: its id, in upper or lower case, or the name of a place.

A neighbourhood is meant by as much of its name as tells it apart: ``RW 012``, ``rw 12 Melati``,
``RT 003 RW 012``, and all of a kelurahan by its name or code.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from shapely import Point

from planner.district import District, Neighbourhood, Vehicle, Venue, part_name
from planner.errors import Mistake, suggest
from planner.i18n.messages import Message, say

FEW = 12

_PART = re.compile(r"\b(RW|RT)[\s./]*0*(\d+)\b[\s,/]*", re.IGNORECASE)
_LEVEL = re.compile(r"(kelurahan|kel\.?|desa|ds\.?)\s+", re.IGNORECASE)


def find_van(vehicles: Sequence[Vehicle], name: str) -> Vehicle:
    """The van with an id.

    Raises
    ------
    Mistake
        Where there is none, with one that is near.
    """
    by_id = {vehicle.id: vehicle for vehicle in vehicles}
    return by_id[_match_id(name, by_id, say("is not a van"), by_id)]


def find_venue(venues: Sequence[Venue], name: str, also: Iterable[str] = ()) -> Venue:
    """The place with an id, or with a name that no other has.

    Parameters
    ----------
    also
        What else might have been meant, to be suggested.

    Raises
    ------
    Mistake
        Where there is none, with one that is near.
    """
    by_id = {venue.id: venue for venue in venues}
    namesakes = [venue for venue in venues if venue.name.casefold() == name.casefold()]
    if name not in by_id and len(namesakes) == 1:
        return namesakes[0]
    names = [venue.name for venue in venues]
    return by_id[_match_id(name, by_id, say("is not a place"), [*also, *by_id, *names])]


def _match_id(name: str, ids: Iterable[str], fault: Message, near: Iterable[str]) -> str:
    all_ids = tuple(ids)
    if name in all_ids:
        return name
    alike = [candidate for candidate in all_ids if candidate.casefold() == name.casefold()]
    if len(alike) == 1:
        return alike[0]
    offered = ", ".join(all_ids[:FEW]) + (", ..." if len(all_ids) > FEW else "")
    raise Mistake.of(name, fault, suggest(name, near, say("use one of: {names}", names=offered)))


def find_kelurahan(district: District, name: str) -> str | None:
    """Code of the kelurahan with a name or code; None where none or several have it."""
    key = _LEVEL.sub("", name.strip(), count=1).casefold()
    names = {home.code: home.code for home in district.neighbourhoods}
    names |= {area.code: area.name for area in district.kelurahan}
    codes = [code for code, called in names.items() if key in {code.casefold(), called.casefold()}]
    return codes[0] if len(codes) == 1 else None


def venues_in(district: District, code: str) -> tuple[Venue, ...]:
    """Places inside the borders of a kelurahan."""
    shapes = [area.shape for area in district.kelurahan if area.code == code]
    return tuple(
        venue
        for venue in district.venues
        if any(shape.intersects(Point(venue.lon, venue.lat)) for shape in shapes)
    )


def find_neighbourhoods(district: District, name: str) -> tuple[Neighbourhood, ...]:
    """The rows of an RT, an RW, a dusun or a kelurahan; none where nothing is called so.

    Raises
    ------
    Mistake
        Where several kelurahan have one, with those that have most people first.
    """
    numbers = {level.upper(): int(number) for level, number in _PART.findall(name)}
    rest = _PART.sub("", name).strip(" ,/")
    code = find_kelurahan(district, rest) if rest else None
    rows = [
        home
        for home in district.neighbourhoods
        if (code is None or home.code == code)
        and ("RW" not in numbers or _is_number(home.rw, numbers["RW"]))
        and ("RT" not in numbers or _is_number(home.rt or "", numbers["RT"]))
    ]
    if rest and code is None:
        rows = [home for home in rows if rest.casefold() == part_name(home.rw).casefold()]
    elif not numbers and code is None:
        return ()
    people = Counter[str]()
    for home in rows:
        people[home.code] += home.backlog
    if len(people) > 1:
        near = [f"{name} {district.kelurahan_name(code)}" for code, _ in people.most_common(FEW)]
        remedy = say("write one of: {names}", names=", ".join(near))
        raise Mistake.of(name, say("is in several kelurahan"), remedy)
    return tuple(rows)


def _is_number(text: str, number: int) -> bool:
    return text.isdigit() and int(text) == number
