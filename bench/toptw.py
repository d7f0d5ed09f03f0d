"""Public team orienteering instances with time windows, read as instances of the planner.

Solomon's hundred customers in the form of Righini and Salani, and Montemanni and Gambardella: a
customer's profit is collected whole by whoever visits it. Files: see docs/benchmarks.md.
"""

import csv
from dataclasses import dataclass
from datetime import date
from math import floor, hypot
from pathlib import Path

import numpy as np

from planner.errors import input_error
from planner.i18n.messages import say
from planner.model import Depot, Instance, Site, Van

DAY = date(2026, 11, 28)
SCALE = 10
"""Times have one decimal and become whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex:
    """A row of a file: the depot or a customer.

    Attributes
    ----------
    service
        Time spent there.
    opening, closing
        Service starts in between; at the depot, the latest return.
    """

    x: float
    y: float
    service: float
    profit: float
    opening: float
    closing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an instance with so many vans.

    Attributes
    ----------
    best, bound
        The best value known, and one that none can exceed.
    """

    name: str
    num_vans: int
    best: int
    bound: int


def read(path: Path, num_vans: int) -> Instance:
    """The instance of a file with so many vans, times in tenths.

    Raises
    ------
    InputError
        Where a row has too few numbers, or the file no rows.
    """
    lines = path.read_text(encoding="ascii").splitlines()[2:]
    vertices = tuple(
        _vertex(f"{path.name}:{number}", line.split())
        for number, line in enumerate(lines, start=3)
        if line.strip()
    )
    if not vertices:
        raise input_error(path.name, say("has no vertices"), say("use a whole file"))
    shift = (0, _tenths(vertices[0].closing))
    drive_s = [[_drive(origin, target) for target in vertices] for origin in vertices]
    return Instance(
        drive_s=np.array(drive_s, dtype=np.int32),
        depots=(Depot(id="depot", place=0),),
        sites=tuple(_site(place, vertex) for place, vertex in enumerate(vertices[1:], start=1)),
        vans=tuple(
            Van(
                id=f"van-{van}",
                van_class="any",
                kits=1,
                start="depot",
                end="depot",
                shifts={DAY: shift},
            )
            for van in range(num_vans)
        ),
    )


def known(folder: Path) -> tuple[Known, ...]:
    """The best values known of a folder's instances, in the order of ``best_known.csv``.

    Raises
    ------
    InputError
        Where the folder has no such file.
    """
    path = folder / "best_known.csv"
    if not path.is_file():
        raise input_error(
            str(folder), say("has no best_known.csv"), say("give the instances' folder")
        )
    with path.open(encoding="ascii", newline="") as file:
        return tuple(
            Known(
                name=row["instance"],
                num_vans=int(row["vehicles"]),
                best=int(row["best_known"]),
                bound=int(row["proven_upper_bound"]),
            )
            for row in csv.DictReader(file)
        )


def _vertex(where: str, fields: list[str]) -> Vertex:
    if len(fields) < 7:
        raise input_error(
            where, say("has {count} numbers", count=len(fields)), say("give at least 7")
        )
    _, x, y, service, profit, *_, opening, closing = map(float, fields)
    return Vertex(x=x, y=y, service=service, profit=profit, opening=opening, closing=closing)


def _drive(origin: Vertex, target: Vertex) -> int:
    # Solomon's sets are compared with distances cut to one decimal, not rounded.
    return floor(SCALE * hypot(origin.x - target.x, origin.y - target.y))


def _site(place: int, vertex: Vertex) -> Site:
    # A window there holds the start of service, ours the whole stop.
    window = (_tenths(vertex.opening), _tenths(vertex.closing + vertex.service))
    return Site(
        id=str(place),
        place=place,
        expected=1,
        weight=vertex.profit,
        seconds_per_person=0,
        setup_s=_tenths(vertex.service),
        packup_s=0,
        classes=("any",),
        windows={DAY: (window,)},
    )


def _tenths(value: float) -> int:
    return round(SCALE * value)
