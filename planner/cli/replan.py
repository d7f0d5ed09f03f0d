"""The command for the day itself: a van breaks down, a hall is locked, a crew is late."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner import formats
from planner.analysis.itinerary import Itinerary
from planner.cli.disruption import Close, Late, People, WithoutVan, read_disruption
from planner.cli.language import notify, shell_command, translate, words
from planner.cli.options import Folder, Iterations, Json, OptionalSeed, Week
from planner.cli.progress import interruptible, limits, prepare, progress
from planner.cli.usage import parse_non_negative
from planner.difference import StopChange, compare_stops
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.office.session import now_at, plan_folder, read_valid_plan
from planner.plan import Plan, Result, Route
from planner.render.change_map import draw_changes
from planner.render.change_notices import compose_host_messages
from planner.render.changes import encode_changes, format_changes
from planner.render.sheets import sheet_names, typeset_changed_sheets
from planner.replan import Disruption, ReplanResult
from planner.replan import replan as plan_rest
from planner.solvers import DEFAULT
from planner.store.atomic import write_files
from planner.store.plan_folder import CHANGED, next_version, plan_files

TIME_S = 4.0
"""So that the answer is there in ten seconds, with reading and drawing."""


def _moment(text: str) -> datetime:
    """A date with a time of day, such as ``2026-11-28T10:15`` or ``2026-11-28 10.15``."""
    try:
        clock = text.replace(" ", "T").replace(".", ":")
        return datetime.strptime(clock, "%Y-%m-%dT%H:%M").astimezone()
    except ValueError:
        what = say("'{text}' is no moment such as 2026-11-28T10:15", text=text)
        raise typer.BadParameter(translate(what)) from None


At = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        parser=_moment,
        metavar="YYYY-MM-DDThh:mm",
        help=say("The moment from which on things change; else now."),
    ),
]
Draft = Annotated[
    bool, typer.Option("--draft", help=say("Hours at places not yet confirmed are promises too."))
]
Reason = Annotated[
    str, typer.Option("--reason", metavar=say("TEXT"), help=say("Why, as hosts are told it."))
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        parser=parse_non_negative,
        metavar=say("SECONDS"),
        help=say("Look for more people for so many seconds; else 4."),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=say("Say what would change, write nothing."))
]


def replan(
    folder: Folder,
    week: Week,
    at: At = None,
    without_van: WithoutVan = None,
    late: Late = None,
    close: Close = None,
    people: People = None,
    draft: Draft = False,
    reason: Reason = "",
    dry_run: DryRun = False,
    time_limit: TimeLimit = None,
    iterations: Iterations = None,
    seed: OptionalSeed = None,
    as_json: Json = False,
) -> None:
    """Plan the rest of a weekend: planner replan kota-saya --week 2026-W48 --without-van B.

    What has begun stays. Published hours are kept first, as many as can be; then people count.
    Writes a new version of the plan to plans/WEEK/, a message for each host concerned and a map to
    changes/WEEK/, and the sheets that have changed to prints/WEEK/.
    """
    horizon, result = read_valid_plan(folder, week)
    district = horizon.district
    disruption = read_disruption(
        district, at or now_at(district.office), without_van, late, close, people
    )
    confirmed = {venue.id for venue in horizon.venues} - {
        venue.id for venue in horizon.drafts(result.plan)
    }
    prepare(DEFAULT)
    with interruptible() as stop, progress() as show:
        found = plan_rest(
            horizon.instance,
            result.plan,
            disruption,
            published={venue.id for venue in horizon.venues} if draft else confirmed,
            seed=district.seed if seed is None else seed,
            limits=limits(time_limit, None, iterations, TIME_S),
            stop=stop,
            tell=show,
        )
    turn = _Turn(
        horizon=horizon,
        before=result,
        disruption=disruption,
        found=found,
        changes=compare_stops(result.plan, found.result.plan),
    )
    if as_json:
        typer.echo(json.dumps(turn.as_dict(), indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(turn.lines()))
    if not dry_run:
        _write(folder, turn, reason)


@dataclass(frozen=True, kw_only=True)
class _Turn:
    """A plan, what has happened, and the plan that takes its place."""

    horizon: Horizon
    before: Result
    disruption: Disruption
    found: ReplanResult
    changes: Sequence[StopChange]

    @property
    def after(self) -> Horizon:
        """The weekend as it is from now on."""
        return replace(self.horizon, instance=self.found.instance)

    @property
    def plan(self) -> Plan:
        return self.found.result.plan

    def lines(self) -> list[str]:
        venues = {venue.id: venue for venue in self.horizon.venues}
        return [
            translate(
                say(
                    "published hours kept: {kept} of {promised}; no plan keeps more, unless a"
                    " detour is quicker than the direct road",
                    kept=len(self.found.kept),
                    promised=len(self.found.promises),
                )
            ),
            *format_changes(self.before.plan, self.plan, self.changes, venues, words()),
        ]

    def as_dict(self) -> dict[str, object]:
        venues = {venue.id: venue for venue in self.horizon.venues}
        told_changes = encode_changes(self.before.plan, self.plan, self.changes, venues)
        return {
            "promises": len(self.found.promises),
            "kept": len(self.found.kept),
            **told_changes,
        }

    def changed_routes(self) -> list[Route]:
        """Routes that crews must have on paper: changed, and with something still to come."""
        planned = set(self.before.plan.routes)
        return [
            route
            for route in self.plan.routes
            if route not in planned
            and any(
                route.date > self.disruption.day or stop.setup_s > self.disruption.time_s
                for stop in route.stops
            )
        ]


def _write(folder: Path, turn: _Turn, reason: str) -> None:
    week = turn.horizon.week
    path = plan_folder(folder, week)
    moment = f"{turn.disruption.day}T{words().clock(turn.disruption.time_s).replace('.', ':')}"
    old, earlier = next_version(path, f"replan --at {moment}")
    changed = formats.changed_bytes(turn.horizon.instance, turn.after.instance, path / CHANGED)
    files = plan_files(turn.after, turn.found.result, earlier)
    write_files(path, {**files, **old, CHANGED: changed})
    notify(say("plan: {folder}", folder=path))
    venues = {venue.id: venue for venue in turn.horizon.venues}
    before = Itinerary(turn.horizon, turn.before.plan)
    after = Itinerary(turn.after, turn.plan)
    messages = compose_host_messages(turn.horizon.district.office, turn.changes, venues, reason)
    told_to = folder / "changes" / week
    write_files(
        told_to,
        {
            "changes.txt": "\n".join([*turn.lines(), ""]).encode(),
            "changes.html": draw_changes(before, after).encode(),
            **messages,
        },
    )
    _forget(told_to, "message-*.txt", messages)
    notify(say("messages and map: {folder}", folder=told_to))
    sheets = typeset_changed_sheets(after, turn.changed_routes())
    prints = folder / "prints" / week
    if sheets:
        write_files(prints, sheets)
        notify(say("sheets to hand out: {path}", path=prints / "sheets-changed.pdf"))
    for name in {"sheets.pdf", *sheet_names(before)} - {*sheet_names(after)}:
        # A sheet of what is not driven any more would send a crew out.
        (prints / name).unlink(missing_ok=True)
    notify(
        say("next: {command}", command=shell_command("planner", "publish", folder, "--week", week))
    )


def _forget(folder: Path, pattern: str, files: dict[str, bytes]) -> None:
    """Take away what an earlier run left."""
    for old in folder.glob(pattern):
        if old.name not in files:
            old.unlink()
