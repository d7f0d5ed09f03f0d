"""The command for roads: cut them out of a larger file, and make them ready."""

from dataclasses import asdict

from planner.cli.language import words
from planner.cli.options import CutFrom, Folder, Json
from planner.cli.output import print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.i18n.messages import Message, say, say_n
from planner.office.district_folder import read_district
from planner.office.roads import NetworkReport, cut_roads, prepare_roads

_MOST_TAGS = 10


def roads(folder: Folder, source: CutFrom = None, as_json: Json = False) -> None:
    """Prepare the road network: planner roads kota-saya --cut java-latest.osm.pbf.

    With --cut, the road file of the folder is replaced by the part of a larger extract around the
    district. Without it, the existing road file is prepared, as the first plan would do.
    """
    district = read_district(folder)
    with terminal_listener() as listener:
        if source is not None:
            district = cut_roads(district, source, listener=listener)
        report = prepare_roads(district, listener=listener)
    print_result(as_json, lambda: asdict(report), lambda: _lines(report))
    suggest("check", folder)


def _lines(report: NetworkReport) -> list[Message]:
    number = words().number
    return [
        say(
            "roads: {roads} between {junctions} junctions, {turns} forbidden turns",
            roads=number(report.roads),
            junctions=number(report.junctions),
            turns=number(report.forbidden_turns),
        ),
        *(
            say(
                "{name} vans: {km} km, {connected:.1%} of it connected",
                name=say(name),
                km=number(length_km),
                connected=report.connected[name],
            )
            for name, length_km in report.road_km.items()
        ),
        *_unread_lines(report),
    ]


def _unread_lines(report: NetworkReport) -> list[Message]:
    """Tags that are not understood, the most frequent by name."""
    tags = [f"{tag} ({count})" for tag, count in report.unread.items()]
    if not tags:
        return []
    shown, more = "; ".join(tags[:_MOST_TAGS]), len(tags) - _MOST_TAGS
    return [
        say("tags not understood, which count as not there: {tags}", tags=shown),
        *(
            [say_n("and {n} more kind of tag", "and {n} more kinds of tags", more)]
            if more > 0
            else []
        ),
    ]
