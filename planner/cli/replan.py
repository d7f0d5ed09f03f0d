"""The command for the day itself: a van breaks down, a hall is locked, a crew is late."""

from datetime import datetime
from typing import Annotated

from planner.cli.app import add_options
from planner.cli.completion import complete_places, complete_vans
from planner.cli.language import notify, words
from planner.cli.option_values import COMING, parse_moment
from planner.cli.options import (
    PLACE,
    DraftPromises,
    DryRun,
    Folder,
    Json,
    MinGain,
    Reason,
    Told,
    Week,
    add_search_options,
    keep_told,
    option,
    texts_option,
)
from planner.cli.output import print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.i18n.messages import say
from planner.office.read_disruption import read_disruption
from planner.office.replan import ReplannedDay, format_replan, replan_day
from planner.office.save_replan import save_replan
from planner.office.search import Search
from planner.office.week_plan import read_week_plan
from planner.render.change_text import encode_changes

VAN_BACK = say("VAN[=DATE]")

NEWS = {
    "at": Annotated[
        datetime | None,
        option(
            "--at",
            say("Date and time of the disruption (default: now)."),
            "YYYY-MM-DDThh:mm",
            parse_moment,
        ),
    ],
    "without_van": texts_option(
        "--without-van",
        say("This van has broken down; it drives again on DATE."),
        VAN_BACK,
        complete_vans,
    ),
    "cannot_drive": texts_option(
        "--cannot-drive",
        say("This van finishes recording where it stands; it drives again on DATE."),
        VAN_BACK,
        complete_vans,
    ),
    "with_van": texts_option(
        "--with-van", say("This van drives again from now on."), say("VAN"), complete_vans
    ),
    "late": texts_option(
        "--late",
        say("This van is late by this number of minutes."),
        say("VAN=MINUTES"),
        complete_vans,
    ),
    "close": texts_option(
        "--close", say("This place is closed from now on."), PLACE, complete_places
    ),
    "people": texts_option(
        "--people", say("Total number of people who come to this place."), say("PLACE=NUMBER")
    ),
}
"""The option behind each parameter of `read_disruption`."""


@add_options("news", NEWS, keep_told)
@add_search_options(
    say("Time limit of the search for more people, in seconds (default 4)."), "iterations", "seed"
)
def replan(
    folder: Folder,
    *,
    week: Week = COMING,
    news: Told,
    draft: DraftPromises = False,
    min_gain: MinGain = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    search: Search,
    as_json: Json = False,
) -> None:
    """Replan the rest of a week: planner replan kota-saya --week 2026-W48 --without-van B.

    Stops that have begun stay as they are. As many published hours as possible are kept; then the
    number of people counts. Writes a new version of the plan to plans/WEEK/, a message for each
    host concerned and a map to changes/WEEK/, and changed route sheets to prints/WEEK/. Without
    news, or where nothing better is worth its changes, nothing changes.
    """
    with terminal_listener() as listener:
        before = read_week_plan(folder, week, listener=listener)
        disruption = read_disruption(before.horizon.district, **news)
        replanned = replan_day(
            before,
            disruption,
            drafts=draft,
            min_gain=min_gain,
            search=search,
            listener=listener,
        )
        saved = (
            None
            if dry_run
            else save_replan(replanned, words=words(), reason=reason, listener=listener)
        )
    print_result(as_json, lambda: _as_dict(replanned), lambda: format_replan(replanned, words()))
    if saved is None:
        return
    notify(say("plan: {folder}", folder=saved.plan))
    if saved.changes is None:
        return
    notify(say("messages and map: {folder}", folder=saved.changes))
    if saved.sheets is not None:
        notify(say("new route sheets: {path}", path=saved.sheets))
    suggest("publish", folder, "--week", week)


def _as_dict(replanned: ReplannedDay) -> dict[str, object]:
    before, after = replanned.before, replanned.after
    return {
        "promises": len(replanned.promises),
        "kept": len(replanned.kept),
        **encode_changes(before.plan, after.plan, replanned.changes, replanned.venues),
    }
