"""When everybody is recorded, and what it takes: weekends in sequence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner.analysis.campaign import Campaign, CampaignWeek, DoneWeek, Goal
from planner.analysis.ways import cost_of_last_percent, value_ways
from planner.backlog import estimate_inflow
from planner.campaign.beyond_vans import find_beyond_vans
from planner.campaign.equity import Equity
from planner.campaign.least_weekends import shift_week
from planner.campaign.plan_campaign import Campaigner, CampaignSearch
from planner.district import District
from planner.errors import input_error
from planner.horizon import service_dates
from planner.i18n.messages import say, say_n
from planner.office.kept_campaign import digest_district
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.office.weekends_done import done_dicts, read_weekends_done, with_least
from planner.render.campaign_map import draw_campaign
from planner.render.campaign_page import typeset_campaign
from planner.render.campaign_table import build_campaign_csv, build_campaign_xlsx
from planner.store.atomic import write_files
from planner.store.campaign_folder import CampaignFolder, campaign_files
from planner.store.user_cache import user_cache

WEEKEND_S = 20.0
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
    service_dates(first_week, district.office.service_days)
    if goal.until is not None and date.fromisoformat(f"{first_week}-1") > goal.until:
        what = say("{day} is before the first week, {week}", day=goal.until, week=first_week)
        raise input_error("--until", what, say("name a later month or day"))
    search = search or Search()
    how = campaign_search(district, search, cache, listener)
    folder = CampaignFolder.of_district(district.folder)
    kept = folder.read()
    is_same = kept is not None and kept["from"] == first_week and kept["goal"] == _goal_dict(goal)
    over = read_weekends_done(district, first_week, kept if is_same else None, today)
    made_of = _fingerprint(district, first_week, goal, search)
    done = _read_done(folder, made_of)
    if done:
        listener.notice(
            say_n("{n} weekend was planned before", "{n} weekends were planned before", len(done))
        )
    before = len(over), sum(week.recorded for week in over)
    next_week = shift_week(over[-1].week, 1) if over else first_week
    campaigner = Campaigner(district, next_week, goal, how, done, before)

    def planned_by_now() -> Campaign:
        return _with_weekends_done(campaigner.campaign, over)

    for planned in campaigner.weeks():
        listener.notice(
            say(
                "{week}: {people} recorded, {left} left",
                week=planned.week,
                people=planned.people,
                left=planned.left,
            )
        )
        save_campaign(district, planned_by_now(), first_week, made_of)
    beyond = find_beyond_vans(district, next_week, how.cache)
    campaign = replace(planned_by_now(), beyond=beyond)
    save_campaign(district, campaign, first_week, made_of)
    return campaign


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


def save_campaign(district: District, campaign: Campaign, first_week: str, made_of: str) -> Path:
    """The folder ``campaign`` with the weekends planned by now, each as a plan and all as a table.

    Parameters
    ----------
    first_week
        From which on it was asked for.
    made_of
        A digest of all that the campaign follows from.
    """
    folder = CampaignFolder.of_district(district.folder)
    index = {
        "made_of": made_of,
        "district": digest_district(district),
        "from": first_week,
        **campaign_dict(district, campaign),
    }
    results = [(planned.week, planned.result) for planned in campaign.weeks]
    words = district.office.words
    csv = build_campaign_csv(campaign, words) if campaign.weekends else b""
    table = {"campaign.csv": csv}
    write_files(folder.path, campaign_files(index, results) | table)
    return folder.path


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


def read_asked(district: District) -> tuple[str, Goal] | None:
    """First week and goal of the campaign in the folder of a district; None = there is none."""
    index = CampaignFolder.of_district(district.folder).read()
    if index is None:
        return None
    goal = dict(index["goal"])
    until = goal.pop("until")
    return index["from"], Goal(until=date.fromisoformat(until) if until else None, **goal)


def _goal_dict(goal: Goal) -> dict[str, Any]:
    return {**asdict(goal), "until": goal.until.isoformat() if goal.until else None}


def campaign_dict(district: District, campaign: Campaign) -> dict[str, Any]:
    """A campaign for JSON, without its plans."""
    last = cost_of_last_percent(district, campaign.weeks, campaign.reachable)
    return {
        "goal": _goal_dict(campaign.goal),
        "people": campaign.initial,
        "official": campaign.official,
        "reachable": campaign.reachable,
        "allowed_left": campaign.allowed_left,
        "least_weekends": campaign.least_weekends,
        "is_finished": campaign.is_finished,
        "is_complete": campaign.is_complete,
        "finish_shares": list(campaign.finish_shares),
        "official_finish_shares": list(campaign.official_finish_shares),
        "left_bands": [list(band) for band in campaign.left_bands],
        "ways": [
            {**asdict(worth), "way": worth.way.key, "cost": worth.way.cost}
            for worth in value_ways(district, campaign)
        ],
        "last_percent": asdict(last) if last else None,
        "beyond_vans": [asdict(beyond) for beyond in campaign.beyond],
        "done": done_dicts(campaign.done),
        "weeks": [_week_dict(planned) for planned in campaign.weeks],
    }


def _week_dict(planned: CampaignWeek) -> dict[str, Any]:
    return {
        "week": planned.week,
        "recorded": planned.people,
        "people_bound": planned.people_bound,
        "left": planned.left,
        "left_by_kelurahan": dict(planned.left_by_kelurahan),
        "recorded_by_kelurahan": dict(planned.recorded_by_kelurahan),
        "inflow": planned.inflow,
        "van_s": planned.van_s,
        "van_days": planned.van_days,
        "least_weekends": planned.least_weekends,
        "looks_ahead": planned.looks_ahead,
        "num_drafts": planned.num_drafts,
    }


def _fingerprint(district: District, first_week: str, goal: Goal, search: Search) -> str:
    """Other for every other campaign."""
    asked = {name: value for name, value in asdict(search).items() if name not in _UNFELT}
    told = [digest_district(district), first_week, asdict(goal), asked]
    text = json.dumps(told, default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()


_UNFELT = {"processes", "cores"}
"""What a plan does not depend on."""


def _read_done(folder: CampaignFolder, made_of: str) -> list[CampaignWeek]:
    index = folder.read()
    if index is None or index.get("made_of") != made_of:
        return []
    return [_read_week(folder, entry) for entry in index["weeks"]]


def _read_week(folder: CampaignFolder, entry: Mapping[str, Any]) -> CampaignWeek:
    names = (
        *("week", "left", "left_by_kelurahan", "recorded_by_kelurahan", "inflow"),
        *("van_s", "van_days"),
        *("least_weekends", "looks_ahead", "num_drafts"),
    )
    try:
        return CampaignWeek(
            result=folder.read_result(entry["week"]), **{name: entry[name] for name in names}
        )
    except KeyError:
        what = say("is damaged")
        raise input_error(str(folder.path), what, say("remove it, and plan anew")) from None
