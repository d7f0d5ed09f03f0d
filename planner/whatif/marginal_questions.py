"""What may be scarce: the instance with one more of each thing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.model import Instance, Van
from planner.scenarios import Amount, ChangeCards
from planner.solvers import SolveReport
from planner.units import DAY_S, HOUR_S
from planner.whatif.district_questions import day_questions, kit_questions, permission_questions
from planner.whatif.question import MarginalQuestion

CARDS = 10
"""More cards on board, as one alone hardly shows."""


def marginal_questions(
    horizon: Horizon, base: SolveReport, cache: Path | None = None
) -> tuple[MarginalQuestion, ...]:
    """One more van-day, kit, hour and pack of cards of each kind, windows and permissions.

    Parameters
    ----------
    cache
        Folder in which prepared roads are kept.
    """
    instance, plan = horizon.instance, base.result.plan
    return (
        *van_day_questions(instance, base),
        *shift_questions(instance),
        *card_questions(instance),
        *kit_questions(horizon, _distinct_vans(instance), cache),
        *day_questions(horizon, plan, cache),
        *permission_questions(horizon, plan, cache),
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
        for what, earlier_s, later_s in (
            (say("one hour more at the start of van {van}'s shift", van=van.id), HOUR_S, 0),
            (say("one hour more at the end of van {van}'s shift", van=van.id), 0, HOUR_S),
        ):
            shifts = {
                day: (max(0, opens_s - earlier_s), min(DAY_S, closes_s + later_s))
                for day, (opens_s, closes_s) in van.shifts.items()
            }
            longer = replace(van, shifts=shifts)
            yield MarginalQuestion(what=what, instance=instance.with_van(longer))


def card_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """More cards on board of the vans that have a limit."""
    for van in _distinct_vans(instance):
        if van.max_people is not None:
            yield MarginalQuestion(
                what=say("{count} more cards in van {van}", count=CARDS, van=van.id),
                instance=instance.with_van(replace(van, max_people=van.max_people + CARDS)),
                change=ChangeCards(target=van.id, amount=Amount(CARDS, "+")),
            )


def _distinct_van_days(instance: Instance) -> Iterator[tuple[Van, date]]:
    """The first of all van-days that are alike, by date, then by van."""
    seen: list[Van] = []
    for index, day in instance.van_days:
        van = instance.vans[index]
        alike = replace(van, id="", shifts={day: van.shifts[day]})
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
