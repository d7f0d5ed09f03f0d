"""What a solver learnt of a plan, kept in the cache of the user: so that answers come at once."""

from contextlib import suppress
from pathlib import Path

from planner.errors import InputError
from planner.model import Instance
from planner.office.session import roads_cache
from planner.plan import Plan
from planner.solvers import SolveReport
from planner.store.atomic import write_files
from planner.store.solve_cache import read_study, study_bytes, study_key

WORTH_S = 1.0
"""What took less is not worth keeping."""

KEPT = 20
"""Studies kept; the oldest go first."""


def known_study(instance: Instance, plan: Plan) -> SolveReport | None:
    """The report on a plan that was kept, or None."""
    return read_study(_path(instance, plan))


def keep_study(instance: Instance, plan: Plan, report: SolveReport) -> None:
    """Keep a report if it has taken long and proves anything; where none can be, do without."""
    if not report.site_bounds or (report.result.solve_s or 0.0) < WORTH_S:
        return
    path = _path(instance, plan)
    with suppress(InputError, OSError):
        write_files(path.parent, {path.name: study_bytes(report)})
        written = sorted(path.parent.glob("*.json"), key=lambda each: -each.stat().st_mtime)
        for old in written[KEPT:]:
            old.unlink()


def _path(instance: Instance, plan: Plan) -> Path:
    return roads_cache() / "studies" / f"{study_key(instance, plan)[:32]}.json"
