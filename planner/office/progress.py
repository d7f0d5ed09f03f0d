"""The report of progress for the head of office."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.analysis.measure_progress import History, measure_progress
from planner.analysis.progress import NextStop, NextWeekend, Progress
from planner.backlog import Publication, Tally, estimate_inflow
from planner.district import District
from planner.horizon import next_week
from planner.office.history import Books, counts_of, find_ledger, read_books, today_at
from planner.render.progress_map import draw_progress
from planner.render.progress_page import typeset_progress
from planner.render.progress_tables import build_progress_xlsx, progress_data
from planner.store.atomic import write_files
from planner.store.plan_folder import PlanFolder
from planner.venues import service_of

FOLDER = "progress"


def read_progress(district: District, today: date | None = None) -> Progress:
    """How far a district is, by its ledger, tables and plans.

    Parameters
    ----------
    today
        None = the date at the office. The report is of its end, or of the last tally after it.

    Raises
    ------
    InputError
        Where the ledger cannot be read.
    """
    today, ledger = today or today_at(district), find_ledger(district)
    if ledger is None:
        publications: tuple[Publication, ...] = ()
        tallies: tuple[Tally, ...] = ()
        counts = [counts_of(district, today)]
        inflow = estimate_inflow(district)
        books = Books(counts=counts, attributed=(), cards=(), struck_off=(), inflow=inflow)
    else:
        publications, tallies = ledger.publications(), ledger.tallies()
        books = read_books(district, ledger, today)
    weeks = {given.week for given in publications} | {tally.week for tally in tallies}
    day = max([today, *(tally.day for tally in tallies)])
    coming = next_week(day)
    plans = {
        week: plan
        for week in sorted({*weeks, coming})
        if (plan := PlanFolder.of_week(district.folder, week).read_plan_if_any()) is not None
    }
    history = History(
        balances=books.balances,
        first_count=books.counts[0].as_of,
        attributed=books.attributed,
        publications=publications,
        tallies=tallies,
        plans=plans,
        not_printed=books.not_printed(day),
        struck_off=books.struck_off,
    )
    measured = measure_progress(district, history, day)
    return replace(measured, next_weekend=_next_weekend(district, history, coming))


def _next_weekend(district: District, history: History, week: str) -> NextWeekend | None:
    plan, current = history.plans.get(week), PlanFolder.of_week(district.folder, week).current
    if plan is None or current is None:
        return None
    names = {id_: venue.name for id_, venue in district.venues_of(plan.served()).items()}
    stops = (
        NextStop(
            day=route.date,
            van=route.van_id,
            name=names.get(stop.site_id, stop.site_id),
            serve_s=stop.serve_s,
            packup_s=stop.packup_s,
            people=stop.people,
            service=service_of(stop.site_id),
        )
        for route, stop in plan.stops()
    )
    return NextWeekend(
        week=week,
        is_published=any(
            (given.week, given.version) == (week, current.number) for given in history.publications
        ),
        stops=tuple(sorted(stops, key=lambda stop: (stop.day, stop.van, stop.serve_s))),
    )


def save_progress(district: District, progress: Progress) -> tuple[Path, ...]:
    """The page, workbook, map and data of a report, in ``progress`` of the folder.

    Raises
    ------
    InputError
        Where they cannot be written.
    """
    data = json.dumps(progress_data(progress), indent=1, ensure_ascii=False)
    files = {
        "pdf": typeset_progress(district, progress),
        "xlsx": build_progress_xlsx(progress, district.office.words),
        "html": draw_progress(district, progress).encode(),
        "json": data.encode(),
    }
    named = {f"progress-{progress.day}.{suffix}": content for suffix, content in files.items()}
    write_files(district.folder / FOLDER, named)
    return tuple(district.folder / FOLDER / name for name in named)
