"""How fast vans drive."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedBand:
    """Hours of the week in which drives take longer, or less.

    Attributes
    ----------
    hours
        By weekday, Monday 0 to Sunday 6.
    factor
        Every duration is multiplied by it, beside the factor of all hours.
    by_highway_kmh
        Speeds in these hours, over those of all hours.
    """

    hours: Mapping[int, tuple[Interval, ...]]
    factor: float = 1.0
    by_highway_kmh: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """How fast vans drive; sources in docs/inputs.md.

    Attributes
    ----------
    factor
        Every duration on roads is multiplied by it; calibrates against real drives.
    by_highway_kmh
        Speed by value of OpenStreetMap's ``highway`` tag, over the built-in ones.
    snap_m
        A place farther than this from a road its van can use is not reached.
    ferries
        Whether vans take ferries whose duration the road file tells.
    straight_kmh, straight_ratio
        Where there is no road file: speed, and road metres per metre of straight line.
    bands
        Hours with speeds of their own; where two overlap the first one holds.
    """

    factor: float = 1.0
    by_highway_kmh: Mapping[str, float] = field(default_factory=dict)
    snap_m: float = 300.0
    ferries: bool = False
    straight_kmh: float = 18.0
    straight_ratio: float = 1.45
    bands: tuple[SpeedBand, ...] = ()
