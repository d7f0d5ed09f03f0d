"""Finds what a person means by a name: its id, in upper or lower case, or the name of a place."""

from collections.abc import Iterable, Sequence

from planner.district import Vehicle, Venue
from planner.errors import Mistake, suggest
from planner.i18n.messages import Message, say

FEW = 12


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
