"""Finds what a person means by a name: its id, in upper or lower case, or the name of a place.

A neighbourhood is meant by as much of its name as tells it apart: ``RW 012``, ``rw 12 Melati``,
``RT 003 RW 012``, and all of a kelurahan by its name or code.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import chain

import numpy as np
from shapely import Point

from planner.district import District, Neighbourhood, Vehicle, Venue, part_name
from planner.errors import LIKENESS, Mistake, quote, suggest
from planner.geo import great_circle_m
from planner.i18n.messages import Message, say

FEW = 12
"""Ids offered where none is near, and names looked at."""

NEAR = 5
"""Names suggested."""

SHORTEST_PART = 3
"""So much of a name is enough to suggest it."""

_PART = re.compile(r"\b(RW|RT)[\s./]*0*(\d{1,9})\b[\s,/]*", re.IGNORECASE)
_LEVEL = re.compile(r"(kelurahan|kel\.?|desa|ds\.?)\s+", re.IGNORECASE)


def find_van(vehicles: Sequence[Vehicle], name: str) -> Vehicle:
    """The van with an id.

    Raises
    ------
    Mistake
        Where there is none, with one that is near.
    """
    by_id = {vehicle.id: vehicle for vehicle in vehicles}
    if (van_id := _match_id(name, by_id)) is None:
        raise Mistake.of(name, say("is not a van"), suggest(name, by_id, _offer(by_id)))
    return by_id[van_id]


def find_venue(district: District, name: str, also: Iterable[str] = ()) -> Venue:
    """The place with an id, or with a name that no other has.

    Parameters
    ----------
    also
        What else might have been meant, to be suggested.

    Raises
    ------
    Mistake
        Where there is none, with those that are near, most people first.
    """
    by_id = {venue.id: venue for venue in district.venues}
    namesakes = [venue for venue in district.venues if venue.name.casefold() == name.casefold()]
    if name not in by_id and len(namesakes) == 1:
        return namesakes[0]
    if (venue_id := _match_id(name, by_id)) is None:
        raise Mistake.of(name, say("is not a place"), _near_venues(district, name, also))
    return by_id[venue_id]


def _match_id(name: str, ids: Iterable[str]) -> str | None:
    """The id, else the only one that differs from it in upper and lower case alone."""
    all_ids = tuple(ids)
    if name in all_ids:
        return name
    alike = [candidate for candidate in all_ids if candidate.casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 else None


def _offer(ids: Iterable[str]) -> Message:
    all_ids = tuple(ids)
    offered = ", ".join(all_ids[:FEW]) + (", ..." if len(all_ids) > FEW else "")
    return say("use one of: {names}", names=offered)


def _near_venues(district: District, name: str, also: Iterable[str]) -> Message:
    """A remedy that names the places called much the same, those with most people first."""
    venues = {venue.id: venue for venue in district.venues}
    called = {venue.id: (venue.id.casefold(), venue.name.casefold()) for venue in venues.values()}
    counts = Counter(text for _, text in called.values())
    key, texts = name.casefold(), [*chain.from_iterable(called.values())]
    near = {*get_close_matches(key, dict.fromkeys(texts), n=FEW, cutoff=LIKENESS)}
    near |= {text for text in texts if len(key) >= SHORTEST_PART and key in text}
    ids = [venue_id for venue_id, both in called.items() if near.intersection(both)]
    others = {other.casefold(): other for other in also}
    near_others = get_close_matches(key, others, n=1, cutoff=LIKENESS)
    if len(ids) < 2:
        names = [venue.name for venue in district.venues]
        return suggest(name, [*also, *venues, *names], _offer(venues))
    ordered = sorted(
        (venues[venue_id] for venue_id in ids), key=lambda venue: -_people_near(district, venue)
    )
    names = [
        quote(venue.name if counts[venue.name.casefold()] == 1 else venue.id) for venue in ordered
    ]
    names = [*(quote(others[text]) for text in near_others), *names]
    return say("did you mean one of: {names}?", names=", ".join(names[:NEAR]))


def _people_near(district: District, venue: Venue) -> int:
    """Unrecorded people of a place, and of homes within walking distance where they come to it."""
    rates = district.rates
    if not venue.type.is_walk_in:
        return venue.backlog
    homes = district.neighbourhoods
    lat, lon = (np.array([getattr(home, axis) for home in homes]) for axis in ("lat", "lon"))
    walk_m = great_circle_m(lat, lon, np.array(venue.lat), np.array(venue.lon)) * rates.walk_ratio
    backlogs = np.array([home.backlog for home in homes])
    return int(backlogs[walk_m <= rates.walk_m].sum())


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
    return text.isdecimal() and (text.lstrip("0") or "0") == str(number)
