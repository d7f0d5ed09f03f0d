"""What may be scarce: the instance with one more of each thing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.analysis.scarcity import Worth, worth_of
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.model import Instance, Van
from planner.plan import Result
from planner.scenarios import Amount, Change, ChangeCards, Scenario, build_horizons
from planner.scenarios.draft import ReadDistrict
from planner.solvers import SolveReport
from planner.units import DAY_S, HOUR_S
from planner.whatif.candidate_changes import MAX_PLACES, candidate_changes

CARDS = 10
"""More cards on board, as one alone hardly shows."""


@dataclass(frozen=True, kw_only=True)
class MarginalQuestion:
    """One thing more, or the loss of one.

    Attributes
    ----------
    what
        In words.
    instance
        With it; where `is_loss`, without it.
    change
        Of the district, which makes this instance; None where there is none.
    bound
        A bound that is known without solving it, or None.
    without_effect
        Whether nothing changes by it, so that nothing can be gained.
    """

    what: Message
    instance: Instance
    change: Change | None = None
    bound: float | None = None
    is_loss: bool = False
    without_effect: bool = False

    def worth(self, base: Result, other: Result) -> Worth:
        """What it is worth, of the plan that there is and the one for `instance`."""
        if self.without_effect:
            base = other = replace(base, bound=base.objective, people_bound=base.people)
        without, having = (other, base) if self.is_loss else (base, other)
        return worth_of(self.what, without, having, change=self.change, bound=self.bound)


def marginal_questions(
    horizon: Horizon,
    base: SolveReport,
    *,
    read: ReadDistrict | None = None,
    cache: Path | None = None,
    max_places: int = MAX_PLACES,
) -> tuple[MarginalQuestion, ...]:
    """One more van-day, kit, hour and pack of cards of each kind, windows and permissions.

    Parameters
    ----------
    read
        Reads the district with other settings; None = from its folder.
    max_places
        Windows, and permissions, of so many places are looked at: those with most people.
    """
    return (
        *van_day_questions(horizon.instance, base),
        *shift_questions(horizon.instance),
        *card_questions(horizon.instance),
        *_district_questions(horizon, base, read, cache, max_places),
    )


def van_day_questions(instance: Instance, base: SolveReport) -> Iterator[MarginalQuestion]:
    """One more van-day of each kind."""
    for van, day in _distinct_van_days(instance):
        yield MarginalQuestion(
            what=say("one more van-day like van {van} on {day}", van=van.id, day=day.isoformat()),
            instance=with_van_day(instance, van, day),
            bound=base.van_day_bounds.get((van.id, day)),
        )


def with_van_day(instance: Instance, van: Van, day: date) -> Instance:
    """The instance with one more van like one of its vans, that drives on one date only."""
    van_id = f"{van.id}+"
    while van_id in instance.van_index:
        van_id += "+"
    more = replace(van, id=van_id, shifts={day: van.shifts[day]})
    return replace(instance, vans=(*instance.vans, more))


def shift_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """A shift that begins an hour earlier, or ends an hour later, on all dates of a van."""
    for van in _distinct_vans(instance):
        shifts = van.shifts.items()
        earlier = {day: (max(0, opens_s - HOUR_S), closes_s) for day, (opens_s, closes_s) in shifts}
        later = {
            day: (opens_s, min(DAY_S, closes_s + HOUR_S)) for day, (opens_s, closes_s) in shifts
        }
        yield MarginalQuestion(
            what=say("one hour more at the start of van {van}'s shift", van=van.id),
            instance=instance.with_van(replace(van, shifts=earlier)),
        )
        yield MarginalQuestion(
            what=say("one hour more at the end of van {van}'s shift", van=van.id),
            instance=instance.with_van(replace(van, shifts=later)),
        )


def card_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """More cards on board of the vans that have a limit."""
    for van in _distinct_vans(instance):
        if van.max_people is not None:
            yield MarginalQuestion(
                what=say("{count} more cards in van {van}", count=CARDS, van=van.id),
                instance=instance.with_van(replace(van, max_people=van.max_people + CARDS)),
                change=ChangeCards(target=van.id, amount=Amount(CARDS, "+")),
            )


def _district_questions(
    horizon: Horizon,
    base: SolveReport,
    read: ReadDistrict | None,
    cache: Path | None,
    max_places: int,
) -> Iterator[MarginalQuestion]:
    """What changes the district, and so the weekend: kits, windows, permissions."""
    vans = tuple(_distinct_vans(horizon.instance))
    plan = base.result.plan
    candidates = candidate_changes(horizon, plan, vans, cache=cache, max_places=max_places)
    scenarios = [
        Scenario(name=str(candidate.change), changes=(candidate.change,))
        for candidate in candidates
    ]
    changed = build_horizons(horizon.district, horizon.week, scenarios, read=read, cache=cache)
    for candidate, other in zip(candidates, changed, strict=True):
        yield MarginalQuestion(
            what=candidate.what,
            instance=other.instance,
            change=candidate.change,
            is_loss=candidate.is_loss,
            without_effect=candidate.without_effect,
        )


def _distinct_van_days(instance: Instance) -> Iterator[tuple[Van, date]]:
    """The first of all van-days that are alike, by date, then by van."""
    seen: list[tuple[date, Van]] = []
    for index, day in instance.van_days:
        van = instance.vans[index]
        alike = (day, replace(van, id="", shifts={day: van.shifts[day]}))
        if alike not in seen:
            seen.append(alike)
            yield van, day


def _distinct_vans(instance: Instance) -> Iterator[Van]:
    """The first of all vans that are alike and drive at all."""
    seen: list[Van] = []
    for van in instance.vans:
        alike = replace(van, id="")
        if van.shifts and alike not in seen:
            seen.append(alike)
            yield van
