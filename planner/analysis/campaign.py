"""What a campaign is asked for, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.i18n.messages import Message, msgid
from planner.plan import Plan, Result
from planner.units import HOUR_S


class CampaignVerdict(StrEnum):
    """What is proven of the weekends of a scenario beside those without changes."""

    FEWER = msgid("proven fewer")
    MORE = msgid("proven more")
    FOUND = msgid("found, not proven")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """When a campaign ends, whichever comes first.

    Attributes
    ----------
    target
        Share of the people whom vans can reach.
    until
        No weekend begins after this day.
    stop_below
        People recorded in a van-hour; a weekend with fewer is not driven.
    max_weekends
        In any case.
    """

    target: float = 1.0
    until: date | None = None
    stop_below: float = 0.0
    max_weekends: int = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignWeek:
    """One weekend of a campaign, planned.

    Attributes
    ----------
    result
        The plan, as one of the weekend alone; its bound of people is one on all plans of it.
    left
        To be recorded after it, whoever has come to be unrecorded by its end included.
    left_by_kelurahan, recorded_by_kelurahan
        People by code of their kelurahan; under ``""`` those whom a place alone counts.
    inflow
        Who came to be unrecorded since the weekend before.
    van_s
        Seconds for which vans are out.
    van_days
        Vans that drive, on any date.
    least_weekends
        With those before it, a weekend at least must follow until this number is reached: weekends
        done and the bound of what is left; None = not known, or not to be reached.
    looks_ahead
        Whether people were weighted by what recording them later would take.
    num_drafts
        Stops at places that have not confirmed yet.
    """

    week: str
    result: Result
    left: int
    inflow: int
    van_s: int
    van_days: int
    least_weekends: int | None
    looks_ahead: bool
    left_by_kelurahan: Mapping[str, int] = field(default_factory=dict)
    recorded_by_kelurahan: Mapping[str, int] = field(default_factory=dict)
    num_drafts: int = 0

    @property
    def plan(self) -> Plan:
        """The routes."""
        return self.result.plan

    @property
    def people(self) -> int:
        """Recorded."""
        return self.result.people

    @property
    def num_stops(self) -> int:
        """Of all routes."""
        return sum(len(route.stops) for route in self.plan.routes)

    @property
    def people_bound(self) -> int | None:
        """No plan of this weekend records more; None = not proven."""
        bound = self.result.people_bound
        return None if bound is None else int(bound)

    @property
    def price(self) -> int | None:
        """People given up for later weekends, at most."""
        bound = self.people_bound
        return None if bound is None else max(0, bound - self.people)

    @property
    def gap(self) -> float | None:
        """How far it is from the most people of a weekend, as a share."""
        return self.result.people_gap

    @property
    def people_per_h(self) -> float:
        """Recorded in a van-hour."""
        return HOUR_S * self.people / self.van_s if self.van_s else 0.0


def count_by_kelurahan(weeks: Sequence[CampaignWeek]) -> dict[str, tuple[int, int]]:
    """People of each kelurahan recorded by weekends, and left after the last one."""
    return {
        code: (sum(week.recorded_by_kelurahan.get(code, 0) for week in weeks), left)
        for code, left in (weeks[-1].left_by_kelurahan.items() if weeks else ())
    }


def weekends_without_stop(weeks: Sequence[CampaignWeek]) -> dict[str, int]:
    """Weekends since the last one that recorded somebody of a kelurahan in which people are left.

    Where there was none, all of them.
    """
    return {
        code: next(
            (
                number
                for number, week in enumerate(reversed(weeks))
                if week.recorded_by_kelurahan.get(code)
            ),
            len(weeks),
        )
        for code, left in (weeks[-1].left_by_kelurahan.items() if weeks else ())
        if left
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneWeek:
    """One weekend of a campaign that is over.

    Attributes
    ----------
    promised
        People of the plan sent out last.
    recorded
        As tallies say.
    left
        To be recorded at its end; None = not known any more.
    least_before, least_after
        The least number of weekends of the whole campaign as it was proven before it, and after
        it: weekends done and the bound of what is left. None = not known.
    """

    week: str
    promised: int
    recorded: int
    left: int | None
    least_before: int | None = None
    least_after: int | None = None

    @property
    def cost(self) -> int | None:
        """Weekends by which the least number has grown; None = not known."""
        if self.least_before is None or self.least_after is None:
            return None
        return self.least_after - self.least_before


@dataclass(frozen=True, slots=True, kw_only=True)
class BeyondVans:
    """People whom no van can record where vans may stand now.

    Attributes
    ----------
    kelurahan, name
        Where they live: its name, and RW and RT; or a place that alone counts them.
    reason
        What keeps vans from them.
    """

    kelurahan: str
    name: str
    reason: Message
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCourse:
    """A way through a campaign that was not taken, because the one taken is no worse.

    Attributes
    ----------
    looks_ahead
        Whether its weekends look ahead; else each was planned alone.
    is_finished
        Whether it reaches the goal; planned alone, no further than the one taken takes.
    recorded
        People by weekend to come.
    """

    looks_ahead: bool
    is_finished: bool
    recorded: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Weekends in sequence.

    Attributes
    ----------
    weeks
        To come; those that are over are `done`.
    official
        People whom the register counts before the first of them, whoever they are.
    initial
        Those of them who can be reached at all.
    reachable
        Those of them whom a van can record.
    allowed_left
        The goal is reached when no more are left.
    is_finished
        Whether it is.
    is_complete
        Whether no further weekend is to be planned; else it was interrupted.
    finish_shares
        By number of weekends, from none on, the share of simulated courses finished by then; empty
        where the goal is not reached.
    official_finish_shares
        Likewise, of courses in which the target share of all whom the register counts is recorded.
    left_bands
        Likewise, people left in these courses: a tenth has fewer, half, a tenth has more.
    other
        The way that was not taken; None where only one was planned.
    """

    goal: Goal
    weeks: tuple[CampaignWeek, ...]
    official: int
    initial: int
    reachable: int
    allowed_left: int
    least_weekends: int | None
    is_finished: bool
    is_complete: bool
    finish_shares: tuple[float, ...] = ()
    official_finish_shares: tuple[float, ...] = ()
    left_bands: tuple[tuple[int, int, int], ...] = ()
    done: tuple[DoneWeek, ...] = ()
    beyond: tuple[BeyondVans, ...] = ()
    other: OtherCourse | None = None

    @property
    def burn_down(self) -> tuple[int, ...]:
        """People left before the first weekend, and after each one.

        Where nobody knows any more how many a weekend left, it is as after the next one.
        """
        after = [self.initial]
        for week in reversed(self.done[:-1]):
            after.insert(0, after[0] if week.left is None else week.left)
        before = [after[0] + self.done[0].recorded] if self.done else []
        return (*before, *after, *(planned.left for planned in self.weeks))

    @property
    def beyond_vans(self) -> int:
        """Of those left, people whom no van can record where it may stand now."""
        return self.initial - self.reachable

    @property
    def weekends(self) -> tuple[str, ...]:
        """ISO weeks of all of them, those that are over included."""
        return (*(week.week for week in self.done), *(week.week for week in self.weeks))

    @property
    def recorded(self) -> int:
        """By all weekends."""
        return sum(planned.people for planned in self.weeks)

    @property
    def left(self) -> int:
        """To be recorded after the last weekend."""
        return self.weeks[-1].left if self.weeks else self.initial


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCase:
    """A campaign, with the changes of a scenario or without.

    Attributes
    ----------
    name
        Of the scenario; empty without changes.
    """

    name: str
    campaign: Campaign

    @property
    def weekends(self) -> int | None:
        """After which the goal is reached; None = it is not."""
        return len(self.campaign.weekends) if self.campaign.is_finished else None

    def recorded_by(self, number: int) -> int:
        """People recorded in so many weekends to come."""
        return sum(week.people for week in self.campaign.weeks[:number])

    def verdict(self, base: "CampaignCase") -> CampaignVerdict:
        """What is proven of the number of weekends beside a campaign without changes."""
        one, other = base.campaign.least_weekends, self.campaign.least_weekends
        if self.weekends is not None and (one is None or self.weekends < one):
            return CampaignVerdict.FEWER
        if base.weekends is not None and (other is None or other > base.weekends):
            return CampaignVerdict.MORE
        return CampaignVerdict.FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class FewestVans:
    """How few vans reach a goal in time.

    Attributes
    ----------
    vans
        The fewest found; None = no number tried was enough.
    least
        Fewer are proven not to be enough.
    campaign
        Of the vans found.
    """

    vans: int | None
    least: int
    campaign: Campaign | None
