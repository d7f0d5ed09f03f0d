"""Deciding where each van stands in a week."""

from dataclasses import replace
from pathlib import Path

from planner import formats, solvers
from planner.check import score, violations, with_plan
from planner.difference import compare_stops
from planner.district import District
from planner.errors import InputError, NothingToPlanError, input_error
from planner.horizon import Horizon
from planner.i18n.messages import say, say_n
from planner.model import Instance
from planner.office.empty_plan import reason_of_empty
from planner.office.kept_campaign import read_weekend
from planner.office.listener import SILENT, Listener
from planner.office.search import PROMISES, ROUTES, Search, prepare_solver
from planner.office.strike import calls_to_make, price_in_people, strike_unkeepable
from planner.office.week_plan import WeekPlan, open_horizon
from planner.plan import Plan, Status
from planner.render.geojson import build_geojson
from planner.render.schedule_tables import build_schedule_csv
from planner.render.summary_text import build_summary_lines
from planner.replan.keep import keep_routes
from planner.replan.replanning import keep_promises
from planner.solvers import SolveReport
from planner.store.plan_folder import PlanFolder
from planner.store.solve_cache import keep_report
from planner.store.version import CHANGED, MANIFEST, PLAN, Version, manifest_bytes
from planner.store.week_writer import Papers, write_week


