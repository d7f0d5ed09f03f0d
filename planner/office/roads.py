"""Roads of a district: cut out of a larger extract, and made ready."""

from pathlib import Path

from planner import inputs
from planner.district import District
from planner.errors import input_error
from planner.horizon import usual_speeds
from planner.i18n.messages import say, say_n
from planner.office.listener import SILENT, Listener
from planner.store.user_cache import user_cache
from planner.travel import factory
from planner.travel.clipping import clip_extract, district_bounds
from planner.travel.interface import NetworkReport

__all__ = ["NetworkReport", "cut_roads", "prepare_roads"]


def cut_roads(district: District, source: Path, *, listener: Listener = SILENT) -> District:
    """The district with the part of a larger extract around it as its road file."""
    target = district.roads or district.folder / "roads.osm.pbf"
    stage = say("cutting roads out of {name}", name=source.name)
    listener.stage(stage, 0.0)
    count = clip_extract(source, target, district_bounds(district))
    listener.stage(stage, 1.0)
    listener.notice(say_n("{file}: {n} road", "{file}: {n} roads", count, file=target))
    return inputs.read_district(district.folder)


def prepare_roads(
    district: District, *, cache: Path | None = None, listener: Listener = SILENT
) -> NetworkReport:
    """What the road file of a district holds; plans then begin without reading it again.

    Parameters
    ----------
    cache
        Folder in which prepared roads are kept; None = that of the user.

    Raises
    ------
    InputError
        Where the district has no road file, or it cannot be read.
    """
    if district.roads is None:
        raise input_error(
            str(district.folder),
            say("has no road file"),
            say("cut one out of a larger extract with --cut"),
        )
    return factory.prepare_roads(
        district.roads,
        usual_speeds(district),
        len(district.depots) + len(district.venues),
        cache=cache or user_cache(),
        on_stage=listener.stage,
    )
