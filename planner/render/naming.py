"""Rules that a plan breaks, told with the names of places rather than with their ids."""

from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.violation import Violation


def with_names(horizon: Horizon, violation: Violation) -> Message:
    """Where and what, without the remedy; a plan made by hand is mended elsewhere."""
    problem = violation.problem(
        site_names={venue.id: f"'{venue.name}'" for venue in horizon.venues},
        depot_names={depot.id: f"'{depot.name}'" for depot in horizon.district.depots},
    )
    return say("{where}: {what}", where=problem.where, what=problem.what)
