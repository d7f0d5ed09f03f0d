"""Rules that a value of one object keeps, each told as a problem where it does not."""

from collections.abc import Hashable, Iterable, Iterator
from math import inf, isfinite

from planner.errors import InputError, Problem
from planner.i18n.messages import say


def refuse(problems: Iterable[Problem]) -> None:
    """Raise an `InputError` with all problems, if there are any."""
    if found := tuple(problems):
        raise InputError(found)


def check_not_negative(where: str, **values: int) -> Iterator[Problem]:
    """Counts and durations by their names."""
    for name, value in values.items():
        if value < 0:
            yield Problem(
                where=f"{where} {name}",
                what=say("'{value}' is negative", value=value),
                remedy=say("use 0 or more"),
            )


def check_at_most(where: str, limit: int, **values: float) -> Iterator[Problem]:
    """Values by their names that are a slip of the pen above a limit; infinite ones pass."""
    for name, value in values.items():
        if limit < value < inf:
            yield Problem(
                where=f"{where} {name}",
                what=say("'{value}' is above {most}", value=value, most=limit),
                remedy=say("use {most} or less", most=limit),
            )


def check_weight(where: str, weight: float) -> Iterator[Problem]:
    """What a person is worth."""
    if not (isfinite(weight) and weight >= 0):
        yield Problem(
            where=where,
            what=say("'{value}' is not 0 or more", value=weight),
            remedy=say("use 0 or more"),
        )


def check_interval(where: str, interval: tuple[int, int], limit: int) -> Iterator[Problem]:
    """Opening and closing in seconds after midnight, up to a limit."""
    opening, closing = interval
    yield from check_at_most(where, limit, end=closing)
    if opening < 0:
        yield Problem(
            where=where,
            what=say("'{value}' is negative", value=opening),
            remedy=say("use seconds after midnight"),
        )
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
            yield Problem(
                where=f"{where} id",
                what=say("Duplicate id '{key}'", key=key),
                remedy=say("ids must be unique"),
            )
        seen.add(key)
