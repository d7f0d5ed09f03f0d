"""Two ways through a campaign, looking ahead and each weekend alone, and the better of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from planner.analysis.campaign import Campaign, CampaignWeek, OtherCourse
from planner.campaign.plan_campaign import Campaigner


def earliness(recorded: Sequence[int]) -> int:
    """Sums of people recorded by each weekend: the more, the earlier they are recorded."""
    return sum(accumulate(recorded))


def may_be_bettered(ahead: Campaign) -> bool:
    """Whether each weekend planned alone may be a better way than one that looks ahead."""
    if not ahead.is_complete or not any(week.looks_ahead for week in ahead.weeks):
        return False
    return not (ahead.is_finished and len(ahead.weekends) == ahead.least_weekends)


def weeks_alone(campaigner: Campaigner, ahead: Campaign) -> Iterator[CampaignWeek]:
    """Each further weekend as soon as it is planned, as long as this way may be the better one."""
    weeks = campaigner.weeks()
    while not ahead.is_finished or campaigner.num_planned < len(ahead.weeks):
        planned = next(weeks, None)
        if planned is None:
            return
        yield planned


def choose(ahead: Campaign, alone: Campaign) -> Campaign:
    """The one that is finished, or finished sooner, or records people earlier, beside the other.

    Where neither is finished, the one that records more.
    """
    best, other = (alone, ahead) if _rank(alone) < _rank(ahead) else (ahead, alone)
    beside = OtherCourse(
        looks_ahead=other is ahead,
        is_finished=other.is_finished,
        recorded=tuple(week.people for week in other.weeks),
    )
    return replace(best, other=beside)


def plan_both(campaigner: Campaigner) -> Campaign:
    """The better of both ways, each planned to its end."""
    for _ in campaigner.weeks():
        pass
    ahead = campaigner.campaign
    if not may_be_bettered(ahead):
        return ahead
    second = campaigner.alone()
    for _ in weeks_alone(second, ahead):
        pass
    return choose(ahead, second.campaign)


def _rank(campaign: Campaign) -> tuple[object, ...]:
    """The least is the best."""
    recorded = [week.people for week in campaign.weeks]
    weekends = len(recorded) if campaign.is_finished else -sum(recorded)
    return not campaign.is_finished, weekends, -earliness(recorded)
