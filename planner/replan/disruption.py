"""What a coordinator hears during the weekend."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.errors import InputError, Problem, suggest
from planner.i18n.messages import Message, say
from planner.model import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """What is different from now on.

    Attributes
    ----------
    day, time_s
        The moment from which on plans can be changed; all before it is past.
    without
        Vans that have broken down, with the date on which they drive again, or None.
    immobile
        Vans that cannot drive but finish recording where they stand, likewise.
    back
        Vans that drive again from now on, whatever was said of them before.
    late_s
        Seconds by which a van is behind what it does at this moment.
    closed
        Sites at which nobody can be recorded from now on.
    people
        People expected in all at a site over the horizon, instead of what was expected before.
    """

    day: date
    time_s: int
    without: Mapping[str, date | None] = field(default_factory=dict)
    immobile: Mapping[str, date | None] = field(default_factory=dict)
    back: frozenset[str] = frozenset()
    late_s: Mapping[str, int] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    people: Mapping[str, int] = field(default_factory=dict)

    def is_broken_down(self, van_id: str, day: date) -> bool:
        """Whether a van does not drive on a date from this moment on."""
        stopped = {**self.immobile, **self.without}
        if van_id not in stopped or day < self.day:
            return False
        back = stopped[van_id]
        return back is None or day < back

    @property
    def is_news(self) -> bool:
        """Whether anything has happened."""
        stopped = self.without or self.immobile or self.back
        return bool(stopped or self.late_s or self.closed or self.people)

    def may_record(self, van_id: str) -> bool:
        """Whether a van that does not drive any more finishes the stop that it makes."""
        return van_id in self.immobile and van_id not in self.without


def check_names(instance: Instance, disruption: Disruption) -> None:
    """Nothing, where all vans and sites of a disruption are those of the instance.

    Raises
    ------
    InputError
        With every name that is unknown, and the nearest that is known.
    """
    problems = [
        *_unknown_names("--without-van", say("van"), disruption.without, instance.van_index),
        *_unknown_names("--cannot-drive", say("van"), disruption.immobile, instance.van_index),
        *_unknown_names("--with-van", say("van"), disruption.back, instance.van_index),
        *_unknown_names("--late", say("van"), disruption.late_s, instance.van_index),
        *_unknown_names("--close", say("place"), disruption.closed, instance.site_index),
        *_unknown_names("--people", say("place"), disruption.people, instance.site_index),
    ]
    if problems:
        raise InputError(problems)


def _unknown_names(
    where: str, kind: Message, names: Iterable[str], options: Collection[str]
) -> Iterator[Problem]:
    for name in sorted({*names} - {*options}):
        yield Problem(
            where=where,
            what=say("{kind} '{name}' is not part of this week", kind=kind, name=name),
            remedy=suggest(
                name, options, say("use one of {names}", names=", ".join(sorted(options)[:8]))
            ),
        )
