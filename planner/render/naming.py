"""Rules that a plan breaks, told with the names of places rather than with their numbers."""

from collections.abc import Mapping

from planner.errors import Problem
from planner.horizon import Horizon
from planner.i18n.messages import Message, say


def with_names(horizon: Horizon, problem: Problem) -> Message:
    """Where and what, as `planner.check` found it; a plan made by hand is mended elsewhere."""
    instance = horizon.instance
    names = {venue.id: venue.name for venue in horizon.venues}
    places: dict[object, str] = {}
    for depot in horizon.district.depots:
        places[instance.depot_places[depot.id]] = depot.name
    for site in instance.sites:
        places[site.place] = names[site.id]
    where, what = _named(problem.where, names, places), _named(problem.what, names, places)
    return say("{where}: {what}", where=where, what=what)


def _named(text: str, names: Mapping[str, str], places: Mapping[object, str]) -> str:
    if not isinstance(text, Message):
        return text
    values = {key: _value(key, value, names, places) for key, value in text.values.items()}
    made = Message(text.template.format(**values))
    made.template, made.values = text.template, values
    return made


def _value(
    key: str, value: object, names: Mapping[str, str], places: Mapping[object, str]
) -> object:
    if key in {"place", "next_place"}:
        return f"'{places.get(value, value)}'"
    if key in {"site", "site_id"} and value in names:
        return f"'{names[str(value)]}'"
    return _named(value, names, places) if isinstance(value, str) else value
