"""Rules that a value of one object keeps, each told as a problem where it does not."""

from collections.abc import Hashable, Iterable, Iterator
from math import inf, isfinite

from planner.errors import InputError, Mistake, Problem
from planner.i18n.messages import say


def refuse(problems: Iterable[Problem]) -> None:
    """Raise an `InputError` with all problems, if there are any."""
    if all_problems := tuple(problems):
        raise InputError(all_problems)


def check_not_negative(where: str, **values: int) -> Iterator[Problem]:
    """Counts and durations by their names."""
    for name, value in values.items():
        if value < 0:
            mistake = Mistake.of(value, say("is negative"), say("use 0 or more"))
            yield mistake.at(f"{where} {name}")


def check_at_most(where: str, limit: int, **values: float) -> Iterator[Problem]:
    """Values by their names that are a slip of the pen above a limit; infinite ones pass."""
    for name, value in values.items():
        if limit < value < inf:
            fault = say("is above {maximum:.10g}", maximum=limit)
            mistake = Mistake.of(value, fault, say("use {most} or less", most=limit))
            yield mistake.at(f"{where} {name}")


def check_weight(where: str, weight: float) -> Iterator[Problem]:
    """What a person is worth."""
    if not (isfinite(weight) and weight >= 0):
        yield Mistake.of(weight, say("is not 0 or more"), say("use 0 or more")).at(where)


def check_interval(where: str, interval: tuple[int, int], limit: int) -> Iterator[Problem]:
    """Opening and closing in seconds after midnight, up to a limit."""
    opening, closing = interval
    yield from check_at_most(where, limit, end=closing)
    if opening < 0:
        yield Mistake.of(opening, say("is negative"), say("use seconds after midnight")).at(where)
    if closing < opening:
        yield Problem(
            where=where,
            what=say(
                "ends at {closing}, before it starts at {opening}", closing=closing, opening=opening
            ),
            remedy=say("swap them"),
        )


def check_unique(where: str, ids: Iterable[Hashable]) -> Iterator[Problem]:
    """Ids of objects of one kind."""
    seen: set[Hashable] = set()
    for key in ids:
        if key in seen:
            mistake = Mistake(say("Duplicate id '{key}'", key=key), say("ids must be unique"))
            yield mistake.at(f"{where} id")
        seen.add(key)
