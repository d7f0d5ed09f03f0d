"""Rates are learned from tallies, against a truth that the planner does not see."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from planner import inputs
from planner.analysis.learning import learn_rates
from planner.analysis.rate_models import ShareVisit, TimeVisit, fit_share, fit_time
from planner.backlog import Publication, PublishedStop, SiteDemand, Tally
from planner.district import District, Estimate, KindRates
from planner.units import HOUR_S

KOTA = Path(__file__).parents[3] / "examples" / "kota-contoh"
FIRST = date(2026, 1, 3)
SEEDS = range(5000, 5100)
"""Of districts by which nothing of the learning was chosen."""


@dataclass(frozen=True)
class Truth:
    """How it really is in a kind of place: means over places, which differ, as do visits."""

    turnout: float
    failure: float
    seconds_per_person: float
    setup_s: float


TRUTH = {
    "point": Truth(0.36, 0.04, 430, 2500),
    "school": Truth(0.68, 0.02, 260, 1500),
    "office": Truth(0.58, 0.03, 300, 1700),
}


@cache
def kota() -> District:
    """The example, with rates of rows left to their kind."""
    read = inputs.read_district(KOTA)
    venues = tuple(
        replace(v, turnout=v.type.turnout, seconds_per_person=v.type.seconds_per_person)
        for v in read.venues
    )
    return replace(read, venues=venues, rates=replace(read.rates, learn_from=10))


class World:
    """Places of the example whose rates are drawn around the truth, and weekends at them."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.rates: dict[str, tuple[float, float, float, float]] = {}
        for venue in kota().venues:
            truth = TRUTH[venue.type.key]
            shares = (self.share(truth.turnout, 30), self.share(truth.failure, 60))
            times = (truth.seconds_per_person, truth.setup_s)
            slow, late = (29 * time / self.random.gamma(30) for time in times)
            self.rates[venue.id] = (*shares, slow, late)

    def share(self, mean: float, alike: float) -> float:
        """A share around a mean."""
        return float(self.random.beta(mean * alike, (1 - mean) * alike))

    def year(self) -> tuple[list[Publication], list[Tally]]:
        """52 weekends with four stops a day, some of which end before all have come."""
        weeks = [self.week(FIRST + timedelta(weeks=number)) for number in range(52)]
        tallies = [self.visit(stop) for week in weeks for stop in week.stops]
        return weeks, tallies

    def week(self, saturday: date) -> Publication:
        year, number, _ = saturday.isocalendar()
        venues = self.random.choice(np.array(kota().venues, dtype=object), 8, replace=False)
        stops = []
        for order, venue in enumerate(venues):
            expected = int(self.random.integers(20, 120))
            stops.append(
                PublishedStop(
                    day=saturday + timedelta(days=order % 2),
                    van="A",
                    order=order + 1,
                    place=venue.id,
                    name=venue.name,
                    kind=venue.type.key,
                    category="",
                    kits=2,
                    arrive_s=8 * HOUR_S,
                    setup_s=8 * HOUR_S,
                    serve_s=9 * HOUR_S,
                    packup_s=12 * HOUR_S,
                    depart_s=13 * HOUR_S,
                    people=expected if order % 3 else max(10, int(expected * 0.8)),
                    expected=expected,
                    turnout=venue.turnout,
                    seconds_per_person=venue.seconds_per_person,
                )
            )
        sites = {stop.place: SiteDemand(own=stop.expected) for stop in stops}
        week = f"{year}-W{number:02}"
        return Publication(week=week, version=1, stops=tuple(stops), sites=sites, groups={})

    def visit(self, stop: PublishedStop) -> Tally:
        """Of those in reach some come, as many as the plan has time for are tried."""
        turnout, failure, slow, late = self.rates[stop.place]
        reach = round(stop.expected / stop.turnout)
        came = int(self.random.binomial(reach, self.share(turnout, 40)))
        if stop.people < stop.expected:
            came = min(came, stop.people)
        failed = int(self.random.binomial(came, self.share(failure, 60)))
        began = stop.setup_s + max(60, round(self.random.gamma(8, late / 8)))
        took = came / stop.kits * self.random.gamma(20, slow / 20)
        counts = {"recorded_17": came - failed, "failed": failed}
        return Tally(
            day=stop.day,
            van=stop.van,
            place=stop.place,
            counts=counts,
            started_s=began,
            ended_s=began + round(took),
        )

    def own(self, kind: str) -> Truth:
        """The means of the places that the district has."""
        rates = [self.rates[venue.id] for venue in kota().venues if venue.type.key == kind]
        return Truth(*np.mean(rates, axis=0).tolist())


def learn(world: World) -> Mapping[str, KindRates]:
    publications, tallies = world.year()
    learned = learn_rates(kota(), publications, tallies, date(2027, 1, 31))
    assert learned is not None
    return learned.kinds


def errors(rates: KindRates, truth: Truth) -> dict[str, tuple[Estimate, float]]:
    """Each estimate beside the truth."""
    return {
        name: (estimate, getattr(truth, name))
        for name in ("turnout", "failure", "seconds_per_person", "setup_s")
        if (estimate := getattr(rates, name)) is not None
    }


