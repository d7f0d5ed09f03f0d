"""The command that asks when everybody is recorded."""

from typing import Annotated

from planner.analysis.campaign import Goal
from planner.cli.language import notify, words
from planner.cli.option_values import parse_week
from planner.cli.options import (
    Folder,
    Json,
    StopBelow,
    Target,
    Until,
    add_search_options,
    make_goal,
    option,
)
from planner.cli.output import print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.district import District
from planner.i18n.messages import say
from planner.office.campaign import plan_campaign, save_report
from planner.office.campaign_questions import find_fewest_vans
from planner.office.campaign_records import campaign_dict, read_asked
from planner.office.coming_week import coming_week
from planner.office.district_folder import read_district
from planner.office.search import DEFAULT, Search
from planner.render.campaign_cases import build_fewest_lines, fewest_dict
from planner.render.campaign_table import build_campaign_lines

KEEPING = say("stopping; press Ctrl-C again to end at once: the weekends planned by now are kept")


From = Annotated[
    str | None,
    option(
        "--from",
        say("First week (default: that of the campaign before, or of the coming weekend)."),
        say("WEEK"),
        parse_week,
    ),
]
FewestVansOption = Annotated[
    bool, option("--fewest-vans", say("Find how few vans reach the goal by --until."))
]


@add_search_options(
    say("Time limit of each weekend in seconds (default 10)."),
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
    Exit code 1: the goal is not reached.
    """
    district = read_district(folder)
    week, goal = read_asked(district) or (coming_week(folder, is_ahead=True), Goal())
    goal = make_goal(target, until, stop_below) or goal
    if fewest_vans:
        return _tell_fewest_vans(district, first_week or week, goal, search, as_json=as_json)
    week = first_week or week
    with terminal_listener(promise=KEEPING) as listener:
        planned = plan_campaign(district, week, goal, search=search, listener=listener)
        is_stopped = listener.stop()
    print_result(
        as_json,
        lambda: campaign_dict(district, planned),
        lambda: build_campaign_lines(district, planned, words()),
    )
    if is_stopped:
        notify(say("stopped; the weekends planned by now are kept, and the next command goes on"))
        suggest("campaign", folder, *_asked(week, goal, search))
    if planned.weeks:
        save_report(district, planned)
        notify(say("campaign: {folder}", folder=folder / "campaign"))
        page = folder / "campaign" / "campaign.html"
        notify(say("to open in a browser: {path}", path=page))
        if not is_stopped:
            suggest("plan", folder, "--week", planned.weeks[0].week, "--from-campaign")
    return 0 if planned.is_finished else 1


def _asked(week: str, goal: Goal, search: Search) -> list[str]:
    """The options with which the same campaign is asked for again."""
    given = {
        "--from": week,
        "--until": goal.until,
        "--target": None if goal.target == Goal().target else f"{100 * goal.target:g}",
        "--stop-below": f"{goal.stop_below:g}" if goal.stop_below else None,
        "--time-limit": search.time_limit_s,
        "--solver": None if search.solver == DEFAULT else search.solver,
        "--gap": None if search.gap is None else f"{100 * search.gap:g}",
        "--iterations": search.iterations,
        "--seed": search.seed,
        "--cores": search.cores,
    }
    return [
        word
        for name, value in given.items()
        if value is not None
        for word in (name, f"{value:g}" if isinstance(value, float) else str(value))
    ]


def _tell_fewest_vans(
    district: District, week: str, goal: Goal, search: Search, *, as_json: bool
) -> int:
    """Exit code 1 where no number of vans tried is enough."""
    with terminal_listener() as listener:
        found = find_fewest_vans(district, week, goal, search=search, listener=listener)
    print_result(as_json, lambda: fewest_dict(found), lambda: build_fewest_lines(found, words()))
    return 0 if found.vans is not None else 1
