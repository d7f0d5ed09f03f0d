"""What is scarce: the plan is made again with one more of each thing, and compared.

What a plan cannot lose by having more is proven on one side already: the second plan begins with
the first. How much more is at most to be gained is proven by the bounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.messages import Message, say
from planner.model import Instance, Van
from planner.plan import Result
from planner.render.scarcity import Worth, ranked, worth_of
from planner.solvers import Limits, Study
from planner.solvers.insertion import adapted
from planner.solvers.side_by_side import Task, shared
from planner.units import DAY_S, HOUR_S
from planner.weekend import Weekend
from planner.whatif.applying import Reader, weekends
from planner.whatif.scenario import option
from planner.whatif.wishes import wishes

CARDS = 10
"""More cards on board, as one alone hardly shows."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing more, or one that is feared for.

    Attributes
    ----------
    what
        In words.
    instance
        With it; where `feared`, without it.
    options
        Of `planner whatif`, empty where none make this instance.
    bound
        A bound that is known without solving it, or None.
    """

    what: Message
    instance: Instance
    options: str = ""
    bound: float | None = None
    feared: bool = False

    def worth(self, base: Result, found: Result) -> Worth:
        """What it is worth, of the plan that there is and the one for `instance`."""
        without, having = (found, base) if self.feared else (base, found)
        return worth_of(self.what, without, having, options=self.options, bound=self.bound)


def questions(
    weekend: Weekend,
    base: Study,
    *,
    read: Reader | None = None,
    cache: Path | None = None,
) -> tuple[Question, ...]:
    """One more van-day, kit, hour and pack of cards of each kind, windows and permissions."""
    return (
        *van_days(weekend.instance, base),
        *hours(weekend.instance),
        *cards(weekend.instance),
        *_of_district(weekend, base, read, cache),
    )


def tasks_of(
    asked: Sequence[Question], base: Study, *, solver: str, seed: int, limits: Limits
) -> list[Task]:
    """A solve for each question, beginning with the plan that there is and its routes."""
    plan = base.result.plan
    return [
        Task(
            instance=question.instance,
            solver=solver,
            seed=seed,
            limits=limits,
            start=adapted(question.instance, plan),
            routes=(*plan.routes, *base.routes),
        )
        for question in asked
    ]


def answers(
    instance: Instance, base: Study, asked: Sequence[Question], found: Sequence[Study]
) -> list[Worth]:
    """What each thing is worth, most people first.

    A plan found for one question is taken for every other one in which it is sound.
    """
    instances = [instance, *(question.instance for question in asked)]
    results = [base.result, *(study.result for study in found)]
    now, *others = shared(instances, results)
    pairs = zip(asked, others, strict=True)
    return ranked([question.worth(now, result) for question, result in pairs])


def van_days(instance: Instance, base: Study) -> Iterator[Question]:
    """One more van-day of each kind."""
    for van, day in _kinds(instance):
        yield Question(
            what=say("van-day like {van} on {day}", van=van.id, day=day.isoformat()),
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


def hours(instance: Instance) -> Iterator[Question]:
    """A shift that begins an hour earlier, or ends an hour later, on all dates of a van."""
    for van in _van_kinds(instance):
        shifts = van.shifts.items()
        earlier = {day: (max(0, opens_s - HOUR_S), closes_s) for day, (opens_s, closes_s) in shifts}
        later = {
            day: (opens_s, min(DAY_S, closes_s + HOUR_S)) for day, (opens_s, closes_s) in shifts
        }
        yield Question(
            what=say("hour of {van} in the morning", van=van.id),
            instance=_with_van(instance, replace(van, shifts=earlier)),
        )
        yield Question(
            what=say("hour of {van} in the evening", van=van.id),
            instance=_with_van(instance, replace(van, shifts=later)),
        )


def cards(instance: Instance) -> Iterator[Question]:
    """More cards on board of the vans that have a limit."""
    for van in _van_kinds(instance):
        if van.max_people is not None:
            yield Question(
                what=say("pack of {count} cards for {van}", count=CARDS, van=van.id),
                instance=_with_van(instance, replace(van, max_people=van.max_people + CARDS)),
                options=f"{option('cards')} {van.id}=+{CARDS}",
            )


def _of_district(
    weekend: Weekend, base: Study, read: Reader | None, cache: Path | None
) -> Iterator[Question]:
    """What changes the district, and so the weekend: kits, windows, permissions."""
    wanted = wishes(weekend, base.result.plan, tuple(_van_kinds(weekend.instance)))
    changed = weekends(
        weekend.district, weekend.week, [w.scenario for w in wanted], read=read, cache=cache
    )
    for wish, other in zip(wanted, changed, strict=True):
        yield Question(
            what=wish.what,
            instance=other.instance,
            options=str(wish.scenario.changes[0]),
            feared=wish.feared,
        )


def _with_van(instance: Instance, van: Van) -> Instance:
    vans = tuple(van if other.id == van.id else other for other in instance.vans)
    return replace(instance, vans=vans)


def _kinds(instance: Instance) -> Iterator[tuple[Van, date]]:
    """The first of all van-days that are alike, by date, then by van."""
    seen: list[tuple[date, Van]] = []
    for index, day in instance.van_days:
        van = instance.vans[index]
        alike = (day, replace(van, id="", shifts={day: van.shifts[day]}))
        if alike not in seen:
            seen.append(alike)
            yield van, day


def _van_kinds(instance: Instance) -> Iterator[Van]:
    """The first of all vans that are alike and drive at all."""
    seen: list[Van] = []
    for van in instance.vans:
        alike = replace(van, id="")
        if van.shifts and alike not in seen:
            seen.append(alike)
            yield van
