"""The command for roads: cut them out of a larger file, and make them ready."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from planner import inputs
from planner.cli.language import notify, words
from planner.cli.options import Folder, Json
from planner.cli.progress import preparing
from planner.district import District
from planner.errors import input_error
from planner.horizon import usual_speeds
from planner.i18n.messages import say
from planner.office.session import roads_cache
from planner.travel import NetworkReport, clip_extract, district_bounds, prepare_roads

Source = Annotated[
    Path | None,
    typer.Option(
        "--cut", metavar=say("FILE"), help=say("A larger extract to cut the district out of first.")
    ),
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
    notify(say("next: {command}", command=f"planner check {folder}"))


def _cut(district: District, source: Path) -> None:
    target = district.roads or district.folder / "roads.osm.pbf"
    with preparing() as show:
        show(say("cutting roads out of {name}", name=source.name), 0.0)
        count = clip_extract(source, target, district_bounds(district))
    notify(say("{file}: {count} roads", file=target, count=count))


def _prepare(district: District) -> NetworkReport:
    if district.roads is None:
        raise input_error(
            str(district.folder),
            say("has no road file"),
            say("cut one out with --cut, from a larger extract"),
        )
    num_places = len(district.depots) + len(district.venues)
    with preparing() as show:
        return prepare_roads(
            district.roads, usual_speeds(district), num_places, cache=roads_cache(), tell=show
        )


def _lines(found: NetworkReport) -> list[str]:
    speak = words()
    number = speak.number
    roads = say(
        "roads: {roads} between {junctions} junctions, {turns} forbidden turns",
        roads=number(found.roads),
        junctions=number(found.junctions),
        turns=number(found.forbidden_turns),
    )
    by_class = (
        say(
            "{name} vans: {km} km, {connected:.1%} of it connected",
            name=name,
            km=number(length_km),
            connected=found.connected[name],
        )
        for name, length_km in found.road_km.items()
    )
    return [speak.said(line) for line in (roads, *by_class)]
