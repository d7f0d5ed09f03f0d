"""A range of weekends from simulated courses."""

from planner.analysis.campaign import CampaignWeek
from planner.campaign.simulation import (
    Uncertainty,
    finish_shares,
    left_bands,
    range_of,
    simulate,
)
from planner.plan import Plan, Result, Status

CERTAIN = Uncertainty(turnout=0.0, minutes=0.0, weekly=0.0, stop=0.0, breakdown=0.0, refused=0.0)


def week(people: int, left: int) -> CampaignWeek:
    """A weekend of one van."""
    result = Result(
        plan=Plan(),
        people=people,
        objective=people,
        status=Status.OPTIMAL,
        seed=0,
        solver="columns",
    )
    return CampaignWeek(
        week="2026-W48",
        result=result,
        left=left,
        inflow=0,
        van_s=3600,
        van_days=1,
        least_weekends=None,
        looks_ahead=False,
    )


WEEKS = [week(60, 40), week(30, 10), week(10, 0)]


def test_without_uncertainty_every_course_ends_with_the_campaign() -> None:
    """Three weekends planned, three weekends in every course."""
    courses = simulate(WEEKS, 100, 0, seed=0, uncertainty=CERTAIN, courses=10)
    shares = finish_shares(courses, 0)
    assert shares == (0.0, 0.0, 0.0, 1.0)
    assert range_of(shares) == (3, 3)
    assert left_bands(courses) == tuple((left, left, left) for left in (100, 40, 10, 0))


def test_the_same_seed_gives_the_same_shares() -> None:
    """Another seed gives others."""
    shares = [
        finish_shares(simulate(WEEKS, 100, 5, seed=seed, uncertainty=Uncertainty(), courses=200), 5)
        for seed in (1, 1, 2)
    ]
    assert shares[0] == shares[1] != shares[2]
    assert list(shares[0]) == sorted(shares[0])
