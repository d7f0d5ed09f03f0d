"""VROOM: insertion and local search over sites cut into pieces.

Pieces of a site are jobs at one place: its set-up is spent once where they follow each other.
Priorities are what VROOM maximises first; they end at 100.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import numpy as np
import pandas as pd
import vroom

from bench.finish import Order, finish
from bench.peers.offers import NO_WAY_S, Timeline, cores, merged, promising
from planner.model import NO_ROAD, Instance, Site
from planner.plan import Plan
from planner.units import people_in

MOST_SITES = 600
PIECE = 200
EXPLORATION = 5
MAX_PRIORITY = 100


def plan(instance: Instance, seconds: float, seed: int) -> Plan:
    """The plan found in at most so many seconds; VROOM ends by itself and knows no seed."""
    instance = promising(instance, MOST_SITES)
    if not instance.sites:
        return Plan()
    timeline = Timeline(first_day=instance.dates[0], cut=(0, 0))
    problem = vroom.Input()
    problem.set_durations_matrix(
        "car", np.where(instance.drive_s == NO_ROAD, NO_WAY_S, instance.drive_s)
    )
    problem.add_vehicle(list(_vehicles(instance, timeline)))
    ids = count(1)
    best = max(site.weight * min(PIECE, site.max_people) for site in instance.sites)
    site_of: dict[int, int] = {}
    for site in range(len(instance.sites)):
        for job in _jobs(instance, timeline, site, ids, best):
            problem.add_job(job)
            site_of[job.id] = site
    if not site_of:
        return Plan()
    solution = problem.solve(EXPLORATION, nb_threads=cores(), timeout=timedelta(seconds=seconds))
    return finish(instance, _orders(instance, solution.routes, site_of))


def _vehicles(instance: Instance, timeline: Timeline) -> Iterator[vroom.Vehicle]:
    """One for every van-day, in order; its skills are the sets of classes that it belongs to."""
    skills = _skills(instance)
    most = sum(site.max_people for site in instance.sites)
    for index, (van_index, day) in enumerate(instance.van_days):
        van = instance.vans[van_index]
        breaks = []
        if van.crew_break is not None and (span := timeline.rest_span(van, day)) is not None:
            window = vroom.TimeWindow(*span)
            breaks = [vroom.Break(index, time_windows=[window], service=van.crew_break.length_s)]
        yield vroom.Vehicle(
            index,
            start=instance.depot_places[van.start],
            end=instance.depot_places[van.end],
            capacity=[most if van.max_people is None else van.max_people],
            skills={skill for classes, skill in skills.items() if van.van_class in classes},
            time_window=vroom.TimeWindow(*timeline.span(day, van.shifts[day])),
            breaks=breaks,
            type=f"kits-{van.kits}",
        )


def _jobs(
    instance: Instance, timeline: Timeline, index: int, ids: Iterator[int], best: float
) -> Iterator[vroom.Job]:
    site = instance.sites[index]
    kits = {van.kits for van in instance.vans if van.van_class in site.classes}
    for people in _pieces(site, min(kits)) if kits else ():
        services_s = {f"kits-{n}": site.service_s(people, n) for n in kits}
        windows = _windows(site, timeline, max(services_s.values()))
        if windows:
            yield vroom.Job(
                next(ids),
                site.place,
                default_setup=site.setup_s + site.packup_s,
                service_per_type=services_s,
                pickup=[people],
                skills={_skills(instance)[site.classes]},
                priority=max(1, round(MAX_PRIORITY * site.weight * people / best)),
                time_windows=windows,
            )


def _pieces(site: Site, kits: int) -> Iterator[int]:
    """People of each piece; each has room in the longest window."""
    lengths_s = [end_s - begin_s for windows in site.windows.values() for begin_s, end_s in windows]
    room_s = max(lengths_s, default=0) - site.setup_s - site.packup_s
    room = people_in(room_s, site.seconds_per_person, kits)
    size = max(1, min(PIECE, site.max_people if room is None else room))
    for first in range(0, site.max_people, size):
        yield min(size, site.max_people - first)


def _windows(site: Site, timeline: Timeline, piece_s: int) -> list[vroom.TimeWindow]:
    """When set-up or, after another piece, service may start."""
    spans = [timeline.span(day, window) for day in site.windows for window in site.windows[day]]
    starts = [(opening_s, closing_s - piece_s - site.packup_s) for opening_s, closing_s in spans]
    return [vroom.TimeWindow(*start) for start in merged(s for s in starts if s[0] <= s[1])]


def _skills(instance: Instance) -> dict[tuple[str, ...], int]:
    classes = {site.classes for site in instance.sites}
    return {these: skill for skill, these in enumerate(sorted(classes), start=1)}


def _orders(instance: Instance, steps: pd.DataFrame, site_of: dict[int, int]) -> list[Order]:
    jobs = steps[steps["type"] == "job"]
    if jobs.empty:
        return []
    orders = []
    for index, ids in jobs.groupby(jobs["vehicle_id"].astype(int))["id"]:
        van, day = instance.van_days[int(index)]
        stops = dict.fromkeys(site_of[int(job)] for job in ids)
        orders.append(Order(van=van, day=day, sites=tuple(stops)))
    return orders