@pytest.mark.gate
@pytest.mark.slow
def test_a_year_is_learned_to_a_tenth_with_honest_ranges() -> None:
    """Of 100 districts, 70 to 90 have the truth of a kind in each 80 % range.

    Turnout and minutes of the places that a district has end within 10 % in every one of them,
    set-up within 15 %. Failures are rare, and drawn to what is assumed.
    """
    inside: Counter[tuple[str, str]] = Counter()
    off: dict[tuple[str, str], list[float]] = {}
    for seed in SEEDS:
        world = World(seed)
        for kind, rates in learn(world).items():
            for name, (estimate, truth) in errors(rates, TRUTH[kind]).items():
                inside[kind, name] += estimate.low <= truth <= estimate.high
            for name, (estimate, truth) in errors(rates, world.own(kind)).items():
                off.setdefault((kind, name), []).append(estimate.value / truth - 1)
    assert len(inside) == 12
    assert all(70 <= count <= 90 for count in inside.values()), inside
    biases = {key: float(np.mean(each)) for key, each in off.items()}
    assert all(abs(bias) <= 0.15 for bias in biases.values()), biases
    worst = {key: max(map(abs, each)) for key, each in off.items()}
    assert all(worst[kind, "turnout"] <= 0.1 for kind in TRUTH), worst
    assert all(worst[kind, "seconds_per_person"] <= 0.1 for kind in TRUTH), worst
    assert all(worst[kind, "setup_s"] <= 0.15 for kind in TRUTH), worst


@pytest.mark.slow
def test_a_year_is_learned_to_a_tenth() -> None:
    """One district: turnout, minutes and set-up of all kinds."""
    for kind, rates in learn(World(7)).items():
        for name, (estimate, truth) in errors(rates, TRUTH[kind]).items():
            if name != "failure":
                assert estimate.value == pytest.approx(truth, rel=0.1), (kind, name)


def test_a_stop_cut_short_says_that_more_might_have_come() -> None:
    """30 of 100 who came until the van had to leave are less than 30 % of all visits, or more."""
    ended = [ShareVisit(place="T1", people=30, of=100) for _ in range(12)]
    cut = [replace(visit, is_cut=True) for visit in ended]
    assert fit_share(ended, 0.5).rate.value == pytest.approx(0.3, abs=0.03)
    assert fit_share(cut, 0.5).rate.value > 0.4


def test_few_visits_leave_much_to_what_is_assumed() -> None:
    """One visit of 10 % moves 50 % less than ten do, and its range is wider."""
    visits = [ShareVisit(place=f"T{n}", people=10, of=100) for n in range(10)]
    one, ten = fit_share(visits[:1], 0.5).rate, fit_share(visits, 0.5).rate
    assert 0.1 < ten.value < one.value < 0.5
    assert one.high - one.low > ten.high - ten.low


def test_a_place_is_drawn_to_its_kind() -> None:
    """A place with one slow visit is thought slower than others, but less than it was."""
    visits = [TimeVisit(place=f"T{n}", seconds=3000 + n, people=10) for n in range(10)]
    fit = fit_time([*visits, TimeVisit(place="slow", seconds=6000, people=10)], 360)
    assert fit.places["T1"].value < fit.rate.value < fit.places["slow"].value < 600
    assert fit.places["slow"].visits == 1


def test_nothing_is_learned_from_few_visits_or_where_nobody_wants_it() -> None:
    """With 10 visits needed, 9 of a kind teach nothing; with 0, a whole year does not."""
    publications, tallies = World(1).year()
    until = date(2027, 1, 31)
    never = replace(kota(), rates=replace(kota().rates, learn_from=0))
    assert learn_rates(never, publications, tallies, until) is None
    points = [stop.key for week in publications for stop in week.stops if stop.kind == "point"]
    few = [tally for tally in tallies if tally.key in points[:9]]
    assert learn_rates(kota(), publications, few, until) is None
    learned = learn_rates(kota(), publications, [t for t in tallies if t.key in points], until)
    assert learned is not None and set(learned.kinds) == {"point"}


def test_only_tallies_until_the_day_teach() -> None:
    """What came later changes nothing."""
    publications, tallies = World(2).year()
    until = date(2026, 6, 30)
    early = [tally for tally in tallies if tally.day <= until]
    assert learn_rates(kota(), publications, tallies, until) == learn_rates(
        kota(), publications, early, until
    )


def test_people_who_could_go_elsewhere_teach_nothing_of_turnout() -> None:
    """Two points of one week that draw the same group; their speed still counts."""
    publications, tallies = World(3).year()
    drawn = [
        replace(
            week, sites={stop.place: SiteDemand(own=0, draws={"g": 9000}) for stop in week.stops}
        )
        for week in publications
    ]
    learned = learn_rates(kota(), drawn, tallies, date(2027, 1, 31))
    assert learned is not None
    assert learned.kinds["point"].turnout is None
    assert learned.kinds["point"].seconds_per_person is not None
