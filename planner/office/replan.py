"""Planning the rest of a week on the day itself, when something has gone wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.analysis.itinerary import Itinerary
from planner.difference import StopChange, compare_stops
from planner.i18n.messages import Message, say
from planner.i18n.words import Words
from planner.office.listener import SILENT, Listener
from planner.office.plan import save_plan
from planner.office.search import Search, prepare_solver
from planner.office.session import WeekPlan, read_version
from planner.plan import Route
from planner.promise import Promise, is_kept, list_promises
from planner.render.change_map import draw_changes
from planner.render.change_text import format_changes
from planner.render.route_sheets import sheet_names, typeset_changed_sheets
from planner.render.whatsapp import compose_host_messages
from planner.replan.disruption import Disruption
from planner.replan.replanning import replan
from planner.store.version import Version
from planner.store.week_writer import write_week
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
    is_saved
        Whether the same command has written the new plan already.
    """

    before: WeekPlan
    after: WeekPlan
    disruption: Disruption
    promises: tuple[Promise, ...]
    kept: tuple[Promise, ...]
    is_saved: bool = False

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
    because = _command(disruption, search, drafts=drafts)
    if repeated := _repeated(before, disruption, because, drafts=drafts, listener=listener):
        return repeated
    prepare_solver(search.solver, listener)
    replanned = replan(
        horizon.instance,
        before.plan,
        disruption,
        _list_promises(before, drafts=drafts),
        **search.arguments(USUAL_S, listener, horizon.district),
    )
    return ReplannedDay(
        before=before,
        after=WeekPlan(
            horizon=replace(horizon, instance=replanned.instance),
            result=replanned.result,
            because=because,
            planned_on=before.planned_on,
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
    replanned: ReplannedDay,
    *,
    reason: str = "",
    words: Words | None = None,
    listener: Listener = SILENT,
) -> SavedReplan:
    """Write the new version of the plan with messages to hosts and changed sheets.

    Parameters
    ----------
    reason
        Why, as hosts are told it.
    words
        The language of ``changes.txt``; None = that of the office, in which hosts are told.

    Raises
    ------
    InputError
        Where another version has come between.
    """
    before, after = replanned.before, replanned.after
    district, week = before.horizon.district, before.week
    notices = {
        "changes.txt": "\n".join(
            [*format_replan(replanned, words or district.office.words), ""]
        ).encode(),
        "changes.html": draw_changes(before.itinerary, after.itinerary).encode(),
        **compose_host_messages(after.itinerary, replanned.changes, before.venues, reason),
    }
    new_sheets = typeset_changed_sheets(_numbered(replanned), replanned.changed_routes)
    if replanned.is_saved:
        with write_week(district, week, after.because, listener.notice) as writer:
            writer.add_papers(after.plan, {"changes": notices})
    else:
        sheets = _sheets_still_valid(replanned) | new_sheets
        save_plan(
            after,
            changed=_changed_bytes(replanned),
            instead_of=before,
            papers={"changes": notices} | ({"prints": sheets} if sheets else {}),
            listener=listener,
        )
    return SavedReplan(
        plan=after.plan_folder.path,
        changes=district.folder / "changes" / week,
        sheets=district.folder / "prints" / week / "sheets-changed.pdf" if new_sheets else None,
    )


def _repeated(
    plan: WeekPlan, disruption: Disruption, because: str, *, drafts: bool, listener: Listener
) -> ReplannedDay | None:
    """What the same command did before, where the plan is what it made; else None."""
    if plan.because != because or plan.source is None:
        return None
    number = plan.source.history.planned_on
    versions = {version.number: version for version in plan.plan_folder.versions}
    if number not in versions:
        return None
    listener.notice(
        say(
            "version {number} was written by the same command; it stays as it is",
            number=plan.source.number,
        )
    )
    before = read_version(plan.horizon.district, plan.week, versions[number])
    promises = _list_promises(before, drafts=drafts)
    return ReplannedDay(
        before=before,
        after=plan,
        disruption=disruption,
        promises=promises,
        kept=tuple(promise for promise in promises if is_kept(plan.plan, promise)),
        is_saved=True,
    )


def _list_promises(plan: WeekPlan, *, drafts: bool) -> tuple[Promise, ...]:
    """Published hours of a plan; those at places not yet confirmed are only where asked for."""
    unconfirmed = () if drafts else (venue.id for venue in plan.horizon.drafts(plan.plan))
    return list_promises(plan.plan, plan.venues.keys() - set(unconfirmed))


def _numbered(replanned: ReplannedDay) -> Itinerary:
    """The new plan with the number that its version has, or gets where nothing comes between."""
    before, itinerary = replanned.before.source, replanned.after.itinerary
    if replanned.is_saved or before is None:
        return itinerary
    return replace(itinerary, version=before.number + 1)


def _changed_bytes(replanned: ReplannedDay) -> bytes:
    before, after = replanned.before, replanned.after
    instances = before.horizon.instance, after.horizon.instance
    # A new plan follows from the tables: there is no such file.
    source = before.source or Version(path=before.plan_folder.versions_path)
    return source.changed_bytes(*instances)


def _sheets_still_valid(replanned: ReplannedDay) -> dict[str, bytes]:
    """Sheets printed before; one of what is not driven any more would send a crew out."""
    before, after = replanned.before, replanned.after
    current = before.plan_folder.current
    printed = current.read_papers("prints") if current else {}
    driven = sheet_names(after.itinerary)
    return {name: content for name, content in printed.items() if name in driven}


def _promises(replanned: ReplannedDay) -> Message:
    return say(
        "published hours kept: {kept} of {promised}; this is the maximum (if direct roads are"
        " never slower than detours)",
        kept=len(replanned.kept),
        promised=len(replanned.promises),
    )


def _command(disruption: Disruption, search: Search, *, drafts: bool) -> str:
    """The command that was given, as the history of versions names it."""
    minutes = (disruption.time_s + MINUTE_S // 2) // MINUTE_S
    options = [
        f"--at {disruption.day}T{minutes // 60:02}:{minutes % 60:02}",
        *(
            f"--without-van {van}" + (f"={back}" if back else "")
            for van, back in sorted(disruption.without.items())
        ),
        *(
            f"--late {van}={late_s // MINUTE_S}"
            for van, late_s in sorted(disruption.late_s.items())
        ),
        *(f"--close {place}" for place in sorted(disruption.closed)),
        *(f"--people {place}={people}" for place, people in sorted(disruption.people.items())),
        *(("--draft",) if drafts else ()),
        *(
            f"--{name.removesuffix('_s').replace('_', '-')} {value}"
            for name in ("time_limit_s", "iterations", "seed")
            if (value := getattr(search, name)) is not None
        ),
    ]
    return " ".join(["replan", *options])
