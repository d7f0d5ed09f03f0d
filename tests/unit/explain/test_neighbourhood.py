"""Where people of a neighbourhood could go, and what would bring a van near."""

from dataclasses import replace

from planner.district import Permission
from planner.explain.neighbourhood import NeighbourhoodExplanation, explain_neighbourhood
from planner.explain.neighbourhood_writer import NeighbourhoodWriter
from planner.explain.reasons import Code
from planner.horizon import Horizon, build_horizon
from planner.i18n.words import Words
from planner.inputs.lookup import find_neighbourhoods
from planner.plan import Plan
from planner.scenarios import AddPoint, build_changed_horizon
from tests.builders.districts import WEEK, district
from tests.unit.explain.crowded import context_of

FAR = replace(district().neighbourhoods[0], rw="012", rt="001", lat=-7.05, unrecorded=40)
"""Five kilometres south of the point, where no place is."""


def far_horizon() -> Horizon:
    given = district()
    return build_horizon(replace(given, neighbourhoods=(*given.neighbourhoods, FAR)), WEEK)


def explain(
    horizon: Horizon, name: str, plan: Plan | None = None
) -> list[NeighbourhoodExplanation]:
    homes = find_neighbourhoods(horizon.district, name)
    context = context_of(horizon, plan)

    def add_own_point() -> tuple[Horizon, str]:
        return build_changed_horizon(horizon, AddPoint(target=name)), name

    return [*explain_neighbourhood(horizon, context.plan, context, homes, add_own_point)]


def told(horizon: Horizon, why: NeighbourhoodExplanation) -> str:
    writer = NeighbourhoodWriter(horizon, Words(language="en", timezone="WIB"))
    return "\n".join(writer.neighbourhood_sentences(why))


def test_people_without_a_place_hear_how_far_the_nearest_is() -> None:
    """RW 012 lies 5.56 km from P1, all of its 40 people are uncovered; a point adds to 87."""
    horizon = far_horizon()
    first, last = explain(horizon, "RW 12")
    assert (first.people, first.recorded, first.uncovered, first.places) == (40, 0, 40, ())
    assert first.code is Code.NO_PLACE
    sentences = told(horizon, first)
    assert "RT 001 RW 012 Kecil: 40 people unrecorded; the plan records 0 of them." in sentences
    assert "40 people of RT 001 RW 012 Kecil have no place within 800 m on foot." in sentences
    assert "The nearest is Nama P1, 5,560 m away in a straight line." in sentences
    assert last.own_point is not None
    assert last.own_point.expected == 20
    assert last.own_point.visit is not None
    assert last.own_point.visit.result.people > 87
    assert "more than the plan" in told(horizon, last)
    assert "With a point among them, 20 people would come there" in told(horizon, last)


def test_people_with_a_stop_hear_where_it_is() -> None:
    """All of RW 001 walk 110 m in a straight line, a third more on foot, to P1."""
    horizon = far_horizon()
    why = explain(horizon, "RW 1 Kecil")[0]
    place = next(place for place in why.places if place.venue.id == "P1")
    assert (place.people, place.why, why.code) == (50, None, None)
    assert "A van stops at Nama P1 (140 m on foot); of them 50 would come there." in told(
        horizon, why
    )


def test_each_place_without_a_stop_has_its_reason() -> None:
    """Nobody goes anywhere; a refused place in reach is told too."""
    horizon = far_horizon()
    refused = tuple(
        replace(venue, permission=Permission.REFUSED) if venue.id == "P1" else venue
        for venue in horizon.district.venues
    )
    given = build_horizon(replace(horizon.district, venues=refused), WEEK)
    why = explain(given, "RW 1", Plan())[0]
    by_id = {place.venue.id: place.why for place in why.places}
    assert by_id["P1"] is not None
    assert by_id["P1"].code is Code.REFUSED
    assert "No van stops at Nama P1 (140 m on foot): permission refused." in told(given, why)


def test_part_of_an_rw_has_its_share_of_those_recorded() -> None:
    """RT 002 has 30 of 100 people of its RW, of whom a stop at P1 records 50."""
    horizon = far_horizon()
    whole, part = (explain(horizon, name)[0] for name in ("RW 1", "RT 2 RW 1"))
    assert part.recorded == round(whole.recorded * 0.3)
