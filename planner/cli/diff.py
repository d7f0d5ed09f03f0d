"""The command that says what changed between two plans."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from planner import formats, inputs
from planner.analysis.itinerary import Itinerary
from planner.cli.language import notify, words
from planner.cli.options import Json
from planner.difference import compare_stops
from planner.district import District
from planner.errors import input_error
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say
from planner.office.session import horizon_with_changes
from planner.plan import Plan
from planner.render.change_map import draw_changes
from planner.render.changes import encode_changes, format_changes
from planner.store.atomic import write_files

PlanPath = Annotated[
    Path,
    typer.Argument(
        metavar=say("PLAN"), help=say("A plan.json, or a folder plans/WEEK."), show_default=False
    ),
]


def diff(
    before: PlanPath,
    after: PlanPath,
    map_: Annotated[
        Path | None,
        typer.Option(
            "--map", metavar=say("FILE"), help=say("Draw both on a map, as an HTML file.")
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what changed: planner diff kota/plans/2026-W48/plan-1.json kota/plans/2026-W48.

    Kept, moved, cancelled and new stops, and who must be told. Plans of two weeks are compared
    weekday by weekday.
    """
    old, new = _Side.of(before), _Side.of(after)
    district = new.district()
    venues = {venue.id: venue for venue in (district.venues if district else ())}
    found = compare_stops(old.plan, new.plan)
    if as_json:
        told = encode_changes(old.plan, new.plan, found, venues)
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(format_changes(old.plan, new.plan, found, venues, words())))
    if map_ is not None:
        page = draw_changes(old.itinerary(), new.itinerary())
        write_files(map_.parent, {map_.name: page.encode()})
        notify(say("map, to open in a browser: {path}", path=map_))


@dataclass(frozen=True)
class _Side:
    """One of the plans compared, and the folder ``plans/WEEK`` it lies in, if it does."""

    path: Path
    plan: Plan

    @classmethod
    def of(cls, path: Path) -> "_Side":
        file = path / "plan.json" if path.is_dir() else path
        return cls(path=file.resolve(), plan=formats.read_result(file)[0].plan)

    @property
    def folder(self) -> Path | None:
        """The district folder."""
        folder = self.path.parent.parent.parent
        known = self.path.parent.parent.name == "plans" and (folder / SETTINGS).exists()
        return folder if known else None

    def district(self) -> District | None:
        return None if self.folder is None else inputs.read_district(self.folder)

    def itinerary(self) -> Itinerary:
        district = self.district()
        if district is None:
            raise input_error(
                str(self.path),
                say("lies in no district folder, so nobody knows where its places are"),
                say("use a plan in plans/WEEK of a district folder, or leave --map out"),
            )
        return Itinerary(horizon_with_changes(district, self.path.parent), self.plan)
