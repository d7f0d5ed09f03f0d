"""Weekends of a campaign that are over: what the ledger says of them, and what they cost."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from planner.analysis.campaign import DoneWeek
from planner.district import District
from planner.office.history import find_ledger
from planner.office.progress import read_progress


def read_weekends_done(
    district: District,
    first_week: str,
    kept: Mapping[str, Any] | None,
    today: date | None = None,
) -> tuple[DoneWeek, ...]:
    """Weekends with tallies since the first of a campaign.

    Parameters
    ----------
    kept
        The index of the same campaign as it was planned before; None = there is none.
    today
        As `read_progress` takes it.
    """
    if find_ledger(district) is None:
        return ()
    before = {entry["week"]: DoneWeek(**entry) for entry in (kept or {}).get("done", ())}
    progress = read_progress(district, today)
    left = dict(progress.burn_down)
    done = [
        before.get(
            week.week,
            DoneWeek(
                week=week.week,
                promised=week.published,
                recorded=week.recorded,
                left=left.get(_sunday(week.week)),
            ),
        )
        for week in progress.weeks
        if week.told and week.week >= first_week
    ]
    # Tallies may come late.
    told = {week.week: week.recorded for week in progress.weeks}
    done = [replace(week, recorded=told[week.week]) for week in done]
    new = [number for number, week in enumerate(done) if week.week not in before]
    if new and kept is not None:
        done[new[0]] = replace(done[new[0]], least_before=kept["least_weekends"])
    return tuple(done)


def with_least(done: Sequence[DoneWeek], least: int | None) -> tuple[DoneWeek, ...]:
    """The weekends done, after the last of which so many are the least in all."""
    if not done:
        return ()
    return (*done[:-1], replace(done[-1], least_after=least))


def done_dicts(done: Sequence[DoneWeek]) -> list[dict[str, Any]]:
    """Weekends done for JSON, as `read_weekends_done` reads them again."""
    return [asdict(week) for week in done]


def _sunday(week: str) -> date:
    return date.fromisoformat(f"{week}-1") + timedelta(days=6)