def plan_week(
    district: District,
    week: str,
    *,
    search: Search | None = None,
    keep: Plan | None = None,
    keep_mode: str = ROUTES,
    from_campaign: bool = False,
    assume_permission: bool = False,
    discard_changes: bool = False,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> WeekPlan:
    """Where each van stands in a week, and how far that is from the best possible plan.

    Parameters
    ----------
    week
        ISO week, ``2026-W48``.
    search
        None = with the time limit and the seed of the district.
    keep, keep_mode
        A plan to go on from, and what of it stays: one of `planner.office.search.KEEP_MODES`.
    from_campaign
        Whether to go on from what the campaign of the district has for the week.
    assume_permission
        Whether to plan as if every host agreed who has not refused: a draft, never published.
    discard_changes
        Whether a plan in force with changes of the day itself may be replaced by one without them.
    cache
        Folder for prepared roads and reports of solvers; None = that of the user.

    Raises
    ------
    NothingToPlanError
        Where no van reaches any place.
    InputError
        Where changes of the day itself would be lost, or the campaign has no such week.
    """
    current = PlanFolder.of_week(district.folder, week).current
    if current is not None and current.has_changes and not discard_changes:
        raise _changes_at_stake(week, current)
    for warning in district.warnings:
        listener.notice(warning)
    if assume_permission:
        district = district.assuming_permission()
    search = search or Search()
    if from_campaign:
        keep = read_weekend(district, week, listener)
    because = "plan --from-campaign" if from_campaign else "plan --keep"
    with solvers.preparing_beside(search.solver):
        horizon = open_horizon(district, week, cache=cache, listener=listener)
        in_force = current.read_result().plan if current is not None else None
        report = _solve(horizon, search, keep, keep_mode, in_force, listener)
    if not any(report.result.plan.stops()):
        if report.result.status is Status.INTERRUPTED:
            raise NothingToPlanError(
                say("{week}: interrupted before a stop was planned", week=week)
            )
        raise NothingToPlanError(reason_of_empty(horizon))
    if keep is None and current is not None and in_force is not None:
        report = _no_worse(horizon, report, current, in_force, listener)
    if keep is not None and violations(horizon.instance, keep):
        _tell_calls(horizon, keep, report.result.plan, listener)
    keep_report(horizon.instance, report.result.plan, report, cache)
    return WeekPlan(
        horizon=horizon,
        result=report.result,
        because="plan" if keep is None else because,
        planned_on=current.number if current else None,
    )


def save_plan(
    plan: WeekPlan,
    *,
    changed: bytes | None = None,
    instead_of: WeekPlan | None = None,
    papers: Papers | None = None,
    listener: Listener = SILENT,
) -> Path:
    """The folder ``plans/WEEK`` with a new version of the plan in every form.

    The version in force until then is kept beside it, and stays in force if anything fails. Where
    the plan is the one in force, there is no new version.

    Parameters
    ----------
    changed
        What differs from the tables since the day itself, as `planner.store` keeps it.
    instead_of
        The plan that this one was made of, which must still be in force; None = it follows from the
        tables, whatever is in force.
    papers
        Drawn with it, by kind.

    Raises
    ------
    InputError
        Where a version has come between that the plan must not replace.
    """
    files = {
        PLAN: formats.plan_bytes(plan.result),
        MANIFEST: manifest_bytes(plan.horizon, plan.result),
        **plan_files(plan),
    }
    if changed is not None:
        files[CHANGED] = changed
    district = plan.horizon.district
    with write_week(district, plan.week, plan.because, listener.notice) as writer:
        writer.add_version(
            files,
            because=plan.because,
            planned_on=plan.planned_on,
            instead_of=(instead_of.plan, instead_of.changed) if instead_of else None,
            papers=papers,
        )
    return plan.plan_folder.path


def plan_files(plan: WeekPlan) -> dict[str, bytes]:
    """A plan in every form but its own, by file name; the same result gives the same bytes."""
    lines = build_summary_lines(plan.summary, plan.horizon.district.office.words)
    return {
        "plan.geojson": build_geojson(plan.itinerary).encode(),
        "schedule.csv": build_schedule_csv(plan.itinerary),
        "summary.txt": "\n".join([*lines, ""]).encode(),
        **formats.instance_files(plan.horizon.instance),
    }


def read_plan_file(path: Path | None) -> Plan | None:
    """The plan of a ``planner-plan/1`` file; None where there is no path."""
    return None if path is None else formats.read_result(path)[0].plan


def _changes_at_stake(week: str, current: Version) -> InputError:
    return input_error(
        say("plan of {week}", week=week),
        say(
            "version {number} ({because}) has changes of the day itself that a plan made of the"
            " tables is without",
            number=current.number,
            because=current.history.because,
        ),
        say("use replan to go on from it; or plan without them with --discard-changes"),
    )


def _no_worse(
    horizon: Horizon, report: SolveReport, current: Version, in_force: Plan, listener: Listener
) -> SolveReport:
    """The report, of the plan in force where that is better; who is told where it was published."""
    instance = horizon.instance
    if report.result.plan == in_force:
        return report
    is_sound = not violations(instance, in_force)
    if is_sound and score(instance, in_force).objective >= report.result.objective:
        listener.notice(say("no better plan than the one in force was found; it stays"))
        return replace(report, result=with_plan(instance, report.result, in_force))
    if current.is_published and any(
        change.concerns_host
        for change in compare_stops(in_force, report.result.plan, instance.min_stay_s)
    ):
        listener.notice(
            say(
                "version {number} is published; this plan changes what it promised, while"
                " --keep {path} --keep-mode promises keeps it, and --restore {number} goes back",
                number=current.number,
                path=current.path / PLAN,
            )
        )
        _tell_calls(horizon, in_force, report.result.plan, listener)
    return report


def _tell_calls(horizon: Horizon, before: Plan, after: Plan, listener: Listener) -> None:
    for message in (*calls_to_make(horizon, before, after), price_in_people(before, after)):
        listener.notice(message)


def _solve(
    horizon: Horizon,
    search: Search,
    keep: Plan | None,
    keep_mode: str,
    in_force: Plan | None,
    listener: Listener,
) -> SolveReport:
    """The best plan, with what is to be kept of another, and what is proven of it.

    Without one to keep it starts from the plan in force, where that is possible.
    """
    instance, district = horizon.instance, horizon.district
    if not solvers.is_prepared(search.solver):
        _tell_first_plan(instance, listener)
    prepare_solver(search.solver, listener)
    arguments = search.arguments(district.time_limit_s, listener, district)
    if keep is None:
        is_sound = in_force is not None and not violations(instance, in_force)
        return solvers.solve_with_duals(instance, start=in_force if is_sound else None, **arguments)
    given = keep
    keep = strike_unkeepable(horizon, keep, listener.notice)
    if keep_mode == ROUTES:
        return SolveReport(result=keep_routes(instance, keep, **arguments))
    if keep_mode == PROMISES:
        replanned = keep_promises(instance, given, **arguments)
        listener.notice(
            say(
                "hours kept: {kept} of {promised}; this is the maximum (if direct roads are"
                " never slower than detours)",
                kept=len(replanned.kept),
                promised=len(replanned.promises),
            )
        )
        return SolveReport(result=replanned.result)
    start = None if violations(instance, keep) else keep
    return solvers.solve_with_duals(instance, start=start, routes=keep.routes, **arguments)


def _tell_first_plan(instance: Instance, listener: Listener) -> None:
    """What a solver that needs no preparation records, while another is being prepared."""
    first = solvers.solve(instance, solver="greedy")
    listener.notice(
        say_n(
            "first plan: {n} person; the solver improves on it next",
            "first plan: {n} people; the solver improves on it next",
            first.people,
        )
    )
