"""A district in which everything is scarce."""

from dataclasses import replace

from planner.district import District, Permission
from planner.solvers import Limits
from tests.builders.districts import SUNDAY, closure, district

ROUNDS = Limits(iterations=2)


def scarce_district() -> District:
    """The school is closed, the point only promised, the office refused."""
    states = {"P1": Permission.SENT, "O1": Permission.REFUSED, "S1": Permission.APPROVED}
    small = district()
    return replace(
        small,
        venues=tuple(replace(venue, permission=states[venue.id]) for venue in small.venues),
        vehicles=tuple(replace(van, max_people=60, kits=1) for van in small.vehicles),
        calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)),
    )
