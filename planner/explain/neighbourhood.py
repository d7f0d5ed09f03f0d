"""Explains a neighbourhood: where its people could go, and what would bring a van near."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.origins import people_by_origin
from planner.catchments import PERSON
from planner.district import Neighbourhood, Permission, Venue
from planner.explain.context import Counterfactual, ExplainContext
from planner.explain.explainer import summarise_excluded, summarise_omission
from planner.explain.explanation import Explanation, ForcedVisit, describe_visit
from planner.explain.reasons import Code
from planner.geo import great_circle_m
from planner.horizon import Horizon, LeftOut
from planner.plan import Plan

AddOwnPoint = Callable[[], tuple[Horizon, str] | None]
"""The weekend in which the neighbourhood has a point of its own, and the id of that point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyPlace:
    """A place that some people of a neighbourhood would come to, or could if it were open.

    Attributes
    ----------
    people
        Of the neighbourhood, who would come; 0 where the place cannot be visited.
    walk_m
        Metres on foot from where it is nearest; None = pupils, wherever they live.
    recorded
        At all stops there, of all neighbourhoods.
    why
        Why it has no stop; None where it has one.
    """

    venue: Venue
    people: int
    walk_m: float | None
    recorded: int
    why: Explanation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPoint:
    """What a point of its own would change.

    Attributes
    ----------
    expected
        People who would come, of all neighbourhoods.
    visit
        The best plan found that goes there; None = none was found.
    left_out
        Why no van could go there.
    """

    expected: int
    visit: ForcedVisit | None
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourhoodExplanation:
    """Where the people of an RT, an RW or a kelurahan could go, and what would bring a van near.

    Attributes
    ----------
    people
        Unrecorded people who live there and can be reached.
    recorded
        Of them, in the plan.
    uncovered
        Of them, with no place within reach.
    nearest
        Place that people walk to, nearest to those in a straight line, and metres to it; None =
        there is none.
    places
        With a stop first, then those that most would come to.
    own_point
        None where no plan was made.
    """

    homes: tuple[Neighbourhood, ...]
    people: int
    recorded: int
    uncovered: int
    nearest: tuple[Venue, float] | None
    places: tuple[NearbyPlace, ...]
    own_point: OwnPoint | None = None

    @property
    def best_left_out(self) -> NearbyPlace | None:
        """Of the places without a stop, the one that most would come to."""
        return next((place for place in self.places if place.why is not None), None)

    @property
    def code(self) -> Code | None:
        """Why nobody is recorded; None where somebody is."""
        if self.recorded:
            return None
        best = self.best_left_out
        return best.why.code if best and best.why else Code.NO_PLACE


def explain_neighbourhood(
    horizon: Horizon,
    plan: Plan,
    context: ExplainContext,
    homes: Sequence[Neighbourhood],
    add_own_point: AddOwnPoint,
) -> Iterator[NeighbourhoodExplanation]:
    """Where the people of some rows could go; then also what a point of their own would change.

    Parameters
    ----------
    horizon, plan
        Of the whole weekend, also where the context is of what is left of it.
    """
    ids = {home.id for home in homes}
    recorded = people_by_origin(horizon, plan)
    keys = {(home.code, home.rw) for home in homes}
    rows = [home for home in horizon.district.neighbourhoods if (home.code, home.rw) in keys]
    # Of a part of an RW, its share of those who are recorded of all of it.
    people, of_rw = (sum(home.backlog for home in group) for group in (homes, rows))
    told = sum(count for by_rw in recorded.values() for key, count in by_rw.items() if key in keys)
    away = _uncovered(horizon, ids)
    why = NeighbourhoodExplanation(
        homes=tuple(homes),
        people=people,
        recorded=round(told * people / of_rw) if of_rw else 0,
        uncovered=sum(away.values()),
        nearest=_nearest(horizon, set(away) or ids),
        places=tuple(sorted(_places(horizon, plan, context, ids), key=_rank)),
    )
    yield why
    changed = add_own_point() if people else None
    if changed is not None:
        yield replace(why, own_point=_try_point(context, *changed))


