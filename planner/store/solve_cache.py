"""What a solver learnt, kept on disk: so that nobody waits twice for the same.

A report is kept under a key of everything that it follows from: the instance, the plan it began
with, and the code of the solvers. The file is the program's own and may be deleted at any time;
what cannot be read is found again.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from planner.check import violations
from planner.errors import InputError
from planner.formats import instance_files
from planner.model import Instance
from planner.plan import Plan, Result, Route
from planner.solvers.base import Prices, SolveReport
from planner.store.atomic import remove_abandoned, write_files
from planner.store.user_cache import user_cache

WORTH_S = 1.0
"""What took less is not worth keeping."""

KEPT = 20
"""Reports kept; the oldest go first."""

CutPrice = tuple[tuple[str, ...], int, int, float]
"""As in `Prices.cuts`."""

VanDays = tuple[tuple[str, date, float], ...]
"""Van, date and a number each."""


class _ReportFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    result: Result
    routes: tuple[Route, ...]
    prices: (
        tuple[Mapping[str, float], Mapping[str, Mapping[str, float]], VanDays, tuple[CutPrice, ...]]
        | None
    )
    van_day_bounds: VanDays
    site_bounds: Mapping[str, float]
    max_required: int | None


def read_report(instance: Instance, plan: Plan, cache: Path | None = None) -> SolveReport | None:
    """The report on a plan that was kept, or None.

    Parameters
    ----------
    cache
        Folder in which reports are kept; None = that of the user.
    """
    path = _path(instance, plan, cache)
    remove_abandoned(path.parent)
    report = parse_report(path)
    return report if report is not None and _is_about(report, instance) else None


def _is_about(report: SolveReport, instance: Instance) -> bool:
    """Whether a sound file holds what could be the report on this instance."""
    van_days = {(instance.vans[van].id, day) for van, day in instance.van_days}
    sites, priced = set(report.site_bounds), set(report.van_day_bounds)
    if report.prices is not None:
        sites, priced = sites | {*report.prices.sites}, priced | {*report.prices.van_days}
    is_named = sites <= instance.site_index.keys() and priced <= van_days
    return is_named and not violations(instance, report.result.plan)


def keep_report(
    instance: Instance,
    plan: Plan,
    report: SolveReport,
    cache: Path | None = None,
    worth_s: float = WORTH_S,
) -> None:
    """Keep a report on a plan if it took long and proves anything; where none can be, do without.

    Parameters
    ----------
    worth_s
        Seconds of solving below which a report is not worth keeping.
    """
    if not report.site_bounds or (report.result.solve_s or 0.0) < worth_s:
        return
    path = _path(instance, plan, cache)
    with suppress(InputError, OSError):
        write_files(path.parent, {path.name: report_bytes(report)})
        paths = sorted(path.parent.glob("*.json"), key=lambda path: -path.stat().st_mtime)
        for old in paths[KEPT:]:
            old.unlink()


def _path(instance: Instance, plan: Plan, cache: Path | None) -> Path:
    return (cache or user_cache()) / "studies" / f"{report_key(instance, plan)[:32]}.json"


def report_key(instance: Instance, plan: Plan) -> str:
    """Other for every other instance, plan and version of the solvers."""
    files = instance_files(instance)
    parts = [*(files[name] for name in sorted(files)), repr(plan).encode(), _code()]
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def report_bytes(report: SolveReport) -> bytes:
    """A report as a file."""
    prices = report.prices
    return (
        _ReportFile(
            result=report.result,
            routes=report.routes,
            prices=None
            if prices is None
            else (prices.sites, prices.draws, _list_van_days(prices.van_days), prices.cuts),
            van_day_bounds=_list_van_days(report.van_day_bounds),
            site_bounds=report.site_bounds,
            max_required=report.max_required,
        )
        .model_dump_json()
        .encode()
    )


def parse_report(path: Path) -> SolveReport | None:
    """The report in a file; None where it cannot be read."""
    try:
        row = _ReportFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return SolveReport(
        result=row.result,
        routes=row.routes,
        prices=row.prices
        and Prices(
            sites=row.prices[0],
            draws=row.prices[1],
            van_days=_by_van_day(row.prices[2]),
            cuts=row.prices[3],
        ),
        van_day_bounds=_by_van_day(row.van_day_bounds),
        site_bounds=row.site_bounds,
        max_required=row.max_required,
    )


def _list_van_days(numbers: Mapping[tuple[str, date], float]) -> VanDays:
    return tuple((van_id, day, number) for (van_id, day), number in numbers.items())


def _by_van_day(numbers: VanDays) -> dict[tuple[str, date], float]:
    return {(van_id, day): number for van_id, day, number in numbers}


@cache
def _code() -> bytes:
    """What changes with every change of the code that solves."""
    return b"".join(sha256(source.read_bytes()).digest() for source in solver_sources())


def solver_sources() -> tuple[Path, ...]:
    """The code of the solvers, on which every report depends."""
    return tuple(sorted((Path(__file__).parents[1] / "solvers").rglob("*.py")))
