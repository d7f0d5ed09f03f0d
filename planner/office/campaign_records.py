"""A campaign as its index has it, and read again to be gone on with."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from planner.analysis.campaign import Campaign, CampaignWeek, Goal, OtherCourse
from planner.analysis.ways import cost_of_last_percent, value_ways
from planner.district import District
from planner.errors import InputError
from planner.office.kept_campaign import digest_district
from planner.office.search import Search
from planner.office.weekends_done import done_dicts
from planner.store.campaign_folder import CampaignFolder


def read_asked(district: District) -> tuple[str, Goal] | None:
    """First week and goal of the campaign in the folder of a district; None = there is none."""
    index = CampaignFolder.of_district(district.folder).read()
    if index is None:
        return None
    goal = dict(index["goal"])
    until = goal.pop("until")
    return index["from"], Goal(until=date.fromisoformat(until) if until else None, **goal)


def goal_dict(goal: Goal) -> dict[str, Any]:
    """A goal for JSON."""
    return {**asdict(goal), "until": goal.until.isoformat() if goal.until else None}


def campaign_dict(district: District, campaign: Campaign) -> dict[str, Any]:
    """A campaign for JSON, without its plans."""
    last = cost_of_last_percent(district, campaign.weeks, campaign.reachable)
    return {
        "goal": goal_dict(campaign.goal),
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
        "other": asdict(campaign.other) if campaign.other else None,
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


def fingerprint(district: District, first_week: str, goal: Goal, search: Search) -> str:
    """Other for every other campaign: a digest of all that it follows from."""
    asked = {name: value for name, value in asdict(search).items() if name not in _UNFELT}
    told = [digest_district(district), first_week, asdict(goal), asked]
    text = json.dumps(told, default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()


_UNFELT = {"processes", "cores"}
"""What a plan does not depend on."""


def read_planned(folder: CampaignFolder, made_of: str) -> list[CampaignWeek]:
    """Weekends of the same campaign planned before, up to the first of which the plan is lost."""
    index = folder.read()
    weeks: list[CampaignWeek] = []
    if index is None or index.get("made_of") != made_of:
        return weeks
    try:
        for entry in index["weeks"]:
            weeks.append(_read_week(folder, entry))
    except (InputError, KeyError):
        pass  # Whoever was killed while it was written goes on from those before.
    return weeks


def read_other(folder: CampaignFolder) -> OtherCourse | None:
    """The way that was not taken, where both were planned to their end."""
    other = (folder.read() or {}).get("other")
    return OtherCourse(**other | {"recorded": tuple(other["recorded"])}) if other else None


def _read_week(folder: CampaignFolder, entry: Mapping[str, Any]) -> CampaignWeek:
    """A weekend.

    Raises
    ------
    InputError, KeyError
        Where its plan or its entry is not whole.
    """
    names = (
        *("week", "left", "left_by_kelurahan", "recorded_by_kelurahan", "inflow"),
        *("van_s", "van_days"),
        *("least_weekends", "looks_ahead", "num_drafts"),
    )
    return CampaignWeek(
        result=folder.read_result(entry["week"], entry["digest"]),
        **{name: entry[name] for name in names},
    )
