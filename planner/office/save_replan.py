"""What a plan made on the day itself is written as: the version, messages, changed sheets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planner.analysis.itinerary import Itinerary
from planner.formats import StoppedVanRow
from planner.i18n.words import Words
from planner.office.listener import SILENT, Listener
from planner.office.plan import save_plan
from planner.office.replan import ReplannedDay, format_replan
from planner.office.strike import strike_unkeepable
from planner.office.week_plan import WeekPlan
from planner.render.change_map import draw_changes
from planner.render.crew_messages import CrewNews, compose_crew_messages
from planner.render.plan_map import draw_map
from planner.render.route_sheets import sheet_names, typeset_changed_sheets
from planner.render.whatsapp import compose_host_messages
from planner.store.version import Version
from planner.store.week_writer import write_week


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReplan:
    """Where plan, messages and map, and sheets lie; None where this change has none."""

    plan: Path
    changes: Path | None = None
    sheets: Path | None = None


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
    if not replanned.is_new:
        return SavedReplan(plan=before.plan_folder.path)
    district, week = before.horizon.district, before.week
    notices = {
        "changes.txt": "\n".join(
            [*format_replan(replanned, words or district.office.words), ""]
        ).encode(),
        "changes.html": draw_changes(_drawable(before).itinerary, after.itinerary).encode(),
        **compose_host_messages(after.itinerary, replanned.changes, replanned.venues, reason),
        **compose_crew_messages(_crew_news(replanned, reason)),
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
            papers=(
                {"changes": notices}
                | ({"prints": sheets} if sheets else {})
                | ({"maps": _new_map(replanned)} if _has_map(before) else {})
            ),
            listener=listener,
        )
    return SavedReplan(
        plan=after.plan_folder.path,
        changes=district.folder / "changes" / week,
        sheets=district.folder / "prints" / week / "sheets-changed.pdf" if new_sheets else None,
    )


def _numbered(replanned: ReplannedDay) -> Itinerary:
    """The new plan with the number that its version has, or gets where nothing comes between."""
    before, itinerary = replanned.before.source, replanned.after.itinerary
    if replanned.is_saved or before is None:
        return itinerary
    return replace(itinerary, version=before.number + 1)


def _has_map(plan: WeekPlan) -> bool:
    return plan.source is not None and "maps" in plan.source.papers


def _new_map(replanned: ReplannedDay) -> dict[str, bytes]:
    return {"map.html": draw_map(_numbered(replanned)).encode()}


def _crew_news(replanned: ReplannedDay, reason: str) -> CrewNews:
    disruption = replanned.disruption
    return CrewNews(
        before=replanned.before.plan,
        after=_numbered(replanned),
        venues=replanned.venues,
        day=disruption.day,
        time_s=disruption.time_s,
        stopped={
            (van_id, day): disruption.may_record(van_id) and day == disruption.day
            for van_id in {*disruption.immobile, *disruption.without}
            for day in replanned.before.horizon.instance.dates
            if disruption.is_broken_down(van_id, day)
        },
        reason=reason,
    )


def _changed_bytes(replanned: ReplannedDay) -> bytes:
    before, after = replanned.before, replanned.after
    instances = before.horizon.instance, after.horizon.instance
    # A new plan follows from the tables: there is no such file.
    source = before.source or Version(path=before.plan_folder.versions_path)
    stopped = [*_stopped_vans(source, replanned)]
    return source.changed_bytes(*instances, stopped, after.diversions)


def _stopped_vans(source: Version, replanned: ReplannedDay) -> Iterator[StoppedVanRow]:
    """Vans that do not drive any more, by what was said before and now."""
    disruption, instance = replanned.disruption, replanned.before.horizon.instance
    said = {row.van: row for row in source.stopped_vans()}
    for van_id, back in sorted({**disruption.immobile, **disruption.without}.items()):
        van = instance.van(van_id)
        shifts = {day: hours for day, hours in van.shifts.items() if day >= disruption.day}
        yield StoppedVanRow(
            van=van_id,
            records=disruption.may_record(van_id),
            since=disruption.day,
            since_s=disruption.time_s,
            back=back,
            shifts=said[van_id].shifts if van_id in said else shifts,
        )
    news = {*disruption.immobile, *disruption.without, *disruption.back}
    yield from (row for van_id, row in said.items() if van_id not in news)


def _drawable(before: WeekPlan) -> WeekPlan:
    """The plan without places that are no sites any more."""
    plan = strike_unkeepable(before.horizon, before.plan, SILENT.notice)
    return replace(before, result=replace(before.result, plan=plan))


def _sheets_still_valid(replanned: ReplannedDay) -> dict[str, bytes]:
    """Sheets printed before; one of what is not driven any more would send a crew out."""
    before, after = replanned.before, replanned.after
    current = before.plan_folder.current
    printed = current.read_papers("prints") if current else {}
    driven = sheet_names(after.itinerary)
    return {name: content for name, content in printed.items() if name in driven}
