"""The command that asks when everybody is recorded."""

from datetime import date
from typing import Annotated

import typer

from planner.analysis.campaign import Goal
from planner.cli.language import notify, words
from planner.cli.option_values import parse_non_negative, parse_percent, parse_week
from planner.cli.options import NUMBER, Folder, Json, add_search_options, option
from planner.cli.output import print_result, suggest
from planner.cli.progress import terminal_listener
from planner.district import District
from planner.i18n.messages import say
from planner.office.campaign import campaign_dict, plan_campaign, read_asked, save_report
from planner.office.campaign_questions import find_fewest_vans
from planner.office.coming_week import coming_week
from planner.office.district_folder import read_district
from planner.office.search import Search
from planner.render.campaign_cases import build_fewest_lines, fewest_dict
from planner.render.campaign_table import build_campaign_lines

ALL = 1.0


def _parse_until(text: str) -> date:
    """The last day of a month such as ``2027-06``, or a date."""
    try:
        if len(text) == len("2027-06"):
            year, month = map(int, text.split("-"))
            first_of_next = date(year + month // 12, month % 12 + 1, 1)
            return date.fromordinal(first_of_next.toordinal() - 1)
        return date.fromisoformat(text)
    except ValueError:
        what = say("'{text}' is not a month such as 2027-06 or a date", text=text)
        raise typer.BadParameter(what) from None


def _parse_rate(text: object) -> float:
    """People an hour, such as ``5`` or ``5/h``."""
    return parse_non_negative(str(text).removesuffix("/h"))


From = Annotated[
    str | None,
    option(
        "--from",
        say("First week (default: that of the campaign before, or of the coming weekend)."),
        say("WEEK"),
        parse_week,
    ),
]
Until = Annotated[
    date | None,
    option("--until", say("Last month, such as 2027-06, or last day."), say("MONTH"), _parse_until),
]
Target = Annotated[
    float | None,
    option(
        "--target",
        say("Percent of the people reachable by van to record (default 100)."),
        say("PERCENT"),
        parse_percent,
    ),
]
StopBelow = Annotated[
    float | None,
    option(
        "--stop-below",
        say("Stop when a weekend records fewer people in a van-hour, such as 5/h."),
        NUMBER,
        _parse_rate,
    ),
]
FewestVansOption = Annotated[
    bool, option("--fewest-vans", say("Find how few vans reach the goal by --until."))
]


@add_search_options(
    say("Time limit of each weekend in seconds (default 20)."),
    *("solver", "gap", "iterations", "seed", "cores"),
)
def campaign(
    folder: Folder,
    *,
    first_week: From = None,
    until: Until = None,
    target: Target = None,
    stop_below: StopBelow = None,
    fewest_vans: FewestVansOption = False,
    search: Search,
    as_json: Json = False,
) -> int:
    """Plan weekends in sequence: planner campaign kota-saya --from 2026-W48 --target 99.

    Says when the goal is reached and how many weekends it takes at least. Writes the plan of every
    weekend, a page for the head of office (PDF), a workbook, and a map with a slider over weekends
    into the folder campaign; stopped, it goes on from there next time. Without
    --from and a goal it goes on with the campaign before, from what tallies have told since.
    """
    district = read_district(folder)
    week, goal = read_asked(district) or (coming_week(folder, is_ahead=True), Goal())
    if (until, target, stop_below) != (None, None, None):
        goal = Goal(
            target=ALL if target is None else target, until=until, stop_below=stop_below or 0.0
        )
    if fewest_vans:
        return _tell_fewest_vans(district, first_week or week, goal, search, as_json=as_json)
    with terminal_listener() as listener:
        planned = plan_campaign(
            district, first_week or week, goal, search=search, listener=listener
        )
    print_result(
        as_json,
        lambda: campaign_dict(district, planned),
        lambda: build_campaign_lines(district, planned, words()),
    )
    if planned.weeks:
        save_report(district, planned)
        notify(say("campaign: {folder}", folder=folder / "campaign"))
        page = folder / "campaign" / "campaign.html"
        notify(say("to open in a browser: {path}", path=page))
        suggest("plan", folder, "--week", planned.weeks[0].week, "--from-campaign")
    return 0


def _tell_fewest_vans(
    district: District, week: str, goal: Goal, search: Search, *, as_json: bool
) -> int:
    """Exit code 1 where no number of vans tried is enough."""
    with terminal_listener() as listener:
        found = find_fewest_vans(district, week, goal, search=search, listener=listener)
    print_result(as_json, lambda: fewest_dict(found), lambda: build_fewest_lines(found, words()))
    return 0 if found.vans is not None else 1
