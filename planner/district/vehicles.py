"""Vans with their crews, as an office lists them."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.i18n.messages import msgid
from planner.model import Break, Interval

VAN_CLASSES = (msgid("small"), msgid("large"))
"""Those a place may name though the office has none of them; each language has words for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A van with its crew, as the office lists it.

    Attributes
    ----------
    shifts
        Shift by weekday, Monday 0 to Sunday 6; no entry = does not drive.
    max_people
        Blank cards on board; ``ribbon`` and ``film`` are those that one more of them prints.
    services
        What it offers: `RECORDING` and keys of services; empty = all.
    cost_per_km, cost_per_h
        Rupiah, or None where the row does not say.
    """

    id: str
    plate: str
    van_class: str
    kits: int
    start: str
    end: str
    shifts: Mapping[int, Interval]
    crew_break: Break | None = None
    max_people: int | None = None
    ribbon: int | None = None
    film: int | None = None
    max_stops: int | None = None
    crew: int = 0
    services: tuple[str, ...] = ()
    cost_per_km: float | None = None
    cost_per_h: float | None = None

    def offers(self, service: str) -> bool:
        """Whether it records, or offers a service, by its key."""
        return not self.services or service in self.services

    @property
    def stock(self) -> int | None:
        """People for whom the cards, ribbon and film on board suffice; None = no limit."""
        limits = [self.max_people, self.ribbon, self.film]
        return min((limit for limit in limits if limit is not None), default=None)
