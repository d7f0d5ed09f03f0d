"""The command that decides where each van stands."""

from planner.cli.language import notify, words
from planner.cli.option_values import COMING
from planner.cli.options import (
    AssumePermission,
    DiscardChanges,
    Folder,
    FromCampaign,
    Json,
    Keep,
    KeepMode,
    Restore,
    Week,
    add_search_options,
)
from planner.cli.output import print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.errors import input_error
from planner.i18n.messages import say
from planner.office.district_folder import read_district
from planner.office.plan import plan_week, read_plan_file, save_plan
from planner.office.search import ROUTES, Search
from planner.office.versions import restore_version
from planner.office.week_plan import read_week_plan
from planner.render.summary_text import build_summary_lines


@add_search_options(
    say("Time limit in seconds (default: from planner.toml)."),
    *("solver", "gap", "iterations", "seed", "cores"),
)
def plan(
    folder: Folder,
    *,
    week: Week = COMING,
    search: Search,
    keep: Keep = None,
    keep_mode: KeepMode = ROUTES,
    from_campaign: FromCampaign = False,
    assume_permission: AssumePermission = False,
    discard_changes: DiscardChanges = False,
    restore: Restore = None,
    as_json: Json = False,
) -> None:
    """Plan where vans stand in a week: planner plan kota-saya --week 2026-W48 --time-limit 30.

    Writes a new version of the plan, shown in plans/WEEK/ of the folder. Versions before it are
    kept; if planning fails, the one in force stays. --restore goes back to one of them.
    """
    sources = {"--restore": restore is not None, "--from-campaign": from_campaign, "--keep": keep}
    given = [name for name, value in sources.items() if value]
    if len(given) > 1:
        what = say("cannot be combined with {option}", option=given[1])
        raise input_error(given[0], what, say("use one of them"))
    district = read_district(folder)
    with terminal_listener() as listener:
        if restore is not None:
            path = restore_version(district, week, restore, listener=listener)
            week_plan = read_week_plan(folder, week, listener=listener)
        else:
            week_plan = plan_week(
                district,
                week,
                search=search,
                keep=read_plan_file(keep),
                keep_mode=keep_mode,
                from_campaign=from_campaign,
                assume_permission=assume_permission,
                discard_changes=discard_changes,
                listener=listener,
            )
            path = save_plan(week_plan, listener=listener)
    figures = week_plan.summary
    print_result(as_json, figures.as_dict, lambda: build_summary_lines(figures, words()))
    notify(say("plan: {folder}", folder=path))
    suggest("map", folder, "--week", week)
