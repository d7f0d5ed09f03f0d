"""Comparing plans with changes, and valuing what could be had more of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from planner import inputs
from planner.analysis.comparison import Case
from planner.district import District
from planner.errors import input_error
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.model import Instance
from planner.office.base_plan import (
    open_week,
    plan_in_force,
    save_whatif,
    solve_without_changes,
    tell_left_aside,
    whatif_folder,
)
from planner.office.hours_left import read_changed_week
from planner.office.listener import SILENT, Listener
from planner.office.scenario_week import ScenarioWeek
from planner.office.search import Search, prepare_solver
from planner.plan import Plan, Result
from planner.render.comparison_page import draw_comparison
from planner.render.comparison_table import build_comparison_csv
from planner.scenarios import (
    Scenario,
    Variant,
    apply_changes,
    scenarios_from_file,
    scenarios_from_options,
)
from planner.solvers import Limits, SolveReport
from planner.solvers.parallel import SolveTask, share_plans, solve_tasks
from planner.store.user_cache import user_cache
from planner.units import iso_clock
from planner.whatif.scenario_plans import (
    WITHOUT_CHANGES,
    seconds_in_all,
    seconds_per_scenario,
    solve_scenarios,
)
from planner.whatif.side_rules import Solve


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The plan without changes, and the plan of each scenario."""

    base: Case
    cases: tuple[Case, ...]


def read_scenarios(
    texts: Mapping[str, Sequence[str]],
    path: Path | None = None,
    *,
    name: str | None = None,
    apart: bool = False,
) -> tuple[Scenario, ...]:
    """The scenarios of options, and those of a TOML file.

    Parameters
    ----------
    texts
        The values of each option, by its name; together they are one scenario.
    name
        Of the scenario of the options.
    apart
        Whether each option is a scenario of its own instead.

    Raises
    ------
    InputError
        Where nothing is to change. What cannot be understood is told by `compare`, together with
        what cannot be changed.
    """
    of_file = () if path is None else scenarios_from_file(inputs.read_toml(path), path.name)
    scenarios = (*scenarios_from_options(texts, name=name, apart=apart), *of_file)
    if not scenarios:
        raise input_error(
            "planner whatif", say("no change is given"), say("give a change, such as --vans +1")
        )
    return scenarios


