"""The command for roads: cut them out of a larger file, and make them ready."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from planner import inputs
from planner.cli.options import Folder, Json
from planner.cli.watching import preparing
from planner.cli.week import roads_cache
from planner.district import District
from planner.errors import input_error
from planner.travel import Survey, cut, prepare, surroundings

Source = Annotated[
    Path | None, typer.Option("--cut", help="A larger extract to cut the district out of first.")
]


def roads(folder: Folder, source: Source = None, as_json: Json = False) -> None:
    """Make roads ready: planner roads kota-saya --cut java-latest.osm.pbf.

    With --cut, the folder's road file is replaced by the part of the larger extract around the
    district. Without it, the road file that is there is prepared, as the first plan would.
    """
    if source is not None:
        _cut(inputs.read_district(folder), source)
    found = _prepare(inputs.read_district(folder))
    typer.echo(json.dumps(asdict(found), indent=1) if as_json else "\n".join(_lines(found)))
    typer.echo(f"next: planner check {folder}", err=True)


def _cut(district: District, source: Path) -> None:
    target = district.roads or district.folder / "roads.osm.pbf"
    count = cut(source, target, surroundings(district))
    typer.echo(f"{target}: {count} roads", err=True)


def _prepare(district: District) -> Survey:
    if district.roads is None:
        raise input_error(
            str(district.folder),
            "has no road file",
            "cut one out with --cut, from a larger extract",
        )
    num_places = len(district.bases) + len(district.venues)
    with preparing() as tell:
        return prepare(district.roads, district.speeds, num_places, cache=roads_cache(), tell=tell)


def _lines(found: Survey) -> list[str]:
    return [
        f"roads: {found.roads} between {found.junctions} junctions,"
        f" {found.forbidden_turns} forbidden turns",
        *(
            f"{name} vans: {length_km:,.0f} km, {found.connected[name]:.1%} of it connected"
            for name, length_km in found.road_km.items()
        ),
    ]
