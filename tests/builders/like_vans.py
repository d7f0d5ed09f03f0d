"""Places of one person each, and vans that are alike: plans that differ in names only."""

from random import Random

import numpy as np

from planner.model import Depot, Instance, Site, Van
from tests.builders.districts import SATURDAY


def like_vans(
    seed: int, *, num_sites: int = 14, num_vans: int = 4, on_streets: bool = False
) -> Instance:
    """Windows of ten minutes, and routes of three or four places; driving counts most.

    Parameters
    ----------
    on_streets
        All places stand at crossings a minute apart, so that many drives are as long, and can be
        visited by all vans together, in windows of four to eight minutes.
    """
    rng = Random(seed)
    points = np.array([(rng.random(), rng.random()) for _ in range(1 + num_sites)])
    openings = [rng.randrange(0, 3000, 60) for _ in range(num_sites)]
    lengths = [600] * num_sites
    if on_streets:
        points = np.rint(8 * points) / 12
        openings = [300 + opening // 3 for opening in openings]
        lengths = [rng.choice([240, 300, 360, 480]) for _ in range(num_sites)]
    away = np.abs(points[:, None] - points[None]).sum(axis=2)
    return Instance(
        drive_s=(60 * np.rint(12 * away)).astype(np.int32),
        depots=(Depot(id="office", place=0),),
        sites=tuple(
            Site(
                id=f"site-{number}",
                place=1 + number,
                expected=1,
                seconds_per_person=0,
                setup_s=0 if on_streets else 120,
                packup_s=0,
                classes=("small",),
                windows={SATURDAY: ((opening, opening + length),)},
                weight=50.0,
                min_people=1,
            )
            for number, (opening, length) in enumerate(zip(openings, lengths, strict=True))
        ),
        vans=tuple(
            Van(
                id=f"van-{number}",
                van_class="small",
                kits=1,
                start="office",
                end="office",
                shifts={SATURDAY: (0, 3600)},
            )
            for number in range(num_vans)
        ),
        worth_s=60.0,
    )
