"""The instance as it is after the news: what is true from now on, and still true of the past.

It is loosened where the past itself would break a rule: a stop that ended early has fewer people
than a stop should, and a van that was late may be home after its shift.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.model import Instance, Interval, Site, Van
from planner.plan import Route, Stop
from planner.replan.disruption import News
from planner.replan.van_state import Standing

Halts = Sequence[tuple[date, Stop]]


def changed_instance(
    instance: Instance, news: News, standings: Sequence[Standing]
) -> tuple[Instance, tuple[Standing, ...]]:
    """The instance that the past and every plan for the rest keep the rules of.

    Returns
    -------
    tuple
        With it the standings, their people cut back to those that come to each site at all.
    """
    standings = tuple(_with_fewer(instance, news, standings))
    halts: defaultdict[str, list[tuple[date, Stop]]] = defaultdict(list)
    for standing in standings:
        for stop in standing.done:
            halts[stop.site_id].append((standing.date, stop))
    sites = tuple(_site(site, news, halts[site.id]) for site in instance.sites)
    by_van: defaultdict[int, list[Standing]] = defaultdict(list)
    for standing in standings:
        by_van[standing.van_index].append(standing)
    vans = tuple(
        _van(instance, van, news, by_van[index]) for index, van in enumerate(instance.vans)
    )
    return replace(instance, sites=sites, vans=vans), standings


def way_home(instance: Instance, standing: Standing) -> Route | None:
    """The route of a van that makes no stop but those done; None where it made none.

    A break taken where it waited falls away if the van is at home by then anyway.
    """
    if not standing.done or standing.leave_s is None:
        return None
    van = standing.van(instance)
    end = instance.depot_places[van.end]
    last = standing.done[-1]
    place = instance.sites[instance.site_index[last.site_id]].place
    return_s = last.depart_s + max(0, int(instance.drive_s[place, end]))
    through = standing.drives_through_break(instance, return_s)
    return Route(
        van_id=van.id,
        date=standing.date,
        leave_s=standing.leave_s,
        return_s=return_s,
        stops=standing.done,
        break_start_s=None if through else standing.break_start_s,
    )


def _with_fewer(
    instance: Instance, news: News, standings: Iterable[Standing]
) -> Iterable[Standing]:
    """Standings whose unfinished stops record no more people than are expected by now."""
    standings = list(standings)
    left = _left_for_unfinished(news, standings)
    for standing in standings:
        if not standing.done:
            yield standing
            continue
        stops = list(standing.done)
        for number, stop in enumerate(stops):
            if _unfinished(news, standing, stop) and stop.site_id in left:
                people = min(stop.people, left[stop.site_id])
                left[stop.site_id] -= people
                stops[number] = replace(stop, people=people)
        yield replace(standing, done=tuple(stops))


def _left_for_unfinished(news: News, standings: Iterable[Standing]) -> dict[str, int]:
    """By site in the news, people expected less those recorded at stops that are over."""
    left = dict(news.people)
    for standing in standings:
        for stop in standing.done:
            if stop.site_id in left and not _unfinished(news, standing, stop):
                left[stop.site_id] = max(0, left[stop.site_id] - stop.people)
    return left


def _unfinished(news: News, standing: Standing, stop: Stop) -> bool:
    return standing.date == news.day and stop.packup_s > news.time_s


def _site(site: Site, news: News, halts: Halts) -> Site:
    done = sum(stop.people for _, stop in halts)
    expected = max(done, news.people.get(site.id, site.expected))
    windows = dict(site.windows)
    if site.id in news.closed:
        windows = _closed(windows, news, halts)
    fewest = min((stop.people for _, stop in halts), default=expected)
    loosened = fewest < min(site.min_people, expected)
    return replace(
        site,
        expected=expected,
        windows=windows,
        min_people=fewest if loosened else site.min_people,
    )


def _closed(
    windows: Mapping[date, tuple[Interval, ...]], news: News, halts: Halts
) -> dict[date, tuple[Interval, ...]]:
    """Hours before now, and until the last stop is packed up that was begun."""
    until_s = max((stop.depart_s for day, stop in halts if day == news.day), default=news.time_s)
    until_s = max(until_s, news.time_s) if any(day == news.day for day, _ in halts) else 0
    found = {day: hours for day, hours in windows.items() if day < news.day}
    today = tuple(
        (opens, min(closes, until_s))
        for opens, closes in windows.get(news.day, ())
        if opens < until_s
    )
    return found | ({news.day: today} if today else {})


def _van(instance: Instance, van: Van, news: News, standings: Sequence[Standing]) -> Van:
    """The van without the shifts it does not drive any more, its rules no harder than its past."""
    shifts, rest = dict(van.shifts), van.crew_break
    for standing in standings:
        if standing.over and not standing.done and news.broken(van.id, standing.date):
            del shifts[standing.date]
        home = way_home(instance, standing)
        if home is None:
            continue
        opens, closes = shifts[standing.date]
        shifts[standing.date] = opens, max(closes, home.return_s)
        if rest is not None and home.break_start_s is None and home.return_s > rest.latest_s:
            rest = replace(rest, latest_s=home.return_s)
    return replace(van, shifts=shifts, crew_break=rest)