def _rank(place: NearbyPlace) -> tuple[bool, int, str]:
    return place.recorded == 0, -place.people, place.venue.id


def _places(
    horizon: Horizon, plan: Plan, context: ExplainContext, ids: set[str]
) -> Iterator[NearbyPlace]:
    """Places that can be visited by who would come, and those that cannot but are near enough."""
    served, walks = plan.served(), _walks(horizon, ids)
    thousandths: defaultdict[str, float] = defaultdict(float)
    for group in horizon.demand.groups:
        share = sum(count for home, count in group.homes.items() if home in ids)
        for place, draw in group.draws.items() if share else ():
            thousandths[place] += draw * share / group.people
    for venue in horizon.venues:
        if venue.id in thousandths:
            yield NearbyPlace(
                venue=venue,
                people=round(thousandths[venue.id] / PERSON),
                walk_m=walks.get(venue.id),
                recorded=served[venue.id],
                why=None if venue.id in served else summarise_omission(context, venue),
            )
    for item in horizon.left_out:
        walk_m = _straight_m(horizon, ids, item.venue) * horizon.district.rates.walk_ratio
        if item.venue.type.is_walk_in and walk_m <= horizon.district.rates.walk_m:
            yield NearbyPlace(
                venue=item.venue,
                people=0,
                walk_m=walk_m,
                recorded=0,
                why=summarise_excluded(item, context.result.people),
            )


def _walks(horizon: Horizon, ids: set[str]) -> dict[str, float]:
    """Metres of the shortest walk from any of the rows, by id of the place."""
    homes, walks = horizon.district.neighbourhoods, horizon.demand.walks
    points = [venue for venue in horizon.demand.venues if venue.type.is_walk_in]
    metres: dict[str, float] = {}
    for home, point, walk_m in zip(walks.home, walks.point, walks.walk_m, strict=True):
        if homes[home].id in ids:
            place = points[point].id
            metres[place] = min(float(walk_m), metres.get(place, np.inf))
    return metres


def _straight_m(horizon: Horizon, ids: set[str], venue: Venue) -> float:
    """Metres of the shortest straight line from any of the rows."""
    homes = [home for home in horizon.district.neighbourhoods if home.id in ids]
    lat, lon = (np.array([getattr(home, axis) for home in homes]) for axis in ("lat", "lon"))
    return float(great_circle_m(lat, lon, np.array(venue.lat), np.array(venue.lon)).min())


def _uncovered(horizon: Horizon, ids: set[str]) -> dict[str, int]:
    """People with no place within reach, by id of those of the rows that have any."""
    homes = horizon.district.neighbourhoods
    counts: Counter[str] = Counter()
    for index, people in horizon.demand.uncovered.items():
        counts[homes[index].id] += people
    return {home: people for home, people in counts.items() if home in ids and people}


def _nearest(horizon: Horizon, ids: set[str]) -> tuple[Venue, float] | None:
    points = [
        (venue, _straight_m(horizon, ids, venue))
        for venue in horizon.district.venues
        if venue.type.is_walk_in and venue.permission is not Permission.REFUSED
    ]
    return min(points, key=lambda point: point[1], default=None)


def _try_point(context: ExplainContext, horizon: Horizon, site_id: str) -> OwnPoint:
    """The best plan found with a stop at a place that the neighbourhood does not have yet."""
    if site_id not in horizon.instance.site_index:
        (item,) = (item for item in horizon.left_out if item.venue.id == site_id)
        return OwnPoint(expected=item.expected, visit=None, left_out=item)
    asked = Counterfactual(instance=horizon.instance, site_id=site_id, is_headline=True)
    result = context.solve(asked).result
    goes_there = site_id in result.plan.served()
    return OwnPoint(
        expected=horizon.instance.site(site_id).max_people,
        visit=describe_visit(context, site_id, result) if goes_there else None,
    )
