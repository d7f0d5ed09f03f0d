"""What if of a whole campaign: scenarios beside it, and how few vans finish by a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.analysis.campaign import Campaign, CampaignCase, FewestVans, Goal
from planner.campaign.courses import plan_both
from planner.campaign.plan_campaign import Campaigner
from planner.district import District
from planner.errors import Mistake, input_error
from planner.horizon import begin_of_weekend
from planner.i18n.messages import say
from planner.office.campaign import campaign_search
from planner.office.campaign_records import read_asked
from planner.office.listener import SILENT, Listener
from planner.office.search import Search
from planner.scenarios import Amount, Scenario, Variant, apply_changes
from planner.scenarios.van_changes import MAX_VANS, ChangeVans

LONGER = 2
"""A campaign with changes is planned for so many times the weekends of that without them."""


def compare_campaigns(
    district: District,
    scenarios: Sequence[Scenario],
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> tuple[CampaignCase, ...]:
    """The campaign in the folder of a district planned anew, and that of each scenario.

    Raises
    ------
    InputError
        Where there is no campaign, or with all that is wrong with the scenarios.
    """
    asked = read_asked(district)
    if asked is None:
        what, remedy = say("there is no campaign"), say("run planner campaign first")
        raise input_error(str(district.folder / "campaign"), what, remedy)
    week, goal = asked
    weeks = goal.max_weekends + 1
    variants = apply_changes(district, week, scenarios, weeks)
    for variant in variants:
        _refuse_changes_of_a_week(variant)
    planner = _Planner(week, search or Search(), cache, listener)
    base = CampaignCase(name="", campaign=planner.plan(district, goal))
    goal = replace(goal, max_weekends=max(8, LONGER * len(base.campaign.weeks)))
    return base, *(
        CampaignCase(name=scenario.name, campaign=planner.plan(variant.district, goal))
        for scenario, variant in zip(scenarios, variants, strict=True)
    )


def find_fewest_vans(
    district: District,
    week: str,
    goal: Goal,
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> FewestVans:
    """How few vans reach a goal by its last day, and how few are proven not to.

    Vans more are like the commonest one; vans fewer are without the last of the table.

    Parameters
    ----------
    week
        ISO week of the first weekend.

    Raises
    ------
    InputError
        Where the goal has no last day.
    """
    if goal.until is None:
        what = say("needs a last day")
        raise input_error("--fewest-vans", what, say("add --until, such as --until 2027-06"))
    planner = _Planner(week, search or Search(), cache, listener)
    begin = begin_of_weekend(week, district.office.service_days)
    weekends = (goal.until - begin).days // 7 + 1
    least, most = 1, min(MAX_VANS, 4 * max(len(district.vehicles), 5))
    for number in range(1, most + 1):
        fleet = _with_vans(district, week, number)
        bound = planner.begin(fleet, goal).campaign.least_weekends
        if bound is None or bound > weekends:
            listener.notice(say("{n} vans: proven not to be enough", n=number))
            least = number + 1 if least == number else least
            continue
        campaign = planner.plan(fleet, goal)
        listener.notice(say("{n} vans: {left} left in the end", n=number, left=campaign.left))
        if campaign.is_finished:
            return FewestVans(vans=number, least=least, campaign=campaign)
    return FewestVans(vans=None, least=least, campaign=None)


@dataclass(frozen=True, slots=True)
class _Planner:
    """Plans campaigns that nobody keeps."""

    week: str
    search: Search
    cache: Path | None
    listener: Listener

    def begin(self, district: District, goal: Goal) -> Campaigner:
        """With its bound, before the first weekend."""
        how = campaign_search(district, self.search, self.cache, self.listener)
        return Campaigner(district, self.week, goal, how)

    def plan(self, district: District, goal: Goal) -> Campaign:
        """To its end."""
        return plan_both(self.begin(district, goal))


def _with_vans(district: District, week: str, number: int) -> District:
    change = ChangeVans(amount=Amount.parse(str(number)))
    return change.apply(Variant.begin(district, week)).district


def _refuse_changes_of_a_week(variant: Variant) -> None:
    """Of what holds in one week alone a campaign knows nothing."""
    for given, option in (
        (variant.added_dates, "--day"),
        (variant.required, "--visit"),
        (variant.floors, "--at-least"),
        (variant.vans_per_place, "--vans-per-place"),
    ):
        if given:
            mistake = Mistake(say("holds for a week alone"), say("leave it out of a campaign"))
            raise input_error(option, mistake.what, mistake.remedy)
