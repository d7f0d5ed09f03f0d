"""When everybody is recorded, and what it takes: weekends in sequence."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner.analysis.campaign import Campaign, CampaignWeek, Goal
from planner.backlog import estimate_inflow
from planner.campaign.plan_campaign import Campaigner, CampaignSearch
from planner.district import District
from planner.errors import input_error
from planner.i18n.messages import say, say_n
from planner.office.kept_campaign import digest_district
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.render.campaign_table import build_campaign_csv
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
    listener: Listener = SILENT,
) -> Campaign:
    """Weekends in sequence until the goal is reached; each is kept as soon as it is planned.

    Weekends that were planned before with the same tables, settings and goal stay, and those after
    them follow.

    Raises
    ------
    InputError
        Where the week is none.
    """
    search = search or Search()
    prepare_solver(search.solver, listener)
    arguments = search.arguments(WEEKEND_S, listener, district)
    how = CampaignSearch(
        arguments=arguments,
        looks_ahead=district.campaign.look_ahead,
        repeat_turnout=district.campaign.repeat_turnout,
        inflow=estimate_inflow(district),
        cache=cache or user_cache(),
    )
    folder = CampaignFolder.of_district(district.folder)
    made_of = _fingerprint(district, first_week, goal, search)
    done = _read_done(folder, made_of)
    if done:
        listener.notice(
            say_n("{n} weekend was planned before", "{n} weekends were planned before", len(done))
        )
    campaigner = Campaigner(district, first_week, goal, how, done)
    for planned in campaigner.weeks():
        listener.notice(
            say(
                "{week}: {people} recorded, {left} left",
                week=planned.week,
                people=planned.people,
                left=planned.left,
            )
        )
        save_campaign(district, campaigner.campaign, made_of)
    return campaigner.campaign


def save_campaign(district: District, campaign: Campaign, made_of: str) -> Path:
    """The folder ``campaign`` with the weekends planned by now, each as a plan and all as a table.

    Parameters
    ----------
    made_of
        A digest of all that the campaign follows from.
    """
    folder = CampaignFolder.of_district(district.folder)
    index = {
        "made_of": made_of,
        "district": digest_district(district),
        **campaign_dict(campaign),
    }
    results = [(planned.week, planned.result) for planned in campaign.weeks]
    table = {"campaign.csv": build_campaign_csv(campaign, district.office.words)}
    write_files(folder.path, campaign_files(index, results) | table)
    return folder.path


def campaign_dict(campaign: Campaign) -> dict[str, Any]:
    """A campaign for JSON, without its plans."""
    return {
        "people": campaign.initial,
        "official": campaign.official,
        "reachable": campaign.reachable,
        "allowed_left": campaign.allowed_left,
        "least_weekends": campaign.least_weekends,
        "is_finished": campaign.is_finished,
        "is_complete": campaign.is_complete,
        "finish_shares": list(campaign.finish_shares),
        "left_bands": [list(band) for band in campaign.left_bands],
        "weeks": [_week_dict(planned) for planned in campaign.weeks],
    }


def _week_dict(planned: CampaignWeek) -> dict[str, Any]:
    return {
        "week": planned.week,
        "recorded": planned.people,
        "people_bound": planned.people_bound,
        "left": planned.left,
        "left_by_kelurahan": dict(planned.left_by_kelurahan),
        "inflow": planned.inflow,
        "van_s": planned.van_s,
        "van_days": planned.van_days,
        "least_weekends": planned.least_weekends,
        "looks_ahead": planned.looks_ahead,
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
        *("week", "left", "left_by_kelurahan", "inflow", "van_s", "van_days"),
        *("least_weekends", "looks_ahead"),
    )
    try:
        return CampaignWeek(
            result=folder.read_result(entry["week"]), **{name: entry[name] for name in names}
        )
    except KeyError:
        what = say("is damaged")
        raise input_error(str(folder.path), what, say("remove it, and plan anew")) from None
