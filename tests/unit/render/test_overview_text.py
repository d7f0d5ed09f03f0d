"""What ``planner check`` says of drives and of vans that are kept away."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.analysis.overview import Overview
from planner.horizon import Horizon, LeftOut, LeftOutReason
from planner.i18n.words import Words
from planner.model import Instance
from planner.render.overview_text import format_overview
from planner.travel.interface import Unreached, UnreachedCause
from tests.builders.horizons import horizon


def seen(found: Horizon, **changes: Any) -> Overview:
    """The overview of a weekend whose travel is changed."""
    return Overview(replace(found, travel=replace(found.travel, **changes)))  # type: ignore[type-var]


def told(found: Overview) -> str:
    """All its lines in English."""
    return "\n".join(format_overview(found, Words(language="en")))


def in_minutes(instance: Instance, minutes: int) -> dict[str, Any]:
    """All drives as long as their 5 km take in so many minutes."""
    return {"drive_s": (instance.drive_s > 0).astype(np.int32) * minutes * 60}


@pytest.mark.parametrize(
    ("minutes", "kmh", "usual"), [(10, 30, True), (9, 33, False), (30, 10, True), (31, 10, False)]
)
def test_check_says_how_drives_are_beside_those_of_cities(
    minutes: int, kmh: int, usual: bool
) -> None:
    """5 km in 10 to 30 minutes are usual; over 2.5 km in a straight line."""
    found = horizon()
    far = [replace(place, lat=i * 0.0225) for i, place in enumerate(found.travel.places)]
    overview = seen(found, places=far[:2], **_of_two(in_minutes(found.instance, minutes)))
    assert f"drives: typically {kmh} km/h, 2.00 times the straight line (in cities" in told(
        overview
    )
    assert ("drives are unusual" in told(overview)) is not usual
    assert overview.needs_a_look is not usual


def _of_two(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "drive_s": changes["drive_s"][:2, :2],
        "drive_m": np.array([[0, 5000], [5000, 0]], dtype=np.int32),
    }


def test_places_too_near_to_tell_say_nothing_of_drives() -> None:
    """All at one spot."""
    found = horizon()
    spots = [replace(place, lat=0, lon=0) for place in found.travel.places]
    near = seen(found, places=spots)
    assert near.drives is None
    assert "drives" not in told(near)


def test_check_names_the_vans_that_do_not_get_to_a_site() -> None:
    """Behind a gate for large vans, while small ones are served."""
    found = horizon()
    site, venue = found.instance.sites[0], found.venues[0]
    reason = Unreached(cause=UnreachedCause.GATED, distance_m=212.4)
    kept = seen(found, unreached={site.place: {"large": reason}})
    assert "not reachable by every van:" in told(kept)
    line = f"{venue.name} ({venue.id}), vans of class 'large': behind a gate (212 m)"
    assert kept.kept_away == ((venue, "large", reason),)
    assert line in told(kept)
    assert "mobil kelas 'besar': di balik portal (212 m)" in "\n".join(
        format_overview(kept, Words(language="id"))
    )
    assert "not reachable by every van" not in told(Overview(found))


def test_a_road_file_of_a_part_is_told_in_one_sentence() -> None:
    """The point has roads; the office and the only row of rt lie farther south than the file."""
    found = horizon()
    given = found.district
    south = [replace(home, lat=-8.5) for home in given.neighbourhoods]
    venues = [*given.venues[:-1], replace(given.venues[-1], lat=-8.5)]
    lost = LeftOut(venue=venues[-1], reason=LeftOutReason.NO_ROAD, detail="too far", remedy="move")
    changed = replace(
        found,
        district=replace(given, neighbourhoods=tuple(south), venues=tuple(venues)),
        left_out=(lost,),
    )
    overview = Overview(changed)
    text = told(overview)
    assert (
        f"covers only a part of the district: 1 of {len(venues)} places and {len(south)} of"
        f" {len(south)} RT rows lie where it has no roads, among them most of"
        f" {given.kelurahan_name(given.neighbourhoods[0].code)}; cut it anew"
    ) in text
    assert "too far" not in text
    assert overview.needs_a_look


def test_a_single_place_far_from_roads_is_named_with_what_to_do() -> None:
    """The road file is not to blame."""
    found = horizon()
    lost = LeftOut(
        venue=found.district.venues[0],
        reason=LeftOutReason.NO_ROAD,
        detail="behind a gate",
        remedy="move it in front of the gate",
    )
    text = told(Overview(replace(found, left_out=(lost,))))
    assert "behind a gate; move it in front of the gate" in text
    assert "covers only a part" not in text
