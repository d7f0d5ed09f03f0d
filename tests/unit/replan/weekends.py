"""A weekend small enough to replan by hand: every drive takes ten minutes."""

from typing import Any

import numpy as np

from planner.model import Break, Depot, Instance, Site, Van
from planner.plan import Plan, Route
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.plans import stop

H = 3600


def site(number: int, **changes: Any) -> Site:
    """Twenty people, six minutes each; 30 min of set-up, 20 of pack-up; open from 8 to 14."""
    given: dict[str, Any] = {
        "id": f"P{number}",
        "place": number,
        "expected": 20,
        "seconds_per_person": 360,
        "setup_s": 1800,
        "packup_s": 1200,
        "classes": ("small",),
        "windows": dict.fromkeys((SATURDAY, SUNDAY), ((8 * H, 14 * H),)),
    }
    return Site(**(given | changes))


def van(van_id: str, **changes: Any) -> Van:
    """Two kits, from 7:30 to 14:00 on Saturday, with a break at noon."""
    given: dict[str, Any] = {
        "id": van_id,
        "van_class": "small",
        "kits": 2,
        "start": "base",
        "end": "base",
        "shifts": {SATURDAY: (7 * H + 1800, 14 * H)},
        "crew_break": Break(earliest_s=int(11.5 * H), latest_s=13 * H, length_s=1800),
    }
    return Van(**(given | changes))


def instance(*vans: Van, sites: tuple[Site, ...] | None = None) -> Instance:
    """Three sites unless others are given."""
    given = sites or (site(1), site(2), site(3))
    apart = 1 - np.eye(len(given) + 1, dtype=np.int32)
    return Instance(
        drive_s=apart * 600,
        depots=(Depot(id="base", place=0),),
        sites=given,
        vans=vans or (van("A"), van("B")),
        worth_s=900.0,
    )


def morning_plan() -> Plan:
    """A: P1 from 8:30 to 9:30, home at 10:00. B: P2 likewise, then P3 from 10:30 to 11:30."""
    one = Route(
        van_id="A",
        date=SATURDAY,
        leave_s=8 * H - 600,
        return_s=10 * H,
        stops=(stop("P1", 8 * H),),
    )
    two = Route(
        van_id="B",
        date=SATURDAY,
        leave_s=8 * H - 600,
        return_s=12 * H,
        stops=(stop("P2", 8 * H), stop("P3", 10 * H)),
    )
    return Plan(routes=(one, two))
