"""Planning the rest of a week on the day itself, when something has gone wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.difference import StopChange, compare_stops
from planner.i18n.messages import Message, say
from planner.i18n.words import Words
from planner.office.listener import SILENT, Listener
from planner.office.plan import save_plan
from planner.office.search import Search, prepare_solver
from planner.office.session import WeekPlan
from planner.plan import Route
from planner.promise import Promise, list_promises
from planner.render.change_map import draw_changes
from planner.render.change_text import format_changes
from planner.render.route_sheets import sheet_names, typeset_changed_sheets
from planner.render.whatsapp import compose_host_messages
from planner.replan.disruption import Disruption
from planner.replan.replanning import replan
from planner.store.outputs import write_outputs
from planner.units import MINUTE_S

USUAL_S = 4.0
"""So that the answer is there in ten seconds, with reading and drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplannedDay:
    """A plan, what has happened, and the plan that takes its place.

    Attributes
    ----------
    after
        Its horizon is as things are from now on.
    promises, kept
        Published hours, and those of them that the new plan keeps.
    """

    before: WeekPlan
    after: WeekPlan
    disruption: Disruption
    promises: tuple[Promise, ...]
    kept: tuple[Promise, ...]

    @property
    def changes(self) -> Sequence[StopChange]:
        """Stops kept, moved, cancelled and new."""
        return compare_stops(self.before.plan, self.after.plan)

    @property
    def changed_routes(self) -> list[Route]:
        """Routes that crews must have on paper: changed, and with something still to come."""
        planned, moment = set(self.before.plan.routes), self.disruption
        return [
            route
            for route in self.after.plan.routes
            if route not in planned
            and any(route.date > moment.day or stop.setup_s > moment.time_s for stop in route.stops)
        ]


def replan_day(
    before: WeekPlan,
    disruption: Disruption,
    *,
    drafts: bool = False,
    search: Search | None = None,
    listener: Listener = SILENT,
) -> ReplannedDay:
    """The rest of a week planned anew: what has begun stays, published hours come first.

    Parameters
    ----------
    before
        Keeps all rules.
    drafts
        Whether hours at places not yet confirmed are promises too.

    Raises
    ------
    InputError
        Where the disruption names a van or a place that is not in the plan.
    """
    horizon, search = before.horizon, search or Search()
    unconfirmed = () if drafts else (venue.id for venue in horizon.drafts(before.plan))
    prepare_solver(search.solver, listener)
    replanned = replan(
        horizon.instance,
        before.plan,
        disruption,
        list_promises(before.plan, before.venues.keys() - set(unconfirmed)),
        **search.arguments(USUAL_S, listener, horizon.district),
    )
    return ReplannedDay(
        before=before,
        after=WeekPlan(
            horizon=replace(horizon, instance=replanned.instance),
            result=replanned.result,
            replaces_because=f"replan --at {_moment(disruption)}",
        ),
        disruption=disruption,
        promises=replanned.promises,
        kept=replanned.kept,
    )


def format_replan(replanned: ReplannedDay, words: Words) -> list[str]:
    """How many published hours are kept, and who must be informed of what, a line each."""
    before, after = replanned.before, replanned.after
    return [
        words.translate(_promises(replanned)),
        *format_changes(before.plan, after.plan, replanned.changes, before.venues, words),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReplan:
    """Where the new plan, messages and map, and sheets lie; None where no sheet has changed."""

    plan: Path
    changes: Path
    sheets: Path | None


def save_replan(
    replanned: ReplannedDay, *, reason: str = "", words: Words | None = None
) -> SavedReplan:
    """Write the new version of the plan, messages to hosts, and changed sheets.

    Parameters
    ----------
    reason
        Why, as hosts are told it.
    words
        The language of ``changes.txt``; None = that of the office, in which hosts are told.
    """
    before, after = replanned.before, replanned.after
    district, week = before.horizon.district, before.week
    changed = after.plan_folder.changed_bytes(before.horizon.instance, after.horizon.instance)
    plan = save_plan(after, changed=changed)
    notices = {
        "changes.txt": "\n".join(
            [*format_replan(replanned, words or district.office.words), ""]
        ).encode(),
        "changes.html": draw_changes(before.itinerary, after.itinerary).encode(),
        **compose_host_messages(district.office, replanned.changes, before.venues, reason),
    }
    sheets = typeset_changed_sheets(after.itinerary, replanned.changed_routes)
    # A sheet of what is not driven any more would send a crew out.
    stale = {"sheets.pdf", *sheet_names(before.itinerary)} - {*sheet_names(after.itinerary)}
    prints = write_outputs(district.folder, "prints", week, sheets, stale=stale)
    return SavedReplan(
        plan=plan,
        changes=write_outputs(district.folder, "changes", week, notices),
        sheets=prints / "sheets-changed.pdf" if sheets else None,
    )


def _promises(replanned: ReplannedDay) -> Message:
    return say(
        "published hours kept: {kept} of {promised}; this is the maximum (if direct roads are"
        " never slower than detours)",
        kept=len(replanned.kept),
        promised=len(replanned.promises),
    )


def _moment(disruption: Disruption) -> str:
    minutes = (disruption.time_s + MINUTE_S // 2) // MINUTE_S
    return f"{disruption.day}T{minutes // 60:02}:{minutes % 60:02}"