def compare(
    district: District,
    week: str,
    scenarios: Sequence[Scenario],
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Comparison:
    """The plan of a week without changes, and the plan of each scenario, made side by side.

    Parameters
    ----------
    search
        Of each plan; None = the longer the larger the district is.
    cache
        Folder of prepared roads and of reports of solvers; None = that of the user.

    Raises
    ------
    InputError
        All that is wrong with any of the scenarios, at once.
    """
    search, cache = search or Search(), cache or user_cache()
    variants = apply_changes(district, week, scenarios)
    horizon = open_week(district, week, cache, listener)
    since = read_changed_week(horizon, cache)
    if since is not None:
        listener.notice(
            say(
                "compared is what is left from {day} {clock} on, when the plan was changed; what is"
                " past stays",
                day=since.moment.day,
                clock=iso_clock(since.moment.time_s),
            )
        )
    else:
        tell_left_aside(horizon, listener)
    first = ScenarioWeek.ask(horizon, None, since, cache)
    others = [
        ScenarioWeek.ask(variant.build_horizon(cache), variant, since, cache)
        for variant in variants
    ]
    questions = [first, *others]
    limits = search.limits(seconds_per_scenario(horizon.instance, district.time_limit_s))
    if limits.time_limit_s is not None:
        num_solves = sum(question.num_solves for question in others)
        all_s = seconds_in_all(num_solves, limits.time_limit_s, search.processes)
        listener.notice(say("about {all_s:.0f} s for all scenarios", all_s=all_s))
    prepare_solver(search.solver, listener)
    counter = _Count(say("scenarios planned"), len(scenarios), listener)
    plan = first.left.plan if first.left else plan_in_force(horizon)
    past = first.left.past.served().total() if first.left else 0
    base = solve_without_changes(first.to_solve, plan, search, limits, cache, listener, past=past)
    reports = solve_scenarios(
        [question.to_solve for question in others],
        base,
        required=[question.required for question in others],
        solver=search.solver,
        seed=search.seed_or(district.seed),
        params=search.params_or(district),
        limits=limits,
        processes=search.processes,
        stop=listener.stop,
        on_progress=counter.show,
    )
    results = share_plans(
        [question.to_solve.instance for question in questions],
        [report.result for report in (base, *reports)],
        [question.required for question in questions],
    )
    _tell_unvisited(variants, [question.horizon for question in others], results[1:], listener)
    ruled = [
        question.keep_side_rules(result, _solver_of(question, search, limits, listener))
        for question, result in zip(questions, results, strict=True)
    ]
    own, *cases = (
        question.case(result, scenario)
        for question, result, scenario in zip(
            questions, ruled, [WITHOUT_CHANGES, *scenarios], strict=True
        )
    )
    for question, case in zip(others, cases, strict=True):
        for line in question.floor_lines(case):
            listener.notice(line)
    return Comparison(base=own, cases=tuple(cases))


def _solver_of(question: ScenarioWeek, search: Search, limits: Limits, listener: Listener) -> Solve:
    """What plans a scenario again to keep rules that instances do not have."""
    district = question.horizon.district

    def solve(pairs: Sequence[tuple[Instance, Plan]]) -> tuple[SolveReport, ...]:
        tasks = [
            SolveTask(
                instance=instance,
                limits=limits,
                solver=search.solver,
                seed=search.seed_or(district.seed),
                params=search.params_or(district),
                start=plan,
                routes=plan.routes,
                required=question.required,
            )
            for instance, plan in pairs
        ]
        return solve_tasks(tasks, processes=search.processes, stop=listener.stop)

    return solve


def _tell_unvisited(
    variants: Sequence[Variant],
    horizons: Sequence[Horizon],
    results: Sequence[Result],
    listener: Listener,
) -> None:
    """Name places that were to be visited, where no plan found does, and why none can."""
    for variant, horizon, result in zip(variants, horizons, results, strict=True):
        reasons = {item.venue.id: item.message for item in horizon.left_out}
        for venue in variant.district.venues:
            if venue.id not in variant.required or venue.id in result.plan.served():
                continue
            if venue.id in reasons:
                reason = reasons[venue.id]
                line = say("no van can go to {name}: {reason}", name=venue.name, reason=reason)
            else:
                line = say("no plan was found with a stop at {name}", name=venue.name)
            listener.notice(line)


def save_comparison(comparison: Comparison) -> Path:
    """The page ``whatif/WEEK/comparison.html`` or ``-2``, ``-3`` …, with a table beside it.

    A page that is there already is kept; the same one again is no other page.
    """
    base, cases = comparison.base, comparison.cases
    page = draw_comparison(base, cases).encode()
    name = _free_name(base.horizon, "comparison", page)
    table = build_comparison_csv(base, cases, base.horizon.district.office.words)
    # The page comes last: a table without one is of a run that was killed.
    save_whatif(base.horizon, {f"{name}.csv": table, f"{name}.html": page})
    return whatif_folder(base.horizon) / f"{name}.html"


def _free_name(horizon: Horizon, name: str, page: bytes) -> str:
    """The name, or the first with a number behind it, of which there is no other page yet."""
    folder = whatif_folder(horizon)
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(
        free
        for free in names
        if not (path := folder / f"{free}.html").exists() or path.read_bytes() == page
    )


@dataclass(frozen=True, slots=True)
class _Count:
    """Says how many of so many are done, from none on."""

    what: Message
    count: int
    listener: Listener

    def __post_init__(self) -> None:
        self.show(0)

    def show(self, done: int) -> None:
        line = say("{what}: {done} of {count}", what=self.what, done=done, count=self.count)
        self.listener.stage(line, done / max(1, self.count))
