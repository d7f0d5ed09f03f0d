"""Which roads a class of van may use, how fast, and why: the rules behind OpenStreetMap's tags."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Tags = Mapping[str, str]

SPEED_KMH: Mapping[str, float] = {
    "motorway": 60,
    "motorway_link": 40,
    "trunk": 32,
    "trunk_link": 24,
    "primary": 27,
    "primary_link": 22,
    "secondary": 24,
    "secondary_link": 20,
    "tertiary": 21,
    "tertiary_link": 18,
    "unclassified": 18,
    "residential": 16,
    "road": 16,
    "living_street": 11,
    "service": 11,
    "track": 9,
    "path": 6,
}
"""Built-in speeds by value of ``highway``: urban Indonesia by day, lights and queues included.

Assumed, so that a drive across a city averages near the 18 km/h of the straight-line estimate;
``[roads] speeds_kmh`` and ``factor`` replace them by what an office measures.
"""

FOOTWAYS = frozenset({"footway", "pedestrian", "steps", "cycleway", "bridleway", "corridor"})
"""Ways without vans that people walk on."""

WALK = 64
"""Bit of the ways that people walk on, in both directions whatever the tags say to drivers."""

ALLEYS = frozenset({"service", "living_street", "track", "path"})
"""Roads of the kampung, which only classes that may use alleys drive on."""

_KNOWN = frozenset(SPEED_KMH) | FOOTWAYS
_NEEDS_PROOF = frozenset({"path"})
# Most paths are walked; a van may use one only where a tag says that it is wide or open enough.
CLOSED = frozenset(
    {"no", "private", "agricultural", "forestry", "military", "emergency", "delivery", "permit"}
    | {"bus", "psv", "use_sidepath"}
)
"""Values of access that keep vans out."""
PASSABLE_BARRIERS = frozenset(
    {"gate", "lift_gate", "swing_gate", "sliding_gate", "toll_booth", "border_control", "kerb"}
    | {"cattle_grid", "entrance", "height_restrictor", "sally_port", "checkpoint"}
)
"""Barriers taken for open by day."""
_METRES_OR_TONNES = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(?:m|t)?\s*", re.ASCII)
_KMH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:km/h)?\s*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a class of van fits through and which tags speak of it.

    Attributes
    ----------
    index
        Its place among `PROFILES`, by which sets of profiles are kept as bits.
    alleys
        Whether it may use `ALLEYS`.
    limits
        What a road's limit must not be below, by its key: width and height in metres, weight in
        tonnes; of the van, mirrors and crew included.
    modes
        Keys of access, the most specific first.
    """

    name: str
    index: int
    alleys: bool
    limits: Mapping[str, float] = field(hash=False)
    modes: tuple[str, ...]

    @property
    def usable(self) -> int:
        """Bit of the roads it may use."""
        return 1 << self.index

    @property
    def passable(self) -> int:
        """Bit of the roads it fits on, allowed or not."""
        return 16 << self.index


_SMALL = Profile(
    name="small",
    index=0,
    alleys=True,
    limits={"width": 1.8, "maxwidth": 1.8, "maxheight": 2.1, "maxweight": 2.5},
    modes=("motorcar", "motor_vehicle", "vehicle", "access"),
)
_LARGE = Profile(
    name="large",
    index=1,
    alleys=False,
    limits={"width": 2.4, "maxwidth": 2.4, "maxheight": 2.9, "maxweight": 5.2},
    modes=("hgv", "motor_vehicle", "vehicle", "access"),
)
PROFILES = (_SMALL, _LARGE)
"""From the class that gets everywhere to the one that is kept from most.

Measures are assumed: a minivan such as is common with the offices, and a microbus.
"""


VANS = sum(profile.usable | profile.passable for profile in PROFILES)
"""Bits of those who drive."""


def profile_of(van_class: str) -> Profile:
    """The profile of a class; only the class named ``small`` may use alleys."""
    return _SMALL if van_class == _SMALL.name else _LARGE


def permissions(tags: Tags) -> int:
    """Bits of the profiles that may use a way, of those that fit on it, and of those who walk."""
    highway = tags.get("highway")
    if tags.get("area") == "yes" or highway not in _KNOWN:
        return 0
    permitted = WALK if _walkable(tags) else 0
    for profile in PROFILES if highway in SPEED_KMH else ():
        allowed = _access(tags, profile)
        if highway in ALLEYS and not profile.alleys:
            continue
        if highway in _NEEDS_PROOF and allowed is None and "width" not in tags:
            continue
        if _fits(tags, profile):
            permitted |= profile.passable
            if allowed is not False:
                permitted |= profile.usable
    return permitted


def barrier_permissions(tags: Tags) -> int:
    """Bits of those who may pass a barrier, and of the profiles that could if it were open."""
    passable = tags.get("barrier") in PASSABLE_BARRIERS and tags.get("locked") != "yes"
    # Who lives behind a gate has its key.
    permitted = WALK
    for profile in PROFILES:
        if _fits(tags, profile):
            permitted |= profile.passable
            allowed = _access(tags, profile)
            if passable if allowed is None else allowed:
                permitted |= profile.usable
    return permitted


def drivable_directions(tags: Tags) -> tuple[bool, bool]:
    """Whether a way may be driven along its nodes, and against them."""
    oneway = tags.get("oneway")
    if oneway in {"-1", "reverse"}:
        return False, True
    if oneway in {"reversible", "alternating"}:
        return False, False
    implied = is_circular(tags) or tags.get("highway") in {"motorway", "motorway_link"}
    return True, not (oneway in {"yes", "true", "1"} or (implied and oneway != "no"))


def is_circular(tags: Tags) -> bool:
    """Whether a way is part of a roundabout."""
    return tags.get("junction") in {"roundabout", "circular"}


def limit_kmh(tags: Tags) -> float:
    """The signed speed limit; infinite where none is given in km/h."""
    match = _KMH.fullmatch(tags.get("maxspeed", ""))
    return float(match[1]) if match and float(match[1]) > 0 else float("inf")


def _walkable(tags: Tags) -> bool:
    """Whether people walk on a way: not on toll roads, nor where foot is forbidden."""
    return tags.get("highway") not in {"motorway", "motorway_link"} and tags.get("foot") != "no"


def _access(tags: Tags, profile: Profile) -> bool | None:
    """Whether the most specific tag lets a profile pass; None where no tag speaks of it."""
    for mode in profile.modes:
        if mode in tags:
            return tags[mode] not in CLOSED
    return None


def _fits(tags: Tags, profile: Profile) -> bool:
    for key, needed in profile.limits.items():
        match = _METRES_OR_TONNES.fullmatch(tags.get(key, ""))
        if match and float(match[1].replace(",", ".")) < needed:
            return False
    return True
