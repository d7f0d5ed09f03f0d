"""vrp-cli: ruin and recreate over whole sites, each with a value, in its pragmatic format.

A job there takes the same time for every van, so it is that of the average van that fits.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import vrp_cli

from bench.finish import Order, finish
from bench.peers.offers import NO_WAY_S, Timeline, cores, merged, promising, work_s
from planner.model import NO_ROAD, Instance, Interval
from planner.plan import Plan
from planner.units import people_in

MOST_SITES = 300
PIECE = 200
"""Most people of a job; a larger site is several jobs, each with set-up and pack-up."""

Json = dict[str, Any]


def plan(instance: Instance, seconds: float, seed: int) -> Plan:
    """The best plan found in so many seconds; vrp-cli cannot be given a seed."""
    instance = promising(instance, MOST_SITES)
    if not instance.sites:
        return Plan()
    timeline = Timeline(first_day=instance.dates[0], cut=(0, 0))
    jobs = [job for site in range(len(instance.sites)) for job in _jobs(instance, timeline, site)]
    if not jobs:
        return Plan()
    problem = {
        "plan": {"jobs": jobs},
        "fleet": {
            "vehicles": [_vehicle(instance, timeline, i) for i in range(len(instance.van_days))],
            "profiles": [{"name": "van"}],
        },
        "objectives": [[{"type": "maximize-value"}], [{"type": "minimize-cost"}]],
    }
    solution = json.loads(
        vrp_cli.solve_pragmatic(
            problem=json.dumps(problem),
            matrices=[json.dumps(_matrix(instance, int(jobs[-1]["id"].split("/")[0])))],
            config=json.dumps(_config(seconds)),
        )
    )
    return finish(instance, [_order(instance, tour) for tour in solution["tours"]])


def _config(seconds: float) -> Json:
    return {
        "termination": {"maxTime": max(1, round(seconds)), "maxGenerations": 10**9},
        "environment": {"parallelism": {"numThreadPools": 1, "threadsPerPool": cores()}},
        "telemetry": {"progress": {"enabled": False}},
    }


def _matrix(instance: Instance, last_site: int) -> Json:
    """Seconds between the places up to the last one used; more are an error to vrp-cli."""
    num_used = instance.sites[last_site].place + 1
    drive_s = instance.drive_s[:num_used, :num_used]
    seconds = np.where(drive_s == NO_ROAD, NO_WAY_S, drive_s).ravel().tolist()
    return {"profile": "van", "travelTimes": seconds, "distances": seconds}


def _jobs(instance: Instance, timeline: Timeline, index: int) -> Iterator[Json]:
    site = instance.sites[index]
    kits = [van.kits for van in instance.vans if van.van_class in site.classes]
    if not kits:
        return
    mean_kits = max(1, round(sum(kits) / len(kits)))
    spans = [
        timeline.span(day, window) for day in sorted(site.windows) for window in site.windows[day]
    ]
    room_s = max((end - begin for begin, end in spans), default=0) - work_s(site, 0, 1)
    room = people_in(room_s, site.seconds_per_person, mean_kits)
    size = max(1, min(PIECE, site.max_people if room is None else room))
    for number, first in enumerate(range(0, site.max_people, size)):
        people = min(size, site.max_people - first)
        duration_s = work_s(site, people, mean_kits)
        starts = [(begin, end - duration_s) for begin, end in spans if begin + duration_s <= end]
        if starts:
            place = {
                "location": {"index": site.place},
                "duration": duration_s,
                "times": [_times(span) for span in merged(starts)],
            }
            yield {
                "id": f"{index}/{number}",
                # Below 1 it counts as none.
                "value": 1000 * site.weight * people,
                "skills": {"oneOf": list(site.classes)},
                "pickups": [{"places": [place], "demand": [people]}],
            }


def _vehicle(instance: Instance, timeline: Timeline, index: int) -> Json:
    van_index, day = instance.van_days[index]
    van = instance.vans[van_index]
    most = sum(site.max_people for site in instance.sites)
    opens, closes = _times(timeline.span(day, van.shifts[day]))
    shift: Json = {
        "start": {"earliest": opens, "location": {"index": instance.depot_places[van.start]}},
        "end": {"latest": closes, "location": {"index": instance.depot_places[van.end]}},
    }
    if van.crew_break is not None and (span := timeline.rest_span(van, day)) is not None:
        shift["breaks"] = [
            {"places": [{"duration": van.crew_break.length_s}], "time": _times(span)}
        ]
    return {
        "typeId": f"type-{index}",
        "vehicleIds": [str(index)],
        "profile": {"matrix": "van"},
        "costs": {"fixed": 0.0, "distance": 1.0, "time": 0.0},
        "skills": [van.van_class],
        "shifts": [shift],
        "capacity": [most if van.max_people is None else van.max_people],
    }


def _order(instance: Instance, tour: Json) -> Order:
    van, day = instance.van_days[int(tour["vehicleId"])]
    sites = [
        int(activity["jobId"].split("/")[0])
        for stop in tour["stops"]
        for activity in stop["activities"]
        if activity["type"] == "pickup"
    ]
    return Order(van=van, day=day, sites=tuple(dict.fromkeys(sites)))


def _times(span: Interval) -> list[str]:
    return [datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for time_s in span]
