"""When everybody is recorded, and what it takes: weekends in sequence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.analysis.campaign import Campaign, CampaignWeek, DoneWeek, Goal
from planner.backlog import estimate_inflow
from planner.campaign.beyond_vans import find_beyond_vans
from planner.campaign.courses import choose, may_be_bettered, weeks_alone
from planner.campaign.equity import Equity
from planner.campaign.least_weekends import shift_week
from planner.campaign.plan_campaign import Campaigner, CampaignSearch
from planner.district import District
from planner.errors import input_error
from planner.horizon import begin_of_weekend, service_dates
from planner.i18n.messages import say, say_n
from planner.office.campaign_records import (
    campaign_dict,
    fingerprint,
    goal_dict,
    read_other,
    read_planned,
)
from planner.office.kept_campaign import digest_district
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.office.weekends_done import read_weekends_done, with_least
from planner.render.campaign_map import draw_campaign
from planner.render.campaign_page import typeset_campaign
from planner.render.campaign_table import build_campaign_csv, build_campaign_xlsx
from planner.store.atomic import write_files
from planner.store.campaign_folder import CampaignFolder
from planner.store.user_cache import user_cache

WEEKEND_S = 10.0
"""Seconds for the plan of a weekend where no limit is given."""


def plan_campaign(
    district: District,
    first_week: str,
    goal: Goal,
    *,
    search: Search | None = None,
    cache: Path | None = None,
    today: date | None = None,
    listener: Listener = SILENT,
) -> Campaign:
    """Weekends in sequence until the goal is reached; each is kept as soon as it is planned.

    Weekends that were planned before with the same tables, settings and goal stay, and those after
    them follow. Weekends since the first one that have tallies are over: the campaign goes on from
    what they recorded.

    Parameters
    ----------
    today
        None = the date at the office.

    Raises
    ------
    InputError
        Where the week is none, or begins after the last day.
    """
    _refuse_weeks(district, first_week, goal)
    search = search or Search()
    how = campaign_search(district, search, cache, listener)
    folder = CampaignFolder.of_district(district.folder)
    kept = folder.read()
    is_same = kept is not None and kept["from"] == first_week and kept["goal"] == goal_dict(goal)
    over = read_weekends_done(district, first_week, kept if is_same else None, today)
    made_of = fingerprint(district, first_week, goal, search)
    done = read_planned(folder, made_of)
    if done:
        listener.notice(
            say_n("{n} weekend was planned before", "{n} weekends were planned before", len(done))
        )
    before = len(over), sum(week.recorded for week in over)
    next_week = shift_week(over[-1].week, 1) if over else first_week
    ahead = Campaigner(district, next_week, goal, how, done, before)
    keeper = _Keeper(district, first_week, made_of, over, listener)
    campaign = keeper.keep(folder, ahead, ahead.weeks())
    other = read_other(folder) if done else None
    if other is None and may_be_bettered(campaign):
        listener.notice(say("for comparison each weekend is planned alone, too"))
        beside = folder.beside
        alone = ahead.alone(read_planned(beside, made_of))
        second = keeper.keep(beside, alone, weeks_alone(alone, campaign))
        if not how.arguments["stop"]():
            campaign = choose(campaign, second)
    elif other is not None:
        campaign = replace(campaign, other=other)
    campaign = replace(campaign, beyond=find_beyond_vans(district, next_week, how.cache))
    if campaign.weekends:
        save_campaign(district, campaign, first_week, made_of, folder)
    if campaign.other is not None:
        folder.beside.remove()
    return campaign


def _refuse_weeks(district: District, first_week: str, goal: Goal) -> None:
    """Refuse a first week that is none, or is after the last day.

    Raises
    ------
    InputError
        As said.
    """
    service_days = district.office.service_days
    service_dates(first_week, service_days, "--from")
    if goal.until is not None and begin_of_weekend(first_week, service_days) > goal.until:
        what = say("{day} is before the first weekend, {week}", day=goal.until, week=first_week)
        raise input_error("--until", what, say("name a later month or day"))


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Keeps each weekend as soon as it is planned, and then tells it.

    Attributes
    ----------
    first_week
        From which on the campaign was asked for.
    over
        Weekends that are over.
    """

    district: District
    first_week: str
    made_of: str
    over: Sequence[DoneWeek]
    listener: Listener

    def keep(
        self, folder: CampaignFolder, campaigner: Campaigner, weeks: Iterable[CampaignWeek]
    ) -> Campaign:
        """The campaign when all further weekends are planned, or somebody wishes to stop."""
        for planned in weeks:
            campaign = _with_weekends_done(campaigner.campaign, self.over)
            save_campaign(self.district, campaign, self.first_week, self.made_of, folder)
            self.listener.notice(
                say(
                    "{week}: {people} recorded, {left} left",
                    week=planned.week,
                    people=planned.people,
                    left=planned.left,
                )
            )
        return _with_weekends_done(campaigner.campaign, self.over)


def campaign_search(
    district: District, search: Search, cache: Path | None, listener: Listener
) -> CampaignSearch:
    """How a campaign of a district is searched for, once the solver is prepared."""
    prepare_solver(search.solver, listener)
    return CampaignSearch(
        arguments=search.arguments(WEEKEND_S, listener, district),
        looks_ahead=district.campaign.look_ahead,
        repeat_turnout=district.campaign.repeat_turnout,
        inflow=estimate_inflow(district),
        equity=Equity(floor=district.campaign.floor, visit_weeks=district.campaign.visit_weeks),
        cache=cache or user_cache(),
    )


def _with_weekends_done(campaign: Campaign, done: Sequence[DoneWeek]) -> Campaign:
    """With those that are over before it, also in the simulated courses."""
    if not done:
        return campaign
    campaign = replace(campaign, done=with_least(done, campaign.least_weekends))
    if not campaign.left_bands:
        return campaign
    known = campaign.burn_down[: len(done)]
    return replace(
        campaign,
        finish_shares=(*(0.0 for _ in done), *campaign.finish_shares),
        official_finish_shares=(*(0.0 for _ in done), *campaign.official_finish_shares),
        left_bands=(*((left, left, left) for left in known), *campaign.left_bands),
    )


def save_campaign(
    district: District, campaign: Campaign, first_week: str, made_of: str, folder: CampaignFolder
) -> None:
    """The weekends planned by now, each as a plan and all as a table.

    Parameters
    ----------
    first_week
        From which on it was asked for.
    made_of
        A digest of all that the campaign follows from.
    """
    index = {
        "made_of": made_of,
        "district": digest_district(district),
        "from": first_week,
        **campaign_dict(district, campaign),
    }
    results = [(planned.week, planned.result) for planned in campaign.weeks]
    words = district.office.words
    csv = build_campaign_csv(campaign, words) if campaign.weekends else b""
    folder.write(index, results, {"campaign.csv": csv})


def save_report(district: District, campaign: Campaign) -> tuple[Path, ...]:
    """The page, workbook and map of a campaign in its folder; none where no weekend is planned.

    Raises
    ------
    InputError
        Where they cannot be written.
    """
    if not campaign.weeks:
        return ()
    folder = CampaignFolder.of_district(district.folder)
    files = {
        "campaign.pdf": typeset_campaign(district, campaign),
        "campaign.xlsx": build_campaign_xlsx(district, campaign),
        "campaign.html": draw_campaign(district, campaign).encode(),
    }
    write_files(folder.path, files)
    folder.remove_all_but([week.week for week in campaign.weeks])
    return tuple(folder.path / name for name in files)
