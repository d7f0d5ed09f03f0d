"""Which roads a class of van may use, how fast, and why: the rules behind OpenStreetMap's tags."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.travel.tags import (
    BACKWARD,
    DIRECTIONS,
    LIFECYCLE,
    NO,
    REVERSIBLE,
    YES,
    Tags,
    listed,
    read_access,
    read_size,
    read_speed_kmh,
)

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

FERRY = "ferry"
"""The kind of a ferry, which has no ``highway``: driven where a setting allows it, never walked."""

_OPENED = frozenset({"footway", "pedestrian", "cycleway", "bridleway"})
"""Footways that are like a path where a tag of their own lets vans in."""

FOOTWAYS = _OPENED | {"steps", "corridor"}
"""Ways without vans that people walk on."""

UNCROSSED = 4
"""Bit of the ways that nobody crosses on foot: expressways on the ground."""

WALK = 64
"""Bit of the ways that people walk on, in both directions whatever the tags say to drivers."""

HALT = 128
"""Bit of the ways on which a van may stand and be reached on foot."""

ALLEYS = frozenset({"service", "living_street", "track", "path"})
"""Roads of the kampung, which only classes that may use alleys drive on."""

_OPENING = ("motorcar", "motor_vehicle", "vehicle")
_KNOWN = frozenset(SPEED_KMH) | FOOTWAYS
_TOLL_ROADS = frozenset({"motorway", "motorway_link"})
_SIDEWALK = YES | {"both", "left", "right"}
_NO_TUNNEL = NO | {"", "building_passage", "culvert"}

PASSABLE_BARRIERS = frozenset(
    {"gate", "lift_gate", "swing_gate", "sliding_gate", "toll_booth", "border_control", "kerb"}
    | {"cattle_grid", "entrance", "height_restrictor", "sally_port", "checkpoint", "no"}
)
"""Barriers taken for open by day."""


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
    bounded_by
        Those of the modes that are smaller vehicles': what keeps these out keeps it out too, while
        what lets them in says nothing of it.
    """

    name: str
    index: int
    alleys: bool
    limits: Mapping[str, float] = field(hash=False)
    modes: tuple[str, ...]
    bounded_by: frozenset[str] = frozenset()

    @property
    def usable(self) -> int:
        """Bit of the roads it may use."""
        return 1 << self.index

    @property
    def passable(self) -> int:
        """Bit of the roads it fits on, allowed or not."""
        return 16 << self.index


def _limits(*, width_m: float, height_m: float, weight_t: float) -> Mapping[str, float]:
    """What the keys of `planner.travel.tags.SIZES` must not be below."""
    widths, weights = ("width", "maxwidth"), ("maxweight", "maxweightrating")
    return {
        **dict.fromkeys(widths, width_m),
        "maxheight": height_m,
        **dict.fromkeys(weights, weight_t),
    }


