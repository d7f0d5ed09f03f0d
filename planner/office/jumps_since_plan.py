"""What has jumped in the tables since the last plan."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from planner import formats
from planner.errors import InputError
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.model import Instance
from planner.store.plan_folder import PlanFolder

TIMES, MANY = 1.5, 50
"""People have jumped if there are so many times more or fewer, and so many."""

NAMED = 5
"""Places named one by one."""


def jumps(horizon: Horizon) -> Iterator[Message]:
    """One sentence for the people of all places, and for each place, that changed by much.

    Fewer people are no surprise where the ledger knows who was recorded.
    """
    last = _last_instance(horizon.district.folder)
    if last is None:
        return
    week, before = last
    are_fewer_odd = not horizon.district.outcomes
    yield from jumps_between(
        before, horizon.instance, week, _names(horizon), are_fewer_odd=are_fewer_odd
    )


def jumps_between(
    before: Instance,
    now: Instance,
    week: str,
    names: Mapping[str, str],
    *,
    are_fewer_odd: bool = True,
) -> Iterator[Message]:
    """What changed by much from the instance of a week to another one.

    Parameters
    ----------
    names
        Of places, by their id.
    are_fewer_odd
        Whether fewer people are told of, as more are.
    """

    def has_jumped(old: int, new: int) -> bool:
        return (are_fewer_odd or new > old) and _has_jumped(old, new)

    old, new = (given.catchments.capacity(range(len(given.sites))) for given in (before, now))
    if has_jumped(old, new):
        yield say(
            "people expected at all places: {new}, in the plan of {week} {old}",
            new=new,
            old=old,
            week=week,
        )
    people = {site.id: site.max_people for site in before.sites}
    changed = [
        (site, people[site.id])
        for site in now.sites
        if site.id in people and has_jumped(people[site.id], site.max_people)
    ]
    changed.sort(key=lambda entry: -abs(entry[0].max_people - entry[1]))
    for site, count in changed[:NAMED]:
        yield say(
            "{name}: {new} people expected, in the plan of {week} {old}",
            name=names[site.id],
            new=site.max_people,
            old=count,
            week=week,
        )


def _has_jumped(old: int, new: int) -> bool:
    return abs(new - old) >= MANY and max(old, new) >= TIMES * min(old, new)


def _names(horizon: Horizon) -> dict[str, str]:
    return {venue.id: venue.name for venue in horizon.venues}


def _last_instance(folder: Path) -> tuple[str, Instance] | None:
    """The last week with a plan, and what it was planned from; None where there is none."""
    for path in sorted((folder / "plans").glob("*-W*"), reverse=True):
        version = PlanFolder.of_week(folder, path.name).current
        if version is not None:
            try:
                return path.name, formats.read_instance(version.path / "instance.json")
            except InputError:
                return None
    return None