_SMALL = Profile(
    name="small",
    index=0,
    alleys=True,
    limits=_limits(width_m=1.8, height_m=2.1, weight_t=2.5),
    modes=("motorcar", "motor_vehicle", "vehicle", "access"),
)
_LARGE = Profile(
    name="large",
    index=1,
    alleys=False,
    limits=_limits(width_m=2.4, height_m=2.9, weight_t=5.2),
    modes=("hgv", "goods", "motorcar", "motor_vehicle", "vehicle", "access"),
    bounded_by=frozenset({"motorcar"}),
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


def kind_of(tags: Tags) -> str:
    """The kind of a way: the first value of ``highway`` if all are roads, a ferry, or empty."""
    kinds = listed(tags.get("highway", ""))
    if _OPENED.issuperset(kinds) and any(read_access(tags.get(mode, "")) for mode in _OPENING):
        return "path"
    if _KNOWN.issuperset(kinds):
        return kinds[0]
    return FERRY if FERRY in listed(tags.get("route", "")) and "highway" not in tags else ""


def permissions(tags: Tags) -> tuple[int, int]:
    """Who may use a way along its nodes, and against them.

    Bits of the profiles that may and of those that fit, and of what is done without driving.
    """
    kind = kind_of(tags)
    if not kind or tags.get("area") in YES or any(tags.get(key) in YES for key in LIFECYCLE):
        return 0, 0
    both = _pedestrian_bits(tags, kind)
    forward, backward = both, both
    for profile in PROFILES if kind not in FOOTWAYS else ():
        if (kind in ALLEYS and not profile.alleys) or not _fits(tags, profile):
            continue
        along, against = _driven_directions(tags, kind, profile)
        if along:
            forward |= _driving_bits(tags, kind, profile, "forward")
        if against:
            backward |= _driving_bits(tags, kind, profile, "backward")
    return forward, backward


def barrier_permissions(tags: Tags) -> int:
    """Bits of those who may pass a barrier, and of the profiles that could if it were open."""
    passable = {*listed(tags["barrier"])} <= PASSABLE_BARRIERS and tags.get("locked") not in YES
    # Who lives behind a gate has its key.
    permitted = WALK
    for profile in PROFILES:
        if _fits(tags, profile):
            permitted |= profile.passable
            allowed = _access(tags, profile)
            if passable if allowed is None else allowed:
                permitted |= profile.usable
    return permitted


def tags_by_mode(tags: Tags, profile: Profile, base: str) -> Iterator[tuple[str, str]]:
    """Mode and value of the tags such as ``oneway:motorcar`` that speak of a profile.

    The most specific comes first, the tag without a mode last, under ``""``.
    """
    for mode in profile.modes:
        if f"{base}:{mode}" in tags:
            yield mode, tags[f"{base}:{mode}"]
    if base in tags:
        yield "", tags[base]


def is_circular(tags: Tags) -> bool:
    """Whether a way is part of a roundabout."""
    return tags.get("junction") in {"roundabout", "circular"}


def limit_kmh(tags: Tags) -> float:
    """The signed speed limit, the higher one of both directions; infinite where none is given."""
    limits = [read_speed_kmh(tags.get(f"maxspeed:{direction}", "")) for direction in DIRECTIONS]
    both = read_speed_kmh(tags.get("maxspeed", ""))
    return both or max((limit for limit in limits if limit), default=float("inf"))


def _pedestrian_bits(tags: Tags, kind: str) -> int:
    """Whether people walk on a way, vans stand there, and nobody crosses it."""
    if kind == FERRY:
        return 0
    is_tunnel = kind not in FOOTWAYS and tags.get("tunnel", "") not in _NO_TUNNEL
    is_bridge = tags.get("bridge", "no") not in NO
    express = kind in _TOLL_ROADS or tags.get("motorroad") in YES
    told = tags.get("foot", "")
    on_foot = bool(read_access(told)) or _has_sidewalk(tags)
    closed = kind in _TOLL_ROADS or "no" in listed(told)
    if closed or ((express or is_tunnel) and not on_foot):
        return UNCROSSED if express and not (is_bridge or is_tunnel) else 0
    return WALK if express or is_bridge or is_tunnel or kind in FOOTWAYS else WALK | HALT


def _has_sidewalk(tags: Tags) -> bool:
    """Whether there is a sidewalk on some side of the way itself."""
    by_side = (f"sidewalk:{side}" for side in ("both", "left", "right"))
    return tags.get("sidewalk") in _SIDEWALK or any(tags.get(key) in YES for key in by_side)


def _driven_directions(tags: Tags, kind: str, profile: Profile) -> tuple[bool, bool]:
    """Whether a profile may drive a way along its nodes, and against them."""
    for mode, text in tags_by_mode(tags, profile, "oneway"):
        if text in BACKWARD:
            return False, True
        if text in REVERSIBLE:
            return False, False
        if text in YES:
            return True, False
        if text in NO and mode not in profile.bounded_by:
            return True, True
    return True, not (is_circular(tags) or kind in _TOLL_ROADS)


def _driving_bits(tags: Tags, kind: str, profile: Profile, direction: str) -> int:
    """Bits of a profile that fits on a way, in a direction that is driven."""
    allowed = _access(tags, profile, direction)
    # Most paths are walked; a van may use one where a tag says that it is wide or open enough.
    if kind == "path" and allowed is None and "width" not in tags:
        return 0
    if allowed or (allowed is None and kind != FERRY):
        return profile.passable | profile.usable
    return profile.passable if kind != FERRY else 0


def _access(tags: Tags, profile: Profile, direction: str = "") -> bool | None:
    """Whether the most specific tag lets a profile pass; None where no tag speaks of it."""
    for mode in profile.modes:
        for key in (f"{mode}:{direction}", mode):
            allowed = read_access(tags.get(key, ""))
            if allowed is not None and not (allowed and mode in profile.bounded_by):
                return allowed
    return None


def _fits(tags: Tags, profile: Profile) -> bool:
    """Whether no size that speaks of a profile is below what it needs."""
    for name, text in tags.items():
        key, _, suffix = name.partition(":")
        if key in profile.limits and suffix in {"", "physical", *profile.modes}:
            size = read_size(key, text)
            if size is not None and size < profile.limits[key]:
                return False
    return True
